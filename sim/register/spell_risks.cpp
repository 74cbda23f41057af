// SPDX-License-Identifier: Apache-2.0
#include "person_blocks.hpp"
#include "spell_counter.hpp"

#include <utvei/register/spell_risks.hpp>

namespace utvei {
namespace {

/// Adds to the record of the spell at hand.
struct RiskTally {
  RiskTally(Model const& model, LeavingRates const& leaving, std::vector<SpellRisk>& all)
      : rates{leaving},
        spells{all},
        rule_changes(model.states.size() * model.states.size()),
        unmodelled(rule_changes.size()) {}
  void begin(SpellId spell) { here = &spells[spell.value()]; }
  void add_time(StateId state, std::size_t cell, std::int64_t more) {
    here->expected += in_years(Duration{more}) * rates.looked_at[state][cell];
  }
  void add_event(TransitionId transition, std::size_t /*cell*/) {
    here->left = true;
    here->events += rates.is_looked_at[transition.value()] ? 1 : 0;
  }

  LeavingRates const& rates;
  std::vector<SpellRisk>& spells;
  SpellRisk* here{nullptr};
  std::vector<std::int64_t> rule_changes, unmodelled;
  Uncounted uncounted;
};

/// The first year after the entry, at the rates of the cells that the clocks pass.
class FirstYear {
 public:
  FirstYear(LifeCourses const& lives, std::vector<CellAxis> const& axes, LeavingRates const& rates)
      : lives_{lives}, finder_{lives, axes}, rates_{rates} {}

  void describe(SpellId spell, SpellRisk& risk) const {
    Instant const entered = lives_.entered[spell];
    auto const attributes = finder_.attributes(lives_.person[spell], entered);
    risk.seen = lives_.leave[spell] - entered;
    risk.from_entry =
        lives_.entry_known[spell] && lives_.enter[spell] == entered && attributes.known == CellFinder::Known::all;
    Instant const end = entered + Duration{minutes_per_year};
    for (Instant moment = entered; risk.from_entry && moment < end;) {
      auto const stretch = finder_.at(spell, moment, attributes.part);
      Instant const until = std::min(stretch.until, end);
      if (!stretch.cell) {
        risk.from_entry = false;
        return;
      }
      risk.in_a_year += in_years(until - moment) * rates_.looked_at[risk.state][*stretch.cell];
      risk.others_in_a_year += in_years(until - moment) * rates_.others[risk.state][*stretch.cell];
      moment = until;
    }
  }

 private:
  LifeCourses const& lives_;
  CellFinder finder_;
  LeavingRates const& rates_;
};

}  // namespace

std::vector<SpellRisk> spell_risks(LifeCourses const& lives, Model const& model, std::vector<CellAxis> const& axes,
                                   LeavingRates const& rates, std::span<LimitWindow const> windows, std::size_t threads,
                                   StopFlag const* stop) {
  std::vector<SpellRisk> spells(lives.size());
  SpellCounter<RiskTally> const counter{lives, model, axes, windows};
  FirstYear const first_year{lives, axes, rates};
  parallel_for_blocks(lives.persons.size(), persons_per_block, threads, stop, [&](Block const& block) {
    RiskTally tally{model, rates, spells};
    for (std::size_t person = block.first; person < block.last; ++person) {
      for (std::size_t s = lives.first_spell[person]; s < lives.first_spell[person + 1]; ++s) {
        spells[s].person = PersonRow{person};
        spells[s].state = lives.state[SpellId{s}];
        first_year.describe(SpellId{s}, spells[s]);
      }
      counter.count_person(PersonRow{person}, tally);
    }
  });
  return spells;
}

}  // namespace utvei
