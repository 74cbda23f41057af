// SPDX-License-Identifier: Apache-2.0
#include "lever_world.hpp"

#include <utvei/core/diagnostics.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

PathwayFlows flows_of(std::vector<Passage> const& passages, LeverCounts const& counts) {
  PathwayFlows flows;
  flows.ways = passages;
  flows.people.resize(passages.size());
  for (std::size_t i = 0; i < counts.passages.size(); ++i) flows.people[i % passages.size()] += counts.passages[i];
  for (std::size_t s = 0; s < counts.states.size() / counts.groups; ++s)
    flows.states.push_back(sum_of(counts.states, counts.groups, s));
  return flows;
}

FlowReport report_of(LeverWorld const& world, RunPlan const& plan, LeverCounts const& counts) {
  // Flows are counted, whatever the levers of the scenario would take.
  LeverMethod const method = world.by_equations() ? LeverMethod::equations : LeverMethod::common_luck;
  return {method, world.why_not_equations(), world.years(), flows_of(passages_of(plan), counts)};
}

/// Whether some limit of the state leads there; then those whom it led there stay.
bool close_limits(State& from, StateId to) {
  bool led_there = false;
  for (auto* limits : {&from.limits, &from.entitlements}) {
    for (Limit& limit : *limits) {
      for (Destinations::Row& row : limit.to.rows) {
        double closed = 0;
        for (DestinationShare const& share : row.shares)
          if (share.to == to) closed += share.share;
        if (closed <= 0 || row.stay >= 1) continue;
        led_there = true;
        std::erase_if(row.shares, [&](DestinationShare const& share) { return share.to == to; });
        row.stay = row.shares.empty() ? 1 : row.stay + (1 - row.stay) * closed;
        for (DestinationShare& share : row.shares) share.share /= 1 - closed;
      }
    }
  }
  return led_there;
}

Scenario without_way(Scenario scenario, StateId from, StateId to) {
  Model& model = scenario.model;
  State& state = model.states[from];
  std::string const way = fmt::format("{} -> {}", state.name, model.states[to].name);
  if (state.ends_at_age) {
    for (Destinations::Row const& row : state.ends_at_age->to.rows)
      for (DestinationShare const& share : row.shares)
        if (share.to == to && share.share > 0)
          throw InputError{Fault::usage, Place{}, fmt::format("an age leads by `{}`", way),
                           "nobody stays in a state past its age, so that the way cannot be closed",
                           "close another way, or change `ends_at_age` in the model"};
  }
  auto const transition = model.transition(from, to);
  if (transition) {
    Change none;
    none.transitions = {*transition};
    none.traits.resize(model.traits.size());
    none.ratio.mean = 0;
    scenario.changes.push_back(none);
  }
  if (!close_limits(state, to) && !transition)
    throw InputError{Fault::usage, Place{}, fmt::format("no transition or limit leads by `{}`", way), "",
                     "name a way of the model"};
  return scenario;
}

}  // namespace

FlowReport expected_flows(Scenario const& scenario, Rates const& rates, Population const& people,
                          LeverOptions const& options) {
  LeverWorld const world{scenario, rates, people, options};
  RunPlan const plan = world.plan_of(scenario, std::nullopt);
  return report_of(world, plan, world.counts_of(plan));
}

WayRemoval remove_way(Scenario const& scenario, Rates const& rates, Population const& people, StateId from, StateId to,
                      LeverOptions const& options) {
  LeverWorld const world{scenario, rates, people, options};
  RunPlan const plan = world.plan_of(scenario, std::nullopt);
  RunPlan const closed = world.plan_of(without_way(scenario, from, to), std::nullopt);
  LeverCounts const before = world.counts_of(plan);
  LeverCounts const after = world.counts_of(closed);
  WayRemoval removal{from, to, report_of(world, plan, before), flows_of(passages_of(closed), after), {}, false};
  removal.places_couple = world.places_couple();
  bool const has_error = !world.by_equations() && !removal.places_couple;
  for (std::size_t s = 0; s < plan.states.size(); ++s) {
    std::optional<LeverAmount> error;
    if (has_error) error = paired(after.states, before.states, before.groups, s).se;
    removal.mc_se.push_back(error);
  }
  return removal;
}

}  // namespace utvei
