// SPDX-License-Identifier: Apache-2.0
#include "lever_names.hpp"
#include "levers.hpp"

#include <utvei/model/graph.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace utvei {
namespace {

// Colours that people who do not tell red from green tell apart (Okabe & Ito 2008).
constexpr std::string_view better_colour = "#0072b2";
constexpr std::string_view worse_colour = "#d55e00";
constexpr std::string_view quiet_colour = "#999999";

Cause cause_of(Way const& way) {
  if (way.kind == Way::Kind::limit) return Cause::limit;
  return way.kind == Way::Kind::age ? Cause::age : Cause::transition;
}

/// Ways with what stands on them; several limits that lead the same way share one number.
class MarkedGraph {
 public:
  MarkedGraph(Model const& model, std::string_view language)
      : model_{model}, ways_{ways_of(model)}, names_{model, language} {
    view_.language = language;
    view_.marks.resize(ways_.size());
  }

  /// People a year.
  std::string with_flows(FlowReport const& report) {
    double const most = most_of(report.flows.people);
    each([&](Way const& way, WayMark& mark) {
      double const people = people_on(report.flows, way);
      mark.width = width_of(people / most);
      mark.label = names_.number(people / report.years, people / report.years < 10 ? 1 : 0);
      if (people == 0) mark.colour = quiet_colour;
    });
    note_states(report.flows.states, report.years);
    return to_dot(model_, view_);
  }

  std::string with_levers(LeverReport const& report, LeverOutcome const& outcome) {
    double most = 0;
    for (RateLever const& lever : report.rates)
      if (lever.cell == LeverCell{}) most = std::max(most, std::abs(lever.effects[0].mean.person_years));
    bool const less = less_is_better(outcome, model_);
    each([&](Way const& way, WayMark& mark) {
      mark.colour = quiet_colour;
      mark.width = width_of(0);
      if (!way.transition) return;
      for (RateLever const& lever : report.rates) {
        if (lever.transition != *way.transition || lever.cell != LeverCell{}) continue;
        double const years = lever.effects[0].mean.person_years;
        mark.label = names_.difference(years, std::nullopt);
        mark.width = width_of(most > 0 ? std::abs(years) / most : 0);
        if (years != 0) mark.colour = (years < 0) == less ? better_colour : worse_colour;
      }
    });
    return to_dot(model_, view_);
  }

  /// People a year before and after.
  std::string with_removal(WayRemoval const& removal) {
    double const most = most_of(removal.before.flows.people);
    double const years = removal.before.years;
    each([&](Way const& way, WayMark& mark) {
      double const before = people_on(removal.before.flows, way);
      double const after = people_on(removal.after, way);
      mark.width = width_of(after / most);
      mark.label = names_.number(before / years, 0) + " → " + names_.number(after / years, 0);
      if (way.from == removal.from && way.to == removal.to) mark.colour = worse_colour;
    });
    for (StateId const id : ids_of(model_.states))
      view_.notes.push_back(names_.number(removal.before.flows.states[id].person_years / years, 0) + " → " +
                            names_.number(removal.after.states[id].person_years / years, 0));
    return to_dot(model_, view_);
  }

 private:
  template <class Mark>
  void each(Mark const& mark) {
    std::set<std::tuple<StateId, StateId, Cause>> seen;
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      mark(ways_[i], view_.marks[i]);
      if (!seen.emplace(ways_[i].from, ways_[i].to, cause_of(ways_[i])).second) view_.marks[i].label.clear();
    }
  }

  static double most_of(std::vector<double> const& people) {
    return people.empty() ? 1 : std::max(std::ranges::max(people), 1e-12);
  }
  static double width_of(double share) { return 0.5 + 6 * std::sqrt(std::min(share, 1.0)); }

  static double people_on(PathwayFlows const& flows, Way const& way) {
    double people = 0;
    for (std::size_t i = 0; i < flows.ways.size(); ++i)
      if (flows.ways[i].from == way.from && flows.ways[i].to == way.to && flows.ways[i].cause == cause_of(way))
        people += flows.people[i];
    return people;
  }

  /// The mean number of people in each.
  void note_states(Column<StateId, LeverAmount> const& states, double years) {
    for (LeverAmount const& amount : states) view_.notes.push_back(names_.number(amount.person_years / years, 0));
  }

  Model const& model_;
  std::vector<Way> ways_;
  LeverNames names_;
  GraphView view_;
};

}  // namespace

std::string levers_dot(Scenario const& scenario, std::vector<LeverOutcome> const& outcomes,
                       LeverFindings const& findings, std::string_view language) {
  MarkedGraph graph{scenario.model, language};
  if (findings.levers) return graph.with_levers(*findings.levers, outcomes.front());
  if (findings.flows) return graph.with_flows(*findings.flows);
  return graph.with_removal(findings.removals.front());
}

}  // namespace utvei
