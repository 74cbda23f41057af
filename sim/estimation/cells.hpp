// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/estimation/fit.hpp>
#include <utvei/register/exposure.hpp>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace utvei {

/// Events of a transition and person-time of the state that it leaves.
struct Counts {
  std::int64_t events{0};
  std::int64_t minutes{0};
  friend Counts operator+(Counts a, Counts b) { return {a.events + b.events, a.minutes + b.minutes}; }
};

/// By cell.
std::vector<Counts> counts_of(Exposure const& exposure, Model const& model, TransitionId transition);

/// An axis that tells the rates of a transition apart: one of those of all transitions, or a coarser one.
struct OwnAxis {
  std::size_t place{0};             ///< of the common axis among all
  CellAxis axis;                    ///< as the transition has it
  std::vector<std::size_t> number;  ///< by place on the common axis: the place on this one
};
/// Those of a transition: region, and its terms, with the bands of its state.
std::vector<OwnAxis> own_axes(TransitionId transition, std::vector<CellAxis> const& axes, Model const& model,
                              EstimateOptions const& options);
/// Whether they tell all cells apart.
bool are_all(std::vector<OwnAxis> const& own, std::vector<CellAxis> const& axes);

/// Events of the transition and person-time of its state, summed over what its axes do not tell apart; of others
/// nothing.
Exposure projected(Exposure const& exposure, std::vector<OwnAxis> const& own, TransitionId transition,
                   Model const& model);
/// By cell: its number where only these axes tell cells apart.
std::vector<std::size_t> projected_cells(Exposure const& exposure, std::vector<OwnAxis> const& own);

/// Rates per year of a fit by transition and cell of the exposure; none where nobody was in the state.
Column<TransitionId, std::vector<double>> rates_by_cell(Fit const& fit, Exposure const& exposure, Model const& model,
                                                        EstimateOptions const& options);

/// By cell: the counts of all cells that differ from it in the region only.
std::vector<Counts> summed_over_regions(std::vector<Counts> const& counts, Exposure const& exposure);

/// Garwood's intervals, each made once: a million cells hold few different counts.
class GarwoodIntervals {
 public:
  PoissonInterval operator()(std::int64_t events);

 private:
  std::unordered_map<std::int64_t, PoissonInterval> known_;
};

/// Events over person-time. `interval`: Garwood's of the events.
RateCell raw_rate(TransitionId transition, Box box, Counts counts, RateSource source, PoissonInterval interval);

/// Person-time and events of all cells of a transition; the counts of its cells are not yet looked at.
TransitionSummary summarise(TransitionId transition, std::vector<Counts> const& counts, Exposure const& exposure,
                            Model const& model);

/// `region=42, age=[20,25)`, or `all` if there is one cell.
std::string describe_cell(Exposure const& exposure, std::size_t cell);

}  // namespace utvei
