// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "income_calendar.hpp"

#include <utvei/income/rules.hpp>

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace utvei {

/// Kroner of a year that one unit of an amount is worth, by unit and year of the run.
struct MoneyByYear {
  std::vector<double> base_amount;  ///< G
  std::vector<double> wage_level;   ///< of a krone of the year that `kroner_of` names
  [[nodiscard]] double kroner(MoneyUnit unit, std::size_t year) const;
};

/// What an amount is for every kind of people and each year of a run, looked up in a dense table.
class YearlyAmounts {
 public:
  YearlyAmounts() = default;
  /// `inhabited`: by RegionId, where people may live. Diagnoses kinds of people for whom no row holds, or several of
  /// which none is the most special.
  YearlyAmounts(AmountRule const& rule, Model const& model, std::vector<bool> const& inhabited,
                IncomeCalendar const& calendar, MoneyByYear const& money, Diagnostics& diagnostics);

  /// In kroner of the year; a factor as it is. `age`: minutes, at the end of the year.
  [[nodiscard]] double at(std::size_t year, std::int64_t age, RegionId region,
                          std::span<std::uint16_t const> levels) const;

 private:
  [[nodiscard]] Cell cell_of(std::size_t kind, std::size_t age, std::size_t year, Model const& model,
                             IncomeCalendar const& calendar) const;
  void find_axes(AmountRule const& rule, Model const& model);

  bool by_region_{false};
  std::size_t regions_{1};
  std::vector<std::pair<TraitId, std::size_t>> traits_;  ///< with the number of levels
  std::vector<std::int64_t> age_cuts_;
  std::size_t years_{1};
  std::vector<double> values_;  ///< [region][levels][age][year]
};

/// Whether rows of the rule tell people apart by what only some populations have.
bool is_by_age(AmountRule const& rule);
bool is_by_region(AmountRule const& rule);
std::vector<TraitId> traits_of(AmountRule const& rule);

}  // namespace utvei
