// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace utvei {

/// The calendar years of a run. Only those that lie wholly within it have a yearly income.
class IncomeCalendar {
 public:
  IncomeCalendar(Instant start, Instant end);

  [[nodiscard]] std::size_t years() const { return bounds_.size() - 1; }
  [[nodiscard]] int year(std::size_t y) const { return first_year_ + static_cast<int>(y); }
  /// The part of year `y` that lies within the run, half-open.
  [[nodiscard]] Instant from(std::size_t y) const { return bounds_[y]; }
  [[nodiscard]] Instant to(std::size_t y) const { return bounds_[y + 1]; }
  /// The end of the calendar year, within the run or not.
  [[nodiscard]] Instant new_year_after(std::size_t y) const { return new_years_[y]; }
  [[nodiscard]] std::int64_t minutes(std::size_t y) const { return (to(y) - from(y)).minutes; }
  /// Whole years follow each other: `whole` of them from `first_whole` on.
  [[nodiscard]] std::size_t first_whole() const { return first_whole_; }
  [[nodiscard]] std::size_t whole() const { return whole_; }
  [[nodiscard]] bool is_whole(std::size_t y) const { return y >= first_whole_ && y < first_whole_ + whole_; }
  /// The end of a whole year, counted from the first of them.
  [[nodiscard]] Instant end_of_whole(std::size_t w) const { return to(first_whole_ + w); }
  /// The year that holds the moment right before `time`; of the start of the run the first.
  [[nodiscard]] std::size_t year_before(Instant time) const;
  [[nodiscard]] std::vector<std::string> labels() const;
  [[nodiscard]] std::vector<std::string> whole_labels() const;

 private:
  int first_year_;
  std::vector<Instant> bounds_, new_years_;
  std::size_t first_whole_{0}, whole_{0};
};

}  // namespace utvei
