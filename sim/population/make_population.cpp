// SPDX-License-Identifier: Apache-2.0
#include "attributes.hpp"
#include "kronecker.hpp"
#include "memory.hpp"
#include "population_file.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/core/data_class.hpp>
#include <utvei/core/parallel.hpp>
#include <utvei/population/population.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {

namespace {

// The order of the attributes fixes their irrationals: a new one goes behind the last, so that nobody's changes.
enum class Axis : std::size_t { state, age, region, time_in_state, first_trait };

std::uint64_t multiplier(std::size_t axis) {
  return root_fraction(nth_prime(axis));
}

constexpr std::size_t block_size = std::size_t{1} << 16U;

/// One column: the value of each person, by the shares. `read` gives a Reading, checked by read_population_spec.
template <class T, class Read>
Column<PersonRow, T> fill(std::uint64_t persons, Shares const& shares, std::size_t axis, std::size_t threads,
                          Read read) {
  std::vector<T> values;
  std::vector<double> weights;
  for (Shares::Item const& item : shares.items) {
    auto const reading = read(item.value);
    UTVEI_EXPECT(reading.value.has_value());
    values.push_back(*reading.value);
    weights.push_back(item.weight);
  }
  ShareTable const table{weights};
  if (table.is_single()) return Column<PersonRow, T>{persons, values[table[0]]};
  std::vector<T> column(persons);
  std::uint64_t const step = multiplier(axis);
  parallel_for_blocks(persons, block_size, threads, nullptr, [&](Block const& block) {
    std::uint64_t point = step * block.first;
    for (std::size_t i = block.first; i < block.last; ++i) {
      point += step;
      column[i] = values[table[point]];
    }
  });
  return Column<PersonRow, T>{std::move(column)};
}

Column<PersonRow, PersonKey> keys_of_rows(std::uint64_t persons, std::size_t threads) {
  std::vector<PersonKey> keys(persons);
  parallel_for_blocks(persons, block_size, threads, nullptr, [&](Block const& block) {
    for (std::size_t i = block.first; i < block.last; ++i) keys[i].value = mix64(i + 1);
  });
  return Column<PersonRow, PersonKey>{std::move(keys)};
}

std::size_t bytes_each(PopulationSpec const& spec) {
  std::size_t bytes = sizeof(PersonKey) + sizeof(StateId);
  if (!spec.age.items.empty()) bytes += sizeof(Instant);
  if (!spec.region.items.empty()) bytes += sizeof(RegionId);
  if (!spec.time_in_state.items.empty()) bytes += sizeof(Duration);
  for (Shares const& trait : spec.traits) bytes += trait.items.empty() ? 0 : sizeof(float);
  return bytes;
}

Population from_shares(PopulationSpec const& spec, Model const& model, Instant start, std::size_t threads) {
  auto const axis = [](Axis a) { return static_cast<std::size_t>(a); };
  std::uint64_t const persons = spec.persons;
  Population people;
  people.key = keys_of_rows(persons, threads);
  people.state = fill<StateId>(persons, spec.state, axis(Axis::state), threads,
                               [&model](std::string const& text) { return read_state(text, model); });
  if (!spec.age.items.empty()) {
    people.birth = fill<Instant>(persons, spec.age, axis(Axis::age), threads, [start](std::string const& text) {
      auto const age = read_age(text);
      return Reading<Instant>{age.value ? std::optional{start - *age.value} : std::nullopt, {}, {}};
    });
  }
  if (!spec.region.items.empty()) {
    people.region = fill<RegionId>(persons, spec.region, axis(Axis::region), threads,
                                   [&model](std::string const& text) { return read_region(text, model); });
  }
  if (!spec.time_in_state.items.empty()) {
    people.time_in_state = fill<Duration>(persons, spec.time_in_state, axis(Axis::time_in_state), threads,
                                          [](std::string const& text) { return read_time_in_state(text); });
  }
  people.traits.resize(model.traits.size());
  people.numbers.resize(model.traits.size());
  for (TraitId const id : ids_of(model.traits)) {
    Shares const& shares = spec.traits[id.value()];
    if (shares.items.empty()) continue;
    Trait const& trait = model.traits[id];
    std::size_t const at = axis(Axis::first_trait) + id.value();
    if (trait.numeric) {
      people.numbers[id.value()] = fill<float>(persons, shares, at, threads,
                                               [&trait](std::string const& text) { return read_number(text, trait); });
    } else {
      people.traits[id.value()] = fill<std::uint16_t>(
          persons, shares, at, threads, [&trait](std::string const& text) { return read_level(text, trait); });
    }
  }
  return people;
}

/// Who starts at an age at which the state ends leaves it in the first minute: seldom what was meant.
void warn_of_ages(Population const& people, PopulationSpec const& spec, Model const& model, Instant start,
                  Diagnostics& diagnostics) {
  bool const any_ends =
      std::ranges::any_of(model.states, [](State const& state) { return state.ends_at_age.has_value(); });
  if (people.birth.empty() || !any_ends) return;
  Column<StateId, std::size_t> over{model.states.size(), 0};
  for (PersonRow const person : ids_of(people.birth)) {
    auto const& end = model.states[people.state[person]].ends_at_age;
    if (end && people.birth[person] + end->age_of(people.birth[person]) <= start) ++over[people.state[person]];
  }
  for (StateId const state : ids_of(model.states)) {
    if (over[state] == 0) continue;
    diagnostics.warning(
        spec.place,
        fmt::format("{} of {} people start in `{}` at the age of {} or more", over[state], people.size(),
                    model.states[state].name,
                    model.states[state].ends_at_age->cohorts.empty() ? format(model.states[state].ends_at_age->age)
                                                                     : "their cohort's end"),
        "the state ends at that age: they leave it in the first minute",
        "start them younger, or in the state that comes after");
  }
}

/// Ages and times in the state are those of one day.
bool are_of_the_day(PopulationSpec const& spec, Instant start, Diagnostics& diagnostics) {
  if (spec.saved->date == start) return true;
  diagnostics.error(spec.file_place,
                    fmt::format("the people of `{}` are of {}, but the scenario starts {}", spec.saved->name,
                                format(spec.saved->date), format(start)),
                    "who is in which state, and for how long, was so on that day",
                    fmt::format("write `start: {}`, or make people of the other day", format(spec.saved->date)));
  return false;
}

}  // namespace

