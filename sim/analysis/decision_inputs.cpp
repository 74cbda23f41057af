// SPDX-License-Identifier: Apache-2.0
#include "input_numbers.hpp"

#include <utvei/analysis/decision_uncertainty.hpp>
#include <utvei/results/assumed.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Draws this close to being one function of the other share their luck.
constexpr double same_luck = 0.999999;

bool varies(UncertainInput const& input) {
  return std::ranges::adjacent_find(input.by_draw, std::not_equal_to{}) != input.by_draw.end();
}

bool has_name_of(UncertainInput const& a, UncertainInput const& b) {
  return a.kind == b.kind && a.name == b.name;
}

bool have_same_luck(UncertainInput const& a, UncertainInput const& b) {
  if (a.by_draw.size() != b.by_draw.size()) return false;
  Eigen::VectorXd x = numbers_of({&a});
  Eigen::VectorXd y = numbers_of({&b});
  x.array() -= x.mean();
  y.array() -= y.mean();
  return std::abs(x.dot(y)) >= same_luck * x.norm() * y.norm();
}

/// Adds the inputs of one result to those of the others.
void merge_inputs(RunResult const& result, std::vector<UncertainInput>& drawn) {
  std::size_t const earlier = drawn.size();
  for (UncertainInput const& input : result.inputs) {
    auto const begin = drawn.begin();
    auto const end = begin + static_cast<std::ptrdiff_t>(earlier);
    if (!varies(input) || std::find(begin, end, input) != end) continue;
    UncertainInput own = input;
    if (std::any_of(begin, end, [&](auto const& other) { return has_name_of(input, other); }))
      own.name += fmt::format(" ({})", result.provenance.scenario_name);
    // A group is of inputs that are known together, whatever the scenarios call them.
    auto const same = std::find_if(
        begin, end, [&](auto const& other) { return other.kind == own.kind && have_same_luck(own, other); });
    if (same != end) own.group = same->group;
    drawn.push_back(std::move(own));
  }
}

/// Effects that set two results apart: of the one or of the other, and of measures that both have otherwise.
std::vector<UncertainInput const*> effects_apart(RunResult const& baseline, RunResult const& scenario,
                                                 std::vector<AssumedEffect> const& beside) {
  auto apart = own_effects(baseline, scenario);
  for (UncertainInput const& input : scenario.inputs) {
    bool const is_apart = std::ranges::any_of(
        beside, [&](AssumedEffect const& effect) { return !effect.is_what_if && effect.measure == input.group; });
    bool const is_there = std::ranges::find(apart, input.name, &UncertainInput::name) != apart.end();
    if (input.kind == UncertainInput::Kind::effect && is_apart && !is_there) apart.push_back(&input);
  }
  return apart;
}

/// As the scenario says it; the mean of so many draws is another number. Of what it does not tell, the middle of them.
double stated_ratio(UncertainInput const& input, std::vector<AssumedEffect> const& assumed) {
  for (AssumedEffect const& effect : assumed)
    if (input.name == fmt::format("{}: {}", effect.measure, effect.transitions)) return effect.ratio;
  double logs = 0;
  for (double const ratio : input.by_draw) logs += std::log(ratio);
  return std::exp(logs / static_cast<double>(input.by_draw.size()));
}

}  // namespace

DecisionInputs decision_inputs(RunResult const& baseline, std::vector<RunResult const*> const& scenarios) {
  DecisionInputs all;
  merge_inputs(baseline, all.drawn);
  for (RunResult const* const scenario : scenarios) {
    merge_inputs(*scenario, all.drawn);
    auto const beside = assumed_beside(baseline, *scenario);
    auto& assumed = all.assumed.emplace_back();
    for (UncertainInput const* const effect : effects_apart(baseline, *scenario, beside))
      if (effect->is_assumed) assumed.push_back({effect->name, stated_ratio(*effect, beside), varies(*effect)});
    all.main_effect_is_assumed.push_back(is_main_effect_assumed(beside));
  }
  return all;
}

}  // namespace utvei
