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
  study.persons.form = read_form(reader, study, diagnostics);
  study.persons.id = column_in(study.persons.form, reader, "id", "identifier", diagnostics);
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

DataForm read_form(MapReader& reader, Study const& study, Diagnostics& diagnostics) {
  Value const* kind = reader.optional("kind");
  if (kind == nullptr || as_choice(*kind, {"table", "microdata"}, "kind", diagnostics) != 1U) {
    return DataForm::table;
  }
  refuse_microdata_in_numbers(kind->place, study, diagnostics);
  return DataForm::microdata;
}

void refuse_microdata_in_numbers(Place const& place, Study const& study, Diagnostics& diagnostics) {
  if (study.time.unit_minutes) {
    diagnostics.error(place, "`kind: microdata` beside `time`", "files of the microdata platform have dates",
                      "take `time` away, and write `window` as dates");
  }
}

ColumnName column_in(DataForm form, MapReader& reader, std::string_view key, std::string_view in_microdata,
                     Diagnostics& diagnostics) {
  if (form == DataForm::table) {
    return required_column(reader, key, diagnostics);
  }
  return optional_column(reader, key, diagnostics).value_or(ColumnName{std::string{in_microdata}, reader.map().place});
}

void read_values(MapReader& reader, Diagnostics& diagnostics,
                 std::function<void(std::string const&, std::string const&, Place const&)> const& add) {
  Value const* values = reader.optional("values");
  if (values == nullptr) {
    return;
  }
  if (!values->is_map() || values->members.empty()) {
    diagnostics.error(values->place, "`values` is not a map of codes", {},
                      "write `values: {\"1\": NAME}`: the code in the file, then what it stands for");
    return;
  }
  for (Member const& member : values->members) {
    auto const code = as_code(member, "values", diagnostics);
    auto const name = as_code(member.value, "values", diagnostics);
    if (code && name) {
      add(*code, *name, member.value.place);
    }
  }
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
