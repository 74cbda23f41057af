// SPDX-License-Identifier: Apache-2.0
#include "cell_margins.hpp"
#include "kronecker.hpp"
#include "memory.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/core/parallel.hpp>
#include <utvei/population/synthesize.hpp>
#include <utvei/population/whole_people.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t cells_a_block = 256;
// Irrationals of the attributes, as in make_population: those of the prime numbers in their order.
constexpr std::size_t age_prime = 1;
constexpr std::size_t time_prime = 3;

/// By row of a population with so many people; empty if the model, the margins and the register do not know it.
struct PeopleColumns {
  std::vector<PersonKey> key;
  std::vector<StateId> state;
  std::vector<Instant> birth;
  std::vector<RegionId> region;
  std::vector<Duration> time_in_state;
  std::vector<std::vector<std::uint16_t>> traits;
};

class PeopleMaker {
 public:
  PeopleMaker(PopulationRecipe const& recipe, PopulationFit const& fit, Population const* donors,
              std::vector<std::int64_t> const& by_cell)
      : recipe_{recipe}, fit_{fit}, donors_{donors}, by_cell_{by_cell}, first_(by_cell.size() + 1) {
    std::partial_sum(by_cell.begin(), by_cell.end(), first_.begin() + 1);
  }

  Population make(std::size_t threads) {
    lay_out();
    parallel_for_blocks(by_cell_.size(), cells_a_block, threads, nullptr, [&](Block const& block) {
      for (std::size_t cell = block.first; cell < block.last; ++cell)
        if (by_cell_[cell] > 0) fill(cell);
    });
    Population people;
    people.key = Column<PersonRow, PersonKey>{std::move(columns_.key)};
    people.state = Column<PersonRow, StateId>{std::move(columns_.state)};
    people.birth = Column<PersonRow, Instant>{std::move(columns_.birth)};
    people.region = Column<PersonRow, RegionId>{std::move(columns_.region)};
    people.time_in_state = Column<PersonRow, Duration>{std::move(columns_.time_in_state)};
    for (auto& trait : columns_.traits) people.traits.emplace_back(std::move(trait));
    people.numbers.resize(recipe_.model.traits.size());
    people.inputs = recipe_.inputs;
    return people;
  }

 private:
  using Kind = CellDimension::Kind;
  [[nodiscard]] bool has(Kind kind) const { return fit_.cells.axis({kind, {}}) != nullptr; }

  void lay_out() {
    auto const size = static_cast<std::size_t>(first_.back());
    columns_.key.resize(size);
    columns_.state.resize(size, StateId{0});
    if (has(Kind::age) || (donors_ && !donors_->birth.empty())) columns_.birth.resize(size);
    if (has(Kind::region) || (donors_ && !donors_->region.empty())) columns_.region.resize(size);
    if (!fit_.times.pieces.empty() || (donors_ && !donors_->time_in_state.empty())) columns_.time_in_state.resize(size);
    columns_.traits.resize(recipe_.model.traits.size());
    for (TraitId const trait : ids_of(recipe_.model.traits)) {
      Trait const& each = recipe_.model.traits[trait];
      if (!each.numeric && !each.is_hidden) columns_.traits[trait.value()].resize(size);
    }
  }

  void fill(std::size_t cell) {
    auto const levels = fit_.cells.levels_of(cell);
    auto const first = static_cast<std::size_t>(first_[cell]);
    auto const last = static_cast<std::size_t>(first_[cell + 1]);
    for (std::size_t row = first; row < last; ++row) columns_.key[row] = {mix64(fit_.names[cell] + (row - first))};
    if (donors_) copy_donors(cell, first, last);
    for (std::size_t axis = 0; axis < levels.size(); ++axis) {
      PeopleGroup const& level = fit_.cells.axes[axis].levels[levels[axis]];
      fill_axis(fit_.cells.axes[axis].dimension, level, cell, first, last);
    }
    fill_times(cell, first, last);
  }

  void fill_axis(CellDimension dimension, PeopleGroup const& level, std::size_t cell, std::size_t first,
                 std::size_t last) {
    for (std::size_t row = first; row < last; ++row) {
      switch (dimension.kind) {
        // A donor may live in a part of the region.
        case Kind::region:
          if (!donors_) columns_.region[row] = level.region;
          break;
        case Kind::age:
          if (!donors_) columns_.birth[row] = birth_of(level.age, cell, row - first);
          break;
        case Kind::state:
          columns_.state[row] = StateId{level.level};
          break;
        case Kind::trait:
          columns_.traits[dimension.trait.value()][row] = static_cast<std::uint16_t>(level.level);
          break;
      }
    }
  }

  /// A point of the unit interval, in units of 2^-64, for a person of a cell.
  [[nodiscard]] std::uint64_t point(std::size_t prime, std::size_t cell, std::size_t order) const {
    return mix64(fit_.names[cell] ^ root_fraction(nth_prime(prime))) + (order + 1) * root_fraction(nth_prime(prime));
  }

