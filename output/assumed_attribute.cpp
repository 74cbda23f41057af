// SPDX-License-Identifier: Apache-2.0
#include "assumed_attribute.hpp"

#include <nlohmann/json.hpp>

namespace utvei {

std::string assumed_text(std::vector<AssumedEffect> const& assumed) {
  auto list = nlohmann::ordered_json::array();
  for (AssumedEffect const& effect : assumed)
    list.push_back({{"of", effect.measure},
                    {"transitions", effect.transitions},
                    {"hazard_ratio", effect.ratio},
                    {"is_main", effect.is_main},
                    {"is_what_if", effect.is_what_if},
                    {"is_slowing", effect.is_slowing}});
  return list.dump();
}

std::vector<AssumedEffect> read_assumed(std::string const& text) {
  std::vector<AssumedEffect> assumed;
  for (auto const& effect : nlohmann::json::parse(text))
    assumed.push_back({effect.at("of"), effect.at("transitions"), effect.at("hazard_ratio"), effect.at("is_main"),
                       effect.at("is_what_if"), effect.at("is_slowing")});
  return assumed;
}

}  // namespace utvei
