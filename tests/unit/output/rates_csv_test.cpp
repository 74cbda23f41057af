// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"
#include "small_rates.hpp"
#include "small_result.hpp"

#include <utvei/output/rate_file.hpp>
#include <utvei/output/result_file.hpp>

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string csv_of(std::string const& path) {
  std::ostringstream out;
  write_rates_csv(path, out);
  return out.str();
}

TEST(RatesCsv, HasTheColumnsOfARateTable) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  save_rates(small_fit(), small_model(), {}, path);
  EXPECT_EQ(csv_of(path),
            "from;to;rate_per_year;region;sex;age_from;age_to;days_from;days_to;year_from;year_to;log_se;se;low_95;"
            "high_95;data_class\n"
            "school;work;0.34782608695652173;;;;;;;;;0.25;0;0;0;open\n"
            "work;aap;0;4204;male;20;25;0;90;2020-01-01;2022-01-01;;0;0;0;open\n");
}

TEST(RatesCsv, LeavesOutWhatTellsNothingApart) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  Fit fit = small_fit();
  fit.cells.resize(1);
  save_rates(fit, small_model(), {}, path);
  EXPECT_THAT(csv_of(path),
              StartsWith("from;to;rate_per_year;log_se;se;low_95;high_95;data_class\nschool;work;0.347826"));
}

TEST(RatesCsv, IsReadBackAsTheSameRates) {
  support::TempFolder const folder;
  auto const path = (folder / "rates.h5").string();
  Fit fit = small_fit();
  // Bands whose ends are no round numbers: a third of a year, an hour, a moment in the middle of a day.
  fit.cells[1].box.age = {20 * minutes_per_year + 175'320, 25 * minutes_per_year + 1};
  fit.cells[1].box.time_in_state = {60, 90 * minutes_per_day};
  fit.cells[1].box.calendar = {start_of_year(2020).minutes + 262'801, everything.to};
  fit.cells[1].rate = 1.0 / 3;
  fit.cells[1].log_se = 0.1;
  save_rates(fit, small_model(), {}, path);
  auto const table = folder.write("rates.csv", csv_of(path));
  Model model = small_model();
  for (Transition& transition : model.transitions) transition.table = table;
  Diagnostics diagnostics;
  Rates const read = read_rates(model, diagnostics);
  EXPECT_THAT(render(diagnostics), IsEmpty());
  Rates const loaded = load_rates(path, small_model(), {}, diagnostics);
  EXPECT_EQ(read.data_class, "open");
  ASSERT_EQ(read.rates.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(read.rates[i].transition, loaded.rates[i].transition);
    EXPECT_EQ(read.rates[i].rate_per_year, loaded.rates[i].rate_per_year);
    EXPECT_EQ(read.rates[i].log_se, loaded.rates[i].log_se);
    EXPECT_EQ(read.rates[i].box.region, loaded.rates[i].box.region);
    EXPECT_EQ(read.rates[i].box.age, loaded.rates[i].box.age);
    EXPECT_EQ(read.rates[i].box.time_in_state, loaded.rates[i].box.time_in_state);
    EXPECT_EQ(read.rates[i].box.calendar, loaded.rates[i].box.calendar);
  }
  EXPECT_EQ(read.rates[1].box.traits, loaded.rates[1].box.traits);
  EXPECT_EQ(draw_rate_factors(model, read, 1, 2), draw_rate_factors(model, loaded, 1, 2));
}

TEST(RatesCsv, KnowsRateFilesFromOthers) {
  support::TempFolder const folder;
  auto const rates = (folder / "rates.h5").string();
  auto const result = (folder / "result.h5").string();
  save_rates(small_fit(), small_model(), {}, rates);
  save_result(test::small_result(), result);
  EXPECT_TRUE(is_rate_file(rates));
  EXPECT_FALSE(is_rate_file(result));
  EXPECT_FALSE(is_rate_file((folder / "none.h5").string()));
  EXPECT_EQ(rate_file_content(rates).data_class, "open");
  EXPECT_FALSE(rate_file_content(rates).has_models);
}

}  // namespace
}  // namespace utvei
