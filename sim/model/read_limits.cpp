// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// One limit of one state.
class LimitReader {
 public:
  LimitReader(Value const& value, StateId id, Model& model, Diagnostics& diagnostics)
      : value_{value},
        id_{id},
        model_{model},
        diagnostics_{diagnostics},
        what_{fmt::format("limit of `{}`", model.states[id].name)} {}

  std::optional<Limit> read() {
    if (!value_.is_map()) {
      diagnostics_.error(value_.place, fmt::format("{} is not a map", what_), "",
                         "limit: {after: 52 weeks, to: {work: 1}}");
      return std::nullopt;
    }
    MapReader reader{value_, what_, diagnostics_};
    Limit limit;
    limit.place = value_.place;
    if (auto const* clock = reader.optional("clock")) limit.clock = read_clock(*clock);
    auto const* after = reader.required("after");
    auto const* stay = reader.optional("stay");
    auto const* sets = reader.optional("sets");
    auto const* to = sets != nullptr ? reader.optional("to") : reader.required("to");
    if (sets != nullptr) limit.sets = read_settings(*sets, what_, model_, diagnostics_);
    limit.only_sets = sets != nullptr && to == nullptr;
    if (auto const* valid = reader.optional("valid")) read_dates(*valid, "valid", limit.valid_from, limit.valid_to);
    if (auto const* entered = reader.optional("entered")) {
      read_dates(*entered, "entered", limit.entered_from, limit.entered_to);
    }
    reader.finish();
    auto const length = after != nullptr ? as_duration(*after, "after", diagnostics_) : std::nullopt;
    if (length && length->minutes < 1) {
      diagnostics_.error(after->place, fmt::format("{} comes after no time at all", what_),
                         "people have to be in a state for at least a minute", "write a duration such as 52 weeks");
    }
    limit.after = length.value_or(Duration{1});
    if (limit.only_sets) add_those_who_only_change(*sets, limit);
    read_destination(to, stay, limit);
    return limit;
  }

 private:
  /// Everybody stays; `stay` is the share that is let be.
  void add_those_who_only_change(Value const& sets, Limit& limit) {
    limit.to.rows.push_back({std::nullopt, {}, {}, sets.place});
    if (!model_.states[id_].absorbing) return;
    diagnostics_.error(sets.place, fmt::format("the {} sets a trait", what_),
                       "nobody's traits change in an absorbing state", "take the limit away");
  }

  void read_destination(Value const* to, Value const* stay, Limit& limit) {
    limit.estimated = to != nullptr && to->is_scalar() && to->scalar == "estimated";
    if (limit.estimated) {
      if (stay != nullptr) refuse_stay(*stay, "the share that stays is estimated too");
      if (is_entitlement(limit)) {
        diagnostics_.error(to->place, fmt::format("{} is not one that can be estimated", what_),
                           "registers are asked for limits of the time in state, whatever the date",
                           "give the shares, or a table of them");
      }
      return;
    }
    if (to != nullptr) limit.to = read_destinations(*to, id_, what_, WhoStays::may_be_said, model_, diagnostics_);
    if (stay != nullptr) set_stay(*stay, limit);
  }

  void set_stay(Value const& stay, Limit& limit) {
    double const share = read_share(stay, "stay");
    bool const is_said = std::ranges::any_of(limit.to.rows, [](auto const& row) { return row.stay > 0; });
    if (is_said) return refuse_stay(stay, "the table of `to` has lines that say who stays");
    for (Destinations::Row& row : limit.to.rows) row.stay = share;
  }

  void refuse_stay(Value const& stay, std::string const& why) {
    diagnostics_.error(stay.place, fmt::format("{}: who stays is said twice", what_), why, "take `stay` away");
  }

  double read_share(Value const& value, std::string_view what) {
    auto const share = as_number_at_least(value, 0, what, diagnostics_);
    if (share && *share > 1) {
      diagnostics_.error(value.place, fmt::format("`{}` is {}, but a share is at most 1", what, value.scalar), "",
                         "write 60 % as 0.6");
    }
    return std::clamp(share.value_or(0), 0.0, 1.0);
  }

  ClockId read_clock(Value const& value) {
    auto const name = as_code(value, "clock", diagnostics_);
    std::vector<std::string> known;
    for (ClockId const id : ids_of(model_.clocks)) {
      if (name == model_.clocks[id].name) return check_counts(value, id);
      known.push_back(model_.clocks[id].name);
    }
    if (name) diagnostics_.error(value.place, fmt::format("unknown clock `{}`", *name), "", did_you_mean(*name, known));
    return time_in_state_clock;
  }

