// SPDX-License-Identifier: Apache-2.0
#include "scratch.hpp"

#include <chrono>
#include <cmath>

namespace utvei {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ReadRates : public ScratchTest {
 protected:
  /// A model of two transitions that take their rates from the table.
  Rates read_table(std::string_view table) {
    write("regions.csv", "region;parent\n42;\n4204;42\n4203;42\n03;\n");
    write("rates.csv", table);
    return read_with_rates(R"(utvei: model/1
regions: regions.csv
states:
  work: {limit: {after: 100 days, to: {out: 1}}}
  sick: {}
  out: {absorbing: true}
traits: {sex: [female, male], debt: number}
transitions:
  - {from: work, to: sick, rates: rates.csv}
  - {from: sick, to: work, rates: rates.csv}
  - {from: sick, to: out, rate_per_year: 0.5}
)");
  }

  std::optional<double> at(Rates const& rates, std::string_view region, std::optional<std::uint32_t> sex, double age,
                           double days, std::optional<Instant> when) const {
    Cell cell;
    cell.region = model_.regions.find(region);
    cell.traits = {sex};
    cell.age = duration_of_years(age).minutes;
    cell.time_in_state = std::llround(days * 1440);
    if (when) cell.calendar = when->minutes;
    return rate_at(model_, rates, *model_.transition("work -> sick"), cell);
  }
};

TEST_F(ReadRates, ConstantsAndATable) {
  Rates const rates = read_table(
      "from;to;region;sex;age_from;age_to;days_from;days_to;year_from;year_to;rate_per_year\n"
      "work;sick;;;;;;;;;0,25\n"
      "work;sick;42;male;16;67,5;0;14;2020;2024-07-01;0,5\n"
      "sick;work;;;;;;;;;2\n");
  EXPECT_THAT(problems(), IsEmpty());
  ASSERT_EQ(rates.rates.size(), 4U);
  EXPECT_EQ(rates.inputs.size(), 1U);
  Rate const& special = rates.rates[1];
  EXPECT_EQ(special.transition, TransitionId{0});
  EXPECT_DOUBLE_EQ(special.rate_per_year, 0.5);
  EXPECT_EQ(special.box.region, model_.regions.find("42"));
  EXPECT_EQ(special.box.traits[0], 1U);
  EXPECT_EQ(special.box.age, (Span{16 * minutes_per_year, 67 * minutes_per_year + minutes_per_year / 2}));
  EXPECT_EQ(special.box.time_in_state, (Span{0, 14 * minutes_per_day}));
  EXPECT_EQ(special.box.calendar, (Span{start_of_year(2020).minutes, date(2024, 7, 1)->minutes}));
  EXPECT_EQ(rates.rates[0].box.age, everything);
  EXPECT_DOUBLE_EQ(rates.rates[3].rate_per_year, 0.5);
  EXPECT_EQ(rates.rates[3].transition, TransitionId{2});
}

TEST_F(ReadRates, TheMostSpecialRowHolds) {
  Rates const rates = read_table(
      "from,to,region,sex,age_from,age_to,rate_per_year\n"
      "work,sick,,,,,1\nwork,sick,42,,,,2\nwork,sick,4204,,,,3\nwork,sick,4204,male,,,4\nwork,sick,4204,male,20,30,5\n"
      "sick,work,,,,,1\n");
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_EQ(at(rates, "03", 1, 25, 0, std::nullopt), 1);
  EXPECT_EQ(at(rates, "4203", 1, 25, 0, std::nullopt), 2);
  EXPECT_EQ(at(rates, "4204", 0, 25, 0, std::nullopt), 3);
  EXPECT_EQ(at(rates, "4204", std::nullopt, 25, 0, std::nullopt), 3);
  EXPECT_EQ(at(rates, "4204", 1, 30, 0, std::nullopt), 4);
  EXPECT_EQ(at(rates, "4204", 1, 20, 0, std::nullopt), 5);
}

TEST_F(ReadRates, NoRateInAGapAndAtATie) {
  Rates const rates = read_table(
      "from,to,region,sex,age_from,age_to,rate_per_year\n"
      "work,sick,42,,20,30,1\nwork,sick,,male,20,30,2\nsick,work,,,,,1\n");
  EXPECT_EQ(at(rates, "42", 0, 25, 0, std::nullopt), 1);
  EXPECT_EQ(at(rates, "42", 0, 30, 0, std::nullopt), std::nullopt);
  EXPECT_EQ(at(rates, "42", 1, 25, 0, std::nullopt), std::nullopt);
  EXPECT_EQ(rate_at(model_, rates, TransitionId{0}, Cell{}), std::nullopt);
  EXPECT_THAT(problems(),
              ElementsAre("rates.csv:3:23: two rates of `work -> sick` for region 42, sex male, age 20 to 30"));
}

TEST_F(ReadRates, ErrorsStandAtTheirCells) {
  read_table(
      "from;to;region;sex;age_from;age_to;rate_per_year\n"
      "wrk;sick;;;;;1\n"
      "work;out;;;;;1\n"
      "work;sick;4205;;;;1\n"
      "work;sick;;man;;;1\n"
      "work;sick;;;30;20;1\n"
      "work;sick;;;old;;1\n"
      "work;sick;;;;;-1\n"
      "work;sick;;;;;much\n"
      "sick;out;;;;;1\n"
      "sick;work;;;;;nan\n");
  EXPECT_THAT(
      problems(),
      ElementsAre("rates.csv:2:1: unknown state `wrk`", "rates.csv:3:1: the model has no transition `work -> out`",
                  "rates.csv:4:11: unknown region `4205`", "rates.csv:5:12: trait `sex` has no level `man`",
                  "rates.csv:6:16: the band from 30 to 20 is empty", "rates.csv:7:13: `old` is not an age in years",
                  "rates.csv:8:15: `-1` is not a rate per year", "rates.csv:9:15: `much` is not a rate per year",
                  "rates.csv:10:1: `sick -> out` does not take its rate from this table",
                  "rates.csv:11:15: `nan` is not a rate per year"));
}

TEST_F(ReadRates, ColumnsAreChecked) {
  read_table("from;to;rate_pr_year;debt;age_from\nwork;sick;1;;\nsick;work;1;;\n");
  auto const found = problems();
  for (auto const* part : {"unknown column `rate_pr_year`", "no column `rate_per_year`",
                           "column `debt` is a numeric trait", "column `age_from` without `age_to`"}) {
    EXPECT_THAT(found, Contains(HasSubstr(part))) << part;
  }
}

TEST_F(ReadRates, ATableWithoutLinesForItsTransitionIsAnError) {
  read_table("from;to;rate_per_year\nwork;sick;1\n");
  EXPECT_THAT(problems(), ElementsAre("model.yaml:10:35: the table has no line for `sick -> work`"));
}

TEST_F(ReadRates, AMissingTableIsAnErrorOfTheModelOnce) {
  read_with_rates(R"(utvei: model/1
states: {a: {}, b: {}}
transitions:
  - {from: a, to: b, rates: none.csv}
  - {from: b, to: a, rates: none.csv}
)");
  ASSERT_EQ(problems().size(), 1U);
  EXPECT_THAT(problems()[0], HasSubstr("model.yaml:4:29"));
  EXPECT_EQ(diagnostics_.all()[0].fault, Fault::file);
}

TEST_F(ReadRates, HolesBetweenBandsAreErrorsUnlessAMoreGeneralRowHolds) {
  read_table(
      "from,to,region,age_from,age_to,rate_per_year\n"
      "work,sick,42,16,20,1\nwork,sick,42,25,30,1\n"
      "sick,work,42,16,20,1\nsick,work,42,25,30,1\nsick,work,,,,2\n");
  EXPECT_THAT(problems(), ElementsAre("rates.csv:3:20: no rate of `work -> sick` for region 42, age 20 to 25, 0 to 100 "
                                      "days in the state"));
}

TEST_F(ReadRates, AHolePastTheLimitIsNone) {
  read_table(
      "from,to,days_from,days_to,rate_per_year\n"
      "work,sick,0,120,1\nwork,sick,150,,1\nsick,work,0,120,1\nsick,work,150,,1\n");
  EXPECT_THAT(problems(), ElementsAre("rates.csv:5:16: no rate of `sick -> work` for 120 to 150 days in the state"));
}

TEST_F(ReadRates, ATableOfWrongLinesGivesNotAThousandErrors) {
  std::string table = "from,to,rate_per_year\n";
  for (int i = 0; i < 1000; ++i) table += "wrk,sick,1\n";
  read_table(table);
  EXPECT_EQ(problems().size(), 50U);
}

TEST_F(ReadRates, AHundredThousandRowsTakeSeconds) {
  std::string regions = "region;parent\n";
  for (int county = 10; county < 25; ++county) regions += std::to_string(county) + ";\n";
  std::string table = "from,to,region,sex,age_from,age_to,days_from,days_to,rate_per_year\n";
  for (int region = 1000; region < 1360; ++region) {
    regions += std::to_string(region) + ";" + std::to_string(10 + region % 15) + "\n";
    for (int age = 0; age < 35; ++age) {
      for (int days = 0; days < 4; ++days) {
        for (auto const* sex : {"female", "male"}) {
          table += "a,b," + std::to_string(region) + "," + sex + "," + std::to_string(16 + age) + "," +
                   std::to_string(17 + age) + "," + std::to_string(90 * days) + "," +
                   (days == 3 ? "" : std::to_string(90 * days + 90)) + ",0.25\n";
        }
      }
    }
  }
  for (int age = 0; age < 35; ++age) {
    table += "a,b,,," + std::to_string(16 + age) + "," + std::to_string(17 + age) + ",,,0.2\n";
  }
  write("regions.csv", regions);
  write("rates.csv", table);
  auto const start = std::chrono::steady_clock::now();
  Rates const rates = read_with_rates(R"(utvei: model/1
regions: regions.csv
states: {a: {}, b: {absorbing: true}}
traits: {sex: [female, male]}
transitions: [{from: a, to: b, rates: rates.csv}]
)");
  std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - start;
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_EQ(rates.rates.size(), 100'835U);
  EXPECT_LT(seconds.count(), 60.0);
  RecordProperty("seconds", std::to_string(seconds.count()));
}

}  // namespace
}  // namespace utvei
