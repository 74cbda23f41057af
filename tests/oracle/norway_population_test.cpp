// SPDX-License-Identifier: Apache-2.0
// 357 municipalities by 12 ages: the table of 2020 raked to what is known of 2025. Statistics Norway, table 07459.
#include "support/csv.hpp"
#include "support/oracle.hpp"

#include <utvei/population/whole_people.hpp>

#include <cmath>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace utvei {
namespace {

double value_of(support::CsvRow const& row, std::string const& column) {
  return std::stod(row.at(column));
}

struct NorwayTask {
  explicit NorwayTask(std::filesystem::path const& folder) {
    auto const seed_rows = support::read_csv(folder / "ipf_seed_2020.csv");
    auto const county_rows = support::read_csv(folder / "ipf_target_county_age_2025.csv");
    for (auto const& [name, value] : county_rows.front())
      if (name != "county") ages.push_back(name);
    std::map<std::string, std::uint32_t> counties;
    for (support::CsvRow const& row : county_rows) {
      counties.emplace(row.at("county"), static_cast<std::uint32_t>(counties.size()));
      for (std::string const& age : ages) by_county_and_age.target.push_back(value_of(row, age));
    }
    for (support::CsvRow const& row : support::read_csv(folder / "ipf_target_municip_2025.csv"))
      by_municipality.target.push_back(value_of(row, "total"));
    for (std::size_t m = 0; m < seed_rows.size(); ++m) {
      for (std::size_t a = 0; a < ages.size(); ++a) {
        seed.push_back(value_of(seed_rows[m], ages[a]));
        by_municipality.part_of.push_back(static_cast<std::uint32_t>(m));
        by_county_and_age.part_of.push_back(
            static_cast<std::uint32_t>(counties.at(seed_rows[m].at("county")) * ages.size() + a));
      }
    }
  }
  [[nodiscard]] std::vector<double> table(std::filesystem::path const& file) const {
    std::vector<double> cells;
    for (support::CsvRow const& row : support::read_csv(file))
      for (std::string const& age : ages) cells.push_back(value_of(row, age));
    return cells;
  }
  std::vector<std::string> ages;
  std::vector<double> seed;
  Margin by_municipality{"municipality", {}, {}};
  Margin by_county_and_age{"county and age", {}, {}};
};

TEST(NorwayPopulation, IsRakedAsByR) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/norway_pop");
  NorwayTask const task{folder};
  ASSERT_EQ(task.seed.size(), 357U * 12);
  std::vector<Margin> margins{task.by_municipality, task.by_county_and_age};
  EXPECT_TRUE(settle_margins(task.seed, margins).empty());
  auto const fit = rake(task.seed, margins, {1e-12, 5000});
  EXPECT_TRUE(fit.converged);
  auto const reference = task.table(folder / "ref_ipf_fitted_2025.csv");
  auto const truth = task.table(folder / "ipf_truth_2025.csv");
  double apart = 0;
  double all = 0;
  for (std::size_t cell = 0; cell < truth.size(); ++cell) {
    ASSERT_NEAR(fit.weights[cell], reference[cell], 1e-6) << cell;
    apart += std::abs(fit.weights[cell] - truth[cell]);
    all += truth[cell];
  }
  EXPECT_NEAR(apart / 2 / all, .01450591, 1e-7);
}

TEST(NorwayPopulation, KeepsAllTotalsAsWholePeople) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/norway_pop");
  NorwayTask const task{folder};
  auto const fit = rake(task.seed, {task.by_municipality, task.by_county_and_age}, {1e-12, 5000});
  auto const people = whole_people(fit.weights, {task.by_municipality, task.by_county_and_age}, {2025, 0, 0});
  std::vector<double> const whole{people.begin(), people.end()};
  for (Margin const* margin : {&task.by_municipality, &task.by_county_and_age}) {
    auto const misfit = misfit_of(whole, *margin);
    EXPECT_EQ(misfit.sum, misfit.target) << margin->name;
    EXPECT_EQ(misfit.share, 0) << margin->name;
  }
}

}  // namespace
}  // namespace utvei
