// SPDX-License-Identifier: Apache-2.0
#include "household_index.hpp"

#include <algorithm>
#include <numeric>

namespace utvei {

HouseholdIndex::HouseholdIndex(Population const& people) {
  auto const& households = people.household.values();
  std::uint32_t const numbered = households.empty() ? 0 : std::ranges::max(households);
  std::vector<std::uint32_t> sizes(numbered, 0);
  for (std::uint32_t const number : households)
    if (number > 0) ++sizes[number - 1];
  std::erase(sizes, 0U);
  // Numbers that nobody has make no household.
  std::vector<std::uint32_t> place(numbered, 0);
  for (std::uint32_t const number : households)
    if (number > 0) place[number - 1] = 1;
  std::exclusive_scan(place.begin(), place.end(), place.begin(), 0U);
  first_.assign(1, 0);
  for (std::uint32_t const size : sizes) first_.push_back(first_.back() + size);
  rows_.resize(people.size());
  std::vector<std::uint32_t> next{first_.begin(), first_.end()};
  for (std::uint32_t row = 0; row < people.size(); ++row) {
    bool const is_alone = row >= households.size() || households[row] == 0;
    if (!is_alone) {
      rows_[next[place[households[row] - 1]]++] = row;
      continue;
    }
    rows_[first_.back()] = row;
    first_.push_back(first_.back() + 1);
  }
}

HouseholdType HouseholdComposition::type() const {
  if (adults == 1) return children > 0 ? HouseholdType::one_adult_with_children : HouseholdType::one_adult;
  if (adults == 2) return children > 0 ? HouseholdType::two_adults_with_children : HouseholdType::two_adults;
  return HouseholdType::other;
}

std::int64_t HouseholdComposition::tenths() const {
  constexpr std::int64_t first = 10;
  constexpr std::int64_t further_adult = 5;
  constexpr std::int64_t child = 3;
  return adults > 0 ? first + further_adult * (adults - 1) + child * children : first + child * (children - 1);
}

}  // namespace utvei
