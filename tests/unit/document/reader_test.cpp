// SPDX-License-Identifier: Apache-2.0
#include "diagnosed.hpp"

#include <utvei/document/reader.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace utvei {
namespace {

using ::testing::ElementsAre;
using testing::expect_said;
using ::testing::HasSubstr;
using testing::the_only;

TEST(YamlTrap, KnowsWhatPlainScalarsBecome) {
  struct Case {
    std::string_view kind;
    std::vector<std::string> words;
  };
  for (auto const& [kind, words] :
       {Case{"number", {"0301", "301",    "0",  "-1", "+1",    "1_000", "0x1F", "0o17", "0b101", "12:30", "1:00:00.5",
                        "1e5",  "1.5E-3", ".5", "5.", "-.inf", ".Inf",  ".nan", "0999", "1.",    "4204"}},
        Case{"bool", {"yes", "no", "No", "NO", "on", "Off", "y", "N", "true", "False", "TRUE"}},
        Case{"null", {"", "~", "null", "Null", "NULL"}},
        Case{"date", {"2025-01-01", "2025-1-1T12:00:00Z", "2001-12-14 21:59:43.10 -5"}},
        Case{"", {"r00",     "work",  "no_known_status",
                  "16-19",   "11-16", "52 weeks",
                  "yEs",     "nO",    "e5",
                  "1e",      "0x",    ".",
                  "-",       "+",     "1.2.3",
                  "12:",     ":30",   "_1",
                  "a1",      "inf",   "nan",
                  "2025-13", "0301a", "aap -> work",
                  "2025-1-1"}}})
    for (auto const& word : words) EXPECT_EQ(yaml_trap(word), kind) << word;
}

TEST(Nearest, FindsSlipsOfTheHand) {
  std::vector<std::string> const known{"hazard_ratio", "transition", "region", "age", "traits", "r00"};
  EXPECT_EQ(nearest("hazrd_ratio", known), "hazard_ratio");
  EXPECT_EQ(nearest("trasnition", known), "transition");
  EXPECT_EQ(nearest("Region", known), "region");
  EXPECT_EQ(nearest("regions", known), "region");
  EXPECT_EQ(nearest("aeg", known), "age");
  EXPECT_EQ(nearest("r01", known), "r00");
  EXPECT_EQ(nearest("population", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(nearest(std::string(10'000, 'a'), known), "");
}

TEST(DidYouMean, ListsWhatIsKnownWhereNothingIsNear) {
  EXPECT_EQ(did_you_mean("wrk", {"work", "school"}), "did you mean `work`?");
  EXPECT_EQ(did_you_mean("xyz", {"work", "school"}), "known: work, school");
  EXPECT_EQ(did_you_mean("xyz", {}), "none is known");
  std::vector<std::string> const many(30, "work");
  EXPECT_THAT(did_you_mean("xyz", many), HasSubstr("(30 in all)"));
}

class Reading : public ::testing::Test {
 protected:
  Value const& value(std::string const& text) {
    diagnostics = {};
    root = parse_yaml("key: " + text + "\n", "test.yaml", diagnostics);
    EXPECT_FALSE(diagnostics.has_errors()) << render(diagnostics);
    return root.members.front().value;
  }
  Value const& document(std::string const& text) {
    root = parse_yaml(text, "test.yaml", diagnostics);
    return root;
  }
  void expect_refused(std::string const& problem, std::string const& suggestion) {
    expect_said(diagnostics, 1, 6, problem);
    EXPECT_THAT(the_only(diagnostics).suggestion, HasSubstr(suggestion));
  }
  Value root;
  Diagnostics diagnostics;
};

TEST_F(Reading, Codes) {
  for (auto const* text : {"r00", "\"0301\"", "'no'", "aap"}) EXPECT_TRUE(as_code(value(text), "region", diagnostics));
  EXPECT_TRUE(diagnostics.all().empty());
  for (auto const* text : {"0301", "4204", "no", "Y", "~", "null", "2025-01-01", "1e5", "12:30", ".inf", "0x1"}) {
    EXPECT_FALSE(as_code(value(text), "region", diagnostics)) << text;
    expect_refused("must be quoted here", std::string{"write \""} + text + "\"");
  }
  EXPECT_FALSE(as_code(value("0301"), "region", diagnostics));
  EXPECT_THAT(the_only(diagnostics).why, HasSubstr("the number 193"));
  EXPECT_FALSE(as_code(value("no"), "label", diagnostics));
  EXPECT_THAT(the_only(diagnostics).why, HasSubstr("reads `no` as false"));
  EXPECT_FALSE(as_code(value("[a]"), "region", diagnostics));
  expect_refused("`region` must be a name or code", "write one name");
  EXPECT_FALSE(as_code(value("\"\""), "region", diagnostics));
  EXPECT_FALSE(as_code(value(""), "region", diagnostics));
}

TEST_F(Reading, CodesAsKeys) {
  auto const& map = value("{0301: 1, \"0302\": 2, no: 3, oslo: 4}");
  EXPECT_FALSE(as_code(map.members[0], "region", diagnostics));
  EXPECT_EQ(as_code(map.members[1], "region", diagnostics), "0302");
  EXPECT_FALSE(as_code(map.members[2], "region", diagnostics));
  EXPECT_EQ(as_code(map.members[3], "region", diagnostics), "oslo");
  ASSERT_EQ(diagnostics.error_count(), 2U);
  EXPECT_EQ(diagnostics.all()[0].place.column, 7);
}

TEST_F(Reading, ListsOfCodes) {
  auto const codes = as_codes(value("[\"42\", r00, 03]"), "region", diagnostics);
  ASSERT_EQ(codes.size(), 2U);
  EXPECT_EQ(codes[0].first, "42");
  EXPECT_EQ(codes[1].second.column, 13);
  expect_said(diagnostics, 1, 18, "`03` must be quoted");
  EXPECT_EQ(as_codes(value("basic"), "education", diagnostics).size(), 1U);
}

TEST_F(Reading, TextIsAnyScalar) {
  EXPECT_EQ(as_text(value("0301"), "note", diagnostics), "0301");
  EXPECT_EQ(as_text(value("no"), "note", diagnostics), "no");
  EXPECT_FALSE(as_text(value("{a: 1}"), "note", diagnostics));
  expect_refused("`note` must be text", "write text");
}

TEST_F(Reading, Numbers) {
  EXPECT_EQ(as_number(value("1.5"), "x", diagnostics), 1.5);
  EXPECT_EQ(as_number(value("+2"), "x", diagnostics), 2);
  EXPECT_EQ(as_number(value("-.5"), "x", diagnostics), -0.5);
  EXPECT_EQ(as_number(value("1e5"), "x", diagnostics), 1e5);
  EXPECT_EQ(as_number(value("0"), "x", diagnostics), 0);
  EXPECT_EQ(as_number(value("0.25"), "x", diagnostics), 0.25);
  struct Case {
    std::string text;
    std::string suggestion;
  };
  for (auto const& [text, suggestion] :
       {Case{"\"3\"", "leave the quotes out: 3"}, Case{"1,5", "write a decimal point: 1.5"},
        Case{"1_000", "write 1000"}, Case{"1 000", "write 1000"}, Case{"010", "leave the zeros"},
        Case{"30%", "as a share, write 0.3; as a ratio, 1.3 for that much more, 0.7 for that much less"},
        Case{".inf", "write a number"}, Case{"nan", "write a number"}, Case{"1e999", "write a number"},
        Case{"0x1F", "write a number"}, Case{"12:30", "write a number"}, Case{"abc", "write a number"},
        Case{"[1]", "write a number"}, Case{"--1", "write a number"}, Case{"+-1", "write a number"}}) {
    EXPECT_FALSE(as_number(value(text), "x", diagnostics)) << text;
    expect_refused("`x` must be a number", suggestion);
  }
  EXPECT_EQ(as_number_at_least(value("0"), 0, "x", diagnostics), 0);
  EXPECT_FALSE(as_number_at_least(value("-1"), 0, "x", diagnostics));
  expect_refused("`x` must be 0 or more", "");
}

TEST_F(Reading, Integers) {
  EXPECT_EQ(as_integer(value("1000000"), 1, 10'000'000, "persons", diagnostics), 1'000'000);
  EXPECT_EQ(as_integer(value("1e6"), 1, 10'000'000, "persons", diagnostics), 1'000'000);
  EXPECT_EQ(as_integer(value("-3"), -3, 3, "x", diagnostics), -3);
  for (auto const* text : {"1.5", "0", "11", "\"3\"", "x", "1e300", "03"}) {
    EXPECT_FALSE(as_integer(value(text), 1, 10, "x", diagnostics)) << text;
    expect_refused("`x` must be a whole number from 1 to 10", "");
  }
  EXPECT_FALSE(as_integer(value("0"), 1, std::numeric_limits<std::int64_t>::max(), "x", diagnostics));
  expect_refused("a whole number, 1 or more", "");
}

TEST_F(Reading, Durations) {
  EXPECT_EQ(as_duration(value("52 weeks"), "after", diagnostics)->minutes, 52 * minutes_per_week);
  EXPECT_EQ(as_duration(value("\"18 months\""), "after", diagnostics)->minutes, 18 * minutes_per_month);
  EXPECT_FALSE(as_duration(value("52"), "after", diagnostics));
  expect_refused("a duration with its unit", "`52 weeks`");
  EXPECT_FALSE(as_duration(value("52 wekks"), "after", diagnostics));
  expect_refused("a duration with its unit", "`18 months`");
}

TEST_F(Reading, Dates) {
  EXPECT_EQ(as_date(value("2025-01-01"), "start", diagnostics), date(2025, 1, 1));
  EXPECT_EQ(as_date(value("\"2025-01-01\""), "start", diagnostics), date(2025, 1, 1));
  EXPECT_FALSE(as_date(value("2025-02-30"), "start", diagnostics));
  expect_refused("`start` must be a date", "2025-01-31");
  EXPECT_FALSE(as_date(value("2025"), "start", diagnostics));
  EXPECT_EQ(as_calendar_point(value("2025"), "from", diagnostics), start_of_year(2025));
  EXPECT_FALSE(as_calendar_point(value("soon"), "from", diagnostics));
}

TEST_F(Reading, BoolsAndChoices) {
  EXPECT_EQ(as_bool(value("true"), "absorbing", diagnostics), true);
  EXPECT_EQ(as_bool(value("False"), "absorbing", diagnostics), false);
  for (auto const* text : {"yes", "no", "\"true\"", "1", "on"}) {
    EXPECT_FALSE(as_bool(value(text), "absorbing", diagnostics)) << text;
    expect_refused("must be true or false", "without quotes");
  }
  std::vector<std::string> const known{"none", "all"};
  EXPECT_EQ(as_choice(value("all"), known, "life_courses", diagnostics), 1U);
  EXPECT_FALSE(as_choice(value("both"), known, "life_courses", diagnostics));
  expect_refused("`life_courses` cannot be `both`", "known: none, all");
  EXPECT_FALSE(as_choice(value("non"), known, "life_courses", diagnostics));
  expect_refused("`life_courses` cannot be `non`", "did you mean `none`?");
  EXPECT_FALSE(as_choice(value("[all]"), known, "life_courses", diagnostics));
}

TEST_F(Reading, UnreadValuesAreNotSaidTwice) {
  Value const unread;
  EXPECT_FALSE(as_number(unread, "x", diagnostics));
  EXPECT_FALSE(as_code(unread, "x", diagnostics));
  MapReader reader{unread, "the scenario", diagnostics};
  EXPECT_EQ(reader.required("years"), nullptr);
  EXPECT_FALSE(check_format(reader, "scenario", diagnostics));
  reader.finish();
  EXPECT_TRUE(diagnostics.all().empty()) << render(diagnostics);
}

TEST_F(Reading, MapsReportUnknownAndMissingKeys) {
  MapReader reader{document("years: 10\nyeers: 1\nseed: ~\nmodell: a\n"), "the scenario", diagnostics};
  EXPECT_NE(reader.optional("years"), nullptr);
  EXPECT_EQ(reader.optional("seed"), nullptr);
  EXPECT_EQ(reader.required("model"), nullptr);
  reader.finish();
  ASSERT_EQ(diagnostics.error_count(), 3U);
  EXPECT_EQ(diagnostics.all()[0].problem, "the scenario has no `model`");
  EXPECT_EQ(diagnostics.all()[1].problem, "the scenario has no key `yeers`");
  EXPECT_EQ(diagnostics.all()[1].suggestion, "did you mean `years`?");
  EXPECT_EQ(diagnostics.all()[1].place.line, 2);
  EXPECT_EQ(diagnostics.all()[2].suggestion, "did you mean `model`?");
}

TEST_F(Reading, MapsWantMaps) {
  MapReader reader{value("[a]"), "`population`", diagnostics};
  EXPECT_EQ(reader.required("state"), nullptr);
  reader.finish();
  expect_refused("`population` must be a map of keys", "key: value");
}

TEST_F(Reading, Formats) {
  auto const check = [&](std::string const& text) {
    diagnostics = {};
    MapReader reader{document(text), "the file", diagnostics};
    return check_format(reader, "model", diagnostics);
  };
  EXPECT_TRUE(check("utvei: model/1\n"));
  EXPECT_FALSE(check("utvei: scenario/1\n"));
  EXPECT_EQ(the_only(diagnostics).problem, "this is a scenario file, a model file was expected");
  EXPECT_FALSE(check("utvei: model/2\n"));
  EXPECT_THAT(the_only(diagnostics).problem, HasSubstr("a version that this program does not read"));
  EXPECT_FALSE(check("utvei: modell/1\n"));
  EXPECT_THAT(the_only(diagnostics).problem, HasSubstr("is no kind of file"));
  EXPECT_FALSE(check("name: x\n"));
  EXPECT_EQ(the_only(diagnostics).suggestion, "add `utvei: model/1`");
  EXPECT_FALSE(check("utvei: [model]\n"));
}

}  // namespace
}  // namespace utvei
