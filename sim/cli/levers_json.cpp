// SPDX-License-Identifier: Apache-2.0
#include "lever_names.hpp"
#include "levers.hpp"

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using LeverJson = nlohmann::ordered_json;

LeverJson json_of_amount(LeverAmount const& amount) {
  return {{"person_years", amount.person_years}, {"at_end", amount.at_end}};
}
LeverJson json_or_null(std::optional<LeverAmount> const& amount) {
  return amount ? json_of_amount(*amount) : LeverJson(nullptr);
}

LeverJson json_of_lever_effect(LeverEffect const& effect, LeverAmount const& base, std::string const& outcome) {
  return {{"outcome", outcome},
          {"effect", json_of_amount(effect.mean)},
          {"mc_se", json_or_null(effect.mc_se)},
          {"low_95", json_or_null(effect.low_95)},
          {"high_95", json_or_null(effect.high_95)},
          {"elasticity", json_of_amount({elasticity(effect.mean.person_years, base.person_years),
                                         elasticity(effect.mean.at_end, base.at_end)})}};
}

std::string method_word(LeverMethod method) {
  if (method == LeverMethod::equations) return "cohort equations";
  return method == LeverMethod::scores ? "simulation with path scores" : "simulations with common luck";
}

char const* words_of(RuleLever::Kind kind) {
  switch (kind) {
    case RuleLever::Kind::limit:
      return "limit, a month longer";
    case RuleLever::Kind::age_end:
      return "age, a month later";
    case RuleLever::Kind::stay:
      return "one per cent more stay";
    case RuleLever::Kind::delay:
      break;
  }
  return "found a month later";
}

class LeversToJson {
 public:
  LeversToJson(Scenario const& scenario, std::vector<LeverOutcome> const& outcomes)
      : scenario_{scenario}, model_{scenario.model}, outcomes_{outcomes} {}

  [[nodiscard]] LeverJson levers(LeverReport const& report) const {
    LeverJson json{{"method", method_word(report.method)},
                   {"why_not_equations", report.why_not_equations},
                   {"draws", report.draws},
                   {"years", report.years},
                   {"weight", report.weight},
                   {"places_couple_people", report.places_couple}};
    json["outcomes"] = LeverJson::array();
    for (std::size_t o = 0; o < outcomes_.size(); ++o) {
      LeverJson outcome = json_of_amount(report.totals[o]);
      outcome["name"] = outcomes_[o].name;
      LeverJson regions = LeverJson::object();
      for (std::size_t r = 0; r < report.regions.size(); ++r)
        regions[model_.regions[report.regions[r]].code] = json_of_amount(report.by_region[o][r]);
      outcome["by_region"] = std::move(regions);
      json["outcomes"].push_back(std::move(outcome));
    }
    json["one_per_cent_more"] = rates(report);
    json["rules"] = rules(report);
    return json;
  }

  [[nodiscard]] LeverJson flows(FlowReport const& report) const {
    LeverJson json{{"method", method_word(report.method)}, {"years", report.years}};
    json["ways"] = ways(report.flows, report.years);
    json["states"] = states(report.flows, report.years);
    return json;
  }

  [[nodiscard]] LeverJson removal(WayRemoval const& removal) const {
    LeverJson json{{"from", name(removal.from)},
                   {"to", name(removal.to)},
                   {"method", method_word(removal.before.method)},
                   {"years", removal.before.years},
                   {"places_couple_people", removal.places_couple}};
    LeverJson list = LeverJson::array();
    for (StateId const id : ids_of(model_.states)) {
      LeverAmount const& before = removal.before.flows.states[id];
      LeverAmount const& after = removal.after.states[id];
      list.push_back(
          {{"state", name(id)},
           {"before", json_of_amount(before)},
           {"after", json_of_amount(after)},
           {"difference", json_of_amount({after.person_years - before.person_years, after.at_end - before.at_end})},
           {"mc_se", json_or_null(removal.mc_se[id])}});
    }
    json["states"] = std::move(list);
    json["ways_before"] = ways(removal.before.flows, removal.before.years);
    json["ways_after"] = ways(removal.after, removal.before.years);
    return json;
  }

