// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <utvei/results/render_comparison.hpp>

#include <algorithm>

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

ReportText figure_sentence(std::vector<ReportSection> const& sections, std::string_view id) {
  for (ReportSection const& section : sections)
    for (ReportFigure const& figure : section.figures)
      if (figure.id == id) return figure.sentence;
  return {};
}

void add_paragraph(ReportChapter& chapter, ReportText text) {
  if (!text.empty()) chapter.paragraphs.push_back(std::move(text));
}

ReportChapter problem(Contents const& contents) {
  ReportChapter chapter{"problem", said({"Problemet", "Problemet", "The problem"})};
  std::string const group = contents.main_group();
  auto const by_year =
      rows_of_group(contents.baseline(), contents.scenario(0), {group, true, {}}, contents.material().gate);
  // Part of a year would be told as if people had gone.
  auto const partial = contents.partial_years();
  std::vector<GroupRow const*> whole;
  for (GroupRow const& found : by_year.rows) {
    bool const is_whole = std::ranges::find(partial, static_cast<int>(year_of(found.row.year))) == partial.end();
    if (is_whole && found.years_of_all) whole.push_back(&found);
  }
  if (whole.empty()) return chapter;
  auto const& first = *whole.front();
  auto const& last = *whole.back();
  add_paragraph(chapter, said({"Uten endring er {0} av {1} {2} i {3}, og {4} av {5} i {6}.",
                               "Utan endring er {0} av {1} {2} i {3}, og {4} av {5} i {6}.",
                               "Without a change {0} of {1} are {2} in {3}, and {4} of {5} in {6}."},
                              amount(first.row.baseline), amount(*first.years_of_all), people_in(group), first.row.year,
                              amount(last.row.baseline), amount(*last.years_of_all), last.row.year));
  return chapter;
}

ReportChapter goals() {
  return {"goals",
          said({"Mål", "Mål", "Goals"}),
          {said({"Målene er kommunens egne, og skrives her.", "Måla er kommunen sine eigne, og blir skrivne her.",
                 "The goals are the municipality's own, and are written here."})}};
}

ReportChapter zero_alternative(Contents const& contents) {
  return {"zero",
          said({"Nullalternativet", "Nullalternativet", "The zero alternative"}),
          {said({"Nullalternativet er «{0}»: de samme menneskene i {1}, uten endringen.",
                 "Nullalternativet er «{0}»: dei same menneska i {1}, utan endringa.",
                 "The zero alternative is “{0}”: the same people in {1}, without the change."},
                contents.baseline_title(), contents.period())},
          {"people-by-state"}};
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
  add_paragraph(chapter, figure_sentence(sections, "places-and-waiting"));
  chapter.figures = ids_in(sections, "waiting");
  return chapter;
}

ReportChapter effects(Contents const& contents, std::vector<ReportSection> const& sections) {
  ReportChapter chapter{"effects", said({"Virkninger", "Verknader", "Effects"})};
  for (std::size_t i = 0; i < contents.scenarios(); ++i)
    add_paragraph(chapter, difference_sentence(contents, i, contents.main_group()));
  for (std::size_t i = 0; i < contents.scenarios(); ++i) add_paragraph(chapter, payers_sentence(contents, i));
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
  for (std::string const& id : chapter.figures) add_paragraph(chapter, figure_sentence(sections, id));
  return chapter;
}

ReportChapter distribution(std::vector<ReportSection> const& sections) {
  ReportChapter chapter{"distribution", said({"Fordeling", "Fordeling", "Distribution"})};
  add_paragraph(chapter, figure_sentence(sections, "difference-by-place"));
  if (chapter.paragraphs.empty())
    add_paragraph(chapter, said({"Resultatene skiller ikke mellom steder.", "Resultata skil ikkje mellom stader.",
                                 "The results do not tell places apart."}));
  chapter.figures = ids_in(sections, "places");
  return chapter;
}

ReportChapter overall(std::vector<ReportText> const& lead) {
  return {"overall", said({"Samlet vurdering", "Samla vurdering", "Overall assessment"}), lead};
}

ReportChapter assumptions(Contents const& contents, std::vector<ReportSection> const& sections) {
  ReportChapter chapter{"assumptions", said({"Forutsetninger", "Føresetnader", "Assumptions"})};
  bool const has_assumed = !figure_sentence(sections, "assumed").empty();
  for (char const* const id : {"assumed", "evidence"}) add_paragraph(chapter, figure_sentence(sections, id));
  for (ComparisonNote const& note : joined(contents.comparison().notes))
    add_paragraph(chapter, note_in_words(contents, note));
  if (has_assumed) chapter.figures = {"assumed"};
  return chapter;
}

}  // namespace

std::vector<ReportChapter> plan_chapters(Contents const& contents, std::vector<ReportText> const& lead,
                                         std::vector<ReportSection> const& sections) {
  return {problem(contents),
          goals(),
          zero_alternative(contents),
          measures(contents, sections),
          effects(contents, sections),
          uncertainty(contents, sections),
          distribution(sections),
          overall(lead),
          assumptions(contents, sections)};
}

}  // namespace utvei
