// SPDX-License-Identifier: Apache-2.0
#include "support/files.hpp"

#include <utvei/analysis/cross_section.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(CrossSection, IsWhatARegisterKnowsAtAMoment) {
  support::TempFolder const folder;
  folder.write("regions.csv", "region;parent\nr1;\nr2;\n");
  folder.write("model.yaml",
               "utvei: model/1\nname: small\nregions: regions.csv\nstates: {a: {}, b: {}}\n"
               "traits: {sex: [female, male], job: [none, some]}\ntransitions: [{from: a, to: b}, {from: b, to: a}]\n");
  folder.write("persons.csv",
               "id;birth;sex\n1;1990-01-01;male\n2;1991-01-01;female\n3;1992-01-01;\n4;1993-01-01;male\n");
  folder.write("moves.csv",
               "id;place;from\n1;r1;2000-01-01\n1;r2;2016-06-01\n2;r1;2000-01-01\n3;r1;2000-01-01\n4;r2;2000-01-01\n");
  folder.write("spells.csv",
               "id;start;stop;state\n1;2015-03-01;2016-01-01;a\n1;2016-01-01;;b\n2;2010-01-01;;a\n3;2015-01-01;;a\n"
               "4;2015-02-01;2015-12-31;a\n");
  auto const path =
      folder.write("study.yaml",
                   "utvei: study/1\nname: small\nmodel: model.yaml\nwindow: {from: 2015-01-01, to: 2020-01-01}\n"
                   "persons: {file: persons.csv, id: id, birth: birth, sex: sex}\n"
                   "residence: {file: moves.csv, id: id, region: place, start: from}\n"
                   "sources: [{file: spells.csv, id: id, start: start, stop: stop, state_from: {column: state}}]\n");
  Diagnostics diagnostics;
  Study const study = read_study(path, {}, {}, diagnostics);
  throw_if_errors(diagnostics);
  auto const lives = read_register(study, 1, diagnostics);
  throw_if_errors(diagnostics);

  // Person 3 has no sex, person 4 has left.
  auto const date = *parse_date("2016-11-01");
  auto const section = cross_section(lives, study.model, date, study.to);
  Population const& people = section.people;
  ASSERT_EQ(people.size(), 2U);
  EXPECT_EQ(section.unknown, 1U);
  PersonRow const first{0};
  PersonRow const second{1};
  EXPECT_EQ(people.state[first], StateId{1});
  EXPECT_EQ(people.time_in_state[first], date - *parse_date("2016-01-01"));
  EXPECT_EQ(study.model.regions[people.region[first]].code, "r2");
  EXPECT_EQ(people.traits[0][first], 1);
  EXPECT_TRUE(people.traits[1].empty());
  EXPECT_EQ(people.birth[second], *parse_date("1991-01-01"));
  EXPECT_EQ(people.time_in_state[second], date - *parse_date("2010-01-01"));
  EXPECT_EQ(people.data_class, "register");
  EXPECT_EQ(cross_section(lives, study.model, *parse_date("2015-06-01"), study.to).people.size(), 3U);
}

}  // namespace
}  // namespace utvei
