// SPDX-License-Identifier: Apache-2.0
// Events in regions, and what national rates expect of the same person-time.
#pragma once

#include <utvei/estimation/fit.hpp>
#include <utvei/register/exposure.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace utvei {

/// By region and period, [region × period]; periods are the bands of the calendar that rates are told apart by, or one.
struct ExpectedByRegion {
  struct OfTransition {
    std::vector<double> observed;
    std::vector<double> expected;  ///< of the people there are: rates of all regions together, by the study's terms
    std::vector<double> crude;     ///< of as many people as there are: one rate in all
  };
  std::vector<RegionId> regions;
  std::vector<std::string> periods;
  Column<TransitionId, OfTransition> transitions;
  Column<StateId, std::vector<double>> person_years;
  [[nodiscard]] std::size_t place(std::size_t region, std::size_t period) const {
    return region * periods.size() + period;
  }
};

/// Options of the same terms with an axis of regions, whatever the study does with regions. `period_starts`: bands of
/// the calendar in place of the study's, if there are any.
EstimateOptions options_by_region(EstimateOptions options, Bands const& periods);

/// Fits rates without regions to all of the exposure and lays them beside each region. The first axis is region.
ExpectedByRegion expected_by_region(Exposure const& exposure, Model const& model, EstimateOptions const& options,
                                    std::size_t threads);

}  // namespace utvei
