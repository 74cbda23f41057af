// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/model/region_advice.hpp>
#include <utvei/model/regions.hpp>

#include <fmt/format.h>

namespace utvei {

RegionId Regions::add(Region region) {
  UTVEI_EXPECT(!find(region.code));
  std::string code = region.code;
  RegionId const id = regions_.push_back(std::move(region));
  by_code_.emplace(std::move(code), id);
  return id;
}

std::optional<RegionId> Regions::find(std::string_view code) const {
  auto const found = by_code_.find(std::string{code});
  if (found == by_code_.end()) return std::nullopt;
  return found->second;
}

bool Regions::is_within(RegionId inner, RegionId outer) const {
  for (std::optional<RegionId> at = inner; at; at = regions_[*at].parent) {
    if (*at == outer) return true;
  }
  return false;
}

std::vector<std::string> Regions::codes() const {
  std::vector<std::string> codes;
  codes.reserve(size());
  for (Region const& region : regions_) codes.push_back(region.code);
  return codes;
}

std::vector<RegionId> Regions::children(std::optional<RegionId> parent) const {
  std::vector<RegionId> below;
  for (RegionId const id : ids_of(regions_)) {
    if (regions_[id].parent == parent) below.push_back(id);
  }
  return below;
}

std::string Regions::name(RegionId id, std::string_view language) const {
  Region const& region = regions_[id];
  if (language == "nn" && !region.name_nn.empty()) return region.name_nn;
  if (language == "en" && !region.name_en.empty()) return region.name_en;
  for (std::string const& name : {region.name_nb, region.name_en, region.name_nn}) {
    if (!name.empty()) return name;
  }
  return region.code;
}

std::string Regions::advice_for(std::string_view text) const {
  std::vector<std::pair<std::string, std::string>> named;
  for (Region const& region : regions_)
    for (std::string const* name : {&region.name_nb, &region.name_nn, &region.name_en})
      named.emplace_back(region.code, *name);
  return advice_for_region(text, named);
}

void Regions::set_parent(RegionId id, RegionId parent) {
  UTVEI_EXPECT(!is_within(parent, id));
  regions_[id].parent = parent;
}

}  // namespace utvei
