// SPDX-License-Identifier: Apache-2.0
#include "scratch.hpp"

#include <utvei/model/graph.hpp>
#include <utvei/model/loops.hpp>

#include <cmath>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Everybody starts in school; sick leave, AAP and disability on the way; each state leads to death.
constexpr std::string_view workload = R"(utvei: model/1
name: w1
states:
  school: {group: education}
  apprenticeship: {group: education}
  work: {group: work, label: {nb: Arbeid}}
  unemployed: {group: outside}
  sick_leave: {group: outside}
  aap: {group: outside}
  disability: {group: outside}
  dead: {absorbing: true}
transitions:
  - {from: school, to: apprenticeship, rate_per_year: 0.25}
  - {from: school, to: work, rate_per_year: 0.35}
  - {from: school, to: unemployed, rate_per_year: 0.10}
  - {from: apprenticeship, to: work, rate_per_year: 0.45}
  - {from: apprenticeship, to: unemployed, rate_per_year: 0.08}
  - {from: work, to: unemployed, rate_per_year: 0.06}
  - {from: work, to: sick_leave, rate_per_year: 0.25}
  - {from: unemployed, to: work, rate_per_year: 0.70}
  - {from: unemployed, to: sick_leave, rate_per_year: 0.15}
  - {from: sick_leave, to: work, rate_per_year: 1.6}
  - {from: sick_leave, to: aap, rate_per_year: 0.20}
  - {from: aap, to: work, rate_per_year: 0.22}
  - {from: aap, to: unemployed, rate_per_year: 0.10}
  - {from: aap, to: disability, rate_per_year: 0.30}
  - {from: school, to: dead, rate_per_year: 0.003}
  - {from: apprenticeship, to: dead, rate_per_year: 0.003}
  - {from: work, to: dead, rate_per_year: 0.003}
  - {from: unemployed, to: dead, rate_per_year: 0.003}
  - {from: sick_leave, to: dead, rate_per_year: 0.003}
  - {from: aap, to: dead, rate_per_year: 0.003}
  - {from: disability, to: dead, rate_per_year: 0.003}
)";

class Graph : public ScratchTest {
 protected:
  JumpChain chain_of(std::string_view text, Cell const& cell = {}) {
    Rates const rates = read_with_rates(text);
    EXPECT_THAT(problems(), IsEmpty());
    return jump_chain(model_, rates, cell);
  }
  [[nodiscard]] StateId id(std::string_view name) const { return model_.state(name).value(); }
  [[nodiscard]] std::string written(std::vector<StateId> const& states) const {
    std::string text;
    for (StateId const state : states) text += (text.empty() ? "" : " ") + model_.states[state].name;
    return text;
  }
  [[nodiscard]] std::string dominators_of(Dominators const& passed, std::string_view state) const {
    auto const& found = passed[id(state)];
    return found ? written(*found) : "unreachable";
  }
};

TEST_F(Graph, DominatorsOfTheWorkload) {
  model_ = read(workload);
  Dominators const passed = dominators(model_, {id("school")});
  EXPECT_EQ(dominators_of(passed, "school"), "");
  EXPECT_EQ(dominators_of(passed, "apprenticeship"), "school");
  EXPECT_EQ(dominators_of(passed, "work"), "school");
  EXPECT_EQ(dominators_of(passed, "sick_leave"), "school");
  EXPECT_EQ(dominators_of(passed, "aap"), "school sick_leave");
  EXPECT_EQ(dominators_of(passed, "disability"), "school sick_leave aap");
  EXPECT_EQ(dominators_of(passed, "dead"), "school");
  EXPECT_EQ(written(absorbing_states(model_)), "dead");
}

TEST_F(Graph, DominatorsFromSeveralStarts) {
  model_ = read(workload);
  Dominators const passed = dominators(model_, {id("work"), id("aap")});
  EXPECT_EQ(dominators_of(passed, "school"), "unreachable");
  EXPECT_EQ(dominators_of(passed, "aap"), "");
  EXPECT_EQ(dominators_of(passed, "disability"), "aap");
  EXPECT_EQ(dominators_of(passed, "sick_leave"), "");
}

TEST_F(Graph, ReachesWhatWaysLeadTo) {
  model_ = read(workload);
  EXPECT_THAT(reachable(model_, {id("work")}), ElementsAre(false, false, true, true, true, true, true, true));
  EXPECT_THAT(reachable(model_, {id("disability")}), ElementsAre(false, false, false, false, false, false, true, true));
  EXPECT_THAT(reachable(model_, {}), testing::Each(false));
}

