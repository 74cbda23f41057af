// SPDX-License-Identifier: Apache-2.0
// Measures with limited places against the closed forms of queueing theory. People who are found at a constant rate,
// and again after they have been served, arrive as a Poisson process where few of many are in the queue.
#include "support/csv.hpp"
#include "support/oracle.hpp"
#include "support/world.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::number;

constexpr std::size_t replicates = 8;

constexpr std::string_view one_state = R"(utvei: model/1
name: queue
states: {in: {group: outside}, out: {absorbing: true}}
transitions: [{from: in, to: out, rate_per_year: 0.00000001}]
)";

/// A queue whose unit of time is a day.
struct QueueWorld {
  double arrivals{1};    ///< a day
  double in_system{1};   ///< people on average, who cannot arrive
  std::string places{};  ///< and how they are given, as keys of a measure
  std::string lasts{};   ///< median: … days
  double customers{25'000};

  [[nodiscard]] RunResult run() const {
    double const persons = std::clamp(std::round(1000 * in_system), 5000.0, 40'000.0);
    double const rate = arrivals / (persons - in_system);
    double const years = std::clamp(std::round(customers / arrivals / 365.25), 1.0, 150.0);
    return support::make_world(
               one_state,
               fmt::format("start: 2000-01-01\nyears: {}\nreplicates: {}\nbreakdowns: [[state]]\n"
                           "population: {{persons: {}, state: in}}\nmeasures:\n"
                           "  - {{name: desk, who: {{state: in}}, found_after: {{median: {} days}}, again_after: 1 "
                           "minute,\n     lasts: {{{}}}, {}}}\n",
                           years, replicates, persons, std::numbers::ln2 / rate, lasts, places))
        .run(2);
  }
};

std::string exponential(double rate) {
  return fmt::format("median: {} days", std::numbers::ln2 / rate);
}

/// A ratio of two tables in each replicate, and what it should be on average.
class Ratio {
 public:
  Ratio(RunResult const& result, std::string const& part, std::string const& whole) {
    Table const& of = *result.table(part);
    Table const& by = *result.table(whole);
    std::size_t const cells = of.size() / replicates;
    for (std::size_t r = 0; r < replicates; ++r) {
      double a = 0;
      double b = 0;
      for (std::size_t i = r * cells; i < (r + 1) * cells; ++i) {
        a += of.value(i);
        b += by.value(i);
      }
      ratios_.push_back(a / b);
    }
  }
  void expect(double expected) const {
    double mean = 0;
    for (double const ratio : ratios_) mean += ratio / static_cast<double>(ratios_.size());
    double squares = 0;
    for (double const ratio : ratios_) squares += (ratio - mean) * (ratio - mean);
    auto const n = static_cast<double>(ratios_.size());
    double const error = std::sqrt(squares / (n - 1) / n);
    EXPECT_NEAR(mean, expected, 4 * error + 0.005 * expected) << "standard error " << error;
    EXPECT_LT(error, 0.2 * expected);  // else it says nothing
  }

 private:
  std::vector<double> ratios_;
};

void expect_waiting(RunResult const& result, double probability) {
  Ratio{result, "served_at_once", "requests"}.expect(1 - probability);
}

TEST(Queues, ServersThatShareALineHaveErlangsWaits) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  for (auto const& row : support::read_csv(data / "ref_mmc.csv")) {
    SCOPED_TRACE(row.at("lambda") + " " + row.at("c"));
    auto const result = QueueWorld{number(row, "lambda"), number(row, "L"),
                                   fmt::format("places: {{total: {}}}", row.at("c")), exponential(number(row, "mu"))}
                            .run();
    expect_waiting(result, number(row, "P_wait"));
    Ratio{result, "waited_days", "participants"}.expect(number(row, "Wq"));
  }
}

TEST(Queues, WaitingRoomsThatAreFullTurnAway) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  for (auto const& row : support::read_csv(data / "ref_mmcK.csv")) {
    SCOPED_TRACE(row.at("lambda") + " " + row.at("K"));
    double const room = number(row, "K") - number(row, "c");
    double const in_system = number(row, "Lq") + number(row, "util") * number(row, "c");
    auto const result = QueueWorld{number(row, "lambda"), in_system,
                                   fmt::format("places: {{total: {}}}, queue: {{at_most: {}}}", row.at("c"), room),
                                   exponential(number(row, "mu"))}
                            .run();
    Ratio{result, "turned_away", "requests"}.expect(number(row, "P_block"));
    Ratio{result, "waited_days", "participants"}.expect(number(row, "Wq"));
  }
}

