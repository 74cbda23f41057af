// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/estimation/expected_by_region.hpp>
#include <utvei/estimation/hold_out.hpp>

#include <algorithm>
#include <optional>

namespace utvei {
namespace {

void add_period(std::vector<std::string>& axes) {
  if (std::ranges::find(axes, "period") == axes.end()) axes.emplace_back("period");
}

/// The place of the calendar among the axes; none: there is one period.
std::optional<std::size_t> period_axis(Exposure const& exposure) {
  auto const found = std::ranges::find(exposure.axes, CellAxis::Kind::period, &CellAxis::kind);
  if (found == exposure.axes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - exposure.axes.begin());
}

/// Events over person-time of each transition, in all.
double crude_rate(std::vector<std::int64_t> const& events, std::vector<std::int64_t> const& minutes) {
  std::int64_t all_events = 0;
  std::int64_t all_minutes = 0;
  for (std::size_t cell = 0; cell < events.size(); ++cell) {
    all_events += events[cell];
    all_minutes += minutes[cell];
  }
  return all_minutes > 0 ? static_cast<double>(all_events) / in_years(Duration{all_minutes}) : 0;
}

}  // namespace

EstimateOptions options_by_region(EstimateOptions options, Bands const& periods) {
  options.region = RegionEffect::fixed;
  options.empty_cells = EmptyCells::pooled;
  if (periods.empty()) return options;
  options.period = periods;
  add_period(options.terms);
  for (TermsFor& each : options.terms_for) add_period(each.axes);
  return options;
}

ExpectedByRegion expected_by_region(Exposure const& exposure, Model const& model, EstimateOptions const& options,
                                    std::size_t threads) {
  UTVEI_EXPECT(!exposure.axes.empty() && exposure.axes.front().kind == CellAxis::Kind::region);
  EstimateOptions national = options;
  national.region = RegionEffect::none;
  Exposure const all = summed_over_regions(exposure);
  Fit const fitted = fit(all, model, national, threads);
  auto const rates = rates_by_cell(fitted, all, model, national);
  ExpectedByRegion result;
  result.regions = exposure.axes.front().regions;
  auto const period = period_axis(exposure);
  result.periods = period ? exposure.axes[*period].labels : std::vector<std::string>{""};
  std::size_t const places = result.regions.size() * result.periods.size();
  std::vector<std::size_t> place_of(exposure.cells);
  for (std::size_t cell = 0; cell < exposure.cells; ++cell) {
    auto const at = exposure.places(cell);
    place_of[cell] = result.place(at.front(), period ? at[*period] : 0);
  }
  result.person_years = Column<StateId, std::vector<double>>(model.states.size(), std::vector<double>(places));
  for (StateId const state : ids_of(model.states))
    for (std::size_t cell = 0; cell < exposure.cells; ++cell)
      result.person_years[state][place_of[cell]] += in_years(Duration{exposure.minutes[state][cell]});
  for (TransitionId const transition : ids_of(model.transitions)) {
    auto const& minutes = exposure.minutes[model.transitions[transition].from];
    auto const& events = exposure.events[transition];
    double const crude = crude_rate(events, minutes);
    ExpectedByRegion::OfTransition of{std::vector<double>(places), std::vector<double>(places),
                                      std::vector<double>(places)};
    for (std::size_t cell = 0; cell < exposure.cells; ++cell) {
      if (minutes[cell] == 0) continue;
      double const years = in_years(Duration{minutes[cell]});
      of.observed[place_of[cell]] += static_cast<double>(events[cell]);
      of.expected[place_of[cell]] += years * rates[transition][cell % all.cells];
      of.crude[place_of[cell]] += years * crude;
    }
    result.transitions.push_back(std::move(of));
  }
  return result;
}

}  // namespace utvei
