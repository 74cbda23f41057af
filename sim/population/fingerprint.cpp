// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/random.hpp>
#include <utvei/population/fingerprint.hpp>

#include <bit>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Names, not numbers: another model may number its states differently.
std::vector<std::uint64_t> marks_of(std::vector<std::string> const& names) {
  std::vector<std::uint64_t> marks;
  for (std::string const& name : names) marks.push_back(stream_of(name).value);
  return marks;
}

}  // namespace

std::string fingerprint(Population const& people, Model const& model) {
  auto const states = marks_of(model.state_names());
  auto const regions = marks_of(model.regions.codes());
  std::vector<std::vector<std::uint64_t>> levels;
  for (Trait const& trait : model.traits) levels.push_back(marks_of(trait.levels));
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    PersonRow const row{i};
    std::uint64_t mark = people.key[row].value;
    auto const add = [&mark](std::uint64_t value) { mark = mix64(mark ^ value); };
    add(states[people.state[row].value()]);
    if (!people.birth.empty()) add(static_cast<std::uint64_t>(people.birth[row].minutes));
    if (!people.region.empty()) add(regions[people.region[row].value()]);
    if (!people.time_in_state.empty()) add(static_cast<std::uint64_t>(people.time_in_state[row].minutes));
    for (std::size_t t = 0; t < people.traits.size(); ++t)
      if (!people.traits[t].empty() && people.traits[t][row] < levels[t].size()) add(levels[t][people.traits[t][row]]);
    for (auto const& numbers : people.numbers)
      if (!numbers.empty()) add(std::bit_cast<std::uint32_t>(numbers[row]));
    sum += mark;
  }
  return fmt::format("{:016x}", sum);
}

}  // namespace utvei