TEST(Queues, PeopleWhoGiveUpLeaveAsInErlangA) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  for (auto const& row : support::read_csv(data / "ref_erlangA_abandonment.csv")) {
    SCOPED_TRACE(row.at("lambda"));
    double const in_system = number(row, "Lq") + number(row, "util") * number(row, "c");
    auto const result = QueueWorld{number(row, "lambda"), in_system,
                                   fmt::format("places: {{total: {}}}, queue: {{gives_up_after: {{{}}}}}", row.at("c"),
                                               exponential(number(row, "theta_abandon"))),
                                   exponential(number(row, "mu"))}
                            .run();
    expect_waiting(result, number(row, "P_wait"));
    Ratio{result, "gave_up", "requests"}.expect(number(row, "P_abandon"));
    Ratio{result, "waiting_days", "requests"}.expect(number(row, "mean_wait_all"));
  }
}

TEST(Queues, TheSpreadOfServiceMakesWaitsAsPollaczekAndKhinchineSay) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  for (auto const& row : support::read_csv(data / "ref_mg1_pollaczek_khinchine.csv")) {
    SCOPED_TRACE(row.at("queue"));
    double const spread = number(row, "scv");  // of a mean of one day
    std::string lasts = exponential(1);
    if (spread == 0) lasts = "median: 1 days, shape: fixed";
    if (spread == 0.25) lasts = "median: 0.9180151870 days, shape: gamma(4)";  // qgamma(.5, 4) / 4
    if (spread == 4)
      lasts = fmt::format("median: {} days, shape: lognormal({})", 1 / std::sqrt(5.0), std::sqrt(std::log(5.0)));
    auto const result =
        QueueWorld{number(row, "lambda"), 0.8 + 0.8 * number(row, "Wq"), "places: {total: 1}", lasts}.run();
    Ratio{result, "waited_days", "participants"}.expect(number(row, "Wq"));
  }
}

/// A unit of time is a year: stock dates are a year apart, and each region has a queue of its own.
TEST(Queues, AnEmptyQueueFillsAsTheMatrixExponentialSays) {
  UTVEI_REQUIRE_ORACLE(data, "oracles/closedform");
  constexpr double persons = 3000;
  constexpr int regions = 25;
  support::TempFolder const folder;
  std::string codes = "region;parent;level;name_nb\n";
  std::string shares;
  for (int r = 0; r < regions; ++r) {
    codes += fmt::format("r{};;m;R{}\n", r, r);
    shares += fmt::format("{}r{}: 1", r > 0 ? ", " : "", r);
  }
  folder.write("regions.csv", codes);
  std::string const model = std::string{one_state} + "regions: regions.csv\n";
  auto const result =
      support::make_world(
          folder, model,
          fmt::format(
              "start: 2000-07-01\nyears: 11\nreplicates: {}\nstock_dates: [\"07-01\"]\nbreakdowns: [[region, "
              "state]]\npopulation: {{persons: {}, state: in, region: {{{}}}}}\nmeasures:\n"
              "  - {{name: desk, who: {{state: in}}, found_after: {{median: {} years}}, again_after: 1 minute,\n"
              "     places: {{per_region: 10}}, queue: {{at_most: 30}}, lasts: {{median: {} years}}}}\n",
              replicates, persons * regions, shares, std::numbers::ln2 * (persons - 15) / 12, std::numbers::ln2))
          .run(2);
  Table const& waiting = *result.table("queue_length");
  Table const& taking = *result.table("in_measure");
  std::size_t const years = waiting.dimensions.back().labels.size();
  for (auto const& row : support::read_csv(data / "ref_mmcK_transient.csv")) {
    double const t = number(row, "t");
    if (t != std::floor(t) || t > 10) continue;
    SCOPED_TRACE(row.at("t"));
    double in_queue = 0;
    double in_system = 0;
    for (std::size_t i = static_cast<std::size_t>(t); i < waiting.size(); i += years) {
      in_queue += waiting.value(i);
      in_system += waiting.value(i) + taking.value(i);
    }
    constexpr double runs = regions * replicates;
    EXPECT_NEAR(in_system / runs, number(row, "EN"),
                4 * std::sqrt(2.5 * number(row, "EN") / runs) + 0.01 * number(row, "EN"));
    EXPECT_NEAR(in_queue / runs, number(row, "ENq"), 4 * std::sqrt(2.5 * number(row, "EN") / runs));
  }
}

}  // namespace
}  // namespace utvei
