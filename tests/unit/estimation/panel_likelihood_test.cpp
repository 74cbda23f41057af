// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/estimation/panel_likelihood.hpp"

#include "support/plain_model.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

StateId const well{0};
StateId const ill{1};
StateId const dead{2};

Model illness_and_death() {
  return support::plain_model({"well", "ill", "dead"}, {{0, 1}, {1, 0}, {0, 2}, {1, 2}},
                              {{"sex", false, {"female", "male"}, {}}});
}

/// A woman and a man; the third person's sex is not known.
Panel panel_of(std::vector<PanelInterval> intervals) {
  Panel panel;
  for (auto const* const id : {"p1", "p2", "p3"}) panel.persons.id.push_back(id);
  panel.persons.traits.push_back(Column<PersonRow, std::uint16_t>{{0, 1, unknown_level}});
  panel.intervals = std::move(intervals);
  return panel;
}

PanelOptions sex_on_all_and_a_cut(Model const& model) {
  PanelOptions options;
  options.traits = Column<TransitionId, std::vector<TraitId>>{model.transitions.size(), {TraitId{0}}};
  options.constraints = {{TraitId{0}, {TransitionId{2}, TransitionId{3}}}};
  options.cuts = {{1.5, "1.5"}};
  return options;
}

std::vector<PanelInterval> const all_kinds{{PersonRow{0}, 0, 1, well, ill, PanelEnd::snapshot},
                                           {PersonRow{0}, 1, 2.25, ill, ill, PanelEnd::snapshot},
                                           {PersonRow{0}, 2.25, 2.5, ill, dead, PanelEnd::exact_entry},
                                           {PersonRow{1}, 0.25, 2, well, ill, PanelEnd::exact},
                                           {PersonRow{1}, 2, 3, ill, ill, PanelEnd::exact},
                                           {PersonRow{1}, 3, 5, ill, well, PanelEnd::snapshot},
                                           {PersonRow{1}, 1, 4, well, dead, PanelEnd::exact_entry}};

TEST(PanelLikelihood, GradientIsThatOfDifferences) {
  Model const model = illness_and_death();
  auto const options = sex_on_all_and_a_cut(model);
  auto const coefficients = panel_coefficients(model, options);
  ASSERT_EQ(coefficients.size(), 4U + 3U + 4U);
  PanelLikelihood const likelihood{panel_of(all_kinds), model, coefficients, options.cuts};
  Eigen::VectorXd at(11);
  at << -1, -0.5, -2, 0.3, 0.4, -0.6, 0.2, 0.1, -0.3, 0.5, 0.7;
  auto const gradient = likelihood(at).gradient;
  for (Eigen::Index c = 0; c < at.size(); ++c) {
    Eigen::VectorXd const shift = Eigen::VectorXd::Unit(at.size(), c) * 1e-5;
    double const difference = (likelihood(at + shift).value - likelihood(at - shift).value) / 2e-5;
    EXPECT_NEAR(gradient[c], difference, 1e-8) << coefficients[static_cast<std::size_t>(c)].term;
  }
}

/// Without a way back all is known in closed form.
TEST(PanelLikelihood, AgreesWithClosedForms) {
  Model const model = support::plain_model({"well", "ill", "dead"}, {{0, 1}, {1, 2}});
  double const a = 0.7;
  double const b = 0.3;
  Eigen::VectorXd at(2);
  at << std::log(a), std::log(b);
  double const t = 1.7;
  double const ill_then = a / (b - a) * (std::exp(-a * t) - std::exp(-b * t));
  auto const value = [&](StateId from, StateId to, PanelEnd end) {
    return PanelLikelihood{
        panel_of({{PersonRow{0}, 2, 2 + t, from, to, end}}), model, panel_coefficients(model, {}), {}}(at)
        .value;
  };
  EXPECT_NEAR(value(well, well, PanelEnd::snapshot), a * t, 1e-14);
  EXPECT_NEAR(value(well, ill, PanelEnd::snapshot), -std::log(ill_then), 1e-14);
  EXPECT_NEAR(value(well, dead, PanelEnd::exact_entry), -std::log(ill_then * b), 1e-14);
  EXPECT_NEAR(value(well, ill, PanelEnd::exact), a * t - std::log(a), 1e-14);
  EXPECT_NEAR(value(ill, ill, PanelEnd::exact), b * t, 1e-14);
  EXPECT_TRUE(std::isinf(value(ill, well, PanelEnd::snapshot)));
  EXPECT_TRUE(std::isinf(value(well, dead, PanelEnd::exact)));
}

TEST(PanelLikelihood, LeavesOutWhoLacksATrait) {
  Model const model = illness_and_death();
  auto const options = sex_on_all_and_a_cut(model);
  auto intervals = all_kinds;
  intervals.push_back({PersonRow{2}, 0, 1, well, ill, PanelEnd::snapshot});
  PanelLikelihood const with{panel_of(intervals), model, panel_coefficients(model, options), options.cuts};
  PanelLikelihood const without{panel_of(all_kinds), model, panel_coefficients(model, options), options.cuts};
  EXPECT_EQ(with.unused(), 1U);
  Eigen::VectorXd const at = Eigen::VectorXd::Constant(11, -0.5);
  EXPECT_EQ(with(at).value, without(at).value);
}

TEST(PanelCoefficients, AreNamedByTermAndShared) {
  Model const model = illness_and_death();
  auto options = sex_on_all_and_a_cut(model);
  options.cuts.push_back({2, "2"});
  options.constraints.push_back({{}, {TransitionId{0}, TransitionId{1}, TransitionId{2}, TransitionId{3}}});
  auto const coefficients = panel_coefficients(model, options);
  ASSERT_EQ(coefficients.size(), 9U);
  EXPECT_EQ(coefficients[6].term, "sex=male");
  EXPECT_EQ(coefficients[6].transitions, (std::vector{TransitionId{2}, TransitionId{3}}));
  EXPECT_EQ(coefficients[7].term, "period=[1.5,2)");
  EXPECT_EQ(coefficients[8].term, "period=[2,)");
}

}  // namespace
}  // namespace utvei
