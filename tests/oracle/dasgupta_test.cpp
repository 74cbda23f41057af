// SPDX-License-Identifier: Apache-2.0
// Worked examples of Das Gupta (1993), Standardization and Decomposition of Rates, Current Population Reports P23-186.
#include "support/csv.hpp"
#include "support/oracle.hpp"

#include <utvei/analysis/shapley.hpp>

#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using FactorValues = std::vector<double>;
using FactorSetting = std::vector<FactorValues>;

struct DasGuptaExample {
  std::string name;
  FactorSetting first, second;
  std::function<double(FactorSetting const&)> rate;
};

/// The sum over cells of the product of the factors.
double sum_of_products(FactorSetting const& factors) {
  double sum = 0;
  for (std::size_t cell = 0; cell < factors.front().size(); ++cell) {
    double product = 1;
    for (FactorValues const& factor : factors) product *= factor[cell];
    sum += product;
  }
  return sum;
}

/// Example 4.4: births outside marriage out of all births.
double illegitimacy(FactorSetting const& f) {
  double outside = 0;
  double within = 0;
  for (std::size_t age = 0; age < f[0].size(); ++age) {
    outside += f[0][age] * f[1][age] * f[2][age];
    within += f[0][age] * (1 - f[1][age]) * f[3][age];
  }
  return outside / (outside + within);
}

FactorValues column_of(std::filesystem::path const& path, std::string const& name, bool is_share) {
  FactorValues values;
  for (auto const& row : support::read_csv(path)) values.push_back(std::stod(row.at(name)));
  double const sum = is_share ? std::accumulate(values.begin(), values.end(), 0.0) : 1;
  for (double& value : values) value /= sum;
  return values;
}

std::vector<DasGuptaExample> examples(std::filesystem::path const& folder) {
  auto const headship = folder / "data_5.1_headship.csv";
  auto const deaths = folder / "data_5.3_deathrates.csv";
  return {
      {"2.1_earnings_black_white_1980", {{10930}, {.717892}}, {{16591}, {.825974}}, sum_of_products},
      {"2.2_birthrate_austria_chile_1981",
       {{51.78746}, {.45919}, {.52638}},
       {{84.90502}, {.75756}, {.51065}},
       sum_of_products},
      {"2.3_nonmarital_1971_1979", {{25.3}, {.214}, {.279}, {.949}}, {{32.7}, {.290}, {.473}, {.986}}, sum_of_products},
      {"2.4_TFR_5factor",
       {{.58}, {.76}, {.84}, {.66}, {16.573}},
       {{.72}, {.97}, {.97}, {.56}, {16.158}},
       sum_of_products},
      {"4.3_CBR_taiwan_1960_1970",
       {{393, 407, 369, 274, 184, 90, 16},
        {.122, .622, .903, .930, .916, .873, .800},
        {.043, .041, .036, .032, .026, .020, .018}},
       {{488, 452, 338, 156, 63, 22, 3},
        {.082, .527, .866, .941, .942, .923, .876},
        {.058, .038, .032, .030, .026, .023, .019}},
       sum_of_products},
      {"4.4_illegitimacy_ratio_1963_1983",
       {{.200, .163, .146, .154, .168, .169},
        {.866, .325, .119, .099, .099, .121},
        {.007, .021, .023, .015, .008, .002},
        {.454, .326, .195, .107, .051, .015}},
       {{.169, .195, .190, .174, .150, .122},
        {.931, .563, .311, .216, .199, .191},
        {.018, .026, .023, .016, .008, .002},
        {.380, .201, .149, .079, .025, .006}},
       illegitimacy},
      {"5.1_headship_1970_1985_Kitagawa",
       {column_of(headship, "share1970", false), column_of(headship, "rate1970", false)},
       {column_of(headship, "share1985", false), column_of(headship, "rate1985", false)},
       sum_of_products},
      {"5.3_deathrate_US_1970_1985_race_age_cells",
       {column_of(deaths, "n1970", true), column_of(deaths, "rate1970", false)},
       {column_of(deaths, "n1985", true), column_of(deaths, "rate1985", false)},
       sum_of_products},
  };
}

