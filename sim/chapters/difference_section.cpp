// SPDX-License-Identifier: Apache-2.0
#include "areas.hpp"
#include "file_words.hpp"
#include "parts.hpp"
#include "when_changed.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace utvei {
namespace {

/// Of which states a group is: who is on sick leave from a job may be counted as in work.
ReportText states_counted(Contents const& contents, std::string const& group) {
  std::vector<ReportText> states;
  for (StateInfo const& state : contents.baseline().states)
    if (state.group == group) states.push_back(contents.state(state.name));
  return states.empty() ? ReportText{}
                        : said({"Regnet med er: {}.", "Rekna med er: {}.", "Counted are: {}."}, listed(states));
}

/// A group as a reader knows it, who may know one of its states by the same name: that is not all of it.
ReportText people_of_group(Contents const& contents, std::string const& group) {
  ReportText people = people_in(group);
  auto const& all = contents.baseline().states;
  auto const is_in = [&](StateInfo const& state) { return state.group == group; };
  auto const is_namesake = [&](StateInfo const& state) {
    return is_in(state) && "i " + inside(contents.state(state.name)).nb == people.nb;
  };
  auto const others = std::ranges::count_if(all, is_in) - 1;
  auto const namesake = std::ranges::find_if(all, is_namesake);
  if (namesake == all.end() || others < 1) return people;
  return followed_by(
      people, said({"(tilstanden «{0}» og {1} til)", "(tilstanden «{0}» og {1} til)", "(the state “{0}” and {1} more)"},
                   contents.state(namesake->name), others));
}

/// Rows of a figure by place and year: with more, the page would be too large to send by post.
constexpr std::size_t most_place_rows = 600;

constexpr std::array<std::string_view, 3> known_groups{"outside", "work", "education"};

std::vector<std::string> groups_to_tell(Contents const& contents) {
  std::vector<std::string> groups;
  for (std::string_view const group : known_groups)
    if (contents.has_group(group)) groups.emplace_back(group);
  if (groups.empty() && !contents.main_group().empty()) groups.push_back(contents.main_group());
  return groups;
}

GroupRows whole_of(Contents const& contents, std::size_t scenario, std::string const& group, bool by_year) {
  return rows_of_group(contents.baseline(), contents.scenario(scenario), {group, by_year, {}},
                       contents.material().gate);
}

std::vector<ReportCell> cells_of(ComparisonRow const& row) {
  std::vector<ReportCell> cells{row.scenario, row.region, year_of(row.year), row.baseline, row.value, row.difference};
  add_limits(cells, row, true);
  return cells;
}

/// Years that are held back stand as such: a line must not run over them.
void add_whole(Contents const& contents, std::size_t scenario, GroupRows const& by_year, ReportFigure& figure) {
  if (by_year.held_back == 0 || by_year.rows.empty()) {
    for (GroupRow const& found : by_year.rows) figure.rows.push_back(cells_of(found.row));
    return;
  }
  std::string const period = contents.period();
  int const first = static_cast<int>(year_of(period));
  int const last = static_cast<int>(year_of(period.substr(period.size() - 4)));
  for (int year = first; year <= last; ++year) {
    auto const found = std::ranges::find_if(
        by_year.rows, [year](GroupRow const& one) { return static_cast<int>(year_of(one.row.year)) == year; });
    if (found != by_year.rows.end()) {
      figure.rows.push_back(cells_of(found->row));
      continue;
    }
    std::vector<ReportCell> hidden{contents.name(scenario), std::string{}, static_cast<double>(year)};
    hidden.resize(figure.columns.size());
    figure.rows.push_back(std::move(hidden));
  }
}

/// Whether all places have room, with a row a year each.
bool has_room_for_places(Contents const& contents) {
  return contents.areas().size() > 1 &&
         static_cast<double>(contents.areas().size()) * contents.years() <= static_cast<double>(most_place_rows);
}

/// Years of the places of one scenario whose numbers can be told, and what is said of each.
void add_places(Contents const& contents, std::size_t scenario, std::string const& group, ReportFigure& figure) {
  if (!has_room_for_places(contents)) return;
  GroupQuestion question{group, true, {}};
  for (GroupRow const& told : told_places(contents, scenario, group)) {
    ReportArea const& area = *contents.area(told.row.region);
    question.areas.push_back({area.code, area.regions});
    ReportText& sentence = figure.sentences[area.code];
    if (sentence.empty()) sentence = of_place(contents, area.code);
    sentence = followed_by(sentence, difference_in_words(contents, scenario, group, told.row));
  }
  if (question.areas.empty()) return;
  GroupRows const by_year =
      rows_of_group(contents.baseline(), contents.scenario(scenario), question, contents.material().gate);
  figure.held_back += by_year.held_back;
  for (GroupRow const& found : by_year.rows) figure.rows.push_back(cells_of(found.row));
}

bool is_better_less(std::string const& group) {
  return group == "outside";
}

ReportFigure difference_figure(Contents const& contents, std::string const& group) {
  ReportFigure figure;
  figure.id = "difference-" + group;
  figure.kind = "difference_bands";
  figure.title =
      said({"Flere og færre {}, år for år", "Fleire og færre {}, år for år", "More and fewer {}, year by year"},
           people_in(group));
  figure.columns = {
      scenario_column(),
      region_column(),
      year_column(),
      {"baseline", said({"Uten endringen", "Utan endringa", "Without the change"}), ReportUnit::number, 1},
      {"value", said({"Med endringen", "Med endringa", "With the change"}), ReportUnit::number, 1},
      {"difference", said({"Forskjell", "Skilnad", "Difference"}), ReportUnit::number, 1}};
  add_limit_columns(figure.columns, ReportUnit::number, 1, true);
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    GroupRows const by_year = whole_of(contents, i, group, true);
    figure.held_back += by_year.held_back;
    add_whole(contents, i, by_year, figure);
    add_places(contents, i, group, figure);
    figure.sentence = followed_by(figure.sentence, difference_sentence(contents, i, group));
    if (contents.is_assumed(i)) figure.evidence = "assumed";
  }
  figure.definition = followed_by(
      followed_by(
          said({"Personår {0} i hvert år: så mange som er der i snitt gjennom året. Forskjellen er mellom de samme "
                "menneskene med de samme tilfeldighetene, med og uten endringen.",
                "Personår {0} i kvart år: så mange som er der i snitt gjennom året. Skilnaden er mellom dei same "
                "menneska med den same slumpen, med og utan endringa.",
                "Person-years {0} in each year: as many as are there on average through the year. The difference "
                "is between the same people with the same luck, with and without the change."},
               people_in(group)),
          states_counted(contents, group)),
      followed_by(contents.interval_words(), rounding_note()));
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
  figure.labels["region"] = contents.region_labels();
  mark_partial_years(contents, figure);
  figure.from_year = first_changed_year(contents);
  figure.options["outcome"] = group;
  figure.options["unit"] = {{"nb", "personer"}, {"nn", "personar"}, {"en", "people"}};
  // Who leaves school for work is no loss: of education neither more nor less is called better.
  if (group != "education") figure.options["better"] = is_better_less(group) ? "less" : "more";
  return figure;
}

