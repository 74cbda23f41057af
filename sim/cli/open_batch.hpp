// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "batch.hpp"

#include <utvei/batch/batch_plan.hpp>
#include <utvei/output/unit_store.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace utvei {

/// A batch whose scenarios have all been read and compiled. Throws InputError with all that is wrong with any of them.
struct OpenBatch {
  OpenBatch(BatchArguments const& arguments, Session& session);
  VariantShelf shelf;
  BatchPlan plan;
  std::string out;
  UnitStore store;
  std::vector<UnitBundle> bundles;  ///< that were asked for: all, or those of a share
  std::vector<std::size_t> units;   ///< of them

  [[nodiscard]] std::string result_path(PlannedVariant const& planned) const;
};

/// `places20, draw 3, people 0 to 100000`: which unit is meant, for people.
std::string describe_unit(BatchPlan const& plan, std::size_t unit);

/// The batch file and the options of a command on it, as they were given: what follows `utvei batch ACTION`.
std::string words_after_action(BatchArguments const& arguments);

/// Finds out before the work whether results and units can be written, and may be.
void check_batch_output(OpenBatch const& batch, BatchArguments const& arguments);

}  // namespace utvei
