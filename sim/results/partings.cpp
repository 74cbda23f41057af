// SPDX-License-Identifier: Apache-2.0
// Each person lives twice, with the same luck, and both lives are the same until something happens in one of them
// alone. All that differs later comes of it, so the difference of the person is laid to it: a partition of people,
// whose parts sum to the whole. Common random numbers: Glasserman & Yao (1992).
#include "partings.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace utvei {
namespace {

constexpr double minutes_in_year = 525'960;

/// The events of one person: [first, last) of the table.
struct OneLife {
  LifeCourseTable const* table;
  std::size_t first, last;
  [[nodiscard]] std::size_t events() const { return last - first; }
  [[nodiscard]] std::string const& from(std::size_t i) const { return table->states[table->from[first + i]]; }
  [[nodiscard]] std::string const& to(std::size_t i) const { return table->states[table->to[first + i]]; }
  [[nodiscard]] std::int64_t time(std::size_t i) const { return table->time[first + i]; }
};

OneLife life_at(LifeCourseTable const& table, std::size_t first) {
  std::size_t last = first;
  while (last < table.person.size() && table.person[last] == table.person[first]) ++last;
  return {&table, first, last};
}

/// Minutes in the states, between the first event and the last.
std::int64_t time_in(OneLife const& life, std::vector<std::string> const& states) {
  std::int64_t minutes = 0;
  for (std::size_t i = 0; i + 1 < life.events(); ++i)
    if (std::ranges::find(states, life.to(i)) != states.end()) minutes += life.time(i + 1) - life.time(i);
  return minutes;
}

/// The first event that is not the same in both; none: they are the same.
std::optional<std::size_t> first_difference(OneLife const& a, OneLife const& b) {
  for (std::size_t i = 0; i < std::min(a.events(), b.events()); ++i)
    if (a.time(i) != b.time(i) || a.to(i) != b.to(i) || a.from(i) != b.from(i)) return i;
  return std::nullopt;
}

/// Sums over people, each of whom is in one part.
class Parts {
 public:
  void add(std::string const& what, std::int64_t minutes) {
    Sum& sum = sums_[what];
    ++sum.people;
    sum.years += static_cast<double>(minutes) / minutes_in_year;
    sum.squares += std::pow(static_cast<double>(minutes) / minutes_in_year, 2);
  }
  /// Those with the largest effect first.
  [[nodiscard]] std::vector<EffectPart> list(std::size_t people, double weight, bool errors, bool of_baseline) const {
    std::vector<EffectPart> parts;
    double const n = static_cast<double>(people);
    for (auto const& [what, sum] : sums_) {
      EffectPart part{what, weight * sum.years, std::nullopt, 0, 0};
      (of_baseline ? part.baseline : part.value) = weight * static_cast<double>(sum.people);
      // Of people who are drawn one by one; all others have 0 here.
      if (errors && people > 1)
        part.mc_se = weight * std::sqrt(n / (n - 1) * std::max(0.0, sum.squares - sum.years * sum.years / n));
      parts.push_back(std::move(part));
    }
    std::ranges::stable_sort(parts,
                             [](auto const& a, auto const& b) { return std::abs(a.effect) > std::abs(b.effect); });
    return parts;
  }

 private:
  struct Sum {
    std::size_t people{0};
    double years{0}, squares{0};
  };
  std::map<std::string, Sum> sums_;
};

std::string transition_at(OneLife const& life, std::size_t event) {
  return life.from(event) + " -> " + life.to(event);
}

}  // namespace

std::optional<Partings> find_partings(RunResult const& baseline, RunResult const& scenario,
                                      std::vector<std::string> const& states, bool errors) {
  if (!baseline.life_courses || !scenario.life_courses) return std::nullopt;
  LifeCourseTable const& before = *baseline.life_courses;
  LifeCourseTable const& after = *scenario.life_courses;
  Partings partings;
  Parts happens, fails, start_state;
  std::int64_t total = 0;
  for (std::size_t i = 0, j = 0; i < before.person.size() && j < after.person.size();) {
    OneLife const a = life_at(before, i);
    OneLife const b = life_at(after, j);
    // Somebody may have joined in one of the two alone.
    if (before.person[i] != after.person[j]) {
      (before.person[i] < after.person[j] ? i : j) = before.person[i] < after.person[j] ? a.last : b.last;
      continue;
    }
    i = a.last;
    j = b.last;
    ++partings.people;
    std::int64_t const minutes = time_in(b, states) - time_in(a, states);
    start_state.add(a.to(0), minutes);
    auto const parting = first_difference(a, b);
    if (!parting) continue;
    ++partings.parted;
    total += minutes;
    if (b.time(*parting) <= a.time(*parting))
      happens.add(transition_at(b, *parting), minutes);
    else
      fails.add(transition_at(a, *parting), minutes);
  }
  auto const weight = static_cast<double>(scenario.provenance.weight);
  partings.total = weight * static_cast<double>(total) / minutes_in_year;
  partings.happens = happens.list(partings.people, weight, errors, false);
  partings.fails = fails.list(partings.people, weight, errors, true);
  partings.start_state = start_state.list(partings.people, weight, errors, false);
  return partings;
}

}  // namespace utvei
