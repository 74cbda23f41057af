// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

struct readstat_writer_s;
struct readstat_variable_s;

namespace utvei {

/// A Stata file in the making: variables first, then rows, each value in the order of the variables.
class StataWriter {
 public:
  explicit StataWriter(std::string const& label);

  enum class Kind : std::uint8_t { whole, number, text };
  /// `labels`: what 1, 2, … mean; empty: the values mean themselves. `width`: bytes of the longest text.
  void add_variable(std::string const& name, std::string const& label, Kind kind, std::string const& format = {},
                    std::vector<std::string> const& labels = {}, std::size_t width = 0);
  void add_note(std::string const& note);

  void begin_rows(std::size_t rows);
  void begin_row();
  void whole(std::int32_t value);
  void number(double value);
  void text(std::string const& value);
  void held_back();  ///< .h
  void end_row();
  /// The bytes of the file; nothing may follow.
  std::string finish();

 private:
  struct Free {
    void operator()(readstat_writer_s* writer) const;
  };
  [[nodiscard]] std::string unused_name(std::string_view name);
  [[nodiscard]] readstat_variable_s* next();
  void expect_ok(int error) const;

  std::unique_ptr<readstat_writer_s, Free> writer_;
  std::vector<readstat_variable_s*> variables_;
  std::set<std::string> names_;
  std::size_t at_{0};
  std::string bytes_;
};

}  // namespace utvei
