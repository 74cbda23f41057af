// SPDX-License-Identifier: Apache-2.0
#include "person_table.hpp"

#include "read_stretches.hpp"
#include "row_values.hpp"
#include "study_parts.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {

std::optional<PersonColumns> find_person_columns(DelimitedFile const& file, PersonsSpec const& spec,
                                                 Diagnostics& diagnostics) {
  PersonColumns columns;
  bool complete = true;
  auto const find = [&](ColumnName const& name) {
    auto const column = file.require_column(name.name, name.place, diagnostics);
    complete = complete && column.has_value();
    return column.value_or(0);
  };
  columns.id = find(spec.id);
  if (spec.birth) {
    columns.birth = find(*spec.birth);
  }
  if (spec.region) {
    columns.region = find(*spec.region);
  }
  for (auto const& trait : spec.traits) {
    columns.traits.push_back(find(trait.column));
  }
  return complete ? std::optional{columns} : std::nullopt;
}

std::uint16_t read_level(DelimitedFile::Row const& row, std::size_t column, Trait const& trait, RejectLog& log) {
  if (row[column].empty() || trait.numeric) {
    return unknown_level;
  }
  auto const found = std::find(trait.levels.begin(), trait.levels.end(), row[column]);
  if (found == trait.levels.end()) {
    log.reject(fmt::format("unknown level of trait {}", trait.name), row, column,
               fmt::format("trait `{}` has no level `{}`", trait.name, row[column]), {},
               did_you_mean(row[column], trait.levels));
    return unknown_level;
  }
  return static_cast<std::uint16_t>(found - trait.levels.begin());
}

PersonTable::PersonTable(Study const& study, RegionCodes const& codes) : study_{&study}, codes_{&codes} {
  persons_.traits.resize(study.model.traits.size());
}

namespace {

/// Of the microdata platform, which gives away no day of birth: 199803 is taken for the middle of March 1998.
std::optional<Instant> parse_month_of_birth(std::string_view text) {
  constexpr std::size_t digits = 6;
  auto const number = text.size() == digits ? parse_integer(text) : std::nullopt;
  return number && *number > 0 ? date(static_cast<int>(*number / 100), static_cast<unsigned>(*number % 100), 15)
                               : std::nullopt;
}

Instant read_birth(DelimitedFile::Row const& row, std::size_t column, TimeForm const& time, RejectLog& log) {
  auto const month = time.scale.or_days ? parse_month_of_birth(row[column]) : std::nullopt;
  auto const birth = month ? month : parse_moment(row[column], time.scale, time.separator);
  if (row[column].empty()) {
    log.reject("no time of birth", row, column, "the time of birth is empty", "the study counts ages: it has `birth`",
               "fill it in, or take `birth` out of the study");
  } else if (!birth) {
    log.reject("birth that cannot be read", row, column, fmt::format("`{}` is not a time of birth", row[column]), {},
               fmt::format("write {}{}", describe_moment(time.scale),
                           time.scale.or_days ? ", or year and month like 199803" : ""));
  }
  return birth.value_or(Instant{});
}

}  // namespace

PersonTable::Attributes PersonTable::read(DelimitedFile::Row const& row, PersonColumns const& columns,
                                          TimeForm const& time, RejectLog& log) const {
  Attributes attributes;
  if (columns.birth) {
    attributes.birth = read_birth(row, *columns.birth, time, log);
  }
  if (columns.region) {
    attributes.region = codes_->read(row, *columns.region, study_->from, log);
  }
  for (std::size_t i = 0; i < columns.traits.size(); ++i) {
    attributes.levels.push_back(
        read_level(row, columns.traits[i], study_->model.traits[study_->persons.traits[i].trait], log));
  }
  return attributes;
}

PersonTable::Attributes PersonTable::attributes_of(PersonRow person) const {
  Attributes attributes;
  if (!persons_.birth.empty()) {
    attributes.birth = persons_.birth[person];
  }
  if (!persons_.region.empty()) {
    attributes.region = persons_.region[person];
  }
  for (auto const& trait : study_->persons.traits) {
    attributes.levels.push_back(persons_.traits[trait.trait.value()][person]);
  }
  return attributes;
}

