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
    if (auto const* label = reader.optional("label")) read_label(*label);
    if (auto const* absorbing = reader.optional("absorbing")) {
      state_.absorbing = as_bool(*absorbing, "absorbing", diagnostics_).value_or(false);
    }
    if (auto const* limit = reader.optional("limit")) read_limits(*limit);
    if (auto const* end = reader.optional("ends_at_age")) read_age_end(*end);
    reader.finish();
  }

 private:
  void read_label(Value const& value) {
    if (!value.is_map()) {
      diagnostics_.error(value.place, fmt::format("label of `{}` is not a map of languages", state_.name), "",
                         "label: {nb: …, nn: …, en: …}");
      return;
    }
    MapReader reader{value, fmt::format("label of `{}`", state_.name), diagnostics_};
    for (auto const* language : {"nb", "nn", "en"}) {
      auto const* text = reader.optional(language);
      if (text == nullptr) continue;
      if (auto label = as_code(*text, language, diagnostics_)) state_.label.emplace(language, std::move(*label));
    }
    reader.finish();
  }

  void read_limits(Value const& value) {
    if (value.is_list()) {
      for (Value const& item : value.items) read_limit(item);
    } else {
      read_limit(value);
    }
    std::ranges::stable_sort(state_.limits, {}, &Limit::after);
    auto const twice = std::ranges::adjacent_find(state_.limits, {}, &Limit::after);
    if (twice != state_.limits.end()) {
      diagnostics_.error(std::next(twice)->place,
                         fmt::format("two limits of `{}` after {}", state_.name, format(twice->after)),
                         "it is not said which of them holds", "keep one, with the shares of both");
    }
  }

  void read_limit(Value const& value) {
    std::string const what = fmt::format("limit of `{}`", state_.name);
    if (!value.is_map()) {
      diagnostics_.error(value.place, fmt::format("{} is not a map", what), "",
                         "limit: {after: 52 weeks, to: {work: 1}}");
      return;
    }
    MapReader reader{value, what, diagnostics_};
    Limit limit;
    limit.place = value.place;
    if (auto const* clock = reader.optional("clock")) check_clock(*clock);
    auto const* after = reader.required("after");
    auto const* stay = reader.optional("stay");
    auto const* to = reader.required("to");
    if (auto const* sets = reader.optional("sets")) limit.sets = read_settings(*sets, what, model_, diagnostics_);
    reader.finish();
    auto const length = after != nullptr ? as_duration(*after, "after", diagnostics_) : std::nullopt;
    if (length && length->minutes < 1) {
      diagnostics_.error(after->place, fmt::format("{} comes after no time at all", what),
                         "people have to be in a state for at least a minute", "write a duration such as 52 weeks");
    }
    limit.estimated = to != nullptr && is_estimated(*to);
    if (limit.estimated) {
      if (stay != nullptr) refuse_stay(*stay, "the share that stays is estimated too");
    } else {
      if (to != nullptr) limit.to = read_destinations(*to, id_, what, WhoStays::may_be_said, model_, diagnostics_);
      if (stay != nullptr) set_stay(*stay, limit);
    }
    limit.after = length.value_or(Duration{1});
    state_.limits.push_back(std::move(limit));
  }

  static bool is_estimated(Value const& to) { return to.is_scalar() && to.scalar == "estimated"; }

  void set_stay(Value const& stay, Limit& limit) {
    double const share = read_share(stay, "stay");
    bool const is_said = std::ranges::any_of(limit.to.rows, [](auto const& row) { return row.stay > 0; });
    if (is_said) return refuse_stay(stay, "the table of `to` has lines that say who stays");
    for (Destinations::Row& row : limit.to.rows) row.stay = share;
  }

  void refuse_stay(Value const& stay, std::string const& why) {
    diagnostics_.error(stay.place, fmt::format("limit of `{}`: who stays is said twice", state_.name), why,
                       "take `stay` away");
  }

  double read_share(Value const& value, std::string_view what) {
    auto const share = as_number_at_least(value, 0, what, diagnostics_);
    if (share && *share > 1) {
      diagnostics_.error(value.place, fmt::format("`{}` is {}, but a share is at most 1", what, value.scalar), "",
                         "write 60 % as 0.6");
    }
    return std::clamp(share.value_or(0), 0.0, 1.0);
  }

  void check_clock(Value const& value) {
    auto const name = as_code(value, "clock", diagnostics_);
    std::vector<std::string> known;
    for (Clock const& clock : model_.clocks) known.push_back(clock.name);
    if (name && std::ranges::find(known, *name) == known.end()) {
      diagnostics_.error(value.place, fmt::format("unknown clock `{}`", *name), "", did_you_mean(*name, known));
    }
  }

  void read_age_end(Value const& value) {
    std::string const what = fmt::format("age end of `{}`", state_.name);
    if (!value.is_map()) {
      diagnostics_.error(value.place, fmt::format("{} is not a map", what), "",
                         "ends_at_age: {age: 67, to: {retired: 1}}");
      return;
    }
    MapReader reader{value, what, diagnostics_};
    auto const* age = reader.required("age");
    auto const* to = reader.required("to");
    AgeEnd end;
    if (auto const* sets = reader.optional("sets")) end.sets = read_settings(*sets, what, model_, diagnostics_);
    reader.finish();
    end.place = value.place;
    if (age != nullptr) end.age = read_age_in_years(*age, diagnostics_);
    if (to != nullptr) end.to = read_destinations(*to, id_, what, WhoStays::nobody, model_, diagnostics_);
    state_.ends_at_age = std::move(end);
  }

  StateId id_;
  State& state_;
  Model& model_;
  Diagnostics& diagnostics_;
};

}  // namespace

Duration read_age_in_years(Value const& value, Diagnostics& diagnostics) {
  Diagnostics quiet;
  Duration age;
  if (auto const years = as_number(value, "age", quiet)) {
    age = duration_of_years(std::clamp(*years, -1e3, 1e3));
  } else {
    age = as_duration(value, "age", diagnostics).value_or(Duration{1});
  }
  if (age.minutes < 1 || age > duration_of_years(200)) {
    diagnostics.error(value.place, fmt::format("`{}` is not an age", value.scalar),
                      "an age is a number of years, or a duration with its unit", "age: 67");
  }
  return age;
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
