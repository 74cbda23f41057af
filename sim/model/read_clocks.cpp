// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <utvei/model/subpopulation.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

void read_renewals(Value const& value, Clock& clock, Model const& model, Diagnostics& diagnostics) {
  if (!value.is_map() || value.members.empty()) {
    diagnostics.error(value.place, "`renewed_after` is not a map of durations", "",
                      "renewed_after: {26 weeks: [work]}");
    return;
  }
  for (Member const& member : value.members) {
    auto const after = parse_duration(member.key);
    if (!after || after->minutes < 1) {
      diagnostics.error(member.key_place, fmt::format("`{}` is not a length of time", member.key), "",
                        "write a number and a unit: 26 weeks");
    }
    clock.renewals.push_back(
        {after.value_or(Duration{1}), read_states_of(member.value, member.key, model, diagnostics)});
  }
}

void read_conditions(Value const& value, Clock& clock, Model const& model, Diagnostics& diagnostics) {
  if (!value.is_map() || value.members.empty()) {
    diagnostics.error(value.place, "`counts_when` is not a map of traits and levels", "",
                      "counts_when: {dagpenger: [\"yes\"]}");
    return;
  }
  auto const levels = read_levels_of_traits(value, model, diagnostics);
  for (TraitId const trait : ids_of(model.traits)) {
    if (levels[trait.value()].empty()) continue;
    Clock::Condition when{trait, std::vector<bool>(model.traits[trait].levels.size())};
    for (std::uint32_t const level : levels[trait.value()]) when.levels[level] = true;
    clock.counts_when.push_back(std::move(when));
  }
}

void refuse_earning_where_it_counts(Clock const& clock, Value const& renewed, Model const& model,
                                    Diagnostics& diagnostics) {
  for (Clock::Renewal const& renewal : clock.renewals) {
    for (StateId const id : ids_of(model.states)) {
      if (!renewal.states[id.value()] || !clock.counts_in[id.value()]) continue;
      diagnostics.error(
          renewed.place,
          fmt::format("clock `{}` counts in `{}` and is renewed there", clock.name, model.states[id].name),
          "what is used is not earned anew at the same time", "take the state out of one of the two");
    }
  }
}

void read_clock(Member const& member, Model& model, Diagnostics& diagnostics) {
  if (!as_code(member, "clock", diagnostics) || !check_name(member.key, "clock", member.key_place, diagnostics)) return;
  Clock clock{.name = member.key, .place = member.key_place};
  if (std::ranges::find(model.clocks, clock.name, &Clock::name) != model.clocks.end()) {
    diagnostics.error(member.key_place, fmt::format("clock `{}` is there already", clock.name),
                      "time in state is a clock of every model", "give it another name");
    return;
  }
  MapReader reader{member.value, fmt::format("clock `{}`", clock.name), diagnostics};
  if (!member.value.is_map()) return;
  auto const* counts_in = reader.optional("counts_in");
  auto const* counts_when = reader.optional("counts_when");
  auto const* within = reader.optional("within");
  auto const* renewed = reader.optional("renewed_after");
  reader.finish();
  if (counts_in == nullptr && counts_when == nullptr) {
    diagnostics.error(member.key_place, fmt::format("clock `{}` never counts", clock.name),
                      "it counts the time in some states, or with some levels of traits",
                      "counts_in: [sick_leave], or counts_when: {dagpenger: [\"yes\"]}");
    return;
  }
  clock.counts_in_any = counts_in == nullptr;
  clock.counts_in = counts_in != nullptr ? read_states_of(*counts_in, "counts_in", model, diagnostics)
                                         : std::vector<bool>(model.states.size(), true);
  if (counts_when != nullptr) read_conditions(*counts_when, clock, model, diagnostics);
  if (within != nullptr) clock.within = as_duration(*within, "within", diagnostics);
  if (renewed != nullptr) read_renewals(*renewed, clock, model, diagnostics);
  // Of a clock that counts with a flag, people may be in the same state with it and without.
  if (renewed != nullptr && counts_when == nullptr) refuse_earning_where_it_counts(clock, *renewed, model, diagnostics);
  model.clocks.push_back(std::move(clock));
}

}  // namespace

void read_clocks(Value const& value, Model& model, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    diagnostics.error(value.place, "`clocks` is not a map", "clocks are names with the states in which they count",
                      "clocks: {sick_pay: {counts_in: [sick_leave], within: 3 years}}");
    return;
  }
  for (Member const& member : value.members) read_clock(member, model, diagnostics);
}

}  // namespace utvei
