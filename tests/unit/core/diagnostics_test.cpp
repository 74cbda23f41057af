// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/core/diagnostics.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

Place place_in(std::string text, int line, int column, int length = 1) {
  return {std::make_shared<SourceText const>(SourceText{"scenario.yaml", std::move(text)}), line, column, length};
}

Diagnostic at(Place place) {
  return {Severity::error, Fault::file, std::move(place), "wrong", "", ""};
}

TEST(Render, ShowsTheLineTheCaretTheReasonAndTheHelp) {
  auto const place = place_in("a: 1\nb: 2\n  state: wrok\nc: 3\n", 3, 10, 4);
  Diagnostic const diagnostic{
      Severity::error,       Fault::file, place, "unknown state `wrok`", "the model has no such state",
      "did you mean `work`?"};
  EXPECT_EQ(render(diagnostic),
            "scenario.yaml:3:10: error: unknown state `wrok`\n"
            "   3 |   state: wrok\n"
            "     |          ^~~~\n"
            "  why: the model has no such state\n"
            "  help: did you mean `work`?\n");
}

TEST(Render, LeavesOutWhatThereIsNot) {
  EXPECT_EQ(render(at(place_in("x: 1", 1, 1))), "scenario.yaml:1:1: error: wrong\n   1 | x: 1\n     | ^\n");
  EXPECT_EQ(render(at(place_in("x: 1", 0, 0))), "scenario.yaml: error: wrong\n");
  EXPECT_EQ(render(at({})), "error: wrong\n");
  EXPECT_EQ(render(at(place_in("x: 1", 1, 0))), "scenario.yaml:1: error: wrong\n   1 | x: 1\n");
}

TEST(Render, SurvivesPlacesOutsideTheText) {
  EXPECT_EQ(render(at(place_in("x: 1", 9, 2))), "scenario.yaml:9:2: error: wrong\n");
  EXPECT_EQ(render(at(place_in("x:\n", 1, 80, 5))), "scenario.yaml:1:3: error: wrong\n   1 | x:\n     |   ^\n");
  EXPECT_EQ(render(at(place_in("", 1, 1))), "scenario.yaml:1:1: error: wrong\n   1 | \n     | ^\n");
}

TEST(Render, CountsCharactersNotBytes) {
  // æ and å take two bytes each: `feil` starts at byte 10, which is character 8.
  EXPECT_EQ(render(at(place_in("blå_bær feil", 1, 11, 4))),
            "scenario.yaml:1:9: error: wrong\n   1 | blå_bær feil\n     |         ^~~~\n");
  EXPECT_EQ(render(at(place_in("x: år", 1, 4, 3))), "scenario.yaml:1:4: error: wrong\n   1 | x: år\n     |    ^~\n");
}

TEST(Render, ShowsTabsAsBlanksAndDropsTheCarriageReturn) {
  EXPECT_EQ(render(at(place_in("\tx: 1\r\n", 1, 2))),
            "scenario.yaml:1:2: error: wrong\n   1 |     x: 1\n     |     ^\n");
}

TEST(Render, MakesBinaryCharactersVisible) {
  EXPECT_EQ(render(at(place_in(std::string{"a\0\x1b[31m\xff z", 10}, 1, 10))),
            "scenario.yaml:1:10: error: wrong\n   1 | a\\x00\\x1b[31m\\xff z\n     |                   ^\n");
  Diagnostic const diagnostic{Severity::error, Fault::file, {}, "unknown key `\x1b[2J\u202e`", "", ""};
  EXPECT_EQ(render(diagnostic), "error: unknown key `\\x1b[2J\\u202e`\n");
}

TEST(Render, CutsLongLinesAroundTheCaret) {
  std::string const line = std::string(5'000, 'a') + "WRONG" + std::string(5'000, 'b');
  auto const text = render(at(place_in(line, 1, 5'001, 5)));
  EXPECT_EQ(text, "scenario.yaml:1:5001: error: wrong\n   1 | …" + std::string(40, 'a') + "WRONG" +
                      std::string(55, 'b') + "…\n     | " + std::string(41, ' ') + "^~~~~\n");
  auto const start = render(at(place_in(line, 1, 1, 10'000)));
  EXPECT_EQ(start, "scenario.yaml:1:1: error: wrong\n   1 | " + std::string(100, 'a') + "…\n     | ^" +
                       std::string(99, '~') + "\n");
}

TEST(Render, SaysTheColumnInALineOfMegabytes) {
  std::string before;
  for (int i = 0; i < 500'000; ++i) before += "\u00e5,";
  auto const text = render(at(place_in(before + "WRONG" + before, 1, static_cast<int>(before.size()) + 1, 5)));
  EXPECT_EQ(text.find("scenario.yaml:1:1000001: error: wrong\n   1 | …"), 0U);
  EXPECT_NE(text.find("\u00e5,WRONG\u00e5,"), std::string::npos);
  EXPECT_LT(text.size(), 1'000U);
}

TEST(Render, NamesSeveritiesAndSetsFurtherLinesIn) {
  EXPECT_EQ(render({Severity::warning, Fault::file, {}, "odd", "one\ntwo", ""}),
            "warning: odd\n  why: one\n        two\n");
  EXPECT_EQ(render({Severity::note, Fault::file, {}, "by the way", "", ""}), "note: by the way\n");
}

TEST(Diagnostics, CountsErrorsAndKeepsTheOrder) {
  Diagnostics diagnostics;
  diagnostics.warning({}, "first");
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_NO_THROW(throw_if_errors(diagnostics));
  diagnostics.error({}, "second");
  diagnostics.data_error({}, "third");
  EXPECT_EQ(diagnostics.error_count(), 2U);
  EXPECT_EQ(render(diagnostics), "warning: first\nerror: second\nerror: third\n");
  EXPECT_EQ(diagnostics.all()[1].fault, Fault::file);
  EXPECT_EQ(diagnostics.all()[2].fault, Fault::data);
}

TEST(Diagnostics, MergedSayTheSameThingOnce) {
  Diagnostics first;
  first.error(place_in("x", 1, 1), "wrong");
  Diagnostics second;
  second.error(place_in("x", 1, 1), "wrong");
  second.error(place_in("x", 1, 2), "wrong");
  first.merge(second);
  EXPECT_EQ(first.error_count(), 2U);
}

TEST(InputError, HoldsAllThatIsWrong) {
  Diagnostics diagnostics;
  diagnostics.warning({}, "odd");
  diagnostics.error({}, "wrong");
  try {
    throw_if_errors(diagnostics);
    FAIL() << "nothing was thrown";
  } catch (InputError const& error) {
    EXPECT_EQ(error.diagnostics().all().size(), 2U);
    EXPECT_STREQ(error.what(), "warning: odd\nerror: wrong\n");
  }
  InputError const usage{Fault::usage, {}, "no"};
  EXPECT_EQ(usage.diagnostics().all().front().fault, Fault::usage);
}

TEST(InputError, WithoutAnErrorIsABug) {
  EXPECT_THROW(InputError{Diagnostics{}}, ContractViolation);
}

}  // namespace
}  // namespace utvei
