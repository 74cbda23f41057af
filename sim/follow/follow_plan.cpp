// SPDX-License-Identifier: Apache-2.0
#include <utvei/follow/follow.hpp>
#include <utvei/results/outcome.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::array<double, 3> band_shares{0.5, 0.8, 0.95};
constexpr std::size_t of_80 = 1;
constexpr std::size_t of_95 = 2;

/// The outcome that tells a step, of a measure.
std::string outcome_of_step(std::string const& measure, PlanStep step) {
  switch (step) {
    case PlanStep::found:
    case PlanStep::offered:
      return "offers,measure=" + measure;  // who is found is offered it in the same minute
    case PlanStep::started:
      return "participants,measure=" + measure;
    default:
      return "completions,measure=" + measure;
  }
}

/// Years of the tables.
std::vector<int> years_in(RunResult const& result) {
  std::vector<int> years;
  for (Table const& table : result.tables)
    if (auto const axis = table.axis("year"); axis && years.empty())
      for (std::string const& label : table.dimensions[*axis].labels) years.push_back(std::stoi(label));
  return years;
}

void add_default_indicators(FollowPlan& plan, RunResult const& result) {
  plan.has_default_indicators = true;
  if (plan.actors.empty()) plan.actors.push_back({"nav", "nav", same_in_all("NAV")});
  for (StateInfo const& measure : result.measures)
    for (PlanStep const step : {PlanStep::offered, PlanStep::started, PlanStep::completed}) {
      ReportText label;
      for (auto const& [to, language] :
           {std::pair{&label.nb, "nb"}, std::pair{&label.nn, "nn"}, std::pair{&label.en, "en"}})
        *to = fmt::format("{}: {}", label_of(measure, language), label_of(step).in(language));
      plan.indicators.push_back({fmt::format("{}_{}", measure.name, name_of(step)),
                                 label,
                                 {},
                                 measure.name,
                                 step,
                                 plan.actors.front().name,
                                 plan.scenario_place});
    }
}

struct YearRuns {
  std::vector<double> values;
  std::size_t draws{1}, replicates{1};
};

/// Where one who is simulated stands for w others, luck of so many is √w times too large: it is drawn in towards the
/// mean of its draw.
void calm_luck(YearRuns& runs, double weight) {
  if (weight <= 1) return;
  for (std::size_t d = 0; d < runs.draws; ++d) {
    auto const first = runs.values.begin() + static_cast<std::ptrdiff_t>(d * runs.replicates);
    auto const last = first + static_cast<std::ptrdiff_t>(runs.replicates);
    double const mean = std::accumulate(first, last, 0.0) / static_cast<double>(runs.replicates);
    std::for_each(first, last, [&](double& value) { value = mean + (value - mean) / std::sqrt(weight); });
  }
}

YearRuns runs_of(FollowPlan const& plan, PlanIndicator const& indicator, int year, RunResult const& result) {
  std::string const outcome =
      indicator.outcome.empty() ? outcome_of_step(indicator.measure, indicator.step) : indicator.outcome;
  std::string text = fmt::format("{},year={}", outcome, year);
  if (!plan.region.empty()) text += ",region=" + plan.region;
  OutcomeValues const values = values_of(result, read_outcome(text, indicator.name));
  YearRuns runs{values.total, values.draws, values.replicates};
  return runs;
}

std::size_t independent_of(YearRuns const& runs) {
  return runs.draws > 1 ? runs.draws : runs.replicates;
}

PlanVerdict verdict_of(std::optional<std::pair<double, double>> const& band, std::optional<double> const& actual) {
  if (!band || !actual) return PlanVerdict::none;
  double const slack = 1e-9 * std::max(1.0, std::abs(*actual));
  if (*actual < band->first - slack) return PlanVerdict::below;
  return *actual > band->second + slack ? PlanVerdict::above : PlanVerdict::inside;
}

/// Numbers of one year, by indicator.
using RunsOfYear = std::map<std::size_t, YearRuns>;

