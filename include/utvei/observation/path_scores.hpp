// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/observation/life_path.hpp>
#include <utvei/scenario/rate_offset.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// The score of a life in each offset θ: the derivative of its log-likelihood, events of the offset's transitions minus
/// their integrated intensity. Its expectation is zero, and that of a number times it is the derivative of the number's
/// expectation (Glynn 1990, Communications of the ACM 33: 75-84; Rubinstein 1989).
class PathScores {
 public:
  /// The plan's intensities hold the offsets' values already. Keeps references to both.
  PathScores(RunPlan const& plan, std::vector<RateOffset> const& offsets);

  /// Of the life until each of the times, which are rising, into `scores`: [time][offset].
  void write(LifePath const& life, std::vector<Instant> const& times, std::vector<double>& scores) const;

 private:
  struct Use {
    std::size_t offset;
    std::size_t exit;  ///< place among the exits of the state
  };
  [[nodiscard]] bool is_for(RateOffset const& offset, std::uint32_t profile) const;
  void add_time(LifePath const& life, PathPiece const& piece, Instant until, double* scores) const;
  void add_event(LifePath const& life, PathPiece const& piece, double* scores) const;

  RunPlan const& plan_;
  std::vector<RateOffset> const& offsets_;
  Column<StateId, std::vector<Use>> uses_;
};

}  // namespace utvei
