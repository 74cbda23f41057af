// SPDX-License-Identifier: Apache-2.0
// Rolling-origin back-tests (Tashman 2000, Int. J. Forecasting 16: 437-450). Each draw has rates of its own, drawn from
// the errors of their estimates, and luck of its own, so the draws are a sample of what may be counted: what is not
// known of the rates, and population chance.
#include "cohort_at_split.hpp"
#include "predictive_scores.hpp"
#include "score_means.hpp"

#include <utvei/analysis/backtest.hpp>
#include <utvei/engine/follow.hpp>
#include <utvei/engine/simulate.hpp>
#include <utvei/estimation/frailty_report.hpp>
#include <utvei/model/limit_shares.hpp>
#include <utvei/register/exposure.hpp>
#include <utvei/scenario/people_classes.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Counts of people by year, region and state, a row for each draw.
struct Counts {
  std::size_t states{0}, regions{0};
  std::vector<std::vector<std::int64_t>> draws;
  [[nodiscard]] std::size_t cell(std::size_t year, std::size_t region, StateId state) const {
    return (year * regions + region) * states + state.value();
  }
};

/// `where`: states by person, then year. Only who is seen then is counted.
std::vector<std::int64_t> count(CohortAtSplit const& cohort, Counts const& counts, std::vector<StateId> const& where) {
  std::size_t const years = cohort.times.size();
  std::vector<std::int64_t> sums(years * counts.regions * counts.states);
  for (std::size_t person = 0; person < cohort.people.size(); ++person) {
    for (std::size_t year = 0; year < years; ++year) {
      std::size_t const at = person * years + year;
      if (cohort.at[at]) ++sums[counts.cell(year, cohort.region_of[person], where[at])];
    }
  }
  return sums;
}

/// What one split asks for.
class SplitTest {
 public:
  SplitTest(Study const& study, LifeCourses const& early, CohortAtSplit const& cohort, EstimateOptions const& estimate,
            BacktestOptions const& options, BacktestRun const& run, Backtest& result)
      : study_{study},
        early_{early},
        cohort_{cohort},
        estimate_{estimate},
        options_{options},
        run_{run},
        result_{result},
        shape_{study.model.states.size(), cohort.regions.size(), {}} {
    std::vector<StateId> where;
    for (auto const& state : cohort.at) where.push_back(state.value_or(StateId{0}));
    observed_ = count(cohort, shape_, where);
  }

  void score(Forecast forecast, std::uint64_t done, std::uint64_t total) {
    std::string failed;
    Counts counts = shape_;
    try {
      counts.draws = forecast == Forecast::no_change ? unchanged() : drawn(forecast, done, total);
    } catch (InputError const& error) {
      failed = reason_of(error);
    }
    add_lines(forecast, counts);
    for (std::size_t year = 0; year <= cohort_.times.size(); ++year)
      add_score(forecast, static_cast<int>(year), failed);
  }

 private:
  static std::string reason_of(InputError const& error) {
    auto const& all = error.diagnostics().all();
    auto const first = std::ranges::find(all, Severity::error, &Diagnostic::severity);
    if (first == all.end()) return error.what();
    auto const more = error.diagnostics().error_count() - 1;
    return first->problem + (more > 0 ? fmt::format(", and {} more", more) : "");
  }

  [[nodiscard]] std::vector<std::vector<std::int64_t>> unchanged() const {
    std::vector<StateId> where;
    for (StateId const state : cohort_.people.state) where.insert(where.end(), cohort_.times.size(), state);
    return {count(cohort_, shape_, where)};
  }

  [[nodiscard]] EstimateOptions options_of(Forecast forecast) const {
    if (forecast == Forecast::model) return estimate_;
    EstimateOptions naive;
    naive.place = estimate_.place;
    naive.limits = estimate_.limits;
    for (EstimatedLimit& limit : naive.limits) limit.by_region = limit.by_region && forecast == Forecast::raw;
    if (forecast == Forecast::raw) {
      if (!early_.persons.knows_region()) {
        throw InputError{Fault::file, study_.estimate.place, "the study has no regions"};
      }
      naive.region = RegionEffect::fixed;
    }
    return naive;
  }

  [[nodiscard]] Rates fitted(Forecast forecast) const {
    EstimateOptions const options = options_of(forecast);
    auto const exposure = tabulate(early_, study_.model, cell_axes(options, early_, study_.model), run_.threads,
                                   run_.stop, windows_of(options));
    Fit found = fit(exposure, study_.model, options, run_.threads);
    found.limits = fit_limits(early_, study_.model, options, run_.threads, run_.stop);
    if (options.frailty)
      found.frailty = estimate_frailty(early_, study_.model, exposure, found, options, run_.threads, run_.stop);
    return to_rates(found);
  }

  /// A plan from values: the model, the people and the years, and nothing else.
  [[nodiscard]] Scenario scenario() const {
    Scenario scenario;
    scenario.path = study_.path;
    scenario.name = study_.name;
    scenario.model = study_.model;
    scenario.start = cohort_.counts.split;
    scenario.end = cohort_.times.back();
    scenario.seed = options_.seed;
    scenario.draws = options_.draws;
    return scenario;
  }

