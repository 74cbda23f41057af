// SPDX-License-Identifier: Apache-2.0
// Regressions of school-to-work intensities (McVicar & Anyadike-Danes 2002) against R's glm, lme4 and glmmTMB.
#include "support/csv.hpp"
#include "support/oracle.hpp"

#include <utvei/estimation/empirical_bayes.hpp>
#include <utvei/estimation/poisson_regression.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::number;

constexpr std::array regions{"Belfast", "N.Eastern", "Southern", "S.Eastern", "Western"};
constexpr std::array cuts{0.0, 3.0, 6.0, 12.0, 24.0, 1e9};

struct Piece {
  double events, months;
  std::size_t region, band;
  support::CsvRow const* person;
};

struct Mvad {
  std::map<std::string, support::CsvRow> persons;
  std::vector<support::CsvRow> spells;
  std::map<std::string, std::map<std::string, std::pair<double, double>>> coefficients;  ///< by model, then term
};

Mvad read_mvad(std::filesystem::path const& data, std::string const& transition) {
  Mvad mvad;
  for (auto& row : support::read_csv(data / "data.csv")) mvad.persons[row.at("id")] = row;
  mvad.spells = support::read_csv(data / "spells.csv");
  for (auto const& row : support::read_csv(data / "ref_regression_coefficients.csv")) {
    if (row.at("transition") == transition) {
      mvad.coefficients[row.at("model")][row.at("term")] = {number(row, "estimate"), number(row, "se")};
    }
  }
  return mvad;
}

/// Spells of the state left, split at the bounds of the duration bands.
std::vector<Piece> pieces_of(Mvad const& mvad, std::string const& transition) {
  auto const arrow = transition.find("->");
  std::vector<Piece> pieces;
  for (auto const& spell : mvad.spells) {
    if (spell.at("state") != transition.substr(0, arrow)) continue;
    auto const& person = mvad.persons.at(spell.at("id"));
    double const months = number(spell, "end") - number(spell, "start");
    auto const region =
        static_cast<std::size_t>(std::find(regions.begin(), regions.end(), person.at("region")) - regions.begin());
    for (std::size_t band = 0; band + 1 < cuts.size() && cuts[band] < months; ++band) {
      bool const last = months <= cuts[band + 1];
      pieces.push_back({last && spell.at("next_state") == transition.substr(arrow + 2) ? 1.0 : 0.0,
                        std::min(months, cuts[band + 1]) - cuts[band], region, band, &person});
    }
  }
  return pieces;
}

enum class Levels { none, region, band };

PoissonCells cells_of(std::vector<Piece> const& pieces, std::vector<std::string> const& terms, Levels levels) {
  PoissonCells cells;
  std::uint32_t const after = levels == Levels::none ? 1 : 5;
  cells.terms = after + terms.size();
  cells.regions = regions.size();
  for (auto const& piece : pieces) {
    std::vector<std::pair<std::uint32_t, double>> entries{{0, 1}};
    std::size_t const level = levels == Levels::none ? 0 : levels == Levels::region ? piece.region : piece.band;
    if (level > 0) entries.emplace_back(static_cast<std::uint32_t>(level), 1);
    for (std::uint32_t t = 0; t < terms.size(); ++t) entries.emplace_back(after + t, number(*piece.person, terms[t]));
    cells.add_row(piece.events, piece.months, entries, static_cast<std::uint32_t>(piece.region));
  }
  return cells;
}

std::vector<std::string> const person_terms{"male", "catholic", "Grammar", "funemp", "gcse5eq", "livboth"};
std::vector<std::string> const transitions{"joblessness->employment", "employment->joblessness",
                                           "training->employment",    "school->HE",
                                           "FE->employment",          "school->joblessness"};

std::vector<std::string> term_names(Levels levels, std::vector<std::string> const& terms) {
  std::vector<std::string> names{"(Intercept)"};
  for (std::size_t level = 1; levels != Levels::none && level < 5; ++level) {
    names.push_back(levels == Levels::region ? std::string{"region"} + regions[level]
                                             : "dband" + std::to_string(level + 1));
  }
  names.insert(names.end(), terms.begin(), terms.end());
  return names;
}

/// A coefficient that the reference itself sends to infinity (its standard error is beyond 50) must be named. What
/// keeps it finite moves the others by a small part of their standard errors.
void expect_coefficients(PoissonFit const& fit, std::vector<std::string> const& names,
                         std::map<std::string, std::pair<double, double>> const& reference, double tolerance) {
  bool const regular = fit.irregular.separated.empty();
  ASSERT_EQ(names.size(), reference.size());
  for (std::size_t k = 0; k < names.size(); ++k) {
    auto const& [estimate, se] = reference.at(names[k]);
    if (se > 50) {
      EXPECT_TRUE(std::binary_search(fit.irregular.separated.begin(), fit.irregular.separated.end(), k)) << names[k];
      continue;
    }
    EXPECT_NEAR(fit.coefficients[k], estimate, regular ? tolerance : 0.25 * se) << names[k];
    EXPECT_NEAR(std::sqrt(fit.covariance(k, k)), se, (regular ? 0.01 : 0.06) * se) << names[k];
  }
}

