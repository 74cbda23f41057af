// SPDX-License-Identifier: Apache-2.0
#include "recipe.hpp"

#include <utvei/population/fingerprint.hpp>

#include <set>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using example::first_error;
using example::heads;
using example::make;
using example::RecipeFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr auto people_by_sex = "region;sex;count\n0101;female;50\n0101;male;52\n0102;female;31\n0102;male;29\n";
constexpr auto people_by_age =
    "region;age;state;count\n01;16-19;school;60\n01;16-19;work;12\n01;20+;work;70\n01;20+;outside;20\n";

TEST(Synthesize, MeetsTwoMarginsExactly) {
  RecipeFolder const folder;
  folder.write("sex.csv", people_by_sex);
  folder.write("age.csv", people_by_age);
  auto const all = make(folder, "oldest: 30\nmargins:\n  - {file: sex.csv}\n  - {file: age.csv}\n");
  Population const& people = all.made.people;
  EXPECT_TRUE(all.fit.raking.converged);
  EXPECT_THAT(all.fit.conflicts, IsEmpty());
  auto const code = [&](PersonRow row) { return all.recipe.model.regions[people.region[row]].code; };
  EXPECT_THAT(heads(people,
                    [&](PersonRow row) {
                      return std::pair{code(row), people.traits[0][row]};
                    }),
              ElementsAre(Pair(Pair("0101", 0), 50), Pair(Pair("0101", 1), 52), Pair(Pair("0102", 0), 31),
                          Pair(Pair("0102", 1), 29)));
  auto const is_young = [&](PersonRow row) { return all.recipe.date - people.birth[row] < duration_of_years(20); };
  EXPECT_THAT(heads(people,
                    [&](PersonRow row) {
                      return std::pair{is_young(row), people.state[row].value()};
                    }),
              ElementsAre(Pair(Pair(false, 1U), 70), Pair(Pair(false, 2U), 20), Pair(Pair(true, 0U), 60),
                          Pair(Pair(true, 1U), 12)));
  for (MarginResult const& margin : all.made.margins) EXPECT_EQ(margin.missed, 0U) << margin.name;
}

TEST(Synthesize, SpreadsAgesOverTheirBands) {
  RecipeFolder const folder;
  folder.write("age.csv", "age_from,age_to,state,sex,count\n16,20,school,female,4000\n20,,work,male,3000\n");
  auto const all = make(folder, "oldest: 30\nmargins: [{file: age.csv}]\n");
  Population const& people = all.made.people;
  auto const year = [&](PersonRow row) {
    EXPECT_EQ(people.birth[row].minutes % minutes_per_day, 0);
    return static_cast<int>((all.recipe.date - people.birth[row]).minutes / minutes_per_year);
  };
  auto const by_year = heads(people, year);
  ASSERT_EQ(by_year.size(), 14U);
  for (auto const& [age, number] : by_year) EXPECT_NEAR(number, age < 20 ? 1000 : 300, 8) << age;
}

TEST(Synthesize, SpreadsTimesInStateOverTheirShares) {
  RecipeFolder const folder;
  folder.write("age.csv", "age,state,sex,count\n16,school,female,4000\n0,outside,male,1000\n");
  folder.write("times.csv",
               "state,from,to,share\nschool,0 days,10 days,3\nschool,10 days,20 days,1\noutside,0 days,9 years,1\n");
  auto const all = make(folder, "margins: [{file: age.csv}]\ntime_in_state: {file: times.csv}\n");
  Population const& people = all.made.people;
  int young = 0;
  int short_time = 0;
  for (PersonRow const row : ids_of(people.key)) {
    if (people.state[row] == StateId{0}) short_time += people.time_in_state[row].minutes < 10 * minutes_per_day ? 1 : 0;
    EXPECT_LE(people.time_in_state[row], all.recipe.date - people.birth[row]);
    young +=
        people.state[row] == StateId{2} && people.time_in_state[row] == all.recipe.date - people.birth[row] ? 1 : 0;
  }
  EXPECT_NEAR(short_time, 3000, 10);
  EXPECT_GT(young, 500) << "nobody is longer in a state than alive";
}

