// SPDX-License-Identifier: Apache-2.0
#include "support/plain_model.hpp"

#include <utvei/core/random.hpp>
#include <utvei/estimation/persistence.hpp>

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr StateId in{0};
constexpr TransitionId out{0};

/// Spells of one state and one way out, by hand; a trait of two levels.
struct Spells {
  Model model{support::plain_model({"in", "out"}, {{0, 1}}, {{"kind", false, {"quick", "slow"}, {}}})};
  LifeCourses lives;
  Fit fit;
  EstimateOptions options;
  std::vector<CellAxis> axes{trait_axis(TraitId{0}, model)};

  Spells() {
    model.states[StateId{1}].absorbing = true;
    lives.persons.traits.resize(1);
    lives.first_spell.push_back(0);
    rates(1.0, 0.2);
  }
  void rates(double quick, double slow) {
    fit.cells.clear();
    for (double const rate : {quick, slow}) {
      RateCell cell;
      cell.transition = out;
      cell.rate = rate;
      cell.person_years = 1;
      fit.cells.push_back(cell);
    }
  }
  /// Times in minutes. The person is seen in the other state afterwards, to `window_end`.
  void add(std::uint16_t kind, std::int64_t entered, std::int64_t enter, std::int64_t leave, bool ended,
           std::int64_t window_end) {
    PersonRow const person = lives.persons.id.push_back("p");
    lives.persons.traits[0].push_back(kind);
    auto const spell = [&](StateId state, std::int64_t from, std::int64_t first, std::int64_t to,
                           std::optional<StateId> next) {
      lives.person.push_back(person);
      lives.state.push_back(state);
      lives.entered.push_back(Instant{from});
      lives.enter.push_back(Instant{first});
      lives.leave.push_back(Instant{to});
      lives.entry_known.push_back(true);
      lives.next.push_back(next);
    };
    spell(in, entered, enter, leave, ended ? std::optional{StateId{1}} : std::nullopt);
    if (ended && leave < window_end) spell(StateId{1}, leave, leave, window_end, std::nullopt);
    lives.first_spell.push_back(lives.size());
  }
  [[nodiscard]] std::vector<Persistence> lines(std::size_t threads = 1) const {
    return persistence(lives, model, axes, fit, options, threads, nullptr);
  }
};

constexpr std::int64_t year = minutes_per_year;
double after(std::vector<Persistence> const& lines, int years) {
  return lines[static_cast<std::size_t>(years - 1)].model.value();
}

TEST(Persistence, OfTheModelIsTheMeanOverTheSpells) {
  Spells spells;
  for (int i = 0; i < 10; ++i) {
    spells.add(0, 0, 0, year / 2, true, 4 * year);
    spells.add(1, 0, 0, 4 * year, false, 4 * year);
  }
  auto const lines = spells.lines();
  ASSERT_EQ(lines.size(), 3U);
  for (int years = 1; years <= 3; ++years) {
    EXPECT_NEAR(after(lines, years), (std::exp(-years) + std::exp(-.2 * years)) / 2, 1e-5);
    EXPECT_NEAR(lines[0].data.value(), .5, 1e-15);
  }
  EXPECT_EQ(lines[0].spells, 20);
  EXPECT_EQ(lines[2].at_risk, 10);
}

TEST(Persistence, WeighsWhoCouldBeSeenByWhatTheModelLeavesOfThem) {
  // The quick ones are followed for a year only, and the slow ones are seen from the start of their second.
  Spells spells;
  spells.add(0, 0, 0, year, false, year);
  spells.add(1, 0, year, 4 * year, false, 4 * year);
  auto const lines = spells.lines();
  EXPECT_NEAR(after(lines, 1), std::exp(-1), 1e-9);
  EXPECT_NEAR(after(lines, 2), std::exp(-1.2), 1e-9);
}

