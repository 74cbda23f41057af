// SPDX-License-Identifier: Apache-2.0
#include "limit_options.hpp"

#include <utvei/model/limit_shares.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr Duration usual_tolerance{7 * minutes_per_day};

class LimitReader {
 public:
  LimitReader(Study const& study, EstimateOptions& options, Diagnostics& diagnostics)
      : study_{study}, model_{study.model}, options_{options}, diagnostics_{diagnostics} {}

  void read(Value const& value) {
    if (value.is_map()) {
      for (Member const& member : value.members) read_state(member.key, member.key_place, &member.value);
    } else if (value.is_scalar() && value.scalar == "all") {
      read_all(value.place);
    } else {
      for (auto const& [name, place] : as_codes(value, "limits", diagnostics_)) read_state(name, place, nullptr);
    }
    std::ranges::sort(options_.limits, {}, [](EstimatedLimit const& each) {
      return std::pair{each.window.state, each.window.after};
    });
  }

 private:
  void read_all(Place const& place) {
    std::size_t const before = options_.limits.size();
    for (State const& state : model_.states) {
      if (!state.limits.empty()) read_state(state.name, place, nullptr);
    }
    if (options_.limits.size() == before) {
      diagnostics_.error(place, "no state of the model has a limit", {},
                         "write one in the model: `limit: {after: 52 weeks, to: estimated}`");
    }
  }

  void read_state(std::string const& name, Place const& place, Value const* how) {
    auto const id = model_.state(name);
    if (!id) {
      diagnostics_.error(place, fmt::format("unknown state `{}`", name), {}, did_you_mean(name, model_.state_names()));
      return;
    }
    if (model_.states[*id].limits.empty()) {
      diagnostics_.error(
          place, fmt::format("state `{}` has no limit in the model", name),
          "where people go is estimated for those who come to a limit",
          fmt::format("write one in the model: `{}: {{limit: {{after: 52 weeks, to: estimated}}}}`", name));
      return;
    }
    bool const is_twice = std::ranges::any_of(options_.limits, [&](auto const& l) { return l.window.state == *id; });
    if (is_twice) {
      diagnostics_.error(place, fmt::format("state `{}` stands twice", name), {}, "name it once");
      return;
    }
    std::optional<Duration> within;
    Place within_place = place;
    bool by_region = study_.knows_region();
    if (how != nullptr && !how->is_null()) {
      MapReader reader{*how, fmt::format("`limits` of `{}`", name), diagnostics_};
      if (Value const* value = reader.optional("within")) {
        within = as_duration(*value, "within", diagnostics_);
        within_place = value->place;
        if (!within) return;
      }
      if (Value const* value = reader.optional("region")) by_region = read_region(*value, by_region);
      reader.finish();
    }
    add(*id, within, by_region, within_place);
  }

  bool read_region(Value const& value, bool is_known) {
    auto const choice = as_choice(value, {"none", "pooled"}, "region", diagnostics_);
    if (!choice || *choice == 0) return false;
    if (!is_known) {
      diagnostics_.error(value.place, "the study names no column with the region", {},
                         "write `region: COLUMN` under `persons`, or `region: none` here");
    }
    return true;
  }

  void add(StateId id, std::optional<Duration> within, bool by_region, Place const& place) {
    State const& state = model_.states[id];
    Duration end{0};  // of the window before
    for (Limit const& limit : state.limits) {
      LimitWindow const window{id, limit.after,
                               within.value_or(std::min(usual_tolerance, Duration{limit.after.minutes / 2}))};
      if (window.within.minutes < 1) {
        diagnostics_.error(place, "`within` is no time at all",
                           "registers hold days, so people leave some days before or after a limit",
                           "write some days: `within: 7 days`");
        return;
      }
      if (window.within >= limit.after) {
        diagnostics_.error(place,
                           fmt::format("`within` is {}, and the limit of `{}` comes after {}", format(window.within),
                                       state.name, format(limit.after)),
                           "then all that people do before it would be done at it", "write a shorter time");
        return;
      }
      if (window.from() < end) {
        diagnostics_.error(
            place,
            fmt::format("two limits of `{}` are nearer to each other than twice {}", state.name, format(window.within)),
            "nobody can say which of them people left by", "write a shorter `within`");
        return;
      }
      end = window.to();
      options_.limits.push_back({window, by_region});
    }
  }

  Study const& study_;
  Model const& model_;
  EstimateOptions& options_;
  Diagnostics& diagnostics_;
};

/// Starts of bands, in rising order and once each.
void add_start(Bands& bands, std::int64_t start, std::string written) {
  auto const at = std::ranges::lower_bound(bands.starts, start);
  if (at != bands.starts.end() && *at == start) return;
  auto const place = at - bands.starts.begin();
  bands.starts.insert(at, start);
  bands.written.insert(bands.written.begin() + place, std::move(written));
}

Bands& own_bands(StateId state, EstimateOptions& options) {
  auto& own = options.time_in_state_of;
  auto const found = std::ranges::find(own, state, &BandsOfState::state);
  if (found != own.end()) return found->bands;
  own.push_back({state, options.other_time_in_state});
  return own.back().bands;
}

