// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/random.hpp>
#include <utvei/follow/bands.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace utvei {
namespace {

double normal(std::uint32_t seed, std::uint64_t number, std::uint32_t purpose) {
  return standard_normal(RandomKey{seed, purpose, 0}, PersonKey{number}, stream_of("band"), 0);
}

TEST(PredictionBands, LieBetweenOrderStatisticsThatHoldTheNextRun) {
  PlanRuns runs{{}, 1, 39};
  for (int i = 39; i >= 1; --i) runs.values.push_back(i);
  PredictionBand const band = prediction_band(runs, 1);
  EXPECT_DOUBLE_EQ(band.mean, 20);
  EXPECT_DOUBLE_EQ(band.within[band_of_50]->first, 10);
  EXPECT_DOUBLE_EQ(band.within[band_of_80]->second, 36);
  EXPECT_DOUBLE_EQ(band.within[band_of_95]->first, 1);
  EXPECT_DOUBLE_EQ(band.within[band_of_95]->second, 39);
}

TEST(PredictionBands, AreNotToldByTooFewRuns) {
  EXPECT_EQ(runs_for(0.5), 3U);
  EXPECT_EQ(runs_for(0.8), 9U);
  EXPECT_EQ(runs_for(0.95), 39U);
  PlanRuns runs{std::vector<double>(38, 1.0), 1, 38};
  EXPECT_TRUE(prediction_band(runs, 1).within[band_of_80]);
  EXPECT_FALSE(prediction_band(runs, 1).within[band_of_95]);
  runs.values.resize(8);
  runs.replicates = 8;
  EXPECT_FALSE(prediction_band(runs, 1).within[band_of_80]);
  EXPECT_FALSE(prediction_band(PlanRuns{{3.0}, 1, 1}, 1).within[band_of_50]);
}

TEST(PredictionBands, CountDrawsWhereReplicatesShareParameters) {
  PlanRuns const many{std::vector<double>(400, 1.0), 4, 100};
  EXPECT_EQ(independent_runs(many, 1), 4U);
  EXPECT_FALSE(prediction_band(many, 1).within[band_of_80]) << "400 runs of 4 draws";
  // Without luck 100 replicates of a draw are one number: the band is that of the draws.
  PlanRuns alike{{}, 9, 100};
  PlanRuns single{{}, 9, 1};
  for (int d = 0; d < 9; ++d) {
    single.values.push_back(d);
    alike.values.insert(alike.values.end(), 100, d);
  }
  EXPECT_EQ(prediction_band(alike, 1).within[band_of_80], prediction_band(single, 1).within[band_of_80]);
}

TEST(PredictionBands, KnowNoLuckOfOneRunOfPeopleWhoStandForOthers) {
  PlanRuns const runs{std::vector<double>(50, 1.0), 50, 1};
  EXPECT_EQ(independent_runs(runs, 10), 0U);
  EXPECT_FALSE(prediction_band(runs, 10).within[band_of_50]);
}

struct Shape {
  std::size_t draws, replicates;
  double weight, parameters, luck;  ///< standard deviations; luck as it is in the runs
};

/// How often a band of 80 % holds one more number: parameters as uncertain, luck that of weight times as many people.
double coverage(Shape const& shape, std::uint32_t seed) {
  constexpr std::uint64_t truths = 4000;
  std::uint64_t held = 0;
  for (std::uint64_t t = 0; t < truths; ++t) {
    PlanRuns runs{{}, shape.draws, shape.replicates};
    for (std::size_t d = 0; d < shape.draws; ++d)
      for (std::size_t r = 0; r < shape.replicates; ++r)
        runs.values.push_back(shape.parameters * normal(seed, t * 1000 + d, 1) +
                              shape.luck * normal(seed, t * 100'000 + d * 1000 + r, 2));
    double const truth =
        shape.parameters * normal(seed, t, 3) + shape.luck / std::sqrt(shape.weight) * normal(seed, t, 4);
    auto const ends = *prediction_band(runs, shape.weight).within[band_of_80];
    held += truth >= ends.first && truth <= ends.second ? 1U : 0U;
  }
  return static_cast<double>(held) / static_cast<double>(truths);
}

TEST(PredictionBands, HoldOneMoreNumberAsOftenAsTheySay) {
  constexpr double error = 0.025;  // four standard errors
  EXPECT_NEAR(coverage({1, 40, 1, 0, 1}, 1), 0.8, error) << "luck alone";
  EXPECT_NEAR(coverage({40, 1, 1, 1, 1}, 2), 0.8, error) << "a replicate a draw";
  EXPECT_NEAR(coverage({40, 10, 1, 1, 0.1}, 3), 0.8, error) << "parameters above all";
  EXPECT_NEAR(coverage({1, 40, 10, 0, 1}, 4), 0.8, error) << "one stands for ten";
  EXPECT_NEAR(coverage({40, 4, 10, 1, 1}, 5), 0.8, error) << "one stands for ten, parameters too";
  // Where luck prevails, draws count for less than there are runs: the band is wider than it need be, never too narrow.
  double const careful = coverage({9, 40, 1, 0.1, 1}, 6);
  EXPECT_GT(careful, 0.8 - error);
}

}  // namespace
}  // namespace utvei
