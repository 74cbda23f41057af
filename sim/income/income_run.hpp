// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "household_index.hpp"
#include "income_plan.hpp"
#include "income_tallies.hpp"
#include "low_income.hpp"
#include "payment_tallies.hpp"

#include <utvei/core/random.hpp>
#include <utvei/engine/lives.hpp>
#include <utvei/income/simulate_income.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// The incomes of everybody in one draw and replicate after another, and what is counted of them.
class IncomeRun {
 public:
  IncomeRun(IncomePlan const& plan, Scenario const& scenario, Population const& people, IncomeLayout const& layout,
            IncomeOptions const& options);
  /// People are followed, households get their income, medians are found, the chain is counted, and then pathways.
  void run(RunPlan const& lives, RandomKey const& key);
  /// Of the last run.
  [[nodiscard]] IncomeTallies const& tallies() const { return parts_.front(); }
  [[nodiscard]] std::vector<double> const& medians() const { return medians_; }
  /// Who paid what; nothing where the options name no rules of it.
  void append_payments_to(PaymentSums& sums) const;

 private:
  void follow_people(RunPlan const& lives, RandomKey const& key);
  void share_in_households();
  void share_in(std::size_t household);
  [[nodiscard]] LowIncomeLines find_medians() const;
  void count_chain(LowIncomeLines const& lines);
  void count_household(std::size_t household, LowIncomeLines const& lines, IncomeTallies& tallies) const;
  void count_person(std::uint32_t row, LowIncomeLines const& lines, std::span<HouseholdType const> types,
                    std::size_t group, IncomeTallies& tallies) const;
  void count_pathways(RunPlan const& lives, RandomKey const& key, LowIncomeLines const& lines);
  void count_pathway(IncomePathway const& pathway, std::size_t first_step, LifePath const& life,
                     std::span<IncomeState const> chain, IncomeTallies& tallies) const;
  [[nodiscard]] std::span<std::int32_t> incomes_of(std::size_t row) {
    return std::span{incomes_}.subspan(row * years_, years_);
  }
  [[nodiscard]] std::span<std::int32_t const> incomes_of(std::size_t row) const {
    return std::span{incomes_}.subspan(row * years_, years_);
  }
  [[nodiscard]] HouseholdComposition composition(std::size_t household, std::size_t year) const;
  [[nodiscard]] std::size_t place_of(std::uint32_t row, std::size_t year) const;
  [[nodiscard]] HouseholdType type_at_start(std::size_t household) const;

  IncomePlan const& plan_;
  Scenario const& scenario_;
  Population const& people_;
  IncomeLayout const& layout_;
  IncomeOptions options_;
  HouseholdIndex households_;
  std::size_t years_;                       ///< whole ones
  std::vector<std::int32_t> incomes_;       ///< [person][whole year]: own, then of the household per consumption unit
  std::vector<std::uint16_t> regions_;      ///< the same: RegionId at the end of the year; empty if nobody moves
  std::vector<HouseholdType> start_types_;  ///< by row; only where there are pathways
  std::vector<double> medians_;
  std::vector<IncomeTallies> parts_;      ///< by thread; the first takes the others' in the end
  std::vector<PaymentTallies> payments_;  ///< likewise; empty where nobody asked
};

}  // namespace utvei