TEST(Synthesize, LeavesWhatIsImpossibleEmpty) {
  RecipeFolder const folder;
  folder.write("sex.csv", people_by_sex);
  folder.write("state.csv", "state;count\nschool;60\nwork;82\noutside;20\n");
  folder.write("zeros.csv", "region;sex;state\n01;female;outside\n0102;;school\n");
  auto const all = make(folder, "margins:\n  - {file: sex.csv}\n  - {file: state.csv}\nstructural_zeros: zeros.csv\n");
  Population const& people = all.made.people;
  for (PersonRow const row : ids_of(people.key)) {
    auto const state = people.state[row].value();
    EXPECT_FALSE(state == 2 && people.traits[0][row] == 0);
    EXPECT_FALSE(state == 0 && all.recipe.model.regions[people.region[row]].code == "0102");
  }
  EXPECT_EQ(people.size(), 162U);
}

TEST(Synthesize, TakesTheShapeOfTheSeedTable) {
  RecipeFolder const folder;
  folder.write("sex.csv", people_by_sex);
  folder.write("state.csv", "state;count\nschool;81\nwork;81\n");
  folder.write("seed.csv", "sex;state;count\nfemale;school;1\nmale;work;1\n");
  auto const all = make(folder, "margins:\n  - {file: sex.csv}\n  - {file: state.csv}\nseed_table: {file: seed.csv}\n");
  for (PersonRow const row : ids_of(all.made.people.key))
    EXPECT_EQ(all.made.people.state[row].value(), all.made.people.traits[0][row]);
}

TEST(Synthesize, SettlesMarginsThatDisagreeByTheEarlier) {
  RecipeFolder const folder;
  folder.write("sex.csv", people_by_sex);
  folder.write("state.csv", "region;state;count\n01;school;200\n01;work;124\n");
  auto const all = make(folder, "margins:\n  - {file: sex.csv}\n  - {file: state.csv}\n");
  EXPECT_EQ(all.made.people.size(), 162U);
  ASSERT_EQ(all.fit.conflicts.size(), 1U);
  ASSERT_EQ(all.diagnostics.all().size(), 1U);
  EXPECT_EQ(all.diagnostics.all()[0].problem,
            "`state.csv` has 324 people where `sex.csv` has 162 (region 0102, sex male)");
  EXPECT_THAT(all.diagnostics.all()[0].why, HasSubstr("scaled by 0.5"));
  EXPECT_EQ(all.made.by_part[1], (std::vector<std::int64_t>{100, 62}));
  EXPECT_EQ(all.made.margins[1].worst_target, 200);
}

TEST(Synthesize, LetsMarginsLeaveThingsOut) {
  // Of those outside work only how many; a count that is hidden; a combination without a row is 0.
  RecipeFolder const folder;
  folder.write("sex.csv", people_by_sex);
  folder.write("outside.csv", "region;state;count\n0101;outside;7\n0102;outside;:\n");
  folder.write("state.csv", "sex;state;count\nfemale;school;81\nmale;work;61\nmale;outside;20\n");
  auto const all = make(folder, "margins:\n  - {file: sex.csv}\n  - {file: state.csv}\n  - {file: outside.csv}\n");
  Population const& people = all.made.people;
  auto const counts = heads(people, [&](PersonRow row) {
    return std::pair{all.recipe.model.regions[people.region[row]].code, people.state[row].value()};
  });
  EXPECT_EQ(counts.at({"0101", 2U}), 7);
  EXPECT_EQ(counts.at({"0102", 2U}), 13);
  for (PersonRow const row : ids_of(people.key)) EXPECT_EQ(people.traits[0][row] == 0, people.state[row].value() == 0);
}

/// By key: all that is known of people.
std::set<std::tuple<std::uint64_t, std::string, std::uint32_t, std::int64_t>> lives_in(example::Made const& all,
                                                                                       std::string_view without) {
  std::set<std::tuple<std::uint64_t, std::string, std::uint32_t, std::int64_t>> lives;
  Population const& people = all.made.people;
  for (PersonRow const row : ids_of(people.key)) {
    std::string const& code = all.recipe.model.regions[people.region[row]].code;
    if (code != without)
      lives.emplace(people.key[row].value, code, people.state[row].value(), people.birth[row].minutes);
  }
  return lives;
}

TEST(Synthesize, ChangesNobodyWhereARegionIsAdded) {
  RecipeFolder const folder;
  auto const keys = "margins:\n  - {file: age.csv}\n  - {file: state.csv}\n";
  std::string const age =
      "region,sex,age,count\n0101,male,16-19,33\n0101,female,20-29,48\n0202,male,16-19,20\n0202,male,20-29,22\n";
  std::string const state = "region,state,count\n0101,school,50\n0101,work,31\n0202,school,21\n0202,work,21\n";
  folder.write("age.csv", age);
  folder.write("state.csv", state);
  auto const before = lives_in(make(folder, keys), "");
  folder.write("age.csv", age + "0102,male,16-19,11\n0102,female,20-29,18\n");
  folder.write("state.csv", state + "0102,school,10\n0102,work,19\n");
  auto const after = make(folder, keys);
  EXPECT_EQ(after.made.people.size(), before.size() + 29);
  EXPECT_EQ(lives_in(after, "0102"), before);
}

