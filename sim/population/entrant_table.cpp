// SPDX-License-Identifier: Apache-2.0
#include "entrant_table.hpp"

#include "attributes.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

using Row = DelimitedFile::Row;

constexpr std::size_t most_errors_of_entrants = 50;
constexpr double most_of_a_line = 1e9;

class EntrantTable {
 public:
  EntrantTable(Entrants const& table, DelimitedFile const& file, Model const& model, Population const& people,
               Diagnostics& diagnostics)
      : table_{table}, file_{file}, model_{model}, people_{people}, diagnostics_{diagnostics} {}

  std::vector<EntrantLine> read() {
    std::size_t const before = diagnostics_.error_count();
    find_columns();
    if (diagnostics_.error_count() > before) return {};
    std::vector<EntrantLine> lines;
    file_.for_each_row(diagnostics_, [&](Row const& row) {
      if (diagnostics_.error_count() - before < most_errors_of_entrants) {
        if (auto line = read_line(row)) lines.push_back(std::move(*line));
      }
    });
    return lines;
  }

 private:
  void find_columns() {
    std::vector<std::string> known{"year", "state", "age", "age_from", "age_to", "region", "count"};
    for (std::string const& trait : model_.trait_names()) known.push_back(trait);
    for (std::size_t i = 0; i < file_.columns().size(); ++i) {
      if (std::ranges::find(known, file_.columns()[i]) != known.end()) continue;
      diagnostics_.error(file_.header_place(i), fmt::format("unknown column `{}`", file_.columns()[i]), {},
                         did_you_mean(file_.columns()[i], known));
    }
    count_ = file_.require_column("count", Place{}, diagnostics_);
    state_ = file_.column("state");
    if (!state_ && !table_.state) lacks("state", "say it for all: {file: …, state: school}");
    find_ages();
    region_ = file_.column("region");
    if (!people_.region.empty() && !region_) lacks("region", "add the column `region`");
    if (people_.region.empty() && region_) is_new(*region_, "region");
    for (TraitId const id : ids_of(model_.traits)) {
      auto const column = file_.column(model_.traits[id].name);
      bool const others_have = has(people_.traits, id) || has(people_.numbers, id);
      if (others_have && !column)
        lacks(model_.traits[id].name, fmt::format("add the column `{}`", model_.traits[id].name));
      if (!others_have && column) is_new(*column, model_.traits[id].name);
      traits_.push_back(column);
    }
  }

  void find_ages() {
    age_ = file_.column("age");
    age_from_ = file_.column("age_from");
    age_to_ = file_.column("age_to");
    auto const say_twice = [&](std::string const& what) {
      diagnostics_.error(table_.place, fmt::format("the `{}` of people who come is said twice", what),
                         "by columns of the table, or beside it", "keep one of them");
    };
    if ((age_ && (age_from_ || age_to_)) || (table_.age && (age_ || age_from_ || age_to_))) say_twice("age");
    if (table_.state && state_) say_twice("state");
    bool const is_given = age_ || (age_from_ && age_to_) || table_.age;
    if (age_from_.has_value() != age_to_.has_value()) {
      diagnostics_.error(file_.header_place(age_from_ ? *age_from_ : *age_to_), "a band of ages with one end",
                         "bands are half-open, from and to", "add the other column");
    }
    if (!people_.birth.empty() && !is_given) lacks("age", "add `age`, or `age_from` and `age_to`, or say it for all");
    if (people_.birth.empty() && is_given) {
      diagnostics_.error(age_ ? file_.header_place(*age_) : table_.place, "people who come have an age",
                         "those of the start have none", "give `age` under `population:`, or take it away here");
    }
  }

  template <class T>
  static bool has(std::vector<T> const& columns, TraitId id) {
    return id.value() < columns.size() && !columns[id.value()].empty();
  }

  void lacks(std::string const& what, std::string const& advice) {
    diagnostics_.error(file_.header_place(), fmt::format("no column `{}`", what),
                       "people of the start have it, so who comes needs it too", advice);
  }

  void is_new(std::size_t column, std::string const& what) {
    diagnostics_.error(file_.header_place(column), fmt::format("people who come have a `{}`", what),
                       "those of the start have none", "give it under `population:` too, or remove the column");
  }

  std::optional<EntrantLine> read_line(Row const& row) {
    std::size_t const before = diagnostics_.error_count();
    EntrantLine line;
    read_year(row, line);
    read_count(row, line);
    line.state = take(state_, table_.state, row, [&](std::string_view text) {
                   return utvei::read_state(text, model_);
                 }).value_or(StateId{});
    read_ages(row, line);
    if (region_) {
      line.region =
          take(region_, nothing_, row, [&](std::string_view text) { return utvei::read_region(text, model_); });
    }
    line.levels.resize(model_.traits.size());
    line.numbers.resize(model_.traits.size());
    for (TraitId const id : ids_of(model_.traits)) read_trait(row, id, line);
    if (diagnostics_.error_count() > before) return std::nullopt;
    name(line);
    return line;
  }

