// SPDX-License-Identifier: Apache-2.0
#include "scratch.hpp"

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ReadModel : public ScratchTest {};

constexpr std::string_view example = R"(utvei: model/1
name: example
states:
  work:       {group: work, label: {nb: Arbeid, en: Work}, ends_at_age: {age: 67, to: {retired: 1}}}
  sick_leave: {group: outside, limit: {after: 52 weeks, stay: 0.1, to: {work: 0.25, aap: 0.75}}}
  aap:        {group: outside, limit: [{after: 5 years, to: {retired: 1}}, {clock: time_in_state, after: 3 years, stay: 0.6, to: {work: 1}}]}
  retired:    {absorbing: true}
traits:
  sex: [female, male]
  debt: number
transitions:
  - {from: work, to: sick_leave, rate_per_year: 0.25}
  - {from: sick_leave, to: work, rates: rates/sick.csv}
  - {from: aap, to: work}
rates: rates/example.h5
)";

TEST_F(ReadModel, TheExampleOfTheFormat) {
  Model const model = read(example);
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_EQ(model.name, "example");
  EXPECT_THAT(model.state_names(), ElementsAre("work", "sick_leave", "aap", "retired"));
  EXPECT_THAT(model.transition_names(), ElementsAre("work -> sick_leave", "sick_leave -> work", "aap -> work"));
  EXPECT_THAT(model.trait_names(), ElementsAre("sex", "debt"));
  EXPECT_THAT(model.traits[TraitId{0}].levels, ElementsAre("female", "male"));
  EXPECT_TRUE(model.traits[TraitId{1}].numeric);
  EXPECT_EQ(model.clocks[time_in_state_clock].name, "time_in_state");
  ASSERT_TRUE(model.rate_file);
  EXPECT_TRUE(model.rate_file->ends_with("/rates/example.h5"));
  EXPECT_EQ(model.inputs.size(), 1U);
}

TEST_F(ReadModel, StatesWithTheirRules) {
  Model const model = read(example);
  State const& work = model.states[StateId{0}];
  EXPECT_EQ(work.group, "work");
  EXPECT_EQ(label_in(work.label, "nn", work.name), "Arbeid");
  EXPECT_EQ(label_in(work.label, "en", work.name), "Work");
  ASSERT_TRUE(work.ends_at_age);
  EXPECT_EQ(work.ends_at_age->age, duration_of_years(67));
  EXPECT_EQ(work.ends_at_age->to.rows[0].shares[0].to, *model.state("retired"));
  State const& sick = model.states[StateId{1}];
  ASSERT_EQ(sick.limits.size(), 1U);
  EXPECT_EQ(sick.limits[0].after.minutes, 52 * minutes_per_week);
  EXPECT_DOUBLE_EQ(sick.limits[0].to.rows[0].stay, 0.1);
  EXPECT_TRUE(model.states[StateId{3}].absorbing);
}

TEST_F(ReadModel, LimitsStandInTheOrderOfTheirTimeAndHaveStreamsOfTheirOwn) {
  Model const model = read(example);
  auto const& limits = model.states[*model.state("aap")].limits;
  ASSERT_EQ(limits.size(), 2U);
  EXPECT_EQ(limits[0].after, duration_of_years(3));
  EXPECT_EQ(limits[0].stream, stream_of("limit:aap"));
  EXPECT_EQ(limits[1].stream, stream_of("limit:aap:2"));
  EXPECT_EQ(model.states[StateId{0}].ends_at_age->stream, stream_of("age:work"));
  EXPECT_EQ(model.transitions[TransitionId{0}].stream, stream_of("work -> sick_leave"));
}

TEST_F(ReadModel, FindsTransitionsByNameWithOrWithoutBlanks) {
  Model const model = read(example);
  EXPECT_EQ(model.transition("sick_leave->work"), TransitionId{1});
  EXPECT_EQ(model.transition(" sick_leave  ->  work "), TransitionId{1});
  EXPECT_EQ(model.transition("work -> aap"), std::nullopt);
  EXPECT_EQ(model.transition("work"), std::nullopt);
}

