// SPDX-License-Identifier: Apache-2.0
#include "stream_names.hpp"

#include <fmt/format.h>

namespace utvei {

StreamNames::StreamNames(Model const& model, Diagnostics& diagnostics) : diagnostics_{diagnostics} {
  taken_ = {stream_of("move"), stream_of("move:to")};
  for (Transition const& transition : model.transitions) taken_.insert(transition.stream);
  for (TraitChange const& change : model.trait_changes) taken_.insert(change.stream);
  for (State const& state : model.states) {
    for (Limit const& limit : state.limits) taken_.insert(limit.stream);
    for (Limit const& limit : state.entitlements) taken_.insert(limit.stream);
    if (state.ends_at_age) taken_.insert(state.ends_at_age->stream);
  }
}

StreamId StreamNames::give(std::string const& name, std::string_view what, Place const& place) {
  StreamId const stream = stream_of(name);
  if (!taken_.insert(stream).second) {
    diagnostics_.error(place, fmt::format("this {} would share its random numbers with another", what),
                       "two names give the same 32-bit hash", fmt::format("give the {} another `name`", what));
  }
  return stream;
}

}  // namespace utvei
