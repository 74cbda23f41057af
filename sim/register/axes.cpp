// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/register/exposure.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Every place gets a rate, and none gets two.
std::vector<RegionId> regions_to_rate(std::vector<RegionId> const& of_people, Regions const& regions) {
  std::vector<bool> seen(regions.size());
  for (RegionId const region : of_people) {
    seen[region.value()] = true;
  }
  std::vector<bool> has_children(regions.size());
  for (std::size_t r = 0; r < regions.size(); ++r) {
    if (auto const parent = regions[RegionId{r}].parent) {
      has_children[parent->value()] = true;
    }
  }
  std::vector<RegionId> result;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    bool within_seen = false;
    for (auto up = std::optional{RegionId{r}}; up && !within_seen; up = regions[*up].parent) {
      within_seen = seen[up->value()];
    }
    if (seen[r] || (!within_seen && !has_children[r])) {
      result.emplace_back(r);
    }
  }
  return result;
}

}  // namespace

Span Bands::span(std::size_t band) const {
  UTVEI_EXPECT(band < starts.size());
  return {starts[band], band + 1 < starts.size() ? starts[band + 1] : everything.to};
}

std::string Bands::label(std::size_t band) const {
  UTVEI_EXPECT(band < written.size());
  return fmt::format("[{},{})", written[band], band + 1 < written.size() ? written[band + 1] : std::string{});
}

CellAxis region_axis(LifeCourses const& lives, Model const& model) {
  return region_axis(lives.persons.region.values(), model);
}

CellAxis region_axis(std::vector<RegionId> const& of_people, Model const& model) {
  CellAxis axis{CellAxis::Kind::region, "region", {}, {}, regions_to_rate(of_people, model.regions), {}};
  for (RegionId const region : axis.regions) {
    axis.labels.push_back(model.regions[region].code);
  }
  return axis;
}

CellAxis trait_axis(TraitId trait, Model const& model) {
  return {CellAxis::Kind::trait, model.traits[trait].name, trait, {}, {}, model.traits[trait].levels};
}

CellAxis clock_axis(CellAxis::Kind kind, Bands bands) {
  UTVEI_EXPECT(kind != CellAxis::Kind::region && kind != CellAxis::Kind::trait);
  std::string_view const name = kind == CellAxis::Kind::age             ? "age"
                                : kind == CellAxis::Kind::time_in_state ? "time_in_state"
                                                                        : "period";
  CellAxis axis{kind, std::string{name}, {}, std::move(bands), {}, {}};
  for (std::size_t band = 0; band < axis.bands.size(); ++band) {
    axis.labels.push_back(axis.bands.label(band));
  }
  return axis;
}

std::vector<std::size_t> Exposure::places(std::size_t cell) const {
  UTVEI_EXPECT(cell < cells);
  std::vector<std::size_t> result(axes.size());
  for (std::size_t i = axes.size(); i-- > 0;) {
    result[i] = cell % axes[i].size();
    cell /= axes[i].size();
  }
  return result;
}

Box Exposure::box(std::size_t cell) const {
  auto const at = places(cell);
  Box box;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    CellAxis const& axis = axes[i];
    switch (axis.kind) {
      case CellAxis::Kind::region:
        box.region = axis.regions[at[i]];
        break;
      case CellAxis::Kind::trait:
        box.traits.resize(std::max<std::size_t>(box.traits.size(), axis.trait.value() + 1));
        box.traits[axis.trait.value()] = static_cast<std::uint32_t>(at[i]);
        break;
      case CellAxis::Kind::age:
        box.age = axis.bands.span(at[i]);
        break;
      case CellAxis::Kind::time_in_state:
        box.time_in_state = axis.bands.span(at[i]);
        break;
      case CellAxis::Kind::period:
        box.calendar = axis.bands.span(at[i]);
        break;
    }
  }
  return box;
}

}  // namespace utvei
