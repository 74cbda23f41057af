// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/value.hpp>
#include <utvei/tables/public_table.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace utvei {

/// A word of a mapping file, and where it stands there.
struct MappedWord {
  std::string text;
  Place place;
};

enum class OtherValues { refused, dropped };
/// Cells of a sheet that are empty because the one above says it.
enum class BlankLabels { refused, as_above };

/// What becomes of one dimension of the table.
struct ColumnMapping {
  std::string column;                                     ///< as the table calls it
  Place place;                                            ///< in the mapping
  std::optional<MappedWord> as;                           ///< none: the dimension disappears, what is kept is added up
  std::map<std::string, MappedWord, std::less<>> values;  ///< the table's words to the model's
  std::vector<MappedWord> keep, drop, total;
  OtherValues others{OtherValues::refused};
  BlankLabels blanks{BlankLabels::refused};
  std::optional<Place> blanks_place;  ///< where that stands
  std::optional<MappedWord> level;    ///< of regions
};

/// Columns of a sheet that are one dimension: years side by side.
struct WideMapping {
  ColumnMapping mapping;
  std::vector<MappedWord> columns;  ///< empty: all that stand nowhere else
};

/// What happened to small counts before they were published.
struct SmallCounts {
  enum class Rule { none, zero_or_three, hidden_below, rounded };

  Rule rule{Rule::none};
  int number{0};  ///< below which counts are hidden, or to which they are rounded
  int least{0};   ///< of a hidden count
  Place place;
};

/// Old codes of regions to today's.
struct Recoding {
  MappedWord file, from, to;
};

enum class TableKind { by_content, json_stat, csv };

struct Mapping {
  Place place;
  MappedWord file;                  ///< resolved
  std::optional<MappedWord> model;  ///< resolved; for who has none
  /// Where the table comes from, for who has not saved it yet.
  struct Published {
    std::string name, address, save_as;
  };
  std::optional<Published> published{};
  TableKind kind{TableKind::by_content};
  std::optional<MappedWord> dataset;  ///< of several in one JSON-stat file
  std::size_t skip_lines{0};
  std::optional<std::string> until;
  char decimal{0};    ///< 0: a point; in files with semicolons also a comma
  char thousands{0};  ///< beside blanks
  std::optional<MappedWord> value;
  std::vector<ColumnMapping> columns;
  std::optional<WideMapping> wide;
  std::map<std::string, Sign, std::less<>> signs;  ///< what stands for a number; Sign::none for 0
  SmallCounts small;
  std::optional<Recoding> recode;
  std::vector<MappedWord> only_csv, only_json;  ///< keys that only one kind of file has a use for

  /// nullptr if the mapping has no such column.
  [[nodiscard]] ColumnMapping const* find(std::string_view column) const;
};

/// Reads the keys of a mapping: `utvei` must be there if it is a file of its own.
enum class MappingForm { file, within };
Mapping read_mapping(Value const& value, MappingForm form, Diagnostics& diagnostics);

}  // namespace utvei
