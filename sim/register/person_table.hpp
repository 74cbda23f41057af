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

/// The people of a study while its files are read; a person's row is found by the id in the file.
class PersonTable {
 public:
  PersonTable(Study const& study, RegionCodes const& codes);

  [[nodiscard]] std::optional<PersonRow> find(std::string_view id) { return index_.find(id, persons_.id); }
  /// Adds the person of a row, or checks that the row says the same of a person that is there already; nullopt if the
  /// row is rejected.
  std::optional<PersonRow> add_or_compare(DelimitedFile::Row const& row, PersonColumns const& columns, char separator,
                                          RejectLog& log);
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
  Attributes read(DelimitedFile::Row const& row, PersonColumns const& columns, char separator, RejectLog& log) const;
  Instant read_birth(DelimitedFile::Row const& row, std::size_t column, char separator, RejectLog& log) const;
  [[nodiscard]] bool same(PersonRow person, Attributes const& attributes) const;
  PersonRow append(std::string_view id, Attributes const& attributes);

  Study const& study_;
  RegionCodes const& codes_;
  RegisterPersons persons_;
  IdIndex index_;
  std::unordered_set<std::string> left_out_;
};

/// Reads the persons file; of a person who stands in it twice the first row counts.
void read_persons_file(Study const& study, PersonTable& table, Account const& account, Diagnostics& diagnostics);

}  // namespace utvei
