// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei::testing {

/// The one diagnostic that is expected, or a failure and an empty one.
inline Diagnostic the_only(Diagnostics const& diagnostics) {
  EXPECT_EQ(diagnostics.all().size(), 1U) << render(diagnostics);
  return diagnostics.all().empty() ? Diagnostic{} : diagnostics.all().front();
}

inline void expect_said(Diagnostics const& diagnostics, int line, int column, std::string const& problem) {
  auto const said = the_only(diagnostics);
  EXPECT_EQ(said.place.line, line) << render(said);
  EXPECT_EQ(said.place.column, column) << render(said);
  EXPECT_THAT(said.problem, ::testing::HasSubstr(problem)) << render(said);
}

}  // namespace utvei::testing
