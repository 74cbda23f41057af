// SPDX-License-Identifier: Apache-2.0
#include "pathway_disclosure.hpp"

#include <utvei/register/disclosure.hpp>

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace utvei {
namespace {

using PathwayNumber = PathwaySummary::Number;

void hide_losses(PathwaySummary& summary, double weight) {
  for (auto const side : {&PathwayNumber::baseline, &PathwayNumber::value}) {
    for (std::size_t first = 0; first < summary.losses.size();) {
      std::size_t last = first;
      std::vector<double> people;
      for (; last < summary.losses.size() && summary.losses[last].step == summary.losses[first].step; ++last)
        people.push_back((summary.losses[last].people.*side).value_or(0) / weight);
      auto const hidden = counts_to_hide(people);
      for (std::size_t i = first; i < last; ++i)
        if (hidden[i - first]) (summary.losses[i].people.*side).reset();
      first = last;
    }
  }
}

void hide_incidences(PathwaySummary& summary, double weight) {
  std::map<std::pair<std::string, std::string>, std::pair<double, double>> shown_before;
  std::erase_if(summary.incidence, [&](PathwaySummary::Incidence const& one) {
    auto& before = shown_before[{one.name, one.destination}];
    bool is_few = false;
    for (auto const side : {&PathwayNumber::baseline, &PathwayNumber::value}) {
      double const last = side == &PathwayNumber::baseline ? before.first : before.second;
      double const events = (one.events.*side).value_or(0);
      double const people = (one.people.*side).value_or(0);
      for (double const number : {people, events, people - events, events - last})
        is_few = is_few || !may_be_shown(std::round(number) / weight);
    }
    if (!is_few) before = {one.events.baseline.value_or(0), one.events.value.value_or(0)};
    return is_few;
  });
}

}  // namespace

void leave_few_on_ways_out(Comparison& comparison) {
  for (PathwaySummary& summary : comparison.pathways) {
    summary.medians.clear();
    hide_losses(summary, comparison.weight);
    hide_incidences(summary, comparison.weight);
  }
}

}  // namespace utvei
