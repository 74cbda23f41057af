// SPDX-License-Identifier: Apache-2.0
// Events and person-time of one transition by region, without spells.
#pragma once

#include "support/plain_model.hpp"

#include <utvei/estimation/fit.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

struct RegionalExposure {
  Model model{support::plain_model({"a", "b"}, {{0, 1}})};
  Exposure exposure;
  EstimateOptions options;

  /// A region for each number of events.
  RegionalExposure(std::vector<std::int64_t> const& events, std::vector<double> const& person_years) {
    CellAxis axis{CellAxis::Kind::region, "region", {}, {}, {}, {}};
    std::vector<std::int64_t> minutes;
    for (std::size_t r = 0; r < events.size(); ++r) {
      Region region;
      region.code = "r" + std::to_string(r);
      axis.regions.push_back(model.regions.add(region));
      axis.labels.push_back(region.code);
      minutes.push_back(duration_of_years(person_years[r]).minutes);
    }
    exposure.axes = {axis};
    exposure.cells = events.size();
    exposure.minutes = Column<StateId, std::vector<std::int64_t>>(2, minutes);
    exposure.events = Column<TransitionId, std::vector<std::int64_t>>(1, events);
    exposure.rule_changes.assign(4, 0);
    exposure.unmodelled.assign(4, 0);
    options.method = Method::poisson;
  }

  /// Each two neighbouring cells become two bands of age of one region.
  void divide_by_age() {
    auto& regions = exposure.axes.front();
    regions.regions.resize(regions.regions.size() / 2);
    regions.labels.resize(regions.labels.size() / 2);
    exposure.axes.push_back(clock_axis(CellAxis::Kind::age, {{0, 30 * minutes_per_year}, {"0", "30"}}));
  }
};

}  // namespace utvei
