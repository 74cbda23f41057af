// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/expected_counts.hpp>
#include <utvei/core/contract.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace utvei {
namespace {

OutcomeCounts no_counts(std::string label, std::size_t regions) {
  std::vector<double> const none(regions);
  return {std::move(label), none, none, none, none, std::vector<double>(regions, 1)};
}

void add(OutcomeCounts const& from, std::size_t place, OutcomeCounts& to, std::size_t at) {
  to.size[at] += from.size[place];
  to.observed[at] += from.observed[place];
  to.expected[at] += from.expected[place];
  to.crude[at] += from.crude[place];
}

OutcomeCounts heads_of(OutcomeAsked const& outcome, std::size_t regions, HeadsByCell const& heads, std::string label) {
  OutcomeCounts counts = no_counts(std::move(label), regions);
  std::size_t const cells = heads.heads[StateId{}].size();
  std::size_t const by_people = cells / regions;
  std::vector<double> in_states(cells);
  std::vector<double> all(cells);
  for (StateId const state : ids_of(heads.heads)) {
    bool const counts_here = std::ranges::find(outcome.states, state) != outcome.states.end();
    for (std::size_t cell = 0; cell < cells; ++cell) {
      auto const number = static_cast<double>(heads.heads[state][cell]);
      all[cell] += number;
      if (counts_here) in_states[cell] += number;
    }
  }
  std::vector<double> national_in(by_people);
  std::vector<double> national(by_people);
  double in_all = 0;
  double of_all = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    national_in[cell % by_people] += in_states[cell];
    national[cell % by_people] += all[cell];
    in_all += in_states[cell];
    of_all += all[cell];
  }
  std::vector<double> variance(regions);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    if (all[cell] == 0) continue;
    std::size_t const region = cell / by_people;
    double const share = national_in[cell % by_people] / national[cell % by_people];
    counts.size[region] += all[cell];
    counts.observed[region] += in_states[cell];
    counts.expected[region] += all[cell] * share;
    counts.crude[region] += all[cell] * in_all / of_all;
    variance[region] += all[cell] * share * (1 - share);
  }
  constexpr double least = 0.01;  // where all are in the states nothing is left to chance
  for (std::size_t r = 0; r < regions; ++r)
    if (counts.expected[r] > 0) counts.chance[r] = std::max(least, variance[r] / counts.expected[r]);
  return counts;
}

}  // namespace

OutcomeData count_events(OutcomeAsked const& outcome, ExpectedByRegion const& events, Model const& model) {
  std::size_t const regions = events.regions.size();
  OutcomeData data{events.regions, no_counts("", regions), {}};
  std::set<StateId> from;
  for (TransitionId const id : outcome.transitions) from.insert(model.transitions[id].from);
  for (std::size_t period = 0; period < events.periods.size(); ++period) {
    OutcomeCounts counts = no_counts(events.periods[period], regions);
    for (std::size_t r = 0; r < regions; ++r) {
      std::size_t const place = events.place(r, period);
      for (StateId const state : from) counts.size[r] += events.person_years[state][place];
      for (TransitionId const id : outcome.transitions) {
        counts.observed[r] += events.transitions[id].observed[place];
        counts.expected[r] += events.transitions[id].expected[place];
        counts.crude[r] += events.transitions[id].crude[place];
      }
      add(counts, r, data.all, r);
    }
    if (events.periods.size() > 1) data.periods.push_back(std::move(counts));
  }
  return data;
}

OutcomeData count_heads(OutcomeAsked const& outcome, std::vector<CellAxis> const& axes,
                        std::vector<HeadsByCell> const& heads, TimeScale const& time) {
  UTVEI_EXPECT(!axes.empty() && axes.front().kind == CellAxis::Kind::region && !heads.empty());
  OutcomeData data{axes.front().regions, {}, {}};
  for (HeadsByCell const& each : heads)
    data.periods.push_back(heads_of(outcome, data.regions.size(), each, written_moment(each.moment, time)));
  data.all = data.periods.back();
  if (data.periods.size() < 2) data.periods.clear();
  return data;
}

std::vector<CellAxis> axes_of_stock(LifeCourses const& lives, Model const& model, EstimateOptions const& options) {
  std::vector<CellAxis> axes{region_axis(lives, model)};
  for (TraitId const trait : options.traits) axes.push_back(trait_axis(trait, model));
  Bands const& age = options.age.empty() ? options.unused.age : options.age;
  if (!age.empty()) axes.push_back(clock_axis(CellAxis::Kind::age, age));
  return axes;
}

OutcomeData summed_to_level(OutcomeData const& data, Regions const& regions, std::string_view level) {
  std::map<RegionId, std::size_t> number;
  std::vector<std::optional<std::size_t>> place(data.regions.size());
  OutcomeData summed;
  for (std::size_t r = 0; r < data.regions.size(); ++r) {
    std::optional<RegionId> at = data.regions[r];
    while (at && regions[*at].level != level) at = regions[*at].parent;
    if (!at) continue;
    auto const [found, is_new] = number.emplace(*at, summed.regions.size());
    if (is_new) summed.regions.push_back(*at);
    place[r] = found->second;
  }
  auto const sum = [&](OutcomeCounts const& counts) {
    OutcomeCounts result = no_counts(counts.label, summed.regions.size());
    std::vector<double> variance(summed.regions.size());
    for (std::size_t r = 0; r < place.size(); ++r) {
      if (!place[r]) continue;
      add(counts, r, result, *place[r]);
      variance[*place[r]] += counts.expected[r] * counts.chance[r];
    }
    for (std::size_t r = 0; r < variance.size(); ++r)
      if (result.expected[r] > 0) result.chance[r] = variance[r] / result.expected[r];
    return result;
  };
  summed.all = sum(data.all);
  for (OutcomeCounts const& counts : data.periods) summed.periods.push_back(sum(counts));
  return summed;
}

}  // namespace utvei
