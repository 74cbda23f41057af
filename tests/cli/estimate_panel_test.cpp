// SPDX-License-Identifier: Apache-2.0
// `utvei estimate` with panels, against msm: the heart-transplant data of Sharples et al. (2003) with the models of its
// manual (Jackson 2011), and snapshots of the school-to-work data of McVicar & Anyadike-Danes (2002).
#include "support/csv.hpp"
#include "support/matrix_exponential.hpp"
#include "support/oracle.hpp"
#include "support/program.hpp"

#include <utvei/core/normal.hpp>

#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using support::number;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

struct PanelEstimate {
  double value;
  double se;
};

/// What `utvei estimate` wrote.
struct Estimated {
  nlohmann::json summary;
  std::map<std::pair<std::string, std::string>, PanelEstimate> coefficients;  ///< by `a -> b` and term
  std::vector<support::CsvRow> intensities;

  [[nodiscard]] PanelEstimate of(std::string const& transition, std::string const& term) const {
    return coefficients.at({transition, term});
  }
};

std::string arrow(support::CsvRow const& row) {
  return row.at("from") + " -> " + row.at("to");
}

/// A folder with a model of four states and a study of a panel.
class PanelFolder {
 public:
  PanelFolder(std::set<std::string> const& transitions, std::string const& traits, std::string const& study) {
    std::string model = "utvei: model/1\nname: four\nstates: {\"1\": {}, \"2\": {}, \"3\": {}, \"4\": {";
    bool const leaves_the_last = transitions.contains("4 -> 1");
    model += (leaves_the_last ? "}}" : "absorbing: true}}") + std::string{"\ntraits: "} + traits + "\ntransitions:\n";
    for (std::string const& name : transitions) {
      model += fmt::format("  - {{from: \"{}\", to: \"{}\"}}\n", name.front(), name.back());
    }
    folder_.write("model.yaml", model);
    folder_.write("study.yaml", "utvei: study/1\nname: panel\nmodel: model.yaml\n" + study);
  }
  [[nodiscard]] support::Outcome run(std::vector<std::string> words) const {
    return support::run_program(std::move(words), folder_.path());
  }
  /// `estimate`: what the study says under that key.
  [[nodiscard]] Estimated estimate(std::string const& estimate = "{}") const {
    auto const outcome = run({"estimate", "study.yaml", "-o", "rates.h5", "--coefficients", "c.csv", "--intensities",
                              "i.csv", "--summary", "s.json", "--set", "estimate=" + estimate});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    Estimated estimated;
    estimated.summary = nlohmann::json::parse(support::read_file(folder_ / "s.json"));
    for (auto const& row : support::read_csv(folder_ / "c.csv")) {
      estimated.coefficients[{arrow(row), row.at("term")}] = {number(row, "estimate"), number(row, "se")};
    }
    estimated.intensities = support::read_csv(folder_ / "i.csv");
    return estimated;
  }
  [[nodiscard]] support::TempFolder const& folder() const { return folder_; }

 private:
  support::TempFolder folder_;
};

std::set<std::string> const cav_transitions{"1 -> 2", "1 -> 4", "2 -> 1", "2 -> 3", "2 -> 4", "3 -> 2", "3 -> 4"};

/// `deaths`: a key of the source that says what is known of them.
PanelFolder cav(std::filesystem::path const& data, std::string const& deaths = ", exact_states: [\"4\"]") {
  return {cav_transitions, "{sex: [\"0\", \"1\"]}",
          "data_class: open\ntime: {unit: years}\nwindow: {from: 0, to: 20}\nsources:\n  - {file: " +
              (data / "data.csv").string() +
              ", id: PTNUM, date: years, state_from: {column: state}, kind: panel, traits: [sex]" + deaths + "}\n"};
}

/// Intensities at the reference: rates to 1e-4 and standard errors to 1e-2, relative.
void expect_intercepts(Estimated const& estimated, std::filesystem::path const& file, double rate_tolerance = 1e-4) {
  std::size_t compared = 0;
  for (auto const& row : support::read_csv(file)) {
    auto const intercept = estimated.of(arrow(row), "(intercept)");
    double const rate = std::exp(intercept.value);
    EXPECT_NEAR(rate, number(row, "rate"), rate_tolerance * number(row, "rate")) << arrow(row);
    EXPECT_NEAR(rate * intercept.se, number(row, "se"), 1e-2 * number(row, "se")) << arrow(row);
    ++compared;
  }
  EXPECT_EQ(compared, 7U);
}

