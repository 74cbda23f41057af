// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"

#include <utvei/estimation/frailty_report.hpp>
#include <utvei/register/spell_risks.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

constexpr Duration a_year{minutes_per_year};
/// Fewer spells than this tell little of persistence.
constexpr std::int64_t least_spells = 20;

/// Rates by transition and cell of the exposure; 0 where nobody was in the state.
std::vector<double> rates_of(TransitionId transition, Fit const& fit, Exposure const& exposure, Model const& model,
                             EstimateOptions const& options) {
  std::vector<double> own;
  for (RateCell const& cell : fit.cells) {
    if (cell.transition == transition) own.push_back(cell.rate);
  }
  std::vector<double> rates(exposure.cells);
  if (own.empty()) return rates;
  auto const numbers = projected_cells(exposure, own_axes(transition, exposure.axes, model, options));
  std::ranges::transform(numbers, rates.begin(), [&](std::size_t number) { return own[number]; });
  return rates;
}

LeavingRates leaving_rates(std::vector<TransitionId> const& transitions, Fit const& fit, Exposure const& exposure,
                           Model const& model, EstimateOptions const& options) {
  LeavingRates leaving;
  leaving.is_looked_at.assign(model.transitions.size(), false);
  for (TransitionId const transition : transitions) leaving.is_looked_at[transition.value()] = true;
  std::vector<double> const nothing(exposure.cells);
  leaving.looked_at = Column<StateId, std::vector<double>>(model.states.size(), nothing);
  leaving.others = leaving.looked_at;
  for (TransitionId const transition : ids_of(model.transitions)) {
    StateId const from = model.transitions[transition].from;
    auto& sum = leaving.is_looked_at[transition.value()] ? leaving.looked_at[from] : leaving.others[from];
    auto const rates = rates_of(transition, fit, exposure, model, options);
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

/// The share that is still there after a year (Kaplan & Meier 1958).
double still_there(std::vector<SpellRisk const*> spells) {
  std::ranges::sort(spells, {}, [](SpellRisk const* spell) { return spell->seen; });
  double share = 1;
  for (std::size_t i = 0; i < spells.size() && spells[i]->seen <= a_year;) {
    std::size_t const first = i;
    double left = 0;
    for (; i < spells.size() && spells[i]->seen == spells[first]->seen; ++i) left += spells[i]->left ? 1 : 0;
    share *= 1 - left / static_cast<double>(spells.size() - first);
  }
  return share;
}

/// Of each spell the class of its person is judged by all other spells.
StillThere still_there_of(StateId state, std::vector<SpellRisk const*> const& spells, PersonRisks const& persons,
                          FrailtyFit const& fit) {
  StillThere result{state, static_cast<std::int64_t>(spells.size()), still_there(spells), 0, 0};
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
    report.still_there.push_back(still_there_of(state, own, persons, report.fit));
  }
  return report;
}

}  // namespace utvei
