// SPDX-License-Identifier: Apache-2.0
// State occupation against survfit, mstate and etm on three published data sets: Kyle et al. (2002), Putter, Fiocco &
// Geskus (2007), Andersen, Borgan, Gill & Keiding (1993).
#include "support/csv.hpp"
#include "support/files.hpp"
#include "support/oracle.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/estimation/fit.hpp>

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::number;

/// A spell file: whoever enters the absorbing state stays there.
class SpellFile {
 public:
  void add(std::string const& person, std::string const& state, double start, double stop, std::string const& group) {
    text_ += fmt::format("{},{},{},{},{}\n", person, state, start, stop, group);
  }
  void add_absorbed(std::string const& person, std::string const& state, double start, std::string const& group) {
    text_ += fmt::format("{},{},{},,{}\n", person, state, start, group);
  }
  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  std::string text_{"person,state,start,stop,arm\n"};
};

struct StudyText {
  std::string states;  ///< of the model, with absorbing ones, and transitions
  std::string unit;
  double end;  ///< of the window
  std::string groups{"[all]"};
  std::string occupation;
};

std::vector<OccupationCurve> curves_of(SpellFile const& spells, StudyText const& text) {
  support::TempFolder const folder;
  folder.write("spells.csv", spells.text());
  folder.write("model.yaml", "utvei: model/1\nname: oracle\ntraits:\n  arm: " + text.groups + "\n" + text.states);
  auto const path = folder.write(
      "study.yaml", fmt::format("utvei: study/1\nname: oracle\nmodel: model.yaml\ndata_class: open\n"
                                "time: {{unit: {}}}\nwindow: {{from: 0, to: {}}}\ntraits: [arm]\nsources:\n"
                                "  - {{file: spells.csv, id: person, start: start, stop: stop, state_from: {{column: "
                                "state}}}}\nestimate: {{occupation: {}}}\n",
                                text.unit, text.end, text.occupation));
  Diagnostics diagnostics;
  auto const study = read_study(path, {}, {}, diagnostics);
  throw_if_errors(diagnostics);
  auto const options = read_estimate_options(study, diagnostics);
  throw_if_errors(diagnostics);
  auto const lives = read_register(study, 2, diagnostics);
  throw_if_errors(diagnostics);
  return state_occupation(lives, study.model, study.from, options.occupation);
}

OccupationCurve const& curve_of(std::vector<OccupationCurve> const& curves, std::string const& group,
                                Instant start_time, std::size_t start) {
  for (OccupationCurve const& curve : curves) {
    if (curve.group == group && curve.start_time == start_time && curve.start == StateId{start}) return curve;
  }
  throw std::runtime_error{"no such curve"};
}

/// The value that holds at `time`: curves are continuous from the right.
OccupationPoint const& at(OccupationCurve const& curve, double time, std::int64_t unit) {
  auto const minutes = std::llround(time * static_cast<double>(unit));
  OccupationPoint const* last = nullptr;
  for (OccupationPoint const& point : curve.points) {
    if (point.time.minutes <= minutes) last = &point;
  }
  if (last == nullptr) throw std::runtime_error{"before the curve"};
  return *last;
}

/// `se_tolerance`: relative; standard errors differ between packages by convention.
void expect_point(OccupationPoint const& point, std::vector<double> const& probability, std::vector<double> const& se,
                  double se_tolerance) {
  for (std::size_t state = 0; state < probability.size(); ++state) {
    EXPECT_NEAR(point.probability[state], probability[state], 1e-9) << state;
    EXPECT_NEAR(point.se[state], se[state], 1e-9 + se_tolerance * se[state]) << state;
  }
}

constexpr auto progressive =
    "states: {mgus: {}, pcm: {}, death: {absorbing: true}}\n"
    "transitions: [{from: mgus, to: pcm}, {from: mgus, to: death}, {from: pcm, to: death}]\n";
constexpr auto competing =
    "states: {mgus: {}, pcm: {absorbing: true}, death: {absorbing: true}}\n"
    "transitions: [{from: mgus, to: pcm}, {from: mgus, to: death}]\n";

