// SPDX-License-Identifier: Apache-2.0
#include "plan_state.hpp"

#include <utvei/model/boxes.hpp>
#include <utvei/model/limit_shares.hpp>

#include <utility>

#include <fmt/format.h>

namespace utvei {

namespace {

/// Ways and shares that stay, by profile. False: nobody knows where some people go.
bool add_ways(CompileContext const& context, Destinations const& destinations, Rule& rule) {
  for (std::uint32_t profile = 0; profile < context.profiles.size(); ++profile) {
    auto const& who = context.profiles[profile];
    auto& list = rule.ways.emplace_back();
    Destinations::Row const* row = destinations_at(destinations, who.region, who.traits, context.model.regions);
    if (row == nullptr) return false;
    rule.stay.push_back(row->stay);
    double sum = 0;
    for (DestinationShare const& share : row->shares) {
      sum += share.share;
      list.push_back({sum, share.to});
    }
    if (!list.empty()) list.back().up_to = 1;
  }
  return true;
}

void report_no_destination(CompileContext const& context, State const& state, Rule const& rule, Place const& place,
                           bool estimated) {
  auto const& who = context.profiles[static_cast<std::uint32_t>(rule.ways.size() - 1)];
  Box box;
  box.region = who.region;
  box.traits = who.traits;
  context.diagnostics.error(place,
                            fmt::format("no destination for some people who leave `{}` by a rule: {}", state.name,
                                        describe(box, context.model)),
                            estimated ? "the rate file has no estimate of the limit for their region"
                                      : "the table of destinations has no row for their region or traits",
                            estimated ? "estimate with a regions file that has it, or give shares in a table"
                                      : "add a row for everybody else");
}

/// The shares of the rate file as this draw has them, or what the model says.
Destinations destinations_of(CompileContext const& context, StateId state, Limit const& limit) {
  auto const* shares = limit.estimated ? shares_of(context.rates, state, limit) : nullptr;
  if (shares == nullptr || context.scenario.draws == 0) return limit.to;
  return draw_destinations(*shares, context.model, context.scenario.seed, context.draw, limit.place);
}

}  // namespace

std::vector<Rule> rules_of(CompileContext const& context, StateId state) {
  State const& what = context.model.states[state];
  std::vector<Rule> rules;
  auto const add = [&](Limit const& limit) {
    Rule rule;
    if (limit.only_sets) {
      rule.cause = Cause::setting;
      rule.sets = limit.sets;
    }
    rule.clock = limit.clock;
    rule.after = limit.after;
    rule.stream = limit.stream;
    rule.is_entitlement = limit.clock != time_in_state_clock;
    rule.valid_from = limit.valid_from;
    rule.valid_to = limit.valid_to;
    rule.entered_from = limit.entered_from;
    rule.entered_to = limit.entered_to;
    if (!add_ways(context, destinations_of(context, state, limit), rule)) {
      report_no_destination(context, what, rule, limit.place, limit.estimated);
    }
    rules.push_back(std::move(rule));
  };
  for (Limit const& limit : what.limits) add(limit);
  for (Limit const& limit : what.entitlements) add(limit);
  if (what.ends_at_age) {
    AgeEnd const& end = *what.ends_at_age;
    Rule rule;
    rule.cause = Cause::age;
    rule.after = end.age;
    rule.stream = end.stream;
    rule.cohorts = end.cohorts;
    if (!add_ways(context, end.to, rule)) report_no_destination(context, what, rule, end.place, false);
    rules.push_back(std::move(rule));
  }
  if (rules.size() > most_rules) {
    context.diagnostics.error(what.place, fmt::format("`{}` has {} limits and ages", what.name, rules.size()),
                              fmt::format("a state may have {} of them", most_rules), "put some of them together");
  }
  return rules;
}

}  // namespace utvei
