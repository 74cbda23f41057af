// SPDX-License-Identifier: Apache-2.0
#include <utvei/follow/follow.hpp>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string csv_number(std::optional<double> const& number) {
  return number ? fmt::format("{:.10g}", *number) : std::string{};
}

std::string csv_band(std::optional<PredictionBand> const& expected) {
  std::string csv = expected ? fmt::format("{:.10g}", expected->mean) : std::string{};
  for (std::size_t b = 0; b < band_shares.size(); ++b) {
    bool const is_there = expected && expected->within[b];
    csv += is_there ? fmt::format(",{:.10g},{:.10g}", expected->within[b]->first, expected->within[b]->second)
                    : std::string{",,"};
  }
  return csv;
}

}  // namespace

std::string plan_csv(FollowedPlan const& followed) {
  std::string csv =
      "indicator,actor,measure,step,year,expected,low_50,high_50,low_80,high_80,low_95,high_95,without,actual,verdict,"
      "outside_95,not_judged\n";
  for (FollowedFigure const& at : followed.figures) {
    PlanIndicator const& indicator = followed.plan.indicators[at.indicator];
    bool const is_judged = at.verdict != PlanVerdict::none;
    csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", indicator.name, indicator.actor, indicator.measure,
                       name_of(indicator.step), at.year, csv_band(at.expected), csv_number(at.without),
                       csv_number(at.actual), name_of(at.verdict), is_judged ? (at.is_outside_95 ? "1" : "0") : "",
                       at.actual ? name_of(at.why) : "");
  }
  return csv;
}

std::string steps_csv(FollowedPlan const& followed) {
  std::string csv =
      "measure,step,before,year,expected,low_50,high_50,low_80,high_80,low_95,high_95,actual,verdict,slipped\n";
  for (FollowedStep const& step : followed.steps)
    csv += fmt::format("{},{},{},{},{},{},{},{}\n", step.measure, name_of(step.step),
                       step.before ? name_of(*step.before) : "", step.year, csv_band(step.expected),
                       csv_number(step.actual), name_of(step.verdict), step.has_slipped ? 1 : 0);
  return csv;
}

}  // namespace utvei
