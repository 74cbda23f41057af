// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/random.hpp>
#include <utvei/core/time.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// A stretch of a life in which state, region and traits stay as they are: [from, to).
struct PathPiece {
  Instant from, to;
  Instant entered;  ///< the state; before `from` where a move or a change of a trait began the piece, or the run did
  StateId state;
  RegionId region;
  std::uint32_t profile{0};
  Cause ended_by{Cause::end};
  TransitionId transition{};   ///< that ended it, if one did
  std::size_t first_level{0};  ///< of its traits, among the levels of the life
};

/// A stretch of a life in which somebody takes part in a measure, or has a need that help would meet: [from, to).
struct ServiceStay {
  enum class Kind : std::uint8_t { taking_part, unmet };
  Kind kind{Kind::taking_part};
  std::uint32_t measure{0};  ///< place among those of the plan; of a need: that helps with it
  Instant from, to;
  bool has_ended{false};  ///< else it goes on when the life leaves the run
};

/// One life, from the moment it comes into the run until it leaves it or the run ends.
struct LifePath {
  PersonRow row;
  PersonKey person{0};
  Instant birth;  ///< any moment if nothing depends on age
  std::vector<PathPiece> pieces;
  std::vector<std::uint16_t> levels;  ///< of traits, for each set of them that the life had
  std::size_t traits{0};
  std::vector<ServiceStay> stays;  ///< in the order in which they began
  std::vector<Instant> contacts;   ///< with services: when each began

  /// Level by TraitId during a piece.
  [[nodiscard]] std::span<std::uint16_t const> levels_of(PathPiece const& piece) const {
    return std::span{levels}.subspan(piece.first_level, traits);
  }
  /// The piece that holds this moment; the last one holds its end too. pieces.size(): the life is not in the run then.
  [[nodiscard]] std::size_t piece_at(Instant time) const;
};

}  // namespace utvei