/// What the last count says of one scenario.
ReportText count_in_words(Contents const& contents, std::size_t scenario, ComparisonRow const& last) {
  TwoAmounts const people = amounts_of(last);
  if (last.difference == 0)
    return said({"{0}: ved tellingen i {1} er det {2} med og uten endringen.",
                 "{0}: ved teljinga i {1} er det {2} med og utan endringa.",
                 "{0}: at the count of {1} there are {2} with and without the change."},
                contents.title(scenario), last.year, people.value);
  return said(last.difference > 0
                  ? Saying{"{0}: ved tellingen i {1} er det {2} flere: {3} med endringen og {4} uten{5}.",
                           "{0}: ved teljinga i {1} er det {2} fleire: {3} med endringa og {4} utan{5}.",
                           "{0}: at the count of {1} there are {2} more: {3} with the change and {4} without{5}."}
                  : Saying{"{0}: ved tellingen i {1} er det {2} færre: {3} med endringen og {4} uten{5}.",
                           "{0}: ved teljinga i {1} er det {2} færre: {3} med endringa og {4} utan{5}.",
                           "{0}: at the count of {1} there are {2} fewer: {3} with the change and {4} without{5}."},
              contents.title(scenario), last.year, amount(std::abs(last.difference)), people.value, people.baseline,
              people.rounded);
}

