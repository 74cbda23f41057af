// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "open_batch.hpp"

#include <utvei/batch/batch_status.hpp>
#include <utvei/batch/run_units.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace utvei {

/// What became of a scenario of a batch.
struct VariantOutcome {
  std::size_t units{0}, failed{0};
  std::size_t bad_units{0};  ///< that are missing or damaged: then there is no result
  std::string file;          ///< of the result; empty where there is none
  std::string why;           ///< what else stood in its way
};

/// What became of a batch.
struct BatchOutcome {
  BatchProgress progress;
  std::vector<UnitFailure> failures;
  std::vector<VariantOutcome> variants;  ///< empty where nothing was put together
  double merge_seconds{0};
};

nlohmann::ordered_json json_of(BatchProgress const& progress);
nlohmann::ordered_json json_of(BatchPlan const& plan, UnitFailure const& failure);

/// A line, or what an error prints; `why_before`: of the failure above it.
std::string failure_text(BatchPlan const& plan, UnitFailure const& failure, std::string const& why_before);

std::string plan_text(OpenBatch const& batch, std::vector<UnitLook> const& looks, BatchEstimate const& estimate,
                      std::size_t threads);
nlohmann::ordered_json plan_json(OpenBatch const& batch, std::vector<UnitLook> const& looks,
                                 BatchEstimate const& estimate, std::size_t threads);

std::string status_text(OpenBatch const& batch, std::vector<UnitLook> const& looks);
nlohmann::ordered_json status_json(OpenBatch const& batch, std::vector<UnitLook> const& looks);

std::string outcome_text(OpenBatch const& batch, BatchOutcome const& outcome);
nlohmann::ordered_json outcome_json(OpenBatch const& batch, BatchOutcome const& outcome);

}  // namespace utvei
