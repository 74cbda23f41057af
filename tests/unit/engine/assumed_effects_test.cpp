// SPDX-License-Identifier: Apache-2.0
// What a run says that it takes for granted.
#include "support/world.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view granted_model = R"(utvei: model/1
name: granted
states: {out: {group: outside}, work: {group: work}}
transitions: [{from: out, to: work, rate_per_year: 0.4}, {from: work, to: out, rate_per_year: 0.1}]
)";

std::vector<AssumedEffect> granted_in(std::string const& more) {
  support::TempFolder const folder;
  auto const world = support::make_world(
      folder, granted_model, "start: 2025-01-01\nyears: 1\npopulation: {persons: 10, state: out}\nseed: 4\n" + more);
  return world.run().provenance.assumed;
}

std::string one_measure(std::string const& effect, std::string const& more) {
  return "measures: [{name: offer, who: {state: out}, effects: [{transition: out -> work, " + effect + "}]" + more +
         "}]\n";
}

TEST(AssumedEffects, AreThoseWithoutGoodEvidence) {
  using Why = AssumedEffect::Why;
  auto const why = [](std::string const& effect, std::string const& more) {
    auto const granted = granted_in(one_measure(effect, more));
    EXPECT_LE(granted.size(), 1U);
    return granted.empty() ? std::optional<Why>{} : std::optional{granted.front().why};
  };
  std::string const interval = "hazard_ratio: {mean: 1.2, interval_95: [1.0, 1.44]}";
  EXPECT_EQ(why(interval, ", evidence: {source: a trial, confidence: M}"), std::nullopt);
  EXPECT_EQ(why(interval + ", assumed: true", ", evidence: {source: a trial, confidence: M}"), Why::assumed);
  EXPECT_EQ(why(interval, ", evidence: {source: a guess, confidence: L}"), Why::low_confidence);
  EXPECT_EQ(why("hazard_ratio: 1.2", ", evidence: {source: a trial, confidence: H}"), Why::one_number);
  EXPECT_EQ(why("hazard_ratio: 1", ", evidence: {source: a trial, confidence: L}"), std::nullopt) << "it does nothing";
}

TEST(AssumedEffects, OfWhatIfsAreMainWhereTheyAreOneNumber) {
  auto const plain = granted_in("changes: [{transition: out -> work, hazard_ratio: 1.3}]\n");
  ASSERT_EQ(plain.size(), 1U);
  EXPECT_TRUE(plain[0].is_what_if && plain[0].is_main);
  EXPECT_EQ(plain[0].why, AssumedEffect::Why::one_number);
  auto const uncertain =
      granted_in("changes: [{transition: out -> work, hazard_ratio: {mean: 1.3, interval_95: [1.1, 1.5]}}]\n");
  ASSERT_EQ(uncertain.size(), 1U);
  EXPECT_FALSE(uncertain[0].is_main);
  EXPECT_EQ(uncertain[0].why, AssumedEffect::Why::has_interval);
}

}  // namespace
}  // namespace utvei
