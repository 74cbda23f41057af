// SPDX-License-Identifier: Apache-2.0
// Intensities from panels against msm: the heart-transplant data of Sharples et al. (2003) with the models of its
// manual (Jackson 2011), and snapshots of the school-to-work data of McVicar & Anyadike-Danes (2002).
#include "support/csv.hpp"
#include "support/oracle.hpp"
#include "support/plain_model.hpp"

#include <utvei/estimation/panel_fit.hpp>

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using support::number;
using testing::Contains;
using testing::HasSubstr;

Trait yes_or_no(std::string const& name) {
  return {name, false, {"0", "1"}, {}};
}

struct Columns {
  std::string person, time;
  double unit_years;
  std::string exact_entry;  ///< a state
};

Panel read_panel(std::filesystem::path const& file, Columns const& columns, Model const& model) {
  Panel panel;
  panel.persons.traits.resize(model.traits.size());
  std::map<std::string, std::pair<PersonRow, support::CsvRow>> last;
  for (auto const& row : support::read_csv(file)) {
    auto const& id = row.at(columns.person);
    auto const state = model.state(row.at("state")).value();
    auto const found = last.find(id);
    if (found == last.end()) {
      for (TraitId const trait : ids_of(model.traits)) {
        panel.persons.traits[trait.value()].push_back(row.at(model.traits[trait].name) == "1" ? 1 : 0);
      }
      last.insert({id, {panel.persons.id.push_back(id), row}});
      continue;
    }
    auto& [person, before] = found->second;
    panel.intervals.push_back({person, number(before, columns.time) * columns.unit_years,
                               number(row, columns.time) * columns.unit_years, model.state(before.at("state")).value(),
                               state,
                               row.at("state") == columns.exact_entry ? PanelEnd::exact_entry : PanelEnd::snapshot});
    before = row;
  }
  return panel;
}

struct Cav {
  Model model{support::plain_model({"1", "2", "3", "4"}, {{0, 1}, {0, 3}, {1, 0}, {1, 2}, {1, 3}, {2, 1}, {2, 3}},
                                   {yes_or_no("sex")})};
  Panel panel;
  std::filesystem::path folder;
  nlohmann::json reference;
  PanelOptions options;

  explicit Cav(std::filesystem::path const& where, std::string const& exact_entry = "4") : folder{where} {
    panel = read_panel(folder / "data.csv", {"PTNUM", "years", 1, exact_entry}, model);
    reference = nlohmann::json::parse(support::read_file(folder / "ref_models.json"));
    options.traits = Column<TransitionId, std::vector<TraitId>>{model.transitions.size(), {}};
  }
  [[nodiscard]] TransitionId transition(std::string_view name) const { return model.transition(name).value(); }
  [[nodiscard]] PanelFit fit() const { return fit_panel(panel, model, options); }
};

PanelCoefficient const& coefficient_of(PanelFit const& fit, std::string const& term, TransitionId transition) {
  for (PanelCoefficient const& coefficient : fit.coefficients) {
    for (TransitionId const t : coefficient.transitions) {
      if (coefficient.term == term && t == transition) return coefficient;
    }
  }
  throw std::runtime_error{"no coefficient " + term};
}

/// Intensities at the reference: standard errors to 1e-2, relative, as the rates to theirs.
void expect_intensities(PanelFit const& fit, Cav const& cav, std::string const& file, double rate_tolerance = 1e-4) {
  std::size_t compared = 0;
  for (auto const& row : support::read_csv(cav.folder / file)) {
    auto const name = row.at("from") + " -> " + row.at("to");
    auto const& intercept = coefficient_of(fit, "(intercept)", cav.transition(name));
    double const rate = std::exp(intercept.estimate);
    EXPECT_NEAR(rate, number(row, "rate"), rate_tolerance * number(row, "rate")) << file << " " << name;
    EXPECT_NEAR(rate * intercept.se, number(row, "se"), 1e-2 * number(row, "se")) << file << " " << name;
    ++compared;
  }
  EXPECT_EQ(compared, 7U);
}

