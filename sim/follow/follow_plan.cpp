// SPDX-License-Identifier: Apache-2.0
#include "plan_counts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

PlanVerdict verdict_of(std::optional<std::pair<double, double>> const& band, std::optional<double> const& actual) {
  if (!band || !actual) return PlanVerdict::none;
  constexpr double rounding = 1e-9;
  double const slack = rounding * std::max(1.0, std::abs(*actual));
  if (*actual < band->first - slack) return PlanVerdict::below;
  return *actual > band->second + slack ? PlanVerdict::above : PlanVerdict::inside;
}

/// Step by step before, run by run; empty where in some run there is none to divide by.
PlanRuns ratio_runs(PlanRuns const& step, PlanRuns const& before) {
  PlanRuns ratios{{}, step.draws, step.replicates};
  if (step.values.size() != before.values.size() || std::ranges::any_of(before.values, [](double v) { return v <= 0; }))
    return ratios;
  for (std::size_t i = 0; i < step.values.size(); ++i) ratios.values.push_back(step.values[i] / before.values[i]);
  return ratios;
}

/// Indicators of one measure that are steps, in their order.
std::vector<std::size_t> chain_of(FollowPlan const& plan, std::string const& measure) {
  std::vector<std::size_t> chain;
  for (std::size_t i = 0; i < plan.indicators.size(); ++i)
    if (plan.indicators[i].measure == measure && plan.indicators[i].step != PlanStep::none) chain.push_back(i);
  std::ranges::stable_sort(chain, {}, [&](std::size_t i) { return plan.indicators[i].step; });
  return chain;
}

/// The model finds and offers in one act: where a service finds some and does not offer, no run tells how many.
bool are_one_in_the_model(PlanStep before, PlanStep step) {
  return before == PlanStep::found && step == PlanStep::offered;
}

class Follower {
 public:
  Follower(FollowedPlan& followed, RunResult const& result, RunResult const* baseline,
           std::vector<ActualFigure> const& actual)
      : followed_{followed},
        plan_{followed.plan},
        result_{result},
        baseline_{baseline},
        weight_{static_cast<double>(result.provenance.weight)} {
    for (ActualFigure const& figure : actual) actual_[{figure.indicator, figure.year}] = figure;
  }

