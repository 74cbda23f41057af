// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace utvei {

// One clock: whole minutes on the Gregorian calendar. Ages, durations, rates and person-years use a year of 365.25
// days; dates and calendar years use the calendar.
inline constexpr std::int64_t minutes_per_day = 1'440;
inline constexpr std::int64_t minutes_per_week = 10'080;
inline constexpr std::int64_t minutes_per_month = 43'830;
inline constexpr std::int64_t minutes_per_year = 525'960;

/// A length of time in whole minutes.
struct Duration {
  std::int64_t minutes{0};
  friend constexpr auto operator<=>(Duration const&, Duration const&) = default;
  friend constexpr Duration operator+(Duration a, Duration b) { return {a.minutes + b.minutes}; }
  friend constexpr Duration operator-(Duration a, Duration b) { return {a.minutes - b.minutes}; }
};

/// A moment: minutes since 1970-01-01 00:00.
struct Instant {
  std::int64_t minutes{0};
  friend constexpr auto operator<=>(Instant const&, Instant const&) = default;
  friend constexpr Instant operator+(Instant a, Duration d) { return {a.minutes + d.minutes}; }
  friend constexpr Instant operator-(Instant a, Duration d) { return {a.minutes - d.minutes}; }
  friend constexpr Duration operator-(Instant a, Instant b) { return {a.minutes - b.minutes}; }
};

/// Before and after everything that a run can meet; far enough inside the type to add durations to.
inline constexpr Instant distant_past{-(std::int64_t{1} << 60)};
inline constexpr Instant distant_future{std::int64_t{1} << 60};
inline constexpr Duration unbounded{std::int64_t{1} << 60};

/// 00:00 of a Gregorian date; nullopt if there is no such date.
std::optional<Instant> date(int year, unsigned month, unsigned day);
Instant start_of_year(int year);
/// The calendar year that holds the instant.
int year_of(Instant instant);
/// The same month and day, `years` later (29 February becomes 28 February).
Instant anniversary(Instant instant, int years);
/// `2025-01-01`, with ` hh:mm` when it is not midnight.
std::string format(Instant instant);
/// The largest unit that gives a whole number: `52 weeks`, `18 months`, `1 minute`.
std::string format(Duration duration);

/// `2025-01-01`; nullopt if it is not an ISO date that exists.
std::optional<Instant> parse_date(std::string_view text);
/// `52 weeks`, `18 months`, `1.5 years`, `248 paid days` (a paid day is a fifth of a week), rounded to the minute;
/// nullopt without a number and a unit that is known. Negative durations are not.
std::optional<Duration> parse_duration(std::string_view text);
/// Minutes of one `unit` (minute(s), day(s), week(s), month(s), year(s), paid day(s)); nullopt if unknown.
std::optional<double> minutes_of_unit(std::string_view unit);
/// `years` of 365.25 days, rounded to the minute.
Duration duration_of_years(double years);
/// A year, a decimal year (2025.5: that part of the calendar year), or a date.
std::optional<Instant> parse_calendar_point(std::string_view text);

inline double in_years(Duration d) {
  return static_cast<double>(d.minutes) / static_cast<double>(minutes_per_year);
}

}  // namespace utvei
