// SPDX-License-Identifier: Apache-2.0
#include "memory.hpp"

#include <utvei/core/memory.hpp>

#include <fmt/format.h>

namespace utvei {

namespace {

constexpr std::uint64_t most_rows = 4'000'000'000;

}  // namespace

bool fits_into_memory(std::uint64_t persons, std::size_t bytes_each, Place const& place, Diagnostics& diagnostics) {
  if (persons > most_rows) {
    diagnostics.error(place, fmt::format("{} persons are too many", persons), "a run holds at most 4000000000",
                      "run fewer persons");
    return false;
  }
  double const needed = static_cast<double>(persons) * static_cast<double>(bytes_each);
  double const present = static_cast<double>(physical_memory());
  if (needed <= present) return true;
  constexpr double gigabyte = 1e9;
  diagnostics.error(
      place, fmt::format("{} persons do not fit into memory", persons),
      fmt::format("they need {:.1f} GB, this machine has {:.1f} GB", needed / gigabyte, present / gigabyte),
      "run fewer persons, or use a larger machine");
  return false;
}

}  // namespace utvei