  std::vector<std::vector<std::int64_t>> drawn(Forecast forecast, std::uint64_t done, std::uint64_t total) {
    Rates rates = fitted(forecast);
    Scenario what = scenario();
    Population people = cohort_.people;
    Diagnostics unsettled;
    settle_limits(what.model, rates, unsettled);
    throw_if_errors(unsettled);
    if (rates.classes) give_classes(what, rates, people);
    std::vector<std::vector<std::int64_t>> counts;
    std::size_t capped = 0;
    std::size_t capped_draws = 0;
    for (std::uint32_t draw = 0; draw < options_.draws; ++draw) {
      Diagnostics diagnostics;
      RunPlan plan = compile(what, rates, people, draw, diagnostics);
      throw_if_errors(diagnostics);
      // Registers hold whole days: whom a limit had passed a day ago was let stay.
      plan.spared_until = what.start - Duration{minutes_per_day};
      capped += plan.capped_rates;
      capped_draws += plan.capped_rates > 0 ? 1U : 0U;
      auto const where = follow(plan, people, {options_.seed, draw, 0}, cohort_.times, run_.threads, run_.stop);
      counts.push_back(count(cohort_, shape_, where));
      if (run_.progress) run_.progress((done + draw + 1) * cohort_.people.size(), total * cohort_.people.size());
    }
    if (capped > 0) {
      result_.warnings.push_back(fmt::format("{}, split {}: {}", name_of(forecast),
                                             written_moment(cohort_.counts.split, study_.time),
                                             describe_capped(capped, capped_draws)));
    }
    return counts;
  }

  [[nodiscard]] std::int64_t people_of(std::size_t year, std::size_t region) const {
    std::int64_t sum = 0;
    for (StateId const state : ids_of(study_.model.states)) sum += observed_[shape_.cell(year, region, state)];
    return sum;
  }

  void add_lines(Forecast forecast, Counts const& counts) {
    first_line_ = result_.lines.size();
    if (counts.draws.empty()) return;
    for (std::size_t year = 0; year < cohort_.times.size(); ++year) {
      for (std::size_t region = 0; region < shape_.regions; ++region) {
        if (people_of(year, region) == 0) continue;
        for (StateId const state : ids_of(study_.model.states)) {
          std::size_t const cell = shape_.cell(year, region, state);
          std::vector<std::int64_t> sample;
          for (auto const& draw : counts.draws) sample.push_back(draw[cell]);
          auto const s = score_prediction(std::move(sample), observed_[cell]);
          result_.lines.push_back({cohort_.counts.split, static_cast<int>(year) + 1, forecast, cohort_.regions[region],
                                   state, observed_[cell], s.mean, s.low_50, s.high_50, s.low_90, s.high_90,
                                   s.log_score, s.crps});
        }
      }
    }
  }

  void add_score(Forecast forecast, int years, std::string const& failed) {
    BacktestScore score{cohort_.counts.split, years, forecast, failed};
    std::vector<BacktestLine> lines;
    for (std::size_t i = first_line_; i < result_.lines.size(); ++i) {
      if (years == 0 || result_.lines[i].years == years) lines.push_back(result_.lines[i]);
    }
    add_means(lines, study_.model.states.size(), score);
    result_.scores.push_back(std::move(score));
  }

  Study const& study_;
  LifeCourses const& early_;
  CohortAtSplit const& cohort_;
  EstimateOptions const& estimate_;
  BacktestOptions const& options_;
  BacktestRun const& run_;
  Backtest& result_;
  Counts shape_;
  std::vector<std::int64_t> observed_;
  std::size_t first_line_{0};
};

/// What was known at a moment: the sources read anew, as if nothing later had been written.
LifeCourses early_lives(Study study, Instant split, std::size_t threads) {
  study.to = split;
  study.ends_with_window = true;
  Diagnostics diagnostics;
  LifeCourses early = read_register(study, threads, diagnostics);
  throw_if_errors(diagnostics);
  return early;
}

/// A total over some of the splits is no match for those of other forecasts.
void warn_of_failed_splits(Forecast forecast, Study const& study, Backtest& result, bool everywhere) {
  for (BacktestScore const& score : result.scores) {
    if (everywhere || score.forecast != forecast || score.failed.empty() || score.years != 0) continue;
    result.warnings.push_back(fmt::format("{}: its total lacks the split {}, where it failed", name_of(forecast),
                                          written_moment(score.split, study.time)));
  }
}

}  // namespace

Backtest backtest(Study const& study, LifeCourses const& lives, EstimateOptions const& estimate,
                  BacktestOptions const& options, BacktestRun const& run) {
  Backtest result;
  std::uint64_t const total = options.splits.size() * (forecasts.size() - 1) * options.draws;
  std::uint64_t done = 0;
  for (Instant const split : options.splits) {
    LifeCourses const early = early_lives(study, split, run.threads);
    CohortAtSplit const cohort = cohort_at_split(early, lives, study, estimate, split);
    if (cohort.people.size() == 0) {
      throw InputError{Fault::file, options.place,
                       fmt::format("nobody is seen at the split {}", written_moment(split, study.time)),
                       fmt::format("of {} people there the region, a trait or the time in the state is not known",
                                   cohort.counts.unknown),
                       "split at another moment"};
    }
    result.people.push_back(cohort.counts);
    SplitTest test{study, early, cohort, estimate, options, run, result};
    for (Forecast const forecast : forecasts) {
      test.score(forecast, done, total);
      done += forecast == Forecast::no_change ? 0 : options.draws;
    }
  }
  for (Forecast const forecast : forecasts) {
    BacktestScore score{{}, 0, forecast, {}};
    std::vector<BacktestLine> lines;
    std::ranges::copy_if(result.lines, std::back_inserter(lines),
                         [&](BacktestLine const& line) { return line.forecast == forecast; });
    add_means(lines, study.model.states.size(), score);
    if (lines.empty()) score.failed = std::ranges::find(result.scores, forecast, &BacktestScore::forecast)->failed;
    warn_of_failed_splits(forecast, study, result, lines.empty());
    result.total.push_back(std::move(score));
  }
  return result;
}

}  // namespace utvei
