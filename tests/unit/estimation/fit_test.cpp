// SPDX-License-Identifier: Apache-2.0
#include "unit/register/small_study.hpp"

#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/tables.hpp>

#include <cmath>
#include <memory>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::HasSubstr;

struct Fitted {
  SmallStudy small;
  Exposure exposure;
  Fit fit;
  [[nodiscard]] Model const& model() const { return small.study.model; }
  [[nodiscard]] std::vector<RateCell> cells(std::string_view transition) const {
    std::vector<RateCell> result;
    for (RateCell const& cell : fit.cells) {
      if (cell.transition == *model().transition(transition)) {
        result.push_back(cell);
      }
    }
    return result;
  }
};

std::unique_ptr<Fitted> fitted(std::string const& estimate, std::string_view persons, std::string_view spells) {
  auto result = std::unique_ptr<Fitted>(new Fitted{SmallStudy{std::string{study_with_persons} + estimate}, {}, {}});
  SmallStudy& small = result->small;
  small.persons(persons).spells(spells);
  auto const lives = small.read();
  auto const options = read_estimate_options(small.study, small.diagnostics);
  throw_if_errors(small.diagnostics);
  result->exposure = tabulate(lives, small.study.model, cell_axes(options, lives, small.study.model));
  result->fit = fit(result->exposure, small.study.model, options);
  return result;
}

constexpr std::string_view two_people = "1;1980-01-02;male;4204\n2;1980-01-02;female;4204\n";
constexpr std::string_view two_lives =
    "1,2015-01-03,2015-01-08,a\n1,2015-01-08,2015-01-10,b\n1,2015-01-10,2015-01-13,a\n"
    "2,2015-01-01,2015-01-11,a\n";

TEST(Fit, IsEventsOverPersonTime) {
  auto const result = fitted("", two_people, two_lives);
  auto const cells = result->cells("a -> b");
  ASSERT_EQ(cells.size(), 1U);
  double const years = 18 / 365.25;
  EXPECT_EQ(cells[0].events, 1);
  EXPECT_DOUBLE_EQ(cells[0].person_years, years);
  EXPECT_DOUBLE_EQ(cells[0].rate, 1 / years);
  EXPECT_DOUBLE_EQ(cells[0].se, 1 / years);
  EXPECT_NEAR(cells[0].low * years, 0.0253, 1e-4);
  EXPECT_NEAR(cells[0].high * years, 5.572, 1e-3);
  EXPECT_EQ(cells[0].log_se, 1.0);
  EXPECT_EQ(cells[0].source, RateSource::raw);
  auto const& summary = result->fit.summary.transitions[0];
  EXPECT_DOUBLE_EQ(summary.log_likelihood, std::log(1 / years) - 1);
  EXPECT_EQ(summary.parameters, 1U);
}

TEST(Fit, NoEventsGiveRateZeroWithAnUpperLimit) {
  auto const result = fitted("", two_people, two_lives);
  auto const cells = result->cells("b -> c");
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_EQ(cells[0].rate, 0);
  EXPECT_NEAR(cells[0].high, 3.689 / (2 / 365.25), 0.1);
  EXPECT_EQ(cells[0].log_se, std::nullopt);
  EXPECT_EQ(result->fit.summary.transitions[2].cells_without_events, 1U);
}

TEST(Fit, CellsWithoutPersonTimeArePooledAndSaySo) {
  auto const result =
      fitted("estimate: {region: fixed, bands: {time_in_state: [0 days, 4 days, 20 days]}}\n", two_people, two_lives);
  auto const cells = result->cells("a -> b");
  ASSERT_EQ(cells.size(), 6U);
  EXPECT_EQ(cells[0].source, RateSource::raw);
  EXPECT_EQ(cells[1].source, RateSource::raw);
  EXPECT_EQ(cells[2].source, RateSource::pooled_all);      // nobody stayed for 20 days
  EXPECT_EQ(cells[3].source, RateSource::pooled_regions);  // nobody lives in 4203
  EXPECT_EQ(cells[3].rate, cells[0].rate);
  EXPECT_EQ(cells[4].rate, cells[1].rate);
  EXPECT_DOUBLE_EQ(cells[5].rate, 1 / (18 / 365.25));
  EXPECT_EQ(result->fit.summary.transitions[0].cells_without_person_time, 4U);
  EXPECT_THAT(summary_text(result->fit, result->model()), HasSubstr("cells have no person-time"));
}

