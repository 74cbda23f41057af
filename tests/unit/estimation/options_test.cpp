// SPDX-License-Identifier: Apache-2.0
#include "unit/register/small_study.hpp"

#include <utvei/estimation/fit.hpp>

#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;

struct Read {
  EstimateOptions options;
  std::string messages;
};

Read read(std::string_view study, std::string_view estimate) {
  SmallStudy small{std::string{study} + std::string{estimate}};
  Read result;
  result.options = read_estimate_options(small.read_the_study(), small.diagnostics);
  result.messages = render(small.diagnostics);
  return result;
}

TEST(EstimateOptions, BandsMakeCellsWithoutTerms) {
  auto const [options, messages] =
      read(study_with_persons,
           "estimate: {bands: {age: [16, 20.5], time_in_state: [0 days, 90 days, 1 year], period: [2015, 2018]}}\n");
  EXPECT_EQ(messages, "");
  EXPECT_EQ(options.age.starts, (std::vector<std::int64_t>{16 * minutes_per_year, 41 * minutes_per_year / 2}));
  EXPECT_EQ(options.time_in_state.label(1), "[90 days,1 year)");
  EXPECT_EQ(options.period.starts.front(), day(1).minutes);
  EXPECT_EQ(options.region, RegionEffect::none);
  EXPECT_EQ(options.empty_cells, EmptyCells::pooled);
}

TEST(EstimateOptions, TermsPickAmongBandsAndTraits) {
  auto const [options, messages] =
      read(study_with_persons,
           "estimate: {bands: {age: [16, 20], period: [2015, 2018]}, terms: [sex, period], region: fixed}\n");
  EXPECT_EQ(messages, "");
  EXPECT_TRUE(options.age.empty());
  EXPECT_EQ(options.period.size(), 2U);
  EXPECT_EQ(options.traits, std::vector{TraitId{0}});
  EXPECT_EQ(options.region, RegionEffect::fixed);
}

TEST(EstimateOptions, StudiesWithoutThemGiveOneRate) {
  auto const [options, messages] = read(plain_study, "");
  EXPECT_EQ(messages, "");
  EXPECT_TRUE(options.age.empty() && options.period.empty() && options.time_in_state.empty());
}

TEST(EstimateOptions, LaterPartsAreRefused) {
  EXPECT_THAT(read(study_with_persons, "estimate: {cuts: x}\n").messages, HasSubstr("`cuts` is of a panel"));
}

TEST(EstimateOptions, TermsAndPoolingAskForAModel) {
  EXPECT_EQ(read(study_with_persons, "estimate: {region: fixed}\n").options.method, Method::raw);
  EXPECT_EQ(read(study_with_persons, "estimate: {terms: [sex]}\n").options.method, Method::poisson);
  EXPECT_EQ(read(study_with_persons, "estimate: {terms: [sex], method: raw}\n").options.method, Method::raw);
  EXPECT_EQ(read(study_with_persons, "estimate: {region: fixed, method: poisson}\n").options.method, Method::poisson);
  auto const pooled = read(study_with_persons, "estimate: {region: pooled}\n").options;
  EXPECT_EQ(pooled.method, Method::poisson);
  EXPECT_EQ(pooled.sd_prior.kind, SdPrior::Kind::half_normal);
  EXPECT_EQ(pooled.sd_prior.scale, 1);
  EXPECT_THAT(read(study_with_persons, "estimate: {region: nested, method: raw}\n").messages,
              HasSubstr("raw rates borrow nothing between regions"));
}

