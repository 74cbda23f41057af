// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

/// A pattern of names, among `known`, as flags by place.
std::vector<bool> read_names(Value const& value, std::vector<std::string> const& known, std::string_view what,
                             Diagnostics& diagnostics) {
  std::vector<bool> named(known.size(), false);
  for (auto const& [name, place] : as_codes(value, what, diagnostics)) {
    auto const found = std::ranges::find(known, name);
    if (found == known.end()) {
      diagnostics.error(place, fmt::format("unknown {} `{}`", what, name), "", did_you_mean(name, known));
      continue;
    }
    named[static_cast<std::size_t>(found - known.begin())] = true;
  }
  return named;
}

std::optional<IncomeStep> read_step(Value const& value, IncomeReading const& reading) {
  Diagnostics& diagnostics = reading.diagnostics;
  MapReader reader{value, "the step", diagnostics};
  IncomeStep step;
  step.place = value.place;
  if (Value const* name = reader.required("name")) step.name = as_code(*name, "name", diagnostics).value_or("");
  Value const* const states = reader.optional("states");
  Value const* const income = reader.optional("income");
  reader.finish();
  if ((states == nullptr) == (income == nullptr)) {
    if (value.is_map())
      diagnostics.error(value.place, "a step names `states` or `income`", "it is a place in one of the two chains",
                        "write states: [unemployed], or income: [low, persistently_low]");
    return std::nullopt;
  }
  if (states) step.states = read_names(*states, reading.model.state_names(), "state", diagnostics);
  if (income) {
    auto const named =
        read_names(*income, {income_state_names.begin(), income_state_names.end()}, "income state", diagnostics);
    std::copy(named.begin(), named.end(), step.income.begin());
  }
  return step;
}

/// Who is in such a state would take both steps at once.
bool overlap(IncomeStep const& a, IncomeStep const& b) {
  for (std::size_t i = 0; i < std::min(a.states.size(), b.states.size()); ++i)
    if (a.states[i] && b.states[i]) return true;
  return false;
}

void read_pathway(Member const& member, IncomeReading const& reading) {
  Diagnostics& diagnostics = reading.diagnostics;
  IncomePathway pathway{member.key, {}};
  if (!member.value.is_list() || member.value.items.size() < 2) {
    diagnostics.error(member.value.place, fmt::format("pathway `{}` needs two steps or more", member.key), "",
                      "write a list of {name: …, states: […]} and {name: …, income: […]}");
    return;
  }
  std::set<std::string> names;
  for (Value const& item : member.value.items) {
    auto step = read_step(item, reading);
    if (!step) continue;
    if (!names.insert(step->name).second)
      diagnostics.error(item.place, fmt::format("two steps of `{}` are named `{}`", member.key, step->name), "",
                        "give each step a name of its own");
    if (!pathway.steps.empty() && overlap(pathway.steps.back(), *step))
      diagnostics.error(item.place, fmt::format("step `{}` shares a state with the one before it", step->name),
                        "who is in that state would take both steps at once", "give each state to one of the two");
    pathway.steps.push_back(std::move(*step));
  }
  reading.rules.pathways.push_back(std::move(pathway));
}

}  // namespace

void read_income_pathways(Value const& value, IncomeReading const& reading) {
  if (!value.is_map()) {
    reading.diagnostics.error(value.place, "`pathways` must be a map", "", "write NAME: and a list of steps");
    return;
  }
  for (Member const& member : value.members) read_pathway(member, reading);
}

}  // namespace utvei
