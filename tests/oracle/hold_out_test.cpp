// SPDX-License-Identifier: Apache-2.0
// Regions predicted from an earlier time: areas of Northern Ireland (months 0-36, scored on 36-72) and counties of
// North Carolina (1974-78, scored on 1979-84).
#include "mvad_study.hpp"

#include <utvei/estimation/hold_out.hpp>
#include <utvei/estimation/poisson_regression.hpp>
#include <utvei/register/exposure_file.hpp>

#include <cmath>
#include <map>
#include <numeric>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// Counts of mvad in a window of months.
Exposure mvad_in(std::filesystem::path const& data, std::string_view window) {
  support::TempFolder const folder;
  auto const path = write_mvad_study(folder, data, "estimate: {region: fixed}\n");
  auto text = support::read_file(path);
  std::string const whole = "{from: 0, to: 72}";
  text.replace(text.find(whole), whole.size(), window);
  return fit_mvad(folder.write("study.yaml", text)).exposure;
}

struct MvadHalves {
  support::TempFolder folder;
  Study study;
  Exposure early, late;
  explicit MvadHalves(std::filesystem::path const& data)
      : early{mvad_in(data, "{from: 0, to: 36}")}, late{mvad_in(data, "{from: 36, to: 72}")} {
    Diagnostics diagnostics;
    study = read_study(write_mvad_study(folder, data, ""), {}, {}, diagnostics);
    throw_if_errors(diagnostics);
  }
  [[nodiscard]] HoldOut score(RegionEffect region) const {
    EstimateOptions options;
    options.region = region;
    options.method = is_random(region) ? Method::poisson : Method::raw;
    auto const fitted = fit(early, study.model, options);
    return score_hold_out(early, late, fitted, study.model, options).value();
  }
};

TEST(HoldOutOfMvad, RawAndPooledAreThoseOfTheReference) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  MvadHalves const mvad{data};
  for (auto const region : {RegionEffect::fixed, RegionEffect::pooled}) {
    auto const score = mvad.score(region);
    EXPECT_EQ(score.transitions.size(), 21U);
    EXPECT_EQ(score.total.cells, 105U);
    EXPECT_NEAR(score.total.raw, 113.232179287305, 0.05);
    EXPECT_NEAR(score.total.pooled, 99.324378430541, 0.05);
    EXPECT_LT(score.total.shrunk, score.total.pooled);
  }
}

/// The reference shrinks all transitions with one standard deviation.
TEST(HoldOutOfMvad, ShrunkWithOneStandardDeviationOfAllTransitions) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  MvadHalves const mvad{data};
  auto const kept = mvad.score(RegionEffect::fixed).transitions;
  PoissonCells cells;
  cells.terms = kept.size();
  cells.regions = kept.size() * 5;
  for (std::uint32_t t = 0; t < kept.size(); ++t) {
    TransitionId const transition = kept[t].transition;
    auto const& minutes = mvad.early.minutes[mvad.study.model.transitions[transition].from];
    for (std::uint32_t r = 0; r < 5; ++r) {
      cells.add_row(static_cast<double>(mvad.early.events[transition][r]), in_years(Duration{minutes[r]}), {{t, 1}},
                    t * 5 + r);
    }
  }
  auto const fit = fit_mixed_poisson(cells, {}, {});
  EXPECT_TRUE(fit.fixed.converged);
  double deviance = 0;
  for (std::size_t t = 0; t < kept.size(); ++t) {
    TransitionId const transition = kept[t].transition;
    auto const& minutes = mvad.late.minutes[mvad.study.model.transitions[transition].from];
    std::vector<double> events;
    std::vector<double> expected;
    for (std::size_t r = 0; r < 5; ++r) {
      events.push_back(static_cast<double>(mvad.late.events[transition][r]));
      expected.push_back(in_years(Duration{minutes[r]}) * std::exp(fit.fixed.coefficients[t] + fit.effect[t * 5 + r]));
    }
    deviance += scaled_deviance(events, expected);
  }
  EXPECT_NEAR(deviance, 80.7723200423478, 0.05);
}

/// Births as person-years, written as `estimate --exposure` writes counts.
TEST(HoldOutOfSuddenInfantDeaths, PooledAndShrunkAreThoseOfTheReference) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/ncsids");
  support::TempFolder const folder;
  std::string regions = "region;parent;level;name_nb\n";
  std::string early = "from,to,region,events,person_years\n";
  std::string late = early;
  for (auto const& row : support::read_csv(data / "data.csv")) {
    regions += row.at("county") + ";;county;" + row.at("county") + "\n";
    early += "born,dead," + row.at("county") + "," + row.at("sids74") + "," + row.at("births74") + "\n";
    late += "born,dead," + row.at("county") + "," + row.at("sids79") + "," + row.at("births79") + "\n";
  }
  folder.write("regions.csv", regions);
  folder.write("early.csv", early);
  folder.write("late.csv", late);
  folder.write("model.yaml",
               "utvei: model/1\nname: sids\nregions: regions.csv\nstates: {born: {}, dead: {absorbing: true}}\n"
               "transitions:\n  - {from: born, to: dead}\n");
  auto const path = folder.write("study.yaml",
                                 "utvei: study/1\nname: sids\nmodel: model.yaml\ndata_class: open\n"
                                 "exposure: {file: early.csv, holdout: late.csv}\n"
                                 "estimate: {region: pooled, sd_prior: none}\n");
  Diagnostics diagnostics;
  auto const study = read_study(path, {}, {}, diagnostics);
  auto options = read_estimate_options(study, diagnostics);
  auto const given = read_exposure(
      study, [&](auto const& found) { return cell_axes(options, found, study.model); }, diagnostics);
  ASSERT_FALSE(diagnostics.has_errors()) << render(diagnostics);
  auto const score = [&] {
    return score_hold_out(given.exposure, given.holdout, fit(given.exposure, study.model, options), study.model,
                          options)
        .value()
        .total;
  };
  auto const by_model = score();
  EXPECT_EQ(by_model.cells, 100U);
  EXPECT_NEAR(by_model.pooled, 167.854, 0.05);
  EXPECT_NEAR(by_model.shrunk, 172.732, 0.05);
  options.region = RegionEffect::fixed;
  options.method = Method::raw;
  EXPECT_NEAR(score().shrunk, 170.561, 0.05);
  // The reference lets a rate of 0 predict 1e-12 a birth, so its raw score is 954; the order of the three is the same.
  EXPECT_GT(score().raw, 2 * by_model.shrunk);
}

}  // namespace
}  // namespace utvei
