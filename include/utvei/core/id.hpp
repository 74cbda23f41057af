// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace utvei {

/// A typed index: a state's id and a transition's id cannot be swapped.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  explicit constexpr Id(std::size_t value) : value_{static_cast<std::uint32_t>(value)} {}
  [[nodiscard]] constexpr std::uint32_t value() const { return value_; }
  friend constexpr auto operator<=>(Id const&, Id const&) = default;

 private:
  std::uint32_t value_{0};
};

using StateId = Id<struct StateTag>;
using TransitionId = Id<struct TransitionTag>;
using RegionId = Id<struct RegionTag>;
using TraitId = Id<struct TraitTag>;
using ClockId = Id<struct ClockTag>;
/// A person's place in the population; says nothing about the person's luck (that is PersonKey).
using PersonRow = Id<struct PersonRowTag>;

}  // namespace utvei

template <class Tag>
struct std::hash<utvei::Id<Tag>> {
  std::size_t operator()(utvei::Id<Tag> const& id) const noexcept { return id.value(); }
};
