// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/model/definitions.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double most_years_in_standard = 200;

/// `age_from;age_to;weight`: ages in years, half-open; weights of any scale.
class StandardReader {
 public:
  StandardReader(DelimitedFile const& file, Diagnostics& diagnostics) : file_{file}, diagnostics_{diagnostics} {}

  std::vector<Definition::AgeWeight> read() {
    auto const from = file_.require_column("age_from", Place{}, diagnostics_);
    auto const to = file_.require_column("age_to", Place{}, diagnostics_);
    auto const weight = file_.require_column("weight", Place{}, diagnostics_);
    std::vector<Definition::AgeWeight> rows;
    if (!from || !to || !weight) return rows;
    double sum = 0;
    file_.for_each_row(diagnostics_, [&](DelimitedFile::Row const& row) {
      Definition::AgeWeight const read{{age(row, *from, 0), age(row, *to, distant_future.minutes)},
                                       number(row, *weight, "a weight", 1e12)};
      if (read.age.from >= read.age.to) {
        diagnostics_.error(row.place(*to), "the ages end before they begin", {}, "let age_to come after age_from");
      } else if (!rows.empty() && read.age.from < rows.back().age.to) {
        diagnostics_.error(row.place(*from), "these ages overlap with those of the line before", {},
                           "let each line begin where the one before it ends, or later");
      }
      sum += read.weight;
      rows.push_back(read);
    });
    if (!(sum > 0)) diagnostics_.error(file_.header_place(), "the weights are all 0", {}, "give people to some ages");
    for (auto& row : rows) row.weight /= sum > 0 ? sum : 1;
    return rows;
  }

 private:
  std::int64_t age(DelimitedFile::Row const& row, std::size_t column, std::int64_t otherwise) {
    if (row[column].empty()) return otherwise;
    return duration_of_years(number(row, column, "an age", most_years_in_standard)).minutes;
  }
  double number(DelimitedFile::Row const& row, std::size_t column, std::string_view what, double most) {
    auto const read = parse_number(row[column], file_.separator());
    if (read && *read >= 0 && *read <= most) return *read;
    diagnostics_.error(row.place(column), fmt::format("`{}` is not {}", row[column], what), {},
                       "write a number of 0 or more");
    return 0;
  }

  DelimitedFile const& file_;
  Diagnostics& diagnostics_;
};

void read_standard(Value const& value, Definition& definition, std::vector<std::string>& inputs,
                   Diagnostics& diagnostics) {
  if (!as_text(value, "standardise", diagnostics)) return;
  std::string const path = path_beside(value);
  auto const file = DelimitedFile::open(path, Request{value.place}, diagnostics);
  if (!file) return;
  inputs.push_back(path);
  definition.standard = StandardReader{*file, diagnostics}.read();
}

void read_words(MapReader& reader, Definition& definition, Diagnostics& diagnostics) {
  auto const* better = reader.optional("better");
  auto const* label = reader.optional("label");
  auto const* source = reader.optional("source");
  if (better != nullptr) {
    if (auto const choice = as_choice(*better, {"less", "more"}, "better", diagnostics))
      definition.better = *choice == 0 ? "less" : "more";
  }
  if (label != nullptr)
    definition.label = read_labels(*label, fmt::format("label of `{}`", definition.name), diagnostics);
  if (source != nullptr) definition.source = as_text(*source, "source", diagnostics).value_or("");
}

}  // namespace

void read_whom(MapReader& reader, WholeOf whole, Definition& definition, Model const& model,
               std::vector<std::string>& inputs, Diagnostics& diagnostics) {
  auto const* states = reader.optional("states");
  auto const* of = whole == WholeOf::asked ? reader.optional("of") : nullptr;
  auto const* age = reader.optional("age");
  auto const* traits = reader.optional("traits");
  auto const* flags = reader.optional("flags");
  auto const* standard = reader.optional("standardise");
  if (states != nullptr) definition.who.states = read_states_of(*states, "states", model, diagnostics);
  if (of != nullptr) definition.of = read_states_of(*of, "of", model, diagnostics);
  if (age != nullptr) definition.who.age = read_age_span(*age, diagnostics);
  if (traits != nullptr) definition.who.traits = read_levels_of_traits(*traits, model, diagnostics);
  if (flags != nullptr) definition.flags = read_levels_of_traits(*flags, model, diagnostics);
  if (standard != nullptr) read_standard(*standard, definition, inputs, diagnostics);
  if (whole == WholeOf::its_own) return;
  for (std::size_t s = 0; s < definition.who.states.size() && !definition.of.empty(); ++s) {
    if (!definition.who.states[s] || definition.of[s]) continue;
    diagnostics.error(of != nullptr ? of->place : reader.map().place,
                      fmt::format("{} counts people of `{}`, who are not among those it is of", reader.what(),
                                  model.states[StateId{s}].name),
                      "a share is of people who are counted among the whole", "add the state to `of`");
  }
}

void read_definitions(Value const& value, Model& model, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    diagnostics.error(value.place, "`definitions` is not a map", "definitions are names with who is counted",
                      "definitions: {neet: {states: [unemployed, aap], age: {from: 15, to: 30}, at: \"11-16\"}}");
    return;
  }
  for (Member const& member : value.members) {
    if (!as_code(member, "definition", diagnostics) ||
        !check_name(member.key, "definition", member.key_place, diagnostics))
      continue;
    if (model.state(member.key)) {
      diagnostics.error(member.key_place, fmt::format("`{}` is a state already", member.key),
                        "a definition stands wherever a state may, so it needs a name of its own",
                        "give it another name");
      continue;
    }
    Definition definition;
    definition.name = member.key;
    definition.place = member.key_place;
    MapReader reader{member.value, fmt::format("definition `{}`", member.key), diagnostics};
    if (!member.value.is_map()) continue;
    read_whom(reader, WholeOf::asked, definition, model, model.inputs, diagnostics);
    read_words(reader, definition, diagnostics);
    if (auto const* longer = reader.optional("longer_than"))
      definition.longer_than = as_duration(*longer, "longer_than", diagnostics).value_or(Duration{0});
    if (auto const* at = reader.optional("at")) definition.at = as_month_day(*at, "at", diagnostics);
    reader.finish();
    model.definitions.push_back(std::move(definition));
  }
}

}  // namespace utvei
