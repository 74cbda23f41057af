// SPDX-License-Identifier: Apache-2.0
#include "assumed_attribute.hpp"
#include "hdf5_read.hpp"
#include "money_attributes.hpp"
#include "provenance.hpp"
#include "result_inputs.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/output/result_file.hpp>
#include <utvei/output/result_parts.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr FileFormat result_format{"utvei-result", 1, "a result of `utvei run`"};

Provenance read_result_provenance(hid_t root) {
  Provenance provenance = read_provenance(root);
  provenance.seed = static_cast<std::uint32_t>(integer_attribute(root, "seed"));
  provenance.scenario_name = text_attribute(root, "scenario_name");
  provenance.scenario = text_attribute(root, "scenario");
  if (has_attribute(root, "people")) {
    provenance.start = text_attribute(root, "start");
    provenance.end = text_attribute(root, "end");
    provenance.stock_dates = text_attribute(root, "stock_dates");
    provenance.people = text_attribute(root, "people");
  }
  if (has_attribute(root, "model")) {
    provenance.model = text_attribute(root, "model");
    provenance.rates = text_attribute(root, "rates");
  }
  provenance.places_couple_people = has_attribute(root, "places_couple_people");
  provenance.unmet_needs_slow = has_attribute(root, "unmet_needs_slow");
  if (has_attribute(root, "assumed_effects"))
    provenance.assumed = read_assumed(text_attribute(root, "assumed_effects"));
  if (has_attribute(root, "precision")) provenance.precision = text_attribute(root, "precision");
  if (has_attribute(root, "weight")) provenance.weight = integer_attribute(root, "weight");
  if (has_attribute(root, "rows_with_status")) {
    provenance.rows_with_status = static_cast<std::size_t>(integer_attribute(root, "rows_with_status"));
    provenance.unverified_rows = static_cast<std::size_t>(integer_attribute(root, "unverified_rows"));
  }
  return provenance;
}

/// All but its values.
Table table_without_values(hid_t dataset, std::string const& name, ScaleReader& scales) {
  Table table;
  table.name = name;
  table.quantity = text_attribute(dataset, "quantity");
  table.long_name = text_attribute(dataset, "long_name");
  table.units = text_attribute(dataset, "units");
  table.dimensions = scales.dimensions_of(dataset);
  return table;
}

bool holds_integers(hid_t dataset, std::string const& name) {
  Handle const type{H5Dget_type(dataset), H5Tclose, name.c_str()};
  return H5Tget_class(type.get()) == H5T_INTEGER;
}

Table read_table(hid_t parent, std::string const& name, ScaleReader& scales) {
  Handle const dataset = open_dataset(parent, name);
  Table table = table_without_values(dataset.get(), name, scales);
  if (holds_integers(dataset.get(), name))
    table.values = read_numbers<std::int64_t>(dataset.get());
  else
    table.values = read_numbers<double>(dataset.get());
  return table;
}

/// Tables are the datasets that say which quantity they hold.
std::vector<Table> read_tables(hid_t group, ScaleReader& scales) {
  std::vector<Table> tables;
  for (std::string const& name : link_names(group)) {
    if (!is_dataset(group, name)) continue;
    if (has_attribute(open_dataset(group, name).get(), "quantity")) tables.push_back(read_table(group, name, scales));
  }
  return tables;
}

/// `what`: state, definition or measure; `group`: what the field of that name is there, empty where there is none.
std::vector<StateInfo> read_states(hid_t root, std::string const& what, std::string const& group, ScaleReader& scales) {
  std::string const first = what + "_label_nb";
  if (!has_link(root, first)) return {};
  auto const names = scales.dimensions_of(open_dataset(root, first).get()).at(0).labels;
  std::vector<StateInfo> states(names.size());
  auto const fill = [&](std::string const& dataset, std::string StateInfo::*field) {
    auto const texts = read_texts(open_dataset(root, dataset).get());
    if (texts.size() != states.size())
      throw Hdf5Failure{fmt::format("`{}` has another length than its names", dataset)};
    for (std::size_t i = 0; i < texts.size(); ++i) states[i].*field = texts[i];
  };
  for (std::size_t i = 0; i < names.size(); ++i) states[i].name = names[i];
  if (!group.empty()) fill(what + "_" + group, &StateInfo::group);
  fill(first, &StateInfo::label_nb);
  fill(what + "_label_nn", &StateInfo::label_nn);
  fill(what + "_label_en", &StateInfo::label_en);
  return states;
}

