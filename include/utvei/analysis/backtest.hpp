// SPDX-License-Identifier: Apache-2.0
// Back-tests: rates from the early years, predictions of the later ones, scores beside naive predictions.
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/core/time.hpp>
#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/tables.hpp>
#include <utvei/register/life_courses.hpp>
#include <utvei/register/study.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// The key `backtest` of a study.
struct BacktestOptions {
  std::vector<Instant> splits;  ///< rising; several: a rolling origin
  std::uint32_t draws{200};     ///< of parameters and luck
  std::uint32_t seed{1};
  Place place;
};
inline constexpr std::uint32_t least_backtest_draws = 20;  ///< fewer have no 90 % interval

/// Reads `study.backtest`; a study without sources is an error. `splits`: those of the command line, in place of the
/// file's; as the study writes moments.
BacktestOptions read_backtest_options(Study const& study, std::vector<std::string> const& splits,
                                      Diagnostics& diagnostics);

/// Ways to predict.
enum class Forecast {
  model,      ///< the study's own
  pooled,     ///< one raw rate a transition, all regions alike
  raw,        ///< one raw rate a transition and region
  no_change,  ///< everybody stays where he is
};
inline constexpr std::array forecasts{Forecast::model, Forecast::pooled, Forecast::raw, Forecast::no_change};
std::string_view name_of(Forecast forecast);  ///< model | pooled | raw | no_change

/// One prediction: how many people of a region are in a state some years after the split.
struct BacktestLine {
  Instant split;
  int years{1};  ///< of 365.25 days
  Forecast forecast{Forecast::model};
  std::string region;  ///< code; empty where the study has no regions
  StateId state;
  std::int64_t observed{0};
  double mean{0};
  std::int64_t low_50{0}, high_50{0}, low_90{0}, high_90{0};
  double log_score{0};  ///< the higher the better
  double crps{0};       ///< people; the lower the better
  [[nodiscard]] bool within_50() const { return observed >= low_50 && observed <= high_50; }
  [[nodiscard]] bool within_90() const { return observed >= low_90 && observed <= high_90; }
};

/// How good one way was, over regions and states.
struct BacktestScore {
  Instant split;
  int years{0};  ///< 0: all together
  Forecast forecast{Forecast::model};
  std::string failed;                                            ///< why there is no prediction; then all else is 0
  std::size_t predictions{0};                                    ///< regions × states
  double log_score{0}, crps{0}, coverage_50{0}, coverage_90{0};  ///< means
  double total_variation{0};      ///< between predicted and observed shares of states, mean over regions
  double total_variation_all{0};  ///< the same of all regions together
};

/// Who was predicted, from one split.
struct BacktestPeople {
  Instant split;
  std::size_t persons{0};               ///< who are seen at the split, and of whom is known what rates ask for
  std::size_t unknown{0};               ///< seen, but region, a trait or the time in the state is not known
  std::vector<std::size_t> seen_later;  ///< by year, from 1: those of `persons` who are seen then
};

struct Backtest {
  std::vector<BacktestLine> lines;    ///< by split, forecast, year, region, state
  std::vector<BacktestScore> scores;  ///< by split and forecast: each year, then all
  std::vector<BacktestScore> total;   ///< by forecast: all splits and years
  std::vector<BacktestPeople> people;
  std::vector<std::string> warnings;  ///< in plain words
};

struct BacktestRun {
  std::size_t threads{0};
  StopFlag const* stop{nullptr};
  std::function<void(std::uint64_t done, std::uint64_t total)> progress{};  ///< lives
};

/// Fits each way on what was known at a split and compares with `lives`, the life courses of the whole window. Early
/// life courses are made anew from the sources. A way that cannot be fitted, or whose rates have gaps, is a score that
/// says so. Throws InputError where nobody is left to predict, Interrupted when `stop` is raised. The same for any
/// number of threads.
Backtest backtest(Study const& study, LifeCourses const& lives, EstimateOptions const& estimate,
                  BacktestOptions const& options, BacktestRun const& run);

/// `--scores`: split,years,region,state,method,observed,mean,low_50,high_50,low_90,high_90,log_score,crps.
TextTable backtest_lines_table(Backtest const& backtest, Study const& study);
/// split,years,method,predictions,log_score,crps,coverage_50,coverage_90,total_variation,total_variation_all,failed; of
/// all years `years` is empty, of all splits `split`.
TextTable backtest_scores_table(Backtest const& backtest, Study const& study);
/// For people. `least`: fewer people are not told.
std::string describe(Backtest const& backtest, Study const& study, std::int64_t least);

}  // namespace utvei
