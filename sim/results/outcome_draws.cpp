// SPDX-License-Identifier: Apache-2.0
#include "money_tables.hpp"
#include "pair_tables.hpp"
#include "paired.hpp"
#include "pairing.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/results/counted_days.hpp>
#include <utvei/results/marginal.hpp>
#include <utvei/results/outcome_draws.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

/// What stands in the column `state` of a comparison, wherever a table has it.
constexpr std::array<std::string_view, 8> state_axes{"state",        "transition", "income_state", "income_transition",
                                                     "pathway_step", "definition", "account",      "ledger"};

/// `person_years,state=work` taken apart.
struct OutcomeQuestion {
  std::string text, table;
  std::map<std::string, std::vector<std::string>> labels;  ///< by dimension
};

[[noreturn]] void refuse_asked(std::string const& text, std::string const& problem, std::string const& why,
                               std::string const& suggestion) {
  throw InputError{Fault::usage, Place{}, fmt::format("--outcome `{}`: {}", text, problem), why, suggestion};
}

std::vector<std::string> parts_of_text(std::string const& text, char mark) {
  std::vector<std::string> parts{""};
  for (char const c : text) {
    if (c == mark)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

OutcomeQuestion taken_apart(std::string const& text) {
  OutcomeQuestion asked;
  asked.text = text;
  auto const parts = parts_of_text(text, ',');
  asked.table = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    auto const equals = parts[i].find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == parts[i].size())
      refuse_asked(text, fmt::format("cannot read `{}`", parts[i]), "after the table come dimensions with labels",
                   "write TABLE,state=NAME, as in person_years,state=work");
    asked.labels[parts[i].substr(0, equals)] = parts_of_text(parts[i].substr(equals + 1), '+');
  }
  return asked;
}

std::string axis_for(Table const& table, std::string const& dimension) {
  if (dimension != "state") return table.axis(dimension) ? dimension : "";
  for (std::string_view const name : state_axes)
    if (table.axis(name)) return std::string{name};
  return {};
}

/// Heads that are counted at several dates, and medians, do not add up over years.
bool is_of_one_date(Table const& table) {
  constexpr std::array<std::string_view, 8> heads{"stock",         "defined",           "defined_of",
                                                  "income_state",  "three_years_known", "income_transitions",
                                                  "median_income", "income_sum"};
  return std::ranges::find(heads, table.quantity) != heads.end();
}

Table const* table_asked(RunResult const& result, OutcomeQuestion const& asked) {
  for (Table const& table : result.tables) {
    if (table.name != asked.table && table.quantity != asked.table) continue;
    bool const holds =
        std::ranges::all_of(asked.labels, [&](auto const& one) { return !axis_for(table, one.first).empty(); });
    if (holds && (!is_of_one_date(table) || table.axis("year"))) return &table;
  }
  return nullptr;
}

/// Labels with the states of groups that are named put in.
std::vector<std::string> labels_meant(RunResult const& result, std::string const& dimension,
                                      std::vector<std::string> const& names) {
  std::vector<std::string> labels;
  for (std::string const& name : names) {
    bool const is_state = std::ranges::find(result.states, name, &StateInfo::name) != result.states.end();
    bool is_group = false;
    if (dimension == "state" && !is_state) {
      for (StateInfo const& state : result.states) {
        if (state.group != name) continue;
        is_group = true;
        labels.push_back(state.name);
      }
    }
    if (!is_group) labels.push_back(name);
  }
  return labels;
}

/// Which cells of a table make an outcome.
class OutcomeCells {
 public:
  OutcomeCells(RunResult const& names, RunResult const& result, OutcomeQuestion const& asked, Table const& table)
      : asked_{asked}, table_{table} {
    for (auto const& [dimension, labels] : asked.labels)
      keep(axis_for(table, dimension), labels_meant(names, dimension, labels));
    if (is_of_one_date(table) && !asked.labels.contains("year")) keep_last_counted(result);
    if (length_of(table, "stock_date") > 1 && !asked.labels.contains("stock_date"))
      keep("stock_date", {table.dimensions[*table.axis("stock_date")].labels.back()});
  }

  [[nodiscard]] std::vector<std::string> const& kept() const { return kept_; }

  /// Sums of the cells in each line of `values`, which lie row-major along kept().
  [[nodiscard]] std::vector<double> sums(std::vector<double> const& values) const {
    std::size_t cells = 1;
    for (std::string const& axis : kept_) cells *= length_of(table_, axis);
    std::vector<double> sums;
    for (std::size_t line = 0; line < values.size(); line += cells) {
      double sum = 0;
      for (std::size_t cell = 0; cell < cells; ++cell)
        if (is_in(cell)) sum += values[line + cell];
      sums.push_back(sum);
    }
    return sums;
  }