TEST_F(Graph, LikelyPathwaysOfTheWorkload) {
  JumpChain const chain = chain_of(workload);
  EXPECT_TRUE(chain.exact);
  double const school = 0.703;
  double const apprenticeship = 0.533;
  double const work = 0.313;
  double const unemployed = 0.853;
  double const sick_leave = 1.803;
  double const aap = 0.623;
  auto const found = likely_pathways(chain, id("school"), id("disability"), 3);
  ASSERT_EQ(found.size(), 3U);
  double const end = 0.2 / sick_leave * 0.3 / aap;
  double const end_years = 1 / sick_leave + 1 / aap;
  EXPECT_EQ(written(found[0].states), "school work sick_leave aap disability");
  EXPECT_NEAR(found[0].probability, 0.35 / school * 0.25 / work * end, 1e-15);
  EXPECT_NEAR(*found[0].years, 1 / school + 1 / work + end_years, 1e-12);
  EXPECT_EQ(written(found[1].states), "school apprenticeship work sick_leave aap disability");
  EXPECT_NEAR(found[1].probability, 0.25 / school * 0.45 / apprenticeship * 0.25 / work * end, 1e-15);
  EXPECT_EQ(written(found[2].states), "school unemployed work sick_leave aap disability");
  EXPECT_NEAR(found[2].probability, 0.10 / school * 0.70 / unemployed * 0.25 / work * end, 1e-15);
  EXPECT_NEAR(*found[2].years, 1 / school + 1 / unemployed + 1 / work + end_years, 1e-12);
}

TEST_F(Graph, AllLoopFreePathwaysAreFoundOnce) {
  JumpChain const chain = chain_of(workload);
  auto const found = likely_pathways(chain, id("school"), id("disability"), 1000);
  // school to sick leave over work or unemployed, directly or over the other, from school or apprenticeship.
  ASSERT_EQ(found.size(), 8U);
  for (std::size_t i = 1; i < found.size(); ++i) {
    EXPECT_GE(found[i - 1].probability, found[i].probability);
    EXPECT_NE(found[i - 1].states, found[i].states);
  }
  EXPECT_THAT(likely_pathways(chain, id("dead"), id("work"), 5), IsEmpty());
  EXPECT_THAT(likely_pathways(chain, id("work"), id("work"), 5), IsEmpty());
}

TEST_F(Graph, ProbabilityOfReaching) {
  JumpChain const chain = chain_of(workload);
  EXPECT_NEAR(probability_of_reaching(chain, id("school"), id("dead")), 1, 1e-12);
  EXPECT_NEAR(probability_of_reaching(chain, id("disability"), id("dead")), 1, 1e-12);
  EXPECT_EQ(probability_of_reaching(chain, id("dead"), id("work")), 0);
  EXPECT_EQ(probability_of_reaching(chain, id("work"), id("work")), 1);
  EXPECT_NEAR(probability_of_reaching(chain, id("school"), id("apprenticeship")), 0.25 / 0.703, 1e-15);
}

TEST_F(Graph, ProbabilityOfReachingWithLoopsAndTraps) {
  JumpChain const chain = chain_of(R"(utvei: model/1
states: {a: , b: , c: {absorbing: true}, d: {absorbing: true}, e: , f: }
transitions:
  - {from: a, to: b, rate_per_year: 1}
  - {from: b, to: a, rate_per_year: 2}
  - {from: b, to: c, rate_per_year: 1}
  - {from: b, to: d, rate_per_year: 1}
  - {from: a, to: e, rate_per_year: 1}
  - {from: e, to: f, rate_per_year: 1}
  - {from: f, to: e, rate_per_year: 1}
)");
  // h_a = h_b / 2 (half are caught in e and f), h_b = h_a / 2 + 1/4: h_a = 1/6.
  EXPECT_NEAR(probability_of_reaching(chain, id("a"), id("c")), 1.0 / 6, 1e-15);
  EXPECT_NEAR(probability_of_reaching(chain, id("b"), id("c")), 1.0 / 3, 1e-15);
  EXPECT_NEAR(probability_of_reaching(chain, id("a"), id("f")), 1.0 / 2 + 1.0 / 6, 1e-15);
  EXPECT_EQ(probability_of_reaching(chain, id("e"), id("c")), 0);
}