 private:
  [[nodiscard]] std::string const& name(StateId id) const { return model_.states[id].name; }

  [[nodiscard]] LeverJson rates(LeverReport const& report) const {
    LeverJson list = LeverJson::array();
    for (RateLever const& lever : report.rates) {
      LeverJson json{{"transition", model_.transitions[lever.transition].name}};
      LeverCell const& cell = lever.cell;
      json["region"] = cell.region ? LeverJson(model_.regions[report.regions[*cell.region]].code) : LeverJson(nullptr);
      json["age_group"] = cell.age_group ? LeverJson(label_of_ages(report.ages[*cell.age_group])) : LeverJson(nullptr);
      json["events"] = lever.events;
      json["effects"] = LeverJson::array();
      for (std::size_t o = 0; o < outcomes_.size(); ++o)
        json["effects"].push_back(json_of_lever_effect(lever.effects[o], report.base(o, cell), outcomes_[o].name));
      list.push_back(std::move(json));
    }
    return list;
  }

  [[nodiscard]] LeverJson rules(LeverReport const& report) const {
    LeverJson list = LeverJson::array();
    for (RuleLever const& rule : report.rules) {
      bool const is_of_limit = rule.kind == RuleLever::Kind::limit || rule.kind == RuleLever::Kind::stay;
      bool const is_delay = rule.kind == RuleLever::Kind::delay;
      LeverJson json{{"state", is_delay ? LeverJson(nullptr) : LeverJson(name(rule.state))},
                     {"measure", is_delay ? LeverJson(scenario_.measures[rule.measure].name) : LeverJson(nullptr)},
                     {"rule", words_of(rule.kind)}};
      json["limit"] = is_of_limit ? LeverJson(rule.limit + 1) : LeverJson(nullptr);
      json["effects"] = LeverJson::array();
      for (std::size_t o = 0; o < outcomes_.size(); ++o) {
        LeverJson effect = json_of_lever_effect(rule.effects[o], report.totals[o], outcomes_[o].name);
        effect["step_error"] = rule.step_error.empty() ? LeverJson(nullptr) : json_of_amount(rule.step_error[o]);
        json["effects"].push_back(std::move(effect));
      }
      list.push_back(std::move(json));
    }
    return list;
  }

  [[nodiscard]] LeverJson ways(PathwayFlows const& flows, double years) const {
    LeverJson list = LeverJson::array();
    for (std::size_t i = 0; i < flows.ways.size(); ++i) {
      Cause const cause = flows.ways[i].cause;
      list.push_back({{"from", name(flows.ways[i].from)},
                      {"to", name(flows.ways[i].to)},
                      {"cause", cause == Cause::limit ? "limit"
                                : cause == Cause::age ? "age"
                                                      : "transition"},
                      {"people_per_year", flows.people[i] / years}});
    }
    return list;
  }

  [[nodiscard]] LeverJson states(PathwayFlows const& flows, double years) const {
    LeverJson list = LeverJson::array();
    for (StateId const id : ids_of(model_.states))
      list.push_back({{"state", name(id)},
                      {"mean_people", flows.states[id].person_years / years},
                      {"at_end", flows.states[id].at_end}});
    return list;
  }

  Scenario const& scenario_;
  Model const& model_;
  std::vector<LeverOutcome> const& outcomes_;
};

}  // namespace

std::string levers_json(Scenario const& scenario, std::vector<LeverOutcome> const& outcomes,
                        LeverFindings const& findings, std::string_view data_class) {
  LeversToJson const to_json{scenario, outcomes};
  LeverJson json{
      {"format", "utvei-levers"}, {"format_version", 1}, {"scenario", scenario.name}, {"data_class", data_class}};
  if (findings.levers) json["levers"] = to_json.levers(*findings.levers);
  if (findings.flows) json["flows"] = to_json.flows(*findings.flows);
  if (!findings.removals.empty()) json["without"] = LeverJson::array();
  for (WayRemoval const& removal : findings.removals) json["without"].push_back(to_json.removal(removal));
  return json.dump(2) + "\n";
}

}  // namespace utvei
