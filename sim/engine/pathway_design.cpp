// SPDX-License-Identifier: Apache-2.0
// Which tables a scenario's `pathways` ask for, and how their numbers lie.
#include "months_begun.hpp"
#include "pathway_tallies.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

using Quantity = PathwayQuantity;

std::size_t place_among(std::vector<std::string>& names, std::string const& name) {
  auto const found = std::ranges::find(names, name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  names.push_back(name);
  return names.size() - 1;
}

std::string label_of_bin(Incidence const& incidence, std::size_t bin) {
  if (!incidence.by_age) return fmt::format("{}: {} months", incidence.name, bin + 1);
  return fmt::format("{}: age {}", incidence.name,
                     incidence.ages.from / minutes_per_year + static_cast<std::int64_t>(bin));
}

}  // namespace

PathwayDesign::PathwayDesign(Scenario const& of, TallyCalendar const& run_calendar, bool tell_regions_apart)
    : scenario{of},
      calendar{run_calendar},
      asked{of.pathways.get()},
      groups{of.groups},
      by_region{tell_regions_apart},
      regions{tell_regions_apart ? of.model.regions.size() : 1},
      states{of.model.states.size()},
      tables(pathway_quantities) {
  if (asked == nullptr) return;
  if (!asked->ways.empty()) design_ways();
  if (!asked->incidence.empty()) design_incidence();
  if (!asked->leaving.empty()) design_leaving();
  if (asked->flows) design_flows();
  if (asked->sequences) design_sequences();
}

PathwayTable& PathwayDesign::lay_out(Quantity quantity, PathwayTable table) {
  table.by_region = table.by_region && by_region;
  table.line = 1;
  for (Dimension const& dimension : table.dimensions) table.line *= dimension.labels.size();
  return tables[static_cast<std::size_t>(quantity)] = std::move(table);
}

void PathwayDesign::design_ways() {
  Dimension steps{"way_step", {}};
  for (NamedPathway const& way : asked->ways) {
    first_step.push_back(steps.labels.size());
    for (NamedPathway::Step const& step : way.steps) steps.labels.push_back(way.name + ": " + step.name);
    months = std::max(months, months_begun(way.within) + 1);
  }
  Dimension since{"months", {}};
  for (std::size_t month = 0; month < months; ++month) since.labels.push_back(std::to_string(month));
  Dimension const at_last{"state", scenario.model.state_names()};
  lay_out(Quantity::way_people, {"way_people", "people who come to each step of a way", "1", true, true, {steps}});
  lay_out(Quantity::way_time, {"way_time", "time from the step before", "years", true, true, {steps}});
  // What no error is told of is not kept by group: groups, regions and all this would be too many numbers.
  lay_out(Quantity::way_lost,
          {"way_lost",
           "people who come to a step and not to the next, by where they are when they are followed no more",
           "1",
           false,
           true,
           {steps, at_last}});
  lay_out(Quantity::way_months,
          {"way_months",
           "people who come to each step, by months since the step before (of 3: after more than two)",
           "1",
           false,
           true,
           {steps, since}});
}

void PathwayDesign::design_incidence() {
  Dimension names{"incidence", {}};
  Dimension times{"incidence_time", {}};
  Dimension where{"incidence_outcome", {}};
  for (Incidence const& incidence : asked->incidence) {
    names.labels.push_back(incidence.name);
    first_bin.push_back(times.labels.size());
    for (std::size_t bin = 0; bin < incidence.bins(); ++bin) times.labels.push_back(label_of_bin(incidence, bin));
    to.emplace_back();
    for (auto const& destination : incidence.to) to.back().push_back(place_among(where.labels, destination.name));
    to.back().push_back(place_among(where.labels, other_destination));
  }
  not_followed = where.labels.size();
  for (char const* const name : {"not_followed", "came_at_risk", "came_at_risk_within"})
    where.labels.emplace_back(name);
  outcomes = where.labels.size();
  lay_out(Quantity::incidence_persons,
          {"incidence_persons", "times that people come to be at risk", "1", false, true, {names}});
  lay_out(Quantity::incidence_years,
          {"incidence_years", "time at risk, by age or by the time since it began", "years", false, true, {times}});
  char const* const text = "people who are at risk no more, by where they go, and people who come to be at risk";
  lay_out(Quantity::incidence_events, {"incidence_events", text, "1", true, false, {times, where}});
  if (by_region)
    lay_out(Quantity::incidence_events_by_region,
            {"incidence_events_by_region", text, "1", false, true, {times, where}});
}

void PathwayDesign::design_leaving() {
  Dimension kinds{"leaving", {}};
  for (Leaving const& leaving : asked->leaving) {
    first_kind.push_back(kinds.labels.size());
    for (auto const& kind : leaving.kinds) kinds.labels.push_back(leaving.name + ": " + kind.name);
    kinds.labels.push_back(leaving.name + ": " + unclassified);
  }
  lay_out(Quantity::leavings, {"leavings",
                               "people who leave some states, by kind",
                               "1",
                               true,
                               true,
                               {{"year", calendar.year_labels()}, kinds}});
}

void PathwayDesign::design_flows() {
  auto const years = calendar.year_labels();
  Dimension from{"year", {}};
  for (auto const& stock : calendar.stock_dates()) {
    if (stock.date != 0) continue;
    dates.push_back(stock.time);
    from.labels.push_back(years[stock.year]);
  }
  if (dates.size() < 2) return;
  from.labels.pop_back();
  Dimension before{"state", scenario.model.state_names()};
  before.labels.emplace_back("not_in_run");
  Dimension const after{"next_state", before.labels};
  char const* const text = "people by state at the first stock date of the year and of the next";
  lay_out(Quantity::flows, {"flows", text, "1", true, false, {from, before, after}});
  // By group as well they would be too many.
  if (by_region) lay_out(Quantity::flows_by_region, {"flows_by_region", text, "1", false, true, {from, before, after}});
}

void PathwayDesign::design_sequences() {
  for (State const& state : scenario.model.states) {
    bool const by_group = asked->sequences->by_group && !state.group.empty();
    tokens.push_back(static_cast<std::uint16_t>(place_among(token_names, by_group ? state.group : state.name)));
  }
}

}  // namespace utvei
