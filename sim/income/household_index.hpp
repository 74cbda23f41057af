// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "income_plan.hpp"

#include <utvei/population/population.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace utvei {

/// Who lives with whom, as at the start of the run. Who is in no household, or joins later, lives alone.
class HouseholdIndex {
 public:
  explicit HouseholdIndex(Population const& people);
  [[nodiscard]] std::size_t size() const { return first_.size() - 1; }
  /// Rows of the population, rising.
  [[nodiscard]] std::span<std::uint32_t const> members(std::size_t household) const {
    return std::span{rows_}.subspan(first_[household], first_[household + 1] - first_[household]);
  }

 private:
  std::vector<std::uint32_t> first_, rows_;
};

/// By the numbers of adults and children who count. What two adults are to each other is not known.
enum class HouseholdType : std::uint8_t {
  one_adult,
  two_adults,
  one_adult_with_children,
  two_adults_with_children,
  other
};
inline constexpr std::array<std::string_view, 5> household_type_names{
    "one_adult", "two_adults", "one_adult_with_children", "two_adults_with_children", "other"};

struct HouseholdComposition {
  std::int64_t adults{0}, children{0};
  [[nodiscard]] HouseholdType type() const;
  /// Consumption units in tenths, on the EU scale (Hagenaars, de Vos & Zaidi 1994): 10 for the first adult, 5 for each
  /// further one, 3 for each child. Children without an adult: one of them is the first.
  [[nodiscard]] std::int64_t tenths() const;
};

/// Those of the household of whom `counts(row)` says so, at the ages of `when`. Without ages all are adults.
template <class Counts>
HouseholdComposition composition_of(std::span<std::uint32_t const> members, Population const& people,
                                    Duration children_below, Instant when, Counts const& counts) {
  HouseholdComposition found;
  for (std::uint32_t const row : members) {
    if (!counts(row)) continue;
    bool const is_child = !people.birth.empty() && when - people.birth[PersonRow{row}] < children_below;
    (is_child ? found.children : found.adults) += 1;
  }
  return found;
}

}  // namespace utvei
