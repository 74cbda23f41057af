// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

#include <utvei/document/stock_dates.hpp>

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::int64_t oldest = 150;
constexpr std::int64_t most_groups = 1'000'000;

std::vector<int> read_age_groups(Value const& value, Diagnostics& diagnostics) {
  std::vector<int> groups;
  if (!value.is_list() || value.items.empty()) {
    diagnostics.error(value.place, "`age_groups` must be a list of ages", {}, "write [16, 20, 25, 30]");
    return groups;
  }
  for (Value const& item : value.items) {
    auto const age = as_integer(item, 0, oldest, "an age group", diagnostics);
    if (!age) continue;
    if (!groups.empty() && *age <= groups.back()) {
      diagnostics.error(item.place, fmt::format("age group {} follows {}", *age, groups.back()),
                        "each number begins a group that lasts until the next", "write the ages in rising order");
      continue;
    }
    groups.push_back(static_cast<int>(*age));
  }
  return groups;
}

/// The names that a breakdown may hold, and why another is not one of them.
class Dimensions {
 public:
  Dimensions(Model const& model, bool has_age_groups, Diagnostics& diagnostics)
      : model_{model}, has_age_groups_{has_age_groups}, diagnostics_{diagnostics} {}

  std::optional<TallyDimension> read(std::string const& name, Place const& place) {
    using Kind = TallyDimension::Kind;
    if (name == "year") return TallyDimension{Kind::year, {}};
    if (name == "state") return TallyDimension{Kind::state, {}};
    if (name == "region") return region(place);
    if (name == "age_group") return age_group(place);
    if (auto const id = model_.trait(name)) return trait(*id, place);
    refuse(name, place);
    return std::nullopt;
  }

 private:
  std::optional<TallyDimension> region(Place const& place) {
    if (!model_.regions.empty()) return TallyDimension{TallyDimension::Kind::region, {}};
    diagnostics_.error(place, "the model names no regions", {},
                       "add `regions: regions.csv` to the model, or leave `region` out");
    return std::nullopt;
  }

  std::optional<TallyDimension> age_group(Place const& place) {
    if (has_age_groups_) return TallyDimension{TallyDimension::Kind::age_group, {}};
    diagnostics_.error(place, "`age_group` without `age_groups`", {}, "add age_groups: [16, 20, 25, 30]");
    return std::nullopt;
  }

  std::optional<TallyDimension> trait(TraitId id, Place const& place) {
    Trait const& found = model_.traits[id];
    if (!found.numeric) return TallyDimension{TallyDimension::Kind::trait, id};
    diagnostics_.error(place, fmt::format("trait `{}` is a number", found.name), "a table is kept by levels",
                       "use a trait that has levels");
    return std::nullopt;
  }

  void refuse(std::string const& name, Place const& place) {
    std::string why;
    if (name == "draw" || name == "replicate" || name == "group") why = "every result has it without being asked";
    if (name == "transition") why = "it stands in place of `state` in the table of transitions";
    if (name == "stock_date") why = "the table of stocks has it where there are several stock dates";
    std::vector<std::string> known{"region", "year", "age_group", "state"};
    for (Trait const& t : model_.traits) known.push_back(t.name);
    diagnostics_.error(place, fmt::format("`{}` is not a dimension", name), why,
                       why.empty() ? did_you_mean(name, known) : fmt::format("leave `{}` out", name));
  }

  Model const& model_;
  bool has_age_groups_;
  Diagnostics& diagnostics_;
};

Breakdown read_breakdown(Value const& value, Dimensions& dimensions, Diagnostics& diagnostics) {
  Breakdown breakdown;
  if (!value.is_list() || value.items.empty()) {
    diagnostics.error(value.place, "a breakdown must be a list of dimensions", {}, "write [year, state]");
    return breakdown;
  }
  for (Value const& item : value.items) {
    auto const name = as_text(item, "a dimension", diagnostics);
    auto const dimension = name ? dimensions.read(*name, item.place) : std::nullopt;
    if (!dimension) continue;
    if (std::find(breakdown.begin(), breakdown.end(), *dimension) != breakdown.end()) {
      diagnostics.error(item.place, fmt::format("`{}` is there twice", *name), {}, "name each dimension once");
      continue;
    }
    breakdown.push_back(*dimension);
  }
  return breakdown;
}