Population make_population(PopulationSpec const& spec, Model const& model, Instant start, Diagnostics& diagnostics,
                           std::size_t threads) {
  Population people;
  if (spec.saved) {
    if (are_of_the_day(spec, start, diagnostics)) people = spec.saved->people;
  } else if (spec.file) {
    people = read_population_file(spec, model, start, diagnostics);
  } else if (fits_into_memory(spec.persons, bytes_each(spec), spec.persons_place, diagnostics)) {
    UTVEI_EXPECT(spec.traits.size() == model.traits.size());
    people = from_shares(spec, model, start, threads);
  }
  people.traits.resize(model.traits.size());
  people.numbers.resize(model.traits.size());
  people.data_class = strictest({people.data_class, spec.data_class});
  warn_of_ages(people, spec, model, start, diagnostics);
  return people;
}

std::vector<StateId> start_states(PopulationSpec const& spec, Model const& model) {
  std::vector<StateId> states;
  if (spec.saved) {
    std::vector<bool> seen(model.states.size(), false);
    for (StateId const state : spec.saved->people.state) seen[state.value()] = true;
    for (StateId const state : ids_of(model.states))
      if (seen[state.value()]) states.push_back(state);
  } else if (spec.file) {
    states = start_states_of_file(spec, model);
  } else {
    for (Shares::Item const& item : spec.state.items) {
      if (item.weight <= 0) continue;
      if (auto const state = read_state(item.value, model).value) states.push_back(*state);
    }
  }
  std::sort(states.begin(), states.end());
  states.erase(std::unique(states.begin(), states.end()), states.end());
  return states;
}

bool gives_region(PopulationSpec const& spec) {
  if (spec.saved) return !spec.saved->people.region.empty();
  return spec.file ? file_gives_region(spec) : !spec.region.items.empty();
}

}  // namespace utvei
