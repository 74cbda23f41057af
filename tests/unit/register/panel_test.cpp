// SPDX-License-Identifier: Apache-2.0
#include "small_panel.hpp"

#include <cmath>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

/// One line an interval: start from-stop to kind.
std::string text_of(Panel const& panel, Model const& model) {
  std::string text;
  for (PanelInterval const& interval : panel.intervals) {
    auto const* const kind = interval.end == PanelEnd::snapshot ? ""
                             : interval.end == PanelEnd::exact  ? " exact"
                                                                : " entry";
    text += fmt::format("{} {} - {} {}{}\n", interval.start, model.states[interval.from].name, interval.stop,
                        model.states[interval.to].name, kind);
  }
  return text;
}

std::string read(std::string_view rows) {
  SmallPanel panel;
  Panel const found = panel.rows(rows).read();
  return text_of(found, panel.study.model);
}

std::string wrong(std::string_view rows) {
  return SmallPanel{}.rows(rows).messages();
}

TEST(Panel, HasIntervalsBetweenLooksInAnyOrderOfRows) {
  EXPECT_EQ(read("p,0,a,snapshot,,\nq,1,b,snapshot,,\np,1.1,b,snapshot,,\np,2.7,b,exact,,\nq,9.5,dead,snapshot,,\n"),
            "0 a - 1.1 b\n1.1 b - 2.7 b exact\n1 b - 9.5 dead entry\n");
  EXPECT_EQ(read("p,2.7,b,exact,,\np,1.1,b,snapshot,,\np,0,a,snapshot,,\n"), "0 a - 1.1 b\n1.1 b - 2.7 b exact\n");
}

TEST(Panel, KeepsTimesAsWritten) {
  SmallPanel small;
  Panel const panel = small.rows("p,0.1,a,snapshot,,\np,0.30000000000000004,a,snapshot,,\n").read();
  EXPECT_EQ(panel.intervals[0].stop, 0.30000000000000004);
  EXPECT_DOUBLE_EQ(panel.unit_years, 1.0 / 12);
}

TEST(Panel, CountsDatesInDays) {
  SmallPanel small{std::string{panel_head} +
                   "sources:\n  - {file: panel.csv, id: person, date: t, state_from: {column: state}, kind: panel}\n"};
  Panel const panel = small.rows("p,2016-02-28,a,,,\np,2016-03-01,b,,,\n").read();
  EXPECT_EQ(panel.intervals[0].stop - panel.intervals[0].start, 2);
  EXPECT_DOUBLE_EQ(panel.unit_years, 1 / 365.25);
  EXPECT_EQ(panel_instant(panel.intervals[0].start, small.study.time), *date(2016, 2, 28));
}

TEST(Panel, TraitsHoldFromALookToTheNext) {
  SmallPanel small;
  Panel const panel = small.rows("p,0,a,snapshot,male,2.5\np,1,b,snapshot,female,\np,2,b,snapshot,male,7\n").read();
  EXPECT_THAT(panel.traits[TraitId{0}], ElementsAre(1, 0));
  EXPECT_EQ(panel.traits[TraitId{1}][0], 2.5);
  EXPECT_TRUE(std::isnan(panel.traits[TraitId{1}][1]));
}

TEST(Panel, TakesTraitsFromThePersonsFile) {
  SmallPanel small{std::string{panel_head} +
                   "time: {unit: years}\npersons: {file: persons.csv, id: id, sex: sex, traits: [debt]}\n"
                   "sources:\n  - {file: panel.csv, id: person, date: t, state_from: {column: state}, kind: panel}\n"};
  small.folder.write("persons.csv", "id;sex;debt\np;male;1,5\nq;;\n");
  Panel const panel = small.rows("p,0,a,,,\np,1,b,,,\nq,0,a,,,\nq,1,b,,,\n").read();
  EXPECT_EQ(panel.traits[TraitId{0}][0], 1);
  EXPECT_EQ(panel.traits[TraitId{1}][0], 1.5);
  EXPECT_TRUE(std::isnan(panel.traits[TraitId{0}][1]));
  EXPECT_THAT(panel.inputs, testing::Contains(testing::EndsWith("/persons.csv")));
  EXPECT_THAT(small.rows("x,0,a,,,\n").messages(), HasSubstr("no person `x` in"));
}

