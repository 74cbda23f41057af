// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "batch.hpp"

namespace utvei {

/// Writes the files with which SLURM runs a batch: an array of jobs, each with a share of the units, a job after them
/// that makes the results, and what submits both.
int write_batch_script(BatchArguments const& arguments, Session& session);

}  // namespace utvei