  void follow(Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < plan_.indicators.size(); ++i) {
      try {
        for (int year = plan_.from; year <= plan_.until; ++year) add_figure(i, year);
      } catch (InputError const& error) {
        for (Diagnostic const& each : error.diagnostics().all())
          diagnostics.error(plan_.indicators[i].place, each.problem, each.why, each.suggestion);
      }
    }
    if (diagnostics.has_errors()) return;
    std::vector<std::string> seen;
    for (PlanIndicator const& indicator : plan_.indicators) {
      if (indicator.measure.empty() || std::ranges::find(seen, indicator.measure) != seen.end()) continue;
      seen.push_back(indicator.measure);
      for (int year = plan_.from; year <= plan_.until; ++year) add_steps(chain_of(plan_, indicator.measure), year);
    }
  }

 private:
  using Key = std::pair<std::size_t, int>;

  void add_figure(std::size_t indicator, int year) {
    FollowedFigure figure;
    figure.indicator = indicator;
    figure.year = year;
    std::string const day = day_of(plan_.indicators[indicator], result_);
    figure.is_part_of_run = day.empty() && !covers_year(result_, year);
    if (auto runs = plan_runs(plan_, plan_.indicators[indicator], year, result_)) {
      figure.expected = prediction_band(*runs, weight_);
      followed_.draws = runs->draws;
      followed_.replicates = runs->replicates;
      runs_[{indicator, year}] = std::move(*runs);
    }
    figure.without = mean_of_baseline(indicator, year);
    if (auto const found = actual_.find({indicator, year}); found != actual_.end()) {
      figure.actual = found->second.number;
      std::string const last = fmt::format("{}-{}", year, day.empty() ? "12-31" : day);
      bool const is_early = !found->second.as_of.empty() && found->second.as_of < last;
      if (figure.actual) judge(figure, is_early);
    }
    figures_[{indicator, year}] = followed_.figures.size();
    followed_.figures.push_back(std::move(figure));
  }

  static void judge(FollowedFigure& figure, bool is_early) {
    if (!figure.expected) {
      figure.why = NotJudged::no_count;
    } else if (is_early) {
      figure.why = NotJudged::early;
    } else if (figure.is_part_of_run) {
      figure.why = NotJudged::part_of_run;
    } else if (!figure.expected->within[band_of_80]) {
      figure.why = NotJudged::few_runs;
    } else {
      figure.verdict = verdict_of(figure.expected->within[band_of_80], figure.actual);
      PlanVerdict const wide = verdict_of(figure.expected->within[band_of_95], figure.actual);
      figure.is_outside_95 = wide == PlanVerdict::below || wide == PlanVerdict::above;
    }
  }

  /// What only the plan has, its steps among them, the baseline cannot tell.
  [[nodiscard]] std::optional<double> mean_of_baseline(std::size_t indicator, int year) const {
    if (baseline_ == nullptr || plan_.indicators[indicator].step != PlanStep::none) return std::nullopt;
    try {
      auto const runs = plan_runs(plan_, plan_.indicators[indicator], year, *baseline_);
      if (runs) return prediction_band(*runs, weight_).mean;
    } catch (InputError const&) {
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<double> complete_figure(Key const& key) const {
    FollowedFigure const& figure = followed_.figures[figures_.at(key)];
    bool const is_whole = figure.why == NotJudged::judged || figure.why == NotJudged::few_runs;
    return is_whole ? figure.actual : std::nullopt;
  }

  void add_steps(std::vector<std::size_t> const& chain, int year) {
    bool has_slipped = false;
    for (std::size_t i = 0; i < chain.size(); ++i) {
      Key const own{chain[i], year};
      if (!runs_.contains(own)) continue;
      FollowedStep step;
      step.measure = plan_.indicators[chain[i]].measure;
      step.step = plan_.indicators[chain[i]].step;
      step.year = year;
      PlanRuns ratios = runs_.at(own);
      step.actual = complete_figure(own);
      if (i > 0 && !compare_with_before(step, {chain[i - 1], year}, ratios)) continue;
      step.expected = prediction_band(std::move(ratios), weight_);
      bool const is_whole = !followed_.figures[figures_.at(own)].is_part_of_run;
      bool const can_be_told = is_whole && !(step.before && are_one_in_the_model(*step.before, step.step));
      if (!can_be_told) step.expected.within = {};
      step.verdict = verdict_of(step.expected.within[band_of_95], step.actual);
      step.has_slipped = !has_slipped && step.verdict == PlanVerdict::below;
      has_slipped = has_slipped || step.has_slipped;
      followed_.steps.push_back(std::move(step));
    }
  }

  /// The step becomes a share of the one before it; false: no run tells it.
  bool compare_with_before(FollowedStep& step, Key const& before, PlanRuns& runs) const {
    if (!runs_.contains(before)) return false;
    step.before = plan_.indicators[before.first].step;
    step.before_verdict = followed_.figures[figures_.at(before)].verdict;
    runs = ratio_runs(runs, runs_.at(before));
    auto const people = complete_figure(before);
    step.actual = step.actual && people && *people > 0 ? std::optional{*step.actual / *people} : std::nullopt;
    return !runs.values.empty();
  }

  FollowedPlan& followed_;
  FollowPlan const& plan_;
  RunResult const& result_;
  RunResult const* baseline_;
  double weight_;
  std::map<Key, ActualFigure> actual_;
  std::map<Key, PlanRuns> runs_;
  std::map<Key, std::size_t> figures_;
};

/// Measures of the plan of which some effect is taken for granted.
std::vector<std::string> assumed_of(RunResult const& result) {
  std::vector<std::string> measures;
  for (AssumedEffect const& effect : result.provenance.assumed) {
    bool const is_known = std::ranges::find(measures, effect.measure) != measures.end();
    if (!is_known) measures.push_back(effect.measure);
  }
  return measures;
}

/// Without the plan the same people would have lived the same years.
void check_baseline(FollowPlan const& plan, Provenance const& scenario, Provenance const& baseline,
                    Diagnostics& diagnostics) {
  auto const differ = [](std::string const& a, std::string const& b) { return !a.empty() && !b.empty() && a != b; };
  bool const are_others = differ(scenario.people, baseline.people) || scenario.weight != baseline.weight;
  if (!are_others && !differ(scenario.start, baseline.start) && !differ(scenario.end, baseline.end)) return;
  diagnostics.error(plan.baseline->place,
                    fmt::format("`{}` follows other people than `{}`, or other years", baseline.scenario_name,
                                scenario.scenario_name),
                    "it is to say what is expected of the same people without the plan",
                    "name the scenario that the plan's own one `extends`");
}

}  // namespace

std::string_view name_of(PlanStep step) {
  constexpr std::array<std::string_view, plan_steps + 1> names{"found",     "offered", "started",
                                                               "completed", "in_work", ""};
  return names[static_cast<std::size_t>(step)];
}

std::string_view name_of(PlanVerdict verdict) {
  constexpr std::array<std::string_view, 4> names{"", "inside", "below", "above"};
  return names[static_cast<std::size_t>(verdict)];
}

std::string_view name_of(NotJudged why) {
  constexpr std::array<std::string_view, 5> names{"", "early", "part_of_run", "few_runs", "no_count"};
  return names[static_cast<std::size_t>(why)];
}

FollowedPlan follow_plan(FollowPlan const& plan, RunResult const& result, RunResult const* baseline,
                         std::vector<ActualFigure> const& actual, Diagnostics& diagnostics) {
  FollowedPlan followed;
  followed.plan = plan;
  followed.data_class = result.provenance.data_class;
  followed.weight = result.provenance.weight;
  followed.assumed = assumed_of(result);
  for (StateInfo const& measure : result.measures)
    followed.labels[measure.name] = {label_of(measure, "nb"), label_of(measure, "nn"), label_of(measure, "en")};
  if (baseline != nullptr) check_baseline(plan, result.provenance, baseline->provenance, diagnostics);
  Follower{followed, result, baseline, actual}.follow(diagnostics);
  return followed;
}

}  // namespace utvei
