// SPDX-License-Identifier: Apache-2.0
#include "follow_up_tallies.hpp"

#include "months_begun.hpp"

#include <utvei/engine/person_group.hpp>
#include <utvei/observation/follow_up.hpp>
#include <utvei/observation/score_course.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace utvei {
namespace {

constexpr double truth_units = 1 << 20;  ///< of a step

template <class Numbers>
void add_numbers(Numbers& sum, Numbers const& other) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum.data()[i] += other.data()[i];
}

}  // namespace

FollowUpDesign::FollowUpDesign(Scenario const& of, bool tell_regions_apart)
    : scenario{of},
      groups{of.groups},
      by_region{tell_regions_apart},
      regions{tell_regions_apart ? of.model.regions.size() : 1} {
  for (Score const& score : of.scores) scores.push_back(score.name);
  for (Waves const& follow_up : of.waves)
    for (Wave const& wave : follow_up.at) waves.push_back(follow_up.name + ": " + wave.label);
  std::size_t last = 0;
  for (HistoryEvent const& event : of.events) {
    events.push_back(event.name);
    last = std::max(last, months_begun(event.within));
  }
  for (std::size_t month = 0; month <= last; ++month) months.push_back(std::to_string(month));
}

FollowUpTallies::FollowUpTallies(FollowUpDesign const& design)
    : design_{&design},
      scores_(design.places() * design.score_line()),
      events_(design.places() * design.event_line()),
      followed_(design.places() * design.events.size()) {}

std::size_t FollowUpTallies::place_of(LifePath const& life, Instant at) const {
  std::size_t const group = person_group(life.person, design_->groups);
  std::size_t const region = design_->by_region ? life.pieces[life.piece_at(at)].region.value() : 0;
  return group * design_->regions + region;
}

void FollowUpTallies::see(LifePath const& life, RunPlan const& plan, RandomKey const& key) {
  if (life.pieces.empty()) return;
  see_waves(life, plan, key);
  see_events(life, plan);
}

void FollowUpTallies::see_waves(LifePath const& life, RunPlan const& plan, RandomKey const& key) {
  Scenario const& scenario = design_->scenario;
  std::uint32_t first_wave = 0;  ///< of the follow-up, among all
  for (Waves const& follow_up : scenario.waves) {
    auto const since = followed(follow_up.from, life, plan.start, scenario.model.regions);
    for (std::size_t s = 0; since && s < plan.scores.size(); ++s) {
      ScoreCourse const course{plan.scores[s], life, plan, key};
      std::optional<std::int64_t> at_first;
      for (std::uint32_t w = 0; w < follow_up.at.size(); ++w) {
        auto const time = time_of(follow_up.at[w], *since, life, plan);
        if (!time) continue;
        double const truth = course.at(*time);
        std::int64_t const steps = course.measured(truth, follow_up.at[w].luck);
        if (w == 0) at_first = steps;
        std::int64_t* const cell =
            scores_.data() +
            ((place_of(life, *time) * plan.scores.size() + s) * design_->waves.size() + first_wave + w) *
                score_quantities;
        auto const at = [cell](ScoreQuantity quantity) -> std::int64_t& {
          return cell[static_cast<std::size_t>(quantity)];
        };
        Score const& what = plan.scores[s].what;
        ++at(ScoreQuantity::persons);
        at(ScoreQuantity::sum) += steps;
        at(ScoreQuantity::squares) += steps * steps;
        at(ScoreQuantity::truth) += std::llround((truth - what.low) / what.step * truth_units);
        if (!at_first) continue;
        ++at(ScoreQuantity::change_persons);
        at(ScoreQuantity::change_sum) += steps - *at_first;
        at(ScoreQuantity::change_squares) += (steps - *at_first) * (steps - *at_first);
      }
    }
    first_wave += static_cast<std::uint32_t>(follow_up.at.size());
  }
}

void FollowUpTallies::see_events(LifePath const& life, RunPlan const& plan) {
  Scenario const& scenario = design_->scenario;
  for (std::size_t e = 0; e < scenario.events.size(); ++e) {
    HistoryEvent const& event = scenario.events[e];
    auto const since = followed(event.from, life, plan.start, scenario.model.regions);
    if (!since) continue;
    std::size_t const place = place_of(life, since->from) * design_->events.size() + e;
    ++followed_.data()[place];
    EventOutcome const outcome = observe_event(event, life, since->from, plan);
    std::size_t const month = place * design_->months.size() + months_begun(outcome.after);
    ++events_.data()[month * event_quantities + static_cast<std::size_t>(outcome.kind)];
  }
}

void FollowUpTallies::add(FollowUpTallies const& other) {
  add_numbers(scores_, other.scores_);
  add_numbers(events_, other.events_);
  add_numbers(followed_, other.followed_);
}

}  // namespace utvei