TEST(Fit, EmptyCellsMayBeAnError) {
  try {
    fitted("estimate: {empty_cells: error, bands: {time_in_state: [0 days, 20 days]}}\n", two_people, two_lives);
    FAIL() << "was let through";
  } catch (InputError const& error) {
    EXPECT_THAT(render(error.diagnostics()),
                HasSubstr("`a -> b` has no person-time in 1 cells, first time_in_state=[20 days,)"));
  }
}

TEST(Fit, AStateThatNobodyWasInHasNoRate) {
  auto const result = fitted("", two_people, two_lives);
  EXPECT_TRUE(result->cells("c -> a").empty());
  EXPECT_THAT(result->fit.summary.warnings, testing::Contains(HasSubstr("`c -> a` has no rate")));
}

TEST(Fit, BecomesRates) {
  auto const result = fitted("estimate: {terms: [sex], method: raw}\n", two_people, two_lives);
  auto const rates = to_rates(result->fit);
  ASSERT_EQ(rates.rates.size(), result->fit.cells.size());
  EXPECT_EQ(rates.data_class, "open");
  EXPECT_EQ(rates.rates[0].box.traits.at(0), 0U);
  EXPECT_EQ(rates.rates[0].rate_per_year, 0);  // person 2
  EXPECT_DOUBLE_EQ(rates.rates[1].rate_per_year, 1 / (8 / 365.25));
}

TEST(Tables, HoldOneLineACell) {
  auto const result = fitted("estimate: {bands: {age: [30, 40]}}\n", two_people, two_lives);
  auto const csv = to_csv(exposure_table(result->exposure, result->model()));
  EXPECT_THAT(csv, HasSubstr("from,to,age,events,person_years\n"));
  EXPECT_THAT(csv, HasSubstr("a,b,\"[30,40)\",1,0.0492"));
  EXPECT_THAT(csv, testing::Not(HasSubstr("[40,)")));
}

TEST(Tables, IntensitiesAreMeansOfTheRegion) {
  auto const result = fitted("estimate: {region: fixed, terms: [sex]}\n", two_people, two_lives);
  auto const table = intensities_table(result->exposure, result->model());
  EXPECT_EQ(table.columns,
            (std::vector<std::string>{"from", "to", "region", "rate_per_year", "se", "low_95", "high_95"}));
  ASSERT_FALSE(table.rows.empty());
  EXPECT_EQ(table.rows[0][2], "4204");
  EXPECT_DOUBLE_EQ(std::stod(table.rows[0][3]), 1 / (18 / 365.25));
}

TEST(Tables, SummaryIsJson) {
  auto const result = fitted("", two_people, two_lives);
  auto const json = nlohmann::json::parse(summary_json(result->fit, result->model()));
  EXPECT_EQ(json.at("transitions").size(), 5U);
  EXPECT_EQ(json.at("transitions")[0].at("events"), 1);
  EXPECT_TRUE(json.at("transitions")[0].at("converged").get<bool>());
  EXPECT_EQ(json.at("rows").at("read"), 4);
}

TEST(CellAxes, ThatMemoryCannotHoldAreRefused) {
  SmallStudy small{study_with_persons};
  small.persons(two_people).spells(two_lives);
  auto const lives = small.read();
  EstimateOptions options;
  for (std::int64_t start = 0; start < 3000; ++start) {
    options.age.starts.push_back(start);
    options.age.written.push_back("x");
  }
  EXPECT_NO_THROW(cell_axes(options, lives, small.study.model));
  options.period = options.age;
  options.time_in_state = options.age;
  EXPECT_THROW(cell_axes(options, lives, small.study.model), InputError);
}

TEST(RateSource, HasNames) {
  for (auto const source : {RateSource::raw, RateSource::pooled_regions, RateSource::pooled_all}) {
    EXPECT_EQ(rate_source(name_of(source)), source);
  }
  EXPECT_EQ(rate_source("guess"), std::nullopt);
}

}  // namespace
}  // namespace utvei
