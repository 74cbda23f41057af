// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare.hpp"

#include <utvei/results/group_parts.hpp>

#include <vector>

namespace utvei {

/// The results of a comparison. Tables by group are most of a large one: only those are held of which more is made than
/// sums; `parts` reads the others when compare() asks for them.
struct ComparedResults {
  std::vector<RunResult> results;  ///< the baseline first
  GroupParts parts;                ///< asks for nothing where all is held
};

/// Throws InputError of all files that cannot be read.
ComparedResults load_compared(CompareArguments const& arguments, CompareOptions const& options);

}  // namespace utvei
