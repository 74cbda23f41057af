// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/core/time.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

Instant day(std::string_view text) {
  return parse_date(text).value();
}

TEST(Date, KnownAnswers) {
  EXPECT_EQ(date(1970, 1, 1)->minutes, 0);
  EXPECT_EQ(date(1970, 1, 2)->minutes, minutes_per_day);
  EXPECT_EQ(date(1969, 12, 31)->minutes, -minutes_per_day);
  // `date -u -d 2025-01-01 +%s` / 60, and so on.
  EXPECT_EQ(date(2025, 1, 1)->minutes, 1'735'689'600 / 60);
  EXPECT_EQ(date(2000, 3, 1)->minutes, 951'868'800 / 60);
  EXPECT_EQ(date(1900, 3, 1)->minutes, -2'203'891'200 / 60);
}

TEST(Date, ThatDoesNotExistIsNone) {
  EXPECT_FALSE(date(2025, 2, 29));
  EXPECT_FALSE(date(1900, 2, 29));
  EXPECT_FALSE(date(2025, 4, 31));
  EXPECT_FALSE(date(2025, 0, 1));
  EXPECT_FALSE(date(2025, 13, 1));
  EXPECT_FALSE(date(2025, 1, 0));
  EXPECT_FALSE(date(2025, 257, 257));
  EXPECT_FALSE(date(100'000, 1, 1));
}

TEST(Date, LeapYears) {
  EXPECT_TRUE(date(2024, 2, 29));
  EXPECT_TRUE(date(2000, 2, 29));
  EXPECT_EQ((start_of_year(2025) - start_of_year(2024)).minutes, 366 * minutes_per_day);
  EXPECT_EQ((start_of_year(1901) - start_of_year(1900)).minutes, 365 * minutes_per_day);
}

TEST(Year, HoldsItsFirstMinuteButNotItsEnd) {
  for (auto const year : {-400, 1, 1899, 1969, 1970, 1971, 2000, 2024, 2025, 9999}) {
    auto const start = start_of_year(year);
    EXPECT_EQ(year_of(start), year);
    EXPECT_EQ(year_of(start - Duration{1}), year - 1);
    EXPECT_EQ(year_of(start_of_year(year + 1) - Duration{1}), year);
  }
}

TEST(Year, OfAMomentBeyondTheCalendarIsABug) {
  EXPECT_THROW(year_of(distant_future), ContractViolation);
  EXPECT_THROW(start_of_year(1'000'000), ContractViolation);
}

TEST(Anniversary, KeepsMonthDayAndMinute) {
  EXPECT_EQ(anniversary(day("2025-01-01"), 50), day("2075-01-01"));
  EXPECT_EQ(anniversary(day("1975-07-15") + Duration{77}, -10), day("1965-07-15") + Duration{77});
  EXPECT_EQ(anniversary(day("2024-02-29"), 1), day("2025-02-28"));
  EXPECT_EQ(anniversary(day("2024-02-29"), 4), day("2028-02-29"));
}

TEST(ParseDate, TakesIsoDatesOnly) {
  EXPECT_EQ(parse_date("2025-01-01"), date(2025, 1, 1));
  EXPECT_EQ(parse_date(" 1944-05-17 "), date(1944, 5, 17));
  for (auto const* const text : {"", "2025", "2025-1-1", "2025-13-01", "2025-02-30", "01.02.2025", "2025-01-01T00:00",
                                 "2025/01/01", "20250101", "-025-01-01", "2025-01-0x"})
    EXPECT_FALSE(parse_date(text)) << text;
}

TEST(FormatInstant, ShowsTheTimeOfDayOnlyWhenThereIsOne) {
  EXPECT_EQ(format(day("2025-01-01")), "2025-01-01");
  EXPECT_EQ(format(day("2025-01-01") + Duration{61}), "2025-01-01 01:01");
  EXPECT_EQ(format(Instant{-1}), "1969-12-31 23:59");
  EXPECT_EQ(format(distant_past), "the distant past");
  EXPECT_EQ(format(distant_future), "the distant future");
}

TEST(ParseDuration, KnownAnswers) {
  EXPECT_EQ(parse_duration("52 weeks"), Duration{52 * 10'080});
  EXPECT_EQ(parse_duration("18 months"), Duration{18 * 43'830});
  EXPECT_EQ(parse_duration("14 days"), Duration{14 * 1'440});
  EXPECT_EQ(parse_duration("1.5 years"), Duration{788'940});
  EXPECT_EQ(parse_duration("1 year"), Duration{525'960});
  EXPECT_EQ(parse_duration("248 paid days"), Duration{248 * 2'016});
  EXPECT_EQ(parse_duration("0 days"), Duration{0});
  EXPECT_EQ(parse_duration(" 3days "), Duration{3 * 1'440});
  EXPECT_EQ(parse_duration("0.0001 days"), Duration{0});
}

TEST(ParseDuration, NeedsANumberAndAUnit) {
  for (auto const* const text : {"", "52", "weeks", "-1 days", "+1 days", "1 fortnight", "nan days", "inf years",
                                 "1 2 days", "1e3 days", "1,5 years", "1 Week", "99999999999999999 years"})
    EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(FormatDuration, TakesTheLargestWholeUnit) {
  EXPECT_EQ(format(Duration{52 * minutes_per_week}), "52 weeks");
  EXPECT_EQ(format(Duration{18 * minutes_per_month}), "18 months");
  EXPECT_EQ(format(Duration{12 * minutes_per_month}), "1 year");
  EXPECT_EQ(format(Duration{365 * minutes_per_day}), "365 days");
  EXPECT_EQ(format(Duration{1}), "1 minute");
  EXPECT_EQ(format(Duration{0}), "0 days");
  EXPECT_EQ(format(unbounded), "unbounded");
}

TEST(FormatDuration, IsReadBackAsTheSameLength) {
  for (std::int64_t minutes : {1, 59, 1'440, 10'080, 43'830, 87'660, 525'960, 1'577'880, 1'000'003})
    EXPECT_EQ(parse_duration(format(Duration{minutes})), Duration{minutes});
}

TEST(DurationOfYears, RoundsToTheMinute) {
  EXPECT_EQ(duration_of_years(16), Duration{16 * minutes_per_year});
  EXPECT_EQ(duration_of_years(0.5), Duration{262'980});
  EXPECT_EQ(duration_of_years(1.0 / 525'960 * 0.4), Duration{0});
  EXPECT_EQ(duration_of_years(1e300), unbounded);
}

TEST(CalendarPoint, IsAYearADecimalYearOrADate) {
  EXPECT_EQ(parse_calendar_point("2025"), start_of_year(2025));
  EXPECT_EQ(parse_calendar_point("2025-07-01"), day("2025-07-01"));
  // Half of 365 days and of 366 days.
  EXPECT_EQ(parse_calendar_point("2025.5"), day("2025-07-02") + Duration{720});
  EXPECT_EQ(parse_calendar_point("2024.5"), day("2024-07-02"));
  EXPECT_EQ(parse_calendar_point("2025.0"), start_of_year(2025));
  for (auto const* const text : {"", "25", "2025.", "2025.x", "20255", "2025-13-01", "year", "-2025", ".5"})
    EXPECT_FALSE(parse_calendar_point(text)) << text;
}

}  // namespace
}  // namespace utvei
