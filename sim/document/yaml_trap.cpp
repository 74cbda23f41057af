// SPDX-License-Identifier: Apache-2.0
// Plain scalars that a reader of YAML 1.1 (yaml.org/type: bool, float, int, null, timestamp) or of the core schema of
// YAML 1.2 (section 10.3.2) takes for something else than text.
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>

namespace utvei {
namespace {

constexpr std::string_view decimal = "0123456789";

template <std::size_t size>
bool is_one_of(std::string_view text, std::array<std::string_view, size> const& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// Takes the characters of a class from the front; their number.
std::size_t take(std::string_view& text, std::string_view characters) {
  auto const count = std::min(text.find_first_not_of(characters), text.size());
  text.remove_prefix(count);
  return count;
}

bool take_one(std::string_view& text, std::string_view characters) {
  if (text.empty() || characters.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

bool is_null(std::string_view text) {
  return is_one_of(text, std::array<std::string_view, 5>{"", "~", "null", "Null", "NULL"});
}

bool is_bool(std::string_view text) {
  static constexpr std::array<std::string_view, 22> words{"y",  "Y",  "yes",  "Yes",  "YES",  "n",     "N",     "no",
                                                          "No", "NO", "true", "True", "TRUE", "false", "False", "FALSE",
                                                          "on", "On", "ON",   "off",  "Off",  "OFF"};
  return is_one_of(text, words);
}

/// 0x1f, 0b01, 0o17 and 0301.
bool is_based_integer(std::string_view text) {
  if (!take_one(text, "0") || text.empty()) return false;
  auto const* digits = "01234567_";
  if (take_one(text, "xX")) {
    digits = "0123456789abcdefABCDEF_";
  } else if (take_one(text, "bB")) {
    digits = "01_";
  } else {
    take_one(text, "oO");
  }
  return take(text, digits) > 0 && text.empty();
}

/// 12:30 and 12:30:15.5 are numbers to the base of sixty in YAML 1.1.
bool is_sexagesimal(std::string_view text) {
  if (take(text, "0123456789_") == 0) return false;
  auto parts = 0;
  while (take_one(text, ":")) {
    auto const digits = take(text, decimal);
    if (digits == 0 || digits > 2) return false;
    ++parts;
  }
  if (take_one(text, ".")) take(text, "0123456789_");
  return parts > 0 && text.empty();
}

bool is_decimal(std::string_view text) {
  if (text.empty() || text.front() == '_') return false;
  auto const whole = take(text, "0123456789_");
  auto const has_point = take_one(text, ".");
  auto const fraction = has_point ? take(text, "0123456789_") : 0;
  if (whole + fraction == 0) return false;
  if (take_one(text, "eE")) {
    take_one(text, "+-");
    if (take(text, decimal) == 0) return false;
  }
  return text.empty();
}

bool is_number(std::string_view text) {
  if (is_one_of(text, std::array<std::string_view, 3>{".nan", ".NaN", ".NAN"})) return true;
  take_one(text, "+-");
  if (is_one_of(text, std::array<std::string_view, 3>{".inf", ".Inf", ".INF"})) return true;
  return is_decimal(text) || is_based_integer(text) || is_sexagesimal(text);
}

bool take_digits(std::string_view& text, std::size_t least, std::size_t most) {
  auto const count = take(text, decimal);
  return count >= least && count <= most;
}

/// 2025-01-01, 2025-1-1T12:00:00Z.
bool is_date(std::string_view text) {
  auto const size = text.size();
  if (!take_digits(text, 4, 4) || !take_one(text, "-") || !take_digits(text, 1, 2) || !take_one(text, "-") ||
      !take_digits(text, 1, 2))
    return false;
  if (text.empty()) return size == 10;
  if (!take_one(text, "tT") && take(text, " \t") == 0) return false;
  if (!take_digits(text, 1, 2) || !take_one(text, ":") || !take_digits(text, 2, 2) || !take_one(text, ":") ||
      !take_digits(text, 2, 2))
    return false;
  if (take_one(text, ".")) take(text, decimal);
  take(text, " \t");
  if (text.empty() || text == "Z") return true;
  return take_one(text, "+-") && take_digits(text, 1, 2) && (text.empty() || text.front() == ':');
}

}  // namespace

std::string_view yaml_trap(std::string_view plain_scalar) {
  if (is_null(plain_scalar)) return "null";
  if (is_bool(plain_scalar)) return "bool";
  if (is_date(plain_scalar)) return "date";
  if (is_number(plain_scalar)) return "number";
  return "";
}

}  // namespace utvei
