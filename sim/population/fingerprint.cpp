// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/parallel.hpp>
#include <utvei/core/random.hpp>
#include <utvei/population/fingerprint.hpp>

#include <atomic>
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

/// Names, as marks, of what a person's numbers stand for.
struct Marks {
  explicit Marks(Model const& model) : states{marks_of(model.state_names())}, regions{marks_of(model.regions.codes())} {
    for (Trait const& trait : model.traits)
      levels.push_back(trait.is_hidden ? std::vector<std::uint64_t>{} : marks_of(trait.levels));
  }
  std::vector<std::uint64_t> states, regions;
  std::vector<std::vector<std::uint64_t>> levels;
};

std::uint64_t mark_of(Population const& people, PersonRow row, Marks const& marks) {
  std::uint64_t mark = people.key[row].value;
  auto const add = [&mark](std::uint64_t value) { mark = mix64(mark ^ value); };
  add(marks.states[people.state[row].value()]);
  if (!people.birth.empty()) add(static_cast<std::uint64_t>(people.birth[row].minutes));
  if (!people.region.empty()) add(marks.regions[people.region[row].value()]);
  if (!people.time_in_state.empty()) add(static_cast<std::uint64_t>(people.time_in_state[row].minutes));
  for (std::size_t t = 0; t < people.traits.size(); ++t)
    if (!people.traits[t].empty() && people.traits[t][row] < marks.levels[t].size())
      add(marks.levels[t][people.traits[t][row]]);
  for (auto const& numbers : people.numbers)
    if (!numbers.empty()) add(std::bit_cast<std::uint32_t>(numbers[row]));
  return mark;
}

}  // namespace

std::string fingerprint(Population const& people, Model const& model, std::size_t threads) {
  constexpr std::size_t block_size = 1U << 16U;
  Marks const marks{model};
  std::atomic<std::uint64_t> sum{0};
  parallel_for_blocks(people.size(), block_size, threads, nullptr, [&](Block const& block) {
    std::uint64_t part = 0;
    for (std::size_t i = block.first; i < block.last; ++i) {
      if (is_there_at_start(people, PersonRow{i})) part += mark_of(people, PersonRow{i}, marks);
    }
    sum += part;
  });
  return fmt::format("{:016x}", sum.load());
}

}  // namespace utvei