void expect_hazard_ratios(PanelFit const& fit, Cav const& cav, std::string const& file, std::string const& term) {
  for (auto const& row : support::read_csv(cav.folder / file)) {
    double const ratio = number(row, "HR");
    double const se = std::log(number(row, "U") / number(row, "L")) / (2 * 1.959963984540054);
    if (se == 0) continue;                    // a transition without the term
    auto const& name = row.at("transition");  // State 1 - State 2
    auto const& effect = coefficient_of(fit, term, cav.transition(fmt::format("{} -> {}", name[6], name.back())));
    EXPECT_NEAR(effect.estimate, std::log(ratio), 1e-2 * se) << name;
    EXPECT_NEAR(effect.se, se, 1e-2 * se) << name;
  }
}

TEST(PanelOracle, DeathsKnownExactly) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/cav");
  Cav const cav{folder};
  PanelFit const fit = cav.fit();
  EXPECT_TRUE(fit.converged && fit.identified);
  EXPECT_NEAR(fit.minus2_log_likelihood, 3968.797881202, 1e-3);  // published: 3968.798
  expect_intensities(fit, cav, "ref_model1_qmatrix.csv");
  std::size_t state = 0;
  for (auto const& row : support::read_csv(folder / "ref_model1_sojourn.csv")) {
    EXPECT_NEAR(fit.mean_sojourn[StateId{state++}], number(row, "estimates"), 1e-4 * number(row, "estimates"));
  }
  EXPECT_EQ(state, 3U);
}

TEST(PanelOracle, SnapshotsAlone) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/cav");
  Cav const cav{folder, "none"};
  PanelFit const fit = cav.fit();
  EXPECT_NEAR(fit.minus2_log_likelihood, cav.reference["model0_panel_only"]["minus2loglik"].get<double>(), 1e-3);
  expect_intensities(fit, cav, "ref_model0_panel_qmatrix.csv");
}

TEST(PanelOracle, SexOnSomeTransitions) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/cav");
  Cav cav{folder};
  for (auto const* const name : {"1 -> 2", "1 -> 4"}) cav.options.traits[cav.transition(name)] = {TraitId{0}};
  PanelFit const fit = cav.fit();
  EXPECT_NEAR(fit.minus2_log_likelihood, cav.reference["m2a"]["minus2loglik"].get<double>(), 1e-2);
  expect_intensities(fit, cav, "ref_m2a_qmatrix_male.csv");
  expect_hazard_ratios(fit, cav, "ref_m2a_hazard_ratios.csv", "sex=1");
}

TEST(PanelOracle, SexConstrained) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/cav");
  Cav cav{folder};
  for (TransitionId const t : ids_of(cav.model.transitions)) cav.options.traits[t] = {TraitId{0}};
  cav.options.constraints = {
      {TraitId{0}, {cav.transition("1 -> 2"), cav.transition("2 -> 3")}},
      {TraitId{0}, {cav.transition("1 -> 4"), cav.transition("2 -> 4"), cav.transition("3 -> 4")}},
      {TraitId{0}, {cav.transition("2 -> 1"), cav.transition("3 -> 2")}}};
  PanelFit const fit = cav.fit();
  EXPECT_EQ(fit.coefficients.size(), 10U);
  EXPECT_NEAR(fit.minus2_log_likelihood, cav.reference["m3"]["minus2loglik"].get<double>(), 1e-2);
  expect_intensities(fit, cav, "ref_m3_qmatrix_male.csv");
  expect_hazard_ratios(fit, cav, "ref_m3_hazard_ratios.csv", "sex=1");
}

// No woman dies of the second state: the coefficient runs away, and nothing else may.
TEST(PanelOracle, SexOnAllIsNotIdentified) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/cav");
  Cav cav{folder};
  for (TransitionId const t : ids_of(cav.model.transitions)) cav.options.traits[t] = {TraitId{0}};
  PanelFit const fit = cav.fit();
  EXPECT_FALSE(fit.identified);
  EXPECT_NEAR(fit.minus2_log_likelihood, 3954.777, 1e-2);  // published
  EXPECT_THAT(fit.warnings, Contains(HasSubstr("not identified: sex=1 of 2 -> 4")));
  for (PanelCoefficient const& coefficient : fit.coefficients) {
    EXPECT_TRUE(std::isfinite(coefficient.estimate) && std::isfinite(coefficient.se)) << coefficient.term;
  }
}

