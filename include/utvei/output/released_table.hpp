// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/register/disclosure.hpp>
#include <utvei/results/result.hpp>
#include <utvei/results/result_gate.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Why a cell has a number, or none.
enum class CellStatus : std::uint8_t {
  known,
  held_back,   ///< it stays where the register is
  not_counted  ///< of a day outside the run
};

/// One axis of a table as others read it.
struct ReleasedDimension {
  enum class Role : std::uint8_t { time, place, other };
  std::string name;     ///< as in the result
  std::string heading;  ///< in words
  Role role{Role::other};
  std::vector<std::string> codes;   ///< as in the result
  std::vector<std::string> labels;  ///< in words; the code where nobody has given any

  /// Whether words say more than codes.
  [[nodiscard]] bool has_labels() const { return codes != labels; }
  /// Whether all codes are whole numbers that lose nothing when they are written as such: years, but not `0301`.
  [[nodiscard]] bool is_numeric() const;
};

/// A table as it may leave: what the gate keeps inside is not in it. All formats write this, and nothing else.
struct ReleasedTable {
  std::string name, quantity;
  std::string subject;     ///< whom or what it counts, in words
  std::string title;       ///< the same, with what it is by
  std::string definition;  ///< of the quantity, in English as in the result
  std::string units;       ///< as in the result
  std::string unit;        ///< in words
  bool is_count{false};    ///< whole numbers
  std::vector<ReleasedDimension> dimensions;
  std::vector<double> values;      ///< row-major; 0 where the status is not `known`
  std::vector<CellStatus> status;  ///< by cell
  std::size_t held_back{0};

  /// Where a cell lies along a dimension.
  [[nodiscard]] std::size_t position(std::size_t cell, std::size_t dimension) const;
  /// Cells that have a line in tables of lines: all but those that are not counted.
  [[nodiscard]] std::size_t lines() const;
};

/// Digits that give the number back: `1234`, `0.25`. Empty where there is no number.
std::string digits_of(ReleasedTable const& table, std::size_t cell);

/// The tables of a result as they may leave for an audience, in a language.
class Release {
 public:
  Release(RunResult const& result, Audience audience, std::string language);

  [[nodiscard]] ReleasedTable table(Table const& table) const;
  [[nodiscard]] ReleasedDimension dimension(Dimension const& dimension) const;
  /// `names` selects tables or quantities; empty: all.
  [[nodiscard]] std::vector<Table const*> tables(std::vector<std::string> const& names) const;
  [[nodiscard]] RunResult const& result() const { return result_; }
  [[nodiscard]] std::string const& language() const { return language_; }

 private:
  [[nodiscard]] std::string label_of_code(std::string const& dimension, std::string const& code) const;

  RunResult const& result_;
  std::string language_;
  std::optional<ResultGate> gate_;  ///< none where all may be seen
};

/// What to know of a result before its numbers are used: what it is, from which data, how sure, how to make it again.
struct AboutLine {
  std::string key;   ///< scenario, data_class, held_back, …
  std::string name;  ///< the key in words
  std::string text;
};
/// `held_back`: cells of the tables that are written.
std::vector<AboutLine> about(Release const& release, std::size_t held_back);

}  // namespace utvei
