// SPDX-License-Identifier: Apache-2.0
#include "plan_state.hpp"

#include <utvei/model/boxes.hpp>
#include <utvei/model/limit_shares.hpp>

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace utvei {

namespace {

/// Whether people of a profile are among those that a box is for, time aside.
bool holds_for(Box const& box, Profiles::Description const& who, Regions const& regions) {
  if (box.region && (!who.region || !regions.is_within(*who.region, *box.region))) {
    return false;
  }
  for (std::size_t t = 0; t < box.traits.size(); ++t) {
    if (box.traits[t] && (t >= who.traits.size() || who.traits[t] != box.traits[t])) {
      return false;
    }
  }
  return true;
}

bool holds_for(Change const& change, Profiles::Description const& who, Regions const& regions) {
  auto const holds_region = [&](RegionId region) { return who.region && regions.is_within(*who.region, region); };
  if (!change.regions.empty() && std::ranges::none_of(change.regions, holds_region)) {
    return false;
  }
  for (std::size_t t = 0; t < change.traits.size(); ++t) {
    auto const& levels = change.traits[t];
    if (!levels.empty() &&
        (t >= who.traits.size() || !who.traits[t] || std::ranges::find(levels, *who.traits[t]) == levels.end())) {
      return false;
    }
  }
  return true;
}

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

void set_axes(CompileContext const& context, StatePlan& plan) {
  Span const run{context.scenario.start.minutes, context.scenario.end.minutes};
  Span const life{0, distant_future.minutes};
  for (Exit const& exit : plan.exits) {
    for (Rate const* rate : context.rates_of[exit.transition.value()]) {
      add_cuts(plan.calendar, rate->box.calendar, run);
      add_cuts(plan.age, rate->box.age, life);
      add_cuts(plan.time_in_state, rate->box.time_in_state, life);
    }
    for (Change const* change : context.changes_of[exit.transition.value()]) {
      add_cuts(plan.calendar, change->calendar, run);
      add_cuts(plan.age, change->age, life);
    }
  }
  finish(plan.calendar);
  finish(plan.age);
  finish(plan.time_in_state);
}

/// For each exit the rates and changes that hold for a profile; profiles with the same ones share a class.
struct ClassKey {
  std::vector<std::vector<Rate const*>> rates;
  std::vector<std::vector<Change const*>> changes;
  friend auto operator<=>(ClassKey const&, ClassKey const&) = default;
};

/// Whether some of it lies within the run and within a life: then its ends are cuts of the axes, or beyond them.
bool meets_run(CompileContext const& context, Span calendar, Span age, Span time_in_state) {
  Span const life{0, distant_future.minutes};
  return overlap(calendar, {context.scenario.start.minutes, context.scenario.end.minutes}) && overlap(age, life) &&
         overlap(time_in_state, life);
}

ClassKey key_of(CompileContext const& context, StatePlan const& plan, Profiles::Description const& who) {
  ClassKey key;
  for (Exit const& exit : plan.exits) {
    auto& rates = key.rates.emplace_back();
    for (Rate const* rate : context.rates_of[exit.transition.value()]) {
      Box const& box = rate->box;
      if (meets_run(context, box.calendar, box.age, box.time_in_state) && holds_for(box, who, context.model.regions)) {
        rates.push_back(rate);
      }
    }
    auto& changes = key.changes.emplace_back();
    for (Change const* change : context.changes_of[exit.transition.value()]) {
      if (meets_run(context, change->calendar, change->age, everything) &&
          holds_for(*change, who, context.model.regions)) {
        changes.push_back(change);
      }
    }
  }
  return key;
}

/// How long somebody can be in a state before a limit that spares nobody.
Span time_reached(State const& state) {
  Span span{0, distant_future.minutes};
  for (Limit const& limit : state.limits) {
    if (limit.clock == time_in_state_clock && !lets_stay(limit)) {
      span.to = std::min(span.to, std::max<std::int64_t>(limit.after.minutes, 1));
    }
  }
  return span;
}

Span ages_reached(State const& state, Span ages) {
  if (state.ends_at_age) {
    // Who is older leaves in the first minute, which needs a rate no more than the rest of that life does.
    ages.to = std::min(ages.to, state.ends_at_age->age.minutes);
  }
  return ages;
}

class GapsAndTies {
 public:
  GapsAndTies(CompileContext const& context, StateId state) : context_{context}, state_{state} {}

  void check(Exit const& exit, Grid const& grid, std::vector<Cover> const& covers,
             std::vector<Rate const*> const& candidates, std::uint32_t profile) {
    Span const ages = ages_reached(context_.model.states[state_], context_.reach[profile].age);
    if (ages.from >= ages.to) {
      return;
    }
    Span const run{context_.scenario.start.minutes, context_.scenario.end.minutes};
    for_each_cell(grid, bands_over(grid.calendar, run), bands_over(grid.age, ages),
                  bands_over(grid.time_in_state, time_reached(context_.model.states[state_])), [&](std::size_t cell) {
                    Cover const& held = covers[cell];
                    if (held.rate == Cover::none) {
                      report_gap(exit, box_at(grid, cell, profile), candidates.empty());
                    } else if (held.rival != Cover::none) {
                      report_tie(exit, box_at(grid, cell, profile), *candidates[static_cast<std::size_t>(held.rate)],
                                 *candidates[static_cast<std::size_t>(held.rival)]);
                    }
                  });
  }

 private:
  [[nodiscard]] Box box_at(Grid const& grid, std::size_t cell, std::uint32_t profile) const {
    Box box = box_of(grid, cell);
    box.region = context_.profiles[profile].region;
    box.traits = context_.profiles[profile].traits;
    return box;
  }

  void report_gap(Exit const& exit, Box const& where, bool no_rate_at_all) {
    if (reported_gap_ == &exit) {
      return;
    }
    reported_gap_ = &exit;
    Transition const& transition = context_.model.transitions[exit.transition];
    bool const anywhere = !context_.rates_of[exit.transition.value()].empty();
    context_.diagnostics.error(
        transition.table ? transition.table_place : transition.place,
        anywhere ? fmt::format("no rate for `{}`: {}", transition.name, describe(where, context_.model))
                 : fmt::format("no rate for `{}`", transition.name),
        no_rate_at_all && anywhere ? "people of the scenario are in this state, and no row is for them"
                                   : "people of the scenario can be there, and each cell needs exactly one rate",
        anywhere
            ? context_.model.rate_file && !transition.table
                  ? "let the bands of the study that made the rate file begin there, or take people who are within them"
                  : "add a row that covers it; an empty field is unbounded"
            : "give `rate_per_year:`, `rates: TABLE.csv`, or a rate file that has this transition");
  }

  void report_tie(Exit const& exit, Box const& where, Rate const& first, Rate const& second) {
    if (reported_tie_ == &exit) {
      return;
    }
    reported_tie_ = &exit;
    Transition const& transition = context_.model.transitions[exit.transition];
    std::string const other =
        first.place.source ? fmt::format("{}:{}", first.place.source->name, first.place.line) : std::string{"another"};
    context_.diagnostics.error(second.place.source ? second.place : transition.place,
                               fmt::format("two rates for `{}`: {}", transition.name, describe(where, context_.model)),
                               fmt::format("this row and {} both hold there, and neither lies inside the other", other),
                               "narrow one of them, or add a row for what they share");
  }

  CompileContext const& context_;
  StateId state_;
  Exit const* reported_gap_{nullptr};
  Exit const* reported_tie_{nullptr};
};

void apply_changes(CompileContext const& context, Grid const& grid, std::vector<Change const*> const& changes,
                   std::vector<double> const& factors, std::vector<double>& rates) {
  for (Change const* change : changes) {
    double const ratio = factors[static_cast<std::size_t>(change - context.scenario.changes.data())];
    for_each_cell(grid, bands_inside(grid.calendar, change->calendar), bands_inside(grid.age, change->age),
                  BandRange{0, grid.time_in_state.bands()}, [&](std::size_t cell) { rates[cell] *= ratio; });
  }
}

/// The rates of the cells in this draw, and whether those that are written would be too high: then it is no accident of
/// the draw.
struct DrawnRates {
  std::vector<double> drawn, written;
};

void store(CompileContext const& context, Exit const& exit, std::size_t k, std::size_t first_row, DrawnRates& both,
           StatePlan& plan) {
  constexpr auto most = static_cast<double>(minutes_per_year);
  auto& rates = both.drawn;
  for (std::size_t cell = 0; cell < rates.size(); ++cell) {
    if (!(rates[cell] <= most) && both.written[cell] <= most) {
      rates[cell] = both.written[cell] > 0 ? most : 0;
      plan.capped_rates += both.written[cell] > 0 ? 1U : 0U;
    }
    if (rates[cell] > most) {
      Transition const& transition = context.model.transitions[exit.transition];
      context.diagnostics.error(
          transition.place, fmt::format("the rate of `{}` is {} per year", transition.name, rates[cell]),
          "time is whole minutes, so nothing can happen more than once a minute", "check the unit: rates are per year");
      return;
    }
    Hazard const hazard = hazard_per_minute(rates[cell]);
    std::size_t const at = (first_row + cell) * plan.exits.size() + k;
    plan.intensity[at] = hazard;
    plan.inverse[at] = hazard > 0 ? 1.0 / static_cast<double>(hazard) : std::numeric_limits<double>::infinity();
  }
}

void fill_class(CompileContext const& context, StateId state, ClassKey const& key,
                std::vector<std::uint32_t> const& members, std::size_t number, GapsAndTies& check, StatePlan& plan) {
  Grid const grid{plan.calendar, plan.age, plan.time_in_state};
  for (std::size_t k = 0; k < plan.exits.size(); ++k) {
    std::vector<Cover> const covers = cover(grid, key.rates[k], context.model.regions);
    if (context.state_reached[state.value()]) {
      for (std::uint32_t const profile : members) {
        check.check(plan.exits[k], grid, covers, key.rates[k], profile);
      }
    }
    DrawnRates rates{std::vector<double>(grid.size()), std::vector<double>(grid.size())};
    for (std::size_t cell = 0; cell < grid.size(); ++cell) {
      if (covers[cell].rate != Cover::none) {
        Rate const* rate = key.rates[k][static_cast<std::size_t>(covers[cell].rate)];
        double const factor = context.rate_factors[static_cast<std::size_t>(rate - context.rates.rates.data())];
        rates.drawn[cell] = rate->rate_per_year * factor;
        rates.written[cell] = rate->rate_per_year;
      }
    }
    apply_changes(context, grid, key.changes[k], context.change_factors, rates.drawn);
    apply_changes(context, grid, key.changes[k], context.written_factors, rates.written);
    store(context, plan.exits[k], k, number * grid.size(), rates, plan);
  }
}

}  // namespace

void fill_intensities(CompileContext const& context, StateId state, StatePlan& plan) {
  set_axes(context, plan);
  std::map<ClassKey, std::vector<std::uint32_t>> classes;
  for (std::uint32_t profile = 0; profile < context.profiles.size(); ++profile) {
    classes[key_of(context, plan, context.profiles[profile])].push_back(profile);
  }
  Grid const grid{plan.calendar, plan.age, plan.time_in_state};
  plan.row_of_profile.assign(context.profiles.size(), 0);
  plan.intensity.assign(classes.size() * grid.size() * plan.exits.size(), 0);
  plan.inverse.assign(plan.intensity.size(), std::numeric_limits<double>::infinity());
  GapsAndTies check{context, state};
  std::uint32_t number = 0;
  for (auto const& [key, members] : classes) {
    for (std::uint32_t const profile : members) {
      plan.row_of_profile[profile] = number * grid.size() * plan.exits.size();
    }
    fill_class(context, state, key, members, number, check, plan);
    ++number;
  }
  plan.age_stride = std::size_t{plan.time_in_state.bands()} * plan.exit_count;
  plan.calendar_stride = plan.age.bands() * plan.age_stride;
  plan.cells_per_class = static_cast<std::uint32_t>(grid.size());
  // Half of an expected stay under the strongest intensity; an integrated intensity is then of the order of 2^57.
  Hazard const most = plan.intensity.empty() ? 0 : std::ranges::max(plan.intensity);
  plan.short_span = (Hazard{1} << 56) / std::max<Hazard>(1, most);
}

namespace {

/// Ways and shares that stay, by profile. False: nobody knows where some people go.
bool add_ways(CompileContext const& context, Destinations const& destinations, Rule& rule) {
  for (std::uint32_t profile = 0; profile < context.profiles.size(); ++profile) {
    auto const& who = context.profiles[profile];
    auto& list = rule.ways.emplace_back();
    Destinations::Row const* row = destinations_at(destinations, who.region, who.traits, context.model.regions);
    if (row == nullptr) return false;
    rule.stay.push_back(row->stay);
    double sum = 0;
    for (DestinationShare const& share : row->shares) {
      sum += share.share;
      list.push_back({sum, share.to});
    }
    if (!list.empty()) list.back().up_to = 1;
  }
  return true;
}

void report_no_destination(CompileContext const& context, State const& state, Rule const& rule, Place const& place,
                           bool estimated) {
  auto const& who = context.profiles[static_cast<std::uint32_t>(rule.ways.size() - 1)];
  Box box;
  box.region = who.region;
  box.traits = who.traits;
  context.diagnostics.error(place,
                            fmt::format("no destination for some people who leave `{}` by a rule: {}", state.name,
                                        describe(box, context.model)),
                            estimated ? "the rate file has no estimate of the limit for their region"
                                      : "the table of destinations has no row for their region or traits",
                            estimated ? "estimate with a regions file that has it, or give shares in a table"
                                      : "add a row for everybody else");
}

/// The shares of the rate file as this draw has them, or what the model says.
Destinations destinations_of(CompileContext const& context, StateId state, Limit const& limit) {
  auto const* shares = limit.estimated ? shares_of(context.rates, state, limit) : nullptr;
  if (shares == nullptr || context.scenario.draws == 0) return limit.to;
  return draw_destinations(*shares, context.model, context.scenario.seed, context.draw, limit.place);
}

}  // namespace

std::vector<Rule> rules_of(CompileContext const& context, StateId state) {
  State const& what = context.model.states[state];
  std::vector<Rule> rules;
  for (Limit const& limit : what.limits) {
    Rule& rule = rules.emplace_back(Rule{Cause::limit, limit.clock, limit.after, {}, limit.stream, {}, 0});
    if (!add_ways(context, destinations_of(context, state, limit), rule)) {
      report_no_destination(context, what, rule, limit.place, limit.estimated);
    }
  }
  if (what.ends_at_age) {
    AgeEnd const& end = *what.ends_at_age;
    Rule& rule = rules.emplace_back(Rule{Cause::age, time_in_state_clock, end.age, {}, end.stream, {}, 0});
    if (!add_ways(context, end.to, rule)) report_no_destination(context, what, rule, end.place, false);
  }
  return rules;
}

}  // namespace utvei
