// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "flow_setting.hpp"
#include "jet.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace utvei {

/// The intensities of a piece of time in which none changes but by the time in the state, per year.
template <class Number>
struct PieceRates {
  std::vector<Number> of_exit;       ///< exits of the first compartment, of the second, …
  std::vector<std::uint32_t> first;  ///< by compartment: where its exits begin, in the order of its state's exits
  std::vector<Number> out;           ///< by compartment: the sum of its exits
  double most{0};                    ///< the largest of `out`

  PieceRates(RunPlan const& plan, Ladder const& ladder) {
    std::uint32_t exits = 0;
    for (Compartment const& compartment : ladder.compartments) {
      first.push_back(exits);
      exits += plan.states[compartment.state].exit_count;
    }
    of_exit.resize(exits);
    out.resize(ladder.size());
  }

  /// Those right after `now`, for people of this birth.
  void set(RunPlan const& plan, Ladder const& ladder, OffsetLanes const& offsets, Instant birth, Instant now) {
    constexpr double per_year = hazard_unit * static_cast<double>(minutes_per_year);
    most = 0;
    for (StateId const id : ids_of(plan.states)) {
      std::uint32_t const begin = ladder.first[id.value()];
      StatePlan const& state = plan.states[id];
      std::size_t const row = state.row_of_profile[ladder.compartments[begin].profile] +
                              state.calendar.band_after(now.minutes) * state.calendar_stride +
                              state.age.band_after((now - birth).minutes) * state.age_stride;
      for (std::uint32_t c = begin; c < ladder.first[id.value() + 1]; ++c) {
        Hazard const* intensity = state.intensity.data() + row + ladder.compartments[c].band * state.exit_count;
        out[c] = Number{};
        for (std::uint32_t k = 0; k < state.exit_count; ++k) {
          double const rate = static_cast<double>(intensity[k]) * per_year;
          auto const& uses = offsets.of_transition[state.exits[k].transition.value()];
          out[c] += of_exit[first[c] + k] = with_offsets(rate, uses, birth, now);
        }
        most = std::max(most, value_of(out[c]));
      }
    }
  }

 private:
  static Number with_offsets(double intensity, std::vector<OffsetLanes::Use> const& uses, Instant birth, Instant now) {
    Number log_factor{};
    bool is_changed = false;
    for (auto const& [offset, lane] : uses) {
      std::int64_t const age = (now - birth).minutes;
      if (now.minutes < offset->calendar.from || now.minutes >= offset->calendar.to || age < offset->age.from ||
          age >= offset->age.to)
        continue;
      is_changed = true;
      log_factor += Number{offset->value};
      if constexpr (lanes_of<Number> > 0) {
        if (lane != OffsetLanes::no_lane) log_factor.slope[lane] += 1;
      }
    }
    return is_changed ? exponential(log_factor) * intensity : Number{intensity};
  }
};

}  // namespace utvei
