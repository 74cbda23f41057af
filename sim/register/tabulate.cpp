// SPDX-License-Identifier: Apache-2.0
// Occurrence and exposure by cells of a Lexis diagram with several clocks: each spell is split where a clock enters
// another band (Clayton & Hills 1993, ch. 6). All sums are integers, so threads may add in any order.
#include "person_blocks.hpp"
#include "spell_counter.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/register/cell_finder.hpp>
#include <utvei/register/exposure.hpp>
#include <utvei/register/rule_changes.hpp>

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>
#include <utility>

namespace utvei {
namespace {

constexpr std::size_t most_numbers = 200'000'000;

/// By cell, then by state or transition: what one life meets lies close together.
struct Tally {
  Tally(Model const& model, std::size_t cells)
      : states{model.states.size()},
        transitions{model.transitions.size()},
        minutes(states * cells),
        events(transitions * cells),
        rule_changes(model.states.size() * model.states.size()),
        unmodelled(rule_changes.size()) {}
  void begin(SpellId /*spell*/) {}
  void add_time(StateId state, std::size_t cell, std::int64_t more) { minutes[cell * states + state.value()] += more; }
  void add_event(TransitionId transition, std::size_t cell) { ++events[cell * transitions + transition.value()]; }

  std::size_t states, transitions;
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

bool is_kept_for_long(CellAxis const& axis) {
  return axis.kind == CellAxis::Kind::region || axis.kind == CellAxis::Kind::trait;
}

/// Axes in the order in which cells are counted: region and traits, which a person keeps for long, before the clocks.
/// The counts of a life then lie close together in memory.
struct WorkingOrder {
  explicit WorkingOrder(std::vector<CellAxis> const& axes) {
    std::vector<std::size_t> sequence(axes.size());
    std::iota(sequence.begin(), sequence.end(), std::size_t{0});
    std::ranges::stable_partition(sequence, [&](std::size_t axis) { return is_kept_for_long(axes[axis]); });
    for (std::size_t const axis : sequence) order.push_back(axes[axis]);
    std::vector<std::size_t> strides(axes.size(), 1);
    for (std::size_t i = axes.size(); i-- > 1;)
      strides[sequence[i - 1]] = strides[sequence[i]] * axes[sequence[i]].size();
    cell_of.push_back(0);
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
      std::vector<std::size_t> longer;
      for (std::size_t const cell : cell_of)
        for (std::size_t place = 0; place < axes[axis].size(); ++place) longer.push_back(cell + place * strides[axis]);
      cell_of = std::move(longer);
    }
  }
  std::vector<CellAxis> order;
  std::vector<std::size_t> cell_of;  ///< by cell in the given order of axes: the same cell in this one
};

/// By state or transition, then by cell.
template <class IdType>
Column<IdType, std::vector<std::int64_t>> by_row(std::vector<std::int64_t> const& flat, std::size_t rows,
                                                 std::vector<std::size_t> const& cell_of) {
  Column<IdType, std::vector<std::int64_t>> result;
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<std::int64_t> counts(cell_of.size());
    std::ranges::transform(cell_of, counts.begin(), [&](std::size_t cell) { return flat[cell * rows + row]; });
    result.push_back(std::move(counts));
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
  WorkingOrder const working{exposure.axes};
  SpellCounter<Tally> const counter{lives, model, working.order, windows};
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
  exposure.minutes = by_row<StateId>(total.minutes, model.states.size(), working.cell_of);
  exposure.events = by_row<TransitionId>(total.events, model.transitions.size(), working.cell_of);
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
