// SPDX-License-Identifier: Apache-2.0
#include "mvad_study.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TransitionId transition_of(support::CsvRow const& row, Model const& model) {
  return model.transition(model.state(row.at("from")).value(), model.state(row.at("to")).value()).value();
}

/// Events and person-months as whole numbers; rate and standard error per month.
void expect_reference(MvadFit const& mvad, std::size_t cell, support::CsvRow const& row) {
  Model const& model = mvad.study.model;
  TransitionId const transition = transition_of(row, model);
  auto const minutes = mvad.exposure.minutes[model.transitions[transition].from][cell];
  EXPECT_EQ(mvad.exposure.events[transition][cell], std::stoll(row.at("events")));
  ASSERT_EQ(minutes, std::stoll(row.at("person_months")) * minutes_per_month);
  if (minutes == 0) {
    return;
  }
  auto const& rate = mvad.fit.cells.at(transition.value() * mvad.exposure.cells + cell);
  ASSERT_EQ(rate.transition, transition);
  EXPECT_EQ(rate.source, RateSource::raw);
  EXPECT_NEAR(rate.rate / 12, support::number(row, "rate"), 1e-14);
  EXPECT_NEAR(rate.se / 12, support::number(row, "se"), 1e-14);
}

TEST(Mvad, OccurrenceAndExposureOfAllTogether) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  auto const mvad = fit_mvad(write_mvad_study(folder, data, ""));
  EXPECT_EQ(mvad.exposure.cells, 1U);
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_occurrence_exposure.csv")) {
    if (row.at("region") == "ALL" && row.at("weighting") == "none") {
      expect_reference(mvad, 0, row);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 30);
}

TEST(Mvad, OccurrenceAndExposureByRegion) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  auto const mvad = fit_mvad(write_mvad_study(folder, data, "estimate: {region: fixed}\n"));
  auto const& labels = mvad.exposure.axes.at(0).labels;
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_occurrence_exposure.csv")) {
    if (row.at("region") != "ALL" && row.at("weighting") == "none") {
      auto const found = std::find(labels.begin(), labels.end(), row.at("region"));
      ASSERT_NE(found, labels.end());
      expect_reference(mvad, static_cast<std::size_t>(found - labels.begin()), row);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 150);
}

TEST(Mvad, OccurrenceAndExposureByYear) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  auto const mvad = fit_mvad(write_mvad_study(folder, data, "estimate:\n  bands: {period: [0, 12, 24, 36, 48, 60]}\n"));
  EXPECT_EQ(mvad.exposure.cells, 6U);
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_occurrence_exposure_by_year.csv")) {
    expect_reference(mvad, static_cast<std::size_t>(std::stoul(row.at("band")) - 1), row);
    ++compared;
  }
  EXPECT_EQ(compared, 180);
}

TEST(Mvad, OccurrenceAndExposureByTimeInState) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  auto const mvad = fit_mvad(write_mvad_study(
      folder, data, "estimate:\n  bands: {time_in_state: [0 days, 3 months, 6 months, 1 year, 2 years]}\n"));
  Model const& model = mvad.study.model;
  int compared = 0;
  for (auto const& row : support::read_csv(data / "ref_duration_bands.csv")) {
    auto const transition = model.transition(row.at("transition")).value();
    auto const band = static_cast<std::size_t>(std::stoul(row.at("dband")) - 1);
    EXPECT_EQ(mvad.exposure.events[transition][band], std::stoll(row.at("events")));
    EXPECT_EQ(mvad.exposure.minutes[model.transitions[transition].from][band],
              std::stoll(row.at("person_months")) * minutes_per_month);
    ++compared;
  }
  EXPECT_EQ(compared, 30);
}

TEST(Mvad, AnyNumberOfThreadsCountsTheSame) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  support::TempFolder const folder;
  auto const mvad =
      fit_mvad(write_mvad_study(folder, data, "estimate:\n  bands: {period: [0, 12, 24]}\n  region: fixed\n"));
  for (std::size_t const threads : {1U, 2U, 3U, 7U}) {
    auto const again = tabulate(mvad.lives, mvad.study.model, mvad.exposure.axes, threads);
    EXPECT_EQ(again.events.values(), mvad.exposure.events.values());
    EXPECT_EQ(again.minutes.values(), mvad.exposure.minutes.values());
  }
}

}  // namespace
}  // namespace utvei
