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
};
enum class StudyOutcome {
  employed_at,    ///< in work at the end of follow-up
  ever_employed,  ///< in work at some time until then
};
enum class Estimator {
  difference,    ///< in proportions, by Fisher's exact test
  hazard_ratio,  ///< of the first work, by the log-rank test and Cox's partial likelihood
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
  Assignment assignment{Assignment::randomised};
  double share_treated{0.5};       ///< of randomised
  std::uint32_t controls_each{1};  ///< of register_controls
  Duration follow;
  StudyOutcome outcome{StudyOutcome::employed_at};
  Estimator estimator{Estimator::difference};
  double significance{0.05};
  double wanted_power{0.8};
  double lost_treated{0}, lost_control{0};  ///< shares whom the study loses
  std::uint32_t studies{2000};
  std::vector<std::string> inputs;
};
/// Whatever is wrong goes to the diagnostics.
StudyDesign read_power(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                       Diagnostics& diagnostics);

/// What studies of one size would find.
struct StudySize {
  std::uint32_t persons{0}, treated{0}, controls{0};
  double power{0}, power_se{0};        ///< share of studies that find something; its Monte Carlo error
  std::optional<double> wrong_sign;    ///< of these, the share whose estimate has the other sign
  std::optional<double> exaggeration;  ///< of these, by how much the mean size of the estimate is too large
  std::optional<double> least_effect;  ///< that the wanted power is reached for, in the direction of the effect
};
struct PowerReport {
  std::size_t eligible{0};              ///< people of the scenario who qualify at its start
  double control{0}, treated{0};        ///< shares with the outcome if nobody, or everybody, is treated
  double hazard_ratio{1};               ///< of the first work
  double effect{0};                     ///< what the estimator is of: the difference, or the hazard ratio
  std::vector<StudySize> sizes;         ///< empty of before_after
  std::optional<std::uint32_t> enough;  ///< persons for the wanted power; none: there is no effect, or no number is
  std::uint32_t looked_up_to{0};        ///< the largest number that was looked at
};

/// Diagnoses a measure that the scenario lacks, and one that nobody qualifies for when it starts.
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