TEST(Panel, CountsWhatIsNotUsed) {
  SmallPanel small{std::string{panel_study} + "window: {from: 1, to: 5}\n"};
  Panel const panel = small
                          .rows(
                              "p,0,a,snapshot,,\np,1,a,snapshot,,\np,1,a,snapshot,,\np,5,dead,snapshot,,\n"
                              "q,2,a,snapshot,,\nr,2,c,snapshot,,\nr,3,dead,snapshot,,\nr,4,dead,snapshot,,\n")
                          .read();
  EXPECT_EQ(text_of(panel, small.study.model), "1 a - 5 dead entry\n2 c - 3 dead entry\n");
  EXPECT_EQ(panel.persons, 3U);
  EXPECT_EQ(describe(panel.counts),
            "8 rows read; 1 outside the window; 1 that say what another row says; 1 after an absorbing state was seen; "
            "1 persons seen only once");
}

TEST(Panel, RefusesRowsThatCannotBe) {
  EXPECT_THAT(wrong("p,0,a,snapshot,,\np,0,b,snapshot,,\n"),
              AllOf(HasSubstr("panel.csv:3:3"), HasSubstr("person `p` is seen in `a` and in `b` at one moment"),
                    HasSubstr("the other row is line 2")));
  EXPECT_THAT(wrong("p,0,a,snapshot,male,\np,0,a,snapshot,female,\n"),
              HasSubstr("twice at one moment, with other values"));
  EXPECT_THAT(wrong("p,0,c,snapshot,,\np,1,a,snapshot,,\n"),
              AllOf(HasSubstr("panel.csv:3:5"), HasSubstr("person `p` goes `c -> a` between two looks")));
  EXPECT_THAT(wrong("p,0,a,snapshot,,\np,1,c,exact,,\n"), HasSubstr("changes `a -> c` at this very moment"));
  EXPECT_THAT(wrong("p,0,dead,snapshot,,\np,1,a,snapshot,,\n"), HasSubstr("person `p` is seen in `a` after `dead`"));
}

TEST(Panel, RefusesFieldsThatCannotBeReadAllAtOnce) {
  EXPECT_THAT(wrong(",zero,x,maybe,mael,much\n"),
              AllOf(HasSubstr("names no person"), HasSubstr("`zero` is not a moment"), HasSubstr("no state `x`"),
                    HasSubstr("`maybe` is no kind of observation"), HasSubstr("did you mean `male`?"),
                    HasSubstr("`much` is not a number")));
}

TEST(Panel, NeedsTwoLooksAtSomebody) {
  EXPECT_THAT(wrong(""), AllOf(HasSubstr("nobody is seen twice"), HasSubstr("0 rows read")));
  EXPECT_THAT(wrong("p,0,a,snapshot,,\nq,0,a,snapshot,,\n"), HasSubstr("2 persons seen only once"));
}

std::string messages_of_panel(std::string const& rest) {
  SmallPanel small{std::string{panel_head} + "time: {unit: years}\n" + rest};
  return small.rows("p,0,a,snapshot,,\np,1,b,snapshot,,\n").messages();
}

TEST(PanelStudy, RefusesWhatIsOfSpells) {
  std::string const source =
      "sources:\n  - {file: panel.csv, id: person, date: t, state_from: {column: state}, kind: panel";
  EXPECT_EQ(messages_of_panel(source + "}\n"), "");
  EXPECT_EQ(messages_of_panel(source + "}\nwindow: {from: 0, to: 2}\n"), "");
  EXPECT_THAT(messages_of_panel(source + ", start: t}\n"), HasSubstr("`start` is of spells"));
  EXPECT_THAT(messages_of_panel(source + ", birth: t}\n"), HasSubstr("`birth` means nothing to a panel"));
  EXPECT_THAT(messages_of_panel(source + "}\nintervals: closed\n"), HasSubstr("`intervals` means nothing to a panel"));
  EXPECT_THAT(messages_of_panel(source + "}\notherwise: a\n"), HasSubstr("`otherwise` means nothing to a panel"));
  EXPECT_THAT(messages_of_panel(source + ", exact_states: [b]}\n"), HasSubstr("state `b` is not absorbing"));
  EXPECT_THAT(messages_of_panel(source + ", exact_states: [deat]}\n"), HasSubstr("did you mean `dead`?"));
  EXPECT_THAT(messages_of_panel(source + "}\n" + source.substr(source.find("  -")) + "}\n"),
              HasSubstr("a panel is the only source of its study"));
  EXPECT_THAT(messages_of_panel(source + ", zzz: 1}\n"), HasSubstr("`zzz`"));
}

TEST(PanelStudy, KeysOfPanelsAreRefusedForSpells) {
  EXPECT_THAT(messages_of_panel("window: {from: 0, to: 2}\nsources:\n"
                                "  - {file: panel.csv, id: person, start: t, stop: t, state: a, date: t}\n"),
              HasSubstr("`date` is of a panel"));
}

}  // namespace
}  // namespace utvei