void expect_hazard_ratios(Estimated const& estimated, std::filesystem::path const& file, std::string const& term) {
  std::size_t compared = 0;
  for (auto const& row : support::read_csv(file)) {
    double const se = std::log(number(row, "U") / number(row, "L")) / (2 * normal_975);
    if (se == 0) continue;                    // a transition without the term
    auto const& name = row.at("transition");  // State 1 - State 2
    auto const effect = estimated.of(fmt::format("{} -> {}", name[6], name.back()), term);
    EXPECT_NEAR(effect.value, std::log(number(row, "HR")), 1e-2 * se) << name;
    EXPECT_NEAR(effect.se, se, 1e-2 * se) << name;
    ++compared;
  }
  EXPECT_GE(compared, 2U);
}

TEST(PanelOracle, DeathsKnownExactly) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/cav");
  auto const estimated = cav(data).estimate();
  EXPECT_EQ(estimated.summary["converged"], true);
  EXPECT_EQ(estimated.summary["identified"], true);
  EXPECT_EQ(estimated.summary["parameters"], 7);
  EXPECT_NEAR(estimated.summary["minus2_log_likelihood"], 3968.797881202, 1e-3);  // published: 3968.798
  expect_intercepts(estimated, data / "ref_model1_qmatrix.csv");
  std::size_t state = 0;
  for (auto const& row : support::read_csv(data / "ref_model1_sojourn.csv")) {
    auto const& here = estimated.summary["between_looks"][state++];
    EXPECT_NEAR(here["mean_stay_years"], number(row, "estimates"), 1e-4 * number(row, "estimates"));
  }
  EXPECT_EQ(state, 3U);
}

/// Without terms `--intensities` has the rates themselves; they give the published transition matrix.
TEST(PanelOracle, TenYearsOn) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/cav");
  support::Matrix q = support::zeros(4);
  for (auto const& row : cav(data).estimate().intensities) {
    auto const from = static_cast<std::size_t>(row.at("from").front() - '1');
    double const rate = number(row, "rate_per_year");
    EXPECT_NEAR(std::log(number(row, "high_95") / rate), normal_975 * number(row, "se") / rate, 1e-9);
    q[from][static_cast<std::size_t>(row.at("to").front() - '1')] = rate;
    q[from][from] -= rate;
  }
  auto const p = support::matrix_exponential(q, 10);
  std::vector<double> const published{0.3094250003853, 0.09750289210554, 0.08787345884373, 0.5051986486655};
  for (std::size_t to = 0; to < 4; ++to) EXPECT_NEAR(p[0][to], published[to], 1e-4);
}

TEST(PanelOracle, SnapshotsAlone) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/cav");
  auto const estimated = cav(data, "").estimate();
  EXPECT_NEAR(estimated.summary["minus2_log_likelihood"], 3986.08707743198, 1e-3);
  expect_intercepts(estimated, data / "ref_model0_panel_qmatrix.csv");
}

TEST(PanelOracle, SexOnSomeTransitions) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/cav");
  auto const estimated = cav(data).estimate(R"({terms_for: {"1 -> 2": [sex], "1 -> 4": [sex]}})");
  EXPECT_NEAR(estimated.summary["minus2_log_likelihood"], 3960.13655710643, 1e-2);
  expect_intercepts(estimated, data / "ref_m2a_qmatrix_male.csv");
  expect_hazard_ratios(estimated, data / "ref_m2a_hazard_ratios.csv", "sex=1");
}

TEST(PanelOracle, SexConstrained) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/cav");
  auto const estimated = cav(data).estimate(R"({terms: [sex], constraints: {sex: [["1 -> 2", "2 -> 3"],
      ["1 -> 4", "2 -> 4", "3 -> 4"], ["2 -> 1", "3 -> 2"]]}})");
  EXPECT_EQ(estimated.summary["parameters"], 10);
  EXPECT_NEAR(estimated.summary["minus2_log_likelihood"], 3959.35551682509, 1e-2);
  expect_intercepts(estimated, data / "ref_m3_qmatrix_male.csv");
  expect_hazard_ratios(estimated, data / "ref_m3_hazard_ratios.csv", "sex=1");
}

// No woman dies of the second state: the coefficient runs away, and nothing else may.
TEST(PanelOracle, SexOnAllIsNotIdentified) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/cav");
  auto const estimated = cav(data).estimate("{terms: [sex]}");
  EXPECT_EQ(estimated.summary["identified"], false);
  EXPECT_NEAR(estimated.summary["minus2_log_likelihood"], 3954.777, 1e-2);  // published
  EXPECT_LT(estimated.summary["least_eigenvalue"], 0.01);
  EXPECT_THAT(estimated.summary["warnings"].get<std::vector<std::string>>(),
              Contains(HasSubstr("not identified: sex=1 of 2 -> 4")));
  for (auto const& [name, coefficient] : estimated.coefficients) {
    EXPECT_TRUE(std::isfinite(coefficient.value) && std::isfinite(coefficient.se)) << name.first << " " << name.second;
  }
}

