// SPDX-License-Identifier: Apache-2.0
#include "people_in_draws.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/results/assumed.hpp>
#include <utvei/results/compare.hpp>
#include <utvei/results/known_to.hpp>
#include <utvei/results/render_comparison.hpp>

#include <cmath>
#include <numbers>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using test::crowd_result;
using test::normal_of;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr double pi = std::numbers::pi;

double phi(double z) {
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

TEST(RankChances, OfTwoAreThoseOfTheirDifference) {
  // Means 1 and 0, variances 4 and 1, covariance 0.5: the difference has variance 4.
  auto const chances = rank_chances({1, 0}, {4, 0.5, 0.5, 1});
  EXPECT_NEAR(chances[0][0], phi(0.5), 0.003);
  EXPECT_NEAR(chances[1][0], 1 - phi(0.5), 0.003);
  EXPECT_NEAR(chances[0][0], chances[1][1], 1e-12);
}

TEST(RankChances, OfThreeAreThoseOfTheOrthant) {
  // P(first is largest) = P(X1 - X2 > 0, X1 - X3 > 0) = 1/4 + asin(rho) / 2 pi, rho the correlation of the two.
  std::vector<double> const variance{1, 2, 4};
  auto const chances = rank_chances({0, 0, 0}, {1, 0, 0, 0, 2, 0, 0, 0, 4});
  for (std::size_t i = 0; i < 3; ++i) {
    double const a = variance[(i + 1) % 3];
    double const b = variance[(i + 2) % 3];
    double const rho = variance[i] / std::sqrt((variance[i] + a) * (variance[i] + b));
    EXPECT_NEAR(chances[i][0], 0.25 + std::asin(rho) / (2 * pi), 0.003);
    EXPECT_NEAR(chances[i][2], chances[i][0], 0.003) << "nothing tells high from low";
  }
}

TEST(RankChances, OfThoseThatAreEqualAreShared) {
  auto const chances = rank_chances({0, 0, -1}, {0, 0, 0, 0, 0, 0, 0, 0, 0});
  EXPECT_DOUBLE_EQ(chances[0][0], 0.5);
  EXPECT_DOUBLE_EQ(chances[1][1], 0.5);
  EXPECT_DOUBLE_EQ(chances[2][2], 1);
  // Two that are one and the same random number beside one that is known.
  auto const twins = rank_chances({0, 0, 0}, {1, 1, 0, 1, 1, 0, 0, 0, 0});
  EXPECT_NEAR(twins[0][0], 0.25, 0.003);
  EXPECT_NEAR(twins[2][1], 0, 1e-9) << "both are above it or below";
}

TEST(RankChances, TakeOffWhatIsNoCovariance) {
  // Three correlations of -0.9 are impossible.
  auto const chances = rank_chances({0, 0, 0}, {1, -0.9, -0.9, -0.9, 1, -0.9, -0.9, -0.9, 1});
  for (auto const& of : chances) EXPECT_NEAR(of[0], 1.0 / 3, 0.003);
}

/// Effects of two scenarios by draw, a person: normal, correlated by half, beside luck of each person.
constexpr test::Crowd crowd{400, 50, 400, 1};
double effect_of(std::size_t scenario, std::size_t draw) {
  double const shared = normal_of(1, draw, 0, 0);
  double const own = normal_of(2 + scenario, draw, 0, 0);
  return (scenario == 0 ? 0.06 : 0.03) + 0.05 * (std::sqrt(0.5) * shared + std::sqrt(0.5) * own);
}
RunResult result_of(std::size_t scenario) {
  return crowd_result(scenario == 0 ? "strong" : "weak", crowd,
                      [scenario](std::size_t d, std::size_t r, std::size_t p) {
                        return 5 + effect_of(scenario, d) + 0.3 * normal_of(5 + scenario, d, r, p);
                      });
}

TEST(Rankings, AreThoseOfTheNormalModelWithoutLuck) {
  auto const baseline = crowd_result("now", crowd, [](auto, auto, auto) { return 5.0; });
  auto const strong = result_of(0);
  auto const weak = result_of(1);
  CompareOptions options;
  options.rank = {read_outcome("person_years,state=work", "--rank")};
  auto const comparison = compare(baseline, {&weak, &strong}, options);
  Ranking const& ranking = comparison.rankings.at(0);
  ASSERT_EQ(ranking.scenarios.size(), 3U);
  EXPECT_EQ(ranking.scenarios[0].name, "strong");
  EXPECT_EQ(ranking.scenarios[2].name, "now");
  EXPECT_TRUE(ranking.more_is_better);
  // The draws' own mean and variance stand for the truth: 400 tell the difference of means to 0.0025.
  double mean = 0;
  double square = 0;
  for (std::size_t d = 0; d < crowd.draws; ++d) {
    double const x = effect_of(0, d) - effect_of(1, d);
    mean += x / crowd.draws;
    square += x * x / crowd.draws;
  }
  double const sd = std::sqrt(square - mean * mean);
  EXPECT_NEAR(ranking.better_than[0][1], phi(mean / sd), 0.03);
  double const raw = std::sqrt(sd * sd + 2 * 0.3 * 0.3 / crowd.persons);
  EXPECT_GT(std::abs(phi(mean / raw) - ranking.better_than[0][1]), 0.0);
  EXPECT_NEAR(ranking.better_than[0][1] + ranking.better_than[1][0], 1, 1e-12);
  double all = 0;
  double ranks = 0;
  for (RankedScenario const& one : ranking.scenarios) {
    all += one.rank_chances[0];
    ranks += *one.expected_rank;
    double expected = 0;
    for (std::size_t r = 0; r < 3; ++r) expected += static_cast<double>(r + 1) * one.rank_chances[r];
    EXPECT_NEAR(*one.expected_rank, expected, 0.01);
  }
  EXPECT_NEAR(all, 1, 1e-9);
  EXPECT_NEAR(ranks, 6, 1e-9);
}

TEST(Rankings, GiveNoChancesWhereTheMainEffectIsAssumed) {
  auto const baseline = crowd_result("now", crowd, [](auto, auto, auto) { return 5.0; });
  auto strong = result_of(0);
  auto const weak = result_of(1);
  strong.provenance.assumed = {{"tilbud", "outside -> work", 1.3, true, false, false}};
  CompareOptions options;
  options.rank = {read_outcome("person_years,state=work", "--rank")};
  auto const comparison = compare(baseline, {&strong, &weak}, options);
  Ranking const& ranking = comparison.rankings.at(0);
  EXPECT_EQ(ranking.assumed, std::vector<std::string>{"strong"});
  for (RankedScenario const& one : ranking.scenarios) EXPECT_TRUE(one.rank_chances.empty());
  EXPECT_TRUE(std::isnan(ranking.better_than[0][1]));
  EXPECT_FALSE(std::isnan(ranking.better_than[1][2])) << "of the two whose effects are not assumed";
  for (ComparisonRow const& row : comparison.rows)
    EXPECT_EQ(row.probability_better.has_value(), row.scenario == "weak") << row.scenario;
  auto const text = render_text(comparison, "nb");
  EXPECT_THAT(text, HasSubstr("Hovedvirkningen er en forutsetning: ingen god evidens"));
  EXPECT_THAT(text, HasSubstr("tilbud: utenfor → arbeid skjer 1,30 ganger så ofte (antatt)"));
  EXPECT_THAT(text, HasSubstr("Selv om forutsetningen er sann, kan forskjellen i arbeid ikke skilles fra null"));
  EXPECT_THAT(render_text(comparison, "en"), HasSubstr("What must be true"));
}

TEST(Assumptions, HoldWhicheverResultHasTheMeasure) {
  auto with = result_of(0);
  auto const without = result_of(1);
  with.provenance.assumed = {{"tilbud", "outside -> work", 1.3, true, false, false}};
  auto const comparison = compare(with, {&without}, {});
  ASSERT_EQ(comparison.assumed.at(0).size(), 1U);
  for (ComparisonRow const& row : comparison.rows) EXPECT_FALSE(row.probability_better) << row.state;
}

/// One rule: what the text of comparisons, rankings and values of information refuse alike.
TEST(Assumptions, TakeAWhatIfOfOneNumberForGranted) {
  auto const baseline = result_of(1);
  auto scenario = result_of(0);
  using Why = AssumedEffect::Why;
  scenario.provenance.assumed = {{"outside -> work", "outside -> work", 1.3, true, true, false, Why::one_number}};
  CompareOptions options;
  options.rank = {read_outcome("person_years,state=work", "--rank")};
  auto const plain = compare(baseline, {&scenario}, options);
  EXPECT_EQ(plain.rankings.at(0).assumed.size(), 1U);
  for (ComparisonRow const& row : plain.rows) EXPECT_FALSE(row.probability_better) << row.state;
  auto const text = render_text(plain, "nb");
  EXPECT_THAT(text, HasSubstr("en hva-hvis: utenfor → arbeid skjer 1,30 ganger så ofte (ett tall, uten intervall)"));
  EXPECT_THAT(text, Not(HasSubstr("P(best)")));
  scenario.provenance.assumed = {{"outside -> work", "outside -> work", 1.3, false, true, false, Why::has_interval}};
  auto const uncertain = compare(baseline, {&scenario}, options);
  EXPECT_TRUE(uncertain.rankings.at(0).assumed.empty());
  EXPECT_TRUE(uncertain.rows.at(0).probability_better);
  EXPECT_THAT(render_text(uncertain, "en"), HasSubstr("A what-if says what would follow"));
}

TEST(Assumptions, AreOfMeasuresThatBothHaveWithOtherPlaces) {
  auto baseline = result_of(1);
  auto scenario = result_of(0);
  baseline.provenance.assumed = {{"tilbud", "outside -> work", 1.3, true, false, false}};
  scenario.provenance.assumed = baseline.provenance.assumed;
  auto const measures = [](std::string const& of) { return "resources: {staff: {total: 2}}\nmeasures: " + of; };
  auto const are_told = [&](std::string const& before, std::string const& after) {
    baseline.provenance.scenario = measures(before);
    scenario.provenance.scenario = measures(after);
    return !compare(baseline, {&scenario}, {}).assumed.at(0).empty();
  };
  EXPECT_FALSE(
      are_told("{tilbud: {places: {total: 80}, uses: staff}}", "{tilbud: {places: {total: 80}, uses: staff}}"));
  EXPECT_TRUE(are_told("{tilbud: {places: {total: 80}}}", "{tilbud: {places: {total: 90}}}"));
  EXPECT_TRUE(are_told("[{name: tilbud, runs: {from: 2026-01-01}}]", "[{name: tilbud, runs: {from: 2027-01-01}}]"));
  EXPECT_FALSE(are_told("{tilbud: {label: {nb: A}, cost: []}}", "{tilbud: {label: {nb: B}, cost: [{payer: state}]}}"));
  baseline.provenance.scenario = "resources: {staff: {total: 2}}\nmeasures: {tilbud: {uses: [staff]}}";
  scenario.provenance.scenario = "resources: {staff: {total: 3}}\nmeasures: {tilbud: {uses: [staff]}}";
  EXPECT_EQ(compare(baseline, {&scenario}, {}).assumed.at(0).size(), 1U);
}

TEST(Assumptions, AreMainWhereAllThatDiffersIsTakenForGranted) {
  auto const baseline = result_of(1);
  auto scenario = result_of(0);
  scenario.provenance.assumed = {{"tilbud", "school -> work", 1.3, false, false, false}};  // its second effect
  EXPECT_FALSE(is_main_effect_assumed(assumed_beside(baseline, scenario)));
  scenario.inputs = {{"tilbud: school -> work", "tilbud", UncertainInput::Kind::effect, {}, true, {1.3}}};
  EXPECT_TRUE(is_main_effect_assumed(assumed_beside(baseline, scenario)));
  scenario.inputs.push_back({"tilbud: outside -> work", "tilbud", UncertainInput::Kind::effect, {}, false, {1.1, 1.2}});
  EXPECT_FALSE(is_main_effect_assumed(assumed_beside(baseline, scenario)));
}

TEST(Assumptions, SayHowMuchOfTheEffectItTakes) {
  test::Crowd const people{4'000, 100, 1, 1};
  auto const baseline = crowd_result("now", people, [](auto, auto, auto) { return 5.0; });
  auto scenario = crowd_result("then", people,
                               [](std::size_t d, std::size_t r, std::size_t p) { return 5.1 + normal_of(4, d, r, p); });
  scenario.provenance.assumed = {{"tilbud", "outside -> work", 1.5, true, false, false}};
  auto const comparison = compare(baseline, {&scenario}, {});
  ComparisonRow const& row = comparison.rows.at(0);
  // In a straight line in the logarithm: the half width over the difference, of log 1.5.
  double const share = 1.96 * *row.mc_se / row.difference;
  auto const text = render_text(comparison, "en");
  EXPECT_THAT(text, HasSubstr("at least " + std::to_string(static_cast<int>(std::round(100 * share))) + " %"));
  auto const ratio = std::to_string(std::round(100 * std::exp(share * std::log(1.5))) / 100).substr(0, 4);
  EXPECT_THAT(text, HasSubstr(" ≥ " + ratio));
}

TEST(Rankings, AskForADirectionThatIsKnown) {
  auto baseline = result_of(0);
  baseline.states.clear();
  CompareOptions options;
  options.rank = {read_outcome("person_years,state=work", "--rank")};
  EXPECT_THROW(compare(baseline, {&baseline}, options), InputError);
  options.better = {{"work", Better::less}};
  EXPECT_FALSE(compare(baseline, {&baseline}, options).rankings.at(0).more_is_better);
  options.rank = {read_outcome("person_years", "--rank")};
  EXPECT_THROW(compare(baseline, {&baseline}, options), InputError) << "over all states it is everybody";
}

TEST(Outcomes, AreSumsOfWhatIsNamed) {
  auto const result = test::small_result();  // person_years: region 2, year 3, state 3: cell i holds i / 4
  auto const work = values_of(result, read_outcome("person_years,state=work,region=0301,year=2026", "--rank"));
  EXPECT_DOUBLE_EQ(work.total.at(0), 1);
  EXPECT_EQ(work.groups, 4U);
  auto const more = values_of(result, read_outcome("person_years,state=work+school,region=4*+03*", "--rank"));
  EXPECT_EQ(more.states, (std::vector<std::string>{"school", "work"}));
  EXPECT_DOUBLE_EQ(more.total.at(0), (0 + 1 + 3 + 4 + 6 + 7 + 9 + 10 + 12 + 13 + 15 + 16) / 4.0);
  auto const group = values_of(result, read_outcome("person_years,state=outside", "--rank"));
  EXPECT_EQ(group.states, std::vector<std::string>{"aap"});
  EXPECT_THROW(values_of(result, read_outcome("stock,state=work", "--rank")), InputError) << "of several years";
  EXPECT_DOUBLE_EQ(values_of(result, read_outcome("stock,state=work,year=2026", "--rank")).total.at(0), 5 + 11);
  EXPECT_THROW(values_of(result, read_outcome("person_years,state=wrk", "--rank")), InputError);
  EXPECT_THROW(read_outcome("person_years,work", "--rank"), InputError);
}

TEST(HalfWidths, AreOfLuckOrOfDraws) {
  test::Crowd people{1'000, 50, 1, 4};
  auto const years = [](std::size_t d, std::size_t r, std::size_t p) { return 5 + 0.4 * normal_of(9, d, r, p); };
  AskedOutcome const outcome = read_outcome("person_years,state=work", "precision");
  auto const run = crowd_result("a", people, years);
  double const luck = 1.96 * 0.4 * std::sqrt(1'000.0 / 4);
  EXPECT_NEAR(half_width_of({&run}, outcome).value(), luck, 0.2 * luck);
  people.draws = 300;
  people.replicates = 1;
  people.persons = 100;
  auto const drawn = crowd_result("b", people, [&](std::size_t d, std::size_t r, std::size_t p) {
    return years(d, r, p) + 0.1 * normal_of(10, d, 0, 0);
  });
  double const both = 1.96 * std::sqrt((100 * 0.16 + 100 * 100 * 0.01) / 300);
  EXPECT_NEAR(half_width_of({&drawn}, outcome).value(), both, 0.15 * both);
  EXPECT_NEAR(half_width_of({&drawn, &drawn}, outcome).value(), 0, 1e-9) << "nothing differs";
}

TEST(Contrasts, AreDifferencesOfDifferences) {
  // Everybody gains 0.2 years, those of region a 0.1 more.
  test::Crowd const people{4'000, 100, 1, 1};
  auto const before = [](std::size_t d, std::size_t r, std::size_t p) { return 5 + normal_of(3, d, r, p); };
  auto const baseline = crowd_result("now", people, before);
  auto const scenario = crowd_result("then", people, [&](std::size_t d, std::size_t r, std::size_t p) {
    return before(d, r, p) + 0.2 + (p % 2 == 0 ? 0.1 : 0) + 0.5 * normal_of(4, d, r, p);
  });
  CompareOptions options;
  options.contrasts = {{"region", {"a"}, {"b"}}};
  auto const comparison = compare(baseline, {&scenario}, options);
  auto const found = std::ranges::find_if(comparison.contrasts,
                                          [](ContrastRow const& c) { return c.row.state == "work" && !c.per_1000; });
  ASSERT_NE(found, comparison.contrasts.end());
  double const error = 0.5 * std::sqrt(4'000.0);
  EXPECT_NEAR(found->row.difference, 2'000 * 0.1, 3 * error);
  EXPECT_NEAR(found->row.difference, found->effect_a - found->effect_b, 1e-6);
  EXPECT_NEAR(found->row.difference, found->row.value - found->row.baseline, 1e-6);
  EXPECT_NEAR(*found->row.mc_se, error, 0.3 * error);
  // Per 1,000 person-years of the part: 2,000 people with ten years each.
  auto const rate = std::ranges::find_if(comparison.contrasts,
                                         [](ContrastRow const& c) { return c.row.state == "work" && c.per_1000; });
  ASSERT_NE(rate, comparison.contrasts.end());
  EXPECT_NEAR(rate->row.difference, found->row.difference / 20, 1e-6);
  EXPECT_NEAR(*rate->row.mc_se, *found->row.mc_se / 20, 1e-6);
  EXPECT_THAT(render_text(comparison, "nb"), HasSubstr("Forskjell på forskjeller: region a mot b"));
  EXPECT_THAT(render_csv(comparison), HasSubstr("region: a - b"));
  EXPECT_THAT(render_csv(compare(baseline, {&scenario}, {})), Not(HasSubstr("difference_of")));
  options.contrasts = {{"region", {"a"}, {"a"}}};
  EXPECT_THROW(compare(baseline, {&scenario}, options), InputError);
  options.contrasts = {{"region", {"a"}, {"c"}}};
  EXPECT_THROW(compare(baseline, {&scenario}, options), InputError);
  options.contrasts = {{"sex", {"a"}, {"b"}}};
  EXPECT_THROW(compare(baseline, {&scenario}, options), InputError);
}

TEST(Intervals, OfFiftyAndEightyPerCentAreAsked) {
  auto const baseline = crowd_result("now", crowd, [](auto, auto, auto) { return 5.0; });
  auto const strong = result_of(0);
  auto const comparison = compare(baseline, {&strong}, {});
  EXPECT_THAT(render_csv(comparison), Not(HasSubstr("low_50")));
  EXPECT_THAT(render_csv(comparison, true),
              HasSubstr("probability_better,low_50,high_50,count_low_50,count_high_50,low_80,high_80,count_low_80,"
                        "count_high_80,parameter_sd,chance_sd\n"));
  auto const text = render_text(comparison, "nb");
  EXPECT_THAT(text, HasSubstr("Hvor sikre forskjellene er"));
  EXPECT_THAT(text, HasSubstr("parametere ±"));
  EXPECT_THAT(render_json(comparison, "nb"), HasSubstr("\"told_from_zero\": false"));
}

}  // namespace
}  // namespace utvei
