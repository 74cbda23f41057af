// SPDX-License-Identifier: Apache-2.0
#include <utvei/estimation/tables.hpp>

#include <fmt/format.h>

namespace utvei {
namespace {

/// As the study writes moments: a date, or a number in its unit since its origin.
std::string written(Instant moment, TimeScale const& scale) {
  if (!scale.unit_minutes) return format(moment);
  auto const minutes = static_cast<double>((moment - scale.origin.value_or(Instant{})).minutes);
  return fmt::format("{}", minutes / *scale.unit_minutes);
}

}  // namespace

TextTable occupation_table(std::vector<OccupationCurve> const& curves, Model const& model, TimeScale const& scale) {
  TextTable table{{"group", "start_time", "start_state", "time", "state", "probability", "se"}, {}};
  for (OccupationCurve const& curve : curves) {
    for (OccupationPoint const& point : curve.points) {
      for (StateId const state : ids_of(model.states)) {
        table.rows.push_back({curve.group, written(curve.start_time, scale), model.states[curve.start].name,
                              written(point.time, scale), model.states[state].name,
                              fmt::format("{}", point.probability[state.value()]),
                              fmt::format("{}", point.se[state.value()])});
      }
    }
  }
  return table;
}

}  // namespace utvei
