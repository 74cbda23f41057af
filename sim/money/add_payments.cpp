// SPDX-License-Identifier: Apache-2.0
#include "measure_costs.hpp"
#include "payment_book.hpp"

#include <utvei/money/payments.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace utvei {
namespace {

std::vector<std::string> numbers_up_to(std::size_t count) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < count; ++i) labels.push_back(std::to_string(i));
  return labels;
}

/// From so many kinds of payment to more, of which the new ones are nothing yet.
void widen(std::vector<std::int64_t>& payments, std::size_t cells, std::size_t from, std::size_t to) {
  std::vector<std::int64_t> wide(cells * to, 0);
  for (std::size_t c = 0; c < cells; ++c)
    std::copy_n(payments.begin() + static_cast<std::ptrdiff_t>(c * from), from,
                wide.begin() + static_cast<std::ptrdiff_t>(c * to));
  payments = std::move(wide);
}

class MoneyTables {
 public:
  explicit MoneyTables(PaymentSums const& sums) : sums_{sums} {}

  [[nodiscard]] Table table(std::string const& name, std::string const& long_name, bool by_group, Dimension last,
                            std::vector<std::int64_t> values) const {
    Table table{name, name, long_name, "kroner", {{"draw", numbers_up_to(sums_.draws)}}, std::move(values)};
    if (sums_.replicates > 1) table.dimensions.push_back({"replicate", numbers_up_to(sums_.replicates)});
    if (by_group) table.dimensions.push_back({"group", numbers_up_to(sums_.groups)});
    if (!sums_.regions.empty()) table.dimensions.push_back({"region", sums_.regions});
    table.dimensions.push_back({"year", sums_.years});
    table.dimensions.push_back(std::move(last));
    return table;
  }

  [[nodiscard]] std::vector<std::int64_t> over_groups(std::vector<std::int64_t> const& values) const {
    std::size_t const runs = sums_.draws * sums_.replicates;
    std::size_t const size = values.size() / (runs * sums_.groups);
    std::vector<std::int64_t> all(runs * size, 0);
    for (std::size_t i = 0; i < values.size(); ++i) all[i / (sums_.groups * size) * size + i % size] += values[i];
    return all;
  }

 private:
  PaymentSums const& sums_;
};

/// Of the measures that begin in the run, and those that do not say when they do.
std::map<std::string, int> first_years_of(Scenario const& scenario) {
  std::map<std::string, int> first;
  for (Measure const& measure : scenario.measures) {
    Instant const begins = std::max(scenario.start, Instant{measure.runs.from});
    bool const is_there = begins < scenario.end && measure.runs.to > begins.minutes;
    if (is_there && !measure.need) first[measure.name] = year_of(begins);
  }
  return first;
}

void add_unpriced(Scenario const& scenario, RunResult& result) {
  for (Measure const& measure : scenario.measures)
    for (UnpricedEffect const& effect : measure.unpriced) {
      auto const label = [&](char const* language) { return label_in(effect.label, language, effect.who); };
      result.unpriced.push_back(
          {measure.name, label("nb"), label("nn"), label("en"), effect.who, effect.size, effect.is_better});
    }
}

}  // namespace

void add_payments(PaymentPlan const& plan, PaymentSums sums, MoneyRules const& rules, IncomeRules const& income,
                  Scenario const& scenario, Population const& people, RunResult& result) {
  std::size_t const kinds = plan.infos.size();
  std::size_t const cells =
      sums.draws * sums.replicates * std::max<std::size_t>(1, sums.regions.size()) * sums.years.size();
  widen(sums.payments, cells, plan.people.payments, kinds);
  for (auto* values : {&sums.payments, &sums.balance})
    for (std::int64_t& value : *values) value *= scenario.weight;
  Levels const levels{rules, income, scenario};
  MeasureCosts costs{scenario, levels, people, result, sums};
  for (std::size_t m = 0; m < scenario.measures.size(); ++m)
    for (MeasureCost const& cost : scenario.measures[m].costs) {
      PaymentBook book{plan.infos};
      costs.add(m, cost, book.of_measure(scenario.measures[m], cost), kinds);
    }
  MoneyTables const tables{sums};
  Dimension payments{"payment", {}};
  for (PaymentInfo const& info : plan.infos) payments.labels.push_back(info.name);
  Dimension const account{"account", {account_names.begin(), account_names.end()}};
  bool const is_register = result.provenance.data_class == "register";
  if (!is_register)
    result.tables.push_back(tables.table("payments", "what was paid, in real kroner", false, std::move(payments),
                                         std::move(sums.payments)));
  auto const add = [&](std::string const& name, std::string const& long_name, std::vector<std::int64_t> values) {
    result.tables.push_back(tables.table(name, long_name, false, account, tables.over_groups(values)));
    result.group_tables.push_back(tables.table(name, long_name, true, account, std::move(values)));
  };
  add("balance", "received less paid, in real kroner", std::move(sums.balance));
  add("passing_balance", "of the balance, what does not come again after the run", std::move(sums.passing));
  if (!is_register) result.payments = plan.infos;
  result.ledgers = rules.ledgers;
  result.ledgers->first_years = first_years_of(scenario);
  add_unpriced(scenario, result);
}

}  // namespace utvei
