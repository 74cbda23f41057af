// SPDX-License-Identifier: Apache-2.0
#include "plan_pools.hpp"
#include "plan_state.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace utvei {

namespace {

constexpr double gone = 0.01;  ///< share of a log hazard ratio below which a fading effect is taken as none
constexpr std::size_t most_steps = 1200;

/// Shares of the log hazard ratio: 1 while people take part, then the share in the middle of each month after the end.
std::vector<double> fading(std::optional<Duration> half_life) {
  std::vector<double> shares{1};
  if (!half_life) return shares;
  double const months = static_cast<double>(half_life->minutes) / static_cast<double>(minutes_per_month);
  for (std::size_t month = 0; month < most_steps; ++month) {
    double const share = std::exp2(-(static_cast<double>(month) + 0.5) / months);
    if (share < gone) break;
    shares.push_back(share);
  }
  return shares;
}

EffectPlan effect_of(MeasureEffect const& effect, double ratio) {
  EffectPlan plan;
  plan.by = effect.by;
  std::vector<double> const fades = fading(effect.half_life);
  std::vector<double> const levels = effect.by ? effect.share_of_level : std::vector<double>{1};
  for (double const level : levels) {
    auto& factors = plan.factors.emplace_back();
    for (double const fade : fades) factors.push_back(ratio == 1 ? 1 : std::pow(ratio, level * fade));
  }
  return plan;
}

/// Work on one measure.
class MeasurePlanner {
 public:
  MeasurePlanner(CompileContext const& context, RunPlan const& run, PoolPlanner& pools, Measure const& measure)
      : context_{context}, run_{run}, pools_{pools}, measure_{measure} {}

  MeasurePlan plan() {
    MeasurePlan plan;
    plan.what = measure_;
    if (context_.scenario.draws > 0) draw_parameters(plan.what);
    plan.states = measure_.who.people.states;
    if (plan.states.empty()) plan.states.assign(context_.model.states.size(), true);
    if (measure_.state) keep_out(*measure_.state, plan.states);
    plan.regions = regions_of(measure_.who.people.regions);
    plan.has_queue = measure_.places || !measure_.uses.empty() || measure_.queue.allocate_every;
    if (plan.has_queue) pools_.add_desks(measure_, plan);
    add_effects(plan);
    add_slowing(plan);
    return plan;
  }

 private:
  /// Nobody comes to a state from itself, nor from one for good, whoever else begins (the people of a trial, say).
  void keep_out(StateId into, std::vector<bool>& states) const {
    for (StateId const state : ids_of(context_.model.states))
      if (state == into || context_.model.states[state].absorbing) states[state.value()] = false;
  }

  void draw_parameters(Measure& measure) const {
    std::uint32_t const seed = context_.scenario.seed;
    auto const draw = [&](std::optional<WaitingTime>& time, StreamId stream) {
      if (time) time = draw_median(*time, seed, context_.draw, stream);
    };
    draw(measure.found_after, measure.streams.found_median);
    draw(measure.queue.gives_up_after, measure.streams.patience_median);
    draw(measure.lasts, measure.streams.lasts_median);
    if (measure.need) draw(measure.need->wait, measure.need->wait_median);
    for (std::size_t s = 0; measure.need && s < measure.need->share_drawn.size(); ++s)
      if (auto const& drawn = measure.need->share_drawn[s])
        measure.need->share[s] = draw_share(*drawn, seed, context_.draw, measure.need->share_level);
    if (measure.uptake_drawn)
      measure.uptake = draw_share(*measure.uptake_drawn, seed, context_.draw, measure.streams.uptake_share);
    if (!measure.uptake_by) return;
    for (auto& share : measure.uptake_by->shares)
      if (share && share->drawn) share->mean = draw_share(*share->drawn, seed, context_.draw, share->stream);
  }

  [[nodiscard]] std::vector<bool> regions_of(std::vector<RegionId> const& codes) const {
    std::vector<bool> held;
    if (codes.empty()) return held;
    Regions const& regions = context_.model.regions;
    for (std::size_t r = 0; r < regions.size(); ++r) {
      held.push_back(std::ranges::any_of(codes, [&](RegionId code) { return regions.is_within(RegionId{r}, code); }));
    }
    return held;
  }

  [[nodiscard]] double ratio_of(UncertainRatio const& ratio, StreamId stream) const {
    Scenario const& scenario = context_.scenario;
    return scenario.draws > 0 ? draw_ratio(ratio, scenario.seed, context_.draw, stream) : ratio.mean;
  }

  void add_exits(std::vector<TransitionId> const& transitions, std::uint32_t effect, EffectsByState& to) const {
    for (TransitionId const transition : transitions) {
      StateId const from = context_.model.transitions[transition].from;
      auto const& exits = run_.states[from].exits;
      auto const exit = std::ranges::find(exits, transition, &Exit::transition);
      to[from].push_back({static_cast<std::uint32_t>(exit - exits.begin()), effect});
    }
  }