YearRuns ratio_runs(YearRuns const& step, YearRuns const& before, double weight) {
  YearRuns ratios{{}, step.draws, step.replicates};
  for (std::size_t i = 0; i < step.values.size(); ++i)
    if (i < before.values.size() && before.values[i] > 0) ratios.values.push_back(step.values[i] / before.values[i]);
  if (ratios.values.size() != step.values.size()) ratios.values.clear();  // in some runs there is none to divide by
  if (!ratios.values.empty()) calm_luck(ratios, weight);
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

class Follower {
 public:
  Follower(FollowedPlan& followed, RunResult const& result, std::vector<ActualFigure> const& actual)
      : followed_{followed}, result_{result}, weight_{static_cast<double>(result.provenance.weight)} {
    for (ActualFigure const& figure : actual) actual_[{figure.indicator, figure.year}] = figure;
  }

  void follow(Diagnostics& diagnostics) {
    FollowPlan const& plan = followed_.plan;
    std::map<int, RunsOfYear> runs;
    for (std::size_t i = 0; i < plan.indicators.size(); ++i) {
      try {
        for (int year = plan.from; year <= plan.until; ++year) {
          YearRuns of_year = runs_of(plan, plan.indicators[i], year, result_);
          runs[year][i] = of_year;
          calm_luck(of_year, weight_);
          add_figure(i, year, of_year);
        }
      } catch (InputError const& error) {
        for (Diagnostic const& each : error.diagnostics().all())
          diagnostics.error(plan.indicators[i].place, each.problem, each.why, each.suggestion);
      }
    }
    if (diagnostics.has_errors()) return;
    std::vector<std::string> seen;
    for (PlanIndicator const& indicator : plan.indicators) {
      if (indicator.measure.empty() || std::ranges::find(seen, indicator.measure) != seen.end()) continue;
      seen.push_back(indicator.measure);
      for (int year = plan.from; year <= plan.until; ++year)
        add_steps(chain_of(plan, indicator.measure), year, runs[year]);
    }
  }

 private:
  void add_figure(std::size_t indicator, int year, YearRuns const& runs) {
    FollowedFigure figure;
    figure.indicator = indicator;
    figure.year = year;
    figure.expected = prediction_band(runs.values, usable(runs));
    followed_.draws = runs.draws;
    followed_.replicates = runs.replicates;
    if (auto const found = actual_.find({indicator, year}); found != actual_.end()) {
      figure.actual = found->second.number;
      figure.is_partial = found->second.is_partial;
    }
    if (!figure.is_partial) {
      figure.verdict = verdict_of(figure.expected.within[of_80], figure.actual);
      PlanVerdict const wide = verdict_of(figure.expected.within[of_95], figure.actual);
      figure.is_outside_95 = wide == PlanVerdict::below || wide == PlanVerdict::above;
    }
    followed_.figures.push_back(std::move(figure));
  }

  /// Luck of people who stand for others is not known from one run a draw.
  [[nodiscard]] std::size_t usable(YearRuns const& runs) const {
    return weight_ > 1 && runs.replicates < 2 ? 0 : independent_of(runs);
  }

  [[nodiscard]] std::optional<double> known(std::size_t indicator, int year) const {
    auto const found = actual_.find({indicator, year});
    return found == actual_.end() || found->second.is_partial ? std::nullopt : found->second.number;
  }

  void add_steps(std::vector<std::size_t> const& chain, int year, RunsOfYear const& runs) {
    bool has_slipped = false;
    for (std::size_t i = 1; i < chain.size(); ++i) {
      PlanIndicator const& own = followed_.plan.indicators[chain[i]];
      FollowedStep step;
      step.measure = own.measure;
      step.step = own.step;
      step.before = followed_.plan.indicators[chain[i - 1]].step;
      step.year = year;
      YearRuns const ratios = ratio_runs(runs.at(chain[i]), runs.at(chain[i - 1]), weight_);
      if (ratios.values.empty()) continue;
      step.expected = prediction_band(ratios.values, usable(ratios));
      auto const now = known(chain[i], year);
      auto const before = known(chain[i - 1], year);
      if (now && before && *before > 0) step.actual = *now / *before;
      step.verdict = verdict_of(step.expected.within[of_95], step.actual);
      step.has_slipped = !has_slipped && step.verdict == PlanVerdict::below;
      has_slipped = has_slipped || step.has_slipped;
      followed_.steps.push_back(std::move(step));
    }
  }

  FollowedPlan& followed_;
  RunResult const& result_;
  double weight_;
  std::map<std::pair<std::size_t, int>, ActualFigure> actual_;
};

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

void complete_plan(FollowPlan& plan, RunResult const& result, Diagnostics& diagnostics) {
  auto const years = years_in(result);
  if (years.empty()) {
    diagnostics.error(plan.scenario_place, "the scenario counts nothing by year", {}, "add a breakdown with `year`");
    return;
  }
  if (plan.from == 0) plan.from = years.front();
  if (plan.until == 0) plan.until = years.back();
  if (plan.from < years.front() || plan.until > years.back())
    diagnostics.error(plan.scenario_place, fmt::format("the plan goes from {} to {}", plan.from, plan.until),
                      fmt::format("the scenario goes from {} to {}", years.front(), years.back()),
                      "change `years` of one of them");
  if (plan.indicators.empty()) add_default_indicators(plan, result);
  if (plan.indicators.empty())
    diagnostics.error(plan.scenario_place, "nothing to follow: the scenario has no measures", {}, "write `indicators`");
}

PredictionBand prediction_band(std::vector<double> runs, std::size_t independent) {
  PredictionBand band;
  if (runs.empty()) return band;
  band.mean = std::accumulate(runs.begin(), runs.end(), 0.0) / static_cast<double>(runs.size());
  std::ranges::sort(runs);
  auto const count = static_cast<double>(runs.size());
  auto const at = [&](double probability) {
    double const place = std::clamp(probability * (count + 1) - 1, 0.0, count - 1);
    auto const below = static_cast<std::size_t>(place);
    std::size_t const above = std::min(below + 1, runs.size() - 1);
    return runs[below] + (place - static_cast<double>(below)) * (runs[above] - runs[below]);
  };
  for (std::size_t b = 0; b < band_shares.size(); ++b) {
    double const tail = (1 - band_shares[b]) / 2;
    constexpr double slack = 1e-9;
    if (tail * static_cast<double>(independent + 1) < 1 - slack) continue;  // beyond the least and the largest run
    band.within[b] = std::pair{at(tail), at(1 - tail)};
  }
  return band;
}

std::size_t FollowedPlan::judged() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(figures, [](FollowedFigure const& f) { return f.verdict != PlanVerdict::none; }));
}

std::size_t FollowedPlan::outside() const {
  return static_cast<std::size_t>(std::ranges::count_if(figures, [](FollowedFigure const& f) {
    return f.verdict == PlanVerdict::below || f.verdict == PlanVerdict::above;
  }));
}

FollowedPlan follow_plan(FollowPlan const& plan, RunResult const& result, std::vector<ActualFigure> const& actual,
                         Diagnostics& diagnostics) {
  FollowedPlan followed;
  followed.plan = plan;
  followed.data_class = result.provenance.data_class;
  Follower{followed, result, actual}.follow(diagnostics);
  return followed;
}

}  // namespace utvei