TEST(MvadRegression, LogLinearModels) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  for (auto const& transition : transitions) {
    SCOPED_TRACE(transition);
    auto const mvad = read_mvad(data, transition);
    auto const pieces = pieces_of(mvad, transition);
    for (auto const& [model, levels] :
         {std::pair{"glm_region", Levels::region}, std::pair{"glm_duration", Levels::band}}) {
      SCOPED_TRACE(model);
      auto const fit = fit_poisson(cells_of(pieces, person_terms, levels));
      EXPECT_TRUE(fit.converged);
      expect_coefficients(fit, term_names(levels, person_terms), mvad.coefficients.at(model), 1e-6);
    }
  }
}

TEST(MvadRegression, DurationBandsHaveTheLogLikelihoodOfTheSpells) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  auto const mvad = read_mvad(data, "joblessness->employment");
  auto const fit = fit_poisson(cells_of(pieces_of(mvad, "joblessness->employment"), person_terms, Levels::band));
  EXPECT_NEAR(fit.log_likelihood, -728.701879496663, 1e-6);
  EXPECT_NEAR(fit.deviance, 755.713956208635, 1e-6);
}

struct Reference {
  std::string transition;
  double log_likelihood;  ///< of the rows as counts
  double sd;
  double sd_tolerance;
};

TEST(MvadRegression, PooledRegions) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  // glmmTMB, ref_models.json; school -> HE is a flat optimum.
  std::vector<Reference> const references{{"joblessness->employment", -586.497945208348, 0.2703952, 1e-3},
                                          {"employment->joblessness", -658.191750389959, 0.3171849, 1e-3},
                                          {"training->employment", -527.802103908833, 0, 1e-3},
                                          {"school->HE", -270.936896084576, 0.0649014, 2e-3},
                                          {"FE->employment", -645.550275572975, 0, 1e-3},
                                          {"school->joblessness", -105.351937113332, 0, 1e-3}};
  for (auto const& reference : references) {
    SCOPED_TRACE(reference.transition);
    auto const mvad = read_mvad(data, reference.transition);
    auto const cells = cells_of(pieces_of(mvad, reference.transition), {"male", "gcse5eq"}, Levels::none);
    auto const fit = fit_mixed_poisson(cells, {}, {});
    EXPECT_TRUE(fit.fixed.converged);
    EXPECT_EQ(fit.at_zero, reference.sd == 0);
    EXPECT_NEAR(fit.sd[0], reference.sd, reference.sd_tolerance);
    double of_counts = fit.fixed.log_likelihood;
    for (std::size_t i = 0; i < cells.rows(); ++i) of_counts += cells.events[i] * std::log(cells.exposure[i]);
    EXPECT_NEAR(of_counts, reference.log_likelihood, 1e-3);
    expect_coefficients(fit.fixed, term_names(Levels::none, {"male", "gcse5eq"}),
                        mvad.coefficients.at("glmer_region_Laplace"), 1e-3);
    for (auto const& row : support::read_csv(data / "ref_region_random_effects.csv")) {
      if (row.at("transition") != reference.transition || reference.transition == "school->HE") continue;
      auto const r =
          static_cast<std::size_t>(std::find(regions.begin(), regions.end(), row.at("region")) - regions.begin());
      EXPECT_NEAR(fit.effect[r], number(row, "ranef"), 1e-3);
      EXPECT_NEAR(fit.effect_se[r], number(row, "condsd"), 1e-3);
    }
  }
}

TEST(MvadRegression, WeakPriorMovesTheSdALittle) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  auto const mvad = read_mvad(data, "joblessness->employment");
  auto const cells = cells_of(pieces_of(mvad, "joblessness->employment"), {"male", "gcse5eq"}, Levels::none);
  double const without = fit_mixed_poisson(cells, {}, {}).sd[0];
  double const with = fit_mixed_poisson(cells, {}, {SdPrior::Kind::half_normal, 1, 0}).sd[0];
  EXPECT_LT(with, without - 0.002);
  EXPECT_GT(with, without - 0.005);
  EXPECT_LT(fit_mixed_poisson(cells, {}, {SdPrior::Kind::pc, 1, 0.01}).sd[0], without);
}

TEST(MvadRegression, RegionByTransition) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  auto const rows = support::read_csv(data / "ref_shrunk_rates_region_x_transition.csv");
  ASSERT_EQ(rows.size(), 115U);
  std::map<std::string, std::uint32_t> column;
  for (auto const& row : rows) {
    column.emplace(row.at("from") + row.at("to"), static_cast<std::uint32_t>(column.size()));
  }
  PoissonCells cells;
  cells.terms = column.size();
  cells.regions = rows.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<std::pair<std::uint32_t, double>> entries{{0, 1}};
    auto const own = column.at(rows[i].at("from") + rows[i].at("to"));
    if (own > 0) entries.emplace_back(own, 1);
    cells.add_row(number(rows[i], "events"), number(rows[i], "person_months"), entries, static_cast<std::uint32_t>(i));
  }
  auto const fit = fit_mixed_poisson(cells, {}, {});
  EXPECT_TRUE(fit.fixed.converged);
  EXPECT_NEAR(fit.sd[0], 0.2407202660607, 1e-3);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto const own = column.at(rows[i].at("from") + rows[i].at("to"));
    double const log_rate = fit.fixed.coefficients[0] + (own > 0 ? fit.fixed.coefficients[own] : 0) + fit.effect[i];
    EXPECT_NEAR(std::exp(log_rate), number(rows[i], "shrunk_rate"), 1e-3 * number(rows[i], "shrunk_rate"));
  }
}

}  // namespace
}  // namespace utvei
