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

  enum class Known { all, region_unknown, trait_unknown };
  /// The part of the cell number that region and traits give, and how long it holds.
  struct Attributes {
    std::size_t part{0};  ///< if all is known
    Known known{Known::all};
    Instant until{distant_future};
  };
  [[nodiscard]] Attributes attributes(PersonRow person, Instant moment) const;
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
  struct AttributeAxis {
    CellAxis const* axis;
    std::size_t stride;
    std::vector<std::size_t> place_of_region;  ///< by RegionId
  };
  /// What a person is on an axis at a moment; lowers `until` to when it changes.
  [[nodiscard]] std::optional<std::size_t> place(AttributeAxis const& axis, PersonRow person, Instant moment,
                                                 Instant& until) const;
  [[nodiscard]] Instant zero_of(CellAxis::Kind kind, SpellId spell) const;

  LifeCourses const& lives_;
  std::vector<AttributeAxis> attributes_;
  std::vector<ClockAxis> clocks_;
  bool uses_time_in_state_{false};
};

}  // namespace utvei