TEST_F(Graph, LoopsOfTheWorkload) {
  JumpChain const chain = chain_of(workload);
  auto const sets = loop_sets(model_);
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_EQ(written(sets[0]), "work unemployed sick_leave aap");
  auto const loops = likely_loops(chain, 3);
  ASSERT_EQ(loops.size(), 3U);
  EXPECT_EQ(written(loops[0].states), "work sick_leave");
  EXPECT_NEAR(loops[0].probability, 0.25 / 0.313 * 1.6 / 1.803, 1e-15);
  EXPECT_NEAR(*loops[0].years, 1 / 0.313 + 1 / 1.803, 1e-12);
  EXPECT_EQ(written(loops[1].states), "work unemployed");
  EXPECT_NEAR(loops[1].probability, 0.06 / 0.313 * 0.70 / 0.853, 1e-15);
  EXPECT_EQ(written(loops[2].states), "work sick_leave aap");
  // Over work: unemployed, sick leave, both, and AAP with or without either; and one without work.
  EXPECT_EQ(likely_loops(chain, 100).size(), 7U);
}

TEST_F(Graph, ReturnsOfATwoStateChain) {
  // Three in four come back from `b`, again and again: 3 returns; from `a` everybody goes to `b` first.
  JumpChain const chain = chain_of(R"(utvei: model/1
states: {a: , b: , c: {absorbing: true}}
transitions:
  - {from: a, to: b, rate_per_year: 1}
  - {from: b, to: a, rate_per_year: 3}
  - {from: b, to: c, rate_per_year: 1}
)");
  auto const returns = returns_to(chain);
  EXPECT_NEAR(returns[0].comes_back, 0.75, 1e-15);
  EXPECT_NEAR(*returns[0].returns, 3, 1e-12);
  EXPECT_NEAR(returns[1].comes_back, 0.75, 1e-15);
  EXPECT_EQ(returns[2].comes_back, 0);
  auto const loops = likely_loops(chain, 5);
  ASSERT_EQ(loops.size(), 1U);
  EXPECT_NEAR(loops[0].probability, 0.75, 1e-15);
  EXPECT_NEAR(*loops[0].years, 1.25, 1e-12);
}

TEST_F(Graph, LimitsCompeteWithIntensities) {
  JumpChain const chain = chain_of(R"(utvei: model/1
states:
  aap: {limit: [{after: 3 years, stay: 0.6, to: {out: 0.7, work: 0.3}}, {after: 5 years, to: {out: 1}}]}
  work: {absorbing: true}
  out: {absorbing: true}
transitions:
  - {from: aap, to: work, rate_per_year: 0.2}
)");
  double const q = 0.2;
  double const at_3 = std::exp(-q * 3) * 0.4;
  double const at_5 = std::exp(-q * 5) * 0.6;
  auto const& jumps = chain.jumps[id("aap")];
  ASSERT_EQ(jumps.size(), 2U);
  EXPECT_EQ(jumps[0].to, id("work"));
  EXPECT_NEAR(jumps[1].probability, at_3 * 0.7 + at_5, 1e-14);
  EXPECT_NEAR(jumps[0].probability + jumps[1].probability, 1, 1e-14);
  EXPECT_NEAR(jumps[0].by_transition, jumps[0].probability - at_3 * 0.3, 1e-14);
  EXPECT_EQ(jumps[1].by_transition, 0);
  EXPECT_NEAR(*jumps[1].years, (at_3 * 0.7 * 3 + at_5 * 5) / jumps[1].probability, 1e-12);
  // The mean stay is the integral of the survivor function.
  double const stay = (1 - std::exp(-q * 3)) / q + 0.6 * (std::exp(-q * 3) - std::exp(-q * 5)) / q;
  EXPECT_NEAR(*chain.mean_stay[id("aap")], stay, 1e-12);
  EXPECT_NEAR(jumps[0].probability * *jumps[0].years + jumps[1].probability * *jumps[1].years, stay, 1e-12);
}

TEST_F(Graph, OneLimitAsInTheTextbook) {
  JumpChain const chain = chain_of(R"(utvei: model/1
states: {a: {limit: {after: 2 years, to: {c: 1}}}, b: {absorbing: true}, c: {absorbing: true}}
transitions: [{from: a, to: b, rate_per_year: 0.5}]
)");
  EXPECT_NEAR(chain.jumps[id("a")][1].probability, std::exp(-1.0), 1e-15);
  EXPECT_DOUBLE_EQ(*chain.jumps[id("a")][1].years, 2);
  EXPECT_NEAR(*chain.mean_stay[id("a")], (1 - std::exp(-1.0)) / 0.5, 1e-14);
  EXPECT_FALSE(chain.mean_stay[id("b")]);
}

