// SPDX-License-Identifier: Apache-2.0
#include "areas.hpp"
#include "measure_costs.hpp"
#include "own_measures.hpp"
#include "parts.hpp"

#include <utvei/results/render_comparison.hpp>

#include <algorithm>
#include <map>

namespace utvei {
namespace {

/// Of the sections that are there.
std::vector<std::string> ids_in(std::vector<ReportSection> const& sections, std::string_view section) {
  std::vector<std::string> ids;
  for (ReportSection const& one : sections)
    if (one.id == section)
      for (ReportFigure const& figure : one.figures) ids.push_back(figure.id);
  return ids;
}

ReportParagraph sentence_of_figure(std::vector<ReportSection> const& sections, std::string_view id) {
  for (ReportSection const& section : sections)
    for (ReportFigure const& figure : section.figures)
      if (figure.id == id) return {figure.sentence, figure.sentences};
  return {};
}

void add_paragraph(ReportChapter& chapter, ReportParagraph paragraph) {
  if (!paragraph.text.empty()) chapter.paragraphs.push_back(std::move(paragraph));
}

void add_paragraph(ReportChapter& chapter, ReportText text) {
  add_paragraph(chapter, ReportParagraph{std::move(text)});
}

/// What is said of each place whose number can be told; `tell(row)` without its name.
template <class Tell>
std::map<std::string, ReportText> of_told_places(Contents const& contents, std::size_t scenario, Tell const& tell) {
  std::map<std::string, ReportText> all;
  for (GroupRow const& told : told_places(contents, scenario, contents.main_group())) {
    ReportText const text = tell(told.row);
    if (!text.empty()) all[told.row.region] = followed_by(of_place(contents, told.row.region), text);
  }
  return all;
}

/// How many are in the main group at both ends, of the people of a place.
ReportText people_at_both_ends(Contents const& contents, std::vector<GroupRow const*> const& years) {
  GroupRow const& first = *years.front();
  GroupRow const& last = *years.back();
  return said({"Uten endring er {0} av {1} {2} i {3}, og {4} av {5} i {6}.",
               "Utan endring er {0} av {1} {2} i {3}, og {4} av {5} i {6}.",
               "Without a change {0} of {1} are {2} in {3}, and {4} of {5} in {6}."},
              amount(first.row.baseline), amount(*first.years_of_all), people_in(contents.main_group()), first.row.year,
              amount(last.row.baseline), amount(*last.years_of_all), last.row.year);
}

/// By place; of all under an empty code.
std::map<std::string, std::vector<GroupRow const*>> whole_years(Contents const& contents, GroupRows const& by_year) {
  auto const partial = contents.partial_years();
  std::map<std::string, std::vector<GroupRow const*>> whole;
  for (GroupRow const& found : by_year.rows) {
    // Part of a year would be told as if people had gone.
    bool const is_whole = std::ranges::find(partial, static_cast<int>(year_of(found.row.year))) == partial.end();
    if (is_whole && found.years_of_all) whole[found.row.region].push_back(&found);
  }
  return whole;
}

ReportChapter problem(Contents const& contents) {
  ReportChapter chapter{"problem", said({"Problemet", "Problemet", "The problem"})};
  GroupQuestion question{contents.main_group(), true, {}};
  auto const ask = [&] {
    return rows_of_group(contents.baseline(), contents.scenario(0), question, contents.material().gate);
  };
  GroupRows const everywhere = ask();
  auto const of_all = whole_years(contents, everywhere);
  if (of_all.empty()) return chapter;
  ReportParagraph paragraph{people_at_both_ends(contents, of_all.begin()->second)};
  for (std::string const& code : places_with_enough(contents))
    question.areas.push_back({code, contents.area(code)->regions});
  if (!question.areas.empty()) {
    GroupRows const by_place = ask();
    for (auto const& [region, years] : whole_years(contents, by_place))
      paragraph.by_region[region] = followed_by(of_place(contents, region), people_at_both_ends(contents, years));
  }
  add_paragraph(chapter, std::move(paragraph));
  return chapter;
}

ReportChapter goals() {
  return {"goals",
          said({"Mål", "Mål", "Goals"}),
          {{said({"Målene er kommunens egne, og skrives her.", "Måla er kommunen sine eigne, og blir skrivne her.",
                  "The goals are the municipality's own, and are written here."})}}};
}

ReportChapter zero_alternative(Contents const& contents) {
  return {"zero",
          said({"Nullalternativet", "Nullalternativet", "The zero alternative"}),
          {{said({"Nullalternativet er «{0}»: de samme menneskene i {1}, uten endringen.",
                  "Nullalternativet er «{0}»: dei same menneska i {1}, utan endringa.",
                  "The zero alternative is “{0}”: the same people in {1}, without the change."},
                 contents.baseline_title(), contents.period())}},
          {"people-by-state"}};
}

/// What cannot be told of each of several measures, and which are taken to do nothing.
ReportText measures_of_several(Contents const& contents) {
  ReportText text;
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    ReportText const one = about_each_measure(contents, i, contents.main_group());
    if (one.empty()) continue;
    text = followed_by(
        text, contents.scenarios() == 1 ? one : followed_by(said({"{}:", "{}:", "{}:"}, contents.title(i)), one));
  }
  return text;
}

ReportChapter measures(Contents const& contents, std::vector<ReportSection> const& sections) {
  ReportChapter chapter{"measures", said({"Tiltakene", "Tiltaka", "The measures"})};
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    auto const& own = contents.comparison().measures[i];
    ReportText const names = in_three([&](std::string_view language) {
      std::vector<std::string> labels;
      for (StateInfo const& one : own) labels.push_back(label_of(one, language));
      return fmt::format("{}", fmt::join(labels, ", "));
    });
    add_paragraph(chapter, own.empty() ? said({"{}: endrede rater, uten tiltak.", "{}: endra ratar, utan tiltak.",
                                               "{}: changed rates, without a measure."},
                                              contents.title(i))
                                       : said({"{0}: {1}.", "{0}: {1}.", "{0}: {1}."}, contents.title(i), names));
  }
  for (ReportAbout const& about : about_scenarios(contents)) {
    ReportText facts;
    for (auto const& fact : about.facts) facts = followed_by(facts, followed_by(fact.what, fact.text, ": "), ". ");
    add_paragraph(chapter, said({"{0}. {1}.", "{0}. {1}.", "{0}. {1}."}, about.label, facts));
  }
  add_paragraph(chapter, measures_of_several(contents));
  add_paragraph(chapter, sentence_of_figure(sections, "places-and-waiting"));
  chapter.figures = ids_in(sections, "waiting");
  return chapter;
}

