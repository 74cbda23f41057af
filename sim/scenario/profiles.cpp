// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace utvei {

namespace {
constexpr std::uint32_t no_profile = std::numeric_limits<std::uint32_t>::max();
}

Profiles::Profiles(bool by_region, std::size_t regions,
                   std::vector<std::pair<TraitId, std::uint32_t>> traits_and_levels)
    : by_region_{by_region}, traits_{std::move(traits_and_levels)} {
  std::size_t slots = by_region ? regions : 1;
  for (auto const& [trait, levels] : traits_) {
    slots *= levels;
  }
  numbers_.assign(slots, no_profile);
}

std::size_t Profiles::slot(RegionId region, std::vector<std::uint16_t> const& levels) const {
  std::size_t at = by_region_ ? region.value() : 0;
  for (auto const& [trait, count] : traits_) {
    at = at * count + levels[trait.value()];
  }
  return at;
}

std::uint32_t Profiles::add(RegionId region, std::vector<std::uint16_t> const& levels) {
  std::uint32_t& number = numbers_[slot(region, levels)];
  if (number == no_profile) {
    number = static_cast<std::uint32_t>(descriptions_.size());
    Description description;
    if (by_region_) {
      description.region = region;
    }
    for (auto const& [trait, count] : traits_) {
      description.traits.resize(std::max<std::size_t>(description.traits.size(), trait.value() + 1));
      description.traits[trait.value()] = levels[trait.value()];
    }
    descriptions_.push_back(std::move(description));
  }
  return number;
}

}  // namespace utvei
