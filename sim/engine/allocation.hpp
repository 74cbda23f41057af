// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lives_of_part.hpp"
#include "participation.hpp"

#include <utvei/core/column.hpp>
#include <utvei/core/parallel.hpp>
#include <utvei/engine/exchange.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// What the queues said, to each who asked.
class Answers {
 public:
  Answers() = default;
  explicit Answers(std::size_t people) : list_of_(people) {}
  /// In order of time.
  [[nodiscard]] std::span<Answer const> of(PersonRow row) const {
    if (list_of_.empty() || list_of_[row] == 0) return {};
    return lists_[list_of_[row] - 1];
  }
  void add(PersonRow row, Answer answer);

 private:
  Column<PersonRow, std::uint32_t> list_of_;  ///< place among the lists and one; 0: nothing was said
  std::vector<std::vector<Answer>> lists_;
};

/// Hands out the places of measures that have a queue. A life is a function of its luck and of the answers that it
/// gets, so each is followed once without any; then time goes through the requests in the order (time, measure, pool),
/// and who gets a place is followed anew, from which the later requests and the end come. In one minute places that
/// become free come first, then requests, then answers, by (rank, time asked, person). Nobody is asked twice: each
/// event costs the logarithm of those who wait. Empty where no measure has a queue; the same for any number of threads
/// (0: all). Throws Interrupted when `stop` is raised. The rows: all who may ask, and whoever else; with `others`, who
/// hand out the same places, each has some of them, keeps the queues of all, and gives back the answers to its own.
Answers allocate(RunPlan const& plan, LivesOfPart const& lives, std::size_t threads, StopFlag const* stop,
                 Exchange* others = nullptr);
/// The same of everybody.
Answers allocate(RunPlan const& plan, Population const& people, RandomKey const& key, std::size_t threads,
                 StopFlag const* stop);

}  // namespace utvei
