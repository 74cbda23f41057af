// SPDX-License-Identifier: Apache-2.0
// The parts of the report of a batch.
#pragma once

#include <utvei/analysis/scenario_grid.hpp>
#include <utvei/batch_report/batch_report.hpp>
#include <utvei/chapters/contents.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// A scenario among all that have numbers of an outcome, the best mean first.
struct RankedPoint {
  std::size_t scenario{0};
  RunRanks ranks{};
  PairedMean behind{};  ///< the first of them; of it nothing
};
struct BatchRanking {
  std::vector<RankedPoint> scenarios;  ///< empty where no direction is good
  bool tells_chances{false};           ///< there are draws, and no main effect is assumed
  std::size_t as_good{0};              ///< how many others cannot be told from the first, in the mean
};
BatchRanking ranking_of(BatchMaterial const& material, std::size_t outcome);

/// By axis, without the baseline; empty where single runs are not told.
std::vector<AxisChange> changes_of(BatchMaterial const& material, std::size_t outcome);

/// The axes that figures are drawn over: those of a batch whose axes go along with each other are one.
struct DrawnAxes {
  std::vector<ToldAxis> axes;
  std::vector<std::vector<std::size_t>> places;  ///< by scenario
};
DrawnAxes drawn_axes(BatchMaterial const& material);

/// Combinations of a grid that the batch leaves out, by axis.
std::vector<std::vector<std::size_t>> left_out(BatchMaterial const& material);

bool has_numbers(ToldScenario const& scenario, std::size_t outcome);
/// `Plasser 80, sier ja 0,5`; outside the axes what the scenario is called.
ReportText title_in_batch(BatchMaterial const& material, ToldScenario const& scenario);
/// A label of an axis as readers write numbers.
ReportText value_words(std::string const& value);
ReportText batch_interval_words(BatchMaterial const& material);

// Of axes in figures: `axis_NAME`, a column for each, and its cell of a scenario.
std::string column_of(ToldAxis const& axis);
void add_axis_columns(std::vector<ToldAxis> const& axes, ReportFigure& figure);
void add_axis_cells(std::vector<ToldAxis> const& axes, std::vector<std::size_t> const& place,
                    std::vector<ReportCell>& cells);

// Sentences.
ReportText best_sentence(BatchMaterial const& material, std::size_t outcome);
ReportText sure_sentence(BatchMaterial const& material, std::size_t outcome);
ReportText axis_sentence(BatchMaterial const& material, std::size_t outcome);

// Figures; without rows where there is nothing to show.
ReportFigure grid_figure(Contents const& contents, BatchMaterial const& material, std::string const& kind);
ReportFigure batch_ranking_figure(Contents const& contents, BatchMaterial const& material);
ReportFigure batch_axes_figure(Contents const& contents, BatchMaterial const& material);
ReportFigure batch_values_figure(BatchMaterial const& material);
ReportFigure batch_scenarios_figure(BatchMaterial const& material);
ReportFigure batch_assumed_figure(Contents const& contents, BatchMaterial const& material);

}  // namespace utvei
