// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

class StateReader {
 public:
  StateReader(StateId id, Model& model, Diagnostics& diagnostics)
      : id_{id}, state_{model.states[id]}, model_{model}, diagnostics_{diagnostics} {}

  void read(Value const& value) {
    if (value.is_null()) return;
    if (!value.is_map()) {
      diagnostics_.error(value.place, fmt::format("state `{}` is not a map", state_.name), "",
                         fmt::format("{}: {{group: work}}", state_.name));
      return;
    }
    MapReader reader{value, fmt::format("state `{}`", state_.name), diagnostics_};
    if (auto const* group = reader.optional("group"))
      state_.group = as_code(*group, "group", diagnostics_).value_or("");
    if (auto const* label = reader.optional("label"))
      state_.label = read_labels(*label, fmt::format("label of `{}`", state_.name), diagnostics_);
    if (auto const* absorbing = reader.optional("absorbing")) {
      state_.absorbing = as_bool(*absorbing, "absorbing", diagnostics_).value_or(false);
    }
    if (auto const* limit = reader.optional("limit")) read_limits(*limit, id_, model_, diagnostics_);
    if (auto const* sets = reader.optional("sets"))
      model_.states[id_].sets =
          read_settings(*sets, fmt::format("state `{}`", model_.states[id_].name), model_, diagnostics_);
    if (auto const* end = reader.optional("ends_at_age")) read_age_end(*end, id_, model_, diagnostics_);
    reader.finish();
  }

 private:
  StateId id_;
  State& state_;
  Model& model_;
  Diagnostics& diagnostics_;
};

}  // namespace

Labels read_labels(Value const& value, std::string const& what, Diagnostics& diagnostics) {
  Labels labels;
  if (!value.is_map()) {
    diagnostics.error(value.place, fmt::format("{} is not a map of languages", what), "",
                      "label: {nb: …, nn: …, en: …}");
    return labels;
  }
  MapReader reader{value, what, diagnostics};
  for (auto const* language : {"nb", "nn", "en"}) {
    auto const* text = reader.optional(language);
    if (text == nullptr) continue;
    if (auto label = as_code(*text, language, diagnostics)) labels.emplace(language, std::move(*label));
  }
  reader.finish();
  return labels;
}

void read_state_names(Value const& states, Model& model, Diagnostics& diagnostics) {
  if (!states.is_map() || states.members.empty()) {
    diagnostics.error(states.place, "`states` is not a map of states", "",
                      "states: {work: {group: work}, retired: {absorbing: true}}");
    return;
  }
  for (Member const& member : states.members) {
    if (as_code(member, "state", diagnostics)) check_name(member.key, "state", member.key_place, diagnostics);
    State state;
    state.name = member.key;
    state.place = member.key_place;
    model.states.push_back(std::move(state));
  }
}

void read_state_contents(Value const& states, Model& model, Diagnostics& diagnostics) {
  for (StateId const id : ids_of(model.states))
    StateReader{id, model, diagnostics}.read(states.members[id.value()].value);
}

std::optional<StateId> read_state_reference(Value const& value, std::string_view what, Model const& model,
                                            Diagnostics& diagnostics) {
  auto const name = as_code(value, what, diagnostics);
  if (!name) return std::nullopt;
  auto const state = model.state(*name);
  if (!state) {
    diagnostics.error(value.place, fmt::format("unknown state `{}`", *name), "",
                      did_you_mean(*name, model.state_names()));
  }
  return state;
}

}  // namespace utvei