bool PersonTable::same(PersonRow person, Attributes const& attributes) const {
  bool same = (persons_.birth.empty() || persons_.birth[person] == attributes.birth) &&
              (persons_.region.empty() || persons_.region[person] == attributes.region);
  for (std::size_t i = 0; i < attributes.levels.size(); ++i) {
    auto const trait = study_->persons.traits[i].trait.value();
    same = same && persons_.traits[trait][person] == attributes.levels[i];
  }
  return same;
}

PersonRow PersonTable::append(std::string_view id, Attributes const& attributes) {
  PersonRow const person = persons_.id.push_back(std::string{id});
  if (study_->persons.birth) {
    persons_.birth.push_back(attributes.birth);
  }
  if (study_->persons.region) {
    persons_.region.push_back(attributes.region);
  }
  for (std::size_t i = 0; i < attributes.levels.size(); ++i) {
    persons_.traits[study_->persons.traits[i].trait.value()].push_back(attributes.levels[i]);
  }
  index_.add_last(persons_.id);
  return person;
}

std::optional<std::vector<PersonRow>> PersonTable::take_over(PersonTable const& later, bool each_once) {
  std::vector<std::optional<PersonRow>> known;
  for (PersonRow const person : ids_of(later.persons_.id)) {
    known.push_back(find(later.persons_.id[person]));
    if (known.back() && (each_once || !same(*known.back(), later.attributes_of(person)))) {
      return std::nullopt;
    }
  }
  std::vector<PersonRow> rows;
  for (PersonRow const person : ids_of(later.persons_.id)) {
    auto const here = known[person.value()];
    rows.push_back(here ? *here : append(later.persons_.id[person], later.attributes_of(person)));
  }
  left_out_.insert(later.left_out_.begin(), later.left_out_.end());
  return rows;
}

std::optional<PersonRow> PersonTable::add_or_compare(DelimitedFile::Row const& row, PersonColumns const& columns,
                                                     TimeForm const& time, RejectLog& log) {
  Attributes const attributes = read(row, columns, time, log);
  if (log.rejected(row)) {
    return std::nullopt;
  }
  auto const known = find(row[columns.id]);
  if (!known) {
    return append(row[columns.id], attributes);
  }
  if (!same(*known, attributes)) {
    log.reject("person whose birth, region or traits change", row, columns.id,
               fmt::format("person `{}` has other values here than in an earlier row", row[columns.id]),
               "birth, region and traits of a spell file stay the same all through",
               "give all rows of a person the same values, or name the columns in a `persons` file");
    return std::nullopt;
  }
  return known;
}

namespace {

void read_person(DelimitedFile::Row const& row, PersonColumns const& columns, TimeForm const& time, PersonTable& table,
                 RejectLog& log) {
  auto const id = row[columns.id];
  if (id.empty()) {
    log.reject("no person", row, columns.id, "the row names no person", {}, "fill in the column, or take the row away");
  } else if (table.find(id)) {
    log.reject("person twice", row, columns.id, fmt::format("person `{}` stands here twice", id), {},
               "keep one row for each person");
  } else if (!table.add_or_compare(row, columns, time, log)) {
    table.leave_out(id);
  }
}

}  // namespace

PersonTable read_persons_file(Study const& study, RegionCodes const& codes, RejectAccount const& account,
                              std::size_t threads, Diagnostics& diagnostics) {
  auto const nobody = [&] { return PersonTable{study, codes}; };
  auto const file =
      open_data_file(*study.persons.file, study.persons.form, Request{study.persons.file_place, threads}, diagnostics);
  auto const columns = file ? find_person_columns(*file, study.persons, diagnostics) : std::nullopt;
  if (!columns) {
    return nobody();
  }
  TimeForm const time = time_form(study, study.persons.form, *file);
  auto const attempt = [&](std::size_t used) -> std::optional<PersonTable> {
    RejectLog log{*file, account.all != nullptr};
    auto parts = read_stretches(
        *file, used, log, [&](std::size_t) { return nobody(); },
        [&](DelimitedFile::Row const& row, PersonTable& table, RejectLog& own) {
          read_person(row, *columns, time, table, own);
        });
    PersonTable all = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
      if (!all.take_over(parts[i], true)) {
        return std::nullopt;
      }
    }
    log.close(study.rejects_at_most, account, diagnostics);
    return all;
  };
  // Which of two rows of a person counts is seen where the rows are read in their order.
  auto table = attempt(threads);
  return table ? std::move(*table) : *attempt(1);
}

}  // namespace utvei
