// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Gives out streams and remembers whose they are.
class Streams {
 public:
  explicit Streams(Diagnostics& diagnostics) : diagnostics_{diagnostics} {}

  StreamId give(std::string const& name, Place const& place) {
    StreamId const stream = stream_of(name);
    auto const [owner, is_new] = owners_.emplace(stream, name);
    if (!is_new) {
      diagnostics_.error(place, fmt::format("`{}` and `{}` would draw the same random numbers", owner->second, name),
                         "the hashes of the two names are equal by chance", "rename one of them");
    }
    return stream;
  }

 private:
  Diagnostics& diagnostics_;
  std::map<StreamId, std::string> owners_;
};

}  // namespace

void assign_streams(Model& model, Diagnostics& diagnostics) {
  Streams streams{diagnostics};
  for (Transition& transition : model.transitions) {
    transition.stream = streams.give(transition.name, transition.place);
  }
  for (TraitChange& change : model.trait_changes) change.stream = streams.give(change.name, change.place);
  for (State& state : model.states) {
    for (std::size_t i = 0; i < state.limits.size(); ++i) {
      std::string const name = fmt::format("limit:{}", state.name);
      state.limits[i].stream = streams.give(i == 0 ? name : fmt::format("{}:{}", name, i + 1), state.limits[i].place);
    }
    for (std::size_t i = 0; i < state.entitlements.size(); ++i) {
      Limit& limit = state.entitlements[i];
      std::string const name = fmt::format("limit:{}:{}", state.name, model.clocks[limit.clock].name);
      limit.stream = streams.give(i == 0 ? name : fmt::format("{}:{}", name, i + 1), limit.place);
    }
    if (state.ends_at_age) {
      state.ends_at_age->stream = streams.give(fmt::format("age:{}", state.name), state.ends_at_age->place);
    }
  }
}

}  // namespace utvei
