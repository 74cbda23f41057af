// SPDX-License-Identifier: Apache-2.0
#include "expected_figures.hpp"

#include <utvei/scenario/rate_offset.hpp>

#include <algorithm>
#include <utility>

namespace utvei {
namespace {

bool is_among_states(std::vector<bool> const& states, StateId state) {
  return states.empty() || states[state.value()];
}

template <class T>
void sort_once(std::vector<T>& values) {
  std::ranges::sort(values);
  auto const repeated = std::ranges::unique(values);
  values.erase(repeated.begin(), repeated.end());
}

/// One observation's way through the numbers.
class Summing {
 public:
  Summing(ExpectedFigures const& figures, Observation const& observation, OccupationNumbers const& numbers)
      : figures_{figures}, what_{observation}, numbers_{numbers} {
    sums_.part.resize(what_.bins());
    sums_.whole.resize(what_.bins());
    for (std::uint32_t profile = 0; profile < figures_.plan.profiles.size(); ++profile) {
      Definition const& whom = what_.whom;
      auto const& who = figures_.plan.profiles[profile];
      if (is_among(who, whom.who.regions, whom.who.traits, figures_.regions))
        profiles_.emplace_back(profile, is_among(who, {}, whom.flags, figures_.regions));
    }
  }

  ExpectedSums run() {
    for (std::size_t group = 0; group < figures_.expected.age_groups; ++group) {
      std::int64_t const youngest = group == 0 ? 0 : figures_.query.age_groups[group - 1].minutes;
      if (!what_.whom.who.age.holds(youngest)) continue;
      for (std::size_t bin = 0; bin < what_.bins(); ++bin) {
        if (!what_.whom.standard.empty() && !what_.whom.standard[bin].age.holds(youngest)) continue;
        for (auto const& [profile, has_flags] : profiles_) add(group, bin, profile, has_flags);
      }
    }
    return sums_;
  }

 private:
  [[nodiscard]] bool is_in(StateId state, bool has_flags) const {
    return has_flags && is_among_states(what_.whom.who.states, state);
  }

  void add(std::size_t group, std::size_t bin, std::uint32_t profile, bool has_flags) {
    if (what_.how == Operator::stock) {
      auto const& times = figures_.query.times;
      auto const time = static_cast<std::size_t>(std::ranges::lower_bound(times, what_.at) - times.begin());
      for (StateId const state : ids_of(figures_.plan.states)) {
        if (!is_among_states(what_.whom.of, state)) continue;
        double const people = numbers_.people[figures_.expected.at(time, group, profile, state)];
        sums_.whole[bin] += people;
        if (is_in(state, has_flags)) sums_.part[bin] += people;
      }
      return;
    }
    auto const& periods = figures_.query.periods;
    for (std::size_t period = 0; period + 1 < periods.size(); ++period) {
      if (periods[period] < what_.from || periods[period + 1] > what_.to) continue;
      if (what_.how == Operator::inflow) add_time_at_risk(period, group, bin, profile, has_flags);
      add_passages(period, group, bin, profile, has_flags);
    }
  }

  void add_time_at_risk(std::size_t period, std::size_t group, std::size_t bin, std::uint32_t profile, bool has_flags) {
    for (StateId const state : ids_of(figures_.plan.states)) {
      if (is_in(state, has_flags) || !is_among_states(what_.whom.of, state)) continue;
      sums_.whole[bin] += numbers_.person_years[figures_.expected.at(period, group, profile, state)] *
                          static_cast<double>(minutes_per_year);
    }
  }

  void add_passages(std::size_t period, std::size_t group, std::size_t bin, std::uint32_t profile, bool has_flags) {
    auto const& passages = figures_.expected.passages;
    for (std::size_t k = 0; k < passages.size(); ++k) {
      bool const leaves = is_in(passages[k].from, has_flags);
      if (leaves == is_in(passages[k].to, has_flags) || leaves != (what_.how == Operator::exits)) continue;
      if (what_.by && *what_.by != passages[k].cause) continue;
      double const people = numbers_.passages[figures_.expected.passage_at(period, group, profile, k)];
      bool const counts = what_.how == Operator::inflow || is_among_states(what_.status, passages[k].to);
      if (counts) sums_.part[bin] += people;
      if (what_.how == Operator::exits) sums_.whole[bin] += people;
    }
  }

  ExpectedFigures const& figures_;
  Observation const& what_;
  OccupationNumbers const& numbers_;
  std::vector<std::pair<std::uint32_t, bool>> profiles_;  ///< of those that count, and whether with the flags
  ExpectedSums sums_;
};

}  // namespace

std::string why_not_expected(Observation const& observation) {
  if (observation.how == Operator::followed) return "it follows people from one date to another";
  if (observation.how == Operator::spells) return "it asks how long spells last";
  bool const asks_how_long = observation.longer_than.minutes > 0 || observation.whom.longer_than.minutes > 0;
  if (asks_how_long) return "it asks how long people have been there";
  if (observation.absent.minutes > 0) return "it asks where people were before, or are afterwards";
  if (observation.after.minutes > 0) return "it asks where people are some time after they left";
  return {};
}

OccupationQuery query_for(std::vector<Observation> const& observations) {
  OccupationQuery query;
  auto const add_ages = [&](Span age) {
    if (age.from > 0) query.age_groups.push_back(Duration{age.from});
    if (age.to < distant_future.minutes) query.age_groups.push_back(Duration{age.to});
  };
  for (Observation const& observation : observations) {
    if (observation.how == Operator::stock) {
      query.times.push_back(observation.at);
    } else {
      query.periods.push_back(observation.from);
      query.periods.push_back(observation.to);
    }
    add_ages(observation.whom.who.age);
    for (auto const& each : observation.whom.standard) add_ages(each.age);
  }
  sort_once(query.times);
  sort_once(query.periods);
  sort_once(query.age_groups);
  return query;
}

ExpectedSums expected_sums(ExpectedFigures const& figures, Observation const& observation,
                           OccupationNumbers const& numbers) {
  return Summing{figures, observation, numbers}.run();
}

}  // namespace utvei
