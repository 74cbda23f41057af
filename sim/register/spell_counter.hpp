// SPDX-License-Identifier: Apache-2.0
// Each spell is split where a clock enters another band (Clayton & Hills 1993, ch. 6).
#pragma once

#include <utvei/register/cell_finder.hpp>
#include <utvei/register/exposure.hpp>
#include <utvei/register/rule_changes.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

namespace utvei {

/// Goes through spells and adds to a tally: begin(spell), add_time(state, cell, minutes), add_event(transition, cell),
/// and the members rule_changes, unmodelled (from × to) and uncounted.
template <class Tally>
class SpellCounter {
 public:
  SpellCounter(LifeCourses const& lives, Model const& model, std::vector<CellAxis> const& axes,
               std::span<LimitWindow const> windows)
      : lives_{lives}, model_{model}, finder_{lives, axes}, windows_{windows}, transitions_(square()) {
    for (TransitionId const t : ids_of(model.transitions)) {
      transitions_[change(model.transitions[t].from, model.transitions[t].to)] = t;
    }
  }

  void count_person(PersonRow person, Tally& tally) const {
    auto attributes = finder_.attributes(person, distant_past);
    for (std::size_t s = lives_.first_spell[person.value()]; s < lives_.first_spell[person.value() + 1]; ++s) {
      tally.begin(SpellId{s});
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
    for_each_part_outside_windows(spell, tally, [&](Instant from, Instant to) {
      for (Instant moment = from; moment < to;) {
        if (attributes.until <= moment) {
          attributes = finder_.attributes(lives_.person[spell], moment);
        }
        Instant const until = std::min(attributes.until, to);
        count_part({spell, moment, until, until == leave ? event : std::nullopt}, attributes, tally);
        moment = until;
      }
    });
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
    StateId const state = lives_.state[part.spell];
    for (Instant moment = part.from; moment < part.to;) {
      auto const stretch = finder_.at(part.spell, moment, attributes);
      Instant const until = std::min(stretch.until, part.to);
      bool const event_here = part.event && until == part.to;
      if (stretch.cell) {
        tally.add_time(state, *stretch.cell, (until - moment).minutes);
        if (event_here) {
          tally.add_event(*part.event, *stretch.cell);
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
    if (rule_moment(lives_, model_, spell, windows_)) {
      ++tally.rule_changes[pair];
      return std::nullopt;
    }
    if (!transitions_[pair]) {
      ++tally.unmodelled[pair];
    }
    return transitions_[pair];
  }

  /// The parts of a spell that are not within the window of a limit whose destinations are estimated.
  template <class Use>
  void for_each_part_outside_windows(SpellId spell, Tally& tally, Use const& use) const {
    Instant from = lives_.enter[spell];
    Instant const leave = lives_.leave[spell];
    if (lives_.entry_known[spell]) {
      for (LimitWindow const& window : windows_) {
        if (window.state != lives_.state[spell]) continue;
        Instant const begin = std::clamp(lives_.entered[spell] + window.from(), from, leave);
        Instant const end = std::clamp(lives_.entered[spell] + window.to(), from, leave);
        tally.uncounted.minutes_at_limit += (end - begin).minutes;
        if (begin > from) use(from, begin);
        from = end;
      }
    }
    if (from < leave) use(from, leave);
  }

  LifeCourses const& lives_;
  Model const& model_;
  CellFinder finder_;
  std::span<LimitWindow const> windows_;
  std::vector<std::optional<TransitionId>> transitions_;  ///< from × to
};

}  // namespace utvei
