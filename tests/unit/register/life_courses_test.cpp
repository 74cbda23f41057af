// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <array>
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;

TEST(LifeCourses, SpellsFollowEachOther) {
  SmallStudy small;
  small.spells(
      "1,2015-01-03,2015-01-08,a\n"
      "1,2015-01-08,2015-01-10,b\n"
      "1,2015-01-20,,c\n");
  auto const lives = small.read();
  // The gap is not observed: b is censored.
  EXPECT_EQ(text_of(lives, small.study.model), "1 a 3 3-8>b\n1 b 8 8-10\n1 c 20 20-32\n");
  EXPECT_EQ(lives.counts.rows, 3);
  EXPECT_EQ(lives.counts.still_open, 1);
  EXPECT_EQ(lives.first_spell, (std::vector<std::size_t>{0, 3}));
}

TEST(LifeCourses, OrderOfRowsDoesNotMatter) {
  SmallStudy small;
  small.spells(
      "2,2015-01-08,2015-01-10,b\n"
      "1,2015-01-05,2015-01-09,c\n"
      "2,2015-01-03,2015-01-08,a\n");
  EXPECT_EQ(text_of(small.read(), small.study.model), "2 a 3 3-8>b\n2 b 8 8-10\n1 c 5 5-9\n");
}

TEST(LifeCourses, DelayedEntryKeepsTheTimeAlreadySpent) {
  SmallStudy small;
  small.spells("1,2014-12-22,2015-01-04,a\n1,2015-01-04,2016-01-01,c\n");
  EXPECT_EQ(text_of(small.read(), small.study.model), "1 a -9 1-4>c\n1 c 4 4-32\n");
}

