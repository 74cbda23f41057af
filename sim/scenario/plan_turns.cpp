// SPDX-License-Identifier: Apache-2.0
#include "plan_state.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace utvei {

namespace {

constexpr std::string_view stream_of_moves = "move";
constexpr std::string_view stream_of_destinations = "move:to";

/// The turns and the ways that give them their intensities, in step with each other.
class TurnList {
 public:
  explicit TurnList(CompileContext const& context) : context_{context} {
    Model const& model = context.model;
    ways_.where = "at risk of it";
    for (TraitChange const& change : model.trait_changes) {
      turns_.push_back({Cause::trait, change.trait, change.to});
      ways_.labels.push_back({change.name, change.place, change.table_place, change.table.has_value(),
                              TraitSetting{change.trait, change.from}});
    }
    ways_.rates_of.resize(turns_.size());
    for (Rate const& rate : context.rates.of_traits) ways_.rates_of[rate.transition.value()].push_back(&rate);
    if (auto const& moves = context.scenario.demography.moves) {
      turns_.push_back({Cause::move, TraitId{}, 0});
      ways_.labels.push_back({"moves", moves->place, moves->place, true, std::nullopt});
      auto& rates = ways_.rates_of.emplace_back();
      for (Rate const& rate : moves->rates) rates.push_back(&rate);
    }
    ways_.changes_of.resize(turns_.size());
  }

  [[nodiscard]] TurnPlan plan(RunPlan const& run, std::uint32_t& slots, std::uint32_t& rules) const {
    TurnPlan plan;
    plan.turns = turns_;
    for (State const& state : context_.model.states) plan.at_risk.push_back(!state.absorbing);
    for (StateId const state : context_.scenario.demography.outside) plan.at_risk[state.value()] = false;
    add_exits(plan.table, slots);
    fill_intensities(context_, ways_, Stay{}, plan.table);
    add_clocks(plan, run);
    add_rules(plan, rules);
    plan.table.has_constant_rates = plan.table.cells_per_class == 1 && plan.table.rules.empty();
    add_destinations(plan);
    return plan;
  }

 private:
  void add_exits(StatePlan& table, std::uint32_t& slots) const {
    auto const& changes = context_.model.trait_changes;
    for (std::size_t i = 0; i < turns_.size(); ++i) {
      bool const is_move = i >= changes.size();
      if (!is_move && (changes[i].after || changes[i].at_age)) continue;
      table.exits.push_back({TransitionId{i}, StateId{}, is_move ? stream_of(stream_of_moves) : changes[i].stream});
    }
    std::ranges::sort(table.exits, {}, &Exit::stream);
    table.exit_count = static_cast<std::uint32_t>(table.exits.size());
    table.first_slot = slots;
    slots += table.exit_count;
  }

  void add_clocks(TurnPlan& plan, RunPlan const& run) const {
    for (TraitChange const& change : context_.model.trait_changes) {
      if (!change.after) continue;
      auto known = std::ranges::find(plan.clocks, change.trait, &TurnPlan::TraitClock::trait);
      if (known == plan.clocks.end()) {
        plan.clocks.push_back({change.trait, ClockId{run.clock_count + plan.clocks.size()}, {}});
        known = plan.clocks.end() - 1;
      }
      known->waits.push_back({change.from, *change.after, change.stream});
    }
  }

  void add_rules(TurnPlan& plan, std::uint32_t& rules) const {
    auto const& changes = context_.model.trait_changes;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      TraitChange const& change = changes[i];
      if (!change.after && !change.at_age) continue;
      Rule rule;
      rule.cause = change.after ? Cause::limit : Cause::age;
      rule.after = change.after ? *change.after : *change.at_age;
      if (change.after) rule.clock = std::ranges::find(plan.clocks, change.trait, &TurnPlan::TraitClock::trait)->clock;
      rule.stream = change.stream;
      rule.number = rules++;
      for (std::uint32_t profile = 0; profile < context_.profiles.size(); ++profile) {
        bool const concerned = ways_.is_at_risk(TransitionId{i}, context_.profiles[profile]);
        rule.stay.push_back(concerned ? 0 : 1);
        rule.ways.push_back({Rule::Way{}});
      }
      if (plan.table.rules.size() == most_rules) {
        context_.diagnostics.error(change.place,
                                   fmt::format("more than {} changes after a time or at an age", most_rules),
                                   "all traits together may have so many", "put some of them together");
        return;
      }
      plan.table.rules.push_back(std::move(rule));
      plan.turn_of_rule.push_back(static_cast<std::uint32_t>(i));
    }
  }

  void add_destinations(TurnPlan& plan) const {
    plan.destination_stream = stream_of(stream_of_destinations);
    if (!context_.scenario.demography.moves) return;
    for (auto const& from : context_.scenario.demography.moves->destinations) {
      double const sum = std::accumulate(from.begin(), from.end(), 0.0,
                                         [](double s, Moves::Destination const& d) { return s + d.weight; });
      double reached = 0;
      std::vector<TurnPlan::Destination> list;
      for (Moves::Destination const& to : from) list.push_back({(reached += to.weight) / sum, to.region});
      if (!list.empty()) list.back().up_to = 1;
      plan.destinations.push_back(std::move(list));
    }
  }

  CompileContext const& context_;
  Ways ways_;
  std::vector<Turn> turns_;
};

}  // namespace

std::optional<TurnPlan> plan_turns(CompileContext const& context, RunPlan const& plan, std::uint32_t& slots,
                                   std::uint32_t& rules) {
  if (context.model.trait_changes.empty() && !context.scenario.demography.moves) return std::nullopt;
  return TurnList{context}.plan(plan, slots, rules);
}

bool TurnPlan::move_people() const {
  return std::ranges::any_of(turns, [](Turn const& turn) { return turn.cause == Cause::move; });
}

}  // namespace utvei
