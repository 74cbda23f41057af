// SPDX-License-Identifier: Apache-2.0
// Calibration: log-rate offsets with which a model meets published totals. docs/methods/calibration.md.
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/observation/observation.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// What is known of a figure that was published within bounds.
struct FigureBounds {
  double low{0};
  double high{0};  ///< above 0
};

/// A published figure, and the operator that does to the model what the agency did to people.
struct Target {
  enum class Use : std::uint8_t { calibrate, validate, context };
  std::string name;
  Observation observation;
  double value{0};                     ///< where there are bounds: the middle of them
  std::optional<FigureBounds> bounds;  ///< in place of one number
  double log_sd{0};                    ///< of the discrepancy between the figure and the model, on the log scale
  Use use{Use::calibrate};
  std::string source, confidence;  ///< H, M or L
  std::string note;
  std::optional<int> year;   ///< that the figure is of
  bool is_of_others{false};  ///< `overlap: none`: nobody whom it counts is among those the rates were estimated from
  Place place;
  [[nodiscard]] bool is_unverified() const { return confidence == "L" || confidence.empty(); }
  /// The bounds; of one number, twice that number.
  [[nodiscard]] FigureBounds range() const { return bounds.value_or(FigureBounds{value, value}); }
  /// How far the log of a figure of the model is from that of this one, or from the nearer bound; 0 within bounds.
  [[nodiscard]] double log_distance(double log_figure) const;
};

/// An offset that may be used to meet targets, with a normal prior around zero.
struct Adjustment {
  LogRateOffset offset;
  double prior_sd{0};
  Place place;
};

/// Where expectations come from: the cohort equations, or simulated lives with the scores of their paths.
enum class FigureMethod : std::uint8_t { equations, simulation };

/// A file `utvei: calibration/1`, checked against the model of its scenario.
struct Calibration {
  std::string path, name;
  double weight{1};  ///< people that one of the scenario stands for
  std::optional<FigureMethod> method;
  Place method_place;
  std::uint32_t replicates{1};
  std::vector<Target> targets;
  std::vector<Adjustment> adjustments;
  std::vector<std::string> inputs;
};

/// The file before the model is known: which scenario it is about.
struct CalibrationDocument {
  std::string path;
  Value document;
  std::string scenario;  ///< path: the scenario to be calibrated
  Place scenario_place;
  std::string calibrated;  ///< path: the one that takes the calibrated rates; empty: none is named
  Place calibrated_place;
};
CalibrationDocument read_calibration_document(std::string const& path, std::vector<Override> const& overrides,
                                              Request const& request, Diagnostics& diagnostics);
/// Where the rates come from a register, each figure must say that it is of others: no person informs both a rate and a
/// target.
Calibration read_calibration(CalibrationDocument const& document, Scenario const& scenario, Rates const& rates,
                             Population const& people, Diagnostics& diagnostics);

/// One figure as the model gives it.
struct Figure {
  double value{0};
  double mc_se{0};                 ///< of the luck of the simulation; 0 with equations
  std::vector<double> derivative;  ///< by adjustment
};

struct CalibrationOptions {
  std::size_t threads{0};
  StopFlag const* stop{nullptr};
  std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
};

/// The targets of a calibration, whatever their use, with these values of the offsets.
class ModelFigures {
 public:
  ModelFigures(Calibration const& calibration, Scenario const& scenario, Rates const& rates, Population const& people,
               CalibrationOptions options);
  [[nodiscard]] FigureMethod method() const { return method_; }
  /// Why the equations cannot be used; empty if they can.
  [[nodiscard]] std::string const& why_not_equations() const { return why_not_; }
  /// `values`: by adjustment. With point estimates of the rates, or with a parameter draw of them.
  [[nodiscard]] std::vector<Figure> at(std::vector<double> const& values,
                                       std::optional<std::uint32_t> draw = std::nullopt) const;

 private:
  [[nodiscard]] std::vector<Figure> by_equations(std::vector<double> const& values,
                                                 std::optional<std::uint32_t> draw) const;
  [[nodiscard]] std::vector<Figure> by_simulation(std::vector<double> const& values,
                                                  std::optional<std::uint32_t> draw) const;
  [[nodiscard]] RunPlan plan_at(std::vector<double> const& values, std::optional<std::uint32_t> draw) const;

  Calibration const& calibration_;
  Scenario scenario_;  ///< until the last moment that is looked at
  Rates const& rates_;
  Population const& people_;
  CalibrationOptions options_;
  FigureMethod method_{FigureMethod::equations};
  std::string why_not_;
};

/// A target before and after.
struct TargetFit {
  double before{0}, after{0};
  double log_sd{0};    ///< of discrepancy and simulation together
  double misfit{0};    ///< log(after / target), or the nearer bound, over log_sd; 0 within bounds
  bool is_met{false};  ///< within two of those
  std::string why;     ///< why not
};

struct AdjustmentFit {
  double value{0}, se{0};
  double informed{0};  ///< 1 − (posterior sd / prior sd)²: 0: the targets say nothing of it
};

struct CalibrationResult {
  FigureMethod method{FigureMethod::equations};
  std::string why_not_equations;
  int iterations{0};
  bool converged{false};
  double objective_before{0}, objective_after{0};  ///< what is minimised, prior included
  std::vector<TargetFit> targets;                  ///< by target, those that are not calibrated to as well
  std::vector<AdjustmentFit> adjustments;
  FrozenOffsets frozen;  ///< the offsets with their covariance; history is the caller's
  std::vector<std::string> warnings;
};

/// Minimises the squared misfits and the prior by Gauss-Newton steps, halved where a step does not help. Throws
/// InputError where the model cannot be run, Interrupted when `stop` is raised.
CalibrationResult calibrate(Calibration const& calibration, Scenario const& scenario, Rates const& rates,
                            Population const& people, CalibrationOptions const& options);

/// A published figure beside the model's.
struct ValidatedFigure {
  double model{0};               ///< with the point estimates of the rates
  double low_90{0}, high_90{0};  ///< of the published figure, as the model predicts it: log-normal around `model`
  bool holds{false};             ///< whether the figure lies within, or the bounds of it reach in
  double log_sd_rates{0};        ///< of the parameter draws
  double log_sd_luck{0};         ///< of the simulation
};

struct Validation {
  FigureMethod method{FigureMethod::equations};
  std::uint32_t draws{0};
  std::vector<ValidatedFigure> figures;  ///< by target
};

/// Lays the scenario as it is, without the adjustments, beside all figures. The interval holds what is not known of the
/// rates (if there are draws), the luck of the simulation, and the discrepancy of the figure.
Validation validate(Calibration const& calibration, Scenario const& scenario, Rates const& rates,
                    Population const& people, std::uint32_t draws, CalibrationOptions const& options);

}  // namespace utvei
