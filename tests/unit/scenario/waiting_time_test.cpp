// SPDX-License-Identifier: Apache-2.0
#include <utvei/scenario/waiting_time.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::uint32_t draws = 100'000;
constexpr StreamId stream{0x5eed};
RandomKey const key{42, 3, 5};

class WaitingTimes : public testing::Test {
 protected:
  std::optional<WaitingTime> read(std::string const& text) {
    diagnostics = {};
    return read_waiting_time(parse_yaml(text, "text", diagnostics), "lasts", diagnostics);
  }
  std::vector<std::string> wrong(std::string const& text) {
    EXPECT_FALSE(read(text).has_value());
    std::vector<std::string> problems;
    for (Diagnostic const& diagnostic : diagnostics.all()) problems.push_back(diagnostic.problem);
    return problems;
  }

  /// Five times of each person.
  std::vector<Duration> sample(std::string const& text) {
    auto const time = read(text).value();
    std::vector<Duration> times;
    for (std::uint32_t i = 0; i < draws; ++i)
      times.push_back(draw_time(time, key, PersonKey{mix64(i / 5)}, stream, i % 5));
    return times;
  }

  /// How many are no longer than `length` is binomial.
  static void expect_share(std::vector<Duration> const& times, double length, double share) {
    auto const count =
        std::ranges::count_if(times, [&](Duration time) { return static_cast<double>(time.minutes) <= length; });
    double const standard_error = std::sqrt(share * (1 - share) * draws);
    EXPECT_NEAR(static_cast<double>(count), share * draws, 4 * standard_error) << length;
  }

  Diagnostics diagnostics;
};

constexpr double median = 2.0 * minutes_per_month;

TEST_F(WaitingTimes, AreExponentialUnlessTheShapeIsNamed) {
  for (auto const* const text : {"{median: 2 months}", "{median: 2 months, shape: exponential}"}) {
    auto const times = sample(text);
    expect_share(times, median, 0.5);
    expect_share(times, median * std::log2(10.0), 0.9);
    expect_share(times, median * std::log2(1 / 0.9), 0.1);
  }
}

TEST_F(WaitingTimes, GammaTimesAreSumsOfExponentialOnes) {
  auto const times = sample("{median: 2 months, shape: gamma(2)}");
  constexpr double unit_median = 1.678346990016661;
  expect_share(times, median, 0.5);
  expect_share(times, median * 3.889720169867429 / unit_median, 0.9);
  expect_share(times, median * 0.531811608389612 / unit_median, 0.1);
  expect_share(sample("{median: 2 months, shape: gamma(1)}"), median * std::log2(10.0), 0.9);
  expect_share(sample("{median: 2 months, shape: gamma(7)}"), median, 0.5);
}

TEST_F(WaitingTimes, LognormalTimesHaveTheStandardDeviationOfTheLog) {
  auto const times = sample("{median: 2 months, shape: lognormal(0.8)}");
  expect_share(times, median, 0.5);
  constexpr double normal_90 = 1.2815515655446004;
  expect_share(times, median * std::exp(0.8 * normal_90), 0.9);
  expect_share(times, median * std::exp(-0.8 * normal_90), 0.1);
}

TEST_F(WaitingTimes, FixedTimesAreTheMedian) {
  for (Duration const time : sample("{median: 2 months, shape: fixed}")) ASSERT_EQ(time.minutes, 2 * minutes_per_month);
}

TEST_F(WaitingTimes, AreCutOff) {
  auto const times = sample("{median: 2 months, at_most: 4 months}");
  Duration const most{4 * minutes_per_month};
  for (Duration const time : times) ASSERT_LE(time, most);
  auto const cut = std::ranges::count(times, most);
  EXPECT_NEAR(static_cast<double>(cut), draws * 0.25, 4 * std::sqrt(draws * 0.25 * 0.75));
}

