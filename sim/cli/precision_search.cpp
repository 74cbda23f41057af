// SPDX-License-Identifier: Apache-2.0
#include "precision_search.hpp"

#include <utvei/results/known_to.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

// Of fewer draws a spread says little. Replicates are asked only where groups of people do not show it.
constexpr std::uint32_t least_draws = 20;
constexpr std::uint32_t least_replicates = 10;
constexpr double to_be_safe = 1.05;
constexpr double most_growth = 10;  // the first look is rough

AskedOutcome outcome_of(Precision const& precision) {
  AskedOutcome outcome{{}, precision.of, precision.where};
  outcome.text = text_of(outcome);
  return outcome;
}

}  // namespace

void check_precision_agrees(std::vector<Scenario const*> const& scenarios, Diagnostics& diagnostics) {
  for (Scenario const* const each : scenarios) {
    Scenario const& first = *scenarios.front();
    if (each->precision == first.precision &&
        (!first.precision || (each->draws == first.draws && each->replicates == first.replicates)))
      continue;
    auto const& place = each->precision ? each->precision->place : first.precision->place;
    diagnostics.error(place, fmt::format("`{}` and `{}` do not ask for one precision", first.name, each->name),
                      "scenarios of one run have the same draws and replicates, to be compared",
                      "give both the same `precision`, `draws` and `replicates`: one may `extends` the other");
  }
}

PrecisionSearch::PrecisionSearch(Scenario const& scenario)
    : asked_{*scenario.precision},
      adds_draws_{scenario.draws > 0},
      number_{adds_draws_ ? std::max(scenario.draws, least_draws) : scenario.replicates} {
  number_ = std::min(number_, asked_.most);
}

bool PrecisionSearch::is_another_number(Scenario const& scenario) const {
  return number_ != (adds_draws_ ? scenario.draws : scenario.replicates);
}

Override PrecisionSearch::override_of_number() const {
  return parse_override(fmt::format("{}={}", key(), number_));
}

bool PrecisionSearch::look_at(std::vector<RunResult const*> const& results) {
  reached_ = half_width_of(results, outcome_of(asked_));
  tried_ = number_;
  results_ = results.size();
  ++rounds_;
  bool const is_met = reached_ && *reached_ <= asked_.half_width;
  state_ = is_met ? State::met : number_ >= asked_.most ? State::ceiling : State::goes_on;
  if (state_ != State::goes_on) return true;
  double wanted = least_replicates;
  if (reached_) wanted = std::min(most_growth, to_be_safe * std::pow(*reached_ / asked_.half_width, 2)) * tried_;
  double const next = std::min(std::max(std::ceil(wanted), tried_ + 1.0), static_cast<double>(asked_.most));
  number_ = static_cast<std::uint32_t>(next);
  return false;
}

std::string PrecisionSearch::message() const {
  std::string const width = reached_ ? fmt::format("± {:.4g}", *reached_) : "an unknown error";
  std::string const outcome = outcome_of(asked_).text;
  std::string const of = results_ > 1 ? fmt::format("the difference in {}", outcome) : outcome;
  std::string const have = fmt::format("precision: {} has {} with {} {}", of, width, tried_, key());
  switch (state_) {
    case State::met:
      return fmt::format("{}: stopped, within ± {:g}\n", have, asked_.half_width);
    case State::ceiling:
      return fmt::format("{}: stopped at most_{}, ± {:g} is not reached\n", have, key(), asked_.half_width);
    case State::goes_on:
      break;
  }
  return fmt::format("{}: not within ± {:g}, {} next\n", have, asked_.half_width, number_);
}

nlohmann::ordered_json PrecisionSearch::report() const {
  return {{"outcome", outcome_of(asked_).text},
          {"of", results_ > 1 ? "difference" : "value"},
          {"half_width", asked_.half_width},
          {"reached", reached_ ? nlohmann::ordered_json(*reached_) : nlohmann::ordered_json(nullptr)},
          {key(), tried_},
          {"rounds", rounds_},
          {"stopped", state_ == State::met ? "met" : "ceiling"}};
}

}  // namespace utvei
