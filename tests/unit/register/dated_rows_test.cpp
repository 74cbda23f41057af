// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <map>
#include <random>
#include <tuple>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;

constexpr std::string_view moving_study = R"(utvei: study/1
name: moving
model: model.yaml
data_class: open
window: {from: 2015-01-01, to: 2015-02-01}
persons: {file: persons.csv, id: person, birth: birth}
residence: {file: moves.csv, id: person, region: place, start: from, stop: to}
traits_over_time:
  - {file: sex.csv, id: person, trait: sex, value: sex, start: from}
sources:
  - {file: spells.csv, id: person, start: start, stop: stop, state_from: {column: state}}
)";

class Moving : public testing::Test {
 protected:
  Moving() : small{moving_study} {
    small.persons("1;1980-01-02;;\n2;1980-01-02;;\n");
    moves("1;4204;2015-01-01;2015-01-10\n1;4203;2015-01-10;\n2;4204;2014-01-01;\n");
    sexes("1;male;1980-01-02\n2;female;1980-01-02\n");
  }
  void moves(std::string_view rows) { small.folder.write("moves.csv", "person;place;from;to\n" + std::string{rows}); }
  void sexes(std::string_view rows) { small.folder.write("sex.csv", "person;sex;from\n" + std::string{rows}); }
  /// By region, sex and, if wanted, time in the state under and over a week.
  Exposure count(bool by_time = false) {
    auto const lives = small.read();
    std::vector<CellAxis> axes{region_axis(lives, small.study.model),
                               trait_axis(*small.study.model.trait("sex"), small.study.model)};
    if (by_time) {
      axes.push_back(clock_axis(CellAxis::Kind::time_in_state, {{0, 7 * minutes_per_day}, {"0 days", "1 week"}}));
    }
    return tabulate(lives, small.study.model, axes, 1);
  }
  /// `4204 male: 5 days, a -> b 1` for each cell in which there is something.
  std::string text_of_cells(Exposure const& exposure) const {
    std::string text;
    Model const& model = small.study.model;
    for (std::size_t cell = 0; cell < exposure.cells; ++cell) {
      std::string inside;
      for (StateId const s : ids_of(exposure.minutes)) {
        if (auto const minutes = exposure.minutes[s][cell]; minutes > 0) {
          inside += fmt::format(" {}:{}", model.states[s].name, minutes / minutes_per_day);
        }
      }
      for (TransitionId const t : ids_of(exposure.events)) {
        if (auto const events = exposure.events[t][cell]; events > 0) {
          inside += fmt::format(" {}:{}", model.transitions[t].name, events);
        }
      }
      if (inside.empty()) {
        continue;
      }
      auto const places = exposure.places(cell);
      for (std::size_t i = 0; i < places.size(); ++i) {
        text += exposure.axes[i].labels[places[i]] + (i + 1 < places.size() ? " " : "");
      }
      text += inside + "\n";
    }
    return text;
  }
  SmallStudy small;
};

TEST_F(Moving, CutsSpellsAtTheMove) {
  small.spells("1,2015-01-03,2015-01-15,a\n1,2015-01-15,2015-01-16,b\n");
  EXPECT_EQ(text_of_cells(count()), "4204 male a:7\n4203 male a:5 b:1 a -> b:1\n");
}

TEST_F(Moving, AnEventOnTheDayOfTheMoveBelongsToThePlaceBefore) {
  small.spells("1,2015-01-03,2015-01-10,a\n1,2015-01-10,2015-01-16,b\n");
  EXPECT_EQ(text_of_cells(count()), "4204 male a:7 a -> b:1\n4203 male b:6\n");
}

TEST_F(Moving, KeepsTheTimeInTheState) {
  small.spells("1,2015-01-05,2015-01-15,a\n");
  EXPECT_EQ(text_of_cells(count(true)),
            "4204 male [0 days,1 week) a:5\n4203 male [0 days,1 week) a:2\n4203 male [1 week,) a:3\n");
}

TEST_F(Moving, TimeWithoutAPlaceIsCountedApart) {
  moves("1;4204;2015-01-05;2015-01-08\n1;4203;2015-01-10;\n");
  small.spells("1,2015-01-03,2015-01-09,a\n1,2015-01-09,2015-01-20,b\n");
  auto const exposure = count();
  EXPECT_EQ(text_of_cells(exposure), "4204 male a:3\n4203 male b:10\n");
  EXPECT_EQ(exposure.uncounted.minutes_unknown_region, (2 + 1 + 1) * minutes_per_day);
  EXPECT_EQ(exposure.uncounted.events_unknown_region, 1);
}

TEST_F(Moving, TraitsHoldUntilTheNextRow) {
  sexes("1;male;2015-01-05\n1;female;2015-01-12\n1;;2015-01-14\n");
  small.spells("1,2015-01-03,2015-01-15,a\n");
  auto const exposure = count();
  EXPECT_EQ(text_of_cells(exposure), "4204 male a:5\n4203 female a:2\n4203 male a:2\n");
  EXPECT_EQ(exposure.uncounted.minutes_unknown_trait, 3 * minutes_per_day);
}

