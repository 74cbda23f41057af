// SPDX-License-Identifier: Apache-2.0
// Reference data that are not part of the project: #include "support/oracle.hpp".
//   TEST(Mvad, Occupancy) {
//     UTVEI_REQUIRE_ORACLE(folder, "oracles/mvad");
//     auto const rows = support::read_csv(folder / "ref_occupancy_constantQ.csv");
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string_view>

#include <gtest/gtest.h>

namespace utvei::support {

/// The folder of reference data: the environment variable UTVEI_SHARED, or `shared` beside the project.
inline std::filesystem::path shared_folder() {
  if (auto const* const path = std::getenv("UTVEI_SHARED"); path != nullptr) return path;
  return std::filesystem::path{UTVEI_SOURCE_DIR}.parent_path() / "shared";
}

}  // namespace utvei::support

/// Declares `name` as the path of a reference folder or file, or skips the test with the reason.
#define UTVEI_REQUIRE_ORACLE(name, relative)                        \
  auto const name = ::utvei::support::shared_folder() / (relative); \
  if (!std::filesystem::exists(name))                               \
  GTEST_SKIP() << "no reference data at " << name << "; UTVEI_SHARED names their folder"
