// SPDX-License-Identifier: Apache-2.0
// Occurrence and exposure by cells of a Lexis diagram with several clocks: each spell is split where a clock enters
// another band (Clayton & Hills 1993, ch. 6). All sums are integers, so threads may add in any order.
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
}

/// Goes through spells and adds to the tally of one thread.
class Counter {
 public:
  Counter(LifeCourses const& lives, Model const& model, std::vector<CellAxis> const& axes, std::size_t cells)
      : lives_{lives}, model_{model}, finder_{lives, axes}, cells_{cells}, transitions_(square()) {
    for (TransitionId const t : ids_of(model.transitions)) {
      transitions_[change(model.transitions[t].from, model.transitions[t].to)] = t;
    }
  }

  [[nodiscard]] Tally empty_tally() const {
    Tally tally;
    tally.minutes.resize(model_.states.size() * cells_);
    tally.events.resize(model_.transitions.size() * cells_);
    tally.rule_changes.resize(square());
    tally.unmodelled.resize(square());
    return tally;
  }

  void count_person(PersonRow person, Tally& tally) const {
    auto attributes = finder_.attributes(person, distant_past);
    for (std::size_t s = lives_.first_spell[person.value()]; s < lives_.first_spell[person.value() + 1]; ++s) {
      count_spell(SpellId{s}, attributes, tally);
    }
  }

 private:
  [[nodiscard]] std::size_t square() const { return model_.states.size() * model_.states.size(); }
  [[nodiscard]] std::size_t change(StateId from, StateId to) const {
    return from.value() * model_.states.size() + to.value();
  }

  /// Cut where region and traits change; `attributes` go with the time. What changes when the spell ends comes after.
  void count_spell(SpellId spell, CellFinder::Attributes& attributes, Tally& tally) const {
    auto const event = counted_event(spell, tally);
    Instant const leave = lives_.leave[spell];
    for (Instant moment = lives_.enter[spell]; moment < leave;) {
      if (attributes.until <= moment) {
        attributes = finder_.attributes(lives_.person[spell], moment);
      }
      Instant const until = std::min(attributes.until, leave);
      count_part({spell, moment, until, until == leave ? event : std::nullopt}, attributes, tally);
      moment = until;
    }
  }

  /// Part of a spell, and the event that ends it.
  struct Part {
    SpellId spell;
    Instant from;
    Instant to;
    std::optional<TransitionId> event;
  };

  void count_part(Part const& part, CellFinder::Attributes const& attributes, Tally& tally) const {
    std::int64_t const minutes = (part.to - part.from).minutes;
    std::int64_t const events = part.event ? 1 : 0;
    if (attributes.known == CellFinder::Known::trait_unknown) {
      tally.uncounted.minutes_unknown_trait += minutes;
      tally.uncounted.events_unknown_trait += events;
    } else if (attributes.known == CellFinder::Known::region_unknown) {
      tally.uncounted.minutes_unknown_region += minutes;
      tally.uncounted.events_unknown_region += events;
    } else if (finder_.uses_time_in_state() && !lives_.entry_known[part.spell]) {
      tally.uncounted.minutes_unknown_time_in_state += minutes;
      tally.uncounted.events_unknown_time_in_state += events;
    } else {
      split(part, attributes.part, tally);
    }
  }

  void split(Part const& part, std::size_t attributes, Tally& tally) const {
    std::size_t const state = lives_.state[part.spell].value();
    for (Instant moment = part.from; moment < part.to;) {
      auto const stretch = finder_.at(part.spell, moment, attributes);
      Instant const until = std::min(stretch.until, part.to);
      bool const event_here = part.event && until == part.to;
      if (stretch.cell) {
        tally.minutes[state * cells_ + *stretch.cell] += (until - moment).minutes;
        if (event_here) {
          ++tally.events[part.event->value() * cells_ + *stretch.cell];
        }
      } else {
        tally.uncounted.minutes_before_first_band += (until - moment).minutes;
        tally.uncounted.events_before_first_band += event_here ? 1 : 0;
      }
      moment = until;
    }
  }

  /// The transition that ended the spell, if it is one that rates account for.
  std::optional<TransitionId> counted_event(SpellId spell, Tally& tally) const {
    auto const next = lives_.next[spell];
    if (!next) {
      return std::nullopt;
    }
    std::size_t const pair = change(lives_.state[spell], *next);
    if (rule_moment(lives_, model_, spell)) {
      ++tally.rule_changes[pair];
      return std::nullopt;
    }
    if (!transitions_[pair]) {
      ++tally.unmodelled[pair];
    }
    return transitions_[pair];
  }

  LifeCourses const& lives_;
  Model const& model_;
  CellFinder finder_;
  std::size_t cells_;
  std::vector<std::optional<TransitionId>> transitions_;  ///< from × to
};

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
                  StopFlag const* stop) {
  Exposure exposure;
  exposure.axes = std::move(axes);
  for (CellAxis const& axis : exposure.axes) {
    UTVEI_EXPECT(axis.kind != CellAxis::Kind::age || !lives.persons.birth.empty());
    UTVEI_EXPECT(axis.kind != CellAxis::Kind::region || lives.persons.knows_region());
    UTVEI_EXPECT(axis.kind != CellAxis::Kind::period || lives.has_calendar);
    UTVEI_EXPECT(axis.kind != CellAxis::Kind::trait || lives.persons.knows_trait(axis.trait));
    exposure.cells *= axis.size();
  }
  Counter const counter{lives, model, exposure.axes, exposure.cells};
  std::size_t const numbers = exposure.cells * (model.states.size() + model.transitions.size());
  std::size_t const used =
      std::clamp<std::size_t>(most_numbers / std::max<std::size_t>(numbers, 1), 1, thread_count(threads));
  std::vector<Tally> tallies(used, counter.empty_tally());
  parallel_for_blocks(lives.persons.size(), persons_per_block, used, stop, [&](Block const& block) {
    for (std::size_t person = block.first; person < block.last; ++person) {
      counter.count_person(PersonRow{person}, tallies[block.thread]);
    }
  });
  Tally total = counter.empty_tally();
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
