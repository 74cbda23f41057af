// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace utvei {
namespace {

/// A value without a source is what could not be read; that has been said.
bool is_unread(Value const& value) {
  return value.is_null() && !value.place.source;
}

std::string shown(Value const& value) {
  switch (value.kind) {
    case Value::Kind::null:
      return value.scalar.empty() ? "nothing" : fmt::format("`{}`", value.scalar);
    case Value::Kind::list:
      return "a list";
    case Value::Kind::map:
      return "a map";
    case Value::Kind::scalar:
      return value.quoted ? fmt::format("the text \"{}\"", value.scalar) : fmt::format("`{}`", value.scalar);
  }
  return {};
}

/// A key stands in backticks; what already names a thing in backticks stays as it is.
std::string in_backticks(std::string_view what) {
  return what.find('`') == std::string_view::npos ? fmt::format("`{}`", what) : std::string{what};
}

void refuse(Value const& value, std::string_view what, std::string_view expected, std::string suggestion,
            Diagnostics& diagnostics) {
  if (is_unread(value)) return;
  diagnostics.error(value.place, fmt::format("{} must be {}", in_backticks(what), expected),
                    fmt::format("this is {}", shown(value)), std::move(suggestion));
}

std::optional<double> parse_double(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  double number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

bool has_leading_zero(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
}

/// What YAML 1.1 makes of digits with a zero before them.
std::string octal_reading(std::string_view text) {
  std::int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 8);
  if (error != std::errc{} || end != text.data() + text.size() || !text.starts_with('0') || text.size() < 2) return {};
  return fmt::format("the number {}", number);
}

std::string reading_of(std::string_view trap, std::string_view text) {
  if (trap == "bool")
    return std::string_view{"yYtT"}.find(text.front()) != std::string_view::npos || text == "on" || text == "On" ||
                   text == "ON"
               ? "true"
               : "false";
  if (trap == "null") return "nothing";
  if (trap == "date") return "a date";
  auto const octal = octal_reading(text);
  return octal.empty() ? "a number" : octal;
}

void refuse_trap(Place const& place, std::string_view text, std::string_view trap, std::string_view what,
                 Diagnostics& diagnostics) {
  diagnostics.error(
      place, fmt::format("`{}` must be quoted here", text),
      fmt::format("{} is a name or code; without quotes YAML reads `{}` as {}", what, text, reading_of(trap, text)),
      fmt::format("write \"{}\"", text));
}

/// A share, or a ratio such as that of hazards: the two must not be taken for each other.
std::string help_with_per_cent(double per_cent) {
  return fmt::format("as a share, write {:g}; as a ratio, {:g} for that much more, {:g} for that much less",
                     per_cent / 100, 1 + per_cent / 100, 1 - per_cent / 100);
}

std::string advice_for_number(Value const& value) {
  auto const& text = value.scalar;
  if (!value.is_scalar()) return "write a number";
  if (value.quoted && parse_double(text)) return fmt::format("leave the quotes out: {}", text);
  if (has_leading_zero(text)) return "leave the zeros before it out: to some YAML readers it is to the base of eight";
  if (std::count(text.begin(), text.end(), ',') == 1) {
    auto with_point = text;
    with_point[text.find(',')] = '.';
    if (parse_double(with_point)) return fmt::format("write a decimal point: {}", with_point);
  }
  auto without = text;
  std::erase_if(without, [](char c) { return c == '_' || c == ' ' || c == ','; });
  if (without != text && parse_double(without)) return fmt::format("write {}", without);
  if (text.ends_with('%') && parse_double(text.substr(0, text.size() - 1)))
    return help_with_per_cent(*parse_double(text.substr(0, text.size() - 1)));
  return "write a number";
}

std::optional<double> read_number(Value const& value) {
  if (!value.is_scalar() || value.quoted || has_leading_zero(value.scalar)) return std::nullopt;
  return parse_double(value.scalar);
}

}  // namespace

std::optional<std::string> as_text(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  if (value.is_scalar()) return value.scalar;
  refuse(value, what, "text", "write text", diagnostics);
  return std::nullopt;
}

std::optional<std::string> as_code(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  if (value.is_list() || value.is_map() || (value.is_null() && value.scalar.empty())) {
    refuse(value, what, "a name or code", "write one name", diagnostics);
    return std::nullopt;
  }
  if (value.quoted) {
    if (!value.scalar.empty()) return value.scalar;
    refuse(value, what, "a name or code", "write one name", diagnostics);
    return std::nullopt;
  }
  auto const trap = yaml_trap(value.scalar);
  if (trap.empty()) return value.scalar;
  refuse_trap(value.place, value.scalar, trap, in_backticks(what), diagnostics);
  return std::nullopt;
}

