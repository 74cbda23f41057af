// SPDX-License-Identifier: Apache-2.0
#include "yearly_amounts.hpp"

#include <utvei/model/boxes.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_told = 5;

/// Says for whom a table has no row, or two; the first few.
class Gaps {
 public:
  Gaps(AmountRule const& rule, Model const& model, Diagnostics& diagnostics)
      : rule_{rule}, model_{model}, diagnostics_{diagnostics} {}
  ~Gaps() {
    if (count_ > most_told)
      diagnostics_.error(rule_.place, fmt::format("{} more kinds of people without one line", count_ - most_told), "",
                         "a line with empty cells is for everybody whom no other line is for");
  }
  Gaps(Gaps const&) = delete;
  Gaps& operator=(Gaps const&) = delete;

  void add(Cell const& cell, Span age, std::vector<Rate const*> const& found) {
    if (++count_ > most_told) return;
    Box const whom{cell.region, cell.traits, age, everything, everything};
    std::string const year = fmt::format("in {}", year_of(Instant{*cell.calendar}));
    if (found.empty()) {
      diagnostics_.error(rule_.place, fmt::format("no line for {} {}", describe(whom, model_), year),
                         fmt::format("the table is {}", rule_.path),
                         "add a line for them; one with empty cells is for everybody else");
    } else {
      diagnostics_.error(found[1]->place, fmt::format("two lines for {} {}", describe(whom, model_), year),
                         fmt::format("the other is line {}, and neither is the more special", found[0]->place.line),
                         "let one of them be for fewer people, or add a line for those of both");
    }
  }

 private:
  AmountRule const& rule_;
  Model const& model_;
  Diagnostics& diagnostics_;
  std::size_t count_{0};
};

}  // namespace

double MoneyByYear::kroner(MoneyUnit unit, std::size_t year) const {
  if (unit == MoneyUnit::factor) return 1;
  return unit == MoneyUnit::base_amounts ? base_amount[year] : wage_level[year];
}

bool is_by_age(AmountRule const& rule) {
  return std::ranges::any_of(rule.rows, [](Rate const& row) { return row.box.age != everything; });
}

bool is_by_region(AmountRule const& rule) {
  return std::ranges::any_of(rule.rows, [](Rate const& row) { return row.box.region.has_value(); });
}

std::vector<TraitId> traits_of(AmountRule const& rule) {
  std::set<TraitId> traits;
  for (Rate const& row : rule.rows)
    for (std::size_t t = 0; t < row.box.traits.size(); ++t)
      if (row.box.traits[t]) traits.insert(TraitId{t});
  return {traits.begin(), traits.end()};
}

void YearlyAmounts::find_axes(AmountRule const& rule, Model const& model) {
  by_region_ = is_by_region(rule);
  regions_ = by_region_ ? model.regions.size() : 1;
  for (TraitId const trait : traits_of(rule)) traits_.emplace_back(trait, model.traits[trait].levels.size());
  std::set<std::int64_t> cuts;
  for (Rate const& row : rule.rows)
    for (std::int64_t const cut : {row.box.age.from, row.box.age.to})
      if (cut > 0 && cut < distant_future.minutes) cuts.insert(cut);
  age_cuts_.assign(cuts.begin(), cuts.end());
}

/// The kind counts levels of traits fastest, then regions.
Cell YearlyAmounts::cell_of(std::size_t kind, std::size_t age, std::size_t year, Model const& model,
                            IncomeCalendar const& calendar) const {
  Cell cell;
  cell.traits.resize(model.traits.size());
  for (std::size_t i = traits_.size(); i-- > 0;) {
    auto const& [trait, levels] = traits_[i];
    cell.traits[trait.value()] = static_cast<std::uint32_t>(kind % levels);
    kind /= levels;
  }
  if (by_region_) cell.region = RegionId{kind};
  cell.age = age == 0 ? 0 : age_cuts_[age - 1];
  // A row holds in a year if it holds in the middle of it.
  Instant const january = start_of_year(calendar.year(year));
  cell.calendar = january.minutes + (start_of_year(calendar.year(year) + 1) - january).minutes / 2;
  cell.time_in_state = 0;
  return cell;
}

YearlyAmounts::YearlyAmounts(AmountRule const& rule, Model const& model, std::vector<bool> const& inhabited,
                             IncomeCalendar const& calendar, MoneyByYear const& money, Diagnostics& diagnostics)
    : years_{calendar.years()} {
  find_axes(rule, model);
  std::size_t kinds = regions_;
  for (auto const& [trait, levels] : traits_) kinds *= levels;
  std::size_t const ages = age_cuts_.size() + 1;
  values_.assign(kinds * ages * years_, 0);
  Rates rates;
  rates.rates = rule.rows;
  Gaps gaps{rule, model, diagnostics};
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    if (by_region_ && !inhabited[kind / (kinds / regions_)]) continue;
    for (std::size_t age = 0; age < ages; ++age) {
      for (std::size_t year = 0; year < years_; ++year) {
        Cell const cell = cell_of(kind, age, year, model, calendar);
        auto const found = most_special_rates(model, rates, TransitionId{0}, cell);
        if (found.size() == 1) {
          values_[(kind * ages + age) * years_ + year] = found[0]->rate_per_year * money.kroner(rule.unit, year);
        } else {
          Span const band{*cell.age, age < age_cuts_.size() ? age_cuts_[age] : distant_future.minutes};
          gaps.add(cell, age_cuts_.empty() ? everything : band, found);
          break;  // and most likely so in the years after
        }
      }
    }
  }
}

double YearlyAmounts::at(std::size_t year, std::int64_t age, RegionId region,
                         std::span<std::uint16_t const> levels) const {
  std::size_t kind = by_region_ ? region.value() : 0;
  for (auto const& [trait, count] : traits_) kind = kind * count + levels[trait.value()];
  auto const band = static_cast<std::size_t>(std::ranges::upper_bound(age_cuts_, age) - age_cuts_.begin());
  return values_[(kind * (age_cuts_.size() + 1) + band) * years_ + year];
}

}  // namespace utvei
