// SPDX-License-Identifier: Apache-2.0
// Clocks that count with flags, and limits that only set them.
#include "scratch.hpp"

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char const* flags = R"(utvei: model/1
states:
  work: {sets: {dagpenger: "no", aap: "no"}}
  unemployed: {}
  aap: {sets: {aap: "yes"}}
  dead: {absorbing: true}
traits:
  dagpenger: ["no", "yes"]
  aap: ["no", "yes"]
clocks:
  aap: {counts_in: [aap, unemployed], counts_when: {aap: "yes"}}
  dagpenger: {counts_when: {dagpenger: ["yes"]}, within: 3 years, renewed_after: {26 weeks: [unemployed]}}
limits:
  - {clock: aap, after: 3 years, to: {work: 1}}
  - {clock: dagpenger, after: 104 weeks, stay: 0.1, sets: {dagpenger: "no"}}
transitions:
  - {from: work, to: unemployed, rate_per_year: 0.1, sets: {dagpenger: "yes"}}
  - {from: unemployed, to: work, rate_per_year: 1}
  - {from: unemployed, to: aap, rate_per_year: 0.1}
  - {from: "*", to: dead, rate_per_year: 0.01}
)";

class ReadClocks : public ScratchTest {};

TEST_F(ReadClocks, CountWithLevelsInNamedStatesOrInAny) {
  Model const model = read(flags);
  EXPECT_THAT(problems(), IsEmpty());
  Clock const& aap = model.clocks[ClockId{1U}];
  EXPECT_THAT(aap.counts_in, ElementsAre(false, true, true, false));
  EXPECT_FALSE(aap.counts_in_any);
  ASSERT_EQ(aap.counts_when.size(), 1U);
  EXPECT_EQ(aap.counts_when[0].trait, *model.trait("aap"));
  EXPECT_THAT(aap.counts_when[0].levels, ElementsAre(false, true));
  EXPECT_TRUE(model.clocks[ClockId{2U}].counts_in_any);
}

TEST_F(ReadClocks, HaveLimitsInAllTheirStatesThatSomebodyLeaves) {
  Model const model = read(flags);
  auto const limits = [&](char const* state) { return model.states[*model.state(state)].entitlements.size(); };
  EXPECT_EQ(limits("work"), 1U);
  EXPECT_EQ(limits("unemployed"), 2U);
  EXPECT_EQ(limits("aap"), 2U);
  EXPECT_EQ(limits("dead"), 0U);
}

TEST_F(ReadClocks, HaveLimitsThatOnlySet) {
  Model const model = read(flags);
  auto const& limits = model.states[*model.state("work")].entitlements;
  ASSERT_EQ(limits.size(), 1U);
  Limit const& limit = limits[0];
  EXPECT_TRUE(limit.only_sets);
  EXPECT_EQ(stay_of(limit), 0.1);
  EXPECT_THAT(limit.sets, ElementsAre(TraitSetting{*model.trait("dagpenger"), 0}));
  EXPECT_FALSE(model.states[*model.state("aap")].entitlements[0].only_sets);
}

TEST_F(ReadClocks, LimitsThatOnlySetAreRulesOfTheSimulationAlone) {
  Model const model = read(R"(utvei: model/1
states: {a: {limit: {after: 1 year, sets: {x: "yes"}}}, b: {absorbing: true}}
traits: {x: ["no", "yes"]}
transitions: [{from: a, to: b, rate_per_year: 1}]
)");
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_TRUE(model.states[StateId{0}].limits.empty());
  EXPECT_EQ(model.states[StateId{0}].entitlements.size(), 1U);
}

TEST_F(ReadClocks, WarnOfALevelThatNobodyTakes) {
  Model const model = read(R"(utvei: model/1
states: {a: {}, b: {absorbing: true}}
traits: {x: ["no", "yes"]}
clocks: {x: {counts_when: {x: "yes"}}}
limits: [{clock: x, after: 1 year, sets: {x: "no"}}]
transitions: [{from: a, to: b, rate_per_year: 1}]
)");
  EXPECT_THAT(problems(), ElementsAre("model.yaml:4:10: clock `x` counts for those alone who begin with `yes` of `x`"));
  EXPECT_EQ(diagnostics_.error_count(), 0U);
}

}  // namespace
}  // namespace utvei
