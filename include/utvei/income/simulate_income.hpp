// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/income/payments.hpp>
#include <utvei/income/rules.hpp>
#include <utvei/population/population.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/plan.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace utvei {

/// Diagnoses what the rules need and the scenario or its people lack: base amounts of the years, whole calendar years,
/// ages, regions and traits that tables are by, kinds of people for whom a table has no line, or two.
void check_income(IncomeRules const& rules, Scenario const& scenario, Population const& people,
                  Diagnostics& diagnostics);

struct IncomeOptions {
  std::size_t threads{0};  ///< 0: all cores
  StopFlag const* stop{nullptr};
  PaymentRules const* payments{nullptr};  ///< where who pays what is to be counted
};

/// The tables of docs/formats/result.md, "Income".
struct IncomeTables {
  std::vector<Table> tables;
  std::vector<Table> group_tables;  ///< people are split by a hash of the key of the first of their household
  PaymentSums payments;             ///< where the options ask for them; groups are those of persons
};

/// Gives each person of a run a yearly income after tax, each household an income per consumption unit (EU scale), and
/// each person a place in the chain not_low, low, persistently_low; counts them, their transitions, and how many take
/// the pathways. The lives are those of simulate() with the same arguments: they are followed again, and nobody's are
/// kept. Memory: 4 bytes for each person and whole calendar year, 2 more where people move. The same tables for any
/// number of threads. The arguments have passed check_income. Throws Interrupted when `stop` is raised.
IncomeTables simulate_income(IncomeRules const& rules, Scenario const& scenario, Rates const& rates,
                             Population const& people, IncomeOptions const& options);

/// A few lines on the last year: median, shares in the chain, pathways; what was assumed of households and time.
std::string describe_income(IncomeTables const& income, Population const& people);

}  // namespace utvei