TEST(PanelOracle, IntensitiesThatChangeAfterFiveYears) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/cav");
  Cav cav{folder};
  cav.options.cuts = {{5, "5"}};
  PanelFit const fit = cav.fit();
  EXPECT_NEAR(fit.minus2_log_likelihood, cav.reference["pci5"]["minus2loglik"].get<double>(), 1e-2);
  // 2 -> 4 has a standard error of 2.4 on the log scale: there the reference stops short of the maximum by 2e-4.
  expect_intensities(fit, cav, "ref_pci5_qmatrix_first_period.csv", 1e-3);
  expect_hazard_ratios(fit, cav, "ref_pci5_hazard_ratios.csv", "period=[5,)");
}

Model school_to_work() {
  std::vector<std::pair<std::size_t, std::size_t>> transitions;
  for (std::size_t from = 0; from < 4; ++from) {
    for (std::size_t to = 0; to < 4; ++to) {
      if (from != to) transitions.emplace_back(from, to);
    }
  }
  return support::plain_model({"1", "2", "3", "4"}, transitions, {yes_or_no("male"), yes_or_no("gcse5eq")});
}

/// Rates per month to 1e-3 and standard errors to 2e-2, relative.
void expect_monthly_rates(PanelFit const& fit, Model const& model, std::filesystem::path const& file) {
  std::map<std::string, int, std::less<>> const states{
      {"education", 1}, {"training", 2}, {"employment", 3}, {"joblessness", 4}};
  for (auto const& row : support::read_csv(file)) {
    auto const name = fmt::format("{} -> {}", states.at(row.at("from")), states.at(row.at("to")));
    auto const& intercept = coefficient_of(fit, "(intercept)", model.transition(name).value());
    double const rate = std::exp(intercept.estimate) / 12;
    EXPECT_NEAR(rate, number(row, "estimate"), 1e-3 * number(row, "estimate")) << name;
    EXPECT_NEAR(rate * intercept.se, number(row, "se"), 2e-2 * number(row, "se")) << name;
  }
}

TEST(PanelOracle, LooksEachMonthQuarterAndYear) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/mvad");
  Model const model = school_to_work();
  auto const reference = nlohmann::json::parse(support::read_file(folder / "ref_panel4.json"));
  for (std::string const look : {"monthly", "quarterly", "annual"}) {
    SCOPED_TRACE(look);
    auto const panel = read_panel(folder / ("panel4_" + look + ".csv"), {"id", "month", 1.0 / 12, ""}, model);
    PanelFit const fit = fit_panel(panel, model, {});
    EXPECT_TRUE(fit.converged);
    EXPECT_NEAR(fit.minus2_log_likelihood, reference[look]["minus2loglik"].get<double>(), 1e-3);
    expect_monthly_rates(fit, model, folder / ("ref_panel4_" + look + ".csv"));
    EXPECT_EQ(fit.warnings.empty(), look != "annual");  // a year is more than half a stay in joblessness then
  }
}

TEST(PanelOracle, AnnualLooksWithCovariates) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/mvad");
  Model const model = school_to_work();
  auto const panel = read_panel(folder / "panel4_annual_male_gcse.csv", {"id", "month", 1.0 / 12, ""}, model);
  PanelOptions options;
  options.traits = Column<TransitionId, std::vector<TraitId>>{model.transitions.size(), {}};
  for (auto const* const name : {"1 -> 3", "2 -> 3", "3 -> 4", "4 -> 3"}) {
    options.traits[model.transition(name).value()] = {TraitId{0}, TraitId{1}};
  }
  PanelFit const fit = fit_panel(panel, model, options);
  auto const reference = nlohmann::json::parse(support::read_file(folder / "ref_panel4.json"))["annual_cov"];
  EXPECT_NEAR(fit.minus2_log_likelihood, reference["minus2loglik"].get<double>(), 1e-3);
  for (std::string const trait : {"male", "gcse5eq"}) {
    for (TransitionId const t : ids_of(model.transitions)) {
      auto const from = model.transitions[t].from.value();
      auto const to = model.transitions[t].to.value();
      double const se = reference["loghr_se"][trait][from][to];
      if (se == 0) continue;
      auto const& effect = coefficient_of(fit, trait + "=1", t);
      EXPECT_NEAR(effect.estimate, reference["loghr"][trait][from][to].get<double>(), 1e-2 * se);
      EXPECT_NEAR(effect.se, se, 2e-2 * se);
    }
  }
}

}  // namespace
}  // namespace utvei
