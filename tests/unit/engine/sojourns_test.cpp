// SPDX-License-Identifier: Apache-2.0
// Whether the luck that is carried over visits leaves each sojourn its own distribution: later sojourns, rising
// intensities, two exits. The classic mistake (losers that keep their whole threshold) shows here.
#include "support/world.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// Piecewise-constant intensities per year of the two exits of a state, by time in state.
struct Exits {
  std::vector<double> starts;
  std::array<std::vector<double>, 2> rates;

  [[nodiscard]] double integrated(double years) const {
    double sum = 0;
    for (std::size_t band = 0; band < starts.size() && starts[band] < years; ++band) {
      double const end = band + 1 < starts.size() ? std::min(years, starts[band + 1]) : years;
      sum += (rates[0][band] + rates[1][band]) * (end - starts[band]);
    }
    return sum;
  }
  [[nodiscard]] std::size_t band(double years) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(starts, years) - starts.begin()) - 1;
  }
};

Exits const rising{{0, 0.25, 1, 2}, {{{0.1, 0.6, 1.5, 4}, {0.3, 0.5, 2.5, 3}}}};

constexpr double days_per_year = 365.25;

support::World wheel() {
  support::TempFolder const folder;
  std::string table = "from;to;days_from;days_to;rate_per_year\n";
  for (std::size_t exit = 0; exit < 2; ++exit) {
    for (std::size_t band = 0; band < rising.starts.size(); ++band) {
      bool const last = band + 1 == rising.starts.size();
      table += std::string{"a;"} + (exit == 0 ? "b;" : "c;") + std::to_string(rising.starts[band] * days_per_year) +
               ";" + (last ? "" : std::to_string(rising.starts[band + 1] * days_per_year)) + ";" +
               std::to_string(rising.rates[exit][band]) + "\n";
    }
  }
  folder.write("rates.csv", table);
  return support::make_world(folder, R"(utvei: model/1
name: wheel
states: {a: {}, b: {}, c: {}}
transitions:
  - {from: a, to: b, rates: rates.csv}
  - {from: a, to: c, rates: rates.csv}
  - {from: b, to: a, rate_per_year: 2}
  - {from: c, to: a, rate_per_year: 3}
  - {from: b, to: c, rate_per_year: 1}
)",
                             "start: 2000-01-01\nyears: 60\nlife_courses: all\nbreakdowns: [[state]]\nseed: 11\n"
                             "population: {persons: 20000, state: a, time_in_state: {0 days: 3, 1 year: 1}}\n");
}

/// The largest distance between an empirical distribution of numbers that should be uniform and the uniform, times the
/// root of how many there are. Above 2.23 once in ten thousand (Kolmogorov 1933).
double kolmogorov_smirnov(std::vector<double> numbers) {
  std::ranges::sort(numbers);
  auto const n = static_cast<double>(numbers.size());
  double distance = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    auto const at = static_cast<double>(i);
    distance = std::max({distance, (at + 1) / n - numbers[i], numbers[i] - at / n});
  }
  return distance * std::sqrt(n);
}

double correlation(std::vector<double> const& a, std::vector<double> const& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - 0.5) * (b[i] - 0.5) * 12;
  return sum / static_cast<double>(a.size());
}

class Sojourns : public testing::Test {
 protected:
  static constexpr std::size_t visits = 4;

  void SetUp() override {
    support::World const world = wheel();
    auto const rows = support::rows_of(world.people);
    for (auto const& [person, life] : support::life_courses_of(world.run())) {
      std::size_t visit = 0;
      for (auto const& stay : life) {
        if (stay.state != 0 || visit == visits) continue;
        double const before = visit == 0 ? in_years(world.people.time_in_state[rows.at(person)]) : 0;
        add(visit++, stay, before);
      }
      ASSERT_EQ(visit, visits) << "somebody has not had all the visits: the run is too short";
    }
  }

  void add(std::size_t visit, support::Stay const& stay, double before) {
    double const years = in_years(Duration{stay.to - stay.from});
    // The probability of a stay no longer than this, given what had been spent at entry. A stay ends at the end of
    // its minute; on average the event is half a minute before.
    double const exact = years - 0.5 / static_cast<double>(minutes_per_year);
    probability_[visit].push_back(-std::expm1(rising.integrated(before) - rising.integrated(before + exact)));
    auto const band = rising.band(before + exact);
    all_[visit][band] += 1;
    to_b_[visit][band] += stay.next == 1 ? 1 : 0;
  }

  std::array<std::vector<double>, visits> probability_;
  std::array<std::array<double, 4>, visits> all_{};
  std::array<std::array<double, 4>, visits> to_b_{};
};

TEST_F(Sojourns, FollowTheirDistributionOnEachVisit) {
  for (std::size_t visit = 0; visit < visits; ++visit) {
    EXPECT_LT(kolmogorov_smirnov(probability_[visit]), 2.23) << "visit " << visit + 1;
  }
}

TEST_F(Sojourns, EndByEachExitInProportionToItsIntensity) {
  for (std::size_t visit = 0; visit < visits; ++visit) {
    for (std::size_t band = 0; band < 4; ++band) {
      double const share = rising.rates[0][band] / (rising.rates[0][band] + rising.rates[1][band]);
      double const n = all_[visit][band];
      ASSERT_GT(n, 100);
      EXPECT_NEAR(to_b_[visit][band] / n, share, 4 * std::sqrt(share * (1 - share) / n))
          << "visit " << visit + 1 << ", band " << band;
    }
  }
}

TEST_F(Sojourns, DoNotHangOnTheOnesBefore) {
  for (std::size_t visit = 1; visit < visits; ++visit) {
    EXPECT_LT(std::abs(correlation(probability_[visit - 1], probability_[visit])),
              4 / std::sqrt(static_cast<double>(probability_[visit].size())));
  }
}

}  // namespace
}  // namespace utvei
