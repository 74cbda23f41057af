// SPDX-License-Identifier: Apache-2.0
#include "measure_sections.hpp"

#include <utvei/model/model.hpp>
#include <utvei/model/names.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::string_view advice_of_places = "{total: 60}, or per_region, per_1000 or from_file";

class PlacesReader {
 public:
  PlacesReader(std::vector<RegionId> who, MeasureReading const& with)
      : who_{std::move(who)}, with_{with}, regions_{with.model.regions}, diagnostics_{with.diagnostics} {}

  /// `caseload`: read beside the places of a resource.
  std::vector<Pool> read(Value const& value, std::string const& what, double* caseload) {
    what_ = what;
    MapReader reader{value, what, diagnostics_};
    if (!value.is_map()) return {};
    is_resource_ = caseload != nullptr;
    if (is_resource_) read_caseload(reader, *caseload);
    static constexpr std::array<std::string_view, 4> ways{"total", "per_region", "per_1000", "from_file"};
    std::vector<std::pair<std::string_view, Value const*>> given;
    for (std::string_view const way : ways)
      if (Value const* said = reader.optional(way)) given.emplace_back(way, said);
    std::size_t const errors = diagnostics_.error_count();
    reader.finish();
    if (given.empty()) {
      if (diagnostics_.error_count() == errors) {
        diagnostics_.error(value.place, fmt::format("{} does not say how many there are", what_), {},
                           std::string{advice_of_places});
      }
      return {};
    }
    if (given.size() > 1) {
      diagnostics_.error(given[1].second->place,
                         fmt::format("{} has both `{}` and `{}`", what_, given[0].first, given[1].first),
                         "places are given in one way", "keep one of them");
      return {};
    }
    return pools_of(given[0].first, *given[0].second);
  }

 private:
  void read_caseload(MapReader& reader, double& caseload) {
    Value const* value = reader.optional("caseload");
    if (value == nullptr) return;
    caseload = as_number_at_least(*value, 0, "caseload", diagnostics_).value_or(1);
    if (caseload > 0) return;
    diagnostics_.error(value->place, "a `caseload` of nobody", "it is how many people one of them helps at a time",
                       "caseload: 20");
  }

  std::vector<Pool> pools_of(std::string_view way, Value const& value) {
    if (way == "total") {
      auto steps = steps_of(value, way);
      return steps.empty() ? std::vector<Pool>{} : std::vector{Pool{{}, false, std::move(steps), value.place}};
    }
    if (regions_.empty()) {
      diagnostics_.error(value.place, fmt::format("`{}`, but the model names no regions", way), {},
                         "write `total`, or add `regions: regions.csv` to the model");
      return {};
    }
    std::size_t const errors = diagnostics_.error_count();
    auto pools = way == "from_file"  ? read_place_table(value, with_)
                 : way == "per_1000" ? per_1000(value)
                 : value.is_map()    ? by_region(value)
                                     : in_each_region(false, steps_of(value, way), value.place);
    if (diagnostics_.error_count() == errors) check(pools);
    if (diagnostics_.error_count() == errors && !is_resource_ && (way == "from_file" || value.is_map()))
      warn_of_gaps(pools, value.place);
    return pools;
  }

  std::vector<Pool> per_1000(Value const& value) {
    auto const steps = steps_of(value, "per_1000", false);
    return steps.empty() ? std::vector<Pool>{} : in_each_region(true, steps, value.place);
  }

  std::vector<Pool> by_region(Value const& value) {
    std::vector<Pool> pools;
    for (Member const& member : value.members) {
      auto const code = as_code(member, "region", diagnostics_);
      auto steps = steps_of(member.value, member.key);
      if (!code) continue;
      auto const region = regions_.find(*code);
      if (region) {
        pools.push_back({region, false, std::move(steps), member.key_place});
      } else {
        diagnostics_.error(member.key_place, fmt::format("no region `{}` in the model", *code), {},
                           regions_.advice_for(*code));
      }
    }
    if (value.members.empty()) {
      diagnostics_.error(value.place, "`per_region` is empty", {}, "per_region: {\"4204\": 20}");
    }
    return pools;
  }

  /// A pool for each region that `who` names, or for each at the bottom of the tree.
  std::vector<Pool> in_each_region(bool per_1000, std::vector<PlacesFrom> const& steps, Place const& place) {
    std::vector<Pool> pools;
    for (RegionId const region : who_.empty() ? bottom() : who_) pools.push_back({region, per_1000, steps, place});
    return pools;
  }

  /// A number, or a map of years and dates; empty if it cannot be read.
  std::vector<PlacesFrom> steps_of(Value const& value, std::string_view what, bool whole = true) {
    auto const number = [&](Value const& said) -> std::optional<double> {
      if (!whole) return as_number_at_least(said, 0, what, diagnostics_);
      auto const places = as_integer(said, 0, most_places, what, diagnostics_);
      return places ? std::optional{static_cast<double>(*places)} : std::nullopt;
    };
    if (!value.is_map()) {
      auto const places = number(value);
      return places ? std::vector{PlacesFrom{distant_past, *places}} : std::vector<PlacesFrom>{};
    }
    if (value.members.empty()) {
      diagnostics_.error(value.place, fmt::format("`{}` is empty", what), {}, "{2026: 60, \"2028-07-01\": 80}");
    }
    std::vector<PlacesFrom> steps;
    for (Member const& member : value.members) {
      auto const from = parse_calendar_point(member.key);
      auto const places = number(member.value);
      if (!from) {
        diagnostics_.error(member.key_place, fmt::format("`{}` is neither a year nor a date", member.key),
                           "places change from a year or a date on", "{2026: 60, \"2028-07-01\": 80}");
      } else if (std::ranges::find(steps, *from, &PlacesFrom::from) != steps.end()) {
        diagnostics_.error(member.key_place, fmt::format("two numbers of places from {}", format(*from)), {},
                           "keep one of them");
      } else if (places) {
        steps.push_back({*from, *places});
      }
    }
    std::ranges::sort(steps, {}, &PlacesFrom::from);
    return steps;
  }

