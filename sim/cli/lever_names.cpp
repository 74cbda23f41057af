// SPDX-License-Identifier: Apache-2.0
#include "lever_names.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/results/readable.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

constexpr std::int64_t minutes_per_paid_day = minutes_per_week / 5;

}  // namespace

std::string LeverNames::state(StateId id) const {
  return label_in(model_.states[id].label, language_, model_.states[id].name);
}

std::string LeverNames::way(StateId from, StateId to) const {
  return state(from) + " → " + state(to);
}

std::string LeverNames::outcome(LeverOutcome const& outcome) const {
  std::string label = label_in(outcome.whom.label, language_, outcome.name);
  if (label != outcome.name) return label;
  // Groups have no labels of their own.
  if (label == "outside") return std::string{pick("utenfor", "utanfor", "outside")};
  if (label == "work") return std::string{pick("arbeid", "arbeid", "work")};
  if (label == "education") return std::string{pick("utdanning", "utdanning", "education")};
  return label;
}

std::string LeverNames::region(RegionId id) const {
  std::string const name = model_.regions.name(id, language_);
  return name.empty() ? model_.regions[id].code : name;
}

std::string LeverNames::cell(LeverReport const& report, LeverCell const& cell) const {
  std::string text;
  if (cell.region) text = region(report.regions[*cell.region]);
  if (!cell.age_group) return text;
  std::string const ages = label_of_ages(report.ages[*cell.age_group]) + std::string{pick(" år", " år", " years")};
  return text.empty() ? ages : text + ", " + ages;
}

std::string LeverNames::subject(RuleLever const& rule, Scenario const& scenario) const {
  if (rule.kind != RuleLever::Kind::delay) return state(rule.state);
  Measure const& measure = scenario.measures[rule.measure];
  return label_in(measure.label, language_, measure.name);
}

std::string LeverNames::rule(RuleLever const& rule) const {
  if (rule.kind == RuleLever::Kind::delay)
    return std::string{
        pick("tiden til folk blir funnet", "tida til folk blir funne", "the time until people are found")};
  State const& of = model_.states[rule.state];
  if (rule.kind == RuleLever::Kind::age_end) return std::string{pick("aldersgrensen", "aldersgrensa", "the age")};
  Limit const& limit =
      rule.limit < of.limits.size() ? of.limits[rule.limit] : of.entitlements[rule.limit - of.limits.size()];
  auto const pattern = rule.kind == RuleLever::Kind::limit
                           ? pick("grensen etter {}", "grensa etter {}", "the limit after {}")
                           : pick("de som blir etter {}", "dei som blir etter {}", "those who stay after {}");
  return fmt::format(fmt::runtime(pattern), length(limit));
}

std::string LeverNames::length(Limit const& limit) const {
  std::int64_t const minutes = limit.after.minutes;
  auto const whole = [&](std::int64_t unit, std::string_view nb, std::string_view nn, std::string_view en) {
    return number(static_cast<double>(minutes) / static_cast<double>(unit), minutes % unit == 0 ? 0 : 1) + " " +
           std::string{pick(nb, nn, en)};
  };
  bool const is_of_paid_days = minutes % minutes_per_day != 0 && minutes % minutes_per_paid_day == 0;
  std::string text = minutes % minutes_per_year == 0   ? whole(minutes_per_year, "år", "år", "years")
                     : minutes % minutes_per_week == 0 ? whole(minutes_per_week, "uker", "veker", "weeks")
                     : is_of_paid_days ? whole(minutes_per_paid_day, "betalte dager", "betalte dagar", "paid days")
                     : minutes % minutes_per_month == 0 ? whole(minutes_per_month, "måneder", "månader", "months")
                                                        : whole(minutes_per_day, "dager", "dagar", "days");
  return text + where_counted(limit.clock);
}

/// In the words of the states in which a clock runs; one that traits alone tell of has its name.
std::string LeverNames::where_counted(ClockId id) const {
  if (id == time_in_state_clock) return {};
  Clock const& clock = model_.clocks[id];
  std::vector<std::string> states;
  for (std::size_t s = 0; s < clock.counts_in.size() && !clock.counts_in_any; ++s)
    if (clock.counts_in[s]) states.push_back(inside_sentence(state(StateId{s})));
  if (states.empty()) return " (" + clock.name + ")";
  return fmt::format(fmt::runtime(pick(" i {}", " i {}", " in {}")), fmt::join(states, ", "));
}

std::string LeverNames::number(double number, int decimals) const {
  return readable(number, decimals, language_);
}

std::string LeverNames::difference(double mean, std::optional<double> error) const {
  double const half_width = error ? normal_975 * *error : std::abs(mean) / 10;
  int const decimals =
      half_width > 0 ? std::clamp(1 - static_cast<int>(std::floor(std::log10(half_width))) - 1, 0, 4) : 1;
  std::string const text = readable_signed(mean, decimals, language_);
  return error ? text + " ± " + number(half_width, decimals) : text;
}

std::string label_of_ages(Span ages) {
  auto const years = [](std::int64_t age) { return static_cast<int>(std::lround(in_years(Duration{age}))); };
  int const from = ages.from <= 0 ? 0 : years(ages.from);
  if (ages.to >= distant_future.minutes) return fmt::format("{}+", from);
  int const last = years(ages.to) - 1;
  return from == last ? std::to_string(from) : fmt::format("{}-{}", from, last);
}

bool less_is_better(LeverOutcome const& outcome, Model const& model) {
  if (!outcome.whom.better.empty()) return outcome.whom.better == "less";
  auto const& states = outcome.whom.who.states;
  for (StateId const state : ids_of(model.states)) {
    std::string const& group = model.states[state].group;
    if (!states.empty() && states[state.value()] && (group == "work" || group == "education")) return false;
  }
  return true;
}

double elasticity(double effect, double base) {
  return base == 0 ? 0 : 100 * effect / base;
}

}  // namespace utvei