  /// What an unmet need slows.
  void add_slowing(MeasurePlan& plan) const {
    plan.unmet_of = EffectsByState(context_.model.states.size());
    if (!measure_.need) return;
    for (Slowing const& slowing : measure_.need->slows) {
      auto const place = static_cast<std::uint32_t>(plan.effects.size());
      plan.effects.push_back({std::nullopt, {{ratio_of(slowing.ratio, slowing.stream)}}});
      add_exits(slowing.transitions, place, plan.unmet_of);
    }
  }

  void add_effects(MeasurePlan& plan) const {
    plan.effects_of = EffectsByState(context_.model.states.size());
    plan.locks = EffectsByState(context_.model.states.size());
    for (MeasureEffect const& effect : measure_.effects) {
      auto const place = static_cast<std::uint32_t>(plan.effects.size());
      bool const is_drawn = context_.scenario.draws > 0 && !effect.drawn.empty();
      double const ratio = is_drawn ? effect.drawn[context_.draw] : ratio_of(effect.ratio, effect.stream);
      plan.effects.push_back(effect_of(effect, ratio));
      plan.steps = std::max(plan.steps, plan.effects.back().factors.front().size());
      add_exits(effect.transitions, place, plan.effects_of);
    }
    if (!measure_.locks_in) return;
    LockIn const& lock = *measure_.locks_in;
    auto const place = static_cast<std::uint32_t>(plan.effects.size());
    plan.effects.push_back({std::nullopt, {{ratio_of(lock.ratio, lock.stream)}}});
    add_exits(lock.transitions, place, plan.locks);
    // Elsewhere the effects go on during the lock-in.
    for (StateId const state : ids_of(context_.model.states)) {
      for (ExitEffect const& effect : plan.effects_of[state]) {
        auto const is_locked = [&](ExitEffect const& locked) {
          return locked.effect == place && locked.exit == effect.exit;
        };
        if (std::ranges::none_of(plan.locks[state], is_locked)) plan.locks[state].push_back(effect);
      }
    }
  }

  CompileContext const& context_;
  RunPlan const& run_;
  PoolPlanner& pools_;
  Measure const& measure_;
};

std::optional<Coordination> coordination_of(CompileContext const& context) {
  auto coordination = context.scenario.coordination;
  if (!coordination || context.scenario.draws == 0) return coordination;
  std::uint32_t const seed = context.scenario.seed;
  for (WaitingTime& time : coordination->assessment_after)
    time = draw_median(time, seed, context.draw, coordination->assessment_median);
  if (coordination->hand_over)
    coordination->hand_over = draw_median(*coordination->hand_over, seed, context.draw, coordination->hand_over_median);
  return coordination;
}

}  // namespace

void plan_measures(CompileContext const& context, Population const& people, RunPlan& run) {
  PoolPlanner pools{context, people};
  for (Measure const& measure : context.scenario.measures) {
    run.measures.push_back(MeasurePlanner{context, run, pools, measure}.plan());
    run.measures.back().not_with = measure.not_with;
  }
  for (std::size_t m = 0; m < run.measures.size(); ++m) {
    for (std::size_t const other : context.scenario.measures[m].not_with) run.measures[other].not_with.push_back(m);
  }
  run.pools = pools.take();
  run.coordination = coordination_of(context);
}

void check_people_of_measures(Scenario const& scenario, Population const& people, Diagnostics& diagnostics) {
  for (Measure const& measure : scenario.measures) {
    auto const missing = [&](std::string const& what, std::string const& key) {
      diagnostics.error(measure.place, fmt::format("people of the scenario have no {}", what),
                        fmt::format("measure `{}` asks for it, and nobody's is known", measure.name),
                        fmt::format("give `{}` under `population:`", key));
    };
    auto const need_trait = [&](TraitId trait) {
      std::size_t const t = trait.value();
      std::string const& name = scenario.model.traits[trait].name;
      if (t >= people.traits.size() || people.traits[t].empty())
        missing(fmt::format("trait `{}`", name), "traits." + name);
    };
    auto const is_regional = [](std::vector<Pool> const& pools) {
      return std::ranges::any_of(pools, [](Pool const& pool) { return pool.region.has_value(); });
    };
    bool const has_pools = (measure.places && is_regional(*measure.places)) ||
                           std::ranges::any_of(measure.uses, [&](std::size_t resource) {
                             return is_regional(scenario.resources[resource].pools);
                           });
    bool const by_age = measure.who.people.age != everything || measure.queue.order == QueueRule::Order::youngest;
    if (people.birth.empty() && by_age) missing("age", "age");
    if (people.region.empty() && (has_pools || !measure.who.people.regions.empty())) missing("region", "region");
    for (std::size_t t = 0; t < measure.who.people.traits.size(); ++t)
      if (!measure.who.people.traits[t].empty()) need_trait(TraitId{t});
    if (measure.queue.order == QueueRule::Order::by_trait) need_trait(measure.queue.trait);
    if (measure.uptake_by && measure.uptake_by->trait) need_trait(*measure.uptake_by->trait);
    for (MeasureEffect const& effect : measure.effects)
      if (effect.by) need_trait(*effect.by);
  }
}

}  // namespace utvei
