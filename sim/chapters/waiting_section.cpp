// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace utvei {
namespace {

/// Of one side of a comparison: numbers by measure and year.
class MeasureYears {
 public:
  MeasureYears(Contents const& contents, std::size_t scenario, double ComparisonRow::*side) {
    for (char const* const quantity : {"place_years", "participant_years", "participants", "queue_length", "gave_up",
                                       "stopped_qualifying", "turned_away", "waited_days"})
      for (ComparisonRow const* const row : contents.rows(scenario, quantity, true)) {
        numbers_[quantity][{row->state, row->year}] += row->*side;
        lines_.insert({row->state, row->year});
      }
  }
  [[nodiscard]] std::set<std::pair<std::string, std::string>> const& lines() const { return lines_; }
  [[nodiscard]] std::optional<double> of(char const* quantity, std::pair<std::string, std::string> const& line) const {
    auto const found = numbers_.find(quantity);
    if (found == numbers_.end()) return std::nullopt;
    auto const number = found->second.find(line);
    if (number == found->second.end()) return std::nullopt;
    return number->second;
  }
  /// Who gave up, ceased to qualify or were turned away; none: one of these is held back.
  [[nodiscard]] std::optional<double> unserved(std::pair<std::string, std::string> const& line) const {
    double sum = 0;
    for (char const* const quantity : {"gave_up", "stopped_qualifying", "turned_away"}) {
      auto const number = of(quantity, line);
      if (!number) return std::nullopt;
      sum += *number;
    }
    return sum;
  }
  [[nodiscard]] std::optional<double> mean_wait(std::pair<std::string, std::string> const& line) const {
    auto const days = of("waited_days", line);
    auto const began = of("participants", line);
    if (!days || !began || *began <= 0) return std::nullopt;
    return *days / *began;
  }

 private:
  std::map<std::string, std::map<std::pair<std::string, std::string>, double>> numbers_;
  std::set<std::pair<std::string, std::string>> lines_;
};

bool has_measure(std::vector<StateInfo> const& measures, std::string const& name) {
  return std::ranges::find(measures, name, &StateInfo::name) != measures.end();
}

void add_waiting_rows(std::string const& scenario, MeasureYears const& numbers, std::vector<StateInfo> const& measures,
                      ReportFigure& figure) {
  for (auto const& line : numbers.lines())
    if (has_measure(measures, line.first))
      figure.rows.push_back({scenario, line.first, year_of(line.second), cell_of(numbers.of("place_years", line)),
                             cell_of(numbers.of("participant_years", line)), cell_of(numbers.of("participants", line)),
                             cell_of(numbers.of("queue_length", line)), cell_of(numbers.unserved(line)),
                             cell_of(numbers.mean_wait(line))});
}

/// Over the whole run, of each measure.
ReportText waiting_sentence(Contents const& contents, std::size_t scenario) {
  ReportText text;
  for (StateInfo const& measure : contents.comparison().measures[scenario]) {
    auto const in_all = [&](char const* quantity) -> std::optional<double> {
      for (ComparisonRow const* const row : contents.rows(scenario, quantity, false))
        if (row->state == measure.name) return row->value;
      return std::nullopt;
    };
    auto const offered = in_all("offers");
    auto const began = in_all("participants");
    auto const days = in_all("waited_days");
    auto const gave_up = in_all("gave_up");
    auto const refused = in_all("refusals");
    if (!offered || !began) continue;
    ReportText one = said({"{0}: {1} av {2} som fikk tilbud, begynte", "{0}: {1} av {2} som fekk tilbod, byrja",
                           "{0}: {1} of {2} who were offered it began"},
                          contents.measure(measure.name), amount(*began), amount(*offered));
    if (days && *began > 0 && *days > 0)
      one = followed_by(one,
                        said({", etter {} dager i snitt", ", etter {} dagar i snitt", ", after {} days on average"},
                             amount(*days / *began)),
                        "");
    if (gave_up && *gave_up > 0)
      one = followed_by(
          one, said({"; {} ga opp ventingen", "; {} gav opp ventinga", "; {} gave up waiting"}, amount(*gave_up)), "");
    one = followed_by(one, same_in_all("."), "");
    auto const places = in_all("place_years");
    // Whom the places are too few for had said yes.
    if (refused && places && *places > 0 && days && *days > 0 && *offered - *refused > *began) {
      ComparisonRow wanted;
      wanted.value = *offered;
      wanted.baseline = *refused;
      wanted.difference = *offered - *refused;
      one = followed_by(one, said({"Det var plassene som var grensen: {0} takket nei, og {1} ville ha plass{2}.",
                                   "Det var plassane som var grensa: {0} takka nei, og {1} ville ha plass{2}.",
                                   "Places were the limit: {0} refused, and {1} wanted a place{2}."},
                                  amount(*refused), amount(wanted.difference), amounts_of(wanted).rounded));
    }
    text = followed_by(text, one);
  }
  return text;
}

}  // namespace

