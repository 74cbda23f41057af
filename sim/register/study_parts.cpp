// SPDX-License-Identifier: Apache-2.0
#include "study_parts.hpp"

#include "panel_source.hpp"

#include <fmt/format.h>

namespace utvei {

std::optional<ColumnName> column_name(Value const* value, std::string_view key, Diagnostics& diagnostics) {
  if (value == nullptr) {
    return std::nullopt;
  }
  auto text = as_text(*value, key, diagnostics);
  if (!text) {
    return std::nullopt;
  }
  return ColumnName{std::move(*text), value->place};
}

namespace {

void add_trait(ColumnName column, std::string_view trait_name, PersonsSpec& persons, Model const& model,
               Diagnostics& diagnostics) {
  if (model.states.empty()) {
    return;  // it could not be read, which is said
  }
  auto const trait = model.trait(trait_name);
  if (!trait) {
    diagnostics.error(column.place, fmt::format("the model has no trait `{}`", trait_name), {},
                      model.traits.empty() ? "the model has no traits: write `traits:` there"
                                           : did_you_mean(trait_name, model.trait_names()));
    return;
  }
  for (auto const& other : persons.traits) {
    if (other.trait == *trait) {
      diagnostics.error(column.place, fmt::format("trait `{}` is named twice", trait_name), {}, "name each trait once");
      return;
    }
  }
  persons.traits.push_back({*trait, std::move(column)});
}

}  // namespace

void read_attributes(MapReader& reader, PersonsSpec& persons, Model const& model, Diagnostics& diagnostics) {
  if (auto birth = optional_column(reader, "birth", diagnostics)) {
    persons.birth = std::move(birth);
  }
  if (Value const* value = reader.optional("region")) {
    if (model.regions.empty() && !model.states.empty()) {
      diagnostics.error(value->place, "the model names no regions", {}, "write `regions: regions.csv` in the model");
    } else {
      persons.region = column_name(value, "region", diagnostics);
    }
  }
  if (auto sex = optional_column(reader, "sex", diagnostics)) {
    add_trait(std::move(*sex), "sex", persons, model, diagnostics);
  }
  if (Value const* value = reader.optional("traits")) {
    for (auto& [name, place] : as_codes(*value, "traits", diagnostics)) {
      add_trait({name, place}, name, persons, model, diagnostics);
    }
  }
}

namespace {

void read_persons(Value const& value, Study& study, Diagnostics& diagnostics) {
  MapReader reader{value, "`persons`", diagnostics};
  read_data_file(reader, study.persons.file.emplace(), study.persons.file_place, diagnostics);
  study.persons.id = required_column(reader, "id", diagnostics);
  read_attributes(reader, study.persons, study.model, diagnostics);
  reader.finish();
}

void read_state_of_source(MapReader& reader, SpellSource& source, Model const& model, Diagnostics& diagnostics) {
  Value const* state = reader.optional("state");
  Value const* from = reader.optional("state_from");
  if ((state != nullptr) == (from != nullptr)) {
    diagnostics.error(reader.map().place, "a source needs either `state` or `state_from`", {},
                      "write `state: aap` if all its spells are of one state, else `state_from: {column: state}`");
    return;
  }
  if (state != nullptr) {
    if (auto const name = as_code(*state, "state", diagnostics)) {
      source.state = model.state(*name);
      if (!source.state && !model.states.empty()) {
        diagnostics.error(state->place, fmt::format("the model has no state `{}`", *name), {},
                          did_you_mean(*name, model.state_names()));
      }
    }
    return;
  }
  MapReader inner{*from, "`state_from`", diagnostics};
  source.state_column = required_column(inner, "column", diagnostics);
  inner.finish();
}

bool refuse_later_kind(MapReader& reader, Diagnostics& diagnostics) {
  bool refused = false;
  if (Value const* kind = reader.optional("kind")) {
    refused = !as_choice(*kind, {"spells", "panel"}, "kind", diagnostics);
  }
  if (Value const* value = reader.optional("activity")) {
    diagnostics.error(value->place, "`activity` of a source is not in this version",
                      "this version reads spells that have a start and a stop",
                      "turn the data into spells, one state at a time");
    refused = true;
  }
  for (std::string_view const key : {"date", "observed", "exact_states"}) {
    if (Value const* value = reader.optional(key)) {
      diagnostics.error(value->place, fmt::format("`{}` is of a panel", key),
                        "this source has spells: each state with its start and stop",
                        fmt::format("write `kind: panel` if people are seen at dates, else take `{}` away", key));
      refused = true;
    }
  }
  return refused;
}

SpellSource read_source(Value const& value, Study& study, Diagnostics& diagnostics) {
  SpellSource source;
  source.place = value.place;
  MapReader reader{value, "the source", diagnostics};
  bool const refused = refuse_later_kind(reader, diagnostics);
  read_data_file(reader, source.file, source.file_place, diagnostics);
  source.id = required_column(reader, "id", diagnostics);
  if (!refused) {
    source.start = required_column(reader, "start", diagnostics);
    source.stop = required_column(reader, "stop", diagnostics);
    read_state_of_source(reader, source, study.model, diagnostics);
    if (!study.persons.file) {
      study.persons.id = source.id;
      read_attributes(reader, study.persons, study.model, diagnostics);
    }
    reader.finish();
  }
  return source;
}

void read_sources(Value const& value, Study& study, Diagnostics& diagnostics) {
  if (!value.is_list() || value.items.empty()) {
    diagnostics.error(value.place, "`sources` is not a list of files", {},
                      "write `sources:` and below it `- {file: spells.csv, id: person, start: start, stop: stop, "
                      "state_from: {column: state}}`");
    return;
  }
  if (has_panel(value)) {
    read_panel_source(value, study, diagnostics);
    return;
  }
  for (Value const& item : value.items) {
    study.sources.push_back(read_source(item, study, diagnostics));
  }
  PersonsSpec const& people = study.persons;
  if (value.items.size() > 1 && !people.file && (people.birth || people.region || !people.traits.empty())) {
    diagnostics.error(value.items[1].place, "several sources need a file of their persons",
                      "birth, region and traits stand in columns of one source, and the others lack them",
                      "write `persons: {file: persons.csv, id: person, …}`");
  }
}

}  // namespace

std::optional<ColumnName> optional_column(MapReader& reader, std::string_view key, Diagnostics& diagnostics) {
  return column_name(reader.optional(key), key, diagnostics);
}

ColumnName required_column(MapReader& reader, std::string_view key, Diagnostics& diagnostics) {
  return column_name(reader.required(key), key, diagnostics).value_or(ColumnName{});
}

void read_data_file(MapReader& reader, std::string& path, Place& place, Diagnostics& diagnostics) {
  Value const* file = reader.required("file");
  if (file != nullptr && as_text(*file, "file", diagnostics)) {
    path = path_beside(*file);
    place = file->place;
  }
}

void read_people_and_sources(MapReader& reader, Study& study, Diagnostics& diagnostics) {
  if (Value const* value = reader.optional("persons")) {
    read_persons(*value, study, diagnostics);
  } else {
    read_attributes(reader, study.persons, study.model, diagnostics);
  }
  if (Value const* value = study.exposure ? reader.optional("sources") : reader.required("sources")) {
    if (study.exposure) {
      diagnostics.error(value->place, "the study has `exposure` and `sources`",
                        "a file of exposure stands in place of sources", "take one of them away");
    } else {
      read_sources(*value, study, diagnostics);
    }
  }
  if (Value const* value = reader.optional("otherwise")) {
    if (auto const name = as_code(*value, "otherwise", diagnostics)) {
      study.otherwise = study.model.state(*name);
      if (!study.otherwise && !study.model.states.empty()) {
        diagnostics.error(value->place, fmt::format("the model has no state `{}`", *name), {},
                          did_you_mean(*name, study.model.state_names()));
      }
    }
  }
}

}  // namespace utvei
