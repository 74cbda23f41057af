// SPDX-License-Identifier: Apache-2.0
// Ways through the states against closed forms of a Markov chain, cumulative incidences against survfit's of the mgus2
// cohort, and sequences against those that are counted in the months of the mvad data.
#include "support/csv.hpp"
#include "support/oracle.hpp"
#include "support/table_sum.hpp"
#include "support/world.hpp"

#include <utvei/observation/pathways.hpp>
#include <utvei/results/pathway_summary.hpp>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view chain_of_ways = R"(utvei: model/1
name: chain
states: {a: {}, b: {}, w: {}, c: {}, dead: {absorbing: true}}
transitions:
  - {from: a, to: b, rate_per_year: 1.0}
  - {from: a, to: c, rate_per_year: 0.5}
  - {from: b, to: w, rate_per_year: 0.8}
  - {from: b, to: c, rate_per_year: 0.4}
  - {from: w, to: a, rate_per_year: 0.3}
  - {from: c, to: dead, rate_per_year: 0.2}
)";

support::World world_of_ways() {
  return support::make_world(chain_of_ways,
                             "start: 2025-01-01\nyears: 6\nseed: 11\nstock_dates: [\"01-02\"]\npopulation: "
                             "{persons: " +
                                 std::to_string(support::people_for_this_build(100'000)) +
                                 R"(, state: a}
groups: 20
pathways:
  ways: {to_work: {steps: [a, b, w], within: 3 years}}
  sequences: {spells: 3, most: 4}
  incidence: {from_b: {in: b, to: {w: w}, within: 3 years, first: true}}
  leaving: {of_b: {states: b, kinds: {work: {to: w}}}}
  flows: true
)");
}

TEST(PathwaysOracle, WaysOfAMarkovChainHaveTheirClosedForm) {
  RunResult const result = world_of_ways().run();
  double const people = sum(result, "way_people", {{"way_step", "to_work: 1 a"}});
  double const in_b = sum(result, "way_people", {{"way_step", "to_work: 2 b"}});
  double const in_w = sum(result, "way_people", {{"way_step", "to_work: 3 w"}});
  constexpr double out_of_a = 1.5;
  constexpr double out_of_b = 1.2;
  constexpr double years = 3;
  double const to_b = 1 / out_of_a * (1 - std::exp(-out_of_a * years));
  double const to_w =
      0.8 * (1 / (out_of_a * out_of_b) - std::exp(-out_of_a * years) / (out_of_a * (out_of_b - out_of_a)) -
             std::exp(-out_of_b * years) / (out_of_b * (out_of_a - out_of_b)));
  double const error = 4 / std::sqrt(people);
  EXPECT_NEAR(in_b / people, to_b, 0.5 * error);
  EXPECT_NEAR(in_w / people, to_w, 0.5 * error);
  // Who comes to a step comes to the next, or is lost.
  EXPECT_EQ(people - in_b, sum(result, "way_lost", {{"way_step", "to_work: 1 a"}}));
  EXPECT_EQ(in_b - in_w, sum(result, "way_lost", {{"way_step", "to_work: 2 b"}}));
  EXPECT_EQ(in_w, sum(result, "way_months", {{"way_step", "to_work: 3 w"}}));
  double const mean = 1 / out_of_a - years * std::exp(-out_of_a * years) / (1 - std::exp(-out_of_a * years));
  EXPECT_NEAR(sum(result, "way_time", {{"way_step", "to_work: 2 b"}}) / in_b, mean, error);
}

TEST(PathwaysOracle, IncidencesOfAMarkovChainHaveTheirClosedForm) {
  RunResult const result = world_of_ways().run();
  std::vector<RiskBin> bins;
  for (std::string const& time : result.table("incidence_events")->dimensions[1].labels) {
    auto const at = [&](char const* outcome) {
      return sum(result, "incidence_events", {{"incidence_time", time}, {"incidence_outcome", outcome}});
    };
    bins.push_back({{at("w"), at("other")}, at("not_followed"), at("came_at_risk"), at("came_at_risk_within")});
  }
  ASSERT_EQ(bins.size(), 36U);
  auto const shares = cumulative_incidence(bins);
  double const people = sum(result, "incidence_persons");
  for (std::size_t month : {11U, 23U, 35U}) {
    double const gone = 1 - std::exp(-1.2 * static_cast<double>(month + 1) / 12);
    EXPECT_NEAR(shares[month][0], 2.0 / 3 * gone, 2.5 / std::sqrt(people)) << month;
    EXPECT_NEAR(shares[month][1], 1.0 / 3 * gone, 2.5 / std::sqrt(people)) << month;
  }
  // Events over time at risk are the intensities.
  double const years = sum(result, "incidence_years");
  EXPECT_NEAR(sum(result, "incidence_events", {{"incidence_outcome", "w"}}) / years, 0.8, 4 / std::sqrt(years));
}

TEST(PathwaysOracle, FlowsAndSequencesSumToPeople) {
  support::World const world = world_of_ways();
  RunResult const result = world.run();
  auto const persons = static_cast<double>(world.people.size());
  EXPECT_EQ(sum(result, "sequences"), persons);
  EXPECT_EQ(result.table("sequences")->dimensions.back().labels.size(), 5U);
  for (char const* const state : {"a", "b", "w", "c", "dead"}) {
    EXPECT_EQ(sum(result, "flows", {{"year", "2026"}, {"state", state}}),
              sum(result, "stock", {{"year", "2026"}, {"state", state}}));
    EXPECT_EQ(sum(result, "flows", {{"year", "2026"}, {"next_state", state}}),
              sum(result, "stock", {{"year", "2027"}, {"state", state}}));
  }
  // Whoever leaves b is of one kind, and transitions know them, too.
  EXPECT_EQ(sum(result, "leavings", {{"leaving", "of_b: work"}}),
            sum(result, "transitions", {{"transition", "b -> w"}}));
  EXPECT_EQ(sum(result, "leavings", {{"leaving", "of_b: unclassified"}}),
            sum(result, "transitions", {{"transition", "b -> c"}}));
  EXPECT_EQ(world.run(3, 100), result);
}

TEST(PathwaysOracle, CumulativeIncidenceIsThatOfSurvfit) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/mgus2");
  constexpr StateId mgus{0}, pcm{1}, dead{2}, before{3};
  Incidence incidence;
  incidence.in = {true, false, false, false};
  incidence.to = {{"pcm", {false, true, false, false}}, {"dead", {false, false, true, false}}};
  incidence.within = Duration{500 * minutes_per_month};
  std::vector<RiskBin> bins(incidence.bins(), RiskBin{{0, 0, 0}});
  for (auto const& row : support::read_csv(folder / "data.csv")) {
    bool const has_event = row.at("pstat") == "1";
    std::int64_t const months = std::stol(row.at(has_event ? "ptime" : "futime"));
    Instant const begins{minutes_per_day};
    Instant const ends = begins + Duration{months * minutes_per_month};
    LifePath life;
    life.pieces.push_back({Instant{}, begins, Instant{}, before, RegionId{0}, 0, Cause::transition, {}});
    if (months > 0) life.pieces.push_back({begins, ends, begins, mgus, RegionId{0}, 0, Cause::transition, {}});
    if (has_event || row.at("death") == "1")
      life.pieces.push_back({ends, ends + Duration{1}, ends, has_event ? pcm : dead, RegionId{0}, 0, Cause::end, {}});
    for (RiskSpell const& spell : risk_spells(incidence, life)) {
      auto const bin = static_cast<std::size_t>((spell.to - spell.from).minutes / minutes_per_month - 1);
      ++bins.front().came;
      ++(spell.destination ? bins[bin].events[*spell.destination] : bins[bin].not_followed);
    }
  }
  auto const shares = cumulative_incidence(bins);
  for (auto const& row : support::read_csv(folder / "ref_aalen_johansen_competing.csv")) {
    if (row.at("group") != "all" || row.at("months") == "360") continue;
    std::size_t const month = std::stoul(row.at("months")) - 1;
    // survfit lets who is lost in a month count the whole of it, a life table half.
    EXPECT_NEAR(shares[month][0], support::number(row, "p_pcm"), 0.0015) << month;
    EXPECT_NEAR(shares[month][1], support::number(row, "p_death"), 0.004) << month;
  }
}

TEST(PathwaysOracle, SequencesAreThoseOfTheMonths) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/mvad");
  constexpr std::size_t first_spells = 3;
  std::map<std::string, std::uint16_t> numbers;
  std::map<std::u16string, int> by_months, by_spells;
  std::map<std::string, LifePath> lives;
  for (auto const& row : support::read_csv(folder / "spells.csv")) {
    auto const state = numbers.try_emplace(row.at("state"), static_cast<std::uint16_t>(numbers.size())).first->second;
    Instant const from{std::stol(row.at("start")) * minutes_per_month};
    Instant const to{std::stol(row.at("end")) * minutes_per_month};
    lives[row.at("id")].pieces.push_back({from, to, from, StateId{state}, RegionId{0}, 0, Cause::transition, {}});
  }
  for (auto const& row : support::read_csv(folder / "data.csv")) {
    // The columns of months begin with the name of one: Jul.93 to Jun.99.
    std::u16string months(72, 0);
    for (auto const& [column, state] : row) {
      if (column.size() != 6 || column[3] != '.') continue;
      static std::string const names = "JanFebMarAprMayJunJulAugSepOctNovDec";
      std::size_t const month = names.find(column.substr(0, 3)) / 3;
      months[(std::stoul(column.substr(4)) - 93) * 12 + month - 6] = static_cast<char16_t>(numbers.at(state));
    }
    std::u16string sequence;
    for (char16_t const state : months)
      if (sequence.size() < first_spells && (sequence.empty() || sequence.back() != state)) sequence += state;
    ++by_months[sequence];
  }
  SequenceRequest request;
  request.length = first_spells;
  std::vector<std::uint16_t> const tokens{0, 1, 2, 3, 4, 5};
  for (auto const& [id, life] : lives) ++by_spells[sequence_of(request, life, tokens)];
  EXPECT_EQ(lives.size(), 712U);
  EXPECT_EQ(by_spells, by_months);
}

}  // namespace
}  // namespace utvei
