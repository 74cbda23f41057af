// SPDX-License-Identifier: Apache-2.0
#include "panel_looks.hpp"

#include "person_table.hpp"
#include "row_errors.hpp"
#include "study_parts.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

using Numbers = std::vector<double>;

/// The value of a trait in a row: number of the level, or the number itself.
double read_value(DelimitedFile::Row const& row, std::size_t column, Trait const& trait, char separator,
                  RowErrors& errors) {
  auto const text = row[column];
  if (text.empty()) {
    return not_known;
  }
  if (trait.numeric) {
    auto const number = parse_number(text, separator);
    if (!number) {
      errors.add(fmt::format("trait {} that is no number", trait.name), row.place(column),
                 fmt::format("`{}` is not a number", text), fmt::format("trait `{}` is a number", trait.name),
                 "write a number, or nothing if it is not known");
    }
    return number.value_or(not_known);
  }
  auto const found = std::ranges::find(trait.levels, text);
  if (found == trait.levels.end()) {
    errors.add(fmt::format("unknown level of trait {}", trait.name), row.place(column),
               fmt::format("trait `{}` has no level `{}`", trait.name, text), {}, did_you_mean(text, trait.levels));
    return not_known;
  }
  return static_cast<double>(found - trait.levels.begin());
}

Numbers read_values(DelimitedFile::Row const& row, PersonColumns const& columns, Study const& study, char separator,
                    RowErrors& errors) {
  Numbers values;
  for (std::size_t i = 0; i < columns.traits.size(); ++i) {
    Trait const& trait = study.model.traits[study.persons.traits[i].trait];
    values.push_back(read_value(row, columns.traits[i], trait, separator, errors));
  }
  return values;
}

bool names_nobody(DelimitedFile::Row const& row, std::size_t column, RowErrors& errors) {
  if (!row[column].empty()) {
    return false;
  }
  errors.add("no person", row.place(column), "the row names no person", {}, "fill in the column, or take the row away");
  return true;
}

/// Traits of the persons file, by id; nullopt if it cannot be read.
std::optional<std::unordered_map<std::string, Numbers>> read_people(Study const& study, Diagnostics& diagnostics) {
  auto const errors_before = diagnostics.error_count();
  auto const file = DelimitedFile::open(*study.persons.file, Request{study.persons.file_place}, diagnostics);
  auto const columns = file ? find_person_columns(*file, study.persons, diagnostics) : std::nullopt;
  if (!columns) {
    return std::nullopt;
  }
  std::unordered_map<std::string, Numbers> people;
  RowErrors errors{diagnostics};
  file->for_each_row(diagnostics, [&](DelimitedFile::Row const& row) {
    if (names_nobody(row, columns->id, errors)) {
      return;
    }
    auto values = read_values(row, *columns, study, file->separator(), errors);
    if (!people.emplace(std::string{row[columns->id]}, std::move(values)).second) {
      errors.add("person twice", row.place(columns->id), fmt::format("person `{}` stands here twice", row[columns->id]),
                 {}, "keep one row for each person");
    }
  });
  errors.report_rest(study.persons.file_place);
  return diagnostics.error_count() == errors_before ? std::optional{std::move(people)} : std::nullopt;
}

struct LookColumns {
  std::size_t time{0}, state{0};
  std::optional<std::size_t> observed;
  PersonColumns person;
};

std::optional<LookColumns> find_columns(DelimitedFile const& file, Study const& study, Diagnostics& diagnostics) {
  PanelSource const& source = *study.panel;
  auto const time = file.require_column(source.date.name, source.date.place, diagnostics);
  auto const state = file.require_column(source.state_column.name, source.state_column.place, diagnostics);
  std::optional<std::size_t> observed;
  if (source.observed) {
    observed = file.require_column(source.observed->name, source.observed->place, diagnostics);
  }
  PersonsSpec spec = study.persons.file ? PersonsSpec{} : study.persons;
  spec.id = source.id;
  auto const person = find_person_columns(file, spec, diagnostics);
  if (!time || !state || !person || (source.observed && !observed)) {
    return std::nullopt;
  }
  return LookColumns{*time, *state, observed, *person};
}

/// Turns rows into looks, one at a time.
class LookReader {
 public:
  LookReader(Study const& study, LookColumns columns, std::unordered_map<std::string, Numbers> people, PanelLooks& read,
             RowErrors& errors)
      : study_{study}, columns_{std::move(columns)}, people_{std::move(people)}, read_{read}, errors_{errors} {}

