// SPDX-License-Identifier: Apache-2.0
#include "study_design_checks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

class DesignChecks {
 public:
  DesignChecks(StudyDesign& design, DesignSaid const& said, Diagnostics& diagnostics)
      : design_{design}, said_{said}, diagnostics_{diagnostics} {}

  void check() {
    if (design_.wanted_power <= design_.significance)
      diagnostics_.error(
          said_.power,
          fmt::format("`power` is {:g}, and `significance` {:g}", design_.wanted_power, design_.significance),
          "so much is found where there is nothing", "write power: 0.8");
    if (design_.assignment == Assignment::before_after) warn_of_idle();
    bool const is_mixed = design_.estimator == Estimator::mixed_model;
    bool const has_waves = !design_.waves.empty();
    if (design_.at.minutes > design_.follow.minutes)
      diagnostics_.error(said_.outcome, "the outcome is seen after the end of follow-up", {}, "make `follow` longer");
    if (design_.assignment == Assignment::stepped) return check_stepped();
    if (has_waves && !is_mixed)
      diagnostics_.error(design_.waves_place, "waves are for a mixed model",
                         "other estimators look at one time, or at all times",
                         "write estimator: mixed_model, or leave `waves` out");
    if (is_mixed && !has_waves)
      diagnostics_.error(said_.estimator, "a mixed model needs waves", "it is of people who are seen several times",
                         "add `waves: [start, 6 months, 12 months]`");
    if (has_waves && is_mixed) check_waves();
    if (!is_mixed && design_.outcome == StudyOutcome::score)
      diagnostics_.error(said_.estimator, "a score is analysed by a mixed model", "it is measured in waves",
                         "write estimator: mixed_model, with waves: [start, 6 months, 12 months]");
    for (auto const* lost : {&design_.lost_treated, &design_.lost_control})
      if (!lost->by_wave.empty() && lost->by_wave.size() != design_.waves.size())
        return refuse_shares(lost->by_wave.size(), design_.waves.size());
  }

 private:
  void warn_of_idle() {
    if (said_.sizes_and_tests.empty()) return;
    diagnostics_.warning(design_.assignment_place,
                         fmt::format("`{}` {} nothing before and after", fmt::join(said_.sizes_and_tests, "`, `"),
                                     said_.sizes_and_tests.size() == 1 ? "does" : "do"),
                         "without a comparison there is no test, and no power", "leave them out");
  }

  void check_waves() {
    if (design_.waves.back().minutes > design_.follow.minutes)
      diagnostics_.error(design_.waves_place, "the last wave comes after the end of follow-up", {},
                         "make `follow` longer");
    if (design_.assignment == Assignment::before_after && design_.waves.front().minutes > 0)
      diagnostics_.error(design_.waves_place, "before and after has no wave at the start", {},
                         "write waves: [start, 6 months]");
    if (design_.wave_of_outcome() < design_.waves.size()) return;
    diagnostics_.error(said_.outcome, "the outcome is seen at no wave",
                       said_.has_time ? "" : "left out, its time is the end of `follow`",
                       "name a wave: outcome: {employed_at: 6 months}, or {score: NAME, at: 6 months}");
  }

  /// The waves of a stepped design are the ends of its periods.
  void check_stepped() {
    if (design_.estimator != Estimator::mixed_model)
      diagnostics_.error(said_.estimator, "a stepped design is analysed by a mixed model",
                         "who is compared with whom changes from period to period", "write estimator: mixed_model");
    if (!design_.waves.empty())
      diagnostics_.error(design_.waves_place, "a stepped design has no `waves`",
                         "people are seen at the end of each period: `follow` holds one more than there are steps",
                         "leave `waves` out");
    if (said_.has_time)
      diagnostics_.error(said_.outcome, "a stepped design looks at the outcome in each period", {},
                         "leave its time out");
    if (said_.loses_by_arm)
      diagnostics_.error(said_.lost, "a stepped design has no arms to lose people from", "all are treated in the end",
                         "write `lost` for all: 0.2, or {by_wave: […]} by period");
    auto const periods = static_cast<std::int64_t>(design_.steps) + 1;
    design_.waves.clear();
    for (std::int64_t t = 1; t <= periods; ++t) design_.waves.push_back({design_.follow.minutes * t / periods});
    auto const& shares = design_.lost_treated.by_wave;
    if (!shares.empty() && shares.size() != design_.waves.size()) refuse_shares(shares.size(), design_.waves.size());
  }

  void refuse_shares(std::size_t shares, std::size_t waves) {
    diagnostics_.error(
        said_.lost,
        waves == 0 ? "`by_wave` without waves" : fmt::format("`by_wave` has {} shares for {} waves", shares, waves), {},
        waves == 0 ? "write the share whom the study loses: 0.2" : "write one for each wave");
  }

  StudyDesign& design_;
  DesignSaid const& said_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_together(StudyDesign& design, DesignSaid const& said, Diagnostics& diagnostics) {
  DesignChecks{design, said, diagnostics}.check();
}

void take_robust_errors(bool are_said, StudyDesign& design) {
  bool const is_in_waves = design.estimator == Estimator::mixed_model && design.assignment != Assignment::stepped;
  if (!are_said && design.enrolment && is_in_waves) design.errors = StandardErrors::robust;
}

}  // namespace utvei
