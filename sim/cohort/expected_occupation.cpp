// SPDX-License-Identifier: Apache-2.0
// Cohorts are shared out in chunks of one profile. A chunk has sums of its own, which are added in the order of the
// chunks, so that the number of threads changes no bit.
#include "flow.hpp"

#include <utvei/cohort/expected_occupation.hpp>
#include <utvei/core/contract.hpp>
#include <utvei/core/diagnostics.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>

namespace utvei {
namespace {

constexpr std::size_t cohorts_in_chunk = 16;

struct Chunk {
  std::uint32_t profile;
  std::vector<Cohort const*> cohorts;
};

std::vector<Chunk> chunks_of(std::vector<Cohort> const& cohorts, std::size_t profiles) {
  std::vector<std::vector<Cohort const*>> by_profile(profiles);
  for (Cohort const& cohort : cohorts) by_profile[cohort.profile].push_back(&cohort);
  std::vector<Chunk> chunks;
  for (std::uint32_t profile = 0; profile < profiles; ++profile) {
    auto const& all = by_profile[profile];
    for (std::size_t first = 0; first < all.size(); first += cohorts_in_chunk) {
      std::size_t const last = std::min(all.size(), first + cohorts_in_chunk);
      chunks.push_back({profile, std::vector<Cohort const*>(all.begin() + static_cast<std::ptrdiff_t>(first),
                                                            all.begin() + static_cast<std::ptrdiff_t>(last))});
    }
  }
  return chunks;
}

/// The offsets that hold for somebody of a profile.
std::vector<std::size_t> offsets_for(std::vector<RateOffset> const& offsets, std::uint32_t profile) {
  std::vector<std::size_t> hold;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    auto const& profiles = offsets[i].profiles;
    if (!profiles || std::ranges::binary_search(*profiles, profile)) hold.push_back(i);
  }
  return hold;
}

/// Those offsets by transition; derivatives are carried in `lanes` of them from `first` on.
OffsetLanes lanes_for(std::vector<RateOffset> const& offsets, std::vector<std::size_t> const& hold, std::size_t first,
                      std::size_t lanes, std::size_t transitions) {
  OffsetLanes result;
  result.of_transition.resize(transitions);
  for (std::size_t i = 0; i < hold.size(); ++i) {
    std::size_t const lane = i >= first && i < first + lanes ? i - first : OffsetLanes::no_lane;
    for (TransitionId const transition : offsets[hold[i]].transitions)
      result.of_transition[transition.value()].push_back({&offsets[hold[i]], lane});
  }
  return result;
}

/// What one chunk gives: numbers of its profile, and derivatives in the offsets that hold for it.
struct ChunkNumbers {
  OccupationNumbers expected;
  std::vector<std::pair<std::size_t, OccupationNumbers>> derivatives;
};

template <class Number, class Part>
OccupationNumbers taken(FlowSums<Number> const& sums, Part const& part) {
  auto const take = [&](std::vector<Number> const& from) {
    std::vector<double> to(from.size());
    std::ranges::transform(from, to.begin(), part);
    return to;
  };
  return {take(sums.people), take(sums.person_years), take(sums.passages)};
}

class Equations {
 public:
  Equations(RunPlan const& plan, OccupationQuery const& query, std::vector<RateOffset> const& offsets,
            CohortOptions const& options)
      : plan_{plan}, query_{query}, offsets_{offsets}, options_{options}, passages_{passages_of(plan)} {
    result_.times = query.times.size();
    result_.periods = query.periods.empty() ? 0 : query.periods.size() - 1;
    result_.age_groups = query.age_groups.size() + 1;
    result_.profiles = plan.profiles.size();
    result_.states = plan.states.size();
    result_.passages = passages_;
  }

  ExpectedOccupation solve(std::vector<Cohort> const& cohorts, std::int64_t parts) {
    bool const by_offset = options_.derivatives == Derivatives::by_offset;
    result_.expected = nothing();
    result_.derivatives.assign(by_offset ? offsets_.size() : 0, nothing());
    std::vector<Chunk> const chunks = chunks_of(cohorts, result_.profiles);
    std::vector<ChunkNumbers> done(chunks.size());
    parallel_for_blocks(chunks.size(), 1, options_.threads, options_.stop,
                        [&](Block const& block) { done[block.first] = numbers_of(chunks[block.first], parts); });
    for (std::size_t i = 0; i < chunks.size(); ++i) {
      add(done[i].expected, chunks[i].profile, result_.expected);
      for (auto const& [offset, numbers] : done[i].derivatives)
        add(numbers, chunks[i].profile, result_.derivatives[offset]);
    }
    return result_;
  }

 private:
  [[nodiscard]] OccupationNumbers nothing() const {
    std::size_t const people = result_.age_groups * result_.profiles * result_.states;
    return {std::vector<double>(result_.times * people), std::vector<double>(result_.periods * people),
            std::vector<double>(result_.periods * result_.age_groups * result_.profiles * passages_.size())};
  }

  [[nodiscard]] ChunkNumbers numbers_of(Chunk const& chunk, std::int64_t parts) const {
    ChunkNumbers numbers;
    Ladder const ladder = ladder_of(plan_, passages_, chunk.profile);
    auto const hold = offsets_for(offsets_, chunk.profile);
    auto const lanes = [&](std::size_t first, std::size_t count) {
      return lanes_for(offsets_, hold, first, count, plan_.transition_count);
    };
    if (options_.derivatives == Derivatives::none || hold.empty()) {
      numbers.expected = taken(run<double>(chunk, ladder, lanes(0, 0), parts), std::identity{});
      return numbers;
    }
    for (std::size_t first = 0; first < hold.size(); first += jet_lanes) {
      auto const sums = run<Jet<jet_lanes>>(chunk, ladder, lanes(first, jet_lanes), parts);
      if (first == 0) numbers.expected = taken(sums, [](auto const& x) { return x.value; });
      for (std::size_t i = 0; i < std::min(jet_lanes, hold.size() - first); ++i)
        numbers.derivatives.emplace_back(hold[first + i], taken(sums, [i](auto const& x) { return x.slope[i]; }));
    }
    return numbers;
  }

