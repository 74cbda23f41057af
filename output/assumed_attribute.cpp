// SPDX-License-Identifier: Apache-2.0
#include "assumed_attribute.hpp"

#include <utvei/results/assumed.hpp>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

/// Files of earlier versions do not say it: their what-ifs kept a probability, and all else was assumed.
AssumedEffect::Why why_of(nlohmann::json const& effect) {
  using Why = AssumedEffect::Why;
  if (!effect.contains("why")) return effect.at("is_what_if").get<bool>() ? Why::has_interval : Why::assumed;
  for (Why const why : {Why::low_confidence, Why::one_number, Why::has_interval})
    if (effect.at("why") == name_of(why)) return why;
  return Why::assumed;
}

}  // namespace

std::string assumed_text(std::vector<AssumedEffect> const& assumed) {
  auto list = nlohmann::ordered_json::array();
  for (AssumedEffect const& effect : assumed)
    list.push_back({{"of", effect.measure},
                    {"transitions", effect.transitions},
                    {"hazard_ratio", effect.ratio},
                    {"is_main", effect.is_main},
                    {"is_what_if", effect.is_what_if},
                    {"is_slowing", effect.is_slowing},
                    {"why", name_of(effect.why)}});
  return list.dump();
}

std::vector<AssumedEffect> read_assumed(std::string const& text) {
  std::vector<AssumedEffect> assumed;
  for (auto const& effect : nlohmann::json::parse(text))
    assumed.push_back({effect.at("of"), effect.at("transitions"), effect.at("hazard_ratio"), effect.at("is_main"),
                       effect.at("is_what_if"), effect.at("is_slowing"), why_of(effect)});
  return assumed;
}

}  // namespace utvei
