// SPDX-License-Identifier: Apache-2.0
#include "assumptions.hpp"

#include "half_width.hpp"
#include "said_in_scenario.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace utvei {

namespace {

/// What a measure is called and costs, and what is known of it, changes nothing that people do.
std::vector<std::string_view> const& beside_lives() {
  static std::vector<std::string_view> const keys{"label", "evidence", "cost", "without_price"};
  return keys;
}

std::string resources_of(Value const& scenario, std::string const& measure) {
  Value const* const measures = scenario.find("measures");
  Value const list = measures != nullptr ? named_items(*measures) : Value{};
  std::string text;
  for (Value const& item : list.items) {
    Value const* const name = item.find("name");
    Value const* const uses = item.find("uses");
    if (name == nullptr || name->scalar != measure || uses == nullptr) continue;
    for (Value const& used : uses->is_list() ? uses->items : std::vector{*uses})
      text += said_of(scenario, "resources", used.scalar, {}).value_or("");
  }
  return text;
}

/// Whether two scenarios that have a measure offer it to the same people, at the same time and with the same places.
bool is_offered_alike(Value const& before, Value const& after, std::string const& measure) {
  return said_of(before, "measures", measure, beside_lives()) == said_of(after, "measures", measure, beside_lives()) &&
         resources_of(before, measure) == resources_of(after, measure);
}

/// A lock-in is no reason to choose a measure.
bool is_lock_in(UncertainInput const& input) {
  return input.name.ends_with(": lock-in");
}

bool are_all_taken_for_granted(std::vector<UncertainInput const*> effects) {
  std::erase_if(effects, [](UncertainInput const* effect) { return is_lock_in(*effect); });
  return !effects.empty() && std::ranges::all_of(effects, &UncertainInput::is_assumed);
}

}  // namespace

std::vector<UncertainInput const*> own_effects(RunResult const& baseline, RunResult const& scenario) {
  std::vector<UncertainInput const*> own;
  for (auto const& [of, other] : {std::pair{&scenario, &baseline}, std::pair{&baseline, &scenario}}) {
    for (UncertainInput const& input : of->inputs) {
      bool const is_shared = std::ranges::find(other->inputs, input) != other->inputs.end();
      bool const is_named = std::ranges::find(own, input.name, &UncertainInput::name) != own.end();
      if (input.kind == UncertainInput::Kind::effect && !is_shared && !is_named) own.push_back(&input);
    }
  }
  return own;
}

std::vector<AssumedEffect> assumed_beside(RunResult const& baseline, RunResult const& scenario) {
  std::vector<AssumedEffect> apart;
  auto const& before = baseline.provenance.assumed;
  auto const& after = scenario.provenance.assumed;
  Value const scenario_before = before.empty() ? Value{} : scenario_of(baseline);
  Value const scenario_after = before.empty() ? Value{} : scenario_of(scenario);
  auto const is_shared = [&](AssumedEffect const& effect) {
    return std::ranges::find(before, effect) != before.end() &&
           (effect.is_what_if || is_offered_alike(scenario_before, scenario_after, effect.measure));
  };
  for (AssumedEffect const& effect : after)
    if (effect.is_slowing || !is_shared(effect)) apart.push_back(effect);
  // A baseline with a measure or a what-if that the scenario lacks: the difference rests on it all the same.
  for (AssumedEffect const& effect : before)
    if (std::ranges::none_of(after, [&](AssumedEffect const& other) {
          return other.measure == effect.measure && other.transitions == effect.transitions;
        }))
      apart.push_back(effect);
  if (are_all_taken_for_granted(own_effects(baseline, scenario)))
    for (AssumedEffect& effect : apart) effect.is_main = true;
  return apart;
}

std::string_view name_of(AssumedEffect::Why why) {
  switch (why) {
    case AssumedEffect::Why::assumed:
      return "assumed";
    case AssumedEffect::Why::low_confidence:
      return "low_confidence";
    case AssumedEffect::Why::one_number:
      return "one_number";
    case AssumedEffect::Why::has_interval:
      return "has_interval";
  }
  return {};
}

bool is_main_effect_assumed(std::vector<AssumedEffect> const& assumed) {
  return std::ranges::any_of(assumed, &AssumedEffect::is_main);
}

std::optional<double> share_to_be_told(ComparisonRow const& row) {
  auto const half = half_width(row);
  if (!half || row.difference == 0) return std::nullopt;
  return *half / std::abs(row.difference);
}

double ratio_at_share(AssumedEffect const& effect, double share) {
  return std::pow(effect.ratio, share);
}

}  // namespace utvei