SpellFile mgus_competing(std::filesystem::path const& folder) {
  SpellFile spells;
  for (auto const& row : support::read_csv(folder / "data.csv")) {
    bool const progressed = row.at("pstat") == "1";
    double const time = number(row, progressed ? "ptime" : "futime");
    spells.add(row.at("id"), "mgus", 0, time, row.at("sex"));
    if (progressed) {
      spells.add_absorbed(row.at("id"), "pcm", time, row.at("sex"));
    } else if (row.at("death") == "1") {
      spells.add_absorbed(row.at("id"), "death", time, row.at("sex"));
    }
  }
  return spells;
}

TEST(OccupationOracle, CompetingRisks) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/mgus2");
  SpellFile const spells = mgus_competing(folder);
  StudyText text{competing, "months", 500, "[F, M]", "{start: [mgus]}"};
  auto curves = curves_of(spells, text);
  curves.front().group = "all";
  text.occupation = "{by: arm, start: [mgus]}";
  for (auto& curve : curves_of(spells, text)) curves.push_back(std::move(curve));
  std::size_t compared = 0;
  for (auto const& row : support::read_csv(folder / "ref_aalen_johansen_competing.csv")) {
    SCOPED_TRACE(row.at("group") + " " + row.at("months"));
    auto const group = row.at("group").substr(row.at("group").find('=') + 1);
    expect_point(at(curve_of(curves, group, {}, 0), number(row, "months"), minutes_per_month),
                 {number(row, "p_event_free"), number(row, "p_pcm"), number(row, "p_death")},
                 {number(row, "se_event_free"), number(row, "se_pcm"), number(row, "se_death")}, 0.02);
    ++compared;
  }
  EXPECT_EQ(compared, 15U);
}

/// Area under a curve until `horizon` months, in years.
double restricted_mean(OccupationCurve const& curve, std::size_t state, double horizon) {
  double area = 0;
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    auto const end = static_cast<std::int64_t>(horizon) * minutes_per_month;
    auto const from = std::min(curve.points[i].time.minutes, end);
    auto const to = i + 1 < curve.points.size() ? std::min(curve.points[i + 1].time.minutes, end) : end;
    area += curve.points[i].probability[state] * in_years({to - from});
  }
  return area;
}

TEST(OccupationOracle, TimeInStateWithinTwentyYears) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/mgus2");
  auto const curves =
      curves_of(mgus_competing(folder), {competing, "months", 500, "[F, M]", "{by: arm, start: [mgus]}"});
  std::map<std::string, std::size_t, std::less<>> const states{{"(s0)", 0}, {"pcm", 1}, {"death", 2}};
  std::size_t compared = 0;
  for (auto const& row : support::read_csv(folder / "ref_restricted_mean_20y_by_sex.csv")) {
    auto const& name = row.at("row");  // sex=F, pcm
    auto const& curve = curve_of(curves, name.substr(4, 1), {}, 0);
    EXPECT_NEAR(restricted_mean(curve, states.at(name.substr(7)), 240), number(row, "rmean"), 1e-6) << name;
    ++compared;
  }
  EXPECT_EQ(compared, 6U);
}

TEST(OccupationOracle, IllnessAndDeath) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/mgus2");
  SpellFile spells;
  for (auto const& row : support::read_csv(folder / "illness_death_long.csv")) {
    spells.add(row.at("id"), row.at("from") == "1" ? "mgus" : "pcm", number(row, "t0"), number(row, "t1"), "all");
    if (row.at("to") == "3") spells.add_absorbed(row.at("id"), "death", number(row, "t1"), "all");
  }
  auto const curves = curves_of(spells, {progressive, "months", 500, "[all]", "{start: [mgus]}"});
  std::size_t compared = 0;
  for (auto const& row : support::read_csv(folder / "ref_aalen_johansen_illness_death.csv")) {
    SCOPED_TRACE(row.at("months"));
    // survfit's jackknife is by person, Greenwood's variance by change; they part where few are left in pcm.
    double const se_tolerance = number(row, "months") < 240 ? 0.02 : 0.07;
    expect_point(at(curves.front(), number(row, "months"), minutes_per_month),
                 {number(row, "p_mgus"), number(row, "p_pcm"), number(row, "p_death")},
                 {number(row, "se_mgus"), number(row, "se_pcm"), number(row, "se_death")}, se_tolerance);
    ++compared;
  }
  EXPECT_EQ(compared, 5U);
}

