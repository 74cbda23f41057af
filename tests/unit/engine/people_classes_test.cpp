// SPDX-License-Identifier: Apache-2.0
// Two classes of people in a run.
#include "rich_world.hpp"

#include <utvei/population/fingerprint.hpp>
#include <utvei/scenario/people_classes.hpp>

#include <cmath>
#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::string_view model_of_classes = R"(utvei: model/1
states:
  aap: {}
  work: {absorbing: true}
transitions:
  - {from: aap, to: work}
)";

support::World make(double log_se) {
  auto world = support::make_world(model_of_classes,
                                   "start: 2025-01-01\nyears: 6\nlife_courses: all\nbreakdowns: [[state]]\n"
                                   "population: {persons: 40000, state: aap}\ndraws: 2\n");
  world.rates.rates.push_back({TransitionId{0}, Box{}, 0.5, log_se > 0 ? std::optional{log_se} : std::nullopt, {}});
  world.rates.classes = PeopleClasses{{TransitionId{0}}, 0.4, std::log(0.1), 1.6};
  give_classes(world.scenario, world.rates, world.people);
  return world;
}

/// The time until people leave is a mixture of two exponentials.
TEST(PeopleClasses, SurviveAsAMixture) {
  auto world = make(0);
  world.scenario.draws = 0;
  std::vector<double> still(6);
  double people = 0;
  for (auto const& [person, life] : support::life_courses_of(world.run(2))) {
    ++people;
    auto const stay = static_cast<double>(life.front().to - life.front().from);
    bool const left = life.front().end == support::Why::transition;
    for (std::size_t year = 1; year < still.size(); ++year) {
      still[year] += !left || stay > static_cast<double>(year) * minutes_per_year ? 1 : 0;
    }
  }
  for (std::size_t year = 1; year < still.size(); ++year) {
    auto const t = static_cast<double>(year);
    double const expected = 0.6 * std::exp(-0.8 * t) + 0.4 * std::exp(-0.08 * t);
    EXPECT_NEAR(still[year] / people, expected, 4 * std::sqrt(expected * (1 - expected) / people)) << year;
  }
}

/// Another run may have no classes, or others, and has the same people.
TEST(PeopleClasses, AreInNoResult) {
  auto const world = make(0);
  auto const plain =
      support::make_world(model_of_classes, "start: 2025-01-01\nyears: 6\npopulation: {persons: 40000, state: aap}\n");
  auto const result = world.run(2);
  EXPECT_EQ(result.provenance.people, fingerprint(plain.people, plain.scenario.model, 1));
  ASSERT_TRUE(result.life_courses.has_value());
  EXPECT_TRUE(result.life_courses->people.traits.empty());
}

TEST(PeopleClasses, DrawsMoveBothClassesTogether) {
  auto const world = make(0.3);
  auto const factors = draw_rate_factors(world.scenario.model, world.rates, 5, 1);
  ASSERT_EQ(factors.size(), 2U);
  EXPECT_EQ(factors[0], factors[1]);
  EXPECT_NE(factors[0], 1);
  EXPECT_TRUE(support::same_numbers(world.run(1), world.run(3, 999)));
}

}  // namespace
}  // namespace utvei