TEST_F(WaitingTimes, AreAtLeastAMinute) {
  for (auto const* const shape : {"exponential", "gamma(3)", "lognormal(2)", "fixed"}) {
    auto const times = sample(std::string{"{median: 1 minute, shape: "} + shape + "}");
    EXPECT_EQ(std::ranges::min(times).minutes, 1) << shape;
  }
}

TEST_F(WaitingTimes, FollowTheKeyOfLuck) {
  auto const time = read("{median: 14 months}").value();
  auto const drawn = draw_time(time, key, PersonKey{7}, stream, 0);
  EXPECT_EQ(draw_time(time, key, PersonKey{7}, stream, 0), drawn);
  EXPECT_NE(draw_time(time, key, PersonKey{8}, stream, 0), drawn);
  EXPECT_NE(draw_time(time, key, PersonKey{7}, StreamId{stream.value + 1}, 0), drawn);
  EXPECT_NE(draw_time(time, key, PersonKey{7}, stream, 1), drawn);
  EXPECT_NE(draw_time(time, RandomKey{42, 4, 5}, PersonKey{7}, stream, 0), drawn);
  // A longer median is the same luck, longer.
  auto const longer = read("{median: 28 months}").value();
  EXPECT_NEAR(static_cast<double>(draw_time(longer, key, PersonKey{7}, stream, 0).minutes),
              2.0 * static_cast<double>(drawn.minutes), 2);
}

TEST_F(WaitingTimes, HaveTheSameBitsEverywhere) {
  auto const minutes = [&](std::string const& text) {
    auto const time = read(text).value();
    std::vector<std::int64_t> drawn;
    for (std::uint32_t count = 0; count < 4; ++count)
      drawn.push_back(draw_time(time, key, PersonKey{7}, stream, count).minutes);
    return drawn;
  };
  EXPECT_THAT(minutes("{median: 100 years}"), ElementsAre(169406486, 25818890, 150919819, 11917253));
  EXPECT_THAT(minutes("{median: 100 years, shape: gamma(3)}"), ElementsAre(89724815, 119927628, 63212514, 116252835));
  EXPECT_THAT(minutes("{median: 100 years, shape: lognormal(0.8)}"),
              ElementsAre(19484653, 82192032, 21910060, 122478770));
}

TEST_F(WaitingTimes, SayWhatIsWrong) {
  EXPECT_THAT(wrong("2 months"), ElementsAre(HasSubstr("must be a map with a median")));
  EXPECT_THAT(wrong("{shape: fixed}"), ElementsAre("`lasts` has no `median`"));
  EXPECT_THAT(wrong("{median: 0 days}"), ElementsAre(HasSubstr("a median of nothing")));
  EXPECT_THAT(wrong("{median: 2}"), ElementsAre(HasSubstr("a duration with its unit")));
  for (auto const* const shape : {"gamma", "gamma()", "gamma(0)", "gamma(1.5)", "gamma(101)", "lognormal(0)",
                                  "lognormal(6)", "lognormal(x)", "weibull(2)", "gamma(2"}) {
    EXPECT_THAT(wrong(std::string{"{median: 2 months, shape: "} + shape + "}"),
                ElementsAre(HasSubstr("is no shape of a time")))
        << shape;
  }
  EXPECT_THAT(wrong("{median: 2 months, at_most: 1 month}"), ElementsAre(HasSubstr("shorter than the median")));
  EXPECT_THAT(wrong("{median: 2 months, mean: 3 months}"), ElementsAre(HasSubstr("no key `mean`")));
}

TEST_F(WaitingTimes, KeepWhatTheyWereReadFrom) {
  auto const time = read("{median: 14 months, shape: gamma( 3 ), at_most: 36 months}").value();
  EXPECT_THAT(diagnostics.all(), IsEmpty());
  EXPECT_EQ(time.shape, WaitingTime::Shape::gamma);
  EXPECT_EQ(time.parameter, 3);
  EXPECT_EQ(time.median.minutes, 14 * minutes_per_month);
  EXPECT_EQ(time.at_most.minutes, 36 * minutes_per_month);
}

}  // namespace
}  // namespace utvei