/// Rows of mstate, one for each transition at risk, as spells. One without duration is never at risk there, but the
/// entry into it counts: it lasts a minute here, in which nobody else moves, and is censored.
SpellFile mstate_spells(std::filesystem::path const& file, double minute, char const* group) {
  struct Stay {
    double start, stop;
    bool died{false};
    std::string group;
  };
  std::map<std::pair<std::string, std::string>, std::map<double, Stay>> stays;
  for (auto const& row : support::read_csv(file)) {
    double const start = number(row, "Tstart");
    auto& stay = stays[{row.at("id"), row.at("from")}][start];
    bool const died = row.at("status") == "1" && row.at("to") == "3";
    stay = {start, number(row, "Tstop"), stay.died || died, group == nullptr ? "all" : row.at(group)};
  }
  SpellFile spells;
  for (auto const& [key, visits] : stays) {
    auto const& [person, state] = key;
    for (auto const& [start, stay] : visits) {
      bool const no_time = stay.stop == start;
      spells.add(person, "s" + state, start, no_time ? start + minute : stay.stop, stay.group);
      if (stay.died && !no_time) spells.add_absorbed(person, "s3", stay.stop, stay.group);
    }
  }
  return spells;
}

std::vector<double> three(support::CsvRow const& row, std::string const& name) {
  return {number(row, name + "1"), number(row, name + "2"), number(row, name + "3")};
}

TEST(OccupationOracle, LandmarksInAnIllnessDeathModel) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/ebmt3");
  auto const spells = mstate_spells(folder / "msdata_long.csv", 1.0 / minutes_per_year, nullptr);
  auto const curves = curves_of(spells, {"states: {s1: {}, s2: {}, s3: {absorbing: true}}\n"
                                         "transitions: [{from: s1, to: s2}, {from: s1, to: s3}, {from: s2, to: s3}]\n",
                                         "years", 30, "[all]", "{start: [s1, s2], start_time: [0, 0.5]}"});
  std::size_t compared = 0;
  for (auto const* const file : {"ref_aalen_johansen_from0.csv", "ref_aalen_johansen_from_6months.csv"}) {
    for (auto const& row : support::read_csv(folder / file)) {
      bool const later = row.contains("s");
      SCOPED_TRACE(fmt::format("{} {} {}", file, row.at("from"), row.at("years")));
      auto const& curve =
          curve_of(curves, "", Instant{later ? minutes_per_year / 2 : 0}, row.at("from") == "1" ? 0 : 1);
      expect_point(at(curve, number(row, "years"), minutes_per_year), three(row, "pstate"), three(row, "se"), 0);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 22U);
}

TEST(OccupationOracle, ReversibleStatesByTreatment) {
  UTVEI_REQUIRE_ORACLE(folder, "oracles/prothr");
  auto const spells = mstate_spells(folder / "data.csv", 1.0 / minutes_per_day, "treat");
  auto const curves = curves_of(
      spells, {"states: {s1: {}, s2: {}, s3: {absorbing: true}}\n"
               "transitions: [{from: s1, to: s2}, {from: s2, to: s1}, {from: s1, to: s3}, {from: s2, to: s3}]\n",
               "days", 10000, "[Placebo, Prednisone]", "{by: arm, start_time: [0, 1000]}"});
  std::size_t compared = 0;
  for (auto const& row : support::read_csv(folder / "ref_aalen_johansen_by_treat.csv")) {
    SCOPED_TRACE(fmt::format("{} {} {} {}", row.at("treat"), row.at("s"), row.at("from"), row.at("days")));
    Instant const start{std::stoll(row.at("s")) * minutes_per_day};
    auto const& curve = curve_of(curves, row.at("treat"), start, row.at("from") == "1" ? 0 : 1);
    expect_point(at(curve, number(row, "days"), minutes_per_day), three(row, "pstate"), three(row, "se"), 0);
    ++compared;
  }
  EXPECT_EQ(compared, 40U);
}

}  // namespace
}  // namespace utvei
