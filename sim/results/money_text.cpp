// SPDX-License-Identifier: Apache-2.0
#include "money_text.hpp"

#include "half_width.hpp"
#include "money_tables.hpp"
#include "money_wording.hpp"
#include "wording.hpp"

#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Of how many answers a chance is, which was smoothed by Jeffreys' estimate.
std::int64_t count_of(double chance, BreakEven const& even) {
  return std::llround(chance * (static_cast<double>(even.answers) + 1) - 0.5);
}

/// The section of one scenario.
class MoneyLines {
 public:
  MoneyLines(Comparison const& comparison, std::size_t scenario, std::string_view language);
  std::string write();

 private:
  [[nodiscard]] ComparisonRow const* find(std::string const& table, std::string_view ledger) const;
  [[nodiscard]] std::string money(double kroner) const;
  [[nodiscard]] std::string whole_kroner(double kroner) const;
  [[nodiscard]] std::string plus_minus(ComparisonRow const& row) const;
  [[nodiscard]] std::vector<std::string> kinds() const;
  void choose_unit();
  [[nodiscard]] std::string whole_if_it_is(double number) const;
  [[nodiscard]] std::string rates() const;
  void ledgers();
  void conventions();
  void break_even();
  void cost_per_year();
  void sensitivity();
  void without_price();
  void unverified();

  Comparison const& comparison_;
  std::size_t place_;
  std::string const& scenario_;
  MoneySummary const& summary_;
  std::string_view language_;
  Wording const& words_;
  MoneyWording const& own_;
  std::size_t unit_{0};
  double divisor_{1};
  std::string text_;
};

MoneyLines::MoneyLines(Comparison const& comparison, std::size_t scenario, std::string_view language)
    : comparison_{comparison},
      place_{scenario},
      scenario_{comparison.scenarios[scenario]},
      summary_{*comparison.money[scenario]},
      language_{language},
      words_{wording(language)},
      own_{money_wording(language)} {}

ComparisonRow const* MoneyLines::find(std::string const& table, std::string_view ledger) const {
  auto const found = std::ranges::find_if(comparison_.rows, [&](ComparisonRow const& row) {
    return row.scenario == scenario_ && row.measure_of == table && row.region.empty() && row.state == ledger;
  });
  return found == comparison_.rows.end() ? nullptr : &*found;
}

void MoneyLines::choose_unit() {
  double largest = 0;
  for (std::string_view const ledger : ledger_names)
    if (auto const* row = find("present_value", ledger)) largest = std::max(largest, std::abs(row->difference));
  constexpr double million = 1e6;
  constexpr double thousand = 1e3;
  constexpr double enough = 10;
  if (largest >= enough * million) {
    unit_ = 2;
    divisor_ = million;
  } else if (largest >= enough * thousand) {
    unit_ = 1;
    divisor_ = thousand;
  }
}

std::string MoneyLines::money(double kroner) const {
  return rounded(kroner / divisor_, divisor_ == 1, words_);
}

/// Of what one person-year costs: three figures are more than is known.
std::string MoneyLines::whole_kroner(double kroner) const {
  if (kroner == 0) return "0";
  double const step = std::pow(10, std::max(0.0, std::floor(std::log10(std::abs(kroner))) - 2));
  return readable(std::round(kroner / step) * step, 0, words_);
}

std::string MoneyLines::plus_minus(ComparisonRow const& row) const {
  auto const half = half_width(row);
  return half ? "± " + money(*half) : std::string{};
}

/// That some account has anything of.
std::vector<std::string> MoneyLines::kinds() const {
  std::vector<std::string> shown;
  for (Named const& kind : own_.kinds)
    for (auto const& [account, values] : summary_.by_kind) {
      auto const value = values.find(std::string{kind.name});
      if (value == values.end() || value->second == 0) continue;
      shown.emplace_back(kind.name);
      break;
    }
  return shown;
}

void MoneyLines::ledgers() {
  LedgerRules const& rules = summary_.rules;
  text_ += fmt::format(fmt::runtime(own_.heading), summary_.present_year, own_.units[unit_], rules.kroner_of) + "\n\n";
  // Displaced jobs are in the sums alone.
  auto const columns = rules.displacement > 0 ? std::vector<std::string>{} : kinds();
  std::vector<std::string> header{std::string{own_.whose}};
  for (std::string const& kind : columns) header.emplace_back(text_of(own_.kinds, kind));
  header.emplace_back(own_.sum);
  header.emplace_back("");
  TextColumns table{std::move(header)};
  for (std::string_view const ledger : ledger_names) {
    auto const* const row = find("present_value", ledger);
    if (row == nullptr) continue;
    std::vector<std::string> line{std::string{text_of(own_.ledgers, ledger)}};
    auto const account = summary_.by_kind.find(std::string{ledger});
    for (std::string const& kind : columns) {
      bool const has = account != summary_.by_kind.end() && account->second.contains(kind);
      line.push_back(has ? money(account->second.at(kind)) : "");
    }
    line.push_back(money(row->difference));
    line.push_back(plus_minus(*row));
    table.add(std::move(line));
  }
  text_ += table.text() + '\n';
  text_ += fmt::format(fmt::runtime(own_.is_taxes_cost), readable(100 * rules.tax_cost, 0, words_)) + '\n';
  conventions();
}

