// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/document/value.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace utvei {

/// `text` or the nearest of `known` by edit distance, if it is near enough to be meant; "" otherwise.
std::string nearest(std::string_view text, std::vector<std::string> const& known);
/// `did you mean \`x\`?`, or `known: a, b, c` when nothing is near.
std::string did_you_mean(std::string_view text, std::vector<std::string> const& known);

/// Reads the keys of one map: each key that is asked for is known, finish() reports the rest as unknown with
/// "did you mean". Nothing throws; what is wrong goes to the diagnostics and the caller gets nullopt / nullptr.
class MapReader {
 public:
  /// `what` names the thing in messages: "the scenario", "state `aap`". Diagnoses a value that is not a map.
  MapReader(Value const& map, std::string what, Diagnostics& diagnostics);

  /// nullptr if absent. A null value counts as absent.
  Value const* optional(std::string_view key);
  /// Diagnoses absence.
  Value const* required(std::string_view key);
  /// Whether the map has keys that nobody has asked for: one may be meant for what seems to be missing.
  [[nodiscard]] bool has_unknown() const;
  /// Reports the keys that nobody asked for.
  void finish();

  [[nodiscard]] Value const& map() const { return map_; }
  [[nodiscard]] std::string const& what() const { return what_; }

 private:
  Value const& map_;
  std::string what_;
  Diagnostics& diagnostics_;
  std::vector<std::string> asked_;
};

// Conversions. Each diagnoses what it cannot read at the value's place, says what was expected, and gives nullopt.
// `what` names the key in messages, e.g. "years".

/// Free text: any scalar.
std::optional<std::string> as_text(Value const& value, std::string_view what, Diagnostics& diagnostics);
/// A name or code used as a string: a plain scalar that YAML 1.1 or 1.2 reads as a number, bool, null or date is
/// refused with the advice to quote it (0301 would be 193, `no` false).
std::optional<std::string> as_code(Value const& value, std::string_view what, Diagnostics& diagnostics);
/// The same for a key that is a code, as in `region: {"0301": 3}`.
std::optional<std::string> as_code(Member const& member, std::string_view what, Diagnostics& diagnostics);
/// A list of codes; a single code counts as a list of one.
std::vector<std::pair<std::string, Place>> as_codes(Value const& value, std::string_view what,
                                                    Diagnostics& diagnostics);
std::optional<double> as_number(Value const& value, std::string_view what, Diagnostics& diagnostics);
std::optional<double> as_number_at_least(Value const& value, double least, std::string_view what,
                                         Diagnostics& diagnostics);
std::optional<std::int64_t> as_integer(Value const& value, std::int64_t least, std::int64_t most, std::string_view what,
                                       Diagnostics& diagnostics);
std::optional<Duration> as_duration(Value const& value, std::string_view what, Diagnostics& diagnostics);
std::optional<Instant> as_date(Value const& value, std::string_view what, Diagnostics& diagnostics);
/// A year, a decimal year or a date.
std::optional<Instant> as_calendar_point(Value const& value, std::string_view what, Diagnostics& diagnostics);
std::optional<bool> as_bool(Value const& value, std::string_view what, Diagnostics& diagnostics);
/// One of `known`, by position.
std::optional<std::size_t> as_choice(Value const& value, std::vector<std::string> const& known, std::string_view what,
                                     Diagnostics& diagnostics);

/// Checks `utvei: KIND/1` at the head of a file; says what the file is when it is another kind.
bool check_format(MapReader& reader, std::string_view kind, Diagnostics& diagnostics);

/// Whether a plain scalar means something else than its letters to a YAML reader: "number", "bool", "null", "date" or
/// "".
std::string_view yaml_trap(std::string_view plain_scalar);

}  // namespace utvei
