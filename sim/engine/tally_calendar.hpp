// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

/// Where a moment lies in the calendar of a run.
struct Moment {
  Instant time;
  std::uint32_t year{0};  ///< index of the calendar year that begins at or before it
  std::uint32_t last_year{
      0};  ///< of the moment right before it: an event at midnight of New Year belongs to the old year
  std::int64_t into_year{0};  ///< minutes of that year inside the run that have gone
  std::uint32_t stocks{0};    ///< stock dates before it
};

/// The calendar years and the stock dates of a run.
class TallyCalendar {
 public:
  TallyCalendar(Instant start, Instant end, std::vector<MonthDay> const& stock_dates);

  [[nodiscard]] Moment locate(Instant time) const {
    // A stretch of 2^15 minutes holds at most one New Year, so one comparison puts the year right.
    std::uint32_t year = year_of_stretch_[static_cast<std::size_t>((time.minutes - starts_.front()) >> stretch)];
    year += starts_[year + 1] <= time.minutes ? 1U : 0U;
    std::uint32_t stocks = 0;
    if (!stocks_.empty()) {
      for (stocks = stocks_before_[year]; stocks < stocks_.size() && stocks_[stocks].time < time; ++stocks) {
      }
    }
    std::int64_t const into_year = time.minutes - starts_[year];
    return {time, year, year - (into_year == 0 && year > 0 ? 1U : 0U), into_year, stocks};
  }
  [[nodiscard]] std::size_t years() const { return starts_.size() - 1; }
  [[nodiscard]] std::int64_t minutes_of_year(std::size_t year) const;
  [[nodiscard]] std::vector<std::string> year_labels() const;

  /// A day on which heads are counted: year index, and which of the scenario's dates.
  struct StockDate {
    Instant time;
    std::uint32_t year{0};
    std::uint32_t date{0};
  };
  [[nodiscard]] std::vector<StockDate> const& stock_dates() const { return stocks_; }

 private:
  Instant end_;
  int first_year_;
  static constexpr int stretch = 15;
  std::vector<std::int64_t> starts_;            ///< start of each year's part of the run, then something never reached
  std::vector<std::uint32_t> year_of_stretch_;  ///< year at the start of each 2^15 minutes of the run
  std::vector<StockDate> stocks_;               ///< in the order of time
  std::vector<std::uint32_t> stocks_before_;    ///< by year: stock dates before its start
};

}  // namespace utvei
