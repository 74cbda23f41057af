// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// How people come to be treated or not.
enum class Assignment {
  randomised,         ///< by lot
  register_controls,  ///< all who take part are treated; others like them are found in a register
  before_after,       ///< all are treated, and nobody is compared with
  waiting_list,       ///< by lot: at once, or later
  stepped,            ///< regions begin one after another, by lot
};
enum class StudyOutcome {
  employed_at,    ///< in work at one time
  ever_employed,  ///< in work at some time until the end of follow-up
  score,          ///< of the scenario, measured at waves
};
enum class Estimator {
  difference,    ///< in proportions, by Fisher's exact test
  hazard_ratio,  ///< of the first work, by the log-rank test and Cox's partial likelihood
  mixed_model,   ///< difference of means at a wave, or in regions that begin by steps: a random intercept, by REML
};

/// Of a mixed model.
enum class StandardErrors {
  model,   ///< as it has them
  robust,  ///< by the sandwich: they hold where people's variances are not as the model says
};

/// Whom a study loses, for good.
struct Attrition {
  double by_the_end{0};         ///< of follow-up, evenly over it
  std::vector<double> by_wave;  ///< or until each wave
  [[nodiscard]] bool is_any() const;
};

/// Only those whose measured score at the start is low, or high.
struct Enrolment {
  std::string score;
  Place place;
  std::optional<double> below, above;  ///< one of them
  Place end_place;
};

/// A study that somebody plans (docs/formats/power.md).
struct StudyDesign {
  std::string path;
  std::string name;
  std::string scenario;  ///< resolved path
  Place scenario_place;
  std::string measure;
  Place measure_place;
  std::vector<std::uint32_t> persons;  ///< who take part: a study of each size
  Place persons_place;
  Assignment assignment{Assignment::randomised};
  Place assignment_place;
  double share_treated{0.5};       ///< of randomised and waiting_list
  std::uint32_t controls_each{1};  ///< of register_controls
  Duration wait;                   ///< of waiting_list: when those who wait begin
  std::uint32_t steps{0};          ///< of stepped: how many groups of regions
  Duration follow;
  std::vector<Duration> waves;  ///< when people are seen, after the start; of stepped the ends of its periods
  Place waves_place;
  StudyOutcome outcome{StudyOutcome::employed_at};
  std::string score;  ///< if the outcome is one
  Place score_place;
  std::optional<double> retest;        ///< reliability of scores; none: as the scenario says
  std::optional<Enrolment> enrolment;  ///< none: all who qualify
  Duration at;                         ///< when the outcome is seen; of stepped all waves count
  Estimator estimator{Estimator::difference};
  StandardErrors errors{StandardErrors::model};
  double significance{0.05};
  double wanted_power{0.8};
  Attrition lost_treated, lost_control;
  std::uint32_t studies{2000};
  std::vector<std::string> inputs;

  [[nodiscard]] std::size_t wave_of_outcome() const;
};
/// The share that is lost until a time after the start; `wave`: which wave it is.
double lost_until(Attrition const& lost, StudyDesign const& design, std::size_t wave);
/// Whatever is wrong goes to the diagnostics.
StudyDesign read_power(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                       Diagnostics& diagnostics);

/// What studies of one size would find.
struct StudySize {
  std::uint32_t persons{0}, treated{0}, controls{0};
  double power{0}, power_se{0};        ///< share of studies that find something; its Monte Carlo error
  double power_low{0}, power_high{1};  ///< 95 per cent of it (Wilson)
  std::uint32_t significant{0};        ///< studies that find something
  std::uint32_t not_fitted{0};         ///< those with too few people left for the analysis; they find nothing
  std::optional<double> wrong_sign;    ///< of these, the share whose estimate has the other sign
  std::optional<double> exaggeration;  ///< of these, by how much the mean size of the estimate is too large
  std::optional<double> least_effect;  ///< that the wanted power is reached for, in the direction of the effect
  std::optional<double> false_alarms;  ///< of a mixed model: what its test finds where there is no effect
};
/// What studies find if the effects of the measure are at one end of their 95 per cent intervals.
struct PowerAtEnd {
  double effect{0};           ///< what the estimator is of
  std::vector<double> power;  ///< by size
  std::optional<std::uint32_t> enough;
};
/// What people would see who are all treated and not compared, by where it comes from.
struct ChangeSeen {
  double at_start{0};     ///< what is seen then
  double development{0};  ///< what would have come without the measure, to all who qualify
  double regression{0};   ///< to the mean: what those who are enrolled would have gained more than these
  double effect{0};
};
struct PowerReport {
  std::size_t eligible{0};              ///< people of the scenario who qualify at its start
  double qualify{0};                    ///< people whom these stand for
  double available{0};                  ///< those of them whom the study enrols
  std::optional<double> enrolled;       ///< the share of these whose score the study enrols at
  std::size_t regions{0};               ///< of stepped: where they live
  double control{0}, treated{0};        ///< means of the outcome if nobody, or everybody, is treated
  double spread{0};                     ///< standard deviation of the outcome without the measure
  std::optional<double> waiting;        ///< and of those who wait, whom the study compares with
  double hazard_ratio{1};               ///< of the first work, as compared
  double effect{0};                     ///< what the estimator is of: the difference as compared, or the hazard ratio
  double effect_se{0};                  ///< of it, of hazard ratios of the log: how well the people followed tell it
  bool is_effect_clear{true};           ///< it is more than two of these away from none
  std::vector<StudySize> sizes;         ///< empty of before_after
  std::optional<ChangeSeen> change;     ///< of before_after
  std::optional<std::uint32_t> enough;  ///< persons for the wanted power; none: there is no effect, or no number is
  std::uint32_t enough_controls{0};     ///< of register_controls: how many others these are compared with
  bool is_enough_simulated{false};      ///< not by a formula
  std::uint32_t looked_up_to{0};        ///< the largest number that was looked at
  std::vector<PowerAtEnd> at_ends;      ///< the lower, the upper; empty: no effect has an interval
  bool is_shift_known{false};           ///< how the measure moves the score has none, whatever its other effects have
  std::uint32_t seed{0};                ///< of the scenario
};

/// Diagnoses a measure that the scenario lacks, one that nobody qualifies for when it starts, and regions that are too
/// few for the steps.
void check_study_people(StudyDesign const& design, Scenario const& scenario, Population const& people,
                        Diagnostics& diagnostics);

struct PowerOptions {
  std::size_t threads{0};
  StopFlag const* stop{nullptr};
  std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
};

/// The scenario's people who qualify for the measure when it starts are followed, treated and not; studies draw their
/// people from them, lose some, and are analysed as planned. Effects from trials are settled. The same for any number
/// of threads. Diagnoses a measure that the scenario lacks, and one that nobody qualifies for.
PowerReport simulate_studies(StudyDesign const& design, Scenario const& scenario, Rates const& rates,
                             Population const& people, PowerOptions const& options, Diagnostics& diagnostics);

/// Power of Fisher's exact two-sided test, exactly.
double power_of_fisher(std::uint32_t treated, std::uint32_t controls, double p_treated, double p_control,
                       double significance);
/// Events that the log-rank test needs (Schoenfeld 1983, Biometrics 39:499-503).
double events_needed(double hazard_ratio, double share_treated, double significance, double power);

}  // namespace utvei
