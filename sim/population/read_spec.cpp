// SPDX-License-Identifier: Apache-2.0
#include "attributes.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/population/population.hpp>

#include <array>
#include <functional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace utvei {

namespace {

constexpr std::int64_t most_persons = 4'000'000'000;

using Check = std::function<void(std::string_view text, Place const& place)>;

enum class Keys { names, numbers };

/// One value, or a map of values to weights. `check` diagnoses what is no value of the attribute.
Shares read_shares(Value const& value, std::string const& what, Keys keys, Check const& check,
                   Diagnostics& diagnostics) {
  Shares shares;
  shares.place = value.place;
  if (value.is_map()) {
    double total = 0;
    for (Member const& member : value.members) {
      if (keys == Keys::numbers || as_code(member, what, diagnostics)) check(member.key, member.key_place);
      auto const weight =
          as_number_at_least(member.value, 0, fmt::format("the share of `{}`", member.key), diagnostics);
      shares.items.push_back({member.key, weight.value_or(1), member.key_place});
      total += shares.items.back().weight;
    }
    if (shares.items.empty() || !(total > 0)) {
      diagnostics.error(value.place, fmt::format("no share in {} is more than 0", what), {},
                        "write at least one value with a weight, as in {a: 3, b: 1}");
    }
    return shares;
  }
  auto const text = keys == Keys::names ? as_code(value, what, diagnostics) : as_text(value, what, diagnostics);
  if (text) {
    check(*text, value.place);
    shares.items.push_back({*text, 1, value.place});
  }
  return shares;
}

template <class Read>
Check checking(Read read, Diagnostics& diagnostics) {
  return [read, &diagnostics](std::string_view text, Place const& place) {
    auto const reading = read(text);
    if (!reading.value) diagnostics.error(place, reading.problem, {}, reading.suggestion);
  };
}

void read_traits(Value const& value, Model const& model, PopulationSpec& spec, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    diagnostics.error(value.place, "`traits` must be a map", {}, "write traits: {sex: {female: 1, male: 1}}");
    return;
  }
  for (Member const& member : value.members) {
    auto const id = model.trait(member.key);
    if (!id) {
      diagnostics.error(member.key_place, fmt::format("no trait `{}` in the model", member.key), {},
                        did_you_mean(member.key, model.trait_names()));
      continue;
    }
    Trait const& trait = model.traits[*id];
    auto const check = trait.numeric
                           ? checking([&trait](std::string_view text) { return read_number(text, trait); }, diagnostics)
                           : checking([&trait](std::string_view text) { return read_level(text, trait); }, diagnostics);
    spec.traits[id->value()] = read_shares(member.value, fmt::format("trait `{}`", member.key),
                                           trait.numeric ? Keys::numbers : Keys::names, check, diagnostics);
  }
}

void read_people_file(Value const& value, Model const& model, PeopleLoader const& load, PopulationSpec& spec,
                      Diagnostics& diagnostics) {
  auto const name = as_text(value, "file", diagnostics);
  if (!name) return;
  spec.file_place = value.place;
  spec.file = path_beside(value);
  if (!name->ends_with(".h5")) return;
  if (load) {
    spec.saved = load(*spec.file, model, Request{value.place}, diagnostics);
  } else {
    diagnostics.error(value.place, fmt::format("`{}` is an HDF5 file", *name), "people are read from CSV here",
                      "write a CSV with the columns person;state;age;region;<traits>;time_in_state;count");
  }
  if (!spec.saved) spec.file.reset();
}

void refuse_shares_beside_file(MapReader& reader, Diagnostics& diagnostics) {
  static constexpr std::array excluded{"persons", "state", "age", "region", "traits", "time_in_state"};
  for (char const* key : excluded) {
    if (Value const* other = reader.optional(key)) {
      diagnostics.error(other->place, fmt::format("`{}` beside `file`", key), "the file says who the people are",
                        fmt::format("remove `{}` or `file`", key));
    }
  }
}

void read_given_shares(MapReader& reader, Model const& model, PopulationSpec& spec, Diagnostics& diagnostics) {
  if (Value const* persons = reader.required("persons")) {
    spec.persons_place = persons->place;
    if (auto const number = as_integer(*persons, 1, most_persons, "persons", diagnostics)) {
      spec.persons = static_cast<std::uint64_t>(*number);
    }
  }
  if (Value const* state = reader.required("state")) {
    auto const check = checking([&model](std::string_view text) { return read_state(text, model); }, diagnostics);
    spec.state = read_shares(*state, "state", Keys::names, check, diagnostics);
  }
  if (Value const* age = reader.optional("age")) {
    auto const check = checking([](std::string_view text) { return read_age(text); }, diagnostics);
    spec.age = read_shares(*age, "age", Keys::numbers, check, diagnostics);
  }
  if (Value const* time = reader.optional("time_in_state")) {
    auto const check = checking([](std::string_view text) { return read_time_in_state(text); }, diagnostics);
    spec.time_in_state = read_shares(*time, "time_in_state", Keys::numbers, check, diagnostics);
  }
  if (Value const* region = reader.optional("region")) {
    if (model.regions.empty()) {
      diagnostics.error(region->place, "the model names no regions", {},
                        "add `regions: regions.csv` to the model, or leave `region` out");
    } else {
      auto const check = checking([&model](std::string_view text) { return read_region(text, model); }, diagnostics);
      spec.region = read_shares(*region, "region", Keys::names, check, diagnostics);
    }
  }
  if (Value const* traits = reader.optional("traits")) read_traits(*traits, model, spec, diagnostics);
}

}  // namespace

PopulationSpec read_population_spec(Value const& value, Model const& model, Diagnostics& diagnostics,
                                    PeopleLoader const& load) {
  PopulationSpec spec;
  spec.place = value.place;
  spec.persons_place = value.place;
  spec.traits.resize(model.traits.size());
  if (value.is_scalar()) {
    read_people_file(value, model, load, spec, diagnostics);
    return spec;
  }
  MapReader reader{value, "the population", diagnostics};
  if (!value.is_map()) return spec;
  if (Value const* file = reader.optional("file")) {
    refuse_shares_beside_file(reader, diagnostics);
    read_people_file(*file, model, load, spec, diagnostics);
  } else {
    read_given_shares(reader, model, spec, diagnostics);
  }
  if (Value const* data_class = reader.optional("data_class")) {
    auto const& known = data_classes();
    if (auto const choice = as_choice(*data_class, known, "data_class", diagnostics)) spec.data_class = known[*choice];
  }
  reader.finish();
  return spec;
}

}  // namespace utvei
