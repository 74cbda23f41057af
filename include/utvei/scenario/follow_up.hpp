// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/definitions.hpp>
#include <utvei/model/subpopulation.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

/// From when somebody is followed, once in a run, and whom of those this happens to.
struct FollowedFrom {
  enum class Since : std::uint8_t {
    run,      ///< it starts, and they are there
    joining,  ///< they come into the run later
    contact,  ///< their first contact with services begins
    measure,  ///< they begin it for the first time
    state,    ///< they come to one of `states`, the first time in the run
  };
  Since since{Since::run};
  std::size_t measure{0};    ///< place among those of the scenario
  std::vector<bool> states;  ///< by StateId
  Subpopulation who;         ///< at that moment
};

/// A moment at which scores are measured.
struct Wave {
  Duration after;
  bool of_end{false};  ///< counted from the end of the measure, once it has one
  std::string label;
  std::uint32_t luck{0};  ///< of its measurements
};

/// A follow-up: `waves: {NAME: …}`.
struct Waves {
  std::string name;
  Labels label;
  FollowedFrom from;
  std::vector<Wave> at;
  Place place{};
};

/// Something that happens in a life once: `events: {NAME: …}`. It has happened when the life has been in the states for
/// `lasting` without a break.
struct HistoryEvent {
  std::string name;
  Labels label;
  FollowedFrom from;
  std::vector<bool> states;  ///< by StateId
  Duration lasting;
  Duration within;  ///< so long people are followed
  Place place{};
};

}  // namespace utvei
