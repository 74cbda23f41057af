// SPDX-License-Identifier: Apache-2.0
#include <utvei/estimation/tables.hpp>

#include <fmt/format.h>

namespace utvei {
TextTable occupation_table(std::vector<OccupationCurve> const& curves, Model const& model, TimeScale const& scale) {
  TextTable table{{"group", "start_time", "start_state", "time", "state", "probability", "se"}, {}};
  for (OccupationCurve const& curve : curves) {
    for (OccupationPoint const& point : curve.points) {
      for (StateId const state : ids_of(model.states)) {
        table.rows.push_back({curve.group, written_moment(curve.start_time, scale), model.states[curve.start].name,
                              written_moment(point.time, scale), model.states[state].name,
                              fmt::format("{}", point.probability[state.value()]),
                              fmt::format("{}", point.se[state.value()])});
      }
    }
  }
  return table;
}

}  // namespace utvei
