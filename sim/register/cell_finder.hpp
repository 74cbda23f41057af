// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/register/exposure.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace utvei {

/// Tells the cell of a moment of a spell, and when the next cell begins.
class CellFinder {
 public:
  CellFinder(LifeCourses const& lives, std::vector<CellAxis> const& axes);

  /// The part of the cell number that region and traits give; nullopt if a trait is not known.
  [[nodiscard]] std::optional<std::size_t> fixed_part(PersonRow person) const;
  [[nodiscard]] bool uses_time_in_state() const { return uses_time_in_state_; }

  struct Stretch {
    std::optional<std::size_t> cell;  ///< none: before the first band of a clock
    Instant until;                    ///< the first moment at which a clock enters another band
  };
  [[nodiscard]] Stretch at(SpellId spell, Instant moment, std::size_t fixed) const;

 private:
  struct ClockAxis {
    CellAxis const* axis;
    std::size_t stride;
  };
  struct FixedAxis {
    CellAxis const* axis;
    std::size_t stride;
    std::vector<std::size_t> place_of_region;  ///< by RegionId
  };
  [[nodiscard]] Instant zero_of(CellAxis::Kind kind, SpellId spell) const;

  LifeCourses const& lives_;
  std::vector<FixedAxis> fixed_;
  std::vector<ClockAxis> clocks_;
  bool uses_time_in_state_{false};
};

}  // namespace utvei