std::map<std::string, std::string> read_region_names(hid_t root, ScaleReader& scales) {
  if (!has_link(root, "region_name")) return {};
  Handle const dataset = open_dataset(root, "region_name");
  auto const codes = scales.dimensions_of(dataset.get()).at(0).labels;
  auto const names = read_texts(dataset.get());
  std::map<std::string, std::string> result;
  for (std::size_t i = 0; i < codes.size(); ++i) result.emplace(codes[i], names[i]);
  return result;
}

template <class T>
std::vector<T> read_column(hid_t group, std::string const& name, std::size_t rows) {
  auto values = read_numbers<T>(open_dataset(group, name).get());
  if (values.size() != rows) throw Hdf5Failure{"the columns of `life_courses/people` differ in length"};
  return values;
}

template <class T>
void check_labels(std::vector<T> const& values, std::size_t labels) {
  if (std::ranges::any_of(values, [labels](T value) { return value >= labels; }))
    throw Hdf5Failure{"`life_courses/people` names a region or level that has no label"};
}

/// Nobody in files of earlier versions.
LifeCoursePeople read_people(hid_t lives) {
  LifeCoursePeople people;
  if (!has_link(lives, "people")) return people;
  Handle const group = open_group(lives, "people");
  people.person = read_numbers<std::uint64_t>(open_dataset(group.get(), "person").get());
  std::size_t const rows = people.person.size();
  people.entered = read_column<std::int64_t>(group.get(), "entered", rows);
  if (has_link(group.get(), "birth")) people.birth = read_column<std::int64_t>(group.get(), "birth", rows);
  if (has_link(group.get(), "region")) {
    people.region = read_column<std::uint32_t>(group.get(), "region", rows);
    people.region_codes = read_texts(open_dataset(group.get(), "region_code").get());
    check_labels(people.region, people.region_codes.size());
  }
  Handle const traits = open_group(group.get(), "traits");
  for (std::string const& name : link_names(traits.get())) {
    people.traits.push_back({name, texts_attribute(open_dataset(traits.get(), name).get(), "labels"),
                             read_column<std::uint16_t>(traits.get(), name, rows)});
    check_labels(people.traits.back().level, people.traits.back().levels.size());
  }
  return people;
}

/// How many values a change of a name may have.
std::size_t values_of(std::string const& name, LifeCoursePeople const& people) {
  if (name == "region") return people.region_codes.size();
  auto const trait = std::ranges::find(people.traits, name, &LifeCoursePeople::Trait::name);
  return trait == people.traits.end() ? 0 : trait->levels.size();
}

LifeCourseChanges read_changes(hid_t lives, LifeCoursePeople const& people) {
  LifeCourseChanges changes;
  if (!people.region_codes.empty()) changes.what_names.emplace_back("region");
  for (auto const& trait : people.traits) changes.what_names.push_back(trait.name);
  if (!has_link(lives, "changes")) return changes;
  Handle const group = open_group(lives, "changes");
  changes.person = read_numbers<std::uint64_t>(open_dataset(group.get(), "person").get());
  std::size_t const rows = changes.person.size();
  changes.time = read_column<std::int64_t>(group.get(), "time", rows);
  changes.what = read_column<std::uint16_t>(group.get(), "what", rows);
  changes.value = read_column<std::uint32_t>(group.get(), "value", rows);
  changes.what_names = texts_attribute(open_dataset(group.get(), "what").get(), "labels");
  check_labels(changes.what, changes.what_names.size());
  for (std::size_t i = 0; i < rows; ++i) {
    check_labels(std::vector{changes.value[i]}, values_of(changes.what_names[changes.what[i]], people));
  }
  return changes;
}

std::optional<LifeCourseTable> read_life_courses(hid_t root) {
  if (!has_link(root, "life_courses")) return std::nullopt;
  Handle const group = open_group(root, "life_courses");
  LifeCourseTable lives;
  lives.person = read_numbers<std::uint64_t>(open_dataset(group.get(), "person").get());
  lives.time = read_numbers<std::int64_t>(open_dataset(group.get(), "time").get());
  Handle const from = open_dataset(group.get(), "from");
  lives.from = read_numbers<std::uint16_t>(from.get());
  lives.states = texts_attribute(from.get(), "labels");
  lives.to = read_numbers<std::uint16_t>(open_dataset(group.get(), "to").get());
  Handle const cause = open_dataset(group.get(), "cause");
  lives.cause = read_numbers<std::uint8_t>(cause.get());
  lives.causes = texts_attribute(cause.get(), "labels");
  std::size_t const events = lives.person.size();
  if (lives.time.size() != events || lives.from.size() != events || lives.to.size() != events ||
      lives.cause.size() != events)
    throw Hdf5Failure{"the columns of `life_courses` differ in length"};
  auto const outside = [](std::size_t count) { return [count](auto value) { return value >= count; }; };
  if (std::ranges::any_of(lives.from, outside(lives.states.size())) ||
      std::ranges::any_of(lives.to, outside(lives.states.size())) ||
      std::ranges::any_of(lives.cause, outside(lives.causes.size())))
    throw Hdf5Failure{"`life_courses` names a state or cause that has no label"};
  lives.people = read_people(group.get());
  lives.changes = read_changes(group.get(), lives.people);
  return lives;
}

}  // namespace

