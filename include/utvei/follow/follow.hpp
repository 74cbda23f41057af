// SPDX-License-Identifier: Apache-2.0
// A chosen scenario as a plan: indicators with an expected path, and what became of them. docs/formats/plan.md.
#pragma once

#include <utvei/core/diagnostics.hpp>
#include <utvei/document/value.hpp>
#include <utvei/follow/bands.hpp>
#include <utvei/report/document.hpp>
#include <utvei/results/result.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// On the way through a measure, in this order. None: the indicator is an outcome.
enum class PlanStep : std::uint8_t { found, offered, started, completed, in_work, none };
inline constexpr std::size_t plan_steps = 5;

struct PlanActor {
  std::string name;
  std::string kind;  ///< municipality | county | nav | employer | health
  ReportText label;
  std::string contact;  ///< whom to ask; may be empty
};

struct PlanIndicator {
  std::string name;
  ReportText label;
  std::string outcome;  ///< as `compare --rank` writes it, without year and region; of a step: in place of its own
  std::string measure;  ///< of a step
  PlanStep step{PlanStep::none};
  std::string actor;
  ReportText unit;        ///< empty: persons of a step
  ReportText definition;  ///< in the words of who wrote the plan
  Place place;
};

/// A scenario file, or a result (`.h5`).
struct PlanSource {
  std::string path;
  Place place;
};

struct FollowPlan {
  std::string path, name;
  ReportText label;
  PlanSource scenario;
  std::optional<PlanSource> baseline;  ///< what is expected without the plan
  std::string region;                  ///< empty: everywhere
  int from{0}, until{0};               ///< calendar years, both in the plan
  std::vector<PlanActor> actors;
  std::vector<PlanIndicator> indicators;  ///< empty: complete_plan() makes them
  bool has_default_indicators{false}, has_default_actors{false};
};
/// Whatever is wrong goes to the diagnostics.
FollowPlan read_plan(std::string const& path, std::vector<Override> const& overrides, Diagnostics& diagnostics);

/// Years, indicators and actors that the file leaves out, from the measures of the result.
void complete_plan(FollowPlan& plan, RunResult const& result, Diagnostics& diagnostics);

/// What is counted of an indicator in a year, as `compare --rank` writes it.
std::string outcome_in(FollowPlan const& plan, PlanIndicator const& indicator, int year);
/// The day (MM-DD) on which heads of it are counted; empty: it is counted all year.
std::string day_of(PlanIndicator const& indicator, RunResult const& result);

/// A figure that somebody has counted; none: not known, or suppressed.
struct ActualFigure {
  int year{0};
  std::size_t indicator{0};
  std::optional<double> number;
  std::string as_of;  ///< YYYY-MM-DD; empty: of the whole year
};
void read_actual(std::string const& path, FollowPlan const& plan, std::vector<ActualFigure>& figures,
                 Diagnostics& diagnostics);

enum class PlanVerdict : std::uint8_t { none, inside, below, above };

/// Why a figure is not judged, though it is known.
enum class NotJudged : std::uint8_t {
  judged,
  early,        ///< counted before the year, or the day, was over
  part_of_run,  ///< the run covers a part of the year
  few_runs,     ///< for a band
  no_count,     ///< the run has no count of that day
};

struct FollowedFigure {
  std::size_t indicator{0};
  int year{0};
  std::optional<PredictionBand> expected;  ///< none: the run has no count of it
  std::optional<double> without;           ///< the mean of the baseline
  bool is_part_of_run{false};
  std::optional<double> actual;
  PlanVerdict verdict{PlanVerdict::none};  ///< by the band of 80 %
  NotJudged why{NotJudged::judged};
  bool is_outside_95{false};
};

/// How many come to a step, given how many came to the one before, this year and earlier; the first of a chain as the
/// scenario expects it.
struct FollowedStep {
  std::string measure;
  PlanStep step{};
  std::optional<PlanStep> before;
  int year{0};
  PredictionBand expected;
  std::optional<double> actual;
  bool is_before_known{false};                    ///< the figure of the step before, of the same year
  PlanVerdict before_verdict{PlanVerdict::none};  ///< of the figure before, by its band of 80 %
  PlanVerdict verdict{PlanVerdict::none};         ///< by the band of 95 %
  bool has_slipped{false};                        ///< the first of its measure and year that lies below
};

struct FollowedPlan {
  FollowPlan plan;
  std::vector<FollowedFigure> figures;  ///< by indicator, then year
  std::vector<FollowedStep> steps;      ///< by measure and year, then step
  std::size_t draws{1}, replicates{1};
  std::int64_t weight{1};
  std::vector<std::string> assumed;          ///< measures whose effect is taken for granted, or what-ifs
  std::map<std::string, ReportText> labels;  ///< of measures
  std::string data_class;
};
/// `baseline`: nullptr: the plan has none.
FollowedPlan follow_plan(FollowPlan const& plan, RunResult const& result, RunResult const* baseline,
                         std::vector<ActualFigure> const& actual, Diagnostics& diagnostics);

std::string_view name_of(PlanStep step);
std::string_view name_of(PlanVerdict verdict);
std::string_view name_of(NotJudged why);
ReportText label_of(PlanStep step);

/// `actor`: of whom; empty: all.
ReportDocument plan_document(FollowedPlan const& followed, RunResult const& result, std::string const& actor);
std::string plan_csv(FollowedPlan const& followed);
std::string steps_csv(FollowedPlan const& followed);
/// What it all comes to, as sentences.
std::vector<ReportText> plan_sentences(FollowedPlan const& followed, std::string const& actor);

}  // namespace utvei