  ClockId check_counts(Value const& value, ClockId id) {
    Clock const& clock = model_.clocks[id];
    if (!clock.counts_in.empty() && !clock.counts_in[id_.value()]) {
      diagnostics_.error(value.place,
                         fmt::format("clock `{}` does not count in `{}`", clock.name, model_.states[id_].name),
                         "nobody would come to the limit while in the state",
                         fmt::format("add the state to `counts_in` of the clock"));
    }
    return id;
  }

  void read_dates(Value const& value, std::string_view key, Instant& from, Instant& to) {
    MapReader reader{value, fmt::format("`{}` of the {}", key, what_), diagnostics_};
    if (!value.is_map()) return;
    if (auto const* date = reader.optional("from")) {
      from = as_calendar_point(*date, "from", diagnostics_).value_or(from);
    }
    if (auto const* date = reader.optional("to")) to = as_calendar_point(*date, "to", diagnostics_).value_or(to);
    reader.finish();
    if (from < to) return;
    diagnostics_.error(value.place, fmt::format("`{}` of the {} holds on no day", key, what_),
                       "from and to are half-open: `to` is no longer in it", "let it end after it begins");
  }

  Value const& value_;
  StateId id_;
  Model& model_;
  Diagnostics& diagnostics_;
  std::string what_;
};

void add_limit(Limit limit, State& state) {
  (is_entitlement(limit) ? state.entitlements : state.limits).push_back(std::move(limit));
}

}  // namespace

bool is_entitlement(Limit const& limit) {
  return limit.only_sets || limit.clock != time_in_state_clock || limit.valid_from != distant_past ||
         limit.valid_to != distant_future || limit.entered_from != distant_past || limit.entered_to != distant_future;
}

void read_limits(Value const& value, StateId id, Model& model, Diagnostics& diagnostics) {
  State& state = model.states[id];
  auto const add = [&](Value const& item) {
    if (auto limit = LimitReader{item, id, model, diagnostics}.read()) add_limit(std::move(*limit), state);
  };
  if (value.is_list()) {
    for (Value const& item : value.items) add(item);
  } else {
    add(value);
  }
  std::ranges::stable_sort(state.limits, {}, &Limit::after);
  auto const twice = std::ranges::adjacent_find(state.limits, {}, &Limit::after);
  if (twice == state.limits.end()) return;
  diagnostics.error(std::next(twice)->place,
                    fmt::format("two limits of `{}` after {}", state.name, format(twice->after)),
                    "it is not said which of them holds", "keep one, with the shares of both");
}

void read_limits_of_clocks(Value const& value, Model& model, Diagnostics& diagnostics) {
  if (!value.is_list()) {
    diagnostics.error(value.place, "`limits` is not a list", "each line of it is a limit of a clock",
                      "limits:\n  - {clock: sick_pay, after: 52 weeks, to: {aap: 1}}");
    return;
  }
  for (Value const& item : value.items) {
    Value const* name = item.find("clock");
    auto const found =
        name == nullptr ? model.clocks.end() : std::ranges::find(model.clocks, name->scalar, &Clock::name);
    if (found == model.clocks.end() || found->counts_in.empty()) {
      std::vector<std::string> known;
      for (Clock const& clock : model.clocks) {
        if (!clock.counts_in.empty()) known.push_back(clock.name);
      }
      diagnostics.error(
          name == nullptr ? item.place : name->place,
          name == nullptr ? "a limit without a clock" : fmt::format("no clock `{}` under `clocks`", name->scalar),
          "a limit of the model holds in all states in which its clock counts",
          name == nullptr ? "name the clock, or write the limit in its state" : did_you_mean(name->scalar, known));
      continue;
    }
    if (Value const* to = item.find("to"); to != nullptr && found->counts_in_any) {
      diagnostics.error(
          to->place, fmt::format("the limit leads out of every state, as clock `{}` counts in any", name->scalar),
          "who is where `to` leads would have to leave again",
          "name states in `counts_in` of the clock, write the limit in its states, or let it only set traits");
      continue;
    }
    for (StateId const id : ids_of(model.states)) {
      bool const is_for_nobody = found->counts_in_any && model.states[id].absorbing;
      std::size_t const errors_before = diagnostics.error_count();
      if (found->counts_in[id.value()] && !is_for_nobody) read_limits(item, id, model, diagnostics);
      // What only sets is right in each state or in none.
      if (found->counts_in_any && diagnostics.error_count() > errors_before) break;
    }
  }
}

}  // namespace utvei