  template <class Number>
  [[nodiscard]] FlowSums<Number> run(Chunk const& chunk, Ladder const& ladder, OffsetLanes const& lanes,
                                     std::int64_t parts) const {
    FlowSums<Number> sums;
    sums.people.resize(result_.times * result_.age_groups * result_.states);
    sums.person_years.resize(result_.periods * result_.age_groups * result_.states);
    sums.passages.resize(result_.periods * result_.age_groups * passages_.size());
    CohortFlow<Number> flow{FlowSetting{plan_, ladder, query_, passages_.size(), lanes, options_.step.minutes, parts}};
    for (Cohort const* cohort : chunk.cohorts) flow.run(*cohort, sums);
    return sums;
  }

  /// Adds the numbers of one profile to those of all.
  void add(OccupationNumbers const& part, std::uint32_t profile, OccupationNumbers& whole) const {
    auto const into = [&](std::vector<double> const& from, std::size_t columns, std::vector<double>& to) {
      for (std::size_t i = 0; i < from.size(); ++i)
        to[(i / columns * result_.profiles + profile) * columns + i % columns] += from[i];
    };
    into(part.people, result_.states, whole.people);
    into(part.person_years, result_.states, whole.person_years);
    if (!passages_.empty()) into(part.passages, passages_.size(), whole.passages);
  }

  RunPlan const& plan_;
  OccupationQuery const& query_;
  std::vector<RateOffset> const& offsets_;
  CohortOptions const& options_;
  std::vector<Passage> passages_;
  ExpectedOccupation result_;
};

OccupationNumbers distances(OccupationNumbers const& a, OccupationNumbers const& b) {
  auto const distance = [](std::vector<double> const& x, std::vector<double> const& y) {
    std::vector<double> far(x.size());
    std::ranges::transform(x, y, far.begin(), [](double p, double q) { return std::abs(p - q); });
    return far;
  };
  return {distance(a.people, b.people), distance(a.person_years, b.person_years), distance(a.passages, b.passages)};
}

void expect_in_plan(RunPlan const& plan, std::vector<Cohort> const& cohorts, OccupationQuery const& query) {
  auto const is_within = [&](Instant time) { return time >= plan.start && time <= plan.end; };
  UTVEI_EXPECT(std::ranges::is_sorted(query.times) && std::ranges::all_of(query.times, is_within));
  UTVEI_EXPECT(std::ranges::is_sorted(query.periods) && std::ranges::all_of(query.periods, is_within));
  UTVEI_EXPECT(std::ranges::is_sorted(query.age_groups));
  for (Cohort const& cohort : cohorts) {
    UTVEI_EXPECT(cohort.profile < plan.profiles.size() && is_within(cohort.start));
    for (Cohort::Start const& start : cohort.starts) {
      UTVEI_EXPECT(start.state.value() < plan.states.size());
      UTVEI_EXPECT(start.people >= 0 && start.time_in_state.minutes >= 0);
    }
  }
}

}  // namespace

std::optional<BeyondCohorts> beyond_cohorts(RunPlan const& plan) {
  if (!plan.measures.empty())
    return BeyondCohorts{"measures follow each person from offer to end", "leave `measures` out"};
  if (plan.has_consequences) {
    return BeyondCohorts{
        "people move between regions, change traits, or use up rights over many stays; people are followed together "
        "who do not",
        "take `moves`, changes of traits, `sets` and `clocks` out"};
  }
  for (StatePlan const& state : plan.states) {
    for (Rule const& rule : state.rules) {
      if (rule.is_entitlement)
        return BeyondCohorts{"a limit is of a clock that counts over many stays",
                             "write it as a limit of the time in the state"};
      bool const begins = rule.valid_from > plan.start;
      bool const is_for_some = rule.entered_from > distant_past || rule.entered_to < distant_future;
      if (begins && (is_for_some || plan.spared_until > distant_past))
        return BeyondCohorts{"a limit comes into force during the run for some of those who are over it",
                             "give the limit `valid` or `entered`, not both"};
    }
  }
  return std::nullopt;
}

ExpectedOccupation expected_occupation(RunPlan const& plan, std::vector<Cohort> const& cohorts,
                                       OccupationQuery const& query, std::vector<RateOffset> const& offsets,
                                       CohortOptions const& options) {
  expect_in_plan(plan, cohorts, query);
  if (auto const beyond = beyond_cohorts(plan))
    throw InputError{Fault::file, Place{}, "expected numbers are not known for all rules of this scenario", beyond->why,
                     beyond->what_to_do};
  UTVEI_EXPECT(options.step.minutes > 0);
  if (options.step_error == StepError::none) return Equations{plan, query, offsets, options}.solve(cohorts, 1);
  ExpectedOccupation result = Equations{plan, query, offsets, options}.solve(cohorts, 2);
  CohortOptions values = options;
  values.derivatives = Derivatives::none;
  result.step_error = distances(result.expected, Equations{plan, query, offsets, values}.solve(cohorts, 1).expected);
  return result;
}

}  // namespace utvei
