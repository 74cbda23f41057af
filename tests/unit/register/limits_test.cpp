// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <utvei/core/random.hpp>
#include <utvei/register/limits.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr int limit = 10;
constexpr int within = 3;
constexpr StateId b{1};

/// A spell in b, in days of January 2015 (1 is the first), and what comes after it: a, c or nothing.
struct Spell {
  int start;
  int stop;
  char next;
  bool in_the_north;
};

std::vector<Spell> many_spells() {
  RandomKey const key{3, 0, 0};
  auto const pick = [&](std::uint64_t person, std::uint32_t what, int most) {
    return std::min(most - 1, static_cast<int>(uniform(key, PersonKey{person}, StreamId{5}, what) * most));
  };
  std::vector<Spell> spells;
  for (std::uint64_t person = 0; person < 400; ++person) {
    int const start = -25 + pick(person, 0, 50);
    int const stop = start + 1 + pick(person, 1, 24);
    spells.push_back({start, stop, "acn"[pick(person, 2, 3)], pick(person, 3, 2) == 0});
  }
  return spells;
}

/// What a clerk would count who goes through the register day by day.
struct Clerk {
  std::map<std::pair<bool, char>, std::int64_t> went;  // s: stays
  std::int64_t censored{0}, seen_late{0};
  std::int64_t days{0}, days_at_limit{0};
  std::map<char, std::int64_t> events;

  void follow(Spell const& spell) {
    bool late = spell.start < 1 && 1 - spell.start > limit - within;
    bool came = false;
    bool gone = false;
    for (int day = std::max(spell.start, 1); day < std::min(spell.stop, 32); ++day) {
      int const spent = day - spell.start;  // full days behind them this morning
      bool const at_limit = spent >= limit - within && spent < limit + within;
      ++(at_limit ? days_at_limit : days);
      came = came || at_limit;
      bool const last = day + 1 == spell.stop && spell.stop <= 32 && spell.next != 'n';
      if (last && at_limit && !late) ++went[{spell.in_the_north, spell.next}];
      if (last && !at_limit) ++events[spell.next];
      gone = gone || (last && at_limit);
      if (at_limit && spent + 1 == limit + within && !gone && !late) {
        ++went[{spell.in_the_north, 's'}];
        gone = true;
      }
    }
    bool const seen_at_it_or_after = std::min(spell.stop, 32) - spell.start > limit - within && spell.stop > 1;
    if (late && seen_at_it_or_after) ++seen_late;
    if (came && !gone && !late) ++censored;
  }
};

struct Register {
  SmallStudy small{study_with_persons};
  LifeCourses lives;
  Register() {
    std::string spells;
    std::string persons;
    int person = 0;
    auto const date_of = [](int number) { return format(day(number)); };
    for (Spell const& spell : many_spells()) {
      ++person;
      persons += fmt::format("{};1980-01-01;female;{}\n", person, spell.in_the_north ? "4203" : "4204");
      spells += fmt::format("{},{},{},b\n", person, date_of(spell.start), date_of(spell.stop));
      if (spell.next != 'n') {
        spells += fmt::format("{},{},{},{}\n", person, date_of(spell.stop), date_of(spell.stop + 5), spell.next);
      }
    }
    small.spells(spells).persons(persons);
    lives = small.read();
  }
};

TEST(Limits, AreCountedAsAClerkWouldDayByDay) {
  Register const all;
  Clerk clerk;
  for (Spell const& spell : many_spells()) clerk.follow(spell);
  Model const& model = all.small.study.model;
  std::vector<LimitWindow> const windows{{b, Duration{limit * minutes_per_day}, Duration{within * minutes_per_day}}};
  auto const counts = count_limits(all.lives, model, windows, {true}, 1).front();
  EXPECT_EQ(counts.censored, clerk.censored);
  EXPECT_EQ(counts.seen_late, clerk.seen_late);
  EXPECT_EQ(counts.unknown_time, 0);
  ASSERT_EQ(counts.regions.size(), 2U);
  for (std::size_t place = 0; place < 2; ++place) {
    bool const north = model.regions[counts.regions[place]].code == "4203";
    EXPECT_EQ(counts.went[place][0], (clerk.went[{north, 'a'}]));
    EXPECT_EQ(counts.went[place][1], (clerk.went[{north, 's'}]));
    EXPECT_EQ(counts.went[place][2], (clerk.went[{north, 'c'}]));
  }
  EXPECT_GT(counts.reached(), 50);

  auto const exposure = tabulate(all.lives, model, {}, 1, nullptr, windows);
  EXPECT_EQ(exposure.minutes[b].front(), clerk.days * minutes_per_day);
  EXPECT_EQ(exposure.uncounted.minutes_at_limit, clerk.days_at_limit * minutes_per_day);
  EXPECT_EQ(exposure.events[*model.transition("b -> a")].front(), clerk.events['a']);
  EXPECT_EQ(exposure.events[*model.transition("b -> c")].front(), clerk.events['c']);
  auto const plain = tabulate(all.lives, model, {}, 1);
  EXPECT_EQ(plain.minutes[b].front(), (clerk.days + clerk.days_at_limit) * minutes_per_day);
}

TEST(Limits, AreTheSameForAnyNumberOfThreads) {
  Register const all;
  std::vector<LimitWindow> const windows{{b, Duration{limit * minutes_per_day}, Duration{within * minutes_per_day}}};
  auto const one = count_limits(all.lives, all.small.study.model, windows, {true}, 1).front();
  auto const four = count_limits(all.lives, all.small.study.model, windows, {true}, 4).front();
  EXPECT_EQ(one.went, four.went);
  EXPECT_EQ(one.censored, four.censored);
  auto const together = count_limits(all.lives, all.small.study.model, windows, {false}, 2).front();
  ASSERT_EQ(together.went.size(), 1U);
  EXPECT_EQ(together.reached(), one.reached());
}

}  // namespace
}  // namespace utvei
