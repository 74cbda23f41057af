// SPDX-License-Identifier: Apache-2.0
// Scottish lip cancer (Clayton & Kaldor 1987): reference values of lme4, glmmTMB and published ones.
#include "support/csv.hpp"
#include "support/oracle.hpp"

#include <utvei/estimation/empirical_bayes.hpp>
#include <utvei/estimation/poisson_regression.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::number;

struct LipCancer {
  PoissonCells cells;
  RegionEffects effects;
  double scaling{0};
  std::vector<double> factorials_and_exposure;  ///< what a count's log-likelihood has beside that of the life courses
};

LipCancer read_lip_cancer(std::filesystem::path const& data) {
  LipCancer lip;
  lip.cells.terms = 2;
  auto const rows = support::read_csv(data / "data.csv");
  lip.cells.regions = rows.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    lip.cells.add_row(number(rows[i], "observed"), number(rows[i], "expected"),
                      {{0, 1}, {1, number(rows[i], "aff_percent") / 10}}, static_cast<std::uint32_t>(i));
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (auto const& row : support::read_csv(data / "edges.csv")) {
    edges.emplace_back(static_cast<std::uint32_t>(number(row, "node1") - 1),
                       static_cast<std::uint32_t>(number(row, "node2") - 1));
  }
  auto graph = scaled_graph(rows.size(), edges);
  lip.scaling = graph.scaling.at(0);
  lip.effects.neighbours = std::move(graph.covariance);
  return lip;
}

/// Log-likelihood of the counts.
double of_counts(double log_likelihood, PoissonCells const& cells) {
  for (std::size_t i = 0; i < cells.rows(); ++i) {
    log_likelihood += cells.events[i] * std::log(cells.exposure[i]) - std::lgamma(cells.events[i] + 1);
  }
  return log_likelihood;
}

TEST(LipCancer, GammaPoissonMaximumLikelihood) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/lipcancer");
  auto const lip = read_lip_cancer(data);
  auto const fit = fit_gamma_poisson(lip.cells.events, lip.cells.exposure);
  EXPECT_NEAR(fit.shape, 1.879486, 1e-4 * 1.88);  // Clayton & Kaldor: 1.88
  EXPECT_NEAR(fit.rate, 1.321664, 1e-4 * 1.32);   // 1.32
  EXPECT_NEAR(fit.log_likelihood, -181.576074140556, 1e-6);
  auto const marshall = fit_marshall(lip.cells.events, lip.cells.exposure);
  EXPECT_NEAR(marshall.variance, 0.8027000986943, 1e-10);
  auto const reference = support::read_csv(data / "ref_relative_risks.csv");
  ASSERT_EQ(reference.size(), 56U);
  for (std::size_t i = 0; i < reference.size(); ++i) {
    EXPECT_NEAR(fit.ratio[i], number(reference[i], "EB_gamma"), 1e-4);
    EXPECT_NEAR(marshall.ratio[i], number(reference[i], "EB_marshall"), 1e-10);
  }
}

TEST(LipCancer, PoissonRegression) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/lipcancer");
  auto const lip = read_lip_cancer(data);
  auto const fit = fit_poisson(lip.cells);
  EXPECT_NEAR(fit.coefficients[0], -0.542268156962601, 1e-9);
  EXPECT_NEAR(fit.coefficients[1], 0.73732190891393, 1e-9);
  EXPECT_NEAR(std::sqrt(fit.covariance(0, 0)), 0.0695245466557957, 1e-8);
  EXPECT_NEAR(fit.deviance, 238.620779563924, 1e-8);
  EXPECT_NEAR(of_counts(fit.log_likelihood, lip.cells), -223.298375370183, 1e-8);
}

TEST(LipCancer, PooledDistricts) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/lipcancer");
  auto const lip = read_lip_cancer(data);
  auto const fit = fit_mixed_poisson(lip.cells, lip.effects, {});
  EXPECT_TRUE(fit.fixed.converged);
  EXPECT_NEAR(fit.sd[0], 0.586831, 1e-4);
  EXPECT_NEAR(of_counts(fit.fixed.log_likelihood, lip.cells), -171.767920, 1e-4);
  EXPECT_NEAR(fit.fixed.coefficients[0], -0.490028, 1e-4);
  EXPECT_NEAR(fit.fixed.coefficients[1], 0.683055, 1e-4);
  EXPECT_NEAR(std::sqrt(fit.fixed.covariance(0, 0)), 0.156522703939235, 0.01 * 0.157);
  EXPECT_NEAR(std::sqrt(fit.fixed.covariance(1, 1)), 0.139653847573397, 0.01 * 0.14);
  EXPECT_NEAR(fit.sd_se[0], fit.sd[0] * 0.140169277138, 0.01 * 0.0823);
  auto const reference = support::read_csv(data / "ref_relative_risks.csv");
  for (std::size_t i = 0; i < reference.size(); ++i) {
    EXPECT_NEAR(fit.effect[i], number(reference[i], "glmer_u"), 1e-4);
    EXPECT_NEAR(fit.effect_se[i], number(reference[i], "glmer_condsd"), 1e-4);
  }
}

TEST(LipCancer, NeighbouringDistricts) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/lipcancer");
  auto lip = read_lip_cancer(data);
  EXPECT_NEAR(lip.scaling, 0.4853177363694, 1e-6 * 0.485);
  lip.effects.kind = RegionEffects::Kind::icar;
  auto const icar = fit_mixed_poisson(lip.cells, lip.effects, {});
  // The reference has the unscaled generalised inverse.
  EXPECT_NEAR(icar.sd[0] / std::sqrt(lip.scaling), 0.72068, 1e-3);
  EXPECT_NEAR(of_counts(icar.fixed.log_likelihood, lip.cells), -157.50815, 1e-3);
  lip.effects.kind = RegionEffects::Kind::bym2;
  auto const bym2 = fit_mixed_poisson(lip.cells, lip.effects, {});
  EXPECT_NEAR(bym2.sd[0], 0.5020435, 1e-3);
  EXPECT_GT(bym2.mixing, 0.999);
  EXPECT_NEAR(of_counts(bym2.fixed.log_likelihood, lip.cells), -157.5083, 1e-3);
}

}  // namespace
}  // namespace utvei
