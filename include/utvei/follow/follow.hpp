// SPDX-License-Identifier: Apache-2.0
// A chosen scenario as a plan: indicators with an expected path, and what became of them. docs/formats/plan.md.
#pragma once

#include <utvei/core/diagnostics.hpp>
#include <utvei/document/value.hpp>
#include <utvei/report/document.hpp>
#include <utvei/results/result.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace utvei {

/// On the way through a measure, in this order. None: the indicator is an outcome.
enum class PlanStep : std::uint8_t { found, offered, started, completed, in_work, none };
inline constexpr std::size_t plan_steps = 5;

struct PlanActor {
  std::string name;
  std::string kind;  ///< municipality | county | nav | employer | health
  ReportText label;
};

struct PlanIndicator {
  std::string name;
  ReportText label;
  std::string outcome;  ///< as `compare --rank` writes it, without year and region
  std::string measure;  ///< of a step
  PlanStep step{PlanStep::none};
  std::string actor;
  Place place;
};

struct FollowPlan {
  std::string path, name;
  ReportText label;
  std::string scenario;  ///< a scenario file, or a result
  Place scenario_place;
  std::string region;     ///< empty: everywhere
  int from{0}, until{0};  ///< calendar years, both in the plan
  std::vector<PlanActor> actors;
  std::vector<PlanIndicator> indicators;  ///< empty: complete_plan() makes them
  bool has_default_indicators{false};
};
/// Whatever is wrong goes to the diagnostics.
FollowPlan read_plan(std::string const& path, std::vector<Override> const& overrides, Diagnostics& diagnostics);

/// Years, indicators and actors that the file leaves out, from the measures of the result.
void complete_plan(FollowPlan& plan, RunResult const& result, Diagnostics& diagnostics);

/// A figure that somebody has counted; none: not known, or suppressed.
struct ActualFigure {
  int year{0};
  std::size_t indicator{0};
  std::optional<double> number;
  bool is_partial{false};  ///< counted before the year was over
};
void read_actual(std::string const& path, FollowPlan const& plan, std::vector<ActualFigure>& figures,
                 Diagnostics& diagnostics);

/// What one realised population is expected to show, from runs of parameters and luck.
struct PredictionBand {
  double mean{0};
  std::array<std::optional<std::pair<double, double>>, 3> within;  ///< 50, 80 and 95 %; none: too few runs
};
/// Of n exchangeable numbers and one more, this one lies below the k-th smallest with probability k / (n + 1).
/// `independent`: how many of the runs do not share parameters.
PredictionBand prediction_band(std::vector<double> runs, std::size_t independent);

enum class PlanVerdict : std::uint8_t { none, inside, below, above };

struct FollowedFigure {
  std::size_t indicator{0};
  int year{0};
  PredictionBand expected;
  std::optional<double> actual;
  bool is_partial{false};
  PlanVerdict verdict{PlanVerdict::none};  ///< by the band of 80 %
  bool is_outside_95{false};
};

/// A step as a share of the one before it.
struct FollowedStep {
  std::string measure;
  PlanStep step{}, before{};
  int year{0};
  PredictionBand expected;
  std::optional<double> actual;
  PlanVerdict verdict{PlanVerdict::none};  ///< by the band of 95 %
  bool has_slipped{false};                 ///< the first of its measure and year that lies below
};

struct FollowedPlan {
  FollowPlan plan;
  std::vector<FollowedFigure> figures;  ///< by indicator, then year
  std::vector<FollowedStep> steps;      ///< by measure and year, then step
  std::size_t draws{1}, replicates{1};
  std::string data_class;
  [[nodiscard]] std::size_t judged() const;
  [[nodiscard]] std::size_t outside() const;
};
FollowedPlan follow_plan(FollowPlan const& plan, RunResult const& result, std::vector<ActualFigure> const& actual,
                         Diagnostics& diagnostics);

std::string_view name_of(PlanStep step);
std::string_view name_of(PlanVerdict verdict);
ReportText label_of(PlanStep step);

/// `actor`: of whom; empty: all.
ReportDocument plan_document(FollowedPlan const& followed, RunResult const& result, std::string const& actor);
std::string plan_csv(FollowedPlan const& followed);
/// What it all comes to, as sentences.
std::vector<ReportText> plan_sentences(FollowedPlan const& followed, std::string const& actor);

}  // namespace utvei