  /// The cells that are summed.
  [[nodiscard]] std::vector<double> single(std::vector<double> const& values) const {
    std::vector<double> numbers;
    for (std::size_t cell = 0; cell < values.size(); ++cell)
      if (is_in(cell)) numbers.push_back(values[cell]);
    return numbers;
  }

 private:
  void keep(std::string const& axis, std::vector<std::string> const& labels) {
    auto const& all = table_.dimensions[*table_.axis(axis)].labels;
    auto& chosen = chosen_.emplace_back(all.size(), false);
    kept_.push_back(axis);
    for (std::string const& label : labels) {
      auto const found = std::ranges::find(all, label);
      if (found == all.end())
        refuse_asked(
            asked_.text, fmt::format("`{}` of table `{}` has no `{}`", axis, table_.name, label), "",
            fmt::format("it has {}",
                        fmt::join(all.begin(), all.begin() + std::min<std::ptrdiff_t>(12, std::ssize(all)), ", ")));
      chosen[static_cast<std::size_t>(found - all.begin())] = true;
    }
  }

  void keep_last_counted(RunResult const& result) {
    auto const& years = table_.dimensions[*table_.axis("year")].labels;
    CountedDays const days{result, table_, {"year"}};
    std::size_t last = years.size() - 1;
    while (last > 0 && !days.contains(last)) --last;
    keep("year", {years[last]});
  }

  [[nodiscard]] bool is_in(std::size_t cell) const {
    for (std::size_t axis = kept_.size(); axis-- > 0;) {
      std::size_t const length = chosen_[axis].size();
      if (!chosen_[axis][cell % length]) return false;
      cell /= length;
    }
    return true;
  }

  OutcomeQuestion const& asked_;
  Table const& table_;
  std::vector<std::string> kept_;
  std::vector<std::vector<bool>> chosen_;
};

/// Whether more of each of the names is worse; nothing where that is not known, or they go different ways.
std::optional<bool> is_less_better(RunResult const& result, std::string const& axis,
                                   std::vector<std::string> const& names, std::map<std::string, Better> const& better) {
  if (axis == "ledger") return false;
  auto const of = [&](std::string const& name) -> std::optional<bool> {
    if (auto const given = better.find(name); given != better.end()) return given->second == Better::less;
    auto const definition = std::ranges::find(result.definitions, name, &StateInfo::name);
    if (axis == "definition" && definition != result.definitions.end() && !definition->group.empty())
      return definition->group == "less";
    if (name == "low" || name == "persistently_low") return true;
    auto const state = std::ranges::find(result.states, name, &StateInfo::name);
    std::string const group = state == result.states.end() ? name : state->group;
    if (auto const given = better.find(group); given != better.end()) return given->second == Better::less;
    if (group == "outside") return true;
    if (group == "work" || group == "education" || name == present_work) return false;
    return std::nullopt;
  };
  std::optional<bool> all;
  for (std::string const& name : names) {
    auto const one = of(name);
    if (!one || (all && *all != *one)) return std::nullopt;
    all = one;
  }
  return all;
}

bool is_made_of_money(RunResult const& baseline, std::string const& table) {
  if (table == present_work) return baseline.ledgers.has_value();
  if (!baseline.ledgers) return false;
  auto const variants = money_variants(*baseline.ledgers);
  return std::ranges::any_of(variants, [&](MoneyVariant const& one) { return one.table == table; });
}

/// Differences of an outcome, with the groups that show their luck.
PairedDifferences paired_outcome(RunResult const& names, RunResult const& before, RunResult const& after,
                                 OutcomeQuestion const& asked, OutcomeDraws& out) {
  Table const* const table = table_asked(before, asked);
  Table const* const other = table == nullptr ? nullptr : after.table(table->name);
  if (other == nullptr) {
    std::set<std::string> quantities;
    for (Table const& one : before.tables) quantities.insert(one.quantity);
    refuse_asked(asked.text, "the results have no such table with these dimensions", "",
                 fmt::format("tables are {}", fmt::join(quantities, ", ")));
  }
  expect_same_dimensions(*table, *other, after.provenance.scenario_name);
  OutcomeCells const cells{names, before, asked, *table};
  std::vector<ComparisonNote> unheard;
  PairedDifferences paired = pair_tables(before, after, *table, *other, cells.kept(), unheard);
  paired.total = cells.sums(paired.total);
  paired.by_group = cells.sums(paired.by_group);
  paired.cells = 1;
  auto const runs = static_cast<double>(paired.draws * paired.replicates);
  out.units = table->units;
  out.baseline = cells.sums(marginal(*table, cells.kept()))[0] / runs;
  for (Table const* const one : {table, other})
    for (double const number : cells.single(marginal(*one, cells.kept()))) out.cells.push_back(number / runs);
  return paired;
}

