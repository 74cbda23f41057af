// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "id_index.hpp"
#include "region_codes.hpp"
#include "reject_log.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/register/life_courses.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace utvei {

/// Columns of a data file that hold what is known of a person.
struct PersonColumns {
  std::size_t id{0};
  std::optional<std::size_t> birth, region;
  std::vector<std::size_t> traits;  ///< in the order of PersonsSpec::traits
};
/// nullopt if a column is missing; diagnosed where the study names it.
std::optional<PersonColumns> find_person_columns(DelimitedFile const& file, PersonsSpec const& spec,
                                                 Diagnostics& diagnostics);

/// The level of a trait that stands in a row; unknown_level if it is empty or the row is rejected.
std::uint16_t read_level(DelimitedFile::Row const& row, std::size_t column, Trait const& trait, RejectLog& log);

struct TimeForm;

/// The people of a study while its files are read; a person's row is found by the id in the file.
class PersonTable {
 public:
  PersonTable(Study const& study, RegionCodes const& codes);

  [[nodiscard]] std::optional<PersonRow> find(std::string_view id) const { return index_.find(id, persons_.id); }
  /// Adds the people of a table that was made of later rows. Gives their rows here; nullopt, and nothing is added, if
  /// the tables do not agree on somebody, or if somebody is in both where `each_once`.
  std::optional<std::vector<PersonRow>> take_over(PersonTable const& later, bool each_once);
  /// Adds the person of a row, or checks that the row says the same of a person that is there already; nullopt if the
  /// row is rejected.
  std::optional<PersonRow> add_or_compare(DelimitedFile::Row const& row, PersonColumns const& columns,
                                          TimeForm const& time, RejectLog& log);
  [[nodiscard]] PersonTable without_people() const { return {*study_, *codes_}; }
  /// Remembers that the row of a person was rejected, so that the person's other rows are not taken for strangers'.
  void leave_out(std::string_view id) { left_out_.emplace(id); }
  [[nodiscard]] bool is_left_out(std::string_view id) const { return left_out_.contains(std::string{id}); }
  [[nodiscard]] RegisterPersons const& persons() const { return persons_; }
  [[nodiscard]] RegisterPersons take() { return std::move(persons_); }

 private:
  struct Attributes {
    Instant birth;
    RegionId region;
    std::vector<std::uint16_t> levels;
  };
  Attributes read(DelimitedFile::Row const& row, PersonColumns const& columns, TimeForm const& time,
                  RejectLog& log) const;
  [[nodiscard]] Attributes attributes_of(PersonRow person) const;
  [[nodiscard]] bool same(PersonRow person, Attributes const& attributes) const;
  PersonRow append(std::string_view id, Attributes const& attributes);

  Study const* study_;
  RegionCodes const* codes_;
  RegisterPersons persons_;
  IdIndex index_;
  std::unordered_set<std::string> left_out_;
};

/// Looks people up for the rows of one stretch of a file. Rows of a person often follow each other, so the person who
/// was found last is looked at first.
class PersonFinder {
 public:
  explicit PersonFinder(PersonTable const& table) : table_{&table} {}
  std::optional<PersonRow> operator()(std::string_view id) {
    if (!last_ || table_->persons().id[*last_] != id) {
      last_ = table_->find(id);
    }
    return last_;
  }
  [[nodiscard]] PersonTable const& table() const { return *table_; }

 private:
  PersonTable const* table_;
  std::optional<PersonRow> last_;
};

/// Reads the persons file; of a person who stands in it twice the first row counts.
PersonTable read_persons_file(Study const& study, RegionCodes const& codes, RejectAccount const& account,
                              std::size_t threads, Diagnostics& diagnostics);

}  // namespace utvei
