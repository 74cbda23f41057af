// SPDX-License-Identifier: Apache-2.0
// Measures of all kinds for random worlds.
#pragma once

#include "random_world.hpp"

#include <array>
#include <cstddef>
#include <string>

#include <fmt/format.h>

namespace utvei::property {

inline std::string random_time() {
  static constexpr std::array shapes{"exponential", "fixed", "gamma(2)", "lognormal(0.7)"};
  return fmt::format("{{median: {} days, shape: {}}}", pick(1, 400), shapes.at(static_cast<std::size_t>(pick(0, 3))));
}

/// One that takes people from a state to another.
inline std::string random_moving_measure(RandomWorld const& world, int number) {
  int const from = pick(0, static_cast<int>(world.states.size()) - 1);
  int const to = (from + 1) % static_cast<int>(world.states.size());
  std::string text = fmt::format("  - name: m{}\n    who: {{state: s{}}}\n    state: s{}\n    lasts: {}\n", number,
                                 from, to, random_time());
  if (pick(0, 3) > 0) text += fmt::format("    found_after: {}\n", random_time());
  if (pick(0, 1) == 1) text += fmt::format("    uptake: {}\n", pick(1, 9) / 10.0);
  if (pick(0, 1) == 1) text += fmt::format("    again_after: {} days\n", pick(1, 300));
  if (pick(0, 3) == 0) text += "    places: {total: 2}\n";
  return text;
}

/// `moves`: whether it may take people to a state.
inline std::string random_measure(RandomWorld const& world, int number, bool moves) {
  if (moves && world.states.size() > 1 && pick(0, 2) == 0) return random_moving_measure(world, number);
  static constexpr std::array places{
      "{total: 0}",    "{total: 1}", "{total: 3}", "{per_region: 1}", "{per_region: {r0: {2025: 1, 2027: 2, 2029: 1}}}",
      "{per_1000: 50}"};
  static constexpr std::array orders{"first_come", "random", "youngest", "longest_out"};
  auto const coin = [] { return pick(0, 1) == 1; };
  std::string text =
      fmt::format("  - name: m{}\n    who: {{state: {}}}\n", number,
                  state_name(static_cast<std::size_t>(pick(0, static_cast<int>(world.states.size()) - 1))));
  if (coin()) text += fmt::format("    found_after: {}\n", random_time());
  if (coin()) text += "    uptake: 0.7\n";
  if (coin()) text += fmt::format("    again_after: {} days\n", pick(1, 300));
  if (coin())
    text += fmt::format("    lasts: {}\n    ends_when: {}\n", random_time(), coin() ? "time" : "leaves_state");
  bool const has_places = pick(0, 3) > 0;
  if (has_places) {
    text += fmt::format("    places: {}\n    queue: {{order: {}", places.at(static_cast<std::size_t>(pick(0, 5))),
                        orders.at(static_cast<std::size_t>(pick(0, 3))));
    if (coin()) text += fmt::format(", gives_up_after: {}", random_time());
    if (coin()) text += fmt::format(", at_most: {}", pick(0, 3));
    text += "}\n";
    if (pick(0, 3) == 0) text += "    allocate: {every: 1 month}\n";
  }
  if (coin()) text += "    uses: [helper]\n";
  if (number > 0 && coin()) text += coin() ? "    not_with: [m0]\n" : "    replaces: [m0]\n";
  text += fmt::format("    effects: [{{transition: \"* -> gone\", hazard_ratio: {}, assumed: true, after: {}}}]\n",
                      pick(1, 30) / 10.0, coin() ? "none" : "{half_life: 3 months}");
  return text;
}

inline std::string random_measures(RandomWorld const& world, bool moves) {
  std::string text = "measures:\n";
  int const measures = pick(1, 3);
  for (int m = 0; m < measures; ++m) text += random_measure(world, m, moves);
  text += pick(0, 1) == 0 ? "resources: {helper: {total: 2}}\n" : "resources: {helper: {per_region: 1, caseload: 2}}\n";
  return text;
}

inline support::World with_measures(RandomWorld const& world) {
  return world.make(random_measures(world, false));
}

}  // namespace utvei::property