std::vector<double> means_of_draws(PairedDifferences const& paired) {
  std::vector<double> means(paired.draws, 0);
  for (std::size_t run = 0; run < paired.total.size(); ++run)
    means[run / paired.replicates] += paired.total[run] / static_cast<double>(paired.replicates);
  return means;
}

/// Variance by luck of the difference in one draw: of `a`, or of a less b.
std::optional<double> luck_of(PairedDifferences const& a, PairedDifferences const* b) {
  PairedDifferences difference = a;
  if (b != nullptr) {
    if (b->by_group.size() != a.by_group.size()) {
      difference.by_group.clear();
      difference.groups = 0;
    }
    for (std::size_t i = 0; i < difference.total.size(); ++i) difference.total[i] -= b->total[i];
    for (std::size_t i = 0; i < difference.by_group.size(); ++i) difference.by_group[i] -= b->by_group[i];
  }
  PairedEstimate const estimate = estimate_differences(difference).front();
  if (!estimate.run_variance) return std::nullopt;
  return *estimate.run_variance / static_cast<double>(a.replicates);
}

/// cov(a, b) = (var(a) + var(b) − var(a − b)) / 2.
std::optional<std::vector<std::vector<double>>> covariance_of_luck(std::vector<PairedDifferences> const& all) {
  std::vector<std::vector<double>> covariance(all.size(), std::vector<double>(all.size(), 0));
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto const own = luck_of(all[i], nullptr);
    if (!own) return std::nullopt;
    covariance[i][i] = *own;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      auto const between = luck_of(all[i], &all[j]);
      if (!between) return std::nullopt;
      covariance[i][j] = covariance[j][i] = (covariance[i][i] + covariance[j][j] - *between) / 2;
    }
  }
  return covariance;
}

}  // namespace

std::string usual_outcome(RunResult const& baseline, std::vector<RunResult const*> const& scenarios) {
  bool const has_money =
      baseline.ledgers && std::ranges::all_of(scenarios, [](RunResult const* one) { return one->ledgers.has_value(); });
  if (has_money) return "present_value,state=society";
  if (std::ranges::find(baseline.states, "work", &StateInfo::group) != baseline.states.end())
    return "person_years,state=work";
  throw InputError{Fault::usage, Place{}, "no outcome to look at", "the results have no states of the group `work`",
                   "name one: --outcome person_years,state=NAME"};
}

OutcomeDraws outcome_draws(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                           std::string const& text, std::map<std::string, Better> const& better) {
  OutcomeQuestion const asked = taken_apart(text);
  bool const of_money = is_made_of_money(baseline, asked.table);
  int const present_year = of_money ? present_year_of(baseline, scenarios) : 0;
  OutcomeDraws out;
  out.text = text;
  std::vector<PairedDifferences> all;
  std::string axis;
  for (RunResult const* const scenario : scenarios) {
    expect_same_frame(baseline, *scenario);
    std::vector<ComparisonNote> unheard;
    auto const money = of_money ? money_frames(baseline, *scenario, present_year, unheard) : std::nullopt;
    if (of_money && !money)
      refuse_asked(
          text,
          fmt::format("`{}` counts no money by the conventions of the baseline", scenario->provenance.scenario_name),
          "", "run both with one money file, or ask for another outcome");
    RunResult const& before = money ? money->baseline : baseline;
    RunResult const& after = money ? money->scenario : *scenario;
    all.push_back(paired_outcome(baseline, before, after, asked, out));
    axis = axis_for(*table_asked(before, asked), "state");
    out.scenarios.push_back(scenario->provenance.scenario_name);
    out.differences.push_back(means_of_draws(all.back()));
  }
  auto const named = asked.labels.find("state");
  if (named == asked.labels.end() && !axis.empty())
    refuse_asked(text, "all states together are nobody's outcome", "people are always in one of them",
                 fmt::format("add ,state=NAME: a {}", axis == "state" ? "state or a group of states" : axis));
  auto const less =
      is_less_better(baseline, axis, named == asked.labels.end() ? std::vector{asked.table} : named->second, better);
  if (!less)
    refuse_asked(text, "whether more or less of it is better is not known", "",
                 "say it: --better NAME=more or --better NAME=less");
  out.less_is_better = *less;
  out.luck = covariance_of_luck(all);
  return out;
}

}  // namespace utvei
