// SPDX-License-Identifier: Apache-2.0
#include "table_test_base.hpp"

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SmallCountsOf : public TableTest {
 protected:
  /// What is known of each number under a rule.
  std::vector<std::string> bounds(std::string const& rule, std::vector<std::string> const& numbers) {
    std::string text = "a;n\n";
    for (std::size_t i = 0; i < numbers.size(); ++i) text += "x" + std::to_string(i) + ";" + numbers[i] + "\n";
    write("data.csv", text);
    auto const table = read("utvei: mapping/1\nfile: data.csv\ncolumns: {a: a}\nsmall: " + rule + "\n");
    std::vector<std::string> found;
    if (!table) return found;
    for (auto const& value : table->values)
      found.push_back(value.is_missing() ? std::string{text_of(value.sign)}
                                         : std::to_string(static_cast<int>(value.low)) + ".." +
                                               std::to_string(static_cast<int>(value.high)));
    return found;
  }
};

TEST_F(SmallCountsOf, NoRule) {
  EXPECT_THAT(bounds("none", {"0", "1", "3", ":", "-", ".", "..", "..."}),
              ElementsAre("0..0", "1..1", "3..3", ":", "0..0", ".", "..", "..."));
}

TEST_F(SmallCountsOf, ZeroOrThree) {
  EXPECT_THAT(bounds("zero_or_three", {"0", "3", "4", "-", ":"}), ElementsAre("0..2", "1..3", "4..4", "0..2", ":"));
  EXPECT_THAT(bounds("zero_or_three", {"0", "2"}), IsEmpty());
  ASSERT_EQ(problems(), std::vector<std::string>{"data.csv:3:4: 2 was published here"});
  EXPECT_EQ(diagnostics_.all()[0].why, "the mapping says that every 1 and 2 was changed to 0 or 3 (`small`)");
}

TEST_F(SmallCountsOf, HiddenBelow) {
  EXPECT_THAT(bounds("{hidden_below: 4}", {"0", ":", "4"}), ElementsAre("0..0", "0..3", "4..4"));
  EXPECT_THAT(bounds("{hidden_below: 5, least: 1}", {"0", ":", "5"}), ElementsAre("0..0", "1..4", "5..5"));
  EXPECT_THAT(bounds("{hidden_below: 4}", {"3"}), IsEmpty());
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("3 was published here")));
}

TEST_F(SmallCountsOf, TheEstimateIsWhatWasPublishedOrTheMiddle) {
  write("data.csv", "a;n\nx;0\ny;3\nz;:\n");
  auto const estimates = [&](std::string const& rule) {
    std::vector<double> found;
    auto const table = read("utvei: mapping/1\nfile: data.csv\ncolumns: {a: a}\nsmall: " + rule + "\n");
    if (table)
      for (auto const& value : table->values) found.push_back(value.estimate);
    return found;
  };
  EXPECT_THAT(estimates("zero_or_three"), ElementsAre(0, 3, 0));
  EXPECT_THAT(estimates("{hidden_below: 3, least: 1}"), ElementsAre(0, 3, 1.5));
}

TEST_F(SmallCountsOf, RoundedTo) {
  EXPECT_THAT(bounds("{round_to: 5}", {"0", "5", "10"}), ElementsAre("0..2", "3..7", "8..12"));
  EXPECT_THAT(bounds("{round_to: 10}", {"0", "10"}), ElementsAre("0..5", "5..15"));
  EXPECT_THAT(bounds("{round_to: 5}", {"4"}), IsEmpty());
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("4 was published here")));
}

TEST_F(SmallCountsOf, ManyContradictionsAreToldInAWord) {
  EXPECT_THAT(bounds("{round_to: 5}", {"1", "2", "3", "4", "6", "7", "8"}), IsEmpty());
  ASSERT_EQ(diagnostics_.all().size(), 6U);
  EXPECT_EQ(diagnostics_.all().back().problem, "and 2 more numbers like these");
}

TEST_F(SmallCountsOf, BoundsOfASumAreSumsOfBounds) {
  Published const small{0, 2, Sign::none, 0};
  Published const known{7, 7, Sign::none, 7};
  auto const sum = sum_of(small, known);
  EXPECT_EQ(sum.low, 7);
  EXPECT_EQ(sum.high, 9);
  EXPECT_EQ(sum.estimate, 7);
  Published const none{0, 0, Sign::not_possible, 0};
  EXPECT_EQ(sum_of(none, known).low, 7);
  EXPECT_EQ(sum_of(known, none).low, 7);
  EXPECT_EQ(sum_of(none, none).sign, Sign::not_possible);
  EXPECT_EQ(sum_of(known, {0, 0, Sign::hidden, 0}).sign, Sign::hidden);
  EXPECT_EQ(sum_of({0, 0, Sign::missing, 0}, none).sign, Sign::missing);
}

/// Every count that the rule turns into the published number lies within its bounds, and both bounds are such counts.
TEST_F(SmallCountsOf, TheBoundsAreThoseOfTheCountsBehindTheNumber) {
  auto const check = [&](std::string const& rule, auto const& publish) {
    for (int published = 0; published <= 20; ++published) {
      std::vector<int> behind;
      for (int count = 0; count <= 40; ++count)
        for (auto const each : publish(count))
          if (each == published && (behind.empty() || behind.back() != count)) behind.push_back(count);
      if (behind.empty()) continue;
      EXPECT_THAT(bounds(rule, {std::to_string(published)}),
                  ElementsAre(std::to_string(behind.front()) + ".." + std::to_string(behind.back())))
          << rule << " " << published;
    }
  };
  check("zero_or_three", [](int n) { return n == 1 || n == 2 ? std::vector{0, 3} : std::vector{n}; });
  auto const nearest_multiple = [](int to) {
    return [to](int n) {
      std::vector<int> found;
      for (int multiple = 0; multiple <= n + to; multiple += to)
        if (2 * std::abs(multiple - n) <= to) found.push_back(multiple);
      return found;
    };
  };
  check("{round_to: 5}", nearest_multiple(5));
  check("{round_to: 10}", nearest_multiple(10));
}

}  // namespace
}  // namespace utvei