std::vector<ReportCell> count_cells(ComparisonRow const& row) {
  std::vector<ReportCell> cells{row.scenario, row.region, year_of(row.year), row.baseline, row.value, row.difference};
  add_limits(cells, row, true);
  return cells;
}

/// Counts in the places in which enough people are of the definition, and whose last difference can be told.
void add_counts_of_places(Contents const& contents, std::size_t scenario, std::string const& definition,
                          ReportFigure& figure) {
  if (!has_room_for_places(contents)) return;
  std::map<std::string, std::vector<ComparisonRow const*>> by_place;
  for (ComparisonRow const* const row : contents.rows(scenario, "defined", true, true))
    if (row->state == definition) by_place[row->region].push_back(row);
  for (auto const& [region, rows] : by_place) {
    ComparisonRow const& last = **std::ranges::max_element(rows, {}, [](auto const* row) { return row->year; });
    if (why_untold({last, {}}, 1) != Untold::none) continue;
    for (ComparisonRow const* const row : rows) figure.rows.push_back(count_cells(*row));
    ReportText& sentence = figure.sentences[region];
    if (sentence.empty()) sentence = of_place(contents, region);
    sentence = followed_by(sentence, count_in_words(contents, scenario, last));
  }
}

/// People by definitions of agencies, at the count of each year.
ReportFigure definition_figure(Contents const& contents, StateInfo const& definition) {
  ReportFigure figure;
  figure.id = "difference-by-definition-" + definition.name;
  figure.kind = "difference_bands";
  figure.title = in_three([&](std::string_view language) { return label_of(definition, language); });
  figure.columns = {
      scenario_column(),
      region_column(),
      year_column(),
      {"baseline", said({"Uten endringen", "Utan endringa", "Without the change"}), ReportUnit::number, 1},
      {"value", said({"Med endringen", "Med endringa", "With the change"}), ReportUnit::number, 1},
      {"difference", said({"Forskjell", "Skilnad", "Difference"}), ReportUnit::number, 1}};
  add_limit_columns(figure.columns, ReportUnit::number, 1, true);
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    ComparisonRow const* last = nullptr;
    for (ComparisonRow const* const row : contents.rows(i, "defined", true)) {
      if (row->state != definition.name) continue;
      last = row;
      figure.rows.push_back(count_cells(*row));
    }
    if (last == nullptr) continue;
    figure.sentence = followed_by(figure.sentence, count_in_words(contents, i, *last));
    add_counts_of_places(contents, i, definition.name, figure);
    if (contents.is_assumed(i)) figure.evidence = "assumed";
  }
  figure.definition = followed_by(said({"Personer ved tellingen hvert år, etter definisjonen i modellen.",
                                        "Personar ved teljinga kvart år, etter definisjonen i modellen.",
                                        "People at the count of each year, by the definition of the model."}),
                                  followed_by(contents.interval_words(), rounding_note()));
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
  figure.labels["region"] = contents.region_labels();
  figure.from_year = first_changed_year(contents);
  figure.options["outcome"] = definition.name;
  figure.options["unit"] = {{"nb", "personer"}, {"nn", "personar"}, {"en", "people"}};
  if (!definition.group.empty()) figure.options["better"] = definition.group;
  return figure;
}

}  // namespace

