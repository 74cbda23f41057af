// SPDX-License-Identifier: Apache-2.0
#include "assumed_attribute.hpp"
#include "hdf5_write.hpp"
#include "money_attributes.hpp"
#include "provenance.hpp"
#include "result_inputs.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/output/result_file.hpp>
#include <utvei/register/disclosure.hpp>

#include <algorithm>
#include <span>

#include <hdf5_hl.h>

namespace utvei {
namespace {

constexpr auto minutes_since_1970 = "minutes since 1970-01-01 00:00:00";

void write_result_provenance(hid_t root, Provenance const& provenance) {
  write_provenance(root, provenance);
  write_attribute(root, "seed", std::int64_t{provenance.seed});
  write_attribute(root, "scenario_name", provenance.scenario_name);
  write_attribute(root, "scenario", provenance.scenario);
  write_attribute(root, "start", provenance.start);
  write_attribute(root, "end", provenance.end);
  write_attribute(root, "stock_dates", provenance.stock_dates);
  write_attribute(root, "people", provenance.people);
  write_attribute(root, "model", provenance.model);
  write_attribute(root, "rates", provenance.rates);
  if (provenance.places_couple_people) write_attribute(root, "places_couple_people", std::int64_t{1});
  if (provenance.unmet_needs_slow) write_attribute(root, "unmet_needs_slow", std::int64_t{1});
  if (!provenance.assumed.empty()) write_attribute(root, "assumed_effects", assumed_text(provenance.assumed));
  if (!provenance.precision.empty()) write_attribute(root, "precision", provenance.precision);
  if (provenance.weight != 1) write_attribute(root, "weight", provenance.weight);
  if (provenance.rows_with_status > 0) {
    write_attribute(root, "rows_with_status", static_cast<std::int64_t>(provenance.rows_with_status));
    write_attribute(root, "unverified_rows", static_cast<std::int64_t>(provenance.unverified_rows));
  }
}

std::vector<hsize_t> lengths_of(std::vector<Dimension> const& dimensions) {
  std::vector<hsize_t> lengths;
  std::ranges::transform(dimensions, std::back_inserter(lengths), [](auto const& d) { return d.labels.size(); });
  return lengths;
}

void write_table(hid_t parent, Table const& table, Scales& scales, std::size_t threads) {
  auto const lengths = lengths_of(table.dimensions);
  // Before the dataset, so that the order of creation has the dimensions first.
  for (Dimension const& dimension : table.dimensions) scales.find_or_make(dimension);
  Handle const dataset = std::visit(
      [&](auto const& cells) {
        return write_numbers(parent, table.name, lengths, std::span{cells}, Growth::fixed, threads);
      },
      table.values);
  write_attribute(dataset.get(), "long_name", table.long_name);
  write_attribute(dataset.get(), "units", table.units);
  write_attribute(dataset.get(), "quantity", table.quantity);
  scales.attach(dataset.get(), table.dimensions);
  // Attached scales are references, which not all readers follow (R's rhdf5).
  if (!table.dimensions.empty()) write_attribute(dataset.get(), "scales", scales.names_of(table.dimensions));
}

/// A text for each label of a dimension.
void write_names(hid_t root, std::string const& name, std::string const& long_name, Dimension const& dimension,
                 std::vector<std::string> const& texts, Scales& scales) {
  scales.find_or_make(dimension);
  Handle const dataset = write_texts(root, name, texts);
  write_attribute(dataset.get(), "long_name", long_name);
  scales.attach(dataset.get(), {dimension});
}

/// `what`: state, definition or measure; `group`: what the field of that name says, empty where it says nothing.
void write_states(hid_t root, std::string const& what, std::string const& group, std::vector<StateInfo> const& states,
                  Scales& scales) {
  if (states.empty()) return;
  auto const column = [&](std::string StateInfo::*field) {
    std::vector<std::string> texts;
    std::ranges::transform(states, std::back_inserter(texts), field);
    return texts;
  };
  Dimension const dimension{what, column(&StateInfo::name)};
  if (!group.empty())
    write_names(root, what + "_" + group, group + " of the " + what, dimension, column(&StateInfo::group), scales);
  write_names(root, what + "_label_nb", "label in bokmål", dimension, column(&StateInfo::label_nb), scales);
  write_names(root, what + "_label_nn", "label in nynorsk", dimension, column(&StateInfo::label_nn), scales);
  write_names(root, what + "_label_en", "label in English", dimension, column(&StateInfo::label_en), scales);
}

/// Along the regions of the tables where these are all that have names; else along a dimension of its own.
void write_region_names(hid_t root, std::map<std::string, std::string> const& names, Scales& scales) {
  if (names.empty()) return;
  Dimension dimension{"region", {}};
  for (auto const& [code, name] : names) dimension.labels.push_back(code);
  Dimension const* const tallied = scales.plain("region");
  bool const same = tallied != nullptr && tallied->labels.size() == names.size() &&
                    std::ranges::all_of(tallied->labels, [&](auto const& code) { return names.contains(code); });
  if (same) dimension = *tallied;
  std::vector<std::string> texts;
  for (auto const& code : dimension.labels) texts.push_back(names.at(code));
  write_names(root, "region_name", "name of the region", dimension, texts, scales);
}

/// CF's flags: what the numbers stand for.
template <class T>
void write_flags(hid_t dataset, std::vector<std::string> const& labels) {
  std::string meanings;
  std::vector<T> values;
  for (std::string label : labels) {
    std::ranges::replace(label, ' ', '_');
    meanings += (meanings.empty() ? "" : " ") + label;
    values.push_back(static_cast<T>(values.size()));
  }
  hsize_t const count = values.size();
  Handle const space{H5Screate_simple(1, &count, nullptr), H5Sclose, "flag_values"};
  Handle const target{H5Acreate2(dataset, "flag_values", memory_type<T>(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
                      H5Aclose, "flag_values"};
  check_hdf5(H5Awrite(target.get(), memory_type<T>(), values.data()), "flag_values");
  write_attribute(dataset, "flag_meanings", meanings);
  write_attribute(dataset, "labels", labels);
}

/// Who they are: what a register needs beside the events.
void write_people(hid_t lives, LifeCoursePeople const& people, std::size_t threads) {
  hsize_t const count = people.person.size();
  if (count == 0) return;
  Handle const group = make_group(lives, "people");
  Handle const row = make_bare_dimension(group.get(), "row", count, Growth::unlimited);
  auto const column = [&]<class T>(hid_t parent, std::string const& name, char const* long_name,
                                   std::vector<T> const& values) {
    Handle dataset = write_numbers(parent, name, {count}, std::span{values}, Growth::unlimited, threads);
    write_attribute(dataset.get(), "long_name", long_name);
    check_hdf5(H5DSattach_scale(dataset.get(), row.get(), 0), name.c_str());
    return dataset;
  };
  auto const moment = [&](char const* name, char const* long_name, std::vector<std::int64_t> const& values) {
    write_attribute(column(group.get(), name, long_name, values).get(), "units", minutes_since_1970);
  };
  column(group.get(), "person", "key of the person", people.person);
  moment("entered", "when the state of the start was entered", people.entered);
  if (!people.birth.empty()) moment("birth", "time of birth", people.birth);
  if (!people.region.empty()) {
    Handle const codes = write_texts(group.get(), "region_code", people.region_codes);
    check_hdf5(H5DSset_scale(codes.get(), "region_code"), "region_code");
    column(group.get(), "region", "region, by its place in region_code, from 0", people.region);
  }
  Handle const traits = make_group(group.get(), "traits");
  for (LifeCoursePeople::Trait const& trait : people.traits) {
    Handle const level = column(traits.get(), trait.name, "level of the trait", trait.level);
    write_flags<std::uint16_t>(level.get(), trait.levels);
  }
}

/// Moves and changes of traits; nothing where nobody's change.
void write_changes(hid_t lives, LifeCourseChanges const& changes, std::size_t threads) {
  hsize_t const count = changes.person.size();
  if (count == 0) return;
  Handle const group = make_group(lives, "changes");
  Handle const change = make_bare_dimension(group.get(), "change", count, Growth::unlimited);
  auto const column = [&]<class T>(char const* name, char const* long_name, std::vector<T> const& values) {
    Handle dataset = write_numbers(group.get(), name, {count}, std::span{values}, Growth::unlimited, threads);
    write_attribute(dataset.get(), "long_name", long_name);
    check_hdf5(H5DSattach_scale(dataset.get(), change.get(), 0), name);
    return dataset;
  };
  column("person", "key of the person", changes.person);
  write_attribute(column("time", "when it changed", changes.time).get(), "units", minutes_since_1970);
  write_flags<std::uint16_t>(column("what", "region or trait", changes.what).get(), changes.what_names);
  column("value", "place of the new value, from 0, in people/region_code or the labels of people/traits/NAME",
         changes.value);
}

void write_life_courses(hid_t root, LifeCourseTable const& lives, std::size_t threads) {
  hsize_t const events = lives.person.size();
  UTVEI_EXPECT(lives.time.size() == events && lives.from.size() == events && lives.to.size() == events &&
               lives.cause.size() == events);
  Handle const group = make_group(root, "life_courses");
  Handle const event = make_bare_dimension(group.get(), "event", events, Growth::unlimited);
  auto const column = [&]<class T>(char const* name, char const* long_name, std::vector<T> const& values) {
    Handle dataset = write_numbers(group.get(), name, {events}, std::span{values}, Growth::unlimited, threads);
    write_attribute(dataset.get(), "long_name", long_name);
    check_hdf5(H5DSattach_scale(dataset.get(), event.get(), 0), name);
    return dataset;
  };
  column("person", "key of the person", lives.person);
  Handle const time = column("time", "when it happened", lives.time);
  write_attribute(time.get(), "units", minutes_since_1970);
  Handle const from = column("from", "state before", lives.from);
  write_flags<std::uint16_t>(from.get(), lives.states);
  Handle const to = column("to", "state after", lives.to);
  write_flags<std::uint16_t>(to.get(), lives.states);
  Handle const cause = column("cause", "what made it happen", lives.cause);
  write_flags<std::uint8_t>(cause.get(), lives.causes);
  write_people(group.get(), lives.people, threads);
  write_changes(group.get(), lives.changes, threads);
}

}  // namespace

void save_result(RunResult const& result, std::string const& path) {
  std::size_t const threads = result.provenance.threads;
  auto const fill = [&](hid_t root) {
    write_result_provenance(root, result.provenance);
    Scales scales{root};
    for (Table const& table : result.tables) scales.reserve(table.name);
    for (char const* name : {"groups",
                             "hidden",
                             "inputs",
                             "life_courses",
                             "region_name",
                             "state_group",
                             "state_label_nb",
                             "state_label_nn",
                             "state_label_en",
                             "definition_better",
                             "definition_label_nb",
                             "definition_label_nn",
                             "definition_label_en",
                             "measure_label_nb",
                             "measure_label_nn",
                             "measure_label_en",
                             "score_label_nb",
                             "score_label_nn",
                             "score_label_en",
                             "wave_follow_up",
                             "wave_label_nb",
                             "wave_label_nn",
                             "wave_label_en",
                             "event_label_nb",
                             "event_label_nn",
                             "event_label_en",
                             "payment_kind",
                             "payment_from",
                             "payment_to",
                             "payment_of_state",
                             "payment_of_measure"})
      scales.reserve(name);
    for (Table const& table : result.tables) write_table(root, table, scales, threads);
    write_states(root, "state", "group", result.states, scales);
    write_states(root, "definition", "better", result.definitions, scales);
    write_states(root, "measure", "", result.measures, scales);
    write_states(root, "score", "", result.scores, scales);
    write_states(root, "wave", "follow_up", result.waves, scales);
    write_states(root, "event", "", result.events, scales);
    write_money(root, result, scales);
    write_region_names(root, result.region_names, scales);
    if (!result.group_tables.empty()) {
      Handle const groups = make_group(root, "groups");
      for (Table const& table : result.group_tables) write_table(groups.get(), table, scales, threads);
    }
    if (!result.hidden.empty()) {
      Handle const hidden = make_group(root, "hidden");
      for (Table const& table : result.hidden) write_table(hidden.get(), table, scales, threads);
    }
    write_inputs(root, result.inputs, scales);
    if (result.life_courses) write_life_courses(root, *result.life_courses, threads);
  };
  write_hdf5_file(path, fill, result.provenance.data_class == "register" ? file_mode("register") : 0666U);
}

}  // namespace utvei
