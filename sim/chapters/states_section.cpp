// SPDX-License-Identifier: Apache-2.0
#include "areas.hpp"
#include "parts.hpp"
#include "when_changed.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace utvei {
namespace {

/// With more rows the page would be too large: then places are told at both ends alone, or not.
constexpr std::size_t most_state_rows = 2'500;

using StateCells = std::map<std::pair<std::string, std::string>, std::map<std::string, double>>;

/// People by place and year, then state. `side`: of the scenario, or the baseline.
StateCells people_by_state(std::vector<ComparisonRow const*> const& rows, double ComparisonRow::*side) {
  StateCells cells;
  for (ComparisonRow const* const row : rows) cells[{row->region, row->year}][row->state] = row->*side;
  return cells;
}

void add_state_rows(std::string const& scenario, StateCells const& cells, std::vector<StateInfo> const& states,
                    ReportFigure& figure) {
  for (auto const& [at, people] : cells) {
    // What is held back is part of the whole that shares are of: then no share is told.
    bool const is_whole = people.size() == states.size();
    double all = 0;
    for (auto const& [state, number] : people) all += number;
    for (StateInfo const& state : states) {
      auto const found = people.find(state.name);
      bool const is_told = found != people.end();
      figure.held_back += is_told ? 0 : 1;
      figure.rows.push_back({scenario, at.first, year_of(at.second), state.name,
                             is_told ? ReportCell{found->second} : ReportCell{},
                             is_told && is_whole && all > 0 ? ReportCell{found->second / all} : ReportCell{}});
    }
  }
}

void keep_both_ends(std::vector<ComparisonRow const*>& rows) {
  if (rows.empty()) return;
  auto const [first, last] = std::ranges::minmax(rows, {}, &ComparisonRow::year);
  std::string const begins = first->year, ends = last->year;
  std::erase_if(rows, [&](ComparisonRow const* row) { return row->year != begins && row->year != ends; });
}

/// Where the last year has most more, or fewer. `rows`: of one place, or of all.
ReportText states_sentence(Contents const& contents, std::size_t scenario, std::string_view quantity,
                           std::vector<ComparisonRow const*> const& rows) {
  ComparisonRow const* most = nullptr;
  std::string last;
  auto const partial = quantity == "stock" ? std::vector<int>{} : contents.partial_years();
  auto const is_whole = [&](ComparisonRow const* row) {
    return std::ranges::find(partial, static_cast<int>(year_of(row->year))) == partial.end();
  };
  for (ComparisonRow const* const row : rows)
    if (is_whole(row)) last = std::max(last, row->year);
  for (ComparisonRow const* const row : rows)
    if (row->year == last && (most == nullptr || std::abs(row->difference) > std::abs(most->difference))) most = row;
  if (most == nullptr) return {};
  if (most->difference == 0)
    return said({"{0}: i {1} er det ingen forskjell.", "{0}: i {1} er det ingen skilnad.",
                 "{0}: in {1} there is no difference."},
                contents.title(scenario), most->year);
  Saying const is_more{
      "{0}: i {1} er forskjellen størst i tilstanden «{2}»: {3} flere, {4} med endringen og {5} uten{6}.",
      "{0}: i {1} er skilnaden størst i tilstanden «{2}»: {3} fleire, {4} med endringa og {5} utan{6}.",
      "{0}: in {1} the difference is largest in the state “{2}”: {3} more, {4} with the change and {5} without{6}."};
  Saying const is_fewer{
      "{0}: i {1} er forskjellen størst i tilstanden «{2}»: {3} færre, {4} med endringen og {5} uten{6}.",
      "{0}: i {1} er skilnaden størst i tilstanden «{2}»: {3} færre, {4} med endringa og {5} utan{6}.",
      "{0}: in {1} the difference is largest in the state “{2}”: {3} fewer, {4} with the change and {5} without{6}."};
  TwoAmounts const both = amounts_of(*most);
  return said(most->difference > 0 ? is_more : is_fewer, contents.title(scenario), most->year,
              contents.state(most->state), amount(std::abs(most->difference)), both.value, both.baseline, both.rounded);
}

void add_place_sentences(Contents const& contents, std::size_t scenario, std::string_view quantity,
                         std::vector<ComparisonRow const*> const& of_places, ReportFigure& figure) {
  std::map<std::string, std::vector<ComparisonRow const*>> by_place;
  for (ComparisonRow const* const row : of_places) by_place[row->region].push_back(row);
  for (auto const& [region, rows] : by_place) {
    ReportText& sentence = figure.sentences[region];
    if (sentence.empty()) sentence = of_place(contents, region);
    sentence = followed_by(sentence, states_sentence(contents, scenario, quantity, rows));
  }
}

}  // namespace