TEST(LifeCourses, WindowIsHalfOpenAndEventsBelongToTheMomentBefore) {
  SmallStudy small;
  // 1: a change at the first moment belongs to the time before. 2: a change at the end still belongs to the window.
  // 3: a stop at the end, without a state that follows, is the end of the register.
  small.spells(
      "1,2014-12-01,2015-01-01,a\n1,2015-01-01,2015-01-05,c\n"
      "2,2015-01-20,2015-02-01,a\n2,2015-02-01,2015-03-01,b\n"
      "3,2015-01-20,2015-02-01,a\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model), "1 c 1 1-5\n2 a 20 20-32>b\n3 a 20 20-32\n");
  EXPECT_EQ(lives.counts.outside_window, 2);
}

TEST(LifeCourses, TouchingAndOverlappingSpellsOfOneStateAreOne) {
  SmallStudy small;
  small.spells("1,2015-01-03,2015-01-08,a\n1,2015-01-08,2015-01-10,a\n1,2015-01-09,2015-01-15,a\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model), "1 a 3 3-15\n");
  EXPECT_EQ(lives.counts.joined, 2);
}

TEST(LifeCourses, EarlierStartWinsWhereSpellsOverlap) {
  SmallStudy small;
  small.spells(
      "1,2015-01-03,2015-01-10,a\n1,2015-01-05,2015-01-08,b\n1,2015-01-06,2015-01-15,c\n"
      "2,2015-01-03,2015-01-10,b\n2,2015-01-03,2015-01-12,a\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model), "1 a 3 3-10>c\n1 c 10 10-15\n2 b 3 3-10>a\n2 a 10 10-12\n");
  EXPECT_EQ(lives.counts.covered, 1);
  EXPECT_EQ(lives.counts.cut, 2);
}

constexpr std::string_view three_sources =
    "utvei: study/1\nname: three\nmodel: model.yaml\ndata_class: open\nwindow: {from: 2015-01-01, to: 2015-02-01}\n"
    "sources:\n"
    "  - {file: first.csv, id: lopenr, start: fra, stop: til, state: c}\n"
    "  - {file: second.csv, id: lopenr, start: fra, stop: til, state: b}\n"
    "  - {file: spells.csv, id: person, start: start, stop: stop, state_from: {column: state}}\n";

TEST(LifeCourses, TheFirstSourceWinsWhereSourcesOverlap) {
  SmallStudy small{three_sources};
  small.folder.write("first.csv", "lopenr;fra;til\n1;2015-01-10;2015-01-12\n");
  small.folder.write("second.csv", "lopenr;fra;til\n1;2015-01-08;2015-01-11\n2;2015-01-05;2015-01-06\n");
  small.spells("1,2015-01-03,2015-01-20,a\n2,2015-01-05,2015-01-06,a\n3,2015-01-02,2015-01-04,a\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model),
            "1 a 3 3-8>b\n1 b 8 8-10>c\n1 c 10 10-12>a\n1 a 12 12-20\n2 b 5 5-6\n3 a 2 2-4\n");
  EXPECT_EQ(lives.counts.rows, 6);
  EXPECT_EQ(lives.counts.cut, 2) << "the second source's first row, and the third's";
  EXPECT_EQ(lives.counts.covered, 1) << "2's a";
}

TEST(LifeCourses, SpellsOfOneStateInTwoSourcesAreOneWhereTheyTouch) {
  SmallStudy small{three_sources};
  small.folder.write("first.csv", "lopenr;fra;til\n1;2015-01-03;2015-01-08\n");
  small.folder.write("second.csv", "lopenr;fra;til\n");
  small.spells("1,2015-01-05,2015-01-12,c\n");
  EXPECT_EQ(text_of(small.read(), small.study.model), "1 c 3 3-12\n");
}

TEST(LifeCourses, WhatNobodyLeavesWinsOverAllSources) {
  SmallStudy small{three_sources};
  small.folder.write("first.csv", "lopenr;fra;til\n1;2015-01-03;2015-01-28\n");
  small.folder.write("second.csv", "lopenr;fra;til\n");
  small.spells("1,2015-01-20,,dead\n");
  EXPECT_EQ(text_of(small.read(), small.study.model), "1 c 3 3-20>dead\n1 dead 20 20-32\n");
}

/// Who lies above whom on each day, day by day.
TEST(LifeCourses, SourcesGiveEachDayToTheFirstThatHasIt) {
  for (unsigned seed = 1; seed <= 50; ++seed) {
    std::mt19937 bits{seed};
    auto const below = [&](unsigned most) { return static_cast<unsigned>(bits() % most); };
    std::array<std::string, 3> files;
    std::array<std::string, 32> expected{};
    for (std::size_t source = 3; source-- > 0;) {
      char const state = "cba"[source];
      for (unsigned at = 1 + below(9); at < 28;) {
        unsigned const stop = std::min(31U, at + 1 + below(9));
        files[source] += source < 2 ? fmt::format("1;2015-01-{:02};2015-01-{:02}\n", at, stop)
                                    : fmt::format("1,2015-01-{:02},2015-01-{:02},a\n", at, stop);
        for (unsigned date = at; date < stop; ++date) expected[date] = state;
        at = stop + 1 + below(6);
      }
    }
    SmallStudy small{three_sources};
    small.folder.write("first.csv", "lopenr;fra;til\n" + files[0]);
    small.folder.write("second.csv", "lopenr;fra;til\n" + files[1]);
    small.spells(files[2]);
    auto const lives = small.read();
    std::array<std::string, 32> found{};
    for (SpellId const spell : ids_of(lives.state))
      for (Instant at = lives.enter[spell]; at < lives.leave[spell]; at = at + Duration{minutes_per_day})
        found[static_cast<std::size_t>((at - day(1)).minutes / minutes_per_day + 1)] =
            small.study.model.states[lives.state[spell]].name;
    EXPECT_EQ(found, expected) << "seed " << seed;
  }
}

TEST(LifeCourses, DuplicatesAreDropped) {
  SmallStudy small;
  small.spells(
      "1,2015-01-03,2015-01-05,a\n1,2015-01-03,2015-01-04,a\n1,2015-01-03,2015-01-05,a\n"
      "2,2015-01-03,2015-01-05,a\n2,2015-01-03,2015-01-05,b\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model), "1 a 3 3-5\n2 a 3 3-5\n");
  EXPECT_EQ(lives.counts.duplicates, 1);
  EXPECT_EQ(lives.counts.joined, 1) << "the shorter one";
  EXPECT_EQ(lives.counts.covered, 1) << "2's b";
}

TEST(LifeCourses, ShortGapsAreBridged) {
  SmallStudy small{std::string{plain_study} + "bridge: 3 days\notherwise: c\n"};
  small.spells(
      "1,2015-01-03,2015-01-05,a\n1,2015-01-08,2015-01-10,a\n1,2015-01-14,2015-01-20,a\n1,2015-01-20,2015-01-21,b\n"
      "1,2015-01-21,,a\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model),
            "1 c ?1 1-3>a\n1 a 3 3-10>c\n1 c 10 10-14>a\n1 a 14 14-20>b\n1 b 20 20-21>a\n1 a 21 21-32\n");
  EXPECT_EQ(lives.counts.bridged, 1);
  EXPECT_EQ(lives.counts.filled, 2);
}

TEST(LifeCourses, FilesMayBeLatin1WithQuotesAndDecimalCommas) {
  SmallStudy small;
  small.folder.write("study.yaml",
                     "utvei: study/1\nname: s\nmodel: model.yaml\ntime: {unit: days, origin: 2015-01-01}\n"
                     "window: {from: 0, to: 31}\n"
                     "sources:\n  - {file: spells.csv, id: løpenr, start: start, stop: stop, state_from: {column: "
                     "state}}\n");
  small.folder.write("spells.csv", "l\xf8penr;start;stop;state\r\n\"\xc5se\";2,5;\"7\";a\r\n\xc5se;7;9,25;\"b\"\r\n");
  auto const lives = small.read();
  ASSERT_EQ(lives.size(), 2U);
  EXPECT_EQ(lives.persons.id.values(), std::vector<std::string>{"Åse"});
  EXPECT_EQ(lives.enter[SpellId{0}], day(3) + Duration{minutes_per_day / 2});
  EXPECT_EQ(lives.leave[SpellId{1}], day(10) + Duration{minutes_per_day / 4});
}

TEST(LifeCourses, RowsWithoutDurationAreDropped) {
  SmallStudy small;
  small.spells("1,2015-01-03,2015-01-03,b\n1,2015-01-03,2015-01-05,a\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model), "1 a 3 3-5\n");
  EXPECT_EQ(lives.counts.zero_length, 1);
}

TEST(LifeCourses, ClosedIntervalsHoldTheirLastDay) {
  SmallStudy small{std::string{plain_study} + "intervals: closed\n"};
  small.spells("1,2015-01-03,2015-01-07,a\n1,2015-01-08,2015-01-08,b\n1,2015-01-09,2015-01-12,c\n");
  EXPECT_EQ(text_of(small.read(), small.study.model), "1 a 3 3-8>b\n1 b 8 8-9>c\n1 c 9 9-13\n");
}

TEST(LifeCourses, OtherIntervalsAreNoticed) {
  SmallStudy half_open;
  half_open.spells("1,2015-01-03,2015-01-07,a\n1,2015-01-08,2015-01-09,b\n1,2015-01-10,2015-01-12,c\n");
  EXPECT_THAT(half_open.messages(), HasSubstr("write `intervals: closed`"));
  SmallStudy closed{std::string{plain_study} + "intervals: closed\n"};
  closed.spells("1,2015-01-03,2015-01-07,a\n1,2015-01-07,2015-01-09,b\n1,2015-01-09,2015-01-12,c\n");
  EXPECT_THAT(closed.messages(), HasSubstr("write `intervals: half_open`"));
}

TEST(LifeCourses, OtherwiseFillsTheWindow) {
  SmallStudy small{std::string{study_with_persons} + "otherwise: c\n"};
  small.persons("1;1980-01-01;female;4204\n2;1980-01-01;male;4203\n3;2015-01-10;male;4203\n");
  small.spells("1,2015-01-03,2015-01-08,a\n1,2015-01-10,2015-01-12,b\n3,2015-01-12,2015-01-20,a\n");
  // Nobody knows when person 1 entered c before the first spell; person 3 was born into it.
  EXPECT_EQ(text_of(small.read(), small.study.model),
            "1 c ?1 1-3>a\n1 a 3 3-8>c\n1 c 8 8-10>b\n1 b 10 10-12>c\n1 c 12 12-32\n"
            "2 c ?1 1-32\n"
            "3 c 10 10-12>a\n3 a 12 12-20>c\n3 c 20 20-32\n");
}

TEST(LifeCourses, OtherwiseAfterASpellBeforeTheWindowIsKnown) {
  SmallStudy small{std::string{plain_study} + "otherwise: c\n"};
  small.spells("1,2014-12-20,2014-12-30,a\n1,2015-01-03,2015-01-08,a\n");
  EXPECT_EQ(text_of(small.read(), small.study.model), "1 c -1 1-3>a\n1 a 3 3-8>c\n1 c 8 8-32\n");
}

TEST(LifeCourses, NobodyLeavesAnAbsorbingState) {
  SmallStudy small{std::string{plain_study} + "otherwise: a\n"};
  small.spells("1,2014-12-20,2015-01-05,c\n1,2015-01-05,2015-01-06,dead\n1,2015-01-20,2015-01-25,b\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model), "1 c -11 1-5>dead\n1 dead 5 5-32\n");
  EXPECT_EQ(lives.counts.covered, 1);
}

TEST(LifeCourses, NothingIsBeforeBirth) {
  SmallStudy small{study_with_persons};
  small.persons("1;2015-01-05;female;4204\n");
  small.spells("1,2014-12-01,2015-01-03,a\n1,2015-01-03,2015-01-20,c\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model), "1 c 5 5-20\n");
  EXPECT_EQ(lives.counts.before_birth, 1);
}

TEST(LifeCourses, PersonsComeWithWhatIsKnownOfThem) {
  SmallStudy small{study_with_persons};
  small.persons("x;1980-01-02;male;4204\ny;1990-05-06;;4203\n");
  small.spells("y,2015-01-03,2015-01-08,a\n");
  auto const lives = small.read();
  EXPECT_EQ(lives.persons.birth[PersonRow{1}], *date(1990, 5, 6));
  EXPECT_EQ(small.study.model.regions[lives.persons.region[PersonRow{0}]].code, "4204");
  EXPECT_EQ(lives.persons.traits[0].values(), (std::vector<std::uint16_t>{1, unknown_level}));
  EXPECT_EQ(lives.counts.persons_without_spells, 1);
  EXPECT_EQ(lives.data_class, "open");
}

TEST(LifeCourses, TraitsMayComeFromTheSpellFile) {
  SmallStudy small;
  small.folder.write("study.yaml",
                     "utvei: study/1\nname: s\nmodel: model.yaml\nwindow: {from: 2015-01-01, to: 2015-02-01}\n"
                     "sources:\n  - {file: wide.csv, id: who, start: from, stop: to, state: a, traits: [sex], "
                     "region: place}\n");
  small.folder.write("wide.csv",
                     "who;from;to;sex;place;other\n7;2015-01-02;2015-01-04;male;4203;x\n"
                     "7;2015-01-06;2015-01-07;male;4203;y\n");
  auto const lives = small.read();
  EXPECT_EQ(text_of(lives, small.study.model), "7 a 2 2-4\n7 a 6 6-7\n");
  EXPECT_EQ(lives.persons.traits[0].values(), (std::vector<std::uint16_t>{1}));
  EXPECT_EQ(lives.data_class, "register");
}

TEST(LifeCourses, NumbersCountFromTheOrigin) {
  SmallStudy small;
  small.folder.write("study.yaml",
                     "utvei: study/1\nname: s\nmodel: model.yaml\ntime: {unit: months, origin: 1993-07-01}\n"
                     "window: {from: 0, to: 72}\n"
                     "sources:\n  - {file: spells.csv, id: person, start: start, stop: stop, state_from: {column: "
                     "state}}\n");
  small.spells("1,0,2.5,a\n1,2.5,72,c\n");
  auto const lives = small.read();
  Instant const origin = *date(1993, 7, 1);
  EXPECT_EQ(lives.leave[SpellId{0}], origin + Duration{2 * 43'830 + 21'915});
  EXPECT_EQ(lives.leave[SpellId{1}], origin + Duration{72 * 43'830});
}

TEST(LifeCourses, SpellsPastALimitAreKeptAndCounted) {
  SmallStudy small;
  small.spells("1,2015-01-03,2015-01-13,b\n2,2015-01-03,2015-01-16,b\n3,2014-12-28,2015-01-16,b\n");
  auto const lives = small.read();
  EXPECT_EQ(lives.size(), 3U);
  EXPECT_EQ(lives.counts.past_limit, 2);
}

TEST(LifeCourses, CountsAreDescribed) {
  RegisterCounts counts;
  counts.rows = 12;
  counts.cut = 2;
  EXPECT_EQ(describe(counts), "12 rows read; 2 cut where earlier spells or sources hold");
}

}  // namespace
}  // namespace utvei
