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
}

Moment TallyCalendar::locate(Instant time) const {
  // No year is longer than 527,040 minutes, so the guess is never too late; two steps put it right within centuries.
  std::int64_t const gone = time.minutes - starts_.front();
  auto year = static_cast<std::uint32_t>(gone / (366 * minutes_per_day));
  while (year + 1 < starts_.size() && starts_[year + 1] <= time.minutes) {
    ++year;
  }
  std::uint32_t stocks = stocks_before_[year];
  while (stocks < stocks_.size() && stocks_[stocks].time < time) {
    ++stocks;
  }
  std::int64_t const into_year = time.minutes - starts_[year];
  return {time, year, into_year == 0 && year > 0 ? year - 1 : year, into_year, stocks};
}

std::int64_t TallyCalendar::minutes_of_year(std::size_t year) const {
  return (year + 1 < starts_.size() ? starts_[year + 1] : end_.minutes) - starts_[year];
}

std::vector<std::string> TallyCalendar::year_labels() const {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < starts_.size(); ++i) {
    labels.push_back(std::to_string(first_year_ + static_cast<int>(i)));
  }
  return labels;
}

}  // namespace utvei