ReportSection waiting_section(Contents const& contents, LeftOutParts& left_out) {
  ReportSection section{"waiting", said({"Plasser og venting", "Plassar og venting", "Places and waiting"}), {}, {}};
  ReportFigure figure;
  figure.id = "places-and-waiting";
  figure.kind = "waiting";
  figure.title = said({"Plasser, ventende og de som ikke fikk", "Plassar, ventande og dei som ikkje fekk",
                       "Places, people who wait, and those unserved"});
  figure.columns = {
      scenario_column(),
      {"measure", said({"Tiltak", "Tiltak", "Measure"}), ReportUnit::text},
      year_column(),
      {"places", said({"Plasser i snitt", "Plassar i snitt", "Places on average"}), ReportUnit::number, 1},
      {"participants", said({"Deltakere i snitt", "Deltakarar i snitt", "Participants on average"}), ReportUnit::number,
       1},
      {"began", said({"Begynte i året", "Byrja i året", "Began in the year"}), ReportUnit::number, 1},
      {"waiting", said({"Venter ved tellingen", "Ventar ved teljinga", "Waiting at the count"}), ReportUnit::number, 1},
      {"unserved", said({"Fikk ikke", "Fekk ikkje", "Unserved"}), ReportUnit::number, 1},
      {"mean_wait_days", said({"Ventet, dager i snitt", "Venta, dagar i snitt", "Waited, days on average"}),
       ReportUnit::days, 0}};
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    if (i == 0)
      add_waiting_rows(contents.comparison().baseline, {contents, i, &ComparisonRow::baseline},
                       contents.comparison().baseline_measures, figure);
    add_waiting_rows(contents.name(i), {contents, i, &ComparisonRow::value}, contents.comparison().measures[i], figure);
    figure.sentence = followed_by(figure.sentence, waiting_sentence(contents, i));
  }
  if (figure.rows.empty() || figure.sentence.empty()) {
    left_out.push_back({section.heading,
                        said({"Ingen av scenariene har tiltak.", "Ingen av scenaria har tiltak.",
                              "None of the scenarios has measures."}),
                        "utvei run …"});
    return section;
  }
  figure.definition = said(
      {"Plasser og deltakere er i snitt gjennom året (et år som bare er delvis med, teller for den delen), ventende "
       "ved "
       "tellingen. Fikk ikke: ga opp, oppfylte ikke lenger vilkårene mens de ventet, eller ble avvist. Uten tall for "
       "plasser er det ingen grense.",
       "Plassar og deltakarar er i snitt gjennom året (eit år som berre er delvis med, tel for den delen), ventande "
       "ved "
       "teljinga. Fekk ikkje: gav opp, oppfylte ikkje lenger vilkåra medan dei venta, eller vart avviste. Utan tal for "
       "plassar er det inga grense.",
       "Places and participants are means of the year (a year that is only partly covered counts for that part), those "
       "waiting are at the count. Unserved: gave up, ceased to qualify while they waited, or were turned away. Without "
       "a "
       "number of places there is no limit."});
  mark_partial_years(contents, figure);
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
  for (std::size_t i = 0; i < contents.scenarios(); ++i)
    for (StateInfo const& measure : contents.comparison().measures[i])
      figure.labels["measure"][measure.name] = contents.measure(measure.name);
  for (StateInfo const& measure : contents.comparison().baseline_measures)
    figure.labels["measure"][measure.name] = contents.measure(measure.name);
  section.figures.push_back(std::move(figure));
  return section;
}

}  // namespace utvei
