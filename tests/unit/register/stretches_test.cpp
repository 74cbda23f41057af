// SPDX-License-Identifier: Apache-2.0
// A file that is long enough to be read in stretches gives what it gives in one.
#include "small_study.hpp"

#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace utvei {
namespace {

using ::testing::HasSubstr;

constexpr int people = 12'000;
constexpr std::size_t long_enough = 1U << 20U;

/// Rows of all people, each on several days; `change` may write a row otherwise.
std::string many_rows(std::function<std::string(int person, int spell, std::string row)> const& change) {
  std::string rows;
  for (int person = 0; person < people; ++person)
    for (int spell = 0; spell < 4; ++spell)
      rows += change(person, spell,
                     fmt::format("p{:05},2015-01-{:02},2015-01-{:02},{}\n", person, 1 + 5 * spell + person % 3,
                                 6 + 5 * spell, spell % 2 == 0 ? "a" : "b"));
  return rows;
}

std::string as_is(int /*person*/, int /*spell*/, std::string row) {
  return row;
}

struct Outcome {
  std::string lives;
  std::vector<std::string> ids;
  std::string counts, messages, rejects;
  friend bool operator==(Outcome const&, Outcome const&) = default;
};

class Stretches : public ::testing::Test {
 protected:
  static Outcome read(SmallStudy& small, std::size_t threads) {
    Diagnostics diagnostics;
    std::vector<RejectedRow> rejects;
    auto const study = small.read_the_study();
    auto const lives = read_register(study, threads, diagnostics, &rejects);
    return {text_of(lives, study.model), lives.persons.id.values(), describe(lives.counts), render(diagnostics),
            to_csv(rejects)};
  }
  static Outcome same_for_all_threads(SmallStudy& small) {
    auto const one = read(small, 1);
    for (std::size_t const threads : {2U, 3U, 7U}) EXPECT_TRUE(read(small, threads) == one) << threads << " threads";
    return one;
  }
};

TEST_F(Stretches, GiveTheSameRegister) {
  SmallStudy small;
  auto const rows = many_rows(as_is);
  ASSERT_GT(rows.size(), long_enough);
  small.spells(rows);
  auto const outcome = same_for_all_threads(small);
  EXPECT_EQ(outcome.ids.size(), std::size_t{people});
  EXPECT_THAT(outcome.lives, HasSubstr("p11999 a 3 3-6\n")) << "the person's first row starts on day 3";
}

TEST_F(Stretches, GiveTheSameRejects) {
  SmallStudy small{std::string{plain_study} + "rejects: {at_most: 0.2}\n"};
  small.spells(many_rows([](int person, int spell, std::string const& row) -> std::string {
    if (person % 10 == 0 && spell == 1) return fmt::format("p{:05},2015-01-10\n", person);
    if (person % 17 == 0 && spell == 2) return fmt::format("p{:05},2015-01-11,2015-01-12,nowhere\n", person);
    return person % 17 == 1 ? "\n" + row : row;
  }));
  auto const outcome = same_for_all_threads(small);
  EXPECT_THAT(outcome.counts, HasSubstr("1200 not used: wrong number of fields; 706 not used: unknown state"));
  EXPECT_THAT(outcome.messages, HasSubstr("wrong number of fields: 1200 (line 3, "));
}

TEST_F(Stretches, MayNotPartAQuotedField) {
  SmallStudy small;
  // Each row has a column with line ends in it, so that most cuts would fall inside quotes.
  std::string const note = "\"" + std::string(60, '\n') + "\"";
  std::string rows = "note,person,start,stop,state\n";
  rows += many_rows([&](int /*person*/, int /*spell*/, std::string const& row) { return note + "," + row; });
  small.folder.write("spells.csv", rows);
  auto const outcome = same_for_all_threads(small);
  EXPECT_EQ(outcome.ids.size(), std::size_t{people});
  EXPECT_EQ(outcome.messages, "");
}

TEST_F(Stretches, SeeWhichRowOfAPersonCountsInTheOrderOfTheFile) {
  std::string study{plain_study};
  study.insert(study.find("sources:"), "traits: [sex]\n");
  SmallStudy small{study + "rejects: {at_most: 0.2}\n"};
  std::string rows = "person,start,stop,state,sex\n";
  rows += many_rows([](int /*person*/, int /*spell*/, std::string const& row) {
    return row.substr(0, row.size() - 1) + ",female\n";
  });
  // At the end of the file, of people of all its stretches.
  for (int person = 0; person < people; person += 100)
    rows += fmt::format("p{:05},2015-01-25,2015-01-26,a,male\n", person);
  small.folder.write("spells.csv", rows);
  auto const outcome = same_for_all_threads(small);
  EXPECT_THAT(outcome.counts, HasSubstr("120 not used: person whose birth, region or traits change"));
}

TEST_F(Stretches, SeeThatAPersonStandsTwice) {
  SmallStudy small{std::string{study_with_persons} + "rejects: {at_most: 0.2}\n"};
  std::string persons;
  for (int person = 0; person < 3 * people; ++person)
    persons += fmt::format("p{:05};1990-01-01;{};4204\n", person % (2 * people + people / 2),
                           person < 2 * people ? "female" : "male");
  small.persons(persons).spells(many_rows(as_is));
  auto const outcome = same_for_all_threads(small);
  EXPECT_THAT(outcome.counts, HasSubstr(fmt::format("{} not used: person twice", people / 2)));
}

TEST_F(Stretches, OfRowsInAnyOrderGiveTheSameRegister) {
  SmallStudy small;
  std::string late;
  std::string const early = many_rows([&late](int person, int spell, std::string const& row) -> std::string {
    if (spell != 1) return row;
    late += person % 2 == 0 ? row : row + row;
    return "";
  });
  small.spells(late + early);
  auto const outcome = same_for_all_threads(small);
  EXPECT_THAT(outcome.lives, HasSubstr("p00000 a 1 1-6>b\np00000 b 6 6-11>a\n"));
}

}  // namespace
}  // namespace utvei
