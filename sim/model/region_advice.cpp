// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/reader.hpp>
#include <utvei/model/region_advice.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {

std::string advice_for_region(std::string_view text, std::vector<std::pair<std::string, std::string>> const& regions) {
  std::vector<std::string> codes, names, both;
  for (auto const& [code, name] : regions) {
    names.push_back(name);
    if (std::ranges::find(codes, code) != codes.end()) continue;
    codes.push_back(code);
    both.push_back(name.empty() || name == code ? code : fmt::format("{} {}", code, name));
  }
  // A name is longer than a code, so what is near it was meant to be one.
  std::string const name = nearest(text, names);
  if (!name.empty()) {
    auto const& code = regions[static_cast<std::size_t>(std::ranges::find(names, name) - names.begin())].first;
    return fmt::format("write the code of {}: \"{}\"", name, code);
  }
  if (!nearest(text, codes).empty()) return did_you_mean(text, codes);
  // Nothing is near: the list, with names.
  return did_you_mean({}, both);
}

}  // namespace utvei
