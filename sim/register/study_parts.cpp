// SPDX-License-Identifier: Apache-2.0
#include "study_parts.hpp"

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