  /// On a day of the band, each as likely.
  [[nodiscard]] Instant birth_of(Span age, std::size_t cell, std::size_t order) const {
    std::int64_t const first_day = (age.from + minutes_per_day - 1) / minutes_per_day;
    std::int64_t const days = std::max<std::int64_t>(1, (age.to + minutes_per_day - 1) / minutes_per_day - first_day);
    double const u = static_cast<double>(point(age_prime, cell, order) >> 11U) * 0x1p-53;
    auto const day = first_day + std::min(days - 1, static_cast<std::int64_t>(u * static_cast<double>(days)));
    return recipe_.date - Duration{day * minutes_per_day};
  }

  void copy_donors(std::size_t cell, std::size_t first, std::size_t last) {
    std::vector<std::uint32_t> order = fit_.donors[cell];
    UTVEI_EXPECT(!order.empty());
    // An order that says nothing: the register's may be by anything.
    std::ranges::sort(order, {}, [&](std::uint32_t row) { return mix64(fit_.names[cell] ^ mix64(row)); });
    Duration const later = recipe_.date - recipe_.source->date;
    for (std::size_t row = first; row < last; ++row) {
      PersonRow const donor{order[(row - first) % order.size()]};
      columns_.state[row] = donors_->state[donor];
      // As old, and as long in the state, at the population's date as the donor at that of the register.
      if (!donors_->birth.empty()) columns_.birth[row] = donors_->birth[donor] + later;
      if (!donors_->region.empty()) columns_.region[row] = donors_->region[donor];
      if (!donors_->time_in_state.empty()) columns_.time_in_state[row] = donors_->time_in_state[donor];
      for (std::size_t t = 0; t < donors_->traits.size(); ++t)
        if (!donors_->traits[t].empty()) columns_.traits[t][row] = donors_->traits[t][donor];
    }
  }

  void fill_times(std::size_t cell, std::size_t first, std::size_t last) {
    if (fit_.times.of_cell.empty() || fit_.times.of_cell[cell] == any_group) return;
    TimePieces const& pieces = fit_.times.pieces[fit_.times.of_cell[cell]];
    for (std::size_t row = first; row < last; ++row) {
      Duration& time = columns_.time_in_state[row];
      time = pieces.at(static_cast<double>(point(time_prime, cell, row - first) >> 11U) * 0x1p-53);
      if (!columns_.birth.empty()) time = std::min(time, recipe_.date - columns_.birth[row]);
    }
  }

  PopulationRecipe const& recipe_;
  PopulationFit const& fit_;
  Population const* donors_;
  std::vector<std::int64_t> const& by_cell_;
  std::vector<std::int64_t> first_;  ///< rows of each cell begin here
  PeopleColumns columns_;
};

std::vector<std::int64_t> people_by_part(Margin const& margin, std::vector<std::int64_t> const& by_cell) {
  std::vector<std::int64_t> people(margin.target.size());
  for (std::size_t cell = 0; cell < by_cell.size(); ++cell)
    if (margin.part_of[cell] != no_part) people[margin.part_of[cell]] += by_cell[cell];
  return people;
}

MarginResult result_of(CellMargin const& margin, MarginTable const& table, std::vector<std::int64_t> const& people,
                       Model const& model) {
  MarginResult result{table.name, people.size(), 0, 0, 0, 0, {}, 0, 0};
  double furthest = -1;
  for (std::size_t part = 0; part < people.size(); ++part) {
    result.target += margin.written[part];
    result.people += people[part];
    double const apart = std::abs(static_cast<double>(people[part]) - margin.written[part]);
    result.missed += apart > 0.5 ? 1U : 0U;
    if (apart <= furthest) continue;
    furthest = apart;
    result.worst = static_cast<std::uint32_t>(part);
  }
  if (people.empty()) return result;
  result.worst_name = describe_part(margin, table, result.worst, model);
  result.worst_target = margin.written[result.worst];
  result.worst_people = people[result.worst];
  return result;
}

/// The most that a person may take in memory.
std::size_t bytes_of(Model const& model) {
  return sizeof(PersonKey) + sizeof(StateId) + sizeof(Instant) + sizeof(RegionId) + sizeof(Duration) +
         model.traits.size() * sizeof(std::uint16_t);
}

}  // namespace

Synthesis synthesize(PopulationRecipe const& recipe, PopulationFit const& fit, Population const* donors,
                     Diagnostics& diagnostics, std::size_t threads) {
  Synthesis made;
  std::size_t const before = diagnostics.error_count();
  double const all = std::accumulate(fit.weights.begin(), fit.weights.end(), 0.0);
  fits_into_memory(static_cast<std::uint64_t>(all), bytes_of(recipe.model), recipe.place, diagnostics);
  if (diagnostics.error_count() != before) return made;
  std::vector<Margin> margins;
  for (CellMargin const& margin : fit.margins) margins.push_back(margin.margin);
  made.by_cell = whole_people(fit.weights, margins, RandomKey{recipe.seed, 0, 0}, fit.names);
  for (std::size_t m = 0; m < margins.size(); ++m) {
    made.by_part.push_back(people_by_part(margins[m], made.by_cell));
    made.margins.push_back(result_of(fit.margins[m], recipe.margins[m], made.by_part[m], recipe.model));
  }
  made.people = PeopleMaker{recipe, fit, donors, made.by_cell}.make(threads);
  if (recipe.households)
    made.households =
        make_households(*recipe.households, made.people, recipe.model, recipe.date, recipe.seed, diagnostics);
  return made;
}

}  // namespace utvei