ReportText difference_in_words(Contents const& contents, std::size_t scenario, std::string const& group,
                               ComparisonRow const& row) {
  ReportText const name = contents.title(scenario);
  if (row.difference == 0)
    return said({"{} endrer ikke tallet {}.", "{} endrar ikkje talet {}.", "{} does not change the number {}."}, name,
                people_in(group));
  Saying const more{"{0} gir {1} flere personår {2} i {3}: {4} mot {5} i nullalternativet{6}",
                    "{0} gir {1} fleire personår {2} i {3}: {4} mot {5} i nullalternativet{6}",
                    "{0}: {1} more person-years {2} in {3}, {4} against {5} in the zero alternative{6}"};
  Saying const fewer{"{0} gir {1} færre personår {2} i {3}: {4} mot {5} i nullalternativet{6}",
                     "{0} gir {1} færre personår {2} i {3}: {4} mot {5} i nullalternativet{6}",
                     "{0}: {1} fewer person-years {2} in {3}, {4} against {5} in the zero alternative{6}"};
  TwoAmounts const both = amounts_of(row);
  ReportText text = said(row.difference > 0 ? more : fewer, name, amount(std::abs(row.difference)),
                         people_of_group(contents, group), contents.period(), both.value, both.baseline, both.rounded);
  if (auto const limits = shown_interval(row, 95))
    text = followed_by(
        text, said({" (95 %: forskjell {})", " (95 %: skilnad {})", " (95 %: difference {})"}, interval(*limits)), "");
  if (stands_out_from_zero(row) == false)
    text = followed_by(
        text,
        said({"; det kan ikke skilles fra null", "; det kan ikkje skiljast frå null", "; it cannot be told from zero"}),
        "");
  return followed_by(text, same_in_all("."), "");
}

ReportText difference_sentence(Contents const& contents, std::size_t scenario, std::string const& group) {
  GroupRows const whole = whole_of(contents, scenario, group, false);
  ReportText const name = contents.title(scenario);
  if (whole.rows.empty() && !contents.shows_all())
    return said({"Hva {} betyr for folk {}, holdes tilbake: tallene er av få personer i et register.",
                 "Kva {} betyr for folk {}, blir halde tilbake: tala er av få personar i eit register.",
                 "What {} means for people {} is held back: the numbers are of few people of a register."},
                name, people_in(group));
  if (whole.rows.empty())
    return said({"Hva {} betyr for folk {}, er ikke kjent.", "Kva {} betyr for folk {}, er ikkje kjent.",
                 "What {} means for people {} is not known."},
                name, people_in(group));
  return difference_in_words(contents, scenario, group, whole.rows.front().row);
}

ReportSection difference_section(Contents const& contents, LeftOutParts& left_out) {
  ReportSection section{
      "difference", said({"Hva endringen gjør", "Kva endringa gjer", "What the change does"}), {}, {}};
  section.intro = said({"Nullalternativet er «{}»: slik det ville gått uten endringen.",
                        "Nullalternativet er «{}»: slik det ville gått utan endringa.",
                        "The zero alternative is “{}”: how things would go without the change."},
                       contents.baseline_title());
  for (std::string const& group : groups_to_tell(contents)) {
    ReportFigure figure = difference_figure(contents, group);
    if (!figure.rows.empty()) section.figures.push_back(std::move(figure));
  }
  for (StateInfo const& definition : contents.baseline().definitions) {
    ReportFigure figure = definition_figure(contents, definition);
    if (!figure.rows.empty()) section.figures.push_back(std::move(figure));
  }
  if (section.figures.empty())
    left_out.push_back(
        {section.heading,
         said({"Resultatene har ingen tabell etter år og tilstand.", "Resultata har ingen tabell etter år og tilstand.",
               "The results have no table by year and state."}),
         "utvei run … --set \"breakdowns=[[region, year, state]]\""});
  return section;
}

}  // namespace utvei
