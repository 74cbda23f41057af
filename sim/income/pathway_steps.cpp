// SPDX-License-Identifier: Apache-2.0
#include "pathway_steps.hpp"

#include <algorithm>
#include <optional>

namespace utvei {
namespace {

std::optional<Instant> come_to_state(IncomeStep const& step, LifePath const& life, Instant since) {
  for (PathPiece const& piece : life.pieces)
    if (piece.to > since && step.states[piece.state.value()]) return std::max(piece.from, since);
  return std::nullopt;
}

std::optional<Instant> come_to_income(IncomeStep const& step, std::span<IncomeState const> chain,
                                      IncomeCalendar const& calendar, Instant since, bool after) {
  for (std::size_t year = 0; year < chain.size(); ++year) {
    Instant const end = calendar.end_of_whole(year);
    bool const is_due = after ? end > since : end >= since;
    if (is_due && chain[year] != IncomeState::not_counted && step.income[static_cast<std::size_t>(chain[year])])
      return end;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Instant> steps_taken(IncomePathway const& pathway, LifePath const& life, std::span<IncomeState const> chain,
                                 IncomeCalendar const& calendar) {
  std::vector<Instant> taken;
  if (life.pieces.empty()) return taken;
  Instant since = life.pieces.front().from;
  bool was_income = false;
  for (IncomeStep const& step : pathway.steps) {
    auto const at =
        step.is_income() ? come_to_income(step, chain, calendar, since, was_income) : come_to_state(step, life, since);
    if (!at) break;
    taken.push_back(*at);
    since = *at;
    was_income = step.is_income();
  }
  return taken;
}

}  // namespace utvei
