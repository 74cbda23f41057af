// SPDX-License-Identifier: Apache-2.0
// Occurrence and exposure by cells of a Lexis diagram with several clocks: each spell is split where a clock enters
// another band (Clayton & Hills 1993, ch. 6). All sums are integers, so threads may add in any order.
#include "spell_counter.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/register/cell_finder.hpp>
#include <utvei/register/exposure.hpp>
#include <utvei/register/rule_changes.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace utvei {
namespace {

constexpr std::size_t persons_per_block = 1024;
// Each thread has a tally of its own; more threads than memory is good for are not used.
constexpr std::size_t most_numbers = 200'000'000;

struct Tally {
  Tally(Model const& model, std::size_t number_of_cells)
      : cells{number_of_cells},
        minutes(model.states.size() * cells),
        events(model.transitions.size() * cells),
        rule_changes(model.states.size() * model.states.size()),
        unmodelled(rule_changes.size()) {}
  void begin(SpellId /*spell*/) {}
  void add_time(StateId state, std::size_t cell, std::int64_t more) { minutes[state.value() * cells + cell] += more; }
  void add_event(TransitionId transition, std::size_t cell) { ++events[transition.value() * cells + cell]; }

  std::size_t cells;
  std::vector<std::int64_t> minutes, events, rule_changes, unmodelled;
  Uncounted uncounted;
};

void add(std::vector<std::int64_t>& sum, std::vector<std::int64_t> const& part) {
  std::transform(sum.begin(), sum.end(), part.begin(), sum.begin(), std::plus<>{});
}

void add(Uncounted& sum, Uncounted const& part) {
  sum.minutes_before_first_band += part.minutes_before_first_band;
  sum.events_before_first_band += part.events_before_first_band;
  sum.minutes_unknown_time_in_state += part.minutes_unknown_time_in_state;
  sum.events_unknown_time_in_state += part.events_unknown_time_in_state;
  sum.minutes_unknown_trait += part.minutes_unknown_trait;
  sum.events_unknown_trait += part.events_unknown_trait;
  sum.minutes_unknown_region += part.minutes_unknown_region;
  sum.events_unknown_region += part.events_unknown_region;
  sum.minutes_at_limit += part.minutes_at_limit;
}

void add(Tally& sum, Tally const& part) {
  add(sum.minutes, part.minutes);
  add(sum.events, part.events);
  add(sum.rule_changes, part.rule_changes);
  add(sum.unmodelled, part.unmodelled);
  add(sum.uncounted, part.uncounted);
}

template <class IdType>
Column<IdType, std::vector<std::int64_t>> by_row(std::vector<std::int64_t> const& flat, std::size_t rows,
                                                 std::size_t cells) {
  Column<IdType, std::vector<std::int64_t>> result;
  for (std::size_t row = 0; row < rows; ++row) {
    auto const first = flat.begin() + static_cast<std::ptrdiff_t>(row * cells);
    result.push_back({first, first + static_cast<std::ptrdiff_t>(cells)});
  }
  return result;
}

}  // namespace

Exposure tabulate(LifeCourses const& lives, Model const& model, std::vector<CellAxis> axes, std::size_t threads,
                  StopFlag const* stop, std::span<LimitWindow const> windows) {
  Exposure exposure;
  exposure.axes = std::move(axes);
  for (CellAxis const& axis : exposure.axes) {
    UTVEI_EXPECT(axis.kind != CellAxis::Kind::age || !lives.persons.birth.empty());
    UTVEI_EXPECT(axis.kind != CellAxis::Kind::region || lives.persons.knows_region());
    UTVEI_EXPECT(axis.kind != CellAxis::Kind::period || lives.has_calendar);
    UTVEI_EXPECT(axis.kind != CellAxis::Kind::trait || lives.persons.knows_trait(axis.trait));
    exposure.cells *= axis.size();
  }
  SpellCounter<Tally> const counter{lives, model, exposure.axes, windows};
  std::size_t const numbers = exposure.cells * (model.states.size() + model.transitions.size());
  std::size_t const used =
      std::clamp<std::size_t>(most_numbers / std::max<std::size_t>(numbers, 1), 1, thread_count(threads));
  std::vector<Tally> tallies(used, Tally{model, exposure.cells});
  parallel_for_blocks(lives.persons.size(), persons_per_block, used, stop, [&](Block const& block) {
    for (std::size_t person = block.first; person < block.last; ++person) {
      counter.count_person(PersonRow{person}, tallies[block.thread]);
    }
  });
  Tally total{model, exposure.cells};
  for (Tally const& tally : tallies) {
    add(total, tally);
  }
  exposure.minutes = by_row<StateId>(total.minutes, model.states.size(), exposure.cells);
  exposure.events = by_row<TransitionId>(total.events, model.transitions.size(), exposure.cells);
  exposure.rule_changes = std::move(total.rule_changes);
  exposure.unmodelled = std::move(total.unmodelled);
  exposure.uncounted = total.uncounted;
  exposure.persons = static_cast<std::int64_t>(lives.persons.size());
  exposure.spells = static_cast<std::int64_t>(lives.size());
  exposure.data_class = lives.data_class;
  exposure.counts = lives.counts;
  exposure.inputs = lives.inputs;
  return exposure;
}

}  // namespace utvei
