// SPDX-License-Identifier: Apache-2.0
#include "participant_disclosure.hpp"
#include "pathway_disclosure.hpp"

#include <utvei/chapters/shown_comparison.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/results/outcome_rows.hpp>
#include <utvei/results/result_gate.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace utvei {
namespace {

/// What the shares of an event at some times say of both sides, with who is followed still: numbers of the same people,
/// one among the other, of which no two may differ by few people.
class EventTimes {
 public:
  EventTimes(double weight, DisclosureRules const& rules) : weight_{weight}, rules_{rules} {}

  /// Those of one event stand together.
  bool tells_of_few(FollowedMean const& mean) {
    if (mean.what != event_) shown_ = {};
    event_ = mean.what;
    double const before = mean.baseline_persons * mean.baseline.value_or(0);
    double const after = mean.persons * mean.value.value_or(0);
    std::array<std::vector<double>, 2> numbers = shown_;
    bool const tells = add({0, mean.baseline_persons, before}, mean.baseline_persons, numbers[0]) ||
                       add({0, mean.persons, after, mean.persons - mean.at_risk}, mean.persons, numbers[1]);
    if (!tells) shown_ = std::move(numbers);
    return tells;
  }

 private:
  bool add(std::vector<double> const& more, double of, std::vector<double>& numbers) const {
    if (of > 0 && people(of) < rules_.denominator) return true;
    for (double const number : more) {
      if (std::ranges::any_of(numbers, [&](double other) { return is_few(std::abs(number - other)); })) return true;
      numbers.push_back(number);
    }
    return false;
  }
  [[nodiscard]] double people(double persons) const { return std::round(persons) / weight_; }
  [[nodiscard]] bool is_few(double persons) const { return !may_be_shown(people(persons), rules_.least); }

  double weight_;
  DisclosureRules const& rules_;
  std::string event_;
  std::array<std::vector<double>, 2> shown_;
};

/// Scores stay inside: from means of nearly the same people one can count back to what one of them has. Of events,
/// times that would tell of few people in one of the scenarios, and shares of not many.
void leave_few_followed_out(Comparison& comparison, DisclosureRules const& rules) {
  std::set<std::pair<std::string, std::string>> hidden;
  for (FollowUpSummary& summary : comparison.follow_ups) {
    summary.scores.clear();
    EventTimes times{comparison.weight, rules};
    for (FollowedMean const& mean : summary.events)
      if (times.tells_of_few(mean)) hidden.emplace(mean.what, mean.at);
  }
  for (FollowUpSummary& summary : comparison.follow_ups)
    std::erase_if(summary.events, [&](FollowedMean const& mean) { return hidden.contains({mean.what, mean.at}); });
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

}  // namespace

std::size_t leave_inside(Comparison& comparison, std::vector<RunResult> const& results, ResultGate const& gate) {
  DisclosureRules const& rules = gate.rules();
  for (auto& money : comparison.money) money.reset();
  leave_few_followed_out(comparison, rules);
  leave_few_on_ways_out(comparison, rules);
  leave_few_participants_out(comparison, results, gate);
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
