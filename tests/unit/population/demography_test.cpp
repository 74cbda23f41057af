// SPDX-License-Identifier: Apache-2.0
#include "support/files.hpp"

#include <utvei/population/demography.hpp>

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using ::testing::HasSubstr;

class ReadDemography : public ::testing::Test {
 protected:
  ReadDemography() {
    folder_.write("regions.csv",
                  "region;parent;name_nb;people;x;y\n42;;Agder;;;\n4201;42;Risør;1000;0;0\n4202;42;Grimstad;3000;3;4\n"
                  "11;;Rogaland;2000;0;10\n");
    model_ =
        read_model(folder_.write("model.yaml",
                                 "utvei: model/1\nregions: regions.csv\nstates: {work: {}, dead: {absorbing: true}}\n"
                                 "traits: {sex: [female, male]}\ntransitions: [{from: work, to: dead}]\n"),
                   {}, {}, diagnostics_);
    throw_if_errors(diagnostics_);
    folder_.write("moving.csv", "rate_per_year\n0.05\n");
  }

  Demography read(std::string const& yaml) {
    Value const document = read_document(folder_.write("d.yaml", yaml), {}, {}, diagnostics_);
    return read_demography(document, model_, diagnostics_);
  }
  [[nodiscard]] std::string errors() const { return render(diagnostics_); }
  [[nodiscard]] RegionId region(char const* code) const { return *model_.regions.find(code); }

  support::TempFolder folder_;
  Model model_;
  Diagnostics diagnostics_;
};

TEST_F(ReadDemography, SendsPeopleOfACountyWhereItsLinesSayUnlessTheyHaveTheirOwn) {
  folder_.write("to.csv", "from;to;count\n42;11;5\n42;4201;2\n4201;4202;1\n11;4202;1\n11;4201;3\n");
  auto const demography = read("moves: {rates: moving.csv, to: to.csv}\n");
  ASSERT_FALSE(diagnostics_.has_errors()) << errors();
  auto const& to = demography.moves->destinations;
  ASSERT_EQ(to[region("4201")].size(), 1U);
  EXPECT_EQ(to[region("4201")][0].region, region("4202"));
  ASSERT_EQ(to[region("4202")].size(), 2U);
  EXPECT_EQ(to[region("11")][1].weight, 3);
}

TEST_F(ReadDemography, WeighsByMassAndDistance) {
  auto const demography = read(
      "moves: {rates: moving.csv, to: {gravity: {mass: people, distance: {x: x, y: \"y\"}, distance_power: 2}}}\n");
  ASSERT_FALSE(diagnostics_.has_errors()) << errors();
  auto const& to = demography.moves->destinations[region("4201")];
  ASSERT_EQ(to.size(), 2U);
  EXPECT_DOUBLE_EQ(to[0].weight, 3000.0 / 25);
  EXPECT_DOUBLE_EQ(to[1].weight, 2000.0 / 100);
}

TEST_F(ReadDemography, TakesDistancesOfAFileBothWays) {
  folder_.write("km.csv", "from;to;distance\n4201;4202;5\n11;4202;100\n");
  auto const demography =
      read("moves: {rates: moving.csv, to: {gravity: {mass: people, distance: km.csv, distance_power: 1}}}\n");
  ASSERT_FALSE(diagnostics_.has_errors()) << errors();
  auto const& to = demography.moves->destinations;
  ASSERT_EQ(to[region("4202")].size(), 2U);
  EXPECT_DOUBLE_EQ(to[region("4202")][1].weight, 2000.0 / 100);
  EXPECT_EQ(to[region("4201")].size(), 1U);
}

TEST_F(ReadDemography, SaysWhichRegionsNobodyCanLeave) {
  folder_.write("to.csv", "from;to;count\n42;11;5\n");
  read("moves: {rates: moving.csv, to: to.csv}\n");
  EXPECT_THAT(errors(), HasSubstr("1 regions that nobody knows where people move to from: `11`"));
}

TEST_F(ReadDemography, SaysAllThatIsWrongWithDestinations) {
  folder_.write("to.csv", "from;to;count\n42;11;5\n4299;11;1\n11;42;1\n11;4201;-1\n42;11;2\n");
  read("moves: {rates: moving.csv, to: to.csv}\n");
  EXPECT_THAT(errors(), HasSubstr("no region `4299`"));
  EXPECT_THAT(errors(), HasSubstr("moves to `42`, which has regions within it"));
  EXPECT_THAT(errors(), HasSubstr("`-1` is not a number of moves"));
  EXPECT_THAT(errors(), HasSubstr("moves from `42` to `11` stand twice"));
}

