// SPDX-License-Identifier: Apache-2.0
#include "cell_finder.hpp"

#include <algorithm>
#include <ranges>

namespace utvei {
namespace {

std::vector<std::size_t> places_of_regions(CellAxis const& axis) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < axis.regions.size(); ++i) {
    places.resize(std::max<std::size_t>(places.size(), axis.regions[i].value() + 1));
    places[axis.regions[i].value()] = i;
  }
  return places;
}

}  // namespace

CellFinder::CellFinder(LifeCourses const& lives, std::vector<CellAxis> const& axes) : lives_{lives} {
  std::size_t stride = 1;
  for (CellAxis const& axis : axes | std::views::reverse) {
    if (axis.kind == CellAxis::Kind::region || axis.kind == CellAxis::Kind::trait) {
      fixed_.push_back({&axis, stride, places_of_regions(axis)});
    } else {
      clocks_.push_back({&axis, stride});
      uses_time_in_state_ = uses_time_in_state_ || axis.kind == CellAxis::Kind::time_in_state;
    }
    stride *= axis.size();
  }
}

std::optional<std::size_t> CellFinder::fixed_part(PersonRow person) const {
  std::size_t part = 0;
  for (FixedAxis const& fixed : fixed_) {
    if (fixed.axis->kind == CellAxis::Kind::region) {
      part += fixed.stride * fixed.place_of_region[lives_.persons.region[person].value()];
      continue;
    }
    auto const level = lives_.persons.traits[fixed.axis->trait.value()][person];
    if (level == unknown_level) {
      return std::nullopt;
    }
    part += fixed.stride * level;
  }
  return part;
}

Instant CellFinder::zero_of(CellAxis::Kind kind, SpellId spell) const {
  switch (kind) {
    case CellAxis::Kind::age:
      return lives_.persons.birth[lives_.person[spell]];
    case CellAxis::Kind::time_in_state:
      return lives_.entered[spell];
    default:
      return Instant{};
  }
}

CellFinder::Stretch CellFinder::at(SpellId spell, Instant moment, std::size_t fixed) const {
  Stretch stretch{fixed, distant_future};
  for (ClockAxis const& clock : clocks_) {
    Instant const zero = zero_of(clock.axis->kind, spell);
    auto const& starts = clock.axis->bands.starts;
    auto const next = std::upper_bound(starts.begin(), starts.end(), (moment - zero).minutes);
    if (next != starts.end()) {
      stretch.until = std::min(stretch.until, zero + Duration{*next});
    }
    if (next == starts.begin()) {
      stretch.cell = std::nullopt;
    } else if (stretch.cell) {
      *stretch.cell += clock.stride * static_cast<std::size_t>(next - starts.begin() - 1);
    }
  }
  return stretch;
}

}  // namespace utvei
