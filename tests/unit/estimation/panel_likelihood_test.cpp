// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/estimation/panel_likelihood.hpp"

#include "names.hpp"
#include "support/csv.hpp"
#include "support/oracle.hpp"
#include "support/plain_model.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

StateId const well{0};
StateId const ill{1};
StateId const dead{2};

Model illness_and_death() {
  return support::plain_model({"well", "ill", "dead"}, {{0, 1}, {1, 0}, {0, 2}, {1, 2}},
                              {{"sex", false, {"female", "male"}, {}}, {"debt", true, {}, {}}});
}

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// An interval, with the sex and the debt of the person at its start.
struct Seen {
  PanelInterval interval;
  double sex{0};
  double debt{0};
};

Panel panel_of(std::vector<Seen> const& seen) {
  Panel panel;
  panel.traits = Column<TraitId, std::vector<double>>{2};
  for (Seen const& each : seen) {
    panel.intervals.push_back(each.interval);
    panel.traits[sex].push_back(each.sex);
    panel.traits[debt].push_back(each.debt);
  }
  return panel;
}

/// Two effects of sex that are shared, of debt on two transitions, and of a cut that two transitions share.
PanelOptions all_kinds_of_terms(Model const& model) {
  PanelOptions options;
  options.traits = Column<TransitionId, std::vector<TraitId>>{model.transitions.size(), {sex}};
  options.traits[TransitionId{0}] = {sex, debt};
  options.traits[TransitionId{3}] = {sex, debt};
  options.constraints = {{sex, {TransitionId{2}, TransitionId{3}}}, {{}, {TransitionId{0}, TransitionId{1}}}};
  options.cuts = {{1.5, "1.5"}};
  return options;
}

PanelLikelihood likelihood_of(std::vector<Seen> const& seen, Model const& model, PanelOptions const& options) {
  return PanelLikelihood{make_panel_design(panel_of(seen), model, panel_coefficients(model, options), options.cuts)};
}

std::vector<Seen> const all_kinds{{{0, 1, well, ill, PanelEnd::snapshot}, 0, 1.5},
                                  {{1, 2.25, ill, ill, PanelEnd::snapshot}, 0, 2},
                                  {{2.25, 2.5, ill, dead, PanelEnd::exact_entry}, 0, -1},
                                  {{0.25, 2, well, ill, PanelEnd::exact}, 1, 0.5},
                                  {{2, 3, ill, ill, PanelEnd::exact}, 1, 0.5},
                                  {{3, 5, ill, well, PanelEnd::snapshot}, 1, 3},
                                  {{1, 4, well, dead, PanelEnd::exact_entry}, 1, 3}};

TEST(PanelLikelihood, GradientIsThatOfDifferences) {
  Model const model = illness_and_death();
  auto const options = all_kinds_of_terms(model);
  auto const coefficients = panel_coefficients(model, options);
  ASSERT_EQ(coefficients.size(), 4U + 3U + 2U + 3U);
  PanelLikelihood const likelihood = likelihood_of(all_kinds, model, options);
  Eigen::VectorXd at(12);
  at << -1, -0.5, -2, 0.3, 0.4, -0.6, 0.2, 0.1, -0.3, 0.5, 0.7, -0.2;
  auto const gradient = likelihood(at).gradient;
  for (Eigen::Index c = 0; c < at.size(); ++c) {
    Eigen::VectorXd const shift = Eigen::VectorXd::Unit(at.size(), c) * 1e-5;
    double const difference = (likelihood(at + shift).value - likelihood(at - shift).value) / 2e-5;
    EXPECT_NEAR(gradient[c], difference, 1e-8) << coefficients[static_cast<std::size_t>(c)].term;
    EXPECT_GT(std::abs(gradient[c]), 1e-4) << "nothing is tested";
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
    Panel panel;
    panel.unit_years = 1.0 / 12;
    panel.intervals = {{24, 24 + 12 * t, from, to, end}};
    return PanelLikelihood{make_panel_design(panel, model, panel_coefficients(model, {}), {})}(at).value;
  };
  EXPECT_NEAR(value(well, well, PanelEnd::snapshot), a * t, 1e-14);
  EXPECT_NEAR(value(well, ill, PanelEnd::snapshot), -std::log(ill_then), 1e-14);
  EXPECT_NEAR(value(well, dead, PanelEnd::exact_entry), -std::log(ill_then * b), 1e-14);
  EXPECT_NEAR(value(well, ill, PanelEnd::exact), a * t - std::log(a), 1e-14);
  EXPECT_NEAR(value(ill, ill, PanelEnd::exact), b * t, 1e-14);
  EXPECT_TRUE(std::isinf(value(ill, well, PanelEnd::snapshot)));
  EXPECT_TRUE(std::isinf(value(well, dead, PanelEnd::exact)));
}