constexpr std::string_view with_ages = R"(utvei: model/1
states:
  work: {ends_at_age: {age: 67, to: {retired: 1}}}
  disability: {ends_at_age: {age: 67, to: {retired: 1}}}
  retired: {absorbing: true}
transitions: [{from: work, to: disability, rate_per_year: 0.01}]
)";

TEST_F(Graph, AnAgeEndIsTheWayOutWhereThereIsNoOther) {
  JumpChain const unknown = chain_of(with_ages);
  EXPECT_FALSE(unknown.exact);
  ASSERT_EQ(unknown.jumps[id("disability")].size(), 1U);
  EXPECT_DOUBLE_EQ(unknown.jumps[id("disability")][0].probability, 1);
  EXPECT_FALSE(unknown.jumps[id("disability")][0].years);
  EXPECT_EQ(unknown.jumps[id("work")].size(), 1U);
  EXPECT_FALSE(likely_pathways(unknown, id("work"), id("retired"), 1)[0].years);

  Cell cell;
  cell.age = duration_of_years(60).minutes;
  JumpChain const at_60 = jump_chain(model_, read_rates(model_, diagnostics_), cell);
  EXPECT_DOUBLE_EQ(*at_60.jumps[id("disability")][0].years, 7);
}

TEST_F(Graph, MissingRatesAreNamed) {
  model_ = read("utvei: model/1\nstates: {a: , b: }\ntransitions: [{from: a, to: b}, {from: b, to: a}]\n");
  JumpChain const chain = jump_chain(model_, Rates{}, Cell{});
  EXPECT_THAT(chain.missing, ElementsAre("no rate of `a -> b`", "no rate of `b -> a`"));
}

TEST_F(Graph, BoundedRowsAreNotExact) {
  write("rates.csv", "from,to,age_from,age_to,rate_per_year\na,b,,30,1\na,b,30,,2\n");
  Rates const rates = read_with_rates(
      "utvei: model/1\nstates: {a: , b: {absorbing: true}}\ntransitions: [{from: a, to: b, rates: rates.csv}]\n");
  Cell cell;
  cell.age = duration_of_years(40).minutes;
  JumpChain const chain = jump_chain(model_, rates, cell);
  EXPECT_THAT(chain.missing, IsEmpty());
  EXPECT_FALSE(chain.exact);
  EXPECT_DOUBLE_EQ(*chain.mean_stay[id("a")], 0.5);
}

TEST_F(Graph, IsDescribedInJson) {
  JumpChain const chain = chain_of(workload);
  GraphView view;
  view.starts = {id("school")};
  view.between = {id("school"), id("disability")};
  view.most = 2;
  view.chain = &chain;
  auto const json = nlohmann::json::parse(to_json(model_, view));
  EXPECT_EQ(json["model"], "w1");
  EXPECT_EQ(json["states"].size(), 8U);
  EXPECT_EQ(json["states"][2]["label"], "Arbeid");
  EXPECT_EQ(json["ways"].size(), 21U);
  EXPECT_EQ(json["ways"][0]["rate_per_year"], 0.25);
  EXPECT_EQ(json["absorbing"], nlohmann::json({"dead"}));
  EXPECT_EQ(json["dominators"]["disability"], nlohmann::json({"school", "sick_leave", "aap"}));
  EXPECT_EQ(json["exact"], true);
  EXPECT_EQ(json["pathways"].size(), 2U);
  EXPECT_EQ(json["pathways"][0]["states"][1], "work");
  EXPECT_NEAR(json["pathways"][0]["probability"].get<double>(), 0.35 / 0.703 * 0.25 / 0.313 * 0.2 / 1.803 * 0.3 / 0.623,
              1e-15);
}

TEST_F(Graph, IsDrawnForGraphviz) {
  model_ = read(R"(utvei: model/1
states:
  work: {group: work, label: {nb: 'Arbeid "fast"'}, ends_at_age: {age: 67, to: {out: 1}}}
  aap: {limit: {after: 3 years, to: {out: 1}}}
  out: {absorbing: true}
transitions: [{from: work, to: aap, rate_per_year: 0.25}]
)");
  std::string const dot = to_dot(model_, GraphView{});
  for (auto const* part : {R"("work" [label="Arbeid \"fast\"", fillcolor="#bfe3d5"])",
                           R"("work" -> "aap" [label="0.25"])", R"("aap" -> "out" [label="3 years", style=dashed])",
                           R"("work" -> "out" [label="67", style=dotted])", "peripheries=2"}) {
    EXPECT_THAT(dot, HasSubstr(part));
  }
}

}  // namespace
}  // namespace utvei
