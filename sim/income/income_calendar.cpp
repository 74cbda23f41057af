// SPDX-License-Identifier: Apache-2.0
#include "income_calendar.hpp"

#include <algorithm>

namespace utvei {

IncomeCalendar::IncomeCalendar(Instant start, Instant end) : first_year_{year_of(start)}, bounds_{start} {
  for (int year = first_year_ + 1; start_of_year(year) < end; ++year) bounds_.push_back(start_of_year(year));
  bounds_.push_back(end);
  for (std::size_t y = 0; y < years(); ++y) new_years_.push_back(start_of_year(year(y) + 1));
  first_whole_ = start == start_of_year(first_year_) ? 0 : 1;
  std::size_t const last = end == start_of_year(year(years())) ? years() : years() - 1;
  whole_ = last > first_whole_ ? last - first_whole_ : 0;
}

std::size_t IncomeCalendar::year_before(Instant time) const {
  auto const next = std::ranges::lower_bound(bounds_, time);
  auto const place = static_cast<std::size_t>(next - bounds_.begin());
  return place == 0 ? 0 : place - 1;
}

std::vector<std::string> IncomeCalendar::labels() const {
  std::vector<std::string> labels;
  for (std::size_t y = 0; y < years(); ++y) labels.push_back(std::to_string(year(y)));
  return labels;
}

std::vector<std::string> IncomeCalendar::whole_labels() const {
  auto const all = labels();
  auto const first = all.begin() + static_cast<std::ptrdiff_t>(std::min(first_whole_, all.size()));
  return {first, first + static_cast<std::ptrdiff_t>(whole_)};
}

}  // namespace utvei
