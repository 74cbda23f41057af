// SPDX-License-Identifier: Apache-2.0
#include <utvei/register/cell_finder.hpp>

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

/// What holds at a moment; lowers `until` to when that changes.
template <class T>
T value_at(Timeline<T> const& line, PersonRow person, Instant moment, T unknown, Instant& until) {
  auto const first = line.from.begin() + static_cast<std::ptrdiff_t>(line.first[person.value()]);
  auto const last = line.from.begin() + static_cast<std::ptrdiff_t>(line.first[person.value() + 1]);
  auto const after = std::upper_bound(first, last, moment);
  if (after != last) {
    until = std::min(until, *after);
  }
  return after == first ? unknown : line.value[static_cast<std::size_t>(after - line.from.begin()) - 1];
}

}  // namespace

CellFinder::CellFinder(LifeCourses const& lives, std::vector<CellAxis> const& axes) : lives_{lives} {
  std::size_t stride = 1;
  for (CellAxis const& axis : axes | std::views::reverse) {
    if (axis.kind == CellAxis::Kind::region || axis.kind == CellAxis::Kind::trait) {
      attributes_.push_back({&axis, stride, places_of_regions(axis)});
    } else {
      clocks_.push_back({&axis, stride});
      uses_time_in_state_ = uses_time_in_state_ || axis.kind == CellAxis::Kind::time_in_state;
    }
    stride *= axis.size();
  }
}

std::optional<std::size_t> CellFinder::place(AttributeAxis const& axis, PersonRow person, Instant moment,
                                             Instant& until) const {
  RegisterPersons const& persons = lives_.persons;
  if (axis.axis->kind == CellAxis::Kind::region) {
    auto const region = persons.residence.empty() ? persons.region[person]
                                                  : value_at(persons.residence, person, moment, unknown_region, until);
    return region == unknown_region ? std::nullopt : std::optional{axis.place_of_region[region.value()]};
  }
  std::size_t const trait = axis.axis->trait.value();
  auto const level = persons.traits[trait].empty()
                         ? value_at(persons.traits_over_time[trait], person, moment, unknown_level, until)
                         : persons.traits[trait][person];
  return level == unknown_level ? std::nullopt : std::optional<std::size_t>{level};
}

CellFinder::Attributes CellFinder::attributes(PersonRow person, Instant moment) const {
  Attributes found;
  for (AttributeAxis const& axis : attributes_) {
    auto const at = place(axis, person, moment, found.until);
    if (at) {
      found.part += axis.stride * *at;
    } else if (found.known == Known::all) {
      found.known = axis.axis->kind == CellAxis::Kind::region ? Known::region_unknown : Known::trait_unknown;
    }
  }
  return found;
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
