// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Splits delimited text into rows of fields, without copying: a quoted field is what stands between its quotes.
class RowScanner {
 public:
  enum class Outcome {
    row,
    blank,        ///< a line of nothing
    end,          ///< of the text
    open_quote,   ///< a quote that is never closed; the row ends with the text
    after_quote,  ///< text between a closing quote and the separator; the row is passed over
  };

  RowScanner(std::string_view text, char separator, bool has_quotes)
      : text_{text}, separator_{separator}, has_quotes_{has_quotes} {}

  /// Reads the row at `at`, and moves it to the next one.
  Outcome next(std::size_t& at) { return outcome_ = scan(at); }
  [[nodiscard]] Outcome outcome() const { return outcome_; }  ///< of the last next()
  [[nodiscard]] std::vector<std::string_view>& fields() { return fields_; }
  [[nodiscard]] std::vector<std::string_view> const& fields() const { return fields_; }
  /// Positions of the fields that hold doubled quotes, which are still doubled.
  [[nodiscard]] std::vector<std::size_t> const& escaped() const { return escaped_; }
  [[nodiscard]] std::size_t trouble() const { return trouble_; }  ///< offset of what next() could not read
  [[nodiscard]] int lines() const { return lines_; }              ///< that the row took

 private:
  Outcome scan(std::size_t& at);
  void split_plain(std::string_view line);
  Outcome split_quoted(std::size_t& at);
  std::size_t take_quoted(std::size_t open);
  [[nodiscard]] std::size_t line_end(std::size_t from) const;

  std::string_view text_;
  char separator_;
  bool has_quotes_;
  std::vector<std::string_view> fields_;
  std::vector<std::size_t> escaped_;
  Outcome outcome_{Outcome::end};
  std::size_t trouble_{0};
  int lines_{1};
};

/// The separator that a header holds most of, outside quotes; semicolon and tab go before comma, which may stand in
/// names. Comma where it holds none.
char find_separator(std::string_view header);

/// `""` to `"`.
std::string unescape(std::string_view field);

}  // namespace utvei
