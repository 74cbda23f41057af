// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/expected_outcomes.hpp>
#include <utvei/register/disclosure.hpp>

#include <algorithm>

namespace utvei {
namespace {

/// Hides regions whose count, of all that sum to what may be known, is small, or would tell one that is.
void hide_by_count(std::vector<double> const& counts, double least, std::vector<bool>& hidden) {
  auto const small = counts_to_hide(counts, least);
  for (std::size_t r = 0; r < counts.size(); ++r) hidden[r] = hidden[r] || small[r];
}

/// One region that is hidden alone is what is left of the sum: the smallest of the others joins it.
void hide_no_region_alone(std::vector<double> const& counts, std::vector<bool>& hidden) {
  if (std::ranges::count(hidden, true) != 1) return;
  std::optional<std::size_t> least;
  for (std::size_t r = 0; r < hidden.size(); ++r)
    if (!hidden[r] && (!least || counts[r] < counts[*least])) least = r;
  if (least) hidden[*least] = true;
}

/// Those of `places` whose numbers of one stretch of time, or at one date, stay inside.
void hide_by_counts(OutcomeCounts const& counts, std::vector<std::size_t> const& places, bool are_heads,
                    DisclosureRules const& rules, std::vector<bool>& hidden) {
  std::vector<double> observed;
  std::vector<double> others;
  for (std::size_t r = 0; r < places.size(); ++r) {
    std::size_t const place = places[r];
    observed.push_back(counts.observed[place]);
    others.push_back(counts.size[place] - counts.observed[place]);
    hidden[r] = hidden[r] || counts.size[place] < rules.denominator;
  }
  hide_by_count(observed, rules.least, hidden);
  if (are_heads) hide_by_count(others, rules.least, hidden);
  hide_no_region_alone(observed, hidden);
}

template <class Region>
std::vector<std::size_t> places_in(std::vector<RegionId> const& all, std::vector<Region> const& regions) {
  std::vector<std::size_t> places;
  for (Region const& each : regions)
    places.push_back(static_cast<std::size_t>(std::ranges::find(all, each.region) - all.begin()));
  return places;
}

void round_counts(OutcomeCounts& counts, DisclosureRules const& rules) {
  for (std::size_t r = 0; r < counts.size.size(); ++r) {
    double const size = rounded(counts.size[r], rules);
    counts.observed[r] = rounded(counts.observed[r], rules);
    if (size <= 0) continue;  // too few people to be shown
    counts.expected[r] *= size / counts.size[r];
    counts.crude[r] *= size / counts.size[r];
    counts.size[r] = size;
  }
}

}  // namespace

OutcomeData rounded_counts(OutcomeData data, DisclosureRules const& rules) {
  if (rules.round_to <= 1) return data;
  round_counts(data.all, rules);
  for (OutcomeCounts& counts : data.periods) round_counts(counts, rules);
  return data;
}

void hide_small_regions(OutcomeReport& report, OutcomeData const& counts, DisclosureRules const& rules) {
  bool const are_heads = report.outcome.kind == OutcomeAsked::Kind::stock;
  std::vector<bool> hidden(report.regions.size());
  hide_by_counts(counts.all, places_in(counts.regions, report.regions), are_heads, rules, hidden);
  for (std::size_t r = 0; r < hidden.size(); ++r) report.regions[r].hidden = hidden[r];
  if (!report.trend.empty()) {
    auto const places = places_in(counts.regions, report.trend);
    for (OutcomeCounts const& period : counts.periods) hide_by_counts(period, places, are_heads, rules, hidden);
    for (std::size_t r = 0; r < hidden.size(); ++r) report.trend[r].hidden = hidden[r];
  }
  for (auto* const cases : {&report.best, &report.worst})
    std::erase_if(*cases, [&](std::size_t r) { return report.regions[r].hidden; });
}

}  // namespace utvei
