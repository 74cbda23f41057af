// SPDX-License-Identifier: Apache-2.0
#include "reading_order.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>

namespace utvei {

std::vector<Diagnostic> in_reading_order(Diagnostics const& diagnostics) {
  auto const name = [](Diagnostic const& each) { return each.place.source ? each.place.source->name : std::string{}; };
  std::unordered_map<std::string, std::size_t> turn;
  for (Diagnostic const& each : diagnostics.all()) turn.emplace(name(each), turn.size());
  std::vector<Diagnostic> ordered = diagnostics.all();
  std::ranges::stable_sort(ordered, {}, [&](Diagnostic const& each) {
    return std::tuple{turn.at(name(each)), each.place.line == 0, each.place.line, each.place.column};
  });
  return ordered;
}

}  // namespace utvei
