// SPDX-License-Identifier: Apache-2.0
#include "two_sample_survival.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace utvei {
namespace {

/// What is at risk, and what happens, at one time of an event.
struct AtTime {
  double treated{0}, controls{0};  ///< at risk
  double treated_events{0}, events{0};
};

std::vector<AtTime> times_of(std::vector<FollowedUp>& people) {
  std::ranges::sort(people, {}, &FollowedUp::time);
  double treated = 0;
  double controls = 0;
  for (FollowedUp const& person : people) (person.is_treated ? treated : controls) += 1;
  std::vector<AtTime> times;
  for (std::size_t i = 0; i < people.size();) {
    AtTime at{treated, controls, 0, 0};
    std::int64_t const time = people[i].time;
    for (; i < people.size() && people[i].time == time; ++i) {
      FollowedUp const& person = people[i];
      if (person.has_event) at.events += 1;
      if (person.has_event && person.is_treated) at.treated_events += 1;
      (person.is_treated ? treated : controls) -= 1;
    }
    if (at.events > 0) times.push_back(at);
  }
  return times;
}

double log_rank_p(std::vector<AtTime> const& times) {
  double score = 0;
  double variance = 0;
  for (AtTime const& at : times) {
    double const n = at.treated + at.controls;
    double const share = at.treated / n;
    score += at.treated_events - at.events * share;
    if (n > 1) variance += at.events * share * (1 - share) * (n - at.events) / (n - 1);
  }
  return variance > 0 ? std::erfc(std::abs(score) / std::sqrt(variance) / std::numbers::sqrt2) : 1;
}

double cox(std::vector<AtTime> const& times) {
  double treated_events = 0;
  double events = 0;
  for (AtTime const& at : times) {
    treated_events += at.treated_events;
    events += at.events;
  }
  constexpr double without_end = std::numeric_limits<double>::infinity();
  if (events == 0) return 0;
  if (treated_events == 0) return -without_end;
  if (treated_events == events) return without_end;
  double beta = 0;
  constexpr int most_steps = 50;
  constexpr double close = 1e-10;
  for (int step = 0; step < most_steps; ++step) {
    double score = 0;
    double information = 0;
    for (AtTime const& at : times) {
      double const share = at.treated * std::exp(beta) / (at.treated * std::exp(beta) + at.controls);
      score += at.treated_events - at.events * share;
      information += at.events * share * (1 - share);
    }
    if (information <= 0) break;
    double const change = std::clamp(score / information, -1.0, 1.0);
    beta += change;
    if (std::abs(change) < close) break;
  }
  return beta;
}

}  // namespace

TwoSampleResult compare_survival(std::vector<FollowedUp> people) {
  std::vector<AtTime> const times = times_of(people);
  return {log_rank_p(times), cox(times)};
}

}  // namespace utvei