TEST_F(ReadDemography, GivesDeathsToTransitionsWithoutRates) {
  folder_.write("deaths.csv", "from;to;rate_per_year\n*;dead;0.01\n");
  read("deaths: deaths.csv\n");
  ASSERT_FALSE(diagnostics_.has_errors()) << errors();
  Rates const rates = read_rates(model_, diagnostics_);
  ASSERT_FALSE(diagnostics_.has_errors()) << errors();
  ASSERT_EQ(rates.rates.size(), 1U);
  EXPECT_EQ(rates.rates[0].rate_per_year, 0.01);
}

TEST_F(ReadDemography, RefusesDeathsWithoutATransition) {
  folder_.write("away.csv", "from;to;rate_per_year\n*;abroad;0.01\n");
  read("departures: away.csv\ndeaths: {to: work, rates: away.csv}\n");
  EXPECT_THAT(errors(), HasSubstr("no state `abroad` in the model"));
  EXPECT_THAT(errors(), HasSubstr("no transition to `work` takes its rate from here"));
}

class AddEntrants : public ReadDemography {
 protected:
  Population add(std::string const& table, std::string const& spec = "entrants: entrants.csv\n") {
    folder_.write("entrants.csv", table);
    auto const demography = read(spec);
    Population people;
    people.key.push_back({1});
    people.state.push_back(StateId{0});
    people.region.push_back(region("11"));
    people.birth.push_back(*date(1980, 1, 1));
    people.traits.resize(1);
    people.numbers.resize(1);
    people.traits[0].push_back(1);
    if (!diagnostics_.has_errors()) {
      add_entrants(demography, model_, *date(2025, 7, 1), *date(2027, 7, 1), people, diagnostics_);
    }
    return people;
  }
};

TEST_F(AddEntrants, SaysAllThatIsWrongWithATable) {
  add("year;region;sex;age_from;age_to;state;count\nsoon;11;male;1;2;work;1\n2026;12;male;1;2;work;1\n"
      "2026;11;mail;1;2;work;1\n2026;11;male;2;1;work;1\n2026;11;male;1;2;wrok;1\n2026;11;male;1;2;work;-4\n");
  EXPECT_THAT(errors(), HasSubstr("`soon` is not a year"));
  EXPECT_THAT(errors(), HasSubstr("no region `12`"));
  EXPECT_THAT(errors(), HasSubstr("no level `mail` of trait `sex`"));
  EXPECT_THAT(errors(), HasSubstr("an empty band of ages"));
  EXPECT_THAT(errors(), HasSubstr("no state `wrok`"));
  EXPECT_THAT(errors(), HasSubstr("`-4` is not a number of people"));
}

TEST_F(AddEntrants, SaysWhatThePeopleOfTheStartHaveAndTheTableLacks) {
  add("year;count\n2026;1\n");
  EXPECT_THAT(errors(), HasSubstr("no column `state`"));
  EXPECT_THAT(errors(), HasSubstr("no column `region`"));
  EXPECT_THAT(errors(), HasSubstr("no column `age`"));
  EXPECT_THAT(errors(), HasSubstr("no column `sex`"));
}

TEST_F(AddEntrants, WarnsOfYearsWithoutALine) {
  auto const people = add("year;region;sex;age;state;count\n2026;11;male;16;work;4\n");
  EXPECT_EQ(people.size(), 5U);
  EXPECT_FALSE(diagnostics_.has_errors());
  EXPECT_THAT(errors(), HasSubstr("tells of 2026 to 2026, the run is from 2025-07-01 to 2027-07-01"));
}

TEST_F(AddEntrants, LeavesOutWhoCameBeforeTheStartOfTheRunOrComesAfterItsEnd) {
  auto const people = add("year;region;sex;age;state;count\n;11;male;16;work;1000\n");
  EXPECT_NEAR(static_cast<double>(people.size()), 2000, 100);
  for (Instant const enters : people.enters) {
    EXPECT_GE(enters, *date(2025, 7, 1));
    EXPECT_LT(enters, *date(2027, 7, 1));
  }
}

TEST_F(AddEntrants, GivesArrivalsOtherLuckThanEntrants) {
  auto const entrants = add("year;region;sex;age;state;count\n2026;11;male;16;work;1\n");
  auto const arrivals = add("year;region;sex;age;state;count\n2026;11;male;16;work;1\n", "arrivals: entrants.csv\n");
  EXPECT_NE(entrants.key[PersonRow{1}], arrivals.key[PersonRow{1}]);
}

}  // namespace
}  // namespace utvei
