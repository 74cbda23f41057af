// SPDX-License-Identifier: Apache-2.0
#include "label_advice.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/model/region_advice.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace utvei {

std::string advice_for_label(RunResult const& result, Dimension const& axis, std::string_view text) {
  if (axis.name != "region") return did_you_mean(text, axis.labels);
  std::vector<std::pair<std::string, std::string>> regions;
  for (std::string const& code : axis.labels) {
    auto const name = result.region_names.find(code);
    regions.emplace_back(code, name == result.region_names.end() ? std::string{} : name->second);
  }
  return advice_for_region(text, regions);
}

std::vector<std::string> dimensions_to_ask_for(RunResult const& result) {
  std::vector<std::string> known{"state", "region", "year"};
  for (Table const& table : result.tables)
    for (Dimension const& dimension : table.dimensions)
      if (dimension.name != "draw" && dimension.name != "replicate" &&
          std::ranges::find(known, dimension.name) == known.end())
        known.push_back(dimension.name);
  return known;
}

}  // namespace utvei
