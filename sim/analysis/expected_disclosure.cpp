// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/expected_outcomes.hpp>
#include <utvei/register/disclosure.hpp>

#include <algorithm>

namespace utvei {
namespace {

/// Counts of all regions that sum to what may be known.
template <class Count>
void hide_by_count(std::size_t regions, double least, std::vector<bool>& hidden, Count const& count) {
  std::vector<double> counts;
  for (std::size_t r = 0; r < regions; ++r) counts.push_back(count(r));
  auto const small = counts_to_hide(counts, least);
  for (std::size_t r = 0; r < regions; ++r) hidden[r] = hidden[r] || small[r];
}

/// One region that is hidden alone is what is left of the sum: the smallest of the others joins it.
template <class Size>
void hide_no_region_alone(std::vector<bool>& hidden, Size const& size) {
  if (std::ranges::count(hidden, true) != 1) return;
  std::optional<std::size_t> least;
  for (std::size_t r = 0; r < hidden.size(); ++r)
    if (!hidden[r] && (!least || size(r) < size(*least))) least = r;
  if (least) hidden[*least] = true;
}

void hide_regions(OutcomeReport& report, DisclosureRules const& rules) {
  auto& regions = report.regions;
  std::vector<bool> hidden(regions.size());
  hide_by_count(regions.size(), rules.least, hidden, [&](std::size_t r) { return regions[r].observed; });
  if (report.outcome.kind == OutcomeAsked::Kind::stock)
    hide_by_count(regions.size(), rules.least, hidden,
                  [&](std::size_t r) { return regions[r].size - regions[r].observed; });
  for (std::size_t r = 0; r < regions.size(); ++r) hidden[r] = hidden[r] || regions[r].size < rules.denominator;
  hide_no_region_alone(hidden, [&](std::size_t r) { return regions[r].observed; });
  for (std::size_t r = 0; r < regions.size(); ++r) regions[r].hidden = hidden[r];
}

void hide_trend(OutcomeReport& report, DisclosureRules const& rules) {
  auto& trend = report.trend;
  std::vector<bool> hidden(trend.size());
  for (std::size_t r = 0; r < trend.size(); ++r) hidden[r] = report.regions[r].hidden;
  for (std::size_t period = 0; period < report.periods.size() && !trend.empty(); ++period)
    hide_by_count(trend.size(), rules.least, hidden, [&](std::size_t r) { return trend[r].periods[period].observed; });
  hide_no_region_alone(hidden, [&](std::size_t r) { return trend[r].periods.front().observed; });
  for (std::size_t r = 0; r < trend.size(); ++r) trend[r].hidden = hidden[r];
}

}  // namespace

void hide_small_regions(OutcomeReport& report, DisclosureRules const& rules) {
  hide_regions(report, rules);
  hide_trend(report, rules);
  for (auto* const cases : {&report.best, &report.worst})
    std::erase_if(*cases, [&](std::size_t r) { return report.regions[r].hidden; });
}

}  // namespace utvei
