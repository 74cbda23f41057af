// SPDX-License-Identifier: Apache-2.0
#include "plan_state.hpp"

#include "gaps_and_ties.hpp"
#include "intensity_classes.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace utvei {

namespace {

void add_cuts(Axis& axis, Span span, Span within) {
  for (std::int64_t const cut : {span.from, span.to}) {
    if (cut > within.from && cut < within.to) {
      axis.cuts.push_back(cut);
    }
  }
}

void finish(Axis& axis) {
  std::ranges::sort(axis.cuts);
  auto const repeated = std::ranges::unique(axis.cuts);
  axis.cuts.erase(repeated.begin(), repeated.end());
}

void set_axes(CompileContext const& context, Ways const& ways, StatePlan& plan) {
  Span const run{context.scenario.start.minutes, context.scenario.end.minutes};
  Span const life{0, distant_future.minutes};
  for (Exit const& exit : plan.exits) {
    for (Rate const* rate : ways.rates_of[exit.transition.value()]) {
      add_cuts(plan.calendar, rate->box.calendar, run);
      add_cuts(plan.age, rate->box.age, life);
      add_cuts(plan.time_in_state, rate->box.time_in_state, life);
    }
    for (Change const* change : ways.changes_of[exit.transition.value()]) {
      add_cuts(plan.calendar, change->calendar, run);
      add_cuts(plan.age, change->age, life);
    }
  }
  finish(plan.calendar);
  finish(plan.age);
  finish(plan.time_in_state);
}

void apply_changes(CompileContext const& context, Grid const& grid, std::vector<Change const*> const& changes,
                   std::vector<double> const& factors, std::vector<double>& rates) {
  for (Change const* change : changes) {
    double const ratio = factors[static_cast<std::size_t>(change - context.changes.data())];
    for_each_cell(grid, bands_inside(grid.calendar, change->calendar), bands_inside(grid.age, change->age),
                  BandRange{0, grid.time_in_state.bands()}, [&](std::size_t cell) { rates[cell] *= ratio; });
  }
}

/// The rates of the cells in this draw, and whether those that are written would be too high: then it is no accident of
/// the draw.
struct DrawnRates {
  std::vector<double> drawn, written;
};

void store(CompileContext const& context, Ways::Label const& way, std::size_t k, std::size_t first_row,
           DrawnRates& both, StatePlan& plan) {
  constexpr auto most = static_cast<double>(minutes_per_year);
  auto& rates = both.drawn;
  for (std::size_t cell = 0; cell < rates.size(); ++cell) {
    if (!(rates[cell] <= most) && both.written[cell] <= most) {
      rates[cell] = both.written[cell] > 0 ? most : 0;
      plan.capped_rates += both.written[cell] > 0 ? 1U : 0U;
    }
    if (rates[cell] > most) {
      context.diagnostics.error(way.place, fmt::format("the rate of `{}` is {} per year", way.name, rates[cell]),
                                "time is whole minutes, so nothing can happen more than once a minute",
                                "check the unit: rates are per year");
      return;
    }
    Hazard const hazard = hazard_per_minute(rates[cell]);
    std::size_t const at = (first_row + cell) * plan.exits.size() + k;
    plan.intensity[at] = hazard;
    plan.inverse[at] = hazard > 0 ? 1.0 / static_cast<double>(hazard) : std::numeric_limits<double>::infinity();
  }
}

void fill_class(CompileContext const& context, Ways const& ways, Stay const& stay, ClassKey const& key,
                std::vector<std::uint32_t> const& members, std::size_t number, GapsAndTies& check, StatePlan& plan) {
  Grid const grid{plan.calendar, plan.age, plan.time_in_state};
  for (std::size_t k = 0; k < plan.exits.size(); ++k) {
    std::vector<Cover> const covers = cover(grid, key.rates[k], context.model.regions);
    if (stay.is_reached) {
      for (std::uint32_t const profile : members) {
        check.check(plan.exits[k], grid, covers, key.rates[k], profile);
      }
    }
    DrawnRates rates{std::vector<double>(grid.size()), std::vector<double>(grid.size())};
    for (std::size_t cell = 0; cell < grid.size(); ++cell) {
      if (covers[cell].rate != Cover::none) {
        Rate const* rate = key.rates[k][static_cast<std::size_t>(covers[cell].rate)];
        rates.drawn[cell] = rate->rate_per_year * ways.factor_of(*rate);
        rates.written[cell] = rate->rate_per_year;
      }
    }
    apply_changes(context, grid, key.changes[k], context.change_factors, rates.drawn);
    apply_changes(context, grid, key.changes[k], context.written_factors, rates.written);
    store(context, ways.labels[plan.exits[k].transition.value()], k, number * grid.size(), rates, plan);
  }
}

}  // namespace

void fill_intensities(CompileContext const& context, Ways const& ways, Stay const& stay, StatePlan& plan) {
  set_axes(context, ways, plan);
  std::vector<IntensityClass> const classes = intensity_classes(context, ways, plan);
  Grid const grid{plan.calendar, plan.age, plan.time_in_state};
  plan.row_of_profile.assign(context.profiles.size(), 0);
  plan.intensity.assign(classes.size() * grid.size() * plan.exits.size(), 0);
  plan.inverse.assign(plan.intensity.size(), std::numeric_limits<double>::infinity());
  GapsAndTies check{context, ways, stay};
  std::uint32_t number = 0;
  for (auto const& [key, members] : classes) {
    for (std::uint32_t const profile : members) {
      plan.row_of_profile[profile] = number * grid.size() * plan.exits.size();
    }
    fill_class(context, ways, stay, key, members, number, check, plan);
    ++number;
  }
  plan.age_stride = std::size_t{plan.time_in_state.bands()} * plan.exit_count;
  plan.calendar_stride = plan.age.bands() * plan.age_stride;
  plan.cells_per_class = static_cast<std::uint32_t>(grid.size());
  // Half of an expected stay under the strongest intensity; an integrated intensity is then of the order of 2^57.
  Hazard const most = plan.intensity.empty() ? 0 : std::ranges::max(plan.intensity);
  plan.short_span = (Hazard{1} << 56) / std::max<Hazard>(1, most);
}

}  // namespace utvei