TEST_F(Moving, ALaterRowEndsTheOneBefore) {
  moves("1;4204;2015-01-01;2015-01-20\n1;4203;2015-01-05;2015-01-08\n1;4204;2015-01-05;\n");
  small.spells("1,2015-01-03,2015-01-15,a\n");
  auto const exposure = count();
  EXPECT_EQ(text_of_cells(exposure), "4204 male a:2\n4203 male a:3\n");
  EXPECT_EQ(exposure.uncounted.minutes_unknown_region, 7 * minutes_per_day) << "nobody says where from the 8th";
  EXPECT_EQ(exposure.counts.replaced, 2);
}

TEST_F(Moving, RowsThatCannotBeUsedAreRejected) {
  small.folder.write("study.yaml", std::string{moving_study} + "rejects: {at_most: 0.8}\n");
  moves("1;4204;2015-01-01;\n1;9999;2015-01-05;\n9;4204;2015-01-05;\n1;4203;2015-01-05;2015-01-01\n");
  sexes("1;male;1980-01-02\n1;man;2015-01-02\n");
  small.spells("1,2015-01-03,2015-01-15,a\n");
  EXPECT_EQ(text_of_cells(count()), "4204 male a:12\n");
  std::vector<std::string> reasons;
  for (auto const& rejected : small.read().counts.rejected) {
    reasons.push_back(rejected.reason);
  }
  EXPECT_EQ(reasons,
            (std::vector<std::string>{"region that the model does not have", "person who is not in the persons file",
                                      "stop before start", "unknown level of trait sex"}));
}

/// Region and sex of each person on each day, day by day.
TEST_F(Moving, GivesEachDayToItsCell) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    std::mt19937 bits{seed};
    auto const below = [&](unsigned most) { return static_cast<unsigned>(bits() % most); };
    auto const date = [](unsigned number) { return fmt::format("2015-01-{:02}", number); };
    std::string places;
    std::string sex;
    std::string spells;
    std::map<std::tuple<std::string, std::string>, std::int64_t> expected;
    for (int person = 1; person <= 2; ++person) {
      std::vector<std::string> place(32);
      std::vector<std::string> gender(32);
      for (unsigned at = 1 + below(5); at < 28; at += 1 + below(9)) {
        std::string const code = below(2) == 0 ? "4204" : "4203";
        unsigned const stop = at + 1 + below(9);
        places += fmt::format("{};{};{};{}\n", person, code, date(at), date(std::min(31U, stop)));
        for (unsigned day = at; day < 32; ++day) place[day] = day < std::min(31U, stop) ? code : "";
      }
      for (unsigned at = 1; at < 30; at += 1 + below(12)) {
        std::string const value = below(2) == 0 ? "male" : "female";
        sex += fmt::format("{};{};{}\n", person, value, date(at));
        for (unsigned day = at; day < 32; ++day) gender[day] = value;
      }
      unsigned const start = 1 + below(10);
      unsigned const stop = start + 1 + below(20);
      spells += fmt::format("{},{},{},a\n", person, date(start), date(stop));
      for (unsigned day = start; day < stop; ++day)
        if (!place[day].empty()) ++expected[{place[day], gender[day]}];
    }
    moves(places);
    sexes(sex);
    small.spells(spells);
    small.diagnostics = {};
    auto const exposure = count();
    std::map<std::tuple<std::string, std::string>, std::int64_t> found;
    for (std::size_t cell = 0; cell < exposure.cells; ++cell) {
      auto const at = exposure.places(cell);
      if (auto const minutes = exposure.minutes[StateId{0}][cell]; minutes > 0)
        found[{exposure.axes[0].labels[at[0]], exposure.axes[1].labels[at[1]]}] = minutes / minutes_per_day;
    }
    EXPECT_EQ(found, expected) << "seed " << seed;
  }
}

TEST_F(Moving, RegionAndTraitsStandInOnePlace) {
  small.folder.write("study.yaml",
                     "utvei: study/1\nname: m\nmodel: model.yaml\nwindow: {from: 2015-01-01, to: 2015-02-01}\n"
                     "persons: {file: persons.csv, id: person, region: region, sex: sex}\n"
                     "residence: {file: moves.csv, id: person, region: place, start: from}\n"
                     "traits_over_time:\n"
                     "  - {file: sex.csv, id: person, trait: sex, value: sex, start: from}\n"
                     "  - {file: sex.csv, id: person, trait: debt, value: sex, start: from}\n"
                     "  - {file: sex.csv, id: person, trait: sexx, value: sex, start: from}\n"
                     "sources:\n  - {file: spells.csv, id: person, start: start, stop: stop, state: a}\n");
  auto const text = small.messages();
  EXPECT_THAT(text, HasSubstr("the region of a person stands in two places"));
  EXPECT_THAT(text, HasSubstr("trait `sex` stands in two places"));
  EXPECT_THAT(text, HasSubstr("trait `debt` is a number"));
  EXPECT_THAT(text, HasSubstr("the model has no trait `sexx`"));
}

}  // namespace
}  // namespace utvei