TEST(PanelLikelihood, LeavesOutIntervalsWithoutATrait) {
  Model const model = illness_and_death();
  auto const options = all_kinds_of_terms(model);
  auto seen = all_kinds;
  seen.push_back({{0, 1, well, ill, PanelEnd::snapshot}, not_known, 1});
  seen.push_back({{0, 1, well, ill, PanelEnd::snapshot}, 1, not_known});
  PanelLikelihood const with = likelihood_of(seen, model, options);
  PanelLikelihood const without = likelihood_of(all_kinds, model, options);
  EXPECT_EQ(with.design().unused, 2U);
  EXPECT_EQ(with.design().contributions.size(), without.design().contributions.size());
}

TEST(PanelLikelihood, SharesWhatIsEqual) {
  Model const model = support::plain_model({"well", "ill", "dead"}, {{0, 1}, {1, 2}});
  Panel panel;
  for (int year = 0; year < 5; ++year) panel.intervals.push_back({year + 0.0, year + 1.0, well, well});
  panel.intervals.push_back({5, 6, well, ill});
  auto const design = make_panel_design(panel, model, panel_coefficients(model, {}), {});
  EXPECT_EQ(design.patterns.size(), 1U);
  EXPECT_EQ(design.steps.size(), 1U);
  ASSERT_EQ(design.contributions.size(), 2U);
  EXPECT_EQ(design.contributions.front().count, 5);
}

/// At the starting values of its manual, where no optimiser has a say (Jackson 2011).
TEST(PanelLikelihood, AgreesWithMsmAtFixedIntensities) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/cav");
  Model const model =
      support::plain_model({"1", "2", "3", "4"}, {{0, 1}, {0, 3}, {1, 0}, {1, 2}, {1, 3}, {2, 1}, {2, 3}});
  Eigen::VectorXd at(7);
  at << 0.25, 0.25, 0.166, 0.166, 0.166, 0.25, 0.25;
  for (PanelEnd const death : {PanelEnd::exact_entry, PanelEnd::snapshot}) {
    Panel panel;
    support::CsvRow before;
    for (auto const& row : support::read_csv(folder / "data.csv")) {
      if (!before.empty() && before.at("PTNUM") == row.at("PTNUM")) {
        panel.intervals.push_back({support::number(before, "years"), support::number(row, "years"),
                                   *model.state(before.at("state")), *model.state(row.at("state")),
                                   row.at("state") == "4" ? death : PanelEnd::snapshot});
      }
      before = row;
    }
    PanelLikelihood const likelihood{make_panel_design(panel, model, panel_coefficients(model, {}), {})};
    EXPECT_NEAR(2 * likelihood(at.array().log()).value,
                death == PanelEnd::snapshot ? 4833.00640639644 : 4908.81676835902, 1e-5);
  }
}

TEST(PanelCoefficients, AreNamedByTermAndShared) {
  Model const model = illness_and_death();
  auto options = all_kinds_of_terms(model);
  options.cuts.push_back({2, "2"});
  options.constraints[1].transitions = {TransitionId{0}, TransitionId{1}, TransitionId{2}, TransitionId{3}};
  auto const coefficients = panel_coefficients(model, options);
  ASSERT_EQ(coefficients.size(), 11U);
  EXPECT_EQ(coefficients[6].term, "sex=male");
  EXPECT_EQ(coefficients[6].transitions, (std::vector{TransitionId{2}, TransitionId{3}}));
  EXPECT_EQ(coefficients[7].term, "debt");
  EXPECT_EQ(coefficients[9].term, "period=[1.5,2)");
  EXPECT_EQ(coefficients[10].term, "period=[2,)");
  EXPECT_EQ(coefficients[10].transitions.size(), 4U);
}

}  // namespace
}  // namespace utvei
