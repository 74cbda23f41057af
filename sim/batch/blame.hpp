// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/batch/batch_file.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// What is wrong with some of the scenarios of a batch. Adds it, each thing once, and where not all have it, from which
/// value of the batch file it comes.
void add_with_blame(BatchFile const& batch, std::vector<Variant> const& variants,
                    std::vector<Diagnostics> const& of_variants, Diagnostics& diagnostics);

}  // namespace utvei