TEST(Synthesize, GivesTheSamePeopleForAnyNumberOfThreads) {
  RecipeFolder const folder;
  folder.write("sex.csv", people_by_sex);
  folder.write("age.csv", people_by_age);
  auto const keys = "margins:\n  - {file: sex.csv}\n  - {file: age.csv}\n";
  auto const one = make(folder, keys, 1);
  auto const four = make(folder, keys, 4);
  EXPECT_EQ(one.made.people.key.values(), four.made.people.key.values());
  EXPECT_EQ(fingerprint(one.made.people, one.recipe.model, 1), fingerprint(four.made.people, four.recipe.model, 2));
}

TEST(Synthesize, ChecksEveryPartOfEveryMargin) {
  RecipeFolder const folder;
  folder.write("sex.csv", "sex;count\nfemale;10\nmale;5\n");
  folder.write("state.csv", "age;state;count\n16+;work;15\n");
  auto const all = make(folder, "margins:\n  - {name: \"a, b\", file: sex.csv}\n  - {file: state.csv}\n");
  EXPECT_EQ(check_csv(all.recipe, all.fit, all.made),
            "margin,age,sex,state,target,settled,result,difference\n\"a, b\",,female,,10,10,10,0\n"
            "\"a, b\",,male,,5,5,5,0\nstate.csv,16+,,work,15,15,15,0\n");
}

/// What is wrong with a recipe, in a word.
std::string refusal(RecipeFolder const& folder, std::string_view keys) {
  Diagnostics diagnostics;
  auto const recipe = folder.recipe(keys, diagnostics);
  if (!diagnostics.has_errors()) fit_population(recipe, nullptr, diagnostics);
  return first_error(diagnostics);
}

TEST(FitPopulation, RefusesPeopleWhomNoCellMayHold) {
  RecipeFolder const folder;
  folder.write("sex.csv", "sex;state;count\nfemale;work;10\nmale;work;5\n");
  folder.write("zeros.csv", "sex;state\nfemale;work\n");
  EXPECT_EQ(refusal(folder, "margins: [{file: sex.csv}]\nstructural_zeros: zeros.csv\n"),
            "nobody may be in sex female, state work, but `sex.csv` has 10 people there");
}

TEST(FitPopulation, AsksForEachTraitAndTheState) {
  RecipeFolder const folder;
  folder.write("age.csv", "age;count\n16;10\n");
  EXPECT_EQ(refusal(folder, "margins: [{file: age.csv}]\n"), "no margin says which state people have");
  folder.write("state.csv", "state;count\nwork;10\n");
  EXPECT_EQ(refusal(folder, "margins: [{file: state.csv}]\n"), "no margin says which `sex` people have");
}

TEST(FitPopulation, AsksForAMarginOfEachCell) {
  RecipeFolder const folder;
  folder.write("a.csv", "sex;state;count\nfemale;work;10\nmale;work;:\n");
  EXPECT_EQ(refusal(folder, "margins: [{file: a.csv}]\n"),
            "no margin says how many people are in sex male, state work");
}

TEST(FitPopulation, CutsCellsAtAllEndsOfBands) {
  RecipeFolder const folder;
  folder.write("a.csv", "sex;state;age;count\nfemale;work;16-19;10\nfemale;work;20-29;10\n");
  folder.write("b.csv", "age_from;age_to;count\n16;18,5;5\n18,5;30;15\n");
  Diagnostics diagnostics;
  auto const fit = fit_population(folder.recipe("margins:\n  - {file: a.csv}\n  - {file: b.csv}\n", diagnostics),
                                  nullptr, diagnostics);
  ASSERT_FALSE(diagnostics.has_errors()) << render(diagnostics);
  std::vector<std::string> labels;
  for (PeopleGroup const& level : fit.cells.axis({CellDimension::Kind::age, {}})->levels) labels.push_back(level.label);
  EXPECT_THAT(labels, ElementsAre("[16,18.5)", "[18.5,20)", "20-29"));
  EXPECT_THAT(fit.weights,
              ElementsAre(testing::DoubleNear(5, 1e-6), testing::DoubleNear(5, 1e-6), testing::DoubleNear(10, 1e-6)));
}

}  // namespace
}  // namespace utvei
