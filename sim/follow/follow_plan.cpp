// SPDX-License-Identifier: Apache-2.0
#include "plan_counts.hpp"

#include <utvei/results/marginal.hpp>

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
        if (plan_.indicators[i].step != PlanStep::none) read_years_before_plan(i);
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

  /// Who comes to a step in the plan may have come to the one before earlier.
  void read_years_before_plan(std::size_t indicator) {
    for (int const year : years_in(result_)) {
      if (year >= plan_.from) break;
      if (auto runs = plan_runs(plan_, plan_.indicators[indicator], year, result_))
        runs_[{indicator, year}] = std::move(*runs);
    }
  }

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
    auto const place = figures_.find(key);
    if (place == figures_.end()) return std::nullopt;
    FollowedFigure const& figure = followed_.figures[place->second];
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
      step.actual = complete_figure(own);
      if (i == 0) {
        step.expected = prediction_band(runs_.at(own), weight_);
      } else if (!expect_by_before(step, chain[i - 1], chain[i])) {
        continue;
      }
      bool const is_whole = !followed_.figures[figures_.at(own)].is_part_of_run;
      bool const can_be_told = is_whole && !(step.before && are_one_in_the_model(*step.before, step.step));
      if (!can_be_told) step.expected.within = {};
      if (!step.before || step.is_before_known)
        step.verdict = verdict_of(step.expected.within[band_of_95], step.actual);
      step.has_slipped = !has_slipped && step.verdict == PlanVerdict::below;
      has_slipped = has_slipped || step.has_slipped;
      followed_.steps.push_back(std::move(step));
    }
  }

  /// Those who come to a step this year came to the one before in this year or an earlier one: so many of them as the
  /// runs have on average. Around what that makes of the figures of the step before, it varies as in the runs. Where a
  /// figure is not known the mean stands for it, and what it varies by stays in the band. False: no run tells it.
  bool expect_by_before(FollowedStep& step, std::size_t before, std::size_t own) const {
    step.before = plan_.indicators[before].step;
    step.before_verdict = verdict_in(before, step.year);
    PlanRuns ratios = runs_.at({own, step.year});
    std::vector<double> predicted(ratios.values.size(), 0.0);
    double by_figures = 0;
    for (auto const& [year, share] : shares_of_before(before, own, step.year)) {
      PlanRuns const& earlier = runs_.at({before, year});
      if (earlier.values.size() != predicted.size()) return false;
      double const mean = prediction_band(earlier, weight_).mean;
      auto const counted = complete_figure({before, year});
      for (std::size_t r = 0; r < predicted.size(); ++r) predicted[r] += share * (counted ? earlier.values[r] : mean);
      by_figures += share * counted.value_or(mean);
    }
    if (std::ranges::any_of(predicted, [](double people) { return people <= 0; })) return false;
    for (std::size_t r = 0; r < predicted.size(); ++r) ratios.values[r] /= predicted[r];
    step.expected = prediction_band(std::move(ratios), weight_);
    scale(step.expected, by_figures);
    step.is_before_known = complete_figure({before, step.year}).has_value();
    return true;
  }

  /// By year: what share of those who came to the step before then come to this one in `year`, on average over the
  /// runs.
  [[nodiscard]] std::vector<std::pair<int, double>> shares_of_before(std::size_t before, std::size_t own,
                                                                     int year) const {
    auto const mean = [&](std::size_t indicator, int of) {
      auto const found = runs_.find({indicator, of});
      return found == runs_.end() ? 0.0 : prediction_band(found->second, weight_).mean;
    };
    std::vector<std::pair<int, double>> shares;
    PlanIndicator const& step = plan_.indicators[own];
    auto const came = step.outcome.empty() ? people_by_year_before(result_, step, plan_.indicators[before].step, year)
                                           : std::map<int, double>{};
    for (auto const& [of, people] : came) {
      double const all = mean_of_measure(before, of);
      if (people > 0 && all > 0 && runs_.contains({before, of})) shares.emplace_back(of, people / all);
    }
    if (came.empty() && mean(before, year) > 0) shares.emplace_back(year, mean(own, year) / mean(before, year));
    return shares;
  }

  /// Of the step in all regions, as step_years has them.
  [[nodiscard]] double mean_of_measure(std::size_t indicator, int year) const {
    FollowPlan everywhere = plan_;
    everywhere.region.clear();
    auto const runs = plan_runs(everywhere, plan_.indicators[indicator], year, result_);
    return runs ? prediction_band(*runs, weight_).mean : 0;
  }

  static void scale(PredictionBand& band, double by) {
    band.mean *= by;
    for (auto& ends : band.within)
      if (ends) ends = std::pair{ends->first * by, ends->second * by};
  }

  [[nodiscard]] PlanVerdict verdict_in(std::size_t indicator, int year) const {
    return followed_.figures[figures_.at({indicator, year})].verdict;
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
void check_baseline(FollowPlan const& plan, RunResult const& run, RunResult const& without, Diagnostics& diagnostics) {
  Provenance const& scenario = run.provenance;
  Provenance const& baseline = without.provenance;
  auto const differ = [](std::string const& a, std::string const& b) { return !a.empty() && !b.empty() && a != b; };
  auto const runs_of = [](RunResult const& result) {
    std::size_t most = 1;
    for (Table const& table : result.tables)
      most = std::max(most, length_of(table, "draw") * length_of(table, "replicate"));
    return most;
  };
  if (runs_of(run) != runs_of(without))
    diagnostics.error(plan.baseline->place,
                      fmt::format("`{}` and `{}` have {} and {} runs", baseline.scenario_name, scenario.scenario_name,
                                  runs_of(without), runs_of(run)),
                      "what they differ by would be luck", "give it the same `draws` and `replicates`");
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
  if (baseline != nullptr) check_baseline(plan, result, *baseline, diagnostics);
  Follower{followed, result, baseline, actual}.follow(diagnostics);
  return followed;
}

}  // namespace utvei
