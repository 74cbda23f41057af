// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace utvei {

/// Diagnoses, at `place`, that `persons` of `bytes_each` do not fit into this machine's memory, or that there are more
/// than a row number can hold. Says how much it would take. False if so.
bool fits_into_memory(std::uint64_t persons, std::size_t bytes_each, Place const& place, Diagnostics& diagnostics);

/// How many persons of `bytes_each` fit.
std::uint64_t most_that_fit(std::size_t bytes_each);

}  // namespace utvei
