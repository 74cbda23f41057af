// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "income_calendar.hpp"

#include <utvei/engine/lives.hpp>
#include <utvei/income/rules.hpp>

#include <span>
#include <vector>

namespace utvei {

/// When a life comes to the steps of a pathway: as many as it comes to, in order. A step of states is come to at the
/// first moment, not before the step that precedes it, at which the person is in one of them; an income step at the end
/// of the first whole year, not before that step and after the last year that was a step, whose place in the chain is
/// one of them. `chain`: by whole year.
std::vector<Instant> steps_taken(IncomePathway const& pathway, LifePath const& life, std::span<IncomeState const> chain,
                                 IncomeCalendar const& calendar);

}  // namespace utvei
