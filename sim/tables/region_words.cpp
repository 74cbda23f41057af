// SPDX-License-Identifier: Apache-2.0
#include "region_words.hpp"

#include "words.hpp"

#include <utvei/core/text.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// `Oslo - Oslove`, `Horten (2024-)`: what may be the name, the longest first.
std::vector<std::string_view> possible_names(std::string_view text) {
  text = trimmed(text);
  std::vector<std::string_view> names{text};
  auto const bracket = text.ends_with(')') ? text.rfind(" (") : std::string_view::npos;
  if (bracket != std::string_view::npos) names.push_back(trimmed(text.substr(0, bracket)));
  for (std::string_view const dash : {" - ", " – "})
    if (auto const at = text.find(dash); at != std::string_view::npos) names.push_back(trimmed(text.substr(0, at)));
  return names;
}

RegionFound no_region(std::string problem, std::string advice) {
  return {{}, false, std::move(problem), std::move(advice)};
}

}  // namespace

RegionWords::RegionWords(Regions const* regions, Crosswalk const& crosswalk, std::string_view level)
    : regions_{regions}, crosswalk_{crosswalk} {
  if (regions == nullptr) return;
  for (auto const& code : regions->codes()) {
    auto const& region = (*regions)[*regions->find(code)];
    for (auto const& name : {region.name_nb, region.name_nn, region.name_en}) {
      if (name.empty()) continue;
      if (!level.empty() && region.level != level) {
        other_levels_.emplace(name, code);
        continue;
      }
      auto& codes = codes_by_name_[name];
      if (std::ranges::find(codes, code) == codes.end()) codes.push_back(code);
    }
  }
}

RegionFound RegionWords::find(Category const& category) const {
  if (regions_ != nullptr && regions_->find(category.code)) return by_code(category.code);
  if (auto const code = region_code_in(category.code); !code.empty()) return by_code(code);
  if (regions_ == nullptr) return by_code(category.code);
  return by_name(category.label);
}

RegionFound RegionWords::by_code(std::string_view code) const {
  auto const successors = crosswalk_.successors(code);
  if (successors.size() > 1)
    return no_region(fmt::format("`{}` became {}", code, fmt::join(successors, " and ")),
                     "which people went where is not in a code: drop it, or save the table in today's borders "
                     "(agg_KommSummer, agg_KommFylker)");
  std::string const today{successors.empty() ? code : std::string_view{successors.front()}};
  if (regions_ == nullptr || regions_->find(today)) return {today, today != code, {}, {}};
  return no_region(today == code ? fmt::format("the model has no region `{}`", code)
                                 : fmt::format("the model has no region `{}`, which `{}` became", today, code),
                   regions_->advice_for(today));
}

RegionFound RegionWords::by_name(std::string_view name) const {
  for (auto const possible : possible_names(name)) {
    auto const found = codes_by_name_.find(possible);
    auto const other = other_levels_.find(possible);
    if (found == codes_by_name_.end() && other == other_levels_.end()) continue;
    if (found == codes_by_name_.end()) return by_code(other->second);
    auto const& codes = found->second;
    if (codes.size() == 1) return by_code(codes.front());
    return no_region(
        fmt::format("{} regions are called `{}`", codes.size(), possible),
        fmt::format("`values: {{\"{}\": \"{}\"}}`, or `level` if they are of several", name, codes.front()));
  }
  std::vector<std::string> names;
  for (auto const& [known, codes] : codes_by_name_) names.push_back(known);
  return no_region(fmt::format("the model has no region called `{}`", name), did_you_mean(name, names));
}

}  // namespace utvei
