// SPDX-License-Identifier: Apache-2.0
// Results whose truth is known: people with a number each, in draws, replicates, groups and two regions.
#pragma once

#include "small_result.hpp"

#include <utvei/core/random.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace utvei::test {

struct Crowd {
  std::size_t persons, groups, draws{1}, replicates{1};
};

inline std::vector<std::string> labels_up_to(std::size_t count) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < count; ++i) labels.push_back(std::to_string(i));
  return labels;
}

/// A standard normal of (draw, replicate, person) and a purpose.
inline double normal_of(std::size_t purpose, std::size_t draw, std::size_t replicate, std::size_t person) {
  RandomKey const key{static_cast<std::uint32_t>(purpose), static_cast<std::uint32_t>(draw),
                      static_cast<std::uint32_t>(replicate)};
  return standard_normal(key, PersonKey{person}, stream_of("test"), 0);
}

/// `years(draw, replicate, person)` in work; the rest of ten years they are outside. Even people live in `a`.
inline RunResult crowd_result(std::string const& name, Crowd const& crowd,
                              std::function<double(std::size_t, std::size_t, std::size_t)> const& years) {
  constexpr double whole = 10;
  Dimension const draw{"draw", labels_up_to(crowd.draws)};
  Dimension const replicate{"replicate", labels_up_to(crowd.replicates)};
  Dimension const group{"group", labels_up_to(crowd.groups)};
  Dimension const region{"region", {"a", "b"}};
  Dimension const state{"state", {"work", "outside"}};
  Table total = test::years("person_years", {draw, replicate, region, state});
  Table by_group = test::years("person_years", {draw, replicate, group, region, state});
  Table persons = counts("persons", {draw, replicate, group});
  auto& sums = std::get<std::vector<double>>(total.values);
  auto& parts = std::get<std::vector<double>>(by_group.values);
  auto& heads = std::get<std::vector<std::int64_t>>(persons.values);
  std::ranges::fill(sums, 0);
  std::ranges::fill(parts, 0);
  std::ranges::fill(heads, 0);
  for (std::size_t d = 0; d < crowd.draws; ++d)
    for (std::size_t r = 0; r < crowd.replicates; ++r)
      for (std::size_t p = 0; p < crowd.persons; ++p) {
        std::size_t const run = d * crowd.replicates + r;
        std::size_t const at = run * crowd.groups + mix64(p) % crowd.groups;
        double const in_work = years(d, r, p);
        for (std::size_t s = 0; s < 2; ++s) {
          double const in_state = s == 0 ? in_work : whole - in_work;
          sums[(run * 2 + p % 2) * 2 + s] += in_state;
          parts[(at * 2 + p % 2) * 2 + s] += in_state;
        }
        heads[at] += 1;
      }
  RunResult result;
  result.tables = {total};
  result.group_tables = {by_group, persons};
  result.states = {{"work", "work", "Arbeid", "", "Work"}, {"outside", "outside", "Utenfor", "", "Outside"}};
  result.provenance.scenario_name = name;
  return result;
}

}  // namespace utvei::test
