// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/mix.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

namespace fs = std::filesystem;

std::string seen_from(std::string const& folder, std::string const& path) {
  if (fs::path{path}.is_absolute()) return path;
  return fs::proximate(fs::absolute(path), fs::absolute(folder.empty() ? "." : folder)).generic_string();
}

Value scalar_of(std::string text, bool quoted = false) {
  Value value;
  value.kind = Value::Kind::scalar;
  value.scalar = std::move(text);
  value.quoted = quoted;
  return value;
}

Value map_of(std::vector<Member> members) {
  Value value;
  value.kind = Value::Kind::map;
  value.members = std::move(members);
  return value;
}

/// A list replaces that of the file it extends, paths and all: these are now seen from another folder.
void move_paths(Value& value, std::string const& folder) {
  for (Value& item : value.items) move_paths(item, folder);
  for (Member& member : value.members) {
    bool const is_path = member.key == "from_file" || (member.key == "population" && member.value.is_scalar());
    if (is_path && member.value.is_scalar())
      member.value = scalar_of(seen_from(folder, path_beside(member.value)), true);
    else
      move_paths(member.value, folder);
  }
}

Value places_of(std::size_t choice, bool by_region, std::vector<MixCell> const& cells, MixNumbers const& numbers) {
  std::vector<Member> areas;
  std::string total = "0";
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (cells[c].choice != choice) continue;
    total = std::to_string(numbers[c]);
    if (by_region) areas.push_back({cells[c].area, {}, scalar_of(total), true});
  }
  if (!by_region) return map_of({{"total", {}, scalar_of(total), false}});
  return map_of({{"per_region", {}, map_of(std::move(areas)), false}});
}

void put(Value& map, std::string const& key, Value value) {
  auto const found = std::ranges::find(map.members, key, &Member::key);
  if (found != map.members.end())
    found->value = std::move(value);
  else
    map.members.push_back({key, {}, std::move(value), false});
}

/// Maps merge by key: what the old number is given by is removed.
Value resource_of(Value const* old, Value places) {
  if (!old) return places;
  Value const* const regions = old->find("per_region");
  Value* const mine = places.members.front().key == "per_region" ? &places.members.front().value : nullptr;
  if (regions && mine)
    for (Member const& member : regions->members)
      if (std::ranges::find(mine->members, member.key, &Member::key) == mine->members.end())
        mine->members.push_back({member.key, {}, Value{}, true});
  for (char const* way : {"total", "per_region", "per_1000", "from_file"})
    if (old->find(way) && places.members.front().key != way) places.members.push_back({way, {}, Value{}, false});
  return places;
}

}  // namespace

std::string scenario_yaml(MixDesign const& design, std::vector<MixCell> const& cells, MixNumbers const& numbers,
                          std::string const& path, Diagnostics& diagnostics) {
  Value const scenario = read_document(design.scenario, {}, Request{design.scenario_place}, diagnostics);
  std::string const folder = fs::path{path}.parent_path().string();
  Value mix = map_of({{"extends", {}, scalar_of(seen_from(folder, design.scenario), true), false},
                      {"name", {}, scalar_of(design.name), false}});
  Value measures = scenario.find("measures") ? *scenario.find("measures") : Value{};
  Value resources = map_of({});
  bool has_measures = false;
  for (std::size_t c = 0; c < design.choices.size(); ++c) {
    MixChoice const& choice = design.choices[c];
    Value places = places_of(c, choice.by_region, cells, numbers);
    if (choice.is_resource) {
      Value const* const old = scenario.find("resources");
      put(resources, choice.name, resource_of(old ? old->find(choice.name) : nullptr, std::move(places)));
      continue;
    }
    has_measures = true;
    for (Value& measure : measures.items) {
      Value const* const name = measure.find("name");
      if (name && name->scalar == choice.name) put(measure, "places", places);
    }
  }
  move_paths(measures, folder);
  if (has_measures) put(mix, "measures", std::move(measures));
  if (!resources.members.empty()) put(mix, "resources", std::move(resources));
  return fmt::format("# The best mix of {}. Written by utvei optimise.\n", design.path) + to_yaml(mix);
}

}  // namespace utvei
