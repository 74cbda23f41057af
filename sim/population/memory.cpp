// SPDX-License-Identifier: Apache-2.0
#include "memory.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/core/memory.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {

namespace {

constexpr std::uint64_t most_rows = 4'000'000'000;

}  // namespace

std::uint64_t most_that_fit(std::size_t bytes_each) {
  UTVEI_EXPECT(bytes_each > 0);
  return std::min(most_rows, physical_memory() / bytes_each);
}

bool fits_into_memory(std::uint64_t persons, std::size_t bytes_each, Place const& place, Diagnostics& diagnostics) {
  if (persons <= most_that_fit(bytes_each)) return true;
  if (persons > most_rows) {
    diagnostics.error(place, fmt::format("{} persons are too many", persons), "a run holds at most 4000000000",
                      "run fewer persons");
    return false;
  }
  constexpr double gigabyte = 1e9;
  double const needed = static_cast<double>(persons) * static_cast<double>(bytes_each);
  auto const present = static_cast<double>(physical_memory());
  diagnostics.error(
      place, fmt::format("{} persons do not fit into memory", persons),
      fmt::format("they need {:.1f} GB, this machine has {:.1f} GB", needed / gigabyte, present / gigabyte),
      "run fewer persons, or use a larger machine");
  return false;
}

}  // namespace utvei
