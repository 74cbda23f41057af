// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/reader.hpp>
#include <utvei/estimation/occupation.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

void read_by(Value const& value, Study const& study, OccupationOptions& options, Diagnostics& diagnostics) {
  auto const name = as_code(value, "by", diagnostics);
  if (!name) {
    return;
  }
  if (*name == "region") {
    options.by_region = true;
    if (!study.persons.region) {
      diagnostics.error(value.place, "the study names no column with the region", {},
                        "write `region: COLUMN` under `persons`");
    }
    return;
  }
  auto const trait = study.model.trait(*name);
  if (!trait) {
    auto known = study.model.trait_names();
    known.emplace_back("region");
    diagnostics.error(value.place, fmt::format("`{}` is neither a trait of the model nor `region`", *name), {},
                      did_you_mean(*name, known));
  } else if (std::ranges::none_of(study.persons.traits, [&](TraitColumn const& c) { return c.trait == *trait; })) {
    diagnostics.error(value.place, fmt::format("the study has no column for trait `{}`", *name), {},
                      fmt::format("add it under `persons`: `traits: [{}]`", *name));
  } else if (study.model.traits[*trait].numeric) {
    diagnostics.error(value.place, fmt::format("trait `{}` is a number", *name),
                      "there is one curve for each level of the trait", "give the trait levels in the model");
  } else {
    options.by = *trait;
  }
}

void read_start(Value const& value, Study const& study, OccupationOptions& options, Diagnostics& diagnostics) {
  for (auto const& [name, place] : as_codes(value, "start", diagnostics)) {
    auto const state = study.model.state(name);
    if (!state) {
      diagnostics.error(place, fmt::format("the model has no state `{}`", name), {},
                        did_you_mean(name, study.model.state_names()));
    } else if (std::ranges::find(options.start, *state) != options.start.end()) {
      diagnostics.error(place, fmt::format("state `{}` is named twice", name), {}, "name each state once");
    } else {
      options.start.push_back(*state);
    }
  }
}

std::optional<Instant> read_moment(Value const& value, std::string_view key, Study const& study,
                                   Diagnostics& diagnostics) {
  auto const text = as_text(value, key, diagnostics);
  if (!text) {
    return std::nullopt;
  }
  auto const moment = parse_moment(*text, study.time);
  if (!moment) {
    diagnostics.error(value.place, fmt::format("`{}` is not a moment of time", *text), {},
                      study.time.unit_minutes ? fmt::format("write a number of {}, as `window` has it", study.time.unit)
                                              : "write a date like 2019-08-15");
    return std::nullopt;
  }
  if (*moment < study.from || *moment > study.to) {
    diagnostics.error(value.place, fmt::format("`{}` is outside the window", *text),
                      "nobody is followed before the window begins or after it ends",
                      "write a moment inside `window`, or widen that");
    return std::nullopt;
  }
  return moment;
}

/// One moment, or a list of moments that rise.
std::vector<Instant> read_moments(Value const& value, std::string_view key, Study const& study,
                                  Diagnostics& diagnostics) {
  std::vector<Instant> moments;
  auto const add = [&](Value const& item) {
    auto const moment = read_moment(item, key, study, diagnostics);
    if (!moment) return;
    if (!moments.empty() && *moment <= moments.back()) {
      diagnostics.error(item.place, fmt::format("the moments of `{}` do not rise", key), {},
                        "write them from the first to the last");
      return;
    }
    moments.push_back(*moment);
  };
  if (value.is_list()) {
    if (value.items.empty()) {
      diagnostics.error(value.place, fmt::format("`{}` is empty", key), {},
                        fmt::format("write at least one moment, or take `{}` away", key));
    }
    for (Value const& item : value.items) add(item);
  } else {
    add(value);
  }
  return moments;
}

}  // namespace

OccupationOptions read_occupation_options(Value const& value, Study const& study, Diagnostics& diagnostics) {
  OccupationOptions options;
  MapReader reader{value, "`occupation`", diagnostics};
  if (Value const* by = reader.optional("by")) read_by(*by, study, options, diagnostics);
  if (Value const* start = reader.optional("start")) read_start(*start, study, options, diagnostics);
  if (Value const* moments = reader.optional("start_time")) {
    options.start_times = read_moments(*moments, "start_time", study, diagnostics);
  }
  if (Value const* moments = reader.optional("times")) {
    options.times = read_moments(*moments, "times", study, diagnostics);
  }
  reader.finish();
  return options;
}

}  // namespace utvei