/// How far from a limit nothing is counted.
Duration tolerance_at(StateId state, Limit const& limit, EstimateOptions const& options) {
  for (EstimatedLimit const& each : options.limits) {
    if (each.window.state == state && each.window.after == limit.after) return each.window.within;
  }
  return Duration{0};
}

struct Before {
  Duration time;
  std::string written;
  Place place;
};

void add_bands_before(StateId id, Limit const& limit, std::vector<Before> const& before, Study const& study,
                      EstimateOptions& options, Diagnostics& diagnostics) {
  State const& state = study.model.states[id];
  Bands& bands = own_bands(id, options);
  Duration const within = tolerance_at(id, limit, options);
  for (Before const& each : before) {
    if (each.time <= within) {
      diagnostics.error(each.place,
                        fmt::format("the last {} before the limit of `{}` are within its tolerance of {}", each.written,
                                    state.name, format(within)),
                        "who leaves within it is counted as leaving by the limit",
                        "write a shorter `within`, or a longer time here");
    } else if (limit.after - each.time <= Duration{bands.starts.front()}) {
      diagnostics.warning(each.place,
                          fmt::format("`{}` has no band of {} before its limit after {}", state.name, each.written,
                                      format(limit.after)),
                          "there is no so much time before it");
    } else {
      add_start(bands, (limit.after - each.time).minutes, fmt::format("{} - {}", format(limit.after), each.written));
    }
  }
  if (lets_stay(limit) || within.minutes > 0) add_start(bands, limit.after.minutes, format(limit.after));
}

std::vector<Before> read_times(Value const& value, Diagnostics& diagnostics) {
  std::vector<Before> before;
  std::vector<Value> const one{value};
  for (Value const& item : value.is_list() ? value.items : one) {
    auto const time = as_duration(item, "before_limit", diagnostics);
    if (!time) continue;
    if (time->minutes < 1) {
      diagnostics.error(item.place, "`before_limit` has a band of no time at all", {}, "write some days: 14 days");
      continue;
    }
    before.push_back({*time, item.scalar, item.place});
  }
  return before;
}

}  // namespace

void read_limits(MapReader& reader, Study const& study, EstimateOptions& options, Diagnostics& diagnostics) {
  Value const* value = reader.optional("limits");
  if (value != nullptr && study.exposure) {
    diagnostics.error(value->place, "limits need life courses",
                      "the study has `exposure`, which is counts of events and person-time",
                      "take `limits` away, or write `sources` in place of `exposure`");
  } else if (value != nullptr && study.model.state(stays_word)) {
    diagnostics.error(value->place, fmt::format("the model has a state `{}`", stays_word),
                      "tables of limits write so of those who do not leave", "give the state another name");
  } else if (value != nullptr) {
    LimitReader{study, options, diagnostics}.read(*value);
  }
  warn_of_limits_left_out(study, options, diagnostics);
}

void read_before_limit(MapReader& reader, Study const& study, EstimateOptions& options, Diagnostics& diagnostics) {
  Value const* value = reader.optional("before_limit");
  if (value == nullptr) return;
  auto const before = read_times(*value, diagnostics);
  bool any = false;
  if (options.other_time_in_state.empty()) add_start(options.other_time_in_state, 0, "0 days");
  for (StateId const id : ids_of(study.model.states)) {
    for (Limit const& limit : study.model.states[id].limits) {
      any = true;
      add_bands_before(id, limit, before, study, options, diagnostics);
    }
  }
  if (!any) {
    diagnostics.error(value->place, "no state of the model has a limit", "bands before a limit need one",
                      "take `before_limit` away, or write limits in the model");
  }
  join_time_in_state(options);
}

void refuse_unused_before_limit(MapReader& reader, EstimateOptions const& options, Diagnostics& diagnostics) {
  Value const* value = reader.optional("before_limit");
  if (value == nullptr || !options.time_in_state.empty()) return;
  diagnostics.error(value->place, "there is nothing that uses bands before a limit",
                    "`terms` are given, and time in the state is not among them",
                    "add `time_in_state` to `terms`, or take `before_limit` away");
}

void join_time_in_state(EstimateOptions& options) {
  options.time_in_state = options.other_time_in_state;
  for (BandsOfState const& own : options.time_in_state_of) {
    for (std::size_t i = 0; i < own.bands.size(); ++i)
      add_start(options.time_in_state, own.bands.starts[i], own.bands.written[i]);
  }
}

void warn_of_limits_left_out(Study const& study, EstimateOptions const& options, Diagnostics& diagnostics) {
  // Limits that cannot be read are not left out.
  if (diagnostics.has_errors()) return;
  for (StateId const id : ids_of(study.model.states)) {
    State const& state = study.model.states[id];
    bool const is_wanted = std::ranges::any_of(state.limits, &Limit::estimated);
    bool const is_given = std::ranges::any_of(options.limits, [&](auto const& l) { return l.window.state == id; });
    if (!is_wanted || is_given || study.panel || study.exposure) continue;
    diagnostics.warning(
        options.place.source ? options.place : state.place,
        fmt::format("the model leaves the limit of `{}` to estimates, and the study has none of it", state.name),
        "a run with these rates would not know where people go",
        fmt::format("write `limits: [{}]` under `estimate`", state.name));
  }
}

}  // namespace utvei
