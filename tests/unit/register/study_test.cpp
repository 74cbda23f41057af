// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string messages_of(std::string_view study) {
  SmallStudy small{study};
  small.read_the_study();
  return render(small.diagnostics);
}

std::string plain_with(std::string_view more) {
  return messages_of(std::string{plain_study} + std::string{more});
}

TEST(Study, IsReadWhole) {
  SmallStudy small{study_with_persons};
  auto const study = small.read_the_study();
  EXPECT_FALSE(small.diagnostics.has_errors()) << render(small.diagnostics);
  EXPECT_EQ(study.name, "small");
  EXPECT_EQ(study.from, day(1));
  EXPECT_EQ(study.to, day(32));
  EXPECT_EQ(study.intervals, Intervals::half_open);
  EXPECT_EQ(study.persons.id.name, "person");
  ASSERT_EQ(study.persons.traits.size(), 1U);
  EXPECT_EQ(study.sources.at(0).state_column->name, "state");
  EXPECT_TRUE(study.time.has_calendar());
}

TEST(Study, RemembersEveryFileThatItWasReadFrom) {
  SmallStudy small;
  small.folder.write("longer.yaml", "extends: study.yaml\nname: longer\nwindow: {to: 2016-01-01}\n");
  auto const study = read_study((small.folder / "longer.yaml").string(), {}, {}, small.diagnostics);
  EXPECT_FALSE(small.diagnostics.has_errors()) << render(small.diagnostics);
  EXPECT_EQ(study.to, *date(2016, 1, 1));
  for (std::string const name : {"longer.yaml", "study.yaml", "model.yaml", "regions.csv"}) {
    EXPECT_THAT(study.inputs, testing::Contains(testing::EndsWith("/" + name)));
  }
}

TEST(Study, SeveralSourcesNeedAPersonsFileForWhatIsKnownOfPeople) {
  std::string const two =
      std::string{plain_study} + "  - {file: more.csv, id: person, start: start, stop: stop, state: a}\n";
  EXPECT_THAT(messages_of(two), Not(HasSubstr("error")));
  EXPECT_THAT(messages_of(two + "birth: birth\n"), HasSubstr("several sources need a file of their persons"));
}

TEST(Study, LaterPartsAreRefusedWithAWayOut) {
  for (std::string const key : {"region_covariates", "breaks"}) {
    EXPECT_THAT(plain_with(key + ": {file: x.csv}\n"), HasSubstr("`" + key + "` is not in this version"));
  }
}

TEST(Study, UnknownNamesGetASuggestion) {
  EXPECT_THAT(plain_with("widnow: 1\n"), HasSubstr("did you mean `window`?"));
  EXPECT_THAT(plain_with("otherwise: deaf\n"), HasSubstr("did you mean `dead`?"));
  EXPECT_THAT(plain_with("traits: [sexx]\n"), HasSubstr("did you mean `sex`?"));
  EXPECT_THAT(plain_with("data_class: secret\n"), HasSubstr("data_class"));
}

TEST(Study, WindowMustHaveAnInside) {
  EXPECT_THAT(messages_of("utvei: study/1\nname: p\nmodel: model.yaml\nwindow: {from: 2016-01-01, to: 2016-01-01}\n"
                          "sources:\n  - {file: p.csv, id: person, start: a, stop: b, state: a}\n"),
              HasSubstr("the window ends before it begins"));
}

TEST(Study, SourceNeedsOneWayToItsState) {
  EXPECT_THAT(messages_of("utvei: study/1\nname: p\nmodel: model.yaml\nwindow: {from: 2015-01-01, to: 2016-01-01}\n"
                          "sources:\n  - {file: p.csv, id: person, start: a, stop: b}\n"),
              HasSubstr("a source needs either `state` or `state_from`"));
}

TEST(Study, MomentsAreDatesOrNumbers) {
  TimeScale const dates;
  EXPECT_EQ(parse_moment("2015-01-03", dates), day(3));
  EXPECT_EQ(parse_moment("3", dates), std::nullopt);
  TimeScale const months{43'830.0, "months", day(1)};
  EXPECT_EQ(parse_moment("2", months), day(1) + Duration{87'660});
  EXPECT_EQ(parse_moment("0,5", months, ';'), day(1) + Duration{21'915});
  EXPECT_EQ(parse_moment("2015-01-03", months), std::nullopt);
  EXPECT_EQ(parse_moment("1e300", months), std::nullopt);
  TimeScale const years{525'960.0, "years", std::nullopt};
  EXPECT_EQ(parse_moment("2", years), Instant{2 * 525'960});
  EXPECT_FALSE(years.has_calendar());
}

}  // namespace
}  // namespace utvei