FactorValues contributions_of(DasGuptaExample const& example) {
  return shapley_values(example.first.size(), [&](FactorSet set) {
    FactorSetting factors = example.first;
    for (std::size_t k = 0; k < factors.size(); ++k)
      if ((set >> k & 1U) != 0) factors[k] = example.second[k];
    return example.rate(factors);
  });
}

TEST(DasGupta, PublishedExamplesAreShapleyValues) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/dasgupta");
  std::map<std::string, std::vector<support::CsvRow>> published;
  for (auto const& row : support::read_csv(folder / "ref_decompositions.csv"))
    published[row.at("example")].push_back(row);
  for (DasGuptaExample const& example : examples(folder)) {
    auto const& rows = published.at(example.name);
    FactorValues const contributions = contributions_of(example);
    ASSERT_EQ(rows.size(), contributions.size() + 1) << example.name;
    double const tolerance = example.name.starts_with("2.1") ? 1e-3 : 1e-6;
    for (std::size_t k = 0; k < contributions.size(); ++k) {
      EXPECT_NEAR(contributions[k], std::stod(rows[k].at("diff")), 1e-9) << example.name << ' ' << k;
      EXPECT_NEAR(contributions[k], std::stod(rows[k].at("published_diff")), tolerance) << example.name << ' ' << k;
    }
    double const sum = std::accumulate(contributions.begin(), contributions.end(), 0.0);
    EXPECT_NEAR(sum, std::stod(rows.back().at("diff")), 1e-9) << example.name;
  }
}

/// Two crossed variables, by Das Gupta's equation 5.36, which is no Shapley value: the share of a cell is the product
/// of a part that is age's and a part that is race's, and the difference in shares is split between these.
TEST(DasGupta, CrossClassifiedExampleByItsOwnFormula) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/dasgupta");
  auto const path = folder / "data_5.3_deathrates.csv";
  constexpr std::size_t ages = 11;
  auto const parts_of = [&](std::string const& column) {
    FactorValues const cells = column_of(path, column, true);
    FactorSetting parts{FactorValues(cells.size()), FactorValues(cells.size())};
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
      double of_race = 0;
      double of_age = 0;
      for (std::size_t other = 0; other < cells.size(); ++other) {
        if (other / ages == cell / ages) of_race += cells[other];
        if (other % ages == cell % ages) of_age += cells[other];
      }
      parts[0][cell] = std::sqrt(cells[cell] / of_race * of_age);
      parts[1][cell] = std::sqrt(cells[cell] / of_age * of_race);
    }
    return parts;
  };
  FactorSetting const before = parts_of("n1970");
  FactorSetting const after = parts_of("n1985");
  FactorValues const rate_before = column_of(path, "rate1970", false);
  FactorValues const rate_after = column_of(path, "rate1985", false);
  FactorValues rate;
  for (std::size_t cell = 0; cell < rate_before.size(); ++cell)
    rate.push_back((rate_before[cell] + rate_after[cell]) / 2);
  std::vector<support::CsvRow> rows;
  for (auto const& row : support::read_csv(folder / "ref_decompositions.csv"))
    if (row.at("example") == "5.3_crossclassified_eq5.36") rows.push_back(row);
  ASSERT_EQ(rows.size(), 2U);
  for (std::size_t k : {0U, 1U}) {
    double effect = 0;
    for (std::size_t cell = 0; cell < rate.size(); ++cell)
      effect += rate[cell] * (before[1 - k][cell] + after[1 - k][cell]) / 2 * (after[k][cell] - before[k][cell]);
    EXPECT_NEAR(effect, std::stod(rows[k].at("diff")), 1e-9);
    EXPECT_NEAR(effect, std::stod(rows[k].at("published_diff")), 1e-6);
  }
}

}  // namespace
}  // namespace utvei
