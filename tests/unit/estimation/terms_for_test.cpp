// SPDX-License-Identifier: Apache-2.0
// Terms of single transitions, and coefficients that transitions share.
#include "unit/register/small_study.hpp"

#include <utvei/estimation/fit.hpp>

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr TransitionId a_to_b{0};
constexpr TransitionId b_to_a{1};

/// Sex by two bands of age.
class TermsForTransitions : public testing::Test {
 protected:
  void read(std::string const& estimate) {
    SmallStudy small{std::string{study_with_persons} + "estimate:\n  bands: {age: [0, 30]}\n" + estimate};
    study_ = small.read_the_study();
    options_ = read_estimate_options(study_, small.diagnostics);
    messages_ = render(small.diagnostics);
    Model const& model = study_.model;
    exposure_ = {};
    exposure_.axes = cell_axes(options_, std::vector<RegionId>{}, model);
    for (auto const& axis : exposure_.axes) exposure_.cells *= axis.size();
    std::vector<std::int64_t> const none(exposure_.cells, 0);
    exposure_.minutes = Column<StateId, std::vector<std::int64_t>>(model.states.size(), none);
    exposure_.events = Column<TransitionId, std::vector<std::int64_t>>(model.transitions.size(), none);
    exposure_.rule_changes.assign(model.states.size() * model.states.size(), 0);
    exposure_.unmodelled = exposure_.rule_changes;
    if (exposure_.cells != 4) return;
    for (double const years : {100.0, 50.0, 80.0, 40.0}) years_.push_back(duration_of_years(years).minutes);
    exposure_.minutes[StateId{0}] = exposure_.minutes[StateId{1}] = years_;
    exposure_.events[a_to_b] = {30, 20, 12, 10};
    exposure_.events[b_to_a] = {50, 10, 20, 6};
  }
  [[nodiscard]] std::vector<std::string> terms_of(Fit const& fit, TransitionId transition) const {
    std::vector<std::string> terms;
    for (Coefficient const& coefficient : fit.coefficients)
      if (coefficient.transition == transition) terms.push_back(coefficient.term);
    return terms;
  }
  [[nodiscard]] static Coefficient coefficient(Fit const& fit, TransitionId transition, std::string const& term) {
    return *std::ranges::find_if(
        fit.coefficients, [&](Coefficient const& each) { return each.transition == transition && each.term == term; });
  }

  Study study_;
  EstimateOptions options_;
  std::string messages_;
  Exposure exposure_;
  std::vector<std::int64_t> years_;
};

TEST_F(TermsForTransitions, TellTheirRatesApart) {
  read("  terms: [sex, age]\n  terms_for: {\"b -> a\": [age]}\n");
  ASSERT_THAT(messages_, IsEmpty());
  auto const fit = utvei::fit(exposure_, study_.model, options_);
  EXPECT_THAT(terms_of(fit, a_to_b), ElementsAre("(intercept)", "sex=male", "age=[30,)"));
  EXPECT_THAT(terms_of(fit, b_to_a), ElementsAre("(intercept)", "age=[30,)"));
  // One term with two levels is saturated: events over person-time of each band.
  EXPECT_NEAR(coefficient(fit, b_to_a, "(intercept)").estimate, std::log(70.0 / 180), 1e-8);
  EXPECT_NEAR(coefficient(fit, b_to_a, "age=[30,)").estimate, std::log(16.0 / 90) - std::log(70.0 / 180), 1e-8);
  auto const rows = std::ranges::count(fit.cells, b_to_a, &RateCell::transition);
  EXPECT_EQ(rows, 2);
  for (RateCell const& cell : fit.cells) EXPECT_EQ(cell.transition == b_to_a, cell.box.traits.empty());
}

TEST_F(TermsForTransitions, MayBeNamedWithoutTermsOfTheRest) {
  read("  terms_for: {\"a -> b\": [sex]}\n  method: raw\n");
  ASSERT_THAT(messages_, IsEmpty());
  auto const fit = utvei::fit(exposure_, study_.model, options_);
  ASSERT_EQ(fit.cells.front().transition, a_to_b);
  EXPECT_NEAR(fit.cells[0].rate, 50.0 / 150, 1e-12);  // women of all ages
  EXPECT_EQ(fit.cells[0].box.age, everything);
  auto const other = std::ranges::find(fit.cells, b_to_a, &RateCell::transition);
  EXPECT_NEAR(other->rate, 70.0 / 180, 1e-12);  // the first band, of all
}

TEST_F(TermsForTransitions, ConstraintsGiveOneCoefficient) {
  read("  terms: [sex, age]\n  constraints: {sex: [[\"a -> b\", \"b -> a\"]]}\n");
  ASSERT_THAT(messages_, IsEmpty());
  auto const fit = utvei::fit(exposure_, study_.model, options_);
  auto const shared = coefficient(fit, a_to_b, "sex=male");
  EXPECT_EQ(shared.estimate, coefficient(fit, b_to_a, "sex=male").estimate);
  EXPECT_NE(coefficient(fit, a_to_b, "age=[30,)").estimate, coefficient(fit, b_to_a, "age=[30,)").estimate);
  // The fit of both at once: its score for the shared column is 0, and it lies between the separate estimates.
  double residual = 0;
  for (RateCell const& cell : fit.cells) {
    if (cell.events > 0 && cell.box.traits.at(0) == 1U)
      residual += static_cast<double>(cell.events) - cell.rate * cell.person_years;
  }
  EXPECT_NEAR(residual, 0, 1e-6);
  options_.constraints.clear();
  auto const apart = utvei::fit(exposure_, study_.model, options_);
  auto const first = coefficient(apart, a_to_b, "sex=male");
  auto const second = coefficient(apart, b_to_a, "sex=male");
  EXPECT_GT(shared.estimate, std::min(first.estimate, second.estimate));
  EXPECT_LT(shared.estimate, std::max(first.estimate, second.estimate));
  EXPECT_LT(shared.se.value(), std::min(first.se.value(), second.se.value()));
  EXPECT_LT(fit.summary.transitions[0].log_likelihood, apart.summary.transitions[0].log_likelihood);
  EXPECT_GT(fit.summary.transitions[0].deviance, apart.summary.transitions[0].deviance);
}

TEST_F(TermsForTransitions, ConstrainedTransitionsAreDrawnTogether) {
  read("  terms: [sex, age]\n  constraints: {sex: [[\"a -> b\", \"b -> a\"]]}\n");
  auto const rates = to_rates(utvei::fit(exposure_, study_.model, options_));
  ASSERT_EQ(rates.models.size(), 1U);
  EXPECT_EQ(rates.models[0].name, "a -> b, b -> a");
  EXPECT_THAT(rates.models[0].effects, ElementsAre("a -> b: (intercept)", "sex=male", "a -> b: age=[30,)",
                                                   "b -> a: (intercept)", "b -> a: age=[30,)"));
  auto const factors = draw_rate_factors(study_.model, rates, 1, 0);
  // Rows: women of two bands, then men, of each transition.
  EXPECT_NEAR(factors[2] / factors[0], factors[6] / factors[4], 1e-12);
  EXPECT_GT(std::abs(factors[0] - factors[4]), 1e-6);
}

TEST_F(TermsForTransitions, ConstraintsAreRefusedWhereTheyCannotBeFitted) {
  read("  terms: [sex]\n  region: pooled\n  constraints: {sex: [[\"a -> b\", \"b -> a\"]]}\n");
  EXPECT_THAT(messages_, HasSubstr("constraints and regions that borrow are not fitted together"));
}

}  // namespace
}  // namespace utvei
