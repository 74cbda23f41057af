// SPDX-License-Identifier: Apache-2.0
#include <utvei/estimation/fit.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(Garwood, AgreesWithPublishedLimits) {
  struct Known {
    std::int64_t events;
    double low, high;
  };
  // Garwood 1936 as tabulated in Breslow & Day 1987, and in Pearson & Hartley.
  for (auto const& [events, low, high] :
       {Known{0, 0, 3.689}, Known{1, 0.0253, 5.572}, Known{2, 0.2422, 7.225}, Known{5, 1.623, 11.668},
        Known{10, 4.795, 18.390}, Known{50, 37.111, 65.919}}) {
    auto const interval = garwood_95(events);
    EXPECT_NEAR(interval.low, low, 6e-4) << events;
    EXPECT_NEAR(interval.high, high, 6e-4) << events;
  }
}

}  // namespace
}  // namespace utvei
