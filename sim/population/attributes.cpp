// SPDX-License-Identifier: Apache-2.0
#include "attributes.hpp"

#include <utvei/core/text.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace utvei {

namespace {

constexpr double oldest = 150;

}  // namespace

Reading<StateId> read_state(std::string_view text, Model const& model) {
  if (auto const state = model.state(trimmed(text))) return {state, {}, {}};
  return {{}, fmt::format("no state `{}` in the model", text), did_you_mean(text, model.state_names())};
}

Reading<RegionId> read_region(std::string_view text, Model const& model) {
  if (auto const region = model.regions.find(trimmed(text))) return {region, {}, {}};
  return {{}, fmt::format("no region `{}` in the model", text), model.regions.advice_for(text)};
}

Reading<Duration> read_age(std::string_view text, char separator) {
  auto const years = parse_number(text, separator);
  if (years && *years >= 0 && *years <= oldest) return {duration_of_years(*years), {}, {}};
  return {{}, fmt::format("`{}` is not an age", text), "write the age in years, 0 to 150"};
}

Reading<Duration> read_time_in_state(std::string_view text) {
  auto const duration = parse_duration(trimmed(text));
  if (duration && *duration <= duration_of_years(oldest)) return {duration, {}, {}};
  if (duration) return {{}, fmt::format("`{}` is longer than a life", text), "write what has been spent in the state"};
  return {{}, fmt::format("`{}` is not a length of time", text), "write a number and a unit: `90 days`, `1.5 years`"};
}

Reading<std::uint16_t> read_level(std::string_view text, Trait const& trait) {
  auto const found = std::find(trait.levels.begin(), trait.levels.end(), trimmed(text));
  if (found != trait.levels.end()) return {static_cast<std::uint16_t>(found - trait.levels.begin()), {}, {}};
  return {{}, fmt::format("no level `{}` of trait `{}`", text, trait.name), did_you_mean(text, trait.levels)};
}

Reading<float> read_number(std::string_view text, Trait const& trait, char separator) {
  auto const number = parse_number(text, separator);
  if (number && std::isfinite(*number)) return {static_cast<float>(*number), {}, {}};
  return {{}, fmt::format("`{}` is not a number", text), fmt::format("trait `{}` is a number", trait.name)};
}

}  // namespace utvei