namespace {

void read_sums(hid_t root, ScaleReader& scales, RunResult& result) {
  result.provenance = read_result_provenance(root);
  result.tables = read_tables(root, scales);
  if (has_link(root, "hidden")) result.hidden = read_tables(open_group(root, "hidden").get(), scales);
  result.states = read_states(root, "state", "group", scales);
  result.definitions = read_states(root, "definition", "better", scales);
  result.measures = read_states(root, "measure", "", scales);
  result.scores = read_states(root, "score", "", scales);
  result.waves = read_states(root, "wave", "follow_up", scales);
  result.events = read_states(root, "event", "", scales);
  read_money_of(root, result, scales);
  result.region_names = read_region_names(root, scales);
  result.inputs = read_inputs(root, scales);
}

/// Without the first dimension.
Table table_of_draw(hid_t groups, std::string const& name, std::size_t draw, ScaleReader& scales) {
  Handle const dataset = open_dataset(groups, name);
  Table table = table_without_values(dataset.get(), name, scales);
  if (table.dimensions.empty() || table.dimensions.front().name != "draw" ||
      draw >= table.dimensions.front().labels.size())
    throw Hdf5Failure{fmt::format("`groups/{}` does not begin with its draws", name)};
  table.dimensions.erase(table.dimensions.begin());
  if (holds_integers(dataset.get(), name))
    table.values = read_numbers_at<std::int64_t>(dataset.get(), draw);
  else
    table.values = read_numbers_at<double>(dataset.get(), draw);
  return table;
}

}  // namespace

RunResult load_result(std::string const& path) {
  RunResult result;
  read_hdf5_file(path, result_format, [&](hid_t root) {
    ScaleReader scales;
    read_sums(root, scales, result);
    if (has_link(root, "groups")) result.group_tables = read_tables(open_group(root, "groups").get(), scales);
    result.life_courses = read_life_courses(root);
  });
  return result;
}

RunResult load_sums(std::string const& path) {
  RunResult result;
  read_hdf5_file(path, result_format, [&](hid_t root) {
    ScaleReader scales;
    read_sums(root, scales, result);
  });
  return result;
}

void load_groups(std::string const& path, RunResult& result, std::function<bool(Table const&)> const& choose) {
  read_hdf5_file(path, result_format, [&](hid_t root) {
    if (!has_link(root, "groups")) return;
    ScaleReader scales;
    Handle const groups = open_group(root, "groups");
    for (std::string const& name : link_names(groups.get())) {
      Table const* const sums = result.table(name);
      bool const is_chosen = sums == nullptr || choose(*sums);
      if (is_chosen && is_dataset(groups.get(), name) &&
          has_attribute(open_dataset(groups.get(), name).get(), "quantity"))
        result.group_tables.push_back(read_table(groups.get(), name, scales));
    }
  });
}

void load_lives(std::string const& path, RunResult& result) {
  read_hdf5_file(path, result_format, [&](hid_t root) { result.life_courses = read_life_courses(root); });
}

std::optional<Table> load_groups_of_draw(std::string const& path, std::string const& table, std::size_t draw) {
  std::optional<Table> part;
  read_hdf5_file(path, result_format, [&](hid_t root) {
    if (!has_link(root, "groups")) return;
    Handle const groups = open_group(root, "groups");
    ScaleReader scales;
    if (has_link(groups.get(), table)) part = table_of_draw(groups.get(), table, draw, scales);
  });
  return part;
}

std::optional<Provenance> provenance_in(std::string const& path) {
  Provenance provenance;
  try {
    read_hdf5_file(path, result_format, [&](hid_t root) { provenance = read_result_provenance(root); });
  } catch (InputError const&) {
    return std::nullopt;
  }
  return provenance;
}

}  // namespace utvei
