// SPDX-License-Identifier: Apache-2.0
#include "tally_calendar.hpp"

#include <algorithm>

namespace utvei {

TallyCalendar::TallyCalendar(Instant start, Instant end, std::vector<MonthDay> const& stock_dates)
    : end_{end}, first_year_{year_of(start)} {
  for (int year = first_year_; start_of_year(year) < end; ++year) {
    starts_.push_back(std::max(start, start_of_year(year)).minutes);
    for (std::uint32_t d = 0; d < stock_dates.size(); ++d) {
      auto const time = date(year, stock_dates[d].month, stock_dates[d].day);
      if (time && *time >= start && *time < end) {
        stocks_.push_back({*time, static_cast<std::uint32_t>(year - first_year_), d});
      }
    }
  }
  std::ranges::sort(stocks_, {}, &StockDate::time);
  for (std::int64_t const year_start : starts_) {
    stocks_before_.push_back(static_cast<std::uint32_t>(
        std::ranges::count_if(stocks_, [&](StockDate const& s) { return s.time.minutes < year_start; })));
  }
  starts_.push_back(distant_future.minutes);
  std::uint32_t year = 0;
  for (std::int64_t at = start.minutes; at <= end.minutes; at += std::int64_t{1} << stretch) {
    while (starts_[year + 1] <= at) {
      ++year;
    }
    year_of_stretch_.push_back(year);
  }
}

std::int64_t TallyCalendar::minutes_of_year(std::size_t year) const {
  return std::min(starts_[year + 1], end_.minutes) - starts_[year];
}

std::vector<std::string> TallyCalendar::year_labels() const {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < years(); ++i) {
    labels.push_back(std::to_string(first_year_ + static_cast<int>(i)));
  }
  return labels;
}

}  // namespace utvei
