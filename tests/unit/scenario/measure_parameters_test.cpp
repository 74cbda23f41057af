// SPDX-License-Identifier: Apache-2.0
// Parameters of measures that are not known well.
#include "example.hpp"

#include <cmath>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(MeasureParameters, AreGivenWithIntervals) {
  example::Files files;
  auto const text = [](std::string const& keys) {
    return "measures: [{name: ips, who: {state: aap}, " + keys + "}]\n";
  };
  auto const with = [&](std::string const& keys) { return files.read(text(keys)).measures.at(0); };
  auto const wrong = [&](std::string const& keys) { return files.problems(text(keys)); };
  EXPECT_FALSE(with("uptake: 0.7").uptake_drawn.has_value());
  auto const unsure = with("uptake: {mean: 0.7, interval_95: [0.5, 0.8]}");
  EXPECT_EQ(unsure.uptake, 0.7);
  EXPECT_NEAR(unsure.uptake_drawn.value().logit, std::log(4.0) / 2, 1e-12);
  EXPECT_NEAR(unsure.uptake_drawn.value().sd, std::log(4.0) / (2 * 1.959964), 1e-6);
  EXPECT_THAT(wrong("uptake: {mean: 0.9, interval_95: [0.5, 0.8]}"), ElementsAre(HasSubstr("no interval around 0.9")));
  EXPECT_THAT(wrong("uptake: {mean: 0.5, interval_95: [0, 0.8]}"), ElementsAre(HasSubstr("no interval around 0.5")));
  auto const found = with("found_after: {median: 2 months, interval_95: [1 month, 4 months]}").found_after.value();
  EXPECT_NEAR(found.log_sd.value(), std::log(4.0) / (2 * 1.959964), 1e-6);
  EXPECT_NEAR(found.factor, 1, 1e-12);
  EXPECT_THAT(wrong("found_after: {median: 2 months, interval_95: [3 months, 4 months]}"),
              ElementsAre(HasSubstr("the median 2 months does not lie")));
}

}  // namespace
}  // namespace utvei
