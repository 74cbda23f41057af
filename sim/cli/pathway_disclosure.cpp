// SPDX-License-Identifier: Apache-2.0
#include "pathway_disclosure.hpp"

#include <utvei/register/disclosure.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace utvei {
namespace {

using PathwayNumber = PathwaySummary::Number;

constexpr std::array both_sides{&PathwayNumber::baseline, &PathwayNumber::value};

class WaysGate {
 public:
  WaysGate(Comparison& comparison, DisclosureRules const& rules) : comparison_{comparison}, rules_{rules} {}

  std::size_t run() {
    for (PathwaySummary& summary : comparison_.pathways) {
      summary.medians.clear();
      hide_losses(summary);
      hide_incidences(summary);
    }
    return hide_steps();
  }

 private:
  [[nodiscard]] double simulated(double people) const { return std::round(people) / comparison_.weight; }
  [[nodiscard]] bool is_few(double people) const { return !may_be_shown(simulated(people), rules_.least); }

  void hide_losses(PathwaySummary& summary) const {
    for (auto const side : both_sides) {
      for (std::size_t first = 0; first < summary.losses.size();) {
        std::size_t last = first;
        std::vector<double> people;
        for (; last < summary.losses.size() && summary.losses[last].step == summary.losses[first].step; ++last)
          people.push_back((summary.losses[last].people.*side).value_or(0) / comparison_.weight);
        auto const hidden = counts_to_hide(people, rules_.least);
        for (std::size_t i = first; i < last; ++i) {
          auto& number = summary.losses[i].people.*side;
          if (hidden[i - first])
            number.reset();
          else if (number)
            number = rounded(*number, rules_);
        }
        first = last;
      }
    }
  }

  void hide_incidences(PathwaySummary& summary) const {
    std::map<std::pair<std::string, std::string>, std::pair<double, double>> shown_before;
    std::erase_if(summary.incidence, [&](PathwaySummary::Incidence& one) {
      auto& before = shown_before[{one.name, one.destination}];
      bool is_hidden = false;
      for (auto const side : both_sides) {
        double const last = side == &PathwayNumber::baseline ? before.first : before.second;
        double const events = (one.events.*side).value_or(0);
        double const people = (one.people.*side).value_or(0);
        for (double const number : {people, events, people - events, events - last})
          is_hidden = is_hidden || is_few(number);
        is_hidden = is_hidden || (people > 0 && simulated(people) < rules_.denominator);
      }
      if (is_hidden) return true;
      before = {one.events.baseline.value_or(0), one.events.value.value_or(0)};
      for (auto const side : both_sides)
        for (auto* const number : {&(one.people.*side), &(one.events.*side)})
          if (*number) *number = rounded(**number, rules_);
      return false;
    });
  }

  /// Steps of a way follow one another in the rows; who does not come to one is the difference from the one before.
  std::size_t hide_steps() {
    ComparisonRow last;
    return std::erase_if(comparison_.rows, [&](ComparisonRow const& row) {
      if (row.measure_of != "way_people") return false;
      auto const way = [](std::string const& step) { return step.substr(0, step.find(": ")); };
      bool const follows = !last.state.empty() && way(last.state) == way(row.state) && last.by == row.by &&
                           last.scenario == row.scenario && last.region == row.region;
      bool const hides = follows && (is_few(last.baseline - row.baseline) || is_few(last.value - row.value));
      if (!hides) last = row;
      return hides;
    });
  }

  Comparison& comparison_;
  DisclosureRules const& rules_;
};

}  // namespace

std::size_t leave_few_on_ways_out(Comparison& comparison, DisclosureRules const& rules) {
  return WaysGate{comparison, rules}.run();
}

void lay_to_other_sequences(Comparison& comparison, std::function<bool(ComparisonRow const&)> const& stays) {
  for (ComparisonRow const& row : comparison.rows) {
    if (row.measure_of != "sequences" || row.state == "other" || !stays(row)) continue;
    auto const others = std::ranges::find_if(comparison.rows, [&](ComparisonRow const& other) {
      return other.measure_of == row.measure_of && other.state == "other" && other.scenario == row.scenario &&
             other.region == row.region && other.by == row.by;
    });
    if (others == comparison.rows.end()) continue;
    others->baseline += row.baseline;
    others->value += row.value;
    others->difference += row.difference;
    for (auto* const error : {&others->mc_se, &others->low_95, &others->high_95, &others->count_low_95,
                              &others->count_high_95, &others->probability_better})
      error->reset();
  }
}

}  // namespace utvei
