// SPDX-License-Identifier: Apache-2.0
#include "plan_counts.hpp"
#include "plan_words.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Whom a step is usually up to: NAV finds, offers and follows up, employers hire.
std::string default_actor(FollowPlan& plan, std::string const& kind, ReportText const& label) {
  auto const found = std::ranges::find(plan.actors, kind, &PlanActor::kind);
  if (found != plan.actors.end()) return found->name;
  if (!plan.has_default_actors && !plan.actors.empty()) return plan.actors.front().name;
  plan.has_default_actors = true;
  plan.actors.push_back({kind, kind, label, {}});
  return kind;
}

class DefaultIndicators {
 public:
  DefaultIndicators(FollowPlan& plan, RunResult const& result) : plan_{plan}, result_{result} {}

  void add() {
    plan_.has_default_indicators = true;
    plan_.has_default_actors = plan_.actors.empty();
    std::string const nav = default_actor(plan_, "nav", same_in_all("NAV"));
    for (StateInfo const& measure : result_.measures) {
      for (PlanStep const step : {PlanStep::offered, PlanStep::started, PlanStep::completed})
        add_step(measure, step, nav);
      PlanIndicator const in_work = step_of(measure, PlanStep::in_work, {});
      if (happens(in_work))
        add_step(measure, PlanStep::in_work,
                 default_actor(plan_, "employer", {"Arbeidsgiverne", "Arbeidsgivarane", "Employers"}));
    }
    add_outcome(nav);
  }

 private:
  /// What all of it is for: time outside work and education where the model has such states, else time in work.
  void add_outcome(std::string const& actor) {
    for (auto const& [group, label] :
         {std::pair{"outside",
                    ReportText{"Personår utenfor arbeid og utdanning", "Personår utanfor arbeid og utdanning",
                               "Person-years outside work and education"}},
          std::pair{"work", ReportText{"Personår i arbeid", "Personår i arbeid", "Person-years in work"}}}) {
      if (std::ranges::find(result_.states, group, &StateInfo::group) == result_.states.end()) continue;
      PlanIndicator indicator;
      indicator.name = fmt::format("{}_person_years", group);
      indicator.label = label;
      indicator.outcome = fmt::format("person_years,state={}", group);
      indicator.actor = actor;
      indicator.unit = {"personår", "personår", "person-years"};
      indicator.place = plan_.scenario.place;
      if (happens(indicator)) {
        plan_.indicators.push_back(std::move(indicator));
        return;
      }
    }
  }

  [[nodiscard]] PlanIndicator step_of(StateInfo const& measure, PlanStep step, std::string const& actor) const {
    PlanIndicator indicator;
    indicator.name = fmt::format("{}_{}", measure.name, name_of(step));
    ReportText const said{label_of(measure, "nb"), label_of(measure, "nn"), label_of(measure, "en")};
    indicator.label = plan_said("{}: {}", "{}: {}", "{}: {}", said, label_of(step));
    indicator.measure = measure.name;
    indicator.step = step;
    indicator.actor = actor;
    indicator.place = plan_.scenario.place;
    return indicator;
  }

  void add_step(StateInfo const& measure, PlanStep step, std::string const& actor) {
    PlanIndicator indicator = step_of(measure, step, actor);
    if (happens(indicator)) plan_.indicators.push_back(std::move(indicator));
  }

  /// Whether the result tells it, and it happens in some run: nobody completes what ends when people leave their state.
  [[nodiscard]] bool happens(PlanIndicator const& indicator) const {
    try {
      for (int year = plan_.from; year <= plan_.until; ++year) {
        auto const runs = plan_runs(plan_, indicator, year, result_);
        if (runs && std::ranges::any_of(runs->values, [](double value) { return value != 0; })) return true;
      }
    } catch (InputError const&) {
    }
    return false;
  }

  FollowPlan& plan_;
  RunResult const& result_;
};

}  // namespace

void complete_plan(FollowPlan& plan, RunResult const& result, Diagnostics& diagnostics) {
  auto const years = years_in(result);
  if (years.empty()) {
    diagnostics.error(plan.scenario.place, "the scenario counts nothing by year", {}, "add a breakdown with `year`");
    return;
  }
  if (plan.from == 0) plan.from = years.front();
  if (plan.until == 0) plan.until = years.back();
  if (plan.from < years.front() || plan.until > years.back()) {
    diagnostics.error(plan.scenario.place, fmt::format("the plan goes from {} to {}", plan.from, plan.until),
                      fmt::format("the scenario goes from {} to {}", years.front(), years.back()),
                      "change `years` of one of them");
    return;
  }
  if (plan.indicators.empty()) DefaultIndicators{plan, result}.add();
  if (plan.indicators.empty())
    diagnostics.error(plan.scenario.place, "nothing to follow: the scenario has no measures", {}, "write `indicators`");
}

}  // namespace utvei
