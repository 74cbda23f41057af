// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/batch/batch_plan.hpp>
#include <utvei/output/unit_store.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// What somebody who watches a batch wants.
enum class StopWish { none, after_units, at_once };

struct BatchProgress {
  std::size_t units{0};  ///< that are asked for
  std::size_t found{0};  ///< of them those that were there already
  std::size_t done{0};   ///< those that were simulated now
  std::size_t failed{0};
  std::size_t elsewhere{0};  ///< those that another process works on
  std::uint64_t lives{0};    ///< of all but those that were found
  std::uint64_t lives_done{0};
  double seconds{0};
  [[nodiscard]] bool is_over() const { return found + done + failed == units; }
};

struct UnitFailure {
  std::size_t unit{0};
  std::string why;
};

struct RunUnitsOptions {
  std::size_t threads{0};  ///< 0: all cores
  /// Which of the bundles comes next, by its number in the list; empty: one after the other. Called by one thread at a
  /// time.
  std::function<std::optional<std::size_t>()> draw{};
  std::function<StopWish()> wish{};
  /// Called from the calling thread, several times a second.
  std::function<void(BatchProgress const&)> tell{};
  /// Likewise, once for each.
  std::function<void(UnitFailure const&)> tell_failure{};
};

struct UnitsRun {
  BatchProgress progress;
  std::vector<UnitFailure> failures;
};

/// Simulates units that are not in the store, those of a bundle together, and puts them there; waits for those that
/// other processes work on. A unit that fails is noted, and stops no other. Throws Interrupted when somebody wants it
/// to stop: what was finished is in the store.
UnitsRun run_units(BatchPlan const& plan, std::vector<UnitBundle> const& bundles, VariantShelf& shelf,
                   UnitStore const& store, RunUnitsOptions const& options);

}  // namespace utvei
