// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <utvei/model/subpopulation.hpp>

#include <algorithm>
#include <utility>

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
  auto const* counts_in = reader.required("counts_in");
  auto const* within = reader.optional("within");
  auto const* renewed = reader.optional("renewed_after");
  reader.finish();
  if (counts_in == nullptr) return;
  clock.counts_in = read_states_of(*counts_in, "counts_in", model, diagnostics);
  if (within != nullptr) clock.within = as_duration(*within, "within", diagnostics);
  if (renewed != nullptr) read_renewals(*renewed, clock, model, diagnostics);
  for (Clock::Renewal const& renewal : clock.renewals) {
    for (StateId const id : ids_of(model.states)) {
      if (!renewal.states[id.value()] || !clock.counts_in[id.value()]) continue;
      diagnostics.error(
          renewed->place,
          fmt::format("clock `{}` counts in `{}` and is renewed there", clock.name, model.states[id].name),
          "what is used is not earned anew at the same time", "take the state out of one of the two");
    }
  }
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