TEST(Persistence, HasLimitsAndAgeEndsAsTheModelDoes) {
  Spells spells;
  spells.rates(.1, .1);
  Limit limit;
  limit.after = Duration{year + year / 2};
  limit.to.rows.push_back({{}, {}, {{StateId{1}, 1, {}}}, {}, .4});
  spells.model.states[in].limits.push_back(limit);
  for (int i = 0; i < 4; ++i) spells.add(0, 0, 0, limit.after.minutes + minutes_per_day / 2, true, 4 * year);
  for (int i = 0; i < 6; ++i) spells.add(0, 0, 0, 4 * year, false, 4 * year);
  auto lines = spells.lines();
  EXPECT_NEAR(after(lines, 1), std::exp(-.1), 1e-6);
  EXPECT_NEAR(after(lines, 2), .4 * std::exp(-.2), 1e-6);
  EXPECT_NEAR(lines[1].data.value(), .6, 1e-15);
  AgeEnd end;
  end.age = Duration{3 * year};
  end.to = limit.to;
  end.to.rows.front().stay = 0;
  spells.model.states[in].ends_at_age = end;
  for (std::size_t p = 0; p < 10; ++p) spells.lives.persons.birth.push_back(Instant{p < 5 ? -year / 2 : -3 * year / 2});
  lines = spells.lines();
  // Five of ten are three years old after a year and a half, the others after two and a half.
  EXPECT_NEAR(after(lines, 1), std::exp(-.1), 1e-6);
  EXPECT_NEAR(after(lines, 2), .5 * .4 * std::exp(-.2), 2e-3);
  EXPECT_EQ(after(lines, 3), 0);
}

TEST(Persistence, FollowsNobodyAcrossAGap) {
  Spells spells;
  for (int i = 0; i < 3; ++i) spells.add(0, 0, 0, year / 2, false, 4 * year);
  auto const lines = spells.lines();
  EXPECT_FALSE(lines[0].data);
  EXPECT_FALSE(lines[0].model);
}

/// Spells with rates that the model of one rate does not know, or that it does.
Spells simulated(double quick, double slow) {
  Spells spells;
  RandomKey const key{7, 0, 0};
  std::int64_t minutes = 0;
  std::int64_t events = 0;
  for (std::uint64_t i = 0; i < 4000; ++i) {
    double const rate = i % 2 == 0 ? quick : slow;
    double const time = unit_exponential(key, PersonKey{i}, stream_of("test"), 0) / rate;
    auto const end = static_cast<std::int64_t>(4 * year * uniform(key, PersonKey{i}, stream_of("end"), 0)) + 2;
    auto const leave = static_cast<std::int64_t>(std::ceil(time * static_cast<double>(year)));
    spells.add(0, 0, 0, std::min(leave, end), leave <= end, std::max(leave, end));
    minutes += std::min(leave, end);
    events += leave <= end ? 1 : 0;
  }
  double const rate = static_cast<double>(events) / in_years(Duration{minutes});
  spells.rates(rate, rate);
  return spells;
}

TEST(Persistence, TellsDifferencesThatNobodySaw) {
  auto const right = simulated(.7, .7).lines();
  for (auto const& line : right) {
    EXPECT_LT(std::abs(line.z.value()), 3);
    EXPECT_EQ(flag_of(line), "");
  }
  auto const spells = simulated(3, .1);
  auto const wrong = spells.lines();
  EXPECT_EQ(flag_of(wrong[2]), "longer");
  EXPECT_NEAR(wrong[2].data.value(), (std::exp(-9) + std::exp(-.3)) / 2, 4 * wrong[2].se.value());
  EXPECT_EQ(to_csv(persistence_table(spells.lines(3), spells.model)), to_csv(persistence_table(wrong, spells.model)));
}

TEST(Persistence, OfFewIsNotToldOutside) {
  Spells const spells;
  Persistence const line{in, 1, 100, 3, .03, .01, .02, 1.0};
  EXPECT_THAT(describe_persistence({line}, spells.model, 5), Not(HasSubstr("100")));
  EXPECT_THAT(describe_persistence({line}, spells.model, 0), HasSubstr("100"));
  EXPECT_EQ(persistence_json({line}, spells.model, 5), "[]");
}

}  // namespace
}  // namespace utvei
