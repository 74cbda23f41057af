// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Names of dimensions of results and of columns of tables and populations: a trait of that name could not be told
/// apart.
constexpr std::array<std::string_view, 29> reserved{
    "draw",    "replicate",     "group",   "region",   "year",         "stock_date", "age_group", "state",
    "event",   "transition",    "measure", "payer",    "age",          "age_from",   "age_to",    "days_from",
    "days_to", "time_in_state", "year_to", "person",   "persons",      "count",      "year_from", "from",
    "to",      "share",         "file",    "scenario", "rate_per_year"};

void read_levels(Value const& value, Trait& trait, Diagnostics& diagnostics) {
  for (auto const& [level, place] : as_codes(value, fmt::format("trait `{}`", trait.name), diagnostics)) {
    if (level.empty()) {
      diagnostics.error(place, fmt::format("trait `{}` has a level without a name", trait.name), "",
                        "name it, or remove it");
    } else if (std::ranges::find(trait.levels, level) != trait.levels.end()) {
      diagnostics.error(place, fmt::format("trait `{}` has the level `{}` twice", trait.name, level), "",
                        "remove one of them");
    } else {
      trait.levels.push_back(level);
    }
  }
}

bool read_trait(Value const& value, Trait& trait, Diagnostics& diagnostics) {
  if (value.is_map()) {
    MapReader reader{value, fmt::format("trait `{}`", trait.name), diagnostics};
    auto const* levels = reader.required("levels");
    reader.optional("changes");  // read_traits reads it, when the trait has its id
    reader.finish();
    if (levels != nullptr) read_levels(*levels, trait, diagnostics);
    return !trait.levels.empty();
  }
  if (value.is_scalar() && value.scalar == "number") {
    trait.numeric = true;
    return true;
  }
  if (value.is_list() && !value.items.empty()) {
    read_levels(value, trait, diagnostics);
    return !trait.levels.empty();
  }
  diagnostics.error(value.place, fmt::format("trait `{}` has no levels", trait.name),
                    "a trait is a list of levels, a map with `levels` and `changes`, or `number`",
                    fmt::format("{}: [first, second], or {}: number", trait.name, trait.name));
  return false;
}

}  // namespace

void read_traits(Value const& traits, Model& model, Diagnostics& diagnostics) {
  if (!traits.is_map()) {
    diagnostics.error(traits.place, "`traits` is not a map", "traits are names with their levels",
                      "traits: {sex: [female, male]}");
    return;
  }
  for (Member const& member : traits.members) {
    if (!as_code(member, "trait", diagnostics) || !check_name(member.key, "trait", member.key_place, diagnostics))
      continue;
    if (std::ranges::find(reserved, member.key) != reserved.end()) {
      diagnostics.error(member.key_place, fmt::format("a trait cannot be named `{}`", member.key),
                        "results and tables have a dimension or a column of that name", "give the trait another name");
      continue;
    }
    Trait trait{.name = member.key, .numeric = false, .levels = {}, .place = member.key_place};
    if (!read_trait(member.value, trait, diagnostics)) continue;
    TraitId const id = model.traits.push_back(std::move(trait));
    if (Value const* changes = member.value.find("changes")) read_trait_changes(*changes, id, model, diagnostics);
  }
}

}  // namespace utvei
