// SPDX-License-Identifier: Apache-2.0
#include "plan_counts.hpp"

#include <utvei/results/counted_days.hpp>
#include <utvei/results/outcome.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// The outcome that tells a step of a measure.
std::string outcome_of_step(std::string const& measure, PlanStep step) {
  switch (step) {
    case PlanStep::found:
    case PlanStep::offered:
      return "offers,measure=" + measure;  // who is found is offered it in the same minute
    case PlanStep::started:
      return "participants,measure=" + measure;
    case PlanStep::in_work:
      return "after_end,ending=completed,months_after_end=0,state=work,measure=" + measure;
    default:
      return "completions,measure=" + measure;
  }
}

std::string own_outcome(PlanIndicator const& indicator) {
  return indicator.outcome.empty() ? outcome_of_step(indicator.measure, indicator.step) : indicator.outcome;
}

/// A table of heads on days of the year.
Table const* table_of_days(RunResult const& result, std::string const& of) {
  static constexpr std::array<std::string_view, 5> of_days{"stock", "defined", "defined_of", "queue_length",
                                                           "in_measure"};
  for (Table const& table : result.tables)
    if ((table.quantity == of || table.name == of) && table.axis("year") &&
        std::ranges::find(of_days, table.quantity) != of_days.end())
      return &table;
  return nullptr;
}

/// Whether somebody was counted on the day that the outcome is of.
bool is_counted(RunResult const& result, AskedOutcome const& asked, int year) {
  Table const* const table = table_of_days(result, asked.of);
  if (table == nullptr) return true;
  auto const place = [&](char const* axis, std::string const& label) {
    auto const& labels = table->dimensions[*table->axis(axis)].labels;
    return static_cast<std::size_t>(std::ranges::find(labels, label) - labels.begin());
  };
  std::size_t cell = place("year", std::to_string(year));
  std::vector<std::string> axes{"year"};
  auto const days = table->axis("stock_date");
  auto const day = asked.where.find("stock_date");
  if (days && day != asked.where.end()) {
    axes.emplace_back("stock_date");
    cell = cell * table->dimensions[*days].labels.size() + place("stock_date", day->second.front());
  }
  return CountedDays{result, *table, axes}.contains(cell);
}

}  // namespace

std::vector<int> years_in(RunResult const& result) {
  for (Table const& table : result.tables) {
    auto const axis = table.axis("year");
    if (!axis) continue;
    std::vector<int> years;
    for (std::string const& label : table.dimensions[*axis].labels) years.push_back(std::stoi(label));
    return years;
  }
  return {};
}

/// Dates of this form sort as text.
bool covers_year(RunResult const& result, int year) {
  Provenance const& run = result.provenance;
  if (run.start.empty() || run.end.empty()) return true;
  return run.start <= fmt::format("{}-01-01", year) && run.end >= fmt::format("{}-01-01", year + 1);
}

std::string outcome_in(FollowPlan const& plan, PlanIndicator const& indicator, int year) {
  std::string text = fmt::format("{},year={}", own_outcome(indicator), year);
  bool const has_regions = indicator.step != PlanStep::in_work || !indicator.outcome.empty();
  if (!plan.region.empty() && has_regions) text += ",region=" + plan.region;
  return text;
}

std::string day_of(PlanIndicator const& indicator, RunResult const& result) {
  AskedOutcome const asked = read_outcome(own_outcome(indicator), indicator.name);
  if (table_of_days(result, asked.of) == nullptr) return {};
  auto const day = asked.where.find("stock_date");
  return day == asked.where.end() ? result.provenance.stock_dates : day->second.front();
}

namespace {

/// Where people are when a measure ends is counted without regions: that will do where all who begin live in the
/// region.
void refuse_parts_of_measure(FollowPlan const& plan, PlanIndicator const& indicator, int year,
                             RunResult const& result) {
  std::string const all = fmt::format("participants,measure={},year={}", indicator.measure, year);
  auto const in_all = values_of(result, read_outcome(all, indicator.name));
  auto const in_region = values_of(result, read_outcome(all + ",region=" + plan.region, indicator.name));
  if (in_all.total == in_region.total) return;
  throw InputError{Fault::usage, Place{}, fmt::format("`in_work` of `{}` is not counted by region", indicator.measure),
                   fmt::format("people outside {} take part, too", plan.region),
                   "leave `region` out, or follow a scenario whose measure is of that region alone"};
}

}  // namespace

std::optional<PlanRuns> plan_runs(FollowPlan const& plan, PlanIndicator const& indicator, int year,
                                  RunResult const& result) {
  AskedOutcome const asked = read_outcome(outcome_in(plan, indicator, year), indicator.name);
  if (indicator.step == PlanStep::in_work && indicator.outcome.empty() && !plan.region.empty())
    refuse_parts_of_measure(plan, indicator, year, result);
  OutcomeValues values = values_of(result, asked);
  if (!is_counted(result, asked, year)) return std::nullopt;
  return PlanRuns{std::move(values.total), values.draws, values.replicates};
}

std::map<int, double> people_by_year_before(RunResult const& result, PlanIndicator const& step, PlanStep before,
                                            int year) {
  bool const is_start = step.step == PlanStep::started && (before == PlanStep::offered || before == PlanStep::found);
  bool const is_end = step.step == PlanStep::completed && before == PlanStep::started;
  if ((!is_start && !is_end) || result.table("step_years") == nullptr) return {};
  std::map<int, double> people;
  for (int const of : years_in(result)) {
    if (of > year) break;
    auto const text = fmt::format("step_years,measure={},step={},year_before={},year={}", step.measure,
                                  is_start ? "started" : "completed", of, year);
    auto const runs = values_of(result, read_outcome(text, step.name)).total;
    people[of] = std::accumulate(runs.begin(), runs.end(), 0.0) / static_cast<double>(runs.size());
  }
  return people;
}

}  // namespace utvei