TEST(PanelOracle, IntensitiesThatChangeAfterFiveYears) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/cav");
  auto const estimated = cav(data).estimate("{cuts: [5]}");
  EXPECT_NEAR(estimated.summary["minus2_log_likelihood"], 3919.99600901114, 1e-2);
  // 2 -> 4 has a standard error of 2.4 on the log scale: there the reference stops short of the maximum by 2e-4.
  expect_intercepts(estimated, data / "ref_pci5_qmatrix_first_period.csv", 1e-3);
  expect_hazard_ratios(estimated, data / "ref_pci5_hazard_ratios.csv", "period=[5,)");
}

std::set<std::string> all_pairs() {
  std::set<std::string> pairs;
  for (char from = '1'; from <= '4'; ++from) {
    for (char to = '1'; to <= '4'; ++to) {
      if (from != to) pairs.insert(fmt::format("{} -> {}", from, to));
    }
  }
  return pairs;
}

PanelFolder school_to_work(std::filesystem::path const& file) {
  return {all_pairs(), "{male: [\"0\", \"1\"], gcse5eq: [\"0\", \"1\"]}",
          "data_class: open\ntime: {unit: months, origin: 1993-07-01}\nsources:\n  - {file: " + file.string() +
              ", id: id, date: month, state_from: {column: state}, kind: panel, traits: [male, gcse5eq]}\n"};
}

std::map<std::string, std::string> const work_states{
    {"education", "1"}, {"training", "2"}, {"employment", "3"}, {"joblessness", "4"}};

/// Rates per month to 1e-3 and standard errors to 2e-2, relative.
void expect_monthly_rates(Estimated const& estimated, std::filesystem::path const& file) {
  for (auto const& row : support::read_csv(file)) {
    auto const name = work_states.at(row.at("from")) + " -> " + work_states.at(row.at("to"));
    auto const intercept = estimated.of(name, "(intercept)");
    double const rate = std::exp(intercept.value) / 12;
    EXPECT_NEAR(rate, number(row, "estimate"), 1e-3 * number(row, "estimate")) << name;
    EXPECT_NEAR(rate * intercept.se, number(row, "se"), 2e-2 * number(row, "se")) << name;
  }
}

TEST(PanelOracle, LooksEachMonthQuarterAndYear) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  std::map<std::string, double> const minus2{
      {"monthly", 16736.7764017251}, {"quarterly", 12173.938975103}, {"annual", 5171.8720332832}};
  for (auto const& [look, expected] : minus2) {
    SCOPED_TRACE(look);
    auto const estimated = school_to_work(data / ("panel4_" + look + ".csv")).estimate();
    EXPECT_EQ(estimated.summary["converged"], true);
    EXPECT_NEAR(estimated.summary["minus2_log_likelihood"], expected, 1e-3);
    expect_monthly_rates(estimated, data / ("ref_panel4_" + look + ".csv"));
    EXPECT_EQ(estimated.summary["warnings"].empty(), look != "annual");  // a year is long beside their stays
    EXPECT_EQ(estimated.summary["transition_matrix"]["embeddable"], "yes");
  }
}

TEST(PanelOracle, AnnualLooksWithCovariates) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/mvad");
  auto const reference = nlohmann::json::parse(support::read_file(data / "ref_panel4.json"))["annual_cov"];
  auto const estimated =
      school_to_work(data / "panel4_annual_male_gcse.csv")
          .estimate(R"({terms_for: {"1 -> 3": [male, gcse5eq], "2 -> 3": [male, gcse5eq], "3 -> 4": [male, gcse5eq],
                       "4 -> 3": [male, gcse5eq]}})");
  EXPECT_NEAR(estimated.summary["minus2_log_likelihood"], reference["minus2loglik"].get<double>(), 1e-3);
  std::size_t compared = 0;
  for (std::string const trait : {"male", "gcse5eq"}) {
    for (std::string const& name : all_pairs()) {
      auto const from = static_cast<std::size_t>(name.front() - '1');
      auto const to = static_cast<std::size_t>(name.back() - '1');
      double const se = reference["loghr_se"][trait][from][to];
      if (se == 0) continue;
      auto const effect = estimated.of(name, trait + "=1");
      EXPECT_NEAR(effect.value, reference["loghr"][trait][from][to].get<double>(), 1e-2 * se) << name;
      EXPECT_NEAR(effect.se, se, 2e-2 * se) << name;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 8U);
}