ReportSection states_section(Contents const& contents, LeftOutParts& left_out) {
  ReportSection section{
      "states", said({"Hvor folk er, over tid", "Kvar folk er, over tid", "Where people are, over time"}), {}, {}};
  bool const has_heads = !contents.rows(0, "stock", true).empty();
  std::string_view const quantity = has_heads ? "stock" : "person_years";
  auto const& states = contents.baseline().states;
  ReportFigure figure;
  figure.id = "people-by-state";
  figure.kind = "state_distribution";
  figure.title = said({"Mennesker i hver tilstand", "Menneske i kvar tilstand", "People in each state"});
  figure.columns = {scenario_column(),
                    region_column(),
                    year_column(),
                    state_column(),
                    {"people", said({"Personer", "Personar", "People"}), ReportUnit::number, 0},
                    {"share", said({"Andel", "Del", "Share"}), ReportUnit::percent, 1}};
  auto const places = places_with_enough(contents);
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    auto rows = contents.rows(i, quantity, true);
    auto by_place = contents.rows(i, quantity, true, true);
    std::erase_if(by_place,
                  [&](ComparisonRow const* row) { return std::ranges::find(places, row->region) == places.end(); });
    auto const fits = [&] { return rows.size() + by_place.size() * (contents.scenarios() + 1) <= most_state_rows; };
    if (!fits()) {
      keep_both_ends(by_place);
      figure.note = said({"Av regionene står bare det første og det siste året, for at siden ikke skal bli for stor.",
                          "Av regionane står berre det første og det siste året, for at sida ikkje skal bli for stor.",
                          "Of regions there are the first and the last year alone, to keep the page small."});
    }
    figure.sentence = followed_by(figure.sentence, states_sentence(contents, i, quantity, rows));
    if (fits()) {
      rows.insert(rows.end(), by_place.begin(), by_place.end());
      add_place_sentences(contents, i, quantity, by_place, figure);
    }
    if (i == 0)
      add_state_rows(contents.comparison().baseline, people_by_state(rows, &ComparisonRow::baseline), states, figure);
    add_state_rows(contents.name(i), people_by_state(rows, &ComparisonRow::value), states, figure);
  }
  figure.definition =
      has_heads
          ? said({"Personer ved tellingen {} hvert år; snitt over trekk og gjentakelser.",
                  "Personar ved teljinga {} kvart år; snitt over trekk og gjentakingar.",
                  "People at the count on {} of each year; means over draws and replicates."},
                 days_in_words(contents.baseline().provenance.stock_dates))
          : said({"Personår i året: så mange som er der i snitt.", "Personår i året: så mange som er der i snitt.",
                  "Person-years in the year: as many as are there on average."});
  figure.from_year = first_changed_year(contents);
  // Heads are counted on a day, whatever part of the year is run.
  if (!has_heads) mark_partial_years(contents, figure);
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
  figure.labels["region"] = contents.region_labels();
  figure.labels["state"] = contents.state_labels();
  if (figure.rows.empty() || figure.sentence.empty()) {
    left_out.push_back(
        {section.heading,
         said({"Resultatene har ingen tabell etter år og tilstand.", "Resultata har ingen tabell etter år og tilstand.",
               "The results have no table by year and state."}),
         "utvei run … --set \"breakdowns=[[region, year, state]]\""});
    return section;
  }
  section.figures.push_back(std::move(figure));
  return section;
}

}  // namespace utvei
