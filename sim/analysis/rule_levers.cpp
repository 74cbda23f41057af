// SPDX-License-Identifier: Apache-2.0
#include "rule_levers.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace utvei {
namespace {

/// A rule of a scenario that can be moved up and down.
struct Movable {
  RuleLever::Kind kind{RuleLever::Kind::limit};
  StateId state;
  std::size_t place{0};  ///< of the limit, or the measure
  double most{1};  ///< how far it can be moved either way, in months; of a share that stays, either way or one way
};

Limit& limit_at(Scenario& scenario, StateId state, std::size_t place) {
  State& of = scenario.model.states[state];
  return place < of.limits.size() ? of.limits[place] : of.entitlements[place - of.limits.size()];
}

/// Who comes to a limit does not come to the next of the state at the same time; and nobody is out before they are in.
double most_months(State const& state, std::size_t place) {
  Limit const& own =
      place < state.limits.size() ? state.limits[place] : state.entitlements[place - state.limits.size()];
  double most = std::min(1.0, static_cast<double>(own.after.minutes) / (2.0 * minutes_per_month));
  for (std::size_t i = 0; i < state.limits.size(); ++i) {
    if (i == place || place >= state.limits.size()) continue;
    double const apart = std::abs(static_cast<double>((state.limits[i].after - own.after).minutes));
    most = std::min(most, apart / (3.0 * minutes_per_month));
  }
  return most;
}

std::vector<Movable> movables_of(Scenario const& scenario) {
  Model const& model = scenario.model;
  std::vector<Movable> movables;
  for (StateId const id : ids_of(model.states)) {
    State const& state = model.states[id];
    for (std::size_t i = 0; i < state.limits.size() + state.entitlements.size(); ++i) {
      double const most = most_months(state, i);
      if (most > 0) movables.push_back({RuleLever::Kind::limit, id, i, most});
      movables.push_back({RuleLever::Kind::stay, id, i, 1});
    }
    if (state.ends_at_age) movables.push_back({RuleLever::Kind::age_end, id, 0, 1});
  }
  for (std::size_t m = 0; m < scenario.measures.size(); ++m) {
    auto const& found_after = scenario.measures[m].found_after;
    double const half = found_after ? static_cast<double>(found_after->median.minutes) / (2.0 * minutes_per_month) : 1;
    movables.push_back({RuleLever::Kind::delay, StateId{0}, m, std::min(1.0, half)});
  }
  return movables;
}

Duration months(double number) {
  return Duration{static_cast<std::int64_t>(std::llround(number * static_cast<double>(minutes_per_month)))};
}

/// People are found so much later for a measure. Who was found at once is found after just that time.
void delay_measure(Measure& measure, Duration by) {
  auto const minutes = static_cast<double>(by.minutes);
  if (!measure.found_after) {
    if (by.minutes > 0) measure.found_after = {WaitingTime::Shape::fixed, by, 1, unbounded, minutes};
    return;
  }
  WaitingTime& time = *measure.found_after;
  double const factor = 1 + minutes / static_cast<double>(time.median.minutes);
  auto const scaled = [factor](Duration duration) {
    return Duration{std::llround(static_cast<double>(duration.minutes) * factor)};
  };
  time.median = scaled(time.median);
  time.scale *= factor;
  if (time.at_most < unbounded) time.at_most = scaled(time.at_most);
}

/// Moves a rule by so many months, or so many per cent of those who come to it.
void move_rule(Scenario& scenario, Movable const& rule, double by) {
  switch (rule.kind) {
    case RuleLever::Kind::limit:
      limit_at(scenario, rule.state, rule.place).after.minutes += months(by).minutes;
      break;
    case RuleLever::Kind::age_end: {
      AgeEnd& end = *scenario.model.states[rule.state].ends_at_age;
      end.age.minutes += months(by).minutes;
      for (AgeEnd::OfCohort& cohort : end.cohorts) cohort.age.minutes += months(by).minutes;
      break;
    }
    case RuleLever::Kind::delay:
      delay_measure(scenario.measures[rule.place], months(by));
      break;
    case RuleLever::Kind::stay:
      for (Destinations::Row& row : limit_at(scenario, rule.state, rule.place).to.rows)
        row.stay = std::clamp(row.stay + by / 100, 0.0, 1.0);
      break;
  }
}

class RuleSearch {
 public:
  explicit RuleSearch(LeverWorld const& world) : world_{world} {}

  std::vector<RuleLever> run() {
    std::vector<RuleLever> levers;
    for (Movable const& rule : movables_of(world_.scenario())) levers.push_back(lever_of(rule));
    return levers;
  }

 private:
  [[nodiscard]] LeverCounts counts_with(Movable const& rule, double by) const {
    Scenario scenario = world_.scenario();
    move_rule(scenario, rule, by);
    return world_.counts_of(world_.plan_of(std::move(scenario), std::nullopt));
  }

  /// Up and down by so much; a share that stays cannot fall below none nor rise above all.
  [[nodiscard]] std::vector<PairedAmount> slopes(Movable const& rule, double by) const {
    double up = by;
    double down = by;
    if (rule.kind == RuleLever::Kind::delay && !world_.scenario().measures[rule.place].found_after) down = 0;
    if (rule.kind == RuleLever::Kind::stay) {
      Scenario scenario = world_.scenario();
      for (Destinations::Row const& row : limit_at(scenario, rule.state, rule.place).to.rows) {
        up = std::min(up, 100 * (1 - row.stay));
        down = std::min(down, 100 * row.stay);
      }
      if (up + down <= 0) up = by;  // some rows let all stay, others none: then those that can are moved
    }
    LeverCounts const more = counts_with(rule, up);
    LeverCounts const less = counts_with(rule, -down);
    std::vector<PairedAmount> result;
    for (std::size_t o = 0; o < world_.options().outcomes.size(); ++o) {
      PairedAmount amount = paired(more.outcomes, less.outcomes, more.groups, o);
      for (LeverAmount* each : {&amount.mean, &amount.se}) {
        each->person_years /= up + down;
        each->at_end /= up + down;
      }
      result.push_back(amount);
    }
    return result;
  }

  [[nodiscard]] RuleLever lever_of(Movable const& rule) const {
    bool const is_delay = rule.kind == RuleLever::Kind::delay;
    RuleLever lever{rule.kind, rule.state, is_delay ? rule.place : 0, is_delay ? 0 : rule.place, {}, {}};
    // A simulation needs a difference that many lives meet.
    double const by = rule.kind != RuleLever::Kind::stay || world_.by_equations() ? rule.most : 10;
    auto const found = slopes(rule, by);
    for (PairedAmount const& each : found) {
      LeverEffect& effect = lever.effects.emplace_back();
      effect.mean = each.mean;
      if (!world_.by_equations() && !world_.places_couple()) effect.mc_se = each.se;
    }
    if (!world_.by_equations()) return lever;
    auto const half = slopes(rule, by / 2);
    for (std::size_t o = 0; o < found.size(); ++o)
      lever.step_error.push_back({std::abs(found[o].mean.person_years - half[o].mean.person_years),
                                  std::abs(found[o].mean.at_end - half[o].mean.at_end)});
    return lever;
  }

  LeverWorld const& world_;
};

}  // namespace

std::vector<RuleLever> find_rule_levers(LeverWorld const& world) {
  return RuleSearch{world}.run();
}

}  // namespace utvei