/// What looks like chance: a bijection of 64 bits (the finaliser of splitmix64).
constexpr std::uint64_t mix64(std::uint64_t z) {
  z += 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

/// A small panel of dates.
class EstimatePanel : public testing::Test {
 protected:
  EstimatePanel() {
    std::string rows = "person,date,state,sex\n";
    for (std::uint64_t person = 0; person < 160; ++person) {
      std::uint64_t state = person % 4;
      for (std::uint64_t year = 2015; year < 2020; ++year) {
        std::uint64_t const chance = mix64(person * 10000 + year);
        if (chance % 10 < 3) state = (state + 1 + chance / 16 % 3) % 4;
        rows += fmt::format("p{},{}-01-01,{},{}\n", person, year, state + 1, person % 3 == 0 ? "female" : "male");
      }
    }
    panel.folder().write("panel.csv", rows);
  }
  PanelFolder panel{all_pairs(), "{sex: [female, male]}",
                    "data_class: register\nsources:\n"
                    "  - {file: panel.csv, id: person, date: date, state_from: {column: state}, kind: panel, "
                    "traits: [sex]}\nestimate: {terms_for: {\"1 -> 2\": [sex]}, cuts: [2017]}\n"};
};

TEST_F(EstimatePanel, ReportsToPeopleAndPrograms) {
  EXPECT_EQ(panel.run({"check", "study.yaml"}).exit_code, 0);
  auto const text = panel.run({"estimate", "study.yaml", "-o", "rates.h5", "--inside"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, AllOf(HasSubstr("160 persons, 640 intervals between looks"), HasSubstr("-2 log-likelihood"),
                              HasSubstr("1 -> 2"), HasSubstr("warning: ")));
  auto const json =
      panel.run({"estimate", "study.yaml", "-o", "rates.h5", "--inside", "--format", "json", "--summary", "s.json"});
  EXPECT_EQ(nlohmann::json::parse(json.out), nlohmann::json::parse(support::read_file(panel.folder() / "s.json")));
}

TEST_F(EstimatePanel, MakesRatesThatAModelUses) {
  ASSERT_EQ(panel.run({"estimate", "study.yaml", "-o", "rates.h5", "--inside"}).exit_code, 0);
  panel.folder().write(
      "baseline.yaml",
      "utvei: scenario/1\nname: baseline\nmodel: model.yaml\nrates: rates.h5\nstart: 2016-01-01\n"
      "years: 3\nseed: 1\npopulation: {persons: 200, state: \"1\", traits: {sex: {female: 1, male: 1}}}\n");
  auto const run = panel.run({"run", "baseline.yaml", "--out", "runs"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(std::filesystem::exists(panel.folder() / "runs" / "baseline.h5"));
}

TEST_F(EstimatePanel, MakesRatesThatParameterDrawsMoveTogether) {
  ASSERT_EQ(panel.run({"estimate", "study.yaml", "-o", "rates.h5", "--inside"}).exit_code, 0);
  panel.folder().write("draws.yaml",
                       "utvei: scenario/1\nname: draws\nmodel: model.yaml\nrates: rates.h5\nstart: 2016-01-01\n"
                       "years: 1\nseed: 1\ndraws: 3\npopulation: {persons: 50, state: \"1\", traits: {sex: female}}\n");
  auto const run = panel.run({"run", "draws.yaml", "--out", "runs"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, testing::Not(HasSubstr("warning")));
}

TEST_F(EstimatePanel, RefusesTablesOfSpellsAllAtOnce) {
  auto const outcome = panel.run({"estimate", "study.yaml", "-o", "rates.h5", "--exposure", "e.csv", "--occupation",
                                  "o.csv", "--regions", "r.csv", "--inside"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("`--exposure` needs spells"), HasSubstr("`--occupation` needs spells"),
                                 HasSubstr("`--regions` needs spells")));
  EXPECT_FALSE(std::filesystem::exists(panel.folder() / "rates.h5"));
}

TEST_F(EstimatePanel, KeepsTablesOfARegisterInside) {
  auto const outcome = panel.run({"estimate", "study.yaml", "-o", "rates.h5", "--coefficients", "c.csv"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--inside"));
  EXPECT_FALSE(std::filesystem::exists(panel.folder() / "c.csv"));
}

TEST_F(EstimatePanel, GivesTheSameBytesForAnyNumberOfThreads) {
  for (std::string const threads : {"1", "2"}) {
    auto const outcome = panel.run({"--threads", threads, "estimate", "study.yaml", "-o", "rates.h5", "--inside",
                                    "--coefficients", "c" + threads + ".csv", "--summary", "s" + threads + ".json"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  for (std::string const file : {"c{}.csv", "s{}.json"}) {
    EXPECT_EQ(support::read_file(panel.folder() / fmt::format(fmt::runtime(file), 1)),
              support::read_file(panel.folder() / fmt::format(fmt::runtime(file), 2)));
  }
}

}  // namespace
}  // namespace utvei
