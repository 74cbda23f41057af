// SPDX-License-Identifier: Apache-2.0
#include "money_tables.hpp"

#include "displaced_jobs.hpp"
#include "pair_tables.hpp"

#include <utvei/core/time.hpp>
#include <utvei/model/accounts.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double a_point = 0.01;

std::vector<std::string> kept(MoneyView view, std::vector<std::string> const& last) {
  std::vector<std::string> keep{"draw", "replicate"};
  if (view.by_group) keep.emplace_back("group");
  if (view.by_region) keep.emplace_back("region");
  keep.insert(keep.end(), last.begin(), last.end());
  return keep;
}

Table const* table_of(RunResult const& result, std::string const& name, MoneyView view) {
  Table const* const table = view.by_group ? result.group_table(name) : result.table(name);
  return table != nullptr && view.by_region && !table->axis("region") ? nullptr : table;
}

/// The dimensions of a table that are kept, in their order.
std::vector<Dimension> dimensions_like(Table const& table, std::vector<std::string> const& keep) {
  std::vector<Dimension> dimensions;
  for (std::string const& name : keep)
    if (auto const axis = table.axis(name)) dimensions.push_back(table.dimensions[*axis]);
  return dimensions;
}

/// Present values by ledger.
std::optional<Table> ledger_table(RunResult const& result, MoneyVariant const& variant, int present_year,
                                  MoneyView view, DisplacedLoss const& loss) {
  LedgerRules const& rules = variant.rules;
  auto const all = balances(result, "balance", view, rules.displacement, loss);
  auto const passing = balances(result, "passing_balance", view, 0, loss);
  if (!all || !passing) return std::nullopt;
  LedgerYears const years = ledger_years(result);
  std::vector<double> const weight = year_weights(rules, present_year, years);
  double const again = residual_weight(rules, present_year, years);
  std::vector<double> values(all->size() / (years.count * accounts) * ledger_names.size(), 0);
  for (std::size_t i = 0; i < all->size(); ++i) {
    std::size_t const account = i % accounts;
    std::size_t const year = i / accounts % years.count;
    double worth = weight[year] * (*all)[i];
    if (years.last_whole == year) worth += again * ((*all)[i] - (*passing)[i]);
    if (worth == 0) continue;
    double* const ledgers = values.data() + i / (accounts * years.count) * ledger_names.size();
    for (std::size_t l = 0; l < ledger_names.size(); ++l)
      ledgers[l] += ledger_share(l, account, rules.tax_cost) * worth;
  }
  Table made{variant.table,
             variant.table,
             "present value of what is received less what is paid",
             "kroner",
             dimensions_like(*table_of(result, "balance", view), kept(view, {})),
             std::move(values)};
  made.dimensions.push_back({"ledger", {ledger_names.begin(), ledger_names.end()}});
  return made;
}

/// Years in work are discounted as money is, and less by those that others lose.
std::optional<Table> work_table(RunResult const& result, int present_year, MoneyView view) {
  LedgerRules const& rules = *result.ledgers;
  auto const in_work = years_in_work(result, view.by_group, false);
  Table const* const balance = table_of(result, "balance", view);
  if (!in_work || balance == nullptr) return std::nullopt;
  LedgerYears const years = ledger_years(result);
  std::vector<double> weight = year_weights(rules, present_year, years);
  if (years.last_whole) weight[*years.last_whole] += residual_weight(rules, present_year, years);
  std::vector<double> values(in_work->size() / years.count, 0);
  for (std::size_t i = 0; i < in_work->size(); ++i)
    values[i / years.count] += (1 - rules.displacement) * weight[i % years.count] * (*in_work)[i];
  std::string const name{present_work};
  return Table{name,
               name,
               "person-years in work, discounted",
               "years",
               dimensions_like(*balance, kept(view, {})),
               std::move(values)};
}

/// All else that a comparison asks a result for.
RunResult bare(RunResult const& result) {
  RunResult frame;
  frame.states = result.states;
  frame.region_names = result.region_names;
  frame.provenance = result.provenance;
  for (auto const tables : {&RunResult::tables, &RunResult::group_tables})
    for (Table const& table : result.*tables)
      if (table.name == "persons") (frame.*tables).push_back(table);
  return frame;
}

RunResult frame_of_money(RunResult const& result, int present_year, DisplacedLoss const& loss) {
  RunResult frame = bare(result);
  auto const variants = money_variants(*result.ledgers);
  for (bool const by_group : {false, true}) {
    auto& to = by_group ? frame.group_tables : frame.tables;
    auto const add = [&](std::optional<Table> table) {
      if (table) to.push_back(std::move(*table));
    };
    for (std::size_t v = 0; v < variants.size(); ++v) {
      auto by_region = v == 0 ? ledger_table(result, variants[v], present_year, {by_group, true}, loss) : std::nullopt;
      add(by_region ? std::move(by_region) : ledger_table(result, variants[v], present_year, {by_group, false}, loss));
    }
    add(work_table(result, present_year, {by_group, false}));
  }
  return frame;
}

/// What two results must share for their money to be compared.
LedgerRules shared_rules(LedgerRules rules) {
  rules.first_years.clear();
  rules.unverified.clear();
  rules.policy.clear();
  return rules;
}

int first_year_of(RunResult const& result) {
  Table const& balance = *result.table("balance");
  return std::atoi(balance.dimensions[*balance.axis("year")].labels.front().c_str());
}

}  // namespace

