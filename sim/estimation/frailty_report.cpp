// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"
#include "kaplan_meier.hpp"

#include <utvei/estimation/frailty_report.hpp>
#include <utvei/register/spell_risks.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace utvei {
namespace {

constexpr Duration a_year{minutes_per_year};
/// Fewer spells than this tell little of persistence.
constexpr std::int64_t least_spells = 20;

LeavingRates leaving_rates(std::vector<TransitionId> const& transitions, Fit const& fit, Exposure const& exposure,
                           Model const& model, EstimateOptions const& options) {
  LeavingRates leaving;
  leaving.is_looked_at.assign(model.transitions.size(), false);
  for (TransitionId const transition : transitions) leaving.is_looked_at[transition.value()] = true;
  std::vector<double> const nothing(exposure.cells);
  leaving.looked_at = Column<StateId, std::vector<double>>(model.states.size(), nothing);
  leaving.others = leaving.looked_at;
  auto const all = rates_by_cell(fit, exposure, model, options);
  for (TransitionId const transition : ids_of(model.transitions)) {
    auto const& rates = all[transition];
    StateId const from = model.transitions[transition].from;
    auto& sum = leaving.is_looked_at[transition.value()] ? leaving.looked_at[from] : leaving.others[from];
    for (std::size_t cell = 0; cell < rates.size(); ++cell) sum[cell] += rates[cell];
  }
  return leaving;
}

/// By row of the person: sums over spells.
PersonRisks sums_of(std::vector<SpellRisk> const& spells, std::size_t persons) {
  PersonRisks sums{std::vector<double>(persons), std::vector<double>(persons)};
  for (SpellRisk const& spell : spells) {
    sums.events[spell.person.value()] += spell.events;
    sums.expected[spell.person.value()] += spell.expected;
  }
  return sums;
}

PersonRisks at_risk(PersonRisks const& all) {
  PersonRisks risks;
  for (std::size_t i = 0; i < all.events.size(); ++i) {
    if (all.expected[i] <= 0) continue;
    risks.events.push_back(all.events[i]);
    risks.expected.push_back(all.expected[i]);
  }
  return risks;
}

/// The share that is still there after a year; none where nobody was seen so long.
std::optional<double> still_there(std::vector<SpellRisk const*> const& spells) {
  std::vector<SeenSpell> seen;
  for (SpellRisk const* spell : spells) seen.push_back({0, spell->seen.minutes, spell->left});
  return kaplan_meier(seen, {a_year.minutes}).front().survival;
}

/// Of each spell the class of its person is judged by all other spells.
StillThere still_there_of(StateId state, double observed, std::vector<SpellRisk const*> const& spells,
                          PersonRisks const& persons, FrailtyFit const& fit) {
  StillThere result{state, static_cast<std::int64_t>(spells.size()), observed, 0, 0};
  double const first = fit.level;
  double const second = fit.level * std::exp(fit.log_ratio);
  for (SpellRisk const* spell : spells) {
    std::size_t const person = spell->person.value();
    double const slow = second_class(fit, persons.events[person] - spell->events,
                                     std::max(0.0, persons.expected[person] - spell->expected));
    double const others = std::exp(-spell->others_in_a_year);
    result.one_class += std::exp(-spell->in_a_year) * others;
    result.two_classes +=
        others * ((1 - slow) * std::exp(-first * spell->in_a_year) + slow * std::exp(-second * spell->in_a_year));
  }
  result.one_class /= static_cast<double>(spells.size());
  result.two_classes /= static_cast<double>(spells.size());
  return result;
}

/// A limit or a window around it within the year would end spells by rule.
bool has_early_limit(State const& state) {
  return std::ranges::any_of(state.limits,
                             [](Limit const& limit) { return limit.after.minutes <= a_year.minutes * 11 / 10; });
}

}  // namespace

FrailtyReport estimate_frailty(LifeCourses const& lives, Model const& model, Exposure const& exposure, Fit const& rates,
                               EstimateOptions const& options, std::size_t threads, StopFlag const* stop) {
  FrailtyReport report;
  report.transitions = *options.frailty;
  auto const leaving = leaving_rates(report.transitions, rates, exposure, model, options);
  auto const windows = windows_of(options);
  auto const spells = spell_risks(lives, model, exposure.axes, leaving, windows, threads, stop);
  PersonRisks const persons = sums_of(spells, lives.persons.size());
  PersonRisks const risks = at_risk(persons);
  if (risks.events.empty()) return report;
  report.fit = fit_frailty(risks);
  for (StateId const state : ids_of(model.states)) {
    bool const is_looked_at = std::ranges::any_of(
        report.transitions, [&](TransitionId transition) { return model.transitions[transition].from == state; });
    if (!is_looked_at || has_early_limit(model.states[state])) continue;
    std::vector<SpellRisk const*> own;
    for (SpellRisk const& spell : spells) {
      if (spell.state == state && spell.from_entry) own.push_back(&spell);
    }
    if (static_cast<std::int64_t>(own.size()) < least_spells) continue;
    if (auto const observed = still_there(own))
      report.still_there.push_back(still_there_of(state, *observed, own, persons, report.fit));
  }
  return report;
}

}  // namespace utvei