ReportChapter effects(Contents const& contents, std::vector<ReportSection> const& sections) {
  ReportChapter chapter{"effects", said({"Virkninger", "Verknader", "Effects"})};
  std::string const group = contents.main_group();
  for (std::size_t i = 0; i < contents.scenarios(); ++i)
    add_paragraph(chapter, ReportParagraph{difference_sentence(contents, i, group),
                                           of_told_places(contents, i, [&](ComparisonRow const& row) {
                                             return followed_by(difference_in_words(contents, i, group, row),
                                                                people_sentence(contents, i, group, row));
                                           })});
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    add_paragraph(chapter, costs_sentence(contents, i));
    add_paragraph(chapter, ReportParagraph{payers_sentence(contents, i),
                                           of_told_places(contents, i, [&](ComparisonRow const& row) {
                                             return payers_sentence(contents, i, row.region);
                                           })});
  }
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    auto const& money = contents.comparison().money[i];
    if (!money || !contents.shows_all()) continue;
    add_paragraph(chapter, money_caveats(contents, i));
    for (UnpricedInfo const& one : money->unpriced)
      add_paragraph(chapter, said({"Uten pris: {0} ({1}), {2}.", "Utan pris: {0} ({1}), {2}.",
                                   "Without a price: {0} ({1}), {2}."},
                                  ReportText{one.label_nb, one.label_nn, one.label_en}, one.who, one.size));
  }
  chapter.figures = ids_in(sections, "difference");
  auto const money = ids_in(sections, "money");
  chapter.figures.insert(chapter.figures.end(), money.begin(), money.end());
  return chapter;
}

ReportChapter uncertainty(Contents const& contents, std::vector<ReportSection> const& sections) {
  ReportChapter chapter{"uncertainty", said({"Usikkerhet", "Uvisse", "Uncertainty"})};
  for (std::size_t i = 0; i < contents.scenarios(); ++i)
    add_paragraph(chapter, certainty_sentence(contents, i, contents.main_group()));
  chapter.figures = ids_in(sections, "uncertainty");
  for (std::string const& id : chapter.figures) add_paragraph(chapter, sentence_of_figure(sections, id));
  return chapter;
}

ReportChapter distribution(std::vector<ReportSection> const& sections) {
  ReportChapter chapter{"distribution", said({"Fordeling", "Fordeling", "Distribution"})};
  add_paragraph(chapter, sentence_of_figure(sections, "difference-by-place"));
  if (chapter.paragraphs.empty())
    add_paragraph(chapter, said({"Resultatene skiller ikke mellom steder.", "Resultata skil ikkje mellom stader.",
                                 "The results do not tell places apart."}));
  chapter.figures = ids_in(sections, "places");
  return chapter;
}

/// The first screen, with what it says of a place in place of what it says of all.
ReportChapter overall(ReportDocument const& document) {
  ReportChapter chapter{"overall", said({"Samlet vurdering", "Samla vurdering", "Overall assessment"})};
  for (std::size_t i = 0; i < document.lead.size(); ++i) {
    ReportParagraph paragraph{document.lead[i]};
    for (auto const& [region, lead] : document.lead_by_region)
      if (!lead[i].empty()) paragraph.by_region[region] = lead[i];
    add_paragraph(chapter, std::move(paragraph));
  }
  return chapter;
}

ReportChapter assumptions(Contents const& contents, std::vector<ReportSection> const& sections) {
  ReportChapter chapter{"assumptions", said({"Forutsetninger", "Føresetnader", "Assumptions"})};
  bool const has_assumed = !sentence_of_figure(sections, "assumed").text.empty();
  for (char const* const id : {"assumed", "evidence"}) add_paragraph(chapter, sentence_of_figure(sections, id));
  for (ComparisonNote const& note : joined(contents.comparison().notes))
    add_paragraph(chapter, note_in_words(contents, note));
  if (has_assumed) chapter.figures = {"assumed"};
  return chapter;
}

}  // namespace

std::vector<ReportChapter> plan_chapters(Contents const& contents, ReportDocument const& document) {
  auto const& sections = document.sections;
  return {problem(contents),
          goals(),
          zero_alternative(contents),
          measures(contents, sections),
          effects(contents, sections),
          uncertainty(contents, sections),
          distribution(sections),
          overall(document),
          assumptions(contents, sections)};
}

}  // namespace utvei
