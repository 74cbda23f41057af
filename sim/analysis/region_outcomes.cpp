// SPDX-License-Identifier: Apache-2.0
#include "region_outcomes.hpp"

#include "expected_figures.hpp"

#include <utvei/engine/lives.hpp>

#include <algorithm>

namespace utvei {
namespace {

/// Heads at a date: in the states, or as the definition counts them. Whose they are is said by the region already.
Observation heads_of(RegionOutcome const& outcome) {
  Observation observation;
  observation.how = Operator::stock;
  observation.at = *outcome.at;
  if (outcome.definition) observation.whom = *outcome.definition;
  if (!outcome.definition) observation.whom.who.states = outcome.states;
  observation.whom.who.regions.clear();
  return observation;
}

/// Minutes of a life in the states.
std::int64_t minutes_in(std::vector<bool> const& states, LifePath const& life) {
  std::int64_t minutes = 0;
  for (PathPiece const& piece : life.pieces)
    if (states[piece.state.value()]) minutes += (piece.to - piece.from).minutes;
  return minutes;
}

}  // namespace

OutcomeSums::OutcomeSums(std::vector<RegionOutcome> const& outcomes) {
  for (RegionOutcome const& outcome : outcomes) {
    Part part{std::nullopt, outcome.states, size_};
    if (outcome.at) {
      part.heads = heads_of(outcome);
      observations_.push_back(*part.heads);
    }
    size_ += 2 * (part.heads ? part.heads->bins() : 1);
    parts_.push_back(std::move(part));
  }
}

std::string OutcomeSums::why_not_expected_sums() const {
  for (Observation const& observation : observations_)
    if (auto why = why_not_expected(observation); !why.empty()) return why;
  return {};
}

std::vector<double> OutcomeSums::by_equations(RunPlan const& plan, Regions const& regions,
                                              std::vector<Cohort> const& cohorts, CohortOptions const& options) const {
  OccupationQuery query = query_for(observations_);
  query.periods = {plan.start, plan.end};
  ExpectedOccupation const expected = expected_occupation(plan, cohorts, query, {}, options);
  ExpectedFigures const figures{plan, regions, query, expected};
  double people = 0;
  for (Cohort const& cohort : cohorts)
    for (Cohort::Start const& start : cohort.starts) people += start.people;
  std::vector<double> sums(size_, 0);
  for (Part const& part : parts_) {
    if (part.heads) {
      ExpectedSums const heads = expected_sums(figures, *part.heads, expected.expected);
      std::ranges::copy(heads.part, sums.begin() + static_cast<std::ptrdiff_t>(part.first));
      std::ranges::copy(heads.whole, sums.begin() + static_cast<std::ptrdiff_t>(part.first + heads.part.size()));
      continue;
    }
    auto const& years = expected.expected.person_years;
    for (std::size_t at = 0; at < years.size(); ++at)
      if (part.states[at % expected.states]) sums[part.first] += years[at];
    sums[part.first + 1] = people;
  }
  return sums;
}

void OutcomeSums::add_life(LifePath const& life, Regions const& regions, std::span<std::int64_t> sums) const {
  for (Part const& part : parts_) {
    if (!part.heads) {
      sums[part.first] += minutes_in(part.states, life);
      sums[part.first + 1] += 1;
      continue;
    }
    std::size_t const bins = part.heads->bins();
    std::vector<std::int64_t> in(bins, 0);
    std::vector<std::int64_t> whole(bins, 0);
    observe(*part.heads, life, regions, in, whole);
    for (std::size_t b = 0; b < bins; ++b) {
      sums[part.first + b] += in[b];
      sums[part.first + bins + b] += whole[b];
    }
  }
}

std::vector<std::vector<double>> OutcomeSums::by_simulation(RunPlan const& plan, Regions const& regions,
                                                            Population const& people,
                                                            Column<PersonRow, std::uint32_t> const& part_of,
                                                            std::size_t parts, RandomKey const& key,
                                                            RegionOptions const& options) const {
  std::size_t const threads = thread_count(options.threads);
  // Whole numbers by thread: their sums are the same in any order.
  std::vector<std::vector<std::int64_t>> by_thread(threads, std::vector<std::int64_t>(parts * size_, 0));
  follow_lives(plan, people, key, threads, options.stop, [&](LifePath const& life, std::size_t thread) {
    add_life(life, regions, std::span{by_thread[thread]}.subspan(part_of[life.row] * size_, size_));
  });
  std::vector<std::vector<double>> result(parts, std::vector<double>(size_, 0));
  for (std::size_t part = 0; part < parts; ++part) {
    for (std::size_t i = 0; i < size_; ++i) {
      std::int64_t sum = 0;
      for (auto const& sums : by_thread) sum += sums[part * size_ + i];
      result[part][i] = static_cast<double>(sum);
    }
    for (Part const& each : parts_)
      if (!each.heads) result[part][each.first] /= static_cast<double>(minutes_per_year);
  }
  return result;
}

std::vector<double> OutcomeSums::values(std::vector<double> const& sums) const {
  std::vector<double> values;
  for (Part const& part : parts_) {
    auto const from = sums.begin() + static_cast<std::ptrdiff_t>(part.first);
    if (!part.heads) {
      values.push_back(from[1] > 0 ? from[0] / from[1] : 0);
      continue;
    }
    auto const bins = static_cast<std::ptrdiff_t>(part.heads->bins());
    values.push_back(published(*part.heads, {from, from + bins}, {from + bins, from + 2 * bins}, 1));
  }
  return values;
}

}  // namespace utvei
