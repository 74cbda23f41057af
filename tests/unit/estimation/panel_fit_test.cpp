// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"
#include "support/plain_model.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/estimation/panel_tables.hpp>

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::Contains;
using testing::HasSubstr;

Model two_states() {
  return support::plain_model({"a", "b"}, {{0, 1}, {1, 0}},
                              {{"sex", false, {"female", "male"}, {}}, {"debt", true, {}, {}}});
}

/// Exact times: then the fit is events over person-time, in closed form.
Panel exact_panel() {
  Panel panel;
  panel.traits = Column<TraitId, std::vector<double>>{2};
  auto const add = [&](double years, StateId from, StateId to, double of_sex, double of_debt) {
    panel.intervals.push_back({0, years, from, to, PanelEnd::exact});
    panel.traits[sex].push_back(of_sex);
    panel.traits[debt].push_back(of_debt);
  };
  for (int i = 0; i < 8; ++i) add(0.5, a, b, 0, 10 + i % 2);
  for (int i = 0; i < 6; ++i) add(1.5, a, b, 1, 12 + i % 2);
  for (int i = 0; i < 4; ++i) add(2, a, a, i % 2, 11 + i % 3);
  for (int i = 0; i < 10; ++i) add(0.25, b, a, i % 2, 9 + i % 4);
  return panel;
}

PanelOptions options_with(std::vector<TraitId> const& terms, Model const& model) {
  PanelOptions options;
  options.traits = Column<TransitionId, std::vector<TraitId>>{model.transitions.size()};
  options.traits[TransitionId{0}] = terms;
  return options;
}

double coefficient(PanelFit const& fit, std::string_view term) {
  for (auto const& each : fit.coefficients) {
    if (each.term == term) return each.estimate;
  }
  throw std::runtime_error{"no such term"};
}

TEST(PanelFit, OfExactTimesIsEventsOverPersonTime) {
  Model const model = two_states();
  auto const fit = fit_panel(exact_panel(), model, options_with({sex}, model));
  ASSERT_TRUE(fit.converged && fit.identified);
  EXPECT_NEAR(fit.coefficients[0].estimate, std::log(8 / 8.0), 1e-6);   // 8 in 4 + 4 years
  EXPECT_NEAR(coefficient(fit, "sex=male"), std::log(6 / 13.0), 1e-6);  // 6 in 9 + 4
  EXPECT_NEAR(fit.coefficients[1].estimate, std::log(10 / 2.5), 1e-6);
  EXPECT_NEAR(fit.coefficients[0].se, 1 / std::sqrt(8.0), 1e-4);
  ASSERT_EQ(fit.intensities.size(), 2U);
  EXPECT_NEAR(fit.intensities[0].rate_per_year, 14 / 21.0, 1e-6);
  EXPECT_NEAR(fit.intensities[0].log_se, 1 / std::sqrt(14.0), 1e-4);
}

/// The fit does not depend on where a number has its zero, nor on its unit, but for what its coefficients mean.
TEST(PanelFit, NumbersHaveTheirOwnOriginAndUnit) {
  Model const model = two_states();
  auto const options = options_with({debt}, model);
  Panel panel = exact_panel();
  auto const fit = fit_panel(panel, model, options);
  ASSERT_TRUE(fit.converged && fit.identified);
  for (double& value : panel.traits[debt]) value = 1000 * (value + 500);
  auto const moved = fit_panel(panel, model, options);
  double const slope = coefficient(fit, "debt");
  EXPECT_NEAR(coefficient(moved, "debt"), slope / 1000, 1e-7);
  EXPECT_NEAR(moved.coefficients[0].estimate, fit.coefficients[0].estimate - 500 * slope, 1e-4);
  EXPECT_NEAR(moved.minus2_log_likelihood, fit.minus2_log_likelihood, 1e-8);
  EXPECT_NEAR(moved.intensities[0].log_se, fit.intensities[0].log_se, 1e-6);
  EXPECT_NEAR(moved.mean_sojourn[a], fit.mean_sojourn[a], 1e-6);
}

TEST(PanelFit, LeavesNothingUnsaidWhereATraitIsEmpty) {
  Model const model = two_states();
  Panel panel = exact_panel();
  panel.traits[sex].front() = std::numeric_limits<double>::quiet_NaN();
  auto const fit = fit_panel(panel, model, options_with({sex}, model));
  EXPECT_EQ(fit.intervals, panel.intervals.size() - 1);
  EXPECT_THAT(fit.warnings, Contains(HasSubstr("1 intervals are not used")));
  for (double& value : panel.traits[sex]) value = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(fit_panel(panel, model, options_with({sex}, model)), InputError);
}

