// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/definitions.hpp>
#include <utvei/scenario/uncertain_ratio.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// An outcome that is not a state: a number on a scale that people have all the time and that is measured in waves,
/// such as a sense of coherence from 13 to 91. It is
///
///   own level + what state, unmet needs and measures have moved it by + what comes and goes,
///
/// held within the scale, and a measurement is that with an error, rounded to a step of the scale.
struct Score {
  std::string name;
  Labels label;
  Place place{};
  double low{0}, high{0}, step{1};
  UncertainNumber level;  ///< mean of people's own levels
  double sd{0};           ///< of own levels
  struct Shift {
    UncertainNumber by;
    StreamId stream;
  };
  std::vector<std::pair<StateId, Shift>> states;     ///< as long as people are in it
  std::vector<std::pair<std::size_t, Shift>> needs;  ///< as long as it is not met; by place of the measure that helps
  struct OfMeasure {
    std::size_t measure{0};  ///< place among those of the scenario
    Shift shift;             ///< as long as people take part
    enum class After { none, fades, stays } after{After::none};
    Duration half_life{};  ///< of what fades
  };
  std::vector<OfMeasure> measures;
  std::optional<Duration> half_life;  ///< of the way to where all this draws it; none: it is there at once
  double wanders{0};                  ///< sd of what comes and goes
  Duration wanders_half_life{};
  double error{0};  ///< sd of one measurement
  bool is_assumed{false};
  std::string source;  ///< of how states, needs and measures move it
  struct Streams {
    StreamId level, own, wanders, error;
  } streams;
};

/// A score of a parameter draw as the lives of a run move it.
struct ScorePlan {
  Score what;
  double level{0};
  std::vector<double> by_state;    ///< by StateId
  std::vector<double> by_need;     ///< by place of the measure that helps
  std::vector<double> by_measure;  ///< by place of the measure
};

}  // namespace utvei