std::string MoneyLines::rates() const {
  std::vector<std::string> told;
  for (DiscountPeriod const& period : summary_.rules.discount) {
    std::string const rate = whole_if_it_is(100 * period.rate);
    told.push_back(period.from == 0 ? rate + " %"
                                    : fmt::format(fmt::runtime(own_.rate_after), rate, whole_if_it_is(period.from)));
  }
  return fmt::format("{}", fmt::join(told, ", "));
}

/// No decimals that say nothing.
std::string MoneyLines::whole_if_it_is(double number) const {
  constexpr double close = 1e-9;
  return readable(number, std::abs(number - std::round(number)) < close ? 0 : 1, words_);
}

void MoneyLines::conventions() {
  LedgerRules const& rules = summary_.rules;
  text_ += fmt::format(fmt::runtime(own_.conventions), rates(), whole_if_it_is(100 * rules.price_growth)) + '\n';
  if (!rules.residual_years)
    text_ += std::string{own_.residual_for_ever} + '\n';
  else if (*rules.residual_years > 0)
    text_ += fmt::format(fmt::runtime(own_.residual), rounded(*rules.residual_years, true, words_)) + '\n';
  else
    text_ += std::string{own_.no_residual} + '\n';
  if (rules.value_of_time == 0) text_ += std::string{own_.free_time} + '\n';
}

void MoneyLines::break_even() {
  for (BreakEven const& even : summary_.break_even) {
    std::string_view const whose = text_of(own_.ledgers, even.ledger);
    if (even.answers == 0) {
      text_ += fmt::format(fmt::runtime(own_.even_nothing), whose) + ".\n";
      continue;
    }
    text_ += even.median ? fmt::format(fmt::runtime(own_.even_after), whose, *even.median,
                                       summary_.present_year + *even.median - 1, summary_.present_year)
                         : fmt::format(fmt::runtime(own_.even_never), whose, even.horizon);
    std::vector<std::string> chances;
    for (auto const& [years, chance] : even.chances)
      chances.push_back(fmt::format(fmt::runtime(own_.even_chance), years, count_of(chance, even)));
    if (even.never) chances.push_back(fmt::format(fmt::runtime(own_.even_never_chance), count_of(*even.never, even)));
    if (!chances.empty())
      text_ += fmt::format(fmt::runtime(own_.even_unsure), even.answers,
                           summary_.draws > 1 ? own_.draws : own_.repetitions, fmt::join(chances, ", "));
    text_ += ".\n";
  }
}

void MoneyLines::cost_per_year() {
  if (!summary_.cost_per_year) return;
  CostPerYear const& cost = *summary_.cost_per_year;
  if (!cost.error_is_known) {
    text_ += std::string{own_.cost_error_not_known} + '\n';
  } else if (!cost.kroner || !cost.low_95 || !cost.high_95) {
    text_ += std::string{own_.cost_not_known} + '\n';
  } else if (*cost.kroner < 0) {
    text_ += fmt::format(fmt::runtime(own_.saved_per_year), whole_kroner(-*cost.kroner), whole_kroner(-*cost.high_95),
                         whole_kroner(-*cost.low_95)) +
             '\n';
  } else {
    text_ += fmt::format(fmt::runtime(own_.cost_per_year), whole_kroner(*cost.kroner), whole_kroner(*cost.low_95),
                         whole_kroner(*cost.high_95)) +
             '\n';
  }
}

void MoneyLines::sensitivity() {
  TextColumns table{{std::string{own_.sensitivity}, std::string{text_of(own_.ledgers, "public_purse")},
                     std::string{text_of(own_.ledgers, "society")}}};
  for (MoneyVariant const& variant : money_variants(summary_.rules)) {
    auto const* const purse = find(variant.table, "public_purse");
    auto const* const society = find(variant.table, "society");
    if (purse == nullptr || society == nullptr) continue;
    table.add(
        {std::string{text_of(own_.variants, variant.table)}, money(purse->difference), money(society->difference)});
  }
  text_ += '\n' + table.text();
}

void MoneyLines::without_price() {
  if (summary_.unpriced.empty()) return;
  text_ += '\n' + std::string{own_.without_price} + '\n';
  std::vector<StateInfo> const& measures = comparison_.measures[place_];
  for (UnpricedInfo const& effect : summary_.unpriced) {
    StateInfo const label{effect.measure, "", effect.label_nb, effect.label_nn, effect.label_en};
    auto const measure = std::ranges::find(measures, effect.measure, &StateInfo::name);
    text_ += fmt::format(
        "- {}: {} ({}): {}, {}\n", measure == measures.end() ? effect.measure : label_of(*measure, language_),
        label_of(label, language_), effect.who, effect.is_better ? own_.better : own_.worse, effect.size);
  }
}

void MoneyLines::unverified() {
  std::vector<std::string_view> inputs;
  for (std::string const& key : summary_.rules.unverified) inputs.push_back(text_of(own_.inputs, key));
  if (!inputs.empty()) text_ += '\n' + fmt::format(fmt::runtime(own_.unverified), fmt::join(inputs, ", ")) + '\n';
}

std::string MoneyLines::write() {
  if (find("present_value", "society") == nullptr) return {};  // other quantities were asked for
  choose_unit();
  ledgers();
  break_even();
  cost_per_year();
  sensitivity();
  without_price();
  unverified();
  return text_ + '\n';
}

}  // namespace

std::string money_text(Comparison const& comparison, std::size_t scenario, std::string_view language) {
  // A comparison that was put together by hand may have no money.
  if (scenario >= comparison.money.size() || !comparison.money[scenario]) return {};
  return MoneyLines{comparison, scenario, language}.write();
}

}  // namespace utvei