std::optional<std::string> as_code(Member const& member, std::string_view what, Diagnostics& diagnostics) {
  Value key;
  key.kind = Value::Kind::scalar;
  key.scalar = member.key;
  key.quoted = member.key_quoted;
  key.place = member.key_place;
  return as_code(key, what, diagnostics);
}

std::vector<std::pair<std::string, Place>> as_codes(Value const& value, std::string_view what,
                                                    Diagnostics& diagnostics) {
  std::vector<std::pair<std::string, Place>> codes;
  auto const add = [&](Value const& item) {
    if (auto code = as_code(item, what, diagnostics)) codes.emplace_back(std::move(*code), item.place);
  };
  if (value.is_list()) {
    for (auto const& item : value.items) add(item);
  } else {
    add(value);
  }
  return codes;
}

std::optional<double> as_number(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  auto const number = read_number(value);
  if (!number) refuse(value, what, "a number", advice_for_number(value), diagnostics);
  return number;
}

std::optional<double> as_number_at_least(Value const& value, double least, std::string_view what,
                                         Diagnostics& diagnostics) {
  auto const number = as_number(value, what, diagnostics);
  if (!number || *number >= least) return number;
  refuse(value, what, fmt::format("{} or more", least), fmt::format("write {} or more", least), diagnostics);
  return std::nullopt;
}

std::optional<std::int64_t> as_integer(Value const& value, std::int64_t least, std::int64_t most, std::string_view what,
                                       Diagnostics& diagnostics) {
  auto const upper = most == std::numeric_limits<std::int64_t>::max();
  auto const expected = upper ? fmt::format("a whole number, {} or more", least)
                              : fmt::format("a whole number from {} to {}", least, most);
  auto const number = read_number(value);
  constexpr double exact = 9007199254740992.0;  // 2^53: above it a double skips whole numbers
  if (!number || *number != std::trunc(*number) || std::abs(*number) > exact) {
    auto advice = number ? std::string{"write a whole number"} : advice_for_number(value);
    refuse(value, what, expected, std::move(advice), diagnostics);
    return std::nullopt;
  }
  auto const integer = static_cast<std::int64_t>(*number);
  if (integer >= least && integer <= most) return integer;
  refuse(value, what, expected,
         integer < least ? fmt::format("write {} or more", least) : fmt::format("write {} or less", most), diagnostics);
  return std::nullopt;
}

std::optional<Duration> as_duration(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  if (value.is_scalar())
    if (auto const duration = parse_duration(value.scalar)) return duration;
  auto const bare = read_number(value);
  refuse(value, what, "a duration with its unit",
         bare && *bare >= 0 ? fmt::format("add the unit: `{0} days`, `{0} weeks`, `{0} months` or `{0} years`", *bare)
                            : "for instance `52 weeks`, `18 months`, `14 days`, `248 paid days`",
         diagnostics);
  return std::nullopt;
}

std::optional<Instant> as_date(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  if (value.is_scalar())
    if (auto const day = parse_date(value.scalar)) return day;
  refuse(value, what, "a date", "write year-month-day: 2025-01-31", diagnostics);
  return std::nullopt;
}

std::optional<Instant> as_calendar_point(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  if (value.is_scalar())
    if (auto const point = parse_calendar_point(value.scalar)) return point;
  refuse(value, what, "a year or a date", "write 2025, 2025.5 or 2025-01-31", diagnostics);
  return std::nullopt;
}

std::optional<bool> as_bool(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  if (value.is_scalar() && !value.quoted) {
    if (value.scalar == "true" || value.scalar == "True" || value.scalar == "TRUE") return true;
    if (value.scalar == "false" || value.scalar == "False" || value.scalar == "FALSE") return false;
  }
  refuse(value, what, "true or false", "write true or false, without quotes", diagnostics);
  return std::nullopt;
}

std::optional<std::size_t> as_choice(Value const& value, std::vector<std::string> const& known, std::string_view what,
                                     Diagnostics& diagnostics) {
  if (!value.is_scalar()) {
    refuse(value, what, "one word", did_you_mean("", known), diagnostics);
    return std::nullopt;
  }
  auto const found = std::find(known.begin(), known.end(), value.scalar);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  diagnostics.error(value.place, fmt::format("{} cannot be `{}`", in_backticks(what), value.scalar), "",
                    did_you_mean(value.scalar, known));
  return std::nullopt;
}

}  // namespace utvei
