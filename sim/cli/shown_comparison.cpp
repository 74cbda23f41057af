// SPDX-License-Identifier: Apache-2.0
#include "shown_comparison.hpp"

#include "pathway_disclosure.hpp"

#include <utvei/register/disclosure.hpp>
#include <utvei/results/result_gate.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace utvei {
namespace {

/// Scores stay inside: from means of nearly the same people one can count back to what one of them has. Of events, what
/// would tell of few people, those between a time that is shown and the next too, and shares of not many.
void leave_few_followed_out(Comparison& comparison, DisclosureRules const& rules) {
  auto const people = [&](double persons) { return std::round(persons) / comparison.weight; };
  auto const is_few = [&](double persons) { return !may_be_shown(people(persons), rules.least); };
  for (FollowUpSummary& summary : comparison.follow_ups) {
    summary.scores.clear();
    std::string event;
    double with_before[2]{0, 0};
    std::erase_if(summary.events, [&](FollowedMean const& mean) {
      if (mean.what != event) with_before[0] = with_before[1] = 0;
      event = mean.what;
      bool is_hidden = is_few(mean.at_risk);
      double with[2]{0, 0};
      for (std::size_t side = 0; side < 2; ++side) {
        double const persons = side == 0 ? mean.baseline_persons : mean.persons;
        with[side] = persons * (side == 0 ? mean.baseline : mean.value).value_or(0);
        is_hidden = is_hidden || (persons > 0 && people(persons) < rules.denominator) || is_few(with[side]) ||
                    is_few(persons - with[side]) || is_few(with[side] - with_before[side]);
      }
      if (!is_hidden) std::copy_n(with, 2, with_before);
      return is_hidden;
    });
  }
}

/// People who are told apart, and all of them.
void hide_small(std::optional<double>& all, std::vector<ParticipantSummary::People>& people, double weight,
                DisclosureRules const& rules) {
  if (!may_be_shown(all.value_or(0) / weight, rules.least)) {
    all.reset();
    for (auto& some : people) some.people.reset();
    return;
  }
  std::vector<double> counts;
  for (auto const& some : people) counts.push_back(some.people.value_or(0) / weight);
  std::vector<bool> const hidden = counts_to_hide(counts, rules.least);
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (hidden[i])
      people[i].people.reset();
    else if (people[i].people)
      people[i].people = rounded(*people[i].people, rules);
  }
  if (all) all = rounded(*all, rules);
}

/// What is added up of cells one of which stays inside would tell it beside the others.
std::size_t leave_hidden_sums_out(Comparison& comparison, RunResult const& baseline, ResultGate const& gate) {
  auto const is_hidden = [&](std::vector<NamedCell> const& cells) {
    return cells.empty() || std::ranges::any_of(cells, [&](NamedCell const& cell) { return gate.hides(cell); });
  };
  auto const is_of_few = [&](ContrastRow const& row) {
    return row.per_1000 && fewest_in_contrast(baseline, row) < gate.rules().denominator;
  };
  auto const contrasts = std::erase_if(comparison.contrasts, [&](ContrastRow const& row) {
    return is_hidden(cells_of_contrast(baseline, row)) || is_of_few(row);
  });
  return contrasts + std::erase_if(comparison.rankings, [&](Ranking const& ranking) {
           return is_hidden(cells_of_outcome(baseline, ranking.outcome));
         });
}

/// What is added up of rounded numbers would tell those before they were rounded.
void round_sums(Comparison& comparison, DisclosureRules const& rules) {
  if (rules.round_to <= 1) return;
  comparison.contrasts.clear();
  for (Ranking& ranking : comparison.rankings)
    for (RankedScenario& scenario : ranking.scenarios) {
      double const before = scenario.value - scenario.difference;
      scenario.value = rounded(scenario.value, rules);
      scenario.difference = scenario.value - rounded(before, rules);
    }
}

std::vector<std::pair<std::string, std::string>> place_of(ComparisonRow const& row,
                                                          std::vector<std::string> const& by) {
  std::vector<std::pair<std::string, std::string>> place;
  if (!row.region.empty()) place.emplace_back("region", row.region);
  if (!row.year.empty()) place.emplace_back("year", row.year);
  for (std::size_t i = 0; i < by.size() && i < row.by.size(); ++i)
    if (!row.by[i].empty()) place.emplace_back(by[i], row.by[i]);
  return place;
}

/// Intervals keep their lengths, and tell no more than the two numbers do.
void round_row(ComparisonRow& row, DisclosureRules const& rules) {
  row.baseline = rounded(row.baseline, rules);
  row.value = rounded(row.value, rules);
  double const shift = row.value - row.baseline - row.difference;
  row.difference += shift;
  for (auto* const limit : {&row.low_95, &row.high_95, &row.count_low_95, &row.count_high_95})
    if (*limit) **limit += shift;
}

}  // namespace

std::size_t leave_inside(Comparison& comparison, std::vector<RunResult> const& results) {
  std::vector<RunResult const*> all;
  for (RunResult const& result : results) all.push_back(&result);
  ResultGate const gate{all};
  DisclosureRules const& rules = gate.rules();
  for (auto& money : comparison.money) money.reset();
  leave_few_followed_out(comparison, rules);
  leave_few_on_ways_out(comparison, rules);
  for (ParticipantSummary& summary : comparison.participants) {
    for (auto& began : summary.began) hide_small(began.all, began.people, comparison.weight, rules);
    for (auto& later : summary.later) hide_small(later.followed, later.people, comparison.weight, rules);
  }
  std::size_t const untold = leave_hidden_sums_out(comparison, results.front(), gate);
  round_sums(comparison, rules);
  auto const stays = [&](ComparisonRow const& row) {
    return stays_inside(row.measure_of, comparison.units.at(row.measure_of)) ||
           gate.hides(row.measure_of, place_of(row, comparison.by), row.state);
  };
  std::size_t const left_out = untold + std::erase_if(comparison.rows, stays);
  if (rules.round_to > 1)
    for (ComparisonRow& row : comparison.rows) round_row(row, rules);
  return left_out;
}

}  // namespace utvei