LedgerYears ledger_years(RunResult const& result) {
  Table const& balance = *result.table("balance");
  auto const& labels = balance.dimensions[*balance.axis("year")].labels;
  LedgerYears years{first_year_of(result), labels.size(), std::nullopt, 0};
  int const last = years.first + static_cast<int>(labels.size()) - 1;
  // Files of earlier versions do not say when the run began and ended.
  Instant const start = parse_date(result.provenance.start).value_or(start_of_year(years.first));
  Instant const end = parse_date(result.provenance.end).value_or(start_of_year(last + 1));
  bool const ends_whole = end >= start_of_year(last + 1);
  int const whole = ends_whole ? last : last - 1;
  if (!ends_whole) years.after_it = in_years(end - start_of_year(last));
  if (start <= start_of_year(whole)) years.last_whole = static_cast<std::size_t>(whole - years.first);
  return years;
}

std::optional<std::vector<double>> balances(RunResult const& result, std::string const& table, MoneyView view,
                                            double displacement, DisplacedLoss const& loss) {
  Table const* const found = table_of(result, table, view);
  if (found == nullptr) return std::nullopt;
  std::vector<double> all = marginal(*found, kept(view, {"year", "account"}));
  if (displacement == 0) return all;
  auto const work = loss.empty() ? std::nullopt : years_in_work(result, view.by_group, view.by_region);
  if (!work) return std::nullopt;
  for (std::size_t i = 0; i < all.size(); ++i) all[i] -= displacement * loss[i % accounts] * (*work)[i / accounts];
  return all;
}

double ledger_share(std::size_t ledger, std::size_t account, double tax_cost) {
  if (account >= payers) return 0;
  bool const is_purse = is_public(static_cast<Account>(account));
  if (ledger == public_purse_ledger) return is_purse ? 1 : 0;
  // Transfers cancel; what the purse must take in taxes, or need not, costs society more than it brings.
  if (ledger == society_ledger) return is_purse ? 1 + tax_cost : 1;
  return ledger == account ? 1 : 0;
}

std::vector<MoneyVariant> money_variants(LedgerRules const& rules) {
  std::vector<MoneyVariant> variants{{"present_value", rules}};
  auto const change_rates = [&](double points) {
    LedgerRules changed = rules;
    for (DiscountPeriod& period : changed.discount) period.rate += points;
    return changed;
  };
  bool const for_ever = !rules.residual_years;
  bool const stays_positive = std::ranges::all_of(
      rules.discount, [&](DiscountPeriod const& period) { return period.rate > (for_ever ? a_point : a_point - 1); });
  if (stays_positive) variants.push_back({"present_value_rate_lower", change_rates(-a_point)});
  variants.push_back({"present_value_rate_higher", change_rates(a_point)});
  if (rules.tax_cost > 0) {
    variants.push_back({"present_value_no_tax_cost", rules});
    variants.back().rules.tax_cost = 0;
  }
  if (!rules.residual_years || *rules.residual_years > 0) {
    variants.push_back({"present_value_no_residual", rules});
    variants.back().rules.residual_years = 0;
  }
  for (int const share : {0, 25, 50}) {
    if (rules.displaced_to.empty() || share == rules.displacement * 100) continue;
    variants.push_back({fmt::format("present_value_displacement_{}", share), rules});
    variants.back().rules.displacement = share / 100.0;
  }
  return variants;
}

int present_year_of(RunResult const& baseline, std::vector<RunResult const*> const& scenarios) {
  if (!baseline.ledgers || !baseline.table("balance")) return 0;
  if (baseline.ledgers->present_year) return *baseline.ledgers->present_year;
  std::vector<RunResult const*> all{&baseline};
  std::ranges::copy_if(scenarios, std::back_inserter(all),
                       [](RunResult const* one) { return one->ledgers.has_value(); });
  auto const first_among = [&](auto const& counts) {
    std::optional<int> first;
    for (RunResult const* const result : all)
      for (auto const& [name, year] : result->ledgers->first_years)
        if (counts(name)) first = std::min(first.value_or(year), year);
    return first;
  };
  auto const is_in_one_alone = [&](std::string const& name) {
    return std::ranges::any_of(all, [&](RunResult const* one) { return !one->ledgers->first_years.contains(name); });
  };
  auto first = first_among(is_in_one_alone);
  // All have the same measures, or differ in how these are.
  if (!first) first = first_among([](std::string const&) { return true; });
  return first.value_or(first_year_of(baseline));
}

std::optional<MoneyFrames> money_frames(RunResult const& baseline, RunResult const& scenario, int present_year,
                                        std::vector<ComparisonNote>& notes) {
  if (!baseline.ledgers && !scenario.ledgers) return std::nullopt;
  using Kind = ComparisonNote::Kind;
  std::string const& name = scenario.provenance.scenario_name;
  if (!baseline.ledgers || !scenario.ledgers) {
    add_note(notes, Kind::money_in_one_result, name);
    return std::nullopt;
  }
  if (shared_rules(*baseline.ledgers) != shared_rules(*scenario.ledgers)) {
    add_note(notes, Kind::money_by_other_rules, name);
    return std::nullopt;
  }
  if (baseline.ledgers->policy != scenario.ledgers->policy) add_note(notes, Kind::money_of_other_payers, name);
  DisplacedLoss loss = loss_of_a_displaced_year(baseline, scenario);
  if (loss.empty() && !baseline.ledgers->displaced_to.empty()) add_note(notes, Kind::displacement_unknown, name);
  MoneyFrames frames{frame_of_money(baseline, present_year, loss), frame_of_money(scenario, present_year, loss), {}};
  frames.loss = std::move(loss);
  return frames;
}

}  // namespace utvei
