// SPDX-License-Identifier: Apache-2.0
// Files in the four columns of the Norwegian microdata platform: identifier;measure;start;stop; without a header.
#include "small_study.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;

constexpr std::string_view microdata_head =
    "utvei: study/1\nname: micro\nmodel: model.yaml\ndata_class: open\n"
    "window: {from: 2015-01-01, to: 2015-02-01}\n";
constexpr std::string_view status =
    "sources:\n  - {file: status.csv, kind: microdata, state_from: {values: {\"1\": a, \"2\": b, \"3\": c}}}\n";

class Microdata : public SmallStudy {
 public:
  explicit Microdata(std::string const& rest = "")
      : SmallStudy{std::string{microdata_head} + std::string{status} + rest} {}
  Microdata& file(std::string const& name, std::string_view rows) {
    folder.write(name, rows);
    return *this;
  }
};

TEST(Microdata, TheLastDayBelongsToTheSpell) {
  Microdata study;
  study.file("status.csv", "17;1;2015-01-03;2015-01-07;\n17;2;2015-01-08;2015-01-08;\n17;3;2015-01-09;;\n");
  EXPECT_EQ(text_of(study.read(), study.study.model), "17 a 3 3-8>b\n17 b 8 8-9>c\n17 c 9 9-32\n");
  EXPECT_TRUE(study.diagnostics.all().empty()) << render(study.diagnostics);
}

TEST(Microdata, DatesMayBeDaysSince1970) {
  Microdata study;
  // 2015-01-03 is day 16438. The line end may be that of Windows, and the last semicolon may lack.
  study.file("status.csv", "17;1;16438;16442;\r\n17;2;16443;16443\r\n");
  EXPECT_EQ(text_of(study.read(), study.study.model), "17 a 3 3-8>b\n17 b 8 8-9\n");
}

TEST(Microdata, MeansTheSameAsATableWithAHeader) {
  Microdata plain;
  plain.file("status.csv", "1;1;2015-01-03;2015-01-07;\n2;2;2014-12-01;2015-01-09;\n1;3;2015-01-08;;\n");
  SmallStudy table{
      std::string{microdata_head} +
      "intervals: closed\nsources:\n  - {file: t.csv, id: who, start: a, stop: b, state_from: {column: s}}\n"};
  table.folder.write("t.csv", "who,s,a,b\n1,a,2015-01-03,2015-01-07\n2,b,2014-12-01,2015-01-09\n1,c,2015-01-08,\n");
  EXPECT_EQ(text_of(plain.read(), plain.study.model), text_of(table.read(), table.study.model));
}

TEST(Microdata, HoldsActivitiesBirthResidenceAndTraits) {
  SmallStudy study{std::string{microdata_head} + R"(persons: {file: birth.csv, kind: microdata, birth: measure}
residence: {file: places.csv, kind: microdata}
traits_over_time:
  - {file: sex.csv, kind: microdata, trait: sex, values: {"1": male, "2": female}}
sources:
  - {file: jobs.csv, kind: microdata, activity: job}
  - {file: status.csv, kind: microdata, activity_from: {values: {"7": aap}}}
states_when:
  - {state: a, all: job}
  - {state: b, all: aap}
)"};
  study.folder.write("birth.csv", "1;199803;;;\n2;1990-05-06;;;\n3;-3000;;;\n");
  study.folder.write("places.csv", "1;4204;1998-03-01;2015-01-09;\n1;4203;2015-01-10;;\n");
  study.folder.write("sex.csv", "1;1;;;\n2;2;1990-05-06;;\n");
  study.folder.write("jobs.csv", "1;80;2015-01-05;2015-01-14;\n");
  study.folder.write("status.csv", "1;7;2015-01-02;2015-01-20;\n2;7;2015-01-02;2015-01-20;\n");
  auto const lives = study.read();
  EXPECT_EQ(text_of(lives, study.study.model), "1 b 2 2-5>a\n1 a 5 5-15>b\n1 b 15 15-21\n2 b 2 2-21\n");
  EXPECT_EQ(lives.persons.birth.values(),
            (std::vector<Instant>{*date(1998, 3, 15), *date(1990, 5, 6), *date(1961, 10, 15)}));
  EXPECT_EQ(lives.persons.residence.from, (std::vector<Instant>{*date(1998, 3, 1), day(10)}));
  EXPECT_EQ(lives.persons.traits_over_time[0].from, (std::vector<Instant>{distant_past, *date(1990, 5, 6)}));
  EXPECT_EQ(lives.persons.traits_over_time[0].value, (std::vector<std::uint16_t>{1, 0}));
}

TEST(Microdata, MistakesAreSaid) {
  auto const said = [](std::string_view rows, std::string const& rest = "") {
    return Microdata{rest}.file("status.csv", rows).messages();
  };
  EXPECT_THAT(said("identifier;measure;start;stop;\n1;1;2015-01-03;;\n"),
              testing::AllOf(HasSubstr("status.csv:1:1: error: the file begins with a header"),
                             HasSubstr("every line is `identifier;measure;start;stop;`")));
  EXPECT_THAT(said("fnr;status;fra;til\n1;1;2015-01-03;;\n"), HasSubstr("the file begins with a header"));
  EXPECT_THAT(said("1;1;2015-01-03;;;\n"), testing::AllOf(HasSubstr("status.csv:1:1"), HasSubstr("expected 4, found 6"),
                                                          HasSubstr("each line is `identifier;measure;start;stop`")));
  EXPECT_THAT(said("1,1,2015-01-03,,\n"), HasSubstr("expected 4, found 1"));
  EXPECT_THAT(said("1;1;2015-01-03;2015-01-32;\n"),
              testing::AllOf(HasSubstr("status.csv:1:16: error: `2015-01-32` is not a moment of time"),
                             HasSubstr("write a date like 2019-08-15, or days since 1970-01-01")));
  EXPECT_THAT(said("1;4;2015-01-03;;\n"), HasSubstr("`4` stands for no state"));
  EXPECT_THAT(said(""), HasSubstr("the file is empty"));
  EXPECT_THAT(said("1;1;;;\n"), HasSubstr("is not a moment of time")) << "a spell has a start";
}

TEST(Microdata, HasNoNumbersOfAUnit) {
  SmallStudy study{
      "utvei: study/1\nname: micro\nmodel: model.yaml\ntime: {unit: months, origin: 2015-01-01}\n"
      "window: {from: 0, to: 5}\n" +
      std::string{status}};
  EXPECT_THAT(study.messages(), HasSubstr("`kind: microdata` beside `time`"));
}

TEST(Microdata, RejectedRowsAreThoseOfTheFile) {
  Microdata study{"rejects: {at_most: 0.5}\n"};
  study.file("status.csv", "1;1;2015-01-03;2015-01-07;\n1;9;2015-01-08;;\n2;3;2015-01-08;;\n");
  auto const read = study.read_the_study();
  std::vector<RejectedRow> rejects;
  read_register(read, 1, study.diagnostics, &rejects);
  ASSERT_EQ(rejects.size(), 1U);
  EXPECT_EQ(rejects[0].line, 2);
  EXPECT_EQ(rejects[0].column, "measure");
  EXPECT_EQ(rejects[0].row, "1;9;2015-01-08;;");
}

}  // namespace
}  // namespace utvei
