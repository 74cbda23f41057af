// SPDX-License-Identifier: Apache-2.0
#include "sheet_number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace utvei {
namespace {

bool is_numeral(char c) {
  return c >= '0' && c <= '9';
}

/// With blanks of every width as a plain one.
std::string with_plain_blanks(std::string_view text) {
  static constexpr std::array<std::string_view, 3> blanks{"\u00a0", "\u202f", "\u2009"};
  std::string plain{text};
  for (auto const blank : blanks)
    for (auto at = plain.find(blank); at != std::string::npos; at = plain.find(blank, at))
      plain.replace(at, blank.size(), " ");
  return plain;
}

/// Takes the marks between thousands away; false if they do not stand between groups of three.
bool join_thousands(std::string& whole, char mark) {
  auto const first = whole.find(mark);
  if (first == std::string::npos) return true;
  if (first == 0 || first > 3) return false;
  for (auto at = first; at < whole.size(); at += 4)
    if (whole[at] != mark || whole.size() - at < 4) return false;
  std::erase(whole, mark);
  return true;
}

}  // namespace

std::optional<double> parse_sheet_number(std::string_view text, NumberForm const& form) {
  auto plain = with_plain_blanks(text);
  auto const takes_comma = form.decimal == ',' || (form.decimal == 0 && form.separator != ',' && form.thousands != ',');
  auto const takes_point = form.decimal != ',';
  auto const is_mark = [&](char c) {
    return (c == ',' && takes_comma) || (c == '.' && takes_point && form.thousands != '.');
  };
  auto const mark = std::ranges::find_if(plain, is_mark);
  std::string const fraction{mark == plain.end() ? mark : mark + 1, plain.end()};
  std::string whole{plain.begin(), mark};
  auto const is_negative = whole.starts_with('-');
  if (is_negative) whole.erase(0, 1);
  if (!join_thousands(whole, form.thousands != 0 && whole.find(' ') == std::string::npos ? form.thousands : ' '))
    return std::nullopt;
  auto const is_digits = [](std::string const& part) { return std::ranges::all_of(part, is_numeral); };
  if (whole.empty() || !is_digits(whole) || !is_digits(fraction) || (mark != plain.end() && fraction.empty()))
    return std::nullopt;
  auto const joined = whole + (fraction.empty() ? "" : "." + fraction);
  double number = 0;
  auto const [end, error] = std::from_chars(joined.data(), joined.data() + joined.size(), number);
  if (error != std::errc{} || end != joined.data() + joined.size() || !std::isfinite(number)) return std::nullopt;
  return is_negative ? -number : number;
}

}  // namespace utvei
