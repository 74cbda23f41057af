// SPDX-License-Identifier: Apache-2.0
#include "income_run.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/income/simulate_income.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

double last_year_sum(Table const& table, std::string const& dimension, std::string const& label) {
  auto const year = table.axis("year");
  std::size_t const axis = dimension.empty() ? *year : *table.axis(dimension);
  double sum = 0;
  std::vector<std::size_t> stride(table.dimensions.size(), 1);
  for (std::size_t i = stride.size(); i-- > 1;) stride[i - 1] = stride[i] * table.dimensions[i].labels.size();
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const place = [&](std::size_t a) { return i / stride[a] % table.dimensions[a].labels.size(); };
    if (place(*year) + 1 != table.dimensions[*year].labels.size()) continue;
    if (!dimension.empty() && table.dimensions[axis].labels[place(axis)] != label) continue;
    sum += table.value(i);
  }
  return sum;
}

PaymentSums empty_sums(IncomeLayout const& layout, bool by_region) {
  PaymentSums sums;
  if (by_region) sums.regions = layout.regions;
  sums.years = layout.year_labels;
  sums.draws = layout.draws;
  sums.replicates = layout.replicates;
  sums.groups = layout.groups;
  return sums;
}

/// Thousands set apart.
std::string kroner(double amount) {
  std::string digits = fmt::format("{:.0f}", amount);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

}  // namespace

IncomeTables simulate_income(IncomeRules const& rules, Scenario const& scenario, Rates const& rates,
                             Population const& people, IncomeOptions const& options) {
  Diagnostics diagnostics;
  IncomePlan const plan{rules, scenario, people, diagnostics};
  throw_if_errors(diagnostics);
  IncomeLayout layout{plan, scenario, !people.region.empty()};
  layout.keeps_sums =
      strictest({rules.data_class, rates.data_class, people.data_class, scenario.demography.data_class}) != "register";
  IncomeTableMaker maker{layout};
  IncomeRun run{plan, scenario, people, layout, options};
  IncomeTables made;
  if (options.payments) made.payments = empty_sums(layout, options.payments->by_region);
  for (std::uint32_t draw = 0; draw < layout.draws; ++draw) {
    RunPlan const lives = compile(scenario, rates, people, draw, diagnostics);
    throw_if_errors(diagnostics);
    for (std::uint32_t replicate = 0; replicate < scenario.replicates; ++replicate) {
      run.run(lives, RandomKey{scenario.seed, draw, replicate});
      maker.append(run.tallies(), run.medians());
      run.append_payments_to(made.payments);
    }
  }
  maker.move_into(made.tables, made.group_tables);
  return made;
}

std::string describe_income(IncomeTables const& income, Population const& people) {
  auto const table = [&](std::string const& name) -> Table const& {
    return *std::ranges::find(income.tables, name, &Table::name);
  };
  Table const& state = table("income_state");
  Table const& median = table("median_income");
  std::size_t const runs = std::max<std::size_t>(1, median.size() / median.dimensions.back().labels.size());
  double const counted = std::max(1.0, last_year_sum(state, "", ""));
  double const known = last_year_sum(table("three_years_known"), "", "");
  double const persistent = last_year_sum(state, "income_state", "persistently_low");
  std::string text = fmt::format("  income {}: median {} kroner per consumption unit; {:.1f} % low in the year only",
                                 median.dimensions.back().labels.back(),
                                 kroner(last_year_sum(median, "", "") / static_cast<double>(runs)),
                                 100 * last_year_sum(state, "income_state", "low") / counted);
  if (known > 0)
    text += fmt::format(", {:.1f} % of those known for three years persistently low", 100 * persistent / known);
  text += '\n';
  bool const alone = std::ranges::none_of(people.household, [](std::uint32_t number) { return number > 0; });
  text += alone ? "  the people have no households: everybody lives alone\n"
                : "  households stay as they were at the start; who joins later lives alone\n";
  return text;
}

}  // namespace utvei
