// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Turns offsets in a text into places. Columns and lengths count bytes, as core's rendering expects.
class PlaceFinder {
 public:
  explicit PlaceFinder(std::shared_ptr<SourceText const> source);
  [[nodiscard]] Place at(std::size_t offset, std::size_t length = 1) const;
  /// The line that holds the offset, without its line end.
  [[nodiscard]] std::string_view line_around(std::size_t offset) const;
  [[nodiscard]] std::string_view text() const { return source_->text; }
  [[nodiscard]] std::shared_ptr<SourceText const> const& source() const { return source_; }

 private:
  [[nodiscard]] std::size_t line_index(std::size_t offset) const;

  std::shared_ptr<SourceText const> source_;
  std::vector<std::size_t> line_starts_;
};

/// A source as a whole.
Place whole_of(std::shared_ptr<SourceText const> source);

bool is_utf8(std::string_view text);
/// UTF-8 of Latin-1, or of what Windows writes in its place: Windows-1252 has dashes and quotes where Latin-1 has
/// controls that no text holds (WHATWG Encoding Standard).
std::string from_latin1(std::string_view text);
/// The source itself if it is UTF-8, else its text taken for Latin-1.
std::shared_ptr<SourceText const> as_utf8(std::shared_ptr<SourceText const> source);

/// What makes a text unfit for reading: its offset and what to say; `problem` is empty if all is well.
struct Unreadable {
  std::size_t offset{0};
  std::string problem;
  std::string suggestion;
};
/// Zero bytes and other control characters than tab, line feed and carriage return.
Unreadable find_binary(std::string_view text);

}  // namespace utvei
