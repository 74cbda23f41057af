// SPDX-License-Identifier: Apache-2.0
#include <utvei/model/boxes.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

Span common(Span a, Span b) {
  return {std::max(a.from, b.from), std::min(a.to, b.to)};
}

bool region_inside(std::optional<RegionId> inner, std::optional<RegionId> outer, Regions const& regions) {
  return !outer || (inner && regions.is_within(*inner, *outer));
}

/// The deeper of two regions of which one holds the other.
std::optional<std::optional<RegionId>> common_region(std::optional<RegionId> a, std::optional<RegionId> b,
                                                     Regions const& regions) {
  if (region_inside(a, b, regions)) return a;
  if (region_inside(b, a, regions)) return b;
  return std::nullopt;
}

std::string number(double value) {
  return fmt::format("{:g}", value);
}

std::string years(std::int64_t minutes) {
  return number(in_years(Duration{minutes}));
}

std::string days(std::int64_t minutes) {
  return number(static_cast<double>(minutes) / static_cast<double>(minutes_per_day));
}

std::string moment(std::int64_t minutes) {
  return format(Instant{minutes});
}

template <class Writer>
std::string bounds(Span span, Writer write) {
  bool const starts = span.from > everything.from;
  bool const ends = span.to < everything.to;
  if (starts && ends) return fmt::format("{} to {}", write(span.from), write(span.to));
  return starts ? fmt::format("from {}", write(span.from)) : fmt::format("before {}", write(span.to));
}

}  // namespace

std::optional<std::uint32_t> level_of(Box const& box, std::size_t trait) {
  return trait < box.traits.size() ? box.traits[trait] : std::nullopt;
}

bool lies_inside(Box const& inner, Box const& outer, Regions const& regions) {
  if (!lies_inside(inner.age, outer.age) || !lies_inside(inner.time_in_state, outer.time_in_state) ||
      !lies_inside(inner.calendar, outer.calendar)) {
    return false;
  }
  for (std::size_t trait = 0; trait < outer.traits.size(); ++trait) {
    if (outer.traits[trait] && level_of(inner, trait) != outer.traits[trait]) return false;
  }
  return region_inside(inner.region, outer.region, regions);
}

bool overlap(Box const& a, Box const& b, Regions const& regions) {
  if (!overlap(a.age, b.age) || !overlap(a.time_in_state, b.time_in_state) || !overlap(a.calendar, b.calendar)) {
    return false;
  }
  for (std::size_t trait = 0; trait < std::min(a.traits.size(), b.traits.size()); ++trait) {
    if (a.traits[trait] && b.traits[trait] && a.traits[trait] != b.traits[trait]) return false;
  }
  return region_inside(a.region, b.region, regions) || region_inside(b.region, a.region, regions);
}

std::optional<Box> intersection(Box const& a, Box const& b, Regions const& regions) {
  if (!overlap(a, b, regions)) return std::nullopt;
  Box both;
  both.region = *common_region(a.region, b.region, regions);
  both.traits.resize(std::max(a.traits.size(), b.traits.size()));
  for (std::size_t trait = 0; trait < both.traits.size(); ++trait) {
    both.traits[trait] = level_of(a, trait) ? level_of(a, trait) : level_of(b, trait);
  }
  both.age = common(a.age, b.age);
  both.time_in_state = common(a.time_in_state, b.time_in_state);
  both.calendar = common(a.calendar, b.calendar);
  return both;
}

std::vector<std::size_t> level_counts(Model const& model) {
  std::vector<std::size_t> counts;
  for (Trait const& trait : model.traits) counts.push_back(trait.levels.size());
  return counts;
}

std::string describe(Box const& box, Model const& model) {
  std::vector<std::string> parts;
  if (box.region) parts.push_back(fmt::format("region {}", model.regions[*box.region].code));
  for (std::size_t trait = 0; trait < box.traits.size(); ++trait) {
    if (!box.traits[trait]) continue;
    Trait const& named = model.traits[TraitId{trait}];
    parts.push_back(fmt::format("{} {}", named.name, named.levels[*box.traits[trait]]));
  }
  if (box.age != everything) parts.push_back(fmt::format("age {}", bounds(box.age, years)));
  if (box.time_in_state != everything) {
    parts.push_back(fmt::format("{} days in the state", bounds(box.time_in_state, days)));
  }
  if (box.calendar != everything) parts.push_back(fmt::format("dates {}", bounds(box.calendar, moment)));
  return parts.empty() ? "everybody" : fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace utvei
