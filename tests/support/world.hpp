// SPDX-License-Identifier: Apache-2.0
// Whole runs from the texts of a model and a scenario: #include "support/world.hpp".
#pragma once

#include "support/files.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/engine/simulate.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/population/population.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cmath>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace utvei::support {

/// Fewer people where a sanitizer watches each step.
inline std::uint64_t people_for_this_build(std::uint64_t persons) {
#ifdef UTVEI_SANITIZED
  return persons / 20;
#else
  return persons;
#endif
}

/// A scenario that is ready to run.
struct World {
  Scenario scenario;
  Rates rates;
  Population people;
  [[nodiscard]] RunResult run(std::size_t threads = 1, std::size_t block_size = 10'000) const {
    return simulate(scenario, rates, people, {threads, block_size, nullptr, {}});
  }
};

/// Reads a scenario with its rates and people; throws InputError if anything is wrong.
inline World read_world(std::string const& path) {
  World world;
  Diagnostics diagnostics;
  world.scenario = read_scenario(path, {}, {}, diagnostics);
  throw_if_errors(diagnostics);
  world.rates = read_rates(world.scenario.model, diagnostics);
  world.people = make_population(world.scenario.population, world.scenario.model, world.scenario.start, diagnostics);
  throw_if_errors(diagnostics);
  add_entrants(world.scenario.demography, world.scenario.model, world.scenario.start, world.scenario.end, world.people,
               diagnostics);
  throw_if_errors(diagnostics);
  return world;
}

/// The folder needs a file for each name in the model's text beside model.yaml itself.
inline World make_world(TempFolder const& folder, std::string_view model, std::string_view scenario) {
  folder.write("model.yaml", model);
  return read_world(
      folder.write("scenario.yaml", "utvei: scenario/1\nname: test\nmodel: model.yaml\n" + std::string{scenario}));
}

inline World make_world(std::string_view model, std::string_view scenario) {
  TempFolder const folder;
  return make_world(folder, model, scenario);
}

enum class Why : std::uint8_t { start, transition, limit, age, end, measure };

/// One stay in a state, and what ended it.
struct Stay {
  std::uint16_t state;
  std::int64_t from;  ///< minutes since 1970
  std::int64_t to;
  std::uint16_t next;
  Why end;
  friend bool operator==(Stay const&, Stay const&) = default;
};
using LifeCourse = std::vector<Stay>;

/// Life courses by person, where all were kept. Throws if a record does not fit the one before it.
inline std::map<std::uint64_t, LifeCourse> life_courses_of(RunResult const& result) {
  auto const& table = result.life_courses.value();
  std::map<std::uint64_t, LifeCourse> lives;
  for (std::size_t i = 0; i < table.person.size(); ++i) {
    auto const why = static_cast<Why>(table.cause[i]);
    auto& life = lives[table.person[i]];
    if ((why == Why::start) != life.empty()) throw std::runtime_error{"a life starts twice or not at all"};
    if (!life.empty()) {
      if (life.back().next != table.from[i] || table.time[i] <= life.back().from) {
        throw std::runtime_error{"a record does not fit the one before it"};
      }
      life.back().to = table.time[i];
      life.back().next = table.to[i];
      life.back().end = why;
    }
    if (why != Why::end) life.push_back({table.to[i], table.time[i], table.time[i], table.to[i], Why::start});
  }
  return lives;
}

/// Where each person stands in a population.
inline std::map<std::uint64_t, PersonRow> rows_of(Population const& people) {
  std::map<std::uint64_t, PersonRow> rows;
  for (PersonRow const row : ids_of(people.key)) rows.emplace(people.key[row].value, row);
  return rows;
}

/// People whose life courses differ at all.
inline std::size_t lives_that_differ(std::map<std::uint64_t, LifeCourse> const& a,
                                     std::map<std::uint64_t, LifeCourse> const& b) {
  std::size_t differ = a.size() == b.size() ? 0 : 1;
  for (auto const& [person, life] : a) {
    auto const other = b.find(person);
    differ += other == b.end() || other->second != life ? 1U : 0U;
  }
  return differ;
}

/// What a run counted, without what it says about itself.
inline bool same_numbers(RunResult const& a, RunResult const& b) {
  return a.tables == b.tables && a.group_tables == b.group_tables && a.life_courses == b.life_courses &&
         a.states == b.states;
}

/// Sum of a table over all but one place of one dimension.
inline double total(RunResult const& result, std::string_view name, std::string_view dimension,
                    std::string_view label) {
  Table const* table = result.table(name);
  if (table == nullptr) throw std::runtime_error{"no table " + std::string{name}};
  auto const axis = table->axis(dimension).value();
  std::size_t after = 1;
  for (std::size_t i = axis + 1; i < table->dimensions.size(); ++i) after *= table->dimensions[i].labels.size();
  auto const& labels = table->dimensions[axis].labels;
  double sum = 0;
  for (std::size_t i = 0; i < table->size(); ++i) {
    if (labels[i / after % labels.size()] == label) sum += table->value(i);
  }
  return sum;
}

/// Mean and its standard error.
struct Mean {
  std::uint64_t n{0};
  double sum{0}, squares{0};
  void add(double x) {
    ++n;
    sum += x;
    squares += x * x;
  }
  [[nodiscard]] double mean() const { return sum / static_cast<double>(n); }
  [[nodiscard]] double variance() const {
    auto const count = static_cast<double>(n);
    return (squares - sum * sum / count) / (count - 1);
  }
  [[nodiscard]] double se() const { return std::sqrt(variance() / static_cast<double>(n)); }
};

}  // namespace utvei::support