bool same_dimensions(Breakdown const& a, Breakdown const& b) {
  return a.size() == b.size() && std::is_permutation(a.begin(), a.end(), b.begin());
}

std::vector<Breakdown> read_breakdowns(Value const& value, Scenario const& scenario, bool has_age_groups,
                                       Diagnostics& diagnostics) {
  std::vector<Breakdown> breakdowns;
  if (!value.is_list() || value.items.empty()) {
    diagnostics.error(value.place, "`breakdowns` must be a list of lists", {}, "write [[region, year, state]]");
    return breakdowns;
  }
  Dimensions dimensions{scenario.model, has_age_groups, diagnostics};
  for (Value const& item : value.items) {
    Breakdown const breakdown = read_breakdown(item, dimensions, diagnostics);
    if (breakdown.empty()) continue;
    if (std::any_of(breakdowns.begin(), breakdowns.end(),
                    [&](Breakdown const& other) { return same_dimensions(other, breakdown); })) {
      diagnostics.error(item.place, "this breakdown is there twice", "it has the dimensions of an earlier one");
      continue;
    }
    breakdowns.push_back(breakdown);
  }
  return breakdowns;
}

std::vector<Breakdown> default_breakdowns(Scenario const& scenario) {
  using Kind = TallyDimension::Kind;
  Breakdown const by_state{{Kind::year, {}}, {Kind::state, {}}};
  Breakdown const by_region{{Kind::region, {}}, {Kind::year, {}}, {Kind::state, {}}};
  return {scenario.model.regions.empty() || !gives_region(scenario.population) ? by_state : by_region};
}

LifeCourseRequest read_life_courses(Value const& value, Diagnostics& diagnostics) {
  using Kind = LifeCourseRequest::Kind;
  if (value.is_map()) {
    MapReader reader{value, "life_courses", diagnostics};
    Value const* sample = reader.required("sample");
    reader.finish();
    constexpr std::int64_t most = 4'000'000'000;
    auto const number = sample ? as_integer(*sample, 1, most, "sample", diagnostics) : std::nullopt;
    return {Kind::sample, static_cast<std::uint64_t>(number.value_or(1))};
  }
  auto const choice = as_choice(value, {"none", "all"}, "life_courses", diagnostics);
  return {choice == 1U ? Kind::all : Kind::none, 0};
}

}  // namespace

void read_tallies(MapReader& reader, Scenario& scenario, Diagnostics& diagnostics) {
  if (Value const* dates = reader.optional("stock_dates")) {
    scenario.stock_dates = as_stock_dates(*dates, diagnostics);
  }
  Value const* ages = reader.optional("age_groups");
  if (ages) scenario.age_groups = read_age_groups(*ages, diagnostics);
  Value const* breakdowns = reader.optional("breakdowns");
  if (!scenario.model.states.empty()) {
    scenario.breakdowns = breakdowns ? read_breakdowns(*breakdowns, scenario, ages != nullptr, diagnostics)
                                     : default_breakdowns(scenario);
  }
  if (Value const* groups = reader.optional("groups")) {
    auto const number = as_integer(*groups, 2, most_groups, "groups", diagnostics);
    scenario.groups = static_cast<std::uint32_t>(number.value_or(scenario.groups));
  }
  if (Value const* life_courses = reader.optional("life_courses")) {
    scenario.life_courses = read_life_courses(*life_courses, diagnostics);
    if (scenario.life_courses.kind != LifeCourseRequest::Kind::none &&
        (scenario.draws > 1 || scenario.replicates > 1)) {
      diagnostics.warning(life_courses->place, "life courses are kept of the first draw and replicate only",
                          "each further one would take as much room again", {});
    }
  }
}

}  // namespace utvei