  void read_year(Row const& row, EntrantLine& line) {
    auto const column = file_.column("year");
    if (!column || row[*column].empty()) return;
    auto const year = parse_integer(row[*column]);
    if (year && *year >= 1800 && *year <= 2300) {
      line.year = static_cast<int>(*year);
    } else {
      diagnostics_.error(row.place(*column), fmt::format("`{}` is not a year", row[*column]),
                         "an empty field is every year", "write a year such as 2026");
    }
  }

  void read_count(Row const& row, EntrantLine& line) {
    auto const count = parse_number(row[*count_], file_.separator());
    if (count && *count >= 0 && *count <= most_of_a_line) {
      line.count = *count;
    } else {
      diagnostics_.error(row.place(*count_), fmt::format("`{}` is not a number of people", row[*count_]),
                         "it is how many come in a year", "write a number, 0 or more");
    }
  }

  void read_ages(Row const& row, EntrantLine& line) {
    char const separator = file_.separator();
    auto const read = [separator](std::string_view text) { return read_age(text, separator); };
    if (age_from_ && age_to_) {
      auto const from = take(age_from_, nothing_, row, read);
      auto const to = take(age_to_, nothing_, row, read);
      if (from && to && *from >= *to) {
        diagnostics_.error(row.place(*age_to_), "an empty band of ages", "bands are half-open: the end is not in them",
                           "let the band end after it begins");
      } else if (from && to) {
        line.age = AgeBand{*from, *to};
      }
    } else if (age_ || table_.age) {
      auto const age = take(age_, table_.age, row, read);
      if (age) line.age = AgeBand{*age, *age};
    }
  }

  void read_trait(Row const& row, TraitId id, EntrantLine& line) {
    auto const column = traits_[id.value()];
    if (!column) return;
    Trait const& trait = model_.traits[id];
    if (trait.numeric) {
      auto const number = take(column, nothing_, row,
                               [&](std::string_view text) { return read_number(text, trait, file_.separator()); });
      line.numbers[id.value()] = number.value_or(0);
    } else {
      line.levels[id.value()] =
          take(column, nothing_, row, [&](std::string_view text) { return read_level(text, trait); }).value_or(0);
    }
  }

  /// The field of the line, or what was said for all.
  template <class Read>
  auto take(std::optional<std::size_t> column, std::optional<std::pair<std::string, Place>> const& of_all,
            Row const& row, Read const& read) -> decltype(read(std::string_view{}).value) {
    auto const reading = column ? read(row[*column]) : read(std::string_view{of_all->first});
    if (!reading.value) {
      diagnostics_.error(column ? row.place(*column) : of_all->second, reading.problem, {}, reading.suggestion);
    }
    return reading.value;
  }

  void name(EntrantLine& line) const {
    line.name = fmt::format("{}|{}", table_.kind == Entrants::Kind::entrants ? "entrants" : "arrivals",
                            model_.states[line.state].name);
    if (line.region) line.name += "|region=" + model_.regions[*line.region].code;
    if (line.age) line.name += fmt::format("|age={}-{}", line.age->from.minutes, line.age->to.minutes);
    for (TraitId const id : ids_of(model_.traits)) {
      if (!traits_[id.value()]) continue;
      Trait const& trait = model_.traits[id];
      line.name += fmt::format(
          "|{}={}", trait.name,
          trait.numeric ? fmt::format("{}", line.numbers[id.value()]) : trait.levels[line.levels[id.value()]]);
    }
  }

  Entrants const& table_;
  std::optional<std::pair<std::string, Place>> const nothing_{std::nullopt};  ///< is said for all
  DelimitedFile const& file_;
  Model const& model_;
  Population const& people_;
  Diagnostics& diagnostics_;
  std::optional<std::size_t> count_, state_, age_, age_from_, age_to_, region_;
  std::vector<std::optional<std::size_t>> traits_;  ///< by TraitId
};

}  // namespace

std::vector<EntrantLine> read_entrant_table(Entrants const& table, Model const& model, Population const& people,
                                            Diagnostics& diagnostics) {
  auto const file = DelimitedFile::open(table.file, Request{table.place}, diagnostics);
  if (!file) return {};
  return EntrantTable{table, *file, model, people, diagnostics}.read();
}

}  // namespace utvei
