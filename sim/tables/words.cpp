// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

#include <utvei/core/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace utvei {
namespace {

constexpr int oldest = 130;
constexpr int first_year = 1700;
constexpr int last_year = 2200;

bool is_number_sign(char c) {
  return c >= '0' && c <= '9';
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// In small letters, with one kind of dash and of blank.
std::string plain_words(std::string_view text) {
  std::string plain{text};
  for (auto const* const dash : {"\u2013", "\u2014", "\u2212"}) replace_all(plain, dash, "-");
  replace_all(plain, "\u00a0", " ");
  std::ranges::transform(plain, plain.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return plain;
}

/// Takes a word, and the blanks after it, from the front.
bool take_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text = trimmed(text.substr(word.size()));
  return true;
}

std::optional<int> take_whole(std::string_view& text) {
  int number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || text.starts_with('-')) return std::nullopt;
  text = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  return number;
}

void take_years(std::string_view& text) {
  for (auto const* const word : {"år", "years", "year"})
    if (take_word(text, word)) return;
}

bool is_and_older(std::string_view rest) {
  static constexpr std::array<std::string_view, 10> ways{"+",          "og over",  "og eldre",  "eller eldre",
                                                         "eller over", "and over", "and older", "or older",
                                                         "or over",    "el. eldre"};
  return std::ranges::find(ways, rest) != ways.end();
}

std::optional<AgeSpan> span_of(int from, int to) {
  if (from < 0 || from > oldest || to <= from || to > oldest + 1) return std::nullopt;
  return AgeSpan{from, to};
}

}  // namespace

std::optional<AgeSpan> parse_age(std::string_view text) {
  auto const plain = plain_words(trimmed(text));
  std::string_view rest = plain;
  if (rest.size() > 1 && rest[0] >= 'a' && rest[0] <= 'z' && is_number_sign(rest[1])) rest.remove_prefix(1);
  auto const is_under = take_word(rest, "under ");
  auto const from = take_whole(rest);
  if (!from || *from > oldest) return std::nullopt;
  take_years(rest);
  if (is_under) return rest.empty() ? span_of(0, *from) : std::nullopt;
  if (rest.empty()) return span_of(*from, *from + 1);
  if (is_and_older(rest)) return AgeSpan{*from, std::nullopt};
  if (!take_word(rest, "-")) return std::nullopt;
  auto const last = take_whole(rest);
  if (!last) return std::nullopt;
  take_years(rest);
  return rest.empty() ? span_of(*from, *last + 1) : std::nullopt;
}

std::optional<Period> parse_period(std::string_view text) {
  auto const plain = plain_words(trimmed(text));
  std::string_view rest = plain;
  auto const year = rest.size() >= 4 && is_number_sign(rest[0]) ? take_whole(rest) : std::nullopt;
  if (!year || *year < first_year || *year > last_year) return std::nullopt;
  if (rest.empty()) return Period{*year, 1, 12};
  auto const unit = rest.front();
  rest.remove_prefix(1);
  auto const number = take_whole(rest);
  if (!number || !rest.empty()) return std::nullopt;
  if ((unit == 'k' || unit == 'q') && *number >= 1 && *number <= 4) return Period{*year, 3 * *number - 2, 3};
  if (unit == 'm' && *number >= 1 && *number <= 12) return Period{*year, *number, 1};
  if (unit == '-' && *number > *year && *number <= last_year) return Period{*year, 1, 12 * (*number - *year + 1)};
  return std::nullopt;
}

std::string_view region_code_in(std::string_view text) {
  text = trimmed(text);
  if (text.size() > 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] == '-') text.remove_prefix(2);
  auto const digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0) return {};
  // City districts have a letter after their digits.
  auto const letter = digits < text.size() && text[digits] >= 'a' && text[digits] <= 'z' ? std::size_t{1} : 0;
  auto const after = text.substr(digits + letter);
  if (!after.empty() && !after.starts_with(' ')) return {};
  return text.substr(0, digits + letter);
}

bool looks_like_a_total(std::string_view code, std::string_view label) {
  static constexpr std::array<std::string_view, 11> codes{"0",   "00",  "000",   "0000", "999", "99",
                                                          "tot", "i99", "total", "a-g",  "alle"};
  static constexpr std::array<std::string_view, 12> beginnings{
      "i alt", "alle", "hele landet",  "total", "begge kjønn", "all ", "both sexes", "the whole country",
      "norge", "sum",  "heile landet", "landet"};
  auto const plain_code = plain_words(code);
  auto plain_label = plain_words(label);
  // 0 is an age, too: a name says more than a code.
  if (plain_label != plain_code && parse_age(label)) return false;
  if (std::ranges::find(codes, plain_code) != codes.end()) return true;
  // `0 Hele landet`, as sheets have it.
  auto const blank = plain_label.find(' ');
  if (blank != std::string::npos && std::ranges::all_of(plain_label.substr(0, blank), is_number_sign))
    plain_label.erase(0, blank + 1);
  return std::ranges::any_of(beginnings, [&](auto start) { return plain_label.starts_with(start); }) ||
         plain_label.ends_with(" i alt");
}

}  // namespace utvei