TEST_F(ReadModel, LabelsFallBackToOtherLanguagesAndToTheName) {
  EXPECT_EQ(label_in({{"en", "Work"}, {"nn", "Arbeid"}}, "nb", "work"), "Work");
  EXPECT_EQ(label_in({}, "nb", "work"), "work");
}

TEST_F(ReadModel, AllErrorsAtOnce) {
  read(R"(utvei: model/1
statez: {}
states:
  work: {grup: work}
  aap: {limit: {after: 3 years, to: {wrk: 1}}}
  "a b": {absorbing: true}
  out: {absorbing: true}
traits: {region: [a, b], sex: [], age_x: [a, a]}
transitions:
  - {from: work, to: aap, rate_per_year: -1}
  - {from: work, to: out, rate_per_year: 1, rates: x.csv}
  - {from: work, to: work}
  - {from: work, to: ou}
  - {from: work, to: aap}
)");
  auto const found = problems();
  for (auto const* part :
       {"2:1: the model has no key `statez`", "4:10: state `work` has no key `grup`", "5:38: unknown state `wrk`",
        "6:3: `a b` is no name for a state", "8:10: a trait cannot be named `region`",
        "8:31: trait `sex` has no levels", "8:46: trait `age_x` has the level `a` twice",
        "11:52: both `rate_per_year` and `rates`", "12:22: a transition from `work` to `work`",
        "13:22: unknown state `ou`", "14:5: transition `work -> aap` stands twice"}) {
    EXPECT_THAT(found, testing::Contains(testing::HasSubstr(part))) << part;
  }
}

struct Wrong {
  std::string_view states;
  std::string_view transitions;
  std::string_view problem;
};

class WrongModel : public ScratchTest, public testing::WithParamInterface<Wrong> {};

TEST_P(WrongModel, IsDiagnosed) {
  read("utvei: model/1\nstates: {" + std::string{GetParam().states} + "}\ntransitions: [" +
       std::string{GetParam().transitions} + "]\n");
  EXPECT_THAT(problems(), ElementsAre(testing::EndsWith(GetParam().problem)));
}

INSTANTIATE_TEST_SUITE_P(
    Pathways, WrongModel,
    testing::Values(
        Wrong{"a: , b: {absorbing: true}, c:", "{from: a, to: b}", "state `c` has neither a way in nor a way out"},
        Wrong{"a: , b:", "{from: a, to: b}", "state `b` has no way out"},
        Wrong{"a: {absorbing: true}, b: {absorbing: true}", "{from: a, to: b}",
              "state `a` is absorbing but has a way out"},
        Wrong{"a: {limit: {after: 1 year, stay: 1, to: {b: 1}}}, b: ", "{from: b, to: a}", "state `a` has no way out"},
        Wrong{"a: {limit: {after: 1 year, to: {a: 1}}}, b: {absorbing: true}", "{from: a, to: b}",
              "the limit of `a` leads back to `a`"},
        Wrong{"a: {limit: {after: 1 year, to: {}}}, b: {absorbing: true}", "{from: a, to: b}",
              "the limit of `a` leads nowhere"},
        Wrong{"a: {limit: {after: 1 year, to: {b: 0.9}}}, b: {absorbing: true}", "{from: a, to: b}",
              "the shares of the limit of `a` sum to 0.9, not to 1"},
        Wrong{"a: {limit: {after: 1 year, to: b}}, b: {absorbing: true}", "{from: a, to: b}", "`to: b` has no share"},
        Wrong{"a: {limit: {after: 0 days, to: {b: 1}}}, b: {absorbing: true}", "{from: a, to: b}",
              "limit of `a` comes after no time at all"},
        Wrong{"a: {limit: {clock: aap, after: 1 year, to: {b: 1}}}, b: {absorbing: true}", "{from: a, to: b}",
              "unknown clock `aap`"},
        Wrong{"a: {limit: [{after: 12 months, to: {b: 1}}, {after: 1 year, to: {b: 1}}]}, b: {absorbing: true}",
              "{from: a, to: b}", "two limits of `a` after 1 year"},
        Wrong{"a: {limit: {after: 1 year, stay: 60, to: {b: 1}}}, b: {absorbing: true}", "{from: a, to: b}",
              "`stay` is 60, but a share is at most 1"},
        Wrong{"a: {ends_at_age: {age: 670, to: {b: 1}}}, b: {absorbing: true}", "{from: a, to: b}",
              "`670` is not an age"}));

