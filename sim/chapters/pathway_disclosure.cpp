// SPDX-License-Identifier: Apache-2.0
#include "pathway_disclosure.hpp"

#include <utvei/register/disclosure.hpp>

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace utvei {
namespace {

using PathwayNumber = PathwaySummary::Number;

/// What is hidden of one scenario is hidden in all, and in the baseline: most people are the same.
void hide_losses(std::vector<PathwaySummary>& summaries, double weight, DisclosureRules const& rules) {
  std::set<std::pair<std::string, std::string>> hidden;
  for (PathwaySummary const& summary : summaries)
    for (auto const side : {&PathwayNumber::baseline, &PathwayNumber::value}) {
      std::map<std::string, std::vector<double>> people;
      for (auto const& loss : summary.losses) people[loss.step].push_back((loss.people.*side).value_or(0) / weight);
      std::map<std::string, std::vector<bool>> stays;
      for (auto const& [step, numbers] : people) stays[step] = counts_to_hide(numbers, rules.least);
      std::map<std::string, std::size_t> next;
      for (auto const& loss : summary.losses)
        if (stays[loss.step][next[loss.step]++]) hidden.emplace(loss.step, loss.state);
    }
  for (PathwaySummary& summary : summaries)
    for (auto& loss : summary.losses) {
      if (hidden.contains({loss.step, loss.state})) loss.people = {};
      for (auto const side : {&PathwayNumber::baseline, &PathwayNumber::value})
        if (loss.people.*side) loss.people.*side = rounded(*(loss.people.*side), rules);
    }
}

void hide_incidences(PathwaySummary& summary, double weight, DisclosureRules const& rules) {
  std::map<std::pair<std::string, std::string>, std::pair<double, double>> shown_before;
  std::erase_if(summary.incidence, [&](PathwaySummary::Incidence& one) {
    auto& before = shown_before[{one.name, one.destination}];
    bool is_few = false;
    for (auto const side : {&PathwayNumber::baseline, &PathwayNumber::value}) {
      double const last = side == &PathwayNumber::baseline ? before.first : before.second;
      double const events = (one.events.*side).value_or(0);
      double const people = (one.people.*side).value_or(0);
      for (double const number : {people, events, people - events, events - last})
        is_few = is_few || !may_be_shown(std::round(number) / weight, rules.least);
      is_few = is_few || (people > 0 && std::round(people) / weight < rules.denominator);
    }
    if (is_few) return true;
    before = {one.events.baseline.value_or(0), one.events.value.value_or(0)};
    for (auto const side : {&PathwayNumber::baseline, &PathwayNumber::value})
      for (auto* const number : {&(one.people.*side), &(one.events.*side)})
        if (*number) *number = rounded(**number, rules);
    return false;
  });
}

}  // namespace

void leave_few_on_ways_out(Comparison& comparison, DisclosureRules const& rules) {
  hide_losses(comparison.pathways, comparison.weight, rules);
  for (PathwaySummary& summary : comparison.pathways) {
    summary.medians.clear();
    hide_incidences(summary, comparison.weight, rules);
  }
}

}  // namespace utvei