TEST(PanelFit, WarnsOfRulesOfTheModel) {
  Model model = two_states();
  model.states[a].ends_at_age = AgeEnd{duration_of_years(67), {}, {}, {}};
  EXPECT_THAT(fit_panel(exact_panel(), model, {}).warnings, Contains(HasSubstr("age ends in `a`")));
}

TEST(PanelFit, WarnsOfStaysThatLooksMiss) {
  Panel panel;
  for (int i = 0; i < 60; ++i) panel.intervals.push_back({0, 1, i % 2 == 0 ? a : b, i % 3 == 0 ? a : b});
  auto const fit = fit_panel(panel, two_states(), {});
  EXPECT_THAT(fit.warnings, Contains(HasSubstr("round trips leave no trace")));
  EXPECT_THAT(fit.warnings, Contains(HasSubstr("changes of state between looks, of which")));
  auto const json = nlohmann::json::parse(summary_json(fit, panel, two_states()));
  EXPECT_EQ(json["between_looks"].size(), 2U);
  EXPECT_EQ(json["transition_matrix"]["intervals"], 60);
}

TEST(PanelRates, HaveACellForEachPatternAndPeriod) {
  Model const model = two_states();
  auto options = options_with({sex, debt}, model);
  options.cuts = {{0.4, "0.4"}};
  auto const fit = fit_panel(exact_panel(), model, options);
  TimeScale scale{525960.0, "years", date(2000, 1, 1)};
  auto const cells = rate_cells(fit, model, options, scale);
  ASSERT_EQ(cells.size(), 4U + 2U);  // sex by period, and period
  auto const& last = cells[3];       // male, after the cut
  EXPECT_EQ(last.transition, TransitionId{0});
  EXPECT_EQ(last.box.traits.at(0), 1U);
  EXPECT_EQ(last.box.calendar.from, (*date(2000, 1, 1) + Duration{210384}).minutes);
  EXPECT_EQ(last.box.calendar.to, everything.to);
  double const log_rate = fit.coefficients[0].estimate + coefficient(fit, "sex=male") +
                          coefficient(fit, "debt") * fit.mean[debt] + coefficient(fit, "period=[0.4,)");
  EXPECT_NEAR(last.rate, std::exp(log_rate), 1e-12);
  EXPECT_NEAR(last.high / last.rate, std::exp(1.959963984540054 * *last.log_se), 1e-12);
  EXPECT_TRUE(cells[4].box.traits.empty());
  scale.origin.reset();
  EXPECT_TRUE(rate_cells(fit, model, options, scale).empty());
}

/// Rows of the model are the joint error of the cells: a sum over effects has the variance of the cell.
TEST(PanelRates, MoveTogetherAsTheCoefficientsDo) {
  Model const model = two_states();
  auto options = options_with({sex, debt}, model);
  options.cuts = {{0.4, "0.4"}};
  auto const fit = fit_panel(exact_panel(), model, options);
  auto const rates = rate_model(fit, model);
  ASSERT_EQ(rates.effects.size(), fit.coefficients.size());
  EXPECT_EQ(rates.effects.front(), "(intercept) of a -> b");
  TimeScale const scale{525960.0, "years", date(2000, 1, 1)};
  for (RateCell const& cell : rate_cells(fit, model, options, scale)) {
    double log_rate = 0;
    double variance = 0;
    for (auto const place : cell.effects.places) log_rate += rates.estimate[place];
    for (std::size_t z = 0; z < rates.effects.size(); ++z) {
      double sum = 0;
      for (auto const place : cell.effects.places) sum += rates.factor[place * rates.effects.size() + z];
      variance += sum * sum;
    }
    EXPECT_NEAR(std::exp(log_rate), cell.rate, 1e-9 * cell.rate);
    EXPECT_NEAR(std::sqrt(variance), *cell.log_se, 1e-6);
  }
}

/// Without terms the error of a cell is that of its intercept.
TEST(PanelRates, HaveTheErrorsOfTheCoefficients) {
  Model const model = two_states();
  auto const fit = fit_panel(exact_panel(), model, {});
  auto const cells = rate_cells(fit, model, {}, {});
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_NEAR(*cells[0].log_se, fit.coefficients[0].se, 1e-12);
  EXPECT_NEAR(cells[0].se, cells[0].rate * fit.coefficients[0].se, 1e-12);
}

}  // namespace
}  // namespace utvei