  void add(DelimitedFile::Row const& row) {
    ++read_.rows;
    auto const person = read_person(row);
    auto const values = read_traits(row);
    auto const state = read_state(row);
    auto const time = read_time(row);
    bool const exact = read_exact(row);
    if (!person || !values || !state || !time) {
      return;
    }
    read_.looks.push_back({*person, *time, *state, exact, read_.looks.size(), read_.rows, row.line()});
    for (std::size_t i = 0; i < values->size(); ++i) {
      read_.values[i].push_back((*values)[i]);
    }
  }

 private:
  std::optional<PersonRow> read_person(DelimitedFile::Row const& row) {
    if (names_nobody(row, columns_.person.id, errors_)) {
      return std::nullopt;
    }
    std::string id{row[columns_.person.id]};
    auto const [found, is_new] = rows_.try_emplace(id, read_.persons.size());
    if (is_new) {
      read_.persons.push_back(std::move(id));
    }
    return found->second;
  }

  std::optional<Numbers> read_traits(DelimitedFile::Row const& row) {
    if (!study_.persons.file) {
      return read_values(row, columns_.person, study_, separator(), errors_);
    }
    auto const id = row[columns_.person.id];
    auto const found = people_.find(std::string{id});
    if (found != people_.end()) {
      return found->second;
    }
    if (!id.empty()) {
      errors_.add("person who is not in the persons file", row.place(columns_.person.id),
                  fmt::format("no person `{}` in {}", id, *study_.persons.file), {},
                  "add the person there, or take the row away");
    }
    return std::nullopt;
  }

  std::optional<StateId> read_state(DelimitedFile::Row const& row) {
    auto const name = row[columns_.state];
    auto const state = study_.model.state(name);
    if (!state) {
      errors_.add("unknown state", row.place(columns_.state), fmt::format("the model has no state `{}`", name), {},
                  name.empty() ? "take the row away if nobody looked" : did_you_mean(name, study_.model.state_names()));
    }
    return state;
  }

  std::optional<double> read_time(DelimitedFile::Row const& row) {
    auto const time = parse_panel_time(row[columns_.time], study_.time, separator());
    if (!time) {
      errors_.add("moment that cannot be read", row.place(columns_.time),
                  fmt::format("`{}` is not a moment of time", row[columns_.time]),
                  study_.time.unit_minutes ? "the study counts time in numbers: it has `time:`" : "",
                  advice_for_moment(row[columns_.time], study_.time));
    }
    return time;
  }

  bool read_exact(DelimitedFile::Row const& row) {
    auto const text = columns_.observed ? row[*columns_.observed] : std::string_view{"snapshot"};
    if (text != "snapshot" && text != "exact") {
      errors_.add("unknown kind of observation", row.place(*columns_.observed),
                  fmt::format("`{}` is no kind of observation", text), {},
                  "write `snapshot` (the state at that moment) or `exact` (it was entered just then)");
    }
    return text == "exact";
  }

  [[nodiscard]] char separator() const { return read_.file->separator(); }

  Study const& study_;
  LookColumns columns_;
  std::unordered_map<std::string, Numbers> people_;
  std::unordered_map<std::string, PersonRow> rows_;
  PanelLooks& read_;
  RowErrors& errors_;
};

}  // namespace

PanelLooks read_panel_looks(Study const& study, Diagnostics& diagnostics) {
  PanelLooks read;
  std::unordered_map<std::string, Numbers> people;
  if (study.persons.file) {
    auto found = read_people(study, diagnostics);
    if (!found) {
      return read;  // every row would name an unknown person
    }
    people = std::move(*found);
  }
  read.file = DelimitedFile::open(study.panel->file, Request{study.panel->file_place}, diagnostics);
  auto const columns = read.file ? find_columns(*read.file, study, diagnostics) : std::nullopt;
  if (!columns) {
    return read;
  }
  read.time_column = columns->time;
  read.state_column = columns->state;
  read.values.resize(study.persons.traits.size());
  RowErrors errors{diagnostics};
  LookReader reader{study, *columns, std::move(people), read, errors};
  read.file->for_each_row(diagnostics, [&](DelimitedFile::Row const& row) { reader.add(row); });
  errors.report_rest(study.panel->file_place);
  return read;
}

}  // namespace utvei