TEST_F(ReadModel, AgesMayCarryAUnit) {
  Model const model = read(R"(utvei: model/1
states: {a: {ends_at_age: {age: 804 months, to: {b: 1}}}, b: {absorbing: true}}
)");
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_EQ(model.states[StateId{0}].ends_at_age->age, duration_of_years(67));
}

TEST_F(ReadModel, NorwegianLettersAreLetters) {
  read("utvei: model/1\nstates: {ufør: , død: {absorbing: true}}\ntransitions: [{from: ufør, to: død}]\n");
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(ReadModel, ALabelThatYamlReadsAsFalseIsRefused) {
  read("utvei: model/1\nstates: {a: {label: {nb: no}}, d: {absorbing: true}}\ntransitions: [{from: a, to: d}]\n");
  ASSERT_EQ(problems().size(), 1U);
  EXPECT_THAT(problems()[0], testing::HasSubstr("2:26"));
}

class DestinationTable : public ScratchTest {
 protected:
  Model read_table(std::string_view table) {
    write("regions.csv", "region;parent\n42;\n4204;42\n4203;42\n");
    write("to.csv", table);
    return read(R"(utvei: model/1
regions: regions.csv
states: {a: {limit: {after: 1 year, to: to.csv}}, b: {absorbing: true}, c: {absorbing: true}}
traits: {sex: [female, male]}
)");
  }
};

TEST_F(DestinationTable, TheMostSpecialLineHolds) {
  Model const model = read_table("region;sex;to;share\n;;b;0.5\n;;c;0.5\n4204;;b;1\n4204;male;c;1\n");
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_EQ(model.inputs.size(), 3U);
  Destinations const& to = model.states[StateId{0}].limits[0].to;
  ASSERT_EQ(to.rows.size(), 3U);
  auto const oslo = model.regions.find("4203");
  auto const kristiansand = model.regions.find("4204");
  EXPECT_EQ(destinations_at(to, oslo, {0U}, model.regions), &to.rows[0]);
  EXPECT_EQ(destinations_at(to, kristiansand, {0U}, model.regions), &to.rows[1]);
  EXPECT_EQ(destinations_at(to, kristiansand, {1U}, model.regions), &to.rows[2]);
  EXPECT_EQ(destinations_at(to, std::nullopt, {}, model.regions), &to.rows[0]);
}

TEST_F(DestinationTable, SumsAreCheckedForEachSelection) {
  read_table("region;to;share\n;b;1\n4204;b;0.5\n4204;c;0.6\n");
  EXPECT_THAT(problems(),
              ElementsAre("to.csv:3:1: the shares of the limit of `a` for region 4204 sum to 1.1, not to 1"));
}

TEST_F(DestinationTable, HolesAndTiesAreErrors) {
  read_table("region;sex;to;share\n4204;;b;1\n;male;b;1\n");
  EXPECT_THAT(problems(), ElementsAre("to.csv:3:1: two sets of shares for region 4204, sex male",
                                      "model.yaml:3:41: the limit of `a` leads nowhere for region 4203, sex female"));
}

}  // namespace
}  // namespace utvei
