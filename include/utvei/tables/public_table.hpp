// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What stands in a public table where no number does (SSB, Standardtegn i tabeller).
enum class Sign {
  none,          ///< a number stands there
  not_possible,  ///< `.`  the category was not in use: adds nothing to a sum
  missing,       ///< `..` no data
  not_yet,       ///< `...`
  hidden,        ///< `:`  confidential, and no rule says how large it may be
};
/// `.`, `..`, `...`, `:`; "" for none.
std::string_view text_of(Sign sign);

/// A number as far as it was published: it lies in [low, high], or a sign stands for it.
struct Published {
  double low{0};
  double high{0};  ///< equal to `low` where the number is known
  Sign sign{Sign::none};
  double estimate{0};  ///< for who needs one number: what was published, or the middle where it was hidden

  [[nodiscard]] bool is_missing() const { return sign != Sign::none; }
  [[nodiscard]] bool is_known() const { return !is_missing() && low == high; }
};
/// Of parts of a whole: bounds add up. What was not possible adds nothing; any other sign hides the sum.
Published sum_of(Published const& a, Published const& b);

/// Whole years of age, [from, to); no `to`: and older.
struct AgeSpan {
  int from{0};
  std::optional<int> to;
};
/// `16`, `16-19`, `67+`.
std::string text_of(AgeSpan const& span);

/// Calendar months, of one year or several.
struct Period {
  int year{0};
  int month{1};    ///< the first, from 1
  int months{12};  ///< how many
};

/// One dimension of a table, in the words of the model.
struct TableColumn {
  enum class Kind { region, age, period, other };

  std::string name;  ///< region, age, year, state, a trait, …
  Kind kind{Kind::other};
  std::vector<std::string> labels;  ///< in the order of the table
  std::vector<AgeSpan> ages;        ///< of each label; empty unless `kind` is age
  std::vector<Period> periods;      ///< of each label; empty unless `kind` is period
};

/// A public table: a row for each combination of labels that it has, with what was published there. Labels of a column
/// exclude each other: no label is the total of others.
struct PublicTable {
  std::string title;   ///< as the file has it; may be empty
  std::string source;  ///< path of the data file
  std::vector<TableColumn> columns;
  std::vector<std::uint32_t> labels;  ///< positions in TableColumn::labels; one for each column, row by row
  std::vector<Published> values;      ///< by row
  std::vector<Place> places;          ///< by row: of the first cell that went into it
  std::vector<std::string> inputs;    ///< every file that was read, for provenance

  [[nodiscard]] std::size_t rows() const { return values.size(); }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  [[nodiscard]] std::uint32_t position(std::size_t row, std::size_t column) const {
    return labels[row * columns.size() + column];
  }
  [[nodiscard]] std::string const& label(std::size_t row, std::size_t column) const {
    return columns[column].labels[position(row, column)];
  }
};

}  // namespace utvei
