// SPDX-License-Identifier: Apache-2.0
#include "directions.hpp"

#include <algorithm>

namespace utvei {

std::string category_of(Table const& table) {
  for (char const* name :
       {"state", "transition", "income_state", "income_transition", "pathway_step", "income", "definition", "measure",
        "payment", "account", "ledger", "phase", "way_step", "leaving", "sequence"})
    if (table.axis(name)) return name;
  return {};
}

bool adds_up_over_years(std::string_view quantity) {
  for (char const* name : {"stock", "defined", "defined_of", "income_state", "three_years_known", "income_transitions",
                           "median_income", "income_sum", "income_histogram", "queue_length", "in_measure"})
    if (quantity == name) return false;
  return true;
}

std::optional<Better> direction_of(RunResult const& baseline, std::string const& category, std::string const& outcome,
                                   std::map<std::string, Better> const& given) {
  if (category == "ledger") return Better::more;
  // A measure or an account may have the name of a state, and neither waiting, taking part nor paying is good or bad
  // news by itself.
  if (category == "measure" || category == "payment" || category == "account" || category == "phase" ||
      category == "way_step" || category == "leaving" || category == "sequence")
    return std::nullopt;
  auto const said_of = [&given](std::string const& name) -> std::optional<Better> {
    auto const found = given.find(name);
    return found == given.end() ? std::nullopt : std::optional{found->second};
  };
  if (auto const direct = said_of(outcome)) return direct;
  auto const defined = std::ranges::find(baseline.definitions, outcome, &StateInfo::name);
  if (defined != baseline.definitions.end()) {
    if (defined->group.empty()) return std::nullopt;
    return defined->group == "less" ? Better::less : Better::more;
  }
  auto const state = std::ranges::find(baseline.states, outcome, &StateInfo::name);
  if (state == baseline.states.end()) {
    // Of the chain of low income.
    bool const is_low = outcome == "low" || outcome == "persistently_low";
    return is_low ? std::optional{Better::less} : std::nullopt;
  }
  if (auto const by_group = said_of(state->group)) return by_group;
  if (state->group == "outside") return Better::less;
  if (state->group == "work" || state->group == "education") return Better::more;
  return std::nullopt;
}

}  // namespace utvei
