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

/// Events of the transition and person-time of its state, summed over the axes that are not kept; of others nothing.
/// `kept`: rising places among the axes.
Exposure projected(Exposure const& exposure, std::vector<std::size_t> const& kept, TransitionId transition,
                   Model const& model);
/// By cell: its number where only the axes that are kept tell cells apart.
std::vector<std::size_t> projected_cells(Exposure const& exposure, std::vector<std::size_t> const& kept);

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
