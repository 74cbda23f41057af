// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/core/text.hpp>
#include <utvei/core/time.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

/// What the calendar of the standard library can hold.
constexpr int first_year = -32'000;
constexpr int last_year = 32'000;

struct DayAndMinute {
  sys_days day;
  std::int64_t minute{0};
};

DayAndMinute split(Instant instant) {
  auto day = instant.minutes / minutes_per_day;
  auto minute = instant.minutes % minutes_per_day;
  if (minute < 0) {
    minute += minutes_per_day;
    --day;
  }
  return {sys_days{days{day}}, minute};
}

Instant at_midnight(year_month_day ymd) {
  return {std::int64_t{sys_days{ymd}.time_since_epoch().count()} * minutes_per_day};
}

bool in_calendar(Instant instant) {
  constexpr std::int64_t most = std::int64_t{last_year - 1970} * minutes_per_year;
  return instant.minutes >= -most && instant.minutes <= most;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// A number without sign or exponent at the start of `text`, which is cut off from it.
std::optional<double> take_number(std::string_view& text) {
  if (text.empty() || (!is_digit(text.front()) && text.front() != '.')) return std::nullopt;
  double number = 0;
  auto const* end = text.data() + text.size();
  auto const result = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (result.ec != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(result.ptr - text.data()));
  return number;
}

template <class T>
T to_integer(std::string_view digits) {
  T value{};
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

struct Unit {
  std::string_view singular;
  std::string_view plural;
  std::int64_t minutes;
};
constexpr std::array units{Unit{"minute", "minutes", 1},
                           Unit{"day", "days", minutes_per_day},
                           Unit{"week", "weeks", minutes_per_week},
                           Unit{"month", "months", minutes_per_month},
                           Unit{"year", "years", minutes_per_year},
                           Unit{"paid day", "paid days", minutes_per_week / 5}};

std::optional<Duration> rounded(double minutes) {
  if (!(minutes >= 0) || minutes > static_cast<double>(unbounded.minutes)) return std::nullopt;
  return Duration{std::llround(minutes)};
}

}  // namespace

std::optional<Instant> date(int year, unsigned month, unsigned day) {
  if (year < first_year || year > last_year) return std::nullopt;
  // Larger numbers would wrap around in the calendar's own types.
  if (month > 12 || day > 31) return std::nullopt;
  year_month_day const ymd{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  if (!ymd.ok()) return std::nullopt;
  return at_midnight(ymd);
}

Instant start_of_year(int year) {
  auto const instant = date(year, 1, 1);
  UTVEI_EXPECT(instant.has_value());
  return *instant;
}

int year_of(Instant instant) {
  UTVEI_EXPECT(in_calendar(instant));
  return static_cast<int>(year_month_day{split(instant).day}.year());
}

Instant anniversary(Instant instant, int years) {
  UTVEI_EXPECT(in_calendar(instant));
  auto const [day, minute] = split(instant);
  year_month_day const ymd{day};
  auto const year = static_cast<int>(ymd.year()) + years;
  UTVEI_EXPECT(year >= first_year && year <= last_year);
  auto later = std::chrono::year{year} / ymd.month() / ymd.day();
  if (!later.ok()) later = std::chrono::year{year} / ymd.month() / 28;
  return at_midnight(later) + Duration{minute};
}

std::string format(Instant instant) {
  if (!in_calendar(instant)) return instant.minutes < 0 ? "the distant past" : "the distant future";
  auto const [day, minute] = split(instant);
  year_month_day const ymd{day};
  auto text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                          static_cast<unsigned>(ymd.day()));
  if (minute != 0) text += fmt::format(" {:02}:{:02}", minute / 60, minute % 60);
  return text;
}

std::string format(Duration duration) {
  if (duration >= unbounded) return "unbounded";
  if (duration.minutes == 0) return "0 days";
  for (auto const index : {4U, 3U, 2U, 1U, 0U}) {
    auto const& unit = units[index];
    if (duration.minutes % unit.minutes != 0) continue;
    auto const count = duration.minutes / unit.minutes;
    return fmt::format("{} {}", count, count == 1 ? unit.singular : unit.plural);
  }
  return {};
}

std::optional<Instant> parse_date(std::string_view text) {
  text = trimmed(text);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto const year = text.substr(0, 4);
  auto const month = text.substr(5, 2);
  auto const day = text.substr(8, 2);
  if (!all_digits(year) || !all_digits(month) || !all_digits(day)) return std::nullopt;
  return date(to_integer<int>(year), to_integer<unsigned>(month), to_integer<unsigned>(day));
}

std::optional<Duration> parse_duration(std::string_view text) {
  text = trimmed(text);
  auto const number = take_number(text);
  if (!number) return std::nullopt;
  auto const minutes = minutes_of_unit(text);
  if (!minutes) return std::nullopt;
  return rounded(*number * *minutes);
}

std::optional<double> minutes_of_unit(std::string_view unit) {
  unit = trimmed(unit);
  for (auto const& known : units)
    if (unit == known.singular || unit == known.plural) return static_cast<double>(known.minutes);
  return std::nullopt;
}

Duration duration_of_years(double years) {
  UTVEI_EXPECT(!std::isnan(years));
  auto const minutes = years * static_cast<double>(minutes_per_year);
  auto const most = static_cast<double>(unbounded.minutes);
  return {std::llround(std::clamp(minutes, -most, most))};
}

std::optional<Instant> parse_calendar_point(std::string_view text) {
  text = trimmed(text);
  if (auto const day = parse_date(text)) return day;
  // Four digits, so that a year of two digits is a mistake and not the reign of Augustus.
  if (text.size() < 4 || !all_digits(text.substr(0, 4))) return std::nullopt;
  auto const year = to_integer<int>(text.substr(0, 4));
  auto const rest = text.substr(4);
  auto const first = start_of_year(year);
  if (rest.empty()) return first;
  if (rest.front() != '.' || !all_digits(rest.substr(1))) return std::nullopt;
  auto fraction_text = rest;
  auto const fraction = take_number(fraction_text);
  if (!fraction) return std::nullopt;
  auto const length = start_of_year(year + 1) - first;
  return first + Duration{std::llround(*fraction * static_cast<double>(length.minutes))};
}

}  // namespace utvei