TEST(EstimateOptions, NeighboursOfSpatialRegions) {
  auto const with_edges = [](std::string_view edges) {
    SmallStudy small{std::string{study_with_persons} + "estimate: {region: spatial, edges: edges.csv}\n"};
    small.folder.write("edges.csv", edges);
    Read result;
    result.options = read_estimate_options(small.read_the_study(), small.diagnostics);
    result.messages = render(small.diagnostics);
    return result;
  };
  auto const good = with_edges("region;neighbour\n4204;4203\n");
  EXPECT_EQ(good.messages, "");
  EXPECT_EQ(good.options.neighbours.size(), 1U);
  EXPECT_EQ(good.options.method, Method::poisson);
  EXPECT_THAT(with_edges("region;neighbour\n4204;4205\n").messages, HasSubstr("`4205` is no region of the model"));
  EXPECT_THAT(with_edges("region;neighbour\n4204;4204\n").messages, HasSubstr("`4204` is beside itself"));
  EXPECT_THAT(with_edges("region;beside\n").messages, HasSubstr("neighbour"));
  EXPECT_THAT(read(study_with_persons, "estimate: {region: spatial}\n").messages,
              HasSubstr("the study does not say which regions are neighbours"));
  EXPECT_THAT(read(study_with_persons, "estimate: {region: pooled, edges: e.csv}\n").messages,
              HasSubstr("there is nothing that uses neighbours"));
}

TEST(EstimateOptions, PriorsOfStandardDeviations) {
  auto const prior = [](std::string const& text) {
    return read(study_with_persons, "estimate: {region: pooled, sd_prior: '" + text + "'}\n");
  };
  EXPECT_EQ(prior("none").options.sd_prior.kind, SdPrior::Kind::none);
  EXPECT_EQ(prior("half_normal(0.5)").options.sd_prior.scale, 0.5);
  auto const pc = prior("pc(1, 0.01)").options.sd_prior;
  EXPECT_EQ(pc.kind, SdPrior::Kind::pc);
  EXPECT_EQ(pc.scale, 1);
  EXPECT_EQ(pc.probability, 0.01);
  for (std::string const wrong :
       {"half_normal", "half_normal(0)", "half_normal(x)", "pc(1)", "pc(1,2)", "pc(1,)", "hn(1)"})
    EXPECT_THAT(prior(wrong).messages, HasSubstr("`" + wrong + "` is no prior of a standard deviation"));
  EXPECT_THAT(read(study_with_persons, "estimate: {region: fixed, sd_prior: none}\n").messages,
              HasSubstr("there is no standard deviation to have a prior"));
}

TEST(EstimateOptions, MistakesAreExplained) {
  EXPECT_THAT(read(plain_study, "estimate: {bands: {age: [16]}}\n").messages, HasSubstr("there is no age clock"));
  EXPECT_THAT(read(plain_study, "estimate: {region: fixed}\n").messages,
              HasSubstr("the study names no column with the region"));
  EXPECT_THAT(read(plain_study, "estimate: {terms: [sex]}\n").messages,
              HasSubstr("the study has no column for trait `sex`"));
  EXPECT_THAT(read(study_with_persons, "estimate: {terms: [age]}\n").messages, HasSubstr("term `age` has no bands"));
  EXPECT_THAT(read(study_with_persons, "estimate: {terms: [sez]}\n").messages, HasSubstr("did you mean `sex`?"));
  EXPECT_THAT(read(study_with_persons, "estimate: {bands: {age: [20, 16]}}\n").messages,
              HasSubstr("the bands of `age` do not rise"));
  EXPECT_THAT(read(study_with_persons, "estimate: {bands: {period: [soon]}}\n").messages,
              HasSubstr("`soon` is not a point in time"));
  EXPECT_THAT(read(study_with_persons, "estimate: {bands: {aeg: [1]}}\n").messages, HasSubstr("did you mean `age`?"));
  EXPECT_THAT(read(study_with_persons, "estimate: {method: magic}\n").messages, HasSubstr("method"));
}

TEST(EstimateOptions, PeriodsNeedACalendar) {
  constexpr std::string_view numbers =
      "utvei: study/1\nname: s\nmodel: model.yaml\ntime: {unit: months}\nwindow: {from: 0, to: 72}\n"
      "sources:\n  - {file: spells.csv, id: person, start: start, stop: stop, state_from: {column: state}}\n";
  EXPECT_THAT(read(numbers, "estimate: {bands: {period: [0, 12]}}\n").messages,
              HasSubstr("there is no calendar clock"));
}

}  // namespace
}  // namespace utvei
