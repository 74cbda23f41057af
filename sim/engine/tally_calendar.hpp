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
  std::uint32_t year;       ///< index of the calendar year that begins at or before it
  std::uint32_t last_year;  ///< of the moment right before it: an event at midnight of New Year belongs to the old year
  std::int64_t into_year;   ///< minutes of that year inside the run that have gone
  std::uint32_t stocks;     ///< stock dates before it
};

/// The calendar years and the stock dates of a run.
class TallyCalendar {
 public:
  TallyCalendar(Instant start, Instant end, std::vector<MonthDay> const& stock_dates);

  [[nodiscard]] Moment locate(Instant time) const;
  [[nodiscard]] std::size_t years() const { return starts_.size(); }
  [[nodiscard]] std::int64_t minutes_of_year(std::size_t year) const;
  [[nodiscard]] std::vector<std::string> year_labels() const;

  /// A day on which heads are counted: year index, and which of the scenario's dates.
  struct StockDate {
    Instant time;
    std::uint32_t year;
    std::uint32_t date;
  };
  [[nodiscard]] std::vector<StockDate> const& stock_dates() const { return stocks_; }

 private:
  Instant end_;
  int first_year_;
  std::vector<std::int64_t> starts_;          ///< start of each year's part of the run
  std::vector<StockDate> stocks_;             ///< in the order of time
  std::vector<std::uint32_t> stocks_before_;  ///< by year: stock dates before its start
};

}  // namespace utvei