  [[nodiscard]] std::vector<RegionId> bottom() const {
    std::vector<bool> is_parent(regions_.size());
    for (std::size_t i = 0; i < regions_.size(); ++i)
      if (auto const parent = regions_[RegionId{i}].parent) is_parent[parent->value()] = true;
    std::vector<RegionId> found;
    for (std::size_t i = 0; i < is_parent.size(); ++i)
      if (!is_parent[i]) found.emplace_back(i);
    return found;
  }

  [[nodiscard]] std::string const& code_of(Pool const& pool) const { return regions_[*pool.region].code; }

  /// Nobody has two pools to draw from, and each pool somebody.
  void check(std::vector<Pool> const& pools) {
    std::vector<Pool const*> pool_of(regions_.size());
    for (Pool const& pool : pools) {
      if (pool_of[pool.region->value()]) {
        diagnostics_.error(pool.place, fmt::format("region `{}` has places twice", code_of(pool)), {},
                           "name it once, in `who` and in `places`");
      }
      pool_of[pool.region->value()] = &pool;
    }
    for (Pool const& pool : pools) {
      for (auto above = regions_[*pool.region].parent; above; above = regions_[*above].parent) {
        if (!pool_of[above->value()]) continue;
        diagnostics_.error(pool.place,
                           fmt::format("region `{}` has places of its own, and lies in `{}`, which has places too",
                                       code_of(pool), regions_[*above].code),
                           "people take the places of one region", "keep the places of one of the two");
        break;
      }
      if (!who_.empty() && std::ranges::none_of(who_, [&](RegionId const region) {
            return regions_.is_within(*pool.region, region) || regions_.is_within(region, *pool.region);
          })) {
        diagnostics_.error(pool.place, fmt::format("places for `{}`, where nobody qualifies", code_of(pool)),
                           "`region` of `who` names other regions", "leave them out, or add the region to `who`");
      }
    }
  }

  /// A region that no pool holds has no places; that may be meant.
  void warn_of_gaps(std::vector<Pool> const& pools, Place const& place) {
    auto const is_inside = [&](RegionId const region, auto const& outer) {
      return std::ranges::any_of(outer, [&](RegionId const each) { return regions_.is_within(region, each); });
    };
    std::vector<RegionId> served;
    for (Pool const& pool : pools) served.push_back(*pool.region);
    std::string lacking;
    std::size_t count = 0;
    for (RegionId const region : bottom()) {
      if (is_inside(region, served) || (!who_.empty() && !is_inside(region, who_))) continue;
      if (++count <= 5) lacking += fmt::format("{}`{}`", count == 1 ? "" : ", ", regions_[region].code);
    }
    if (count == 0) return;
    diagnostics_.warning(
        place, fmt::format("no places in {}{}", lacking, count > 5 ? fmt::format(", … ({} in all)", count) : ""),
        "people there qualify, and never get a place", "give them places, or leave them out of `region` of `who`");
  }

  std::vector<RegionId> who_;
  MeasureReading const& with_;
  std::string what_;
  bool is_resource_{false};
  Regions const& regions_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::vector<Pool> read_places(Value const& value, std::vector<RegionId> const& regions, MeasureReading const& with) {
  return PlacesReader{regions, with}.read(value, "`places`", nullptr);
}

void read_resources(Value const& value, MeasureReading const& with, std::vector<Resource>& resources) {
  if (!value.is_map()) {
    with.diagnostics.error(value.place, "`resources` is not a map", "resources are names with how many there are",
                           "resources: {job_specialist: {total: 3, caseload: 20}}");
    return;
  }
  for (Member const& member : value.members) {
    if (!check_name(member.key, "resource", member.key_place, with.diagnostics)) continue;
    Resource resource{member.key, member.key_place, {}, 1};
    resource.pools =
        PlacesReader{{}, with}.read(member.value, fmt::format("resource `{}`", member.key), &resource.caseload);
    resources.push_back(std::move(resource));
  }
}

std::vector<std::size_t> read_resource_names(Value const& value, std::string_view what,
                                             std::vector<Resource> const& resources, Diagnostics& diagnostics) {
  std::vector<std::size_t> places;
  for (auto const& [name, place] : as_codes(value, what, diagnostics)) {
    auto const found = std::ranges::find(resources, name, &Resource::name);
    if (found == resources.end()) {
      std::vector<std::string> known;
      for (Resource const& resource : resources) known.push_back(resource.name);
      diagnostics.error(place, fmt::format("no resource `{}` in the scenario", name), {},
                        known.empty() ? "add `resources:` to the scenario" : did_you_mean(name, known));
      continue;
    }
    auto const at = static_cast<std::size_t>(found - resources.begin());
    if (std::ranges::find(places, at) == places.end()) places.push_back(at);
  }
  return places;
}

}  // namespace utvei
