// SPDX-License-Identifier: Apache-2.0
#include "panel_source.hpp"
#include "study_parts.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/register/study.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double largest_moment = 1e15;  // minutes: two thousand million years

void refuse_later_keys(MapReader& reader, Diagnostics& diagnostics) {
  struct Later {
    std::string_view key, why, suggestion;
  };
  static constexpr std::array later{
      Later{"residence", "people keep one region all through",
            "name a `region` column of the persons file, and take `residence` away"},
      Later{"region_covariates", "no model of this version uses covariates of regions",
            "take `region_covariates` away"},
      Later{"breaks", "there is one set of rates for the whole window", "narrow `window` to the time after the break"},
      Later{"states_when", "states come from one source of spells", "give the one source a `state` or `state_from`"},
      Later{"flags", "activities beside the state are not kept", "take `flags` away"},
      Later{"bridge", "a state that is entered again starts its clock anew", "take `bridge` away"},
  };
  for (auto const& item : later) {
    if (Value const* value = reader.optional(item.key)) {
      diagnostics.error(value->place, fmt::format("`{}` is not in this version", item.key), std::string{item.why},
                        std::string{item.suggestion});
    }
  }
}

/// The study file, and those that it extends.
void note_sources(Value const& value, std::vector<std::string>& files) {
  if (value.place.source && value.place.source->name != "--set" &&
      std::ranges::find(files, value.place.source->name) == files.end()) {
    files.push_back(value.place.source->name);
  }
  for (Value const& item : value.items) note_sources(item, files);
  for (Member const& member : value.members) note_sources(member.value, files);
}

TimeScale read_time_scale(Value const& value, Diagnostics& diagnostics) {
  TimeScale scale;
  MapReader reader{value, "`time`", diagnostics};
  if (Value const* unit = reader.required("unit")) {
    if (auto const text = as_text(*unit, "unit", diagnostics)) {
      scale.unit = *text;
      scale.unit_minutes = minutes_of_unit(*text);
      if (!scale.unit_minutes) {
        diagnostics.error(unit->place, fmt::format("`{}` is not a unit of time", *text), {},
                          did_you_mean(*text, {"days", "weeks", "months", "years"}));
      }
    }
  }
  if (Value const* origin = reader.optional("origin")) {
    scale.origin = as_date(*origin, "origin", diagnostics);
  }
  reader.finish();
  return scale;
}

void read_window(Value const& value, Study& study, Diagnostics& diagnostics) {
  MapReader reader{value, "`window`", diagnostics};
  Value const* from = reader.required("from");
  Value const* to = reader.required("to");
  reader.finish();
  auto const first = from != nullptr ? as_moment(*from, "from", study.time, diagnostics) : std::nullopt;
  auto const last = to != nullptr ? as_moment(*to, "to", study.time, diagnostics) : std::nullopt;
  if (!first || !last) {
    return;
  }
  if (*first >= *last) {
    diagnostics.error(to->place, "the window ends before it begins", "", "let `to` come after `from`");
  }
  study.from = *first;
  study.to = *last;
}

void read_choices(MapReader& reader, Study& study, Diagnostics& diagnostics) {
  static std::vector<std::string> const classes{"register", "open", "synthetic"};
  if (Value const* value = reader.optional("data_class")) {
    if (auto const choice = as_choice(*value, classes, "data_class", diagnostics)) {
      study.data_class = classes[*choice];
    }
  }
  if (Value const* value = reader.optional("intervals")) {
    if (auto const choice = as_choice(*value, {"half_open", "closed"}, "intervals", diagnostics)) {
      study.intervals = *choice == 0 ? Intervals::half_open : Intervals::closed;
    }
  }
  if (Value const* value = reader.optional("time")) {
    study.time = read_time_scale(*value, diagnostics);
  }
  // Counts have their own time, and a panel may be looked at from end to end.
  bool const may_lack_window = study.exposure || study_has_panel(reader.map());
  if (Value const* value = may_lack_window ? reader.optional("window") : reader.required("window")) {
    read_window(*value, study, diagnostics);
  }
}

/// What says how spells are counted says nothing of counts.
void warn_of_unused_keys(MapReader& reader, Diagnostics& diagnostics) {
  for (std::string_view const key :
       {"window", "intervals", "persons", "otherwise", "birth", "region", "sex", "traits"}) {
    Value const* value = reader.optional(key);
    if (value == nullptr) continue;
    diagnostics.warning(value->place, fmt::format("`{}` is not used", key),
                        "the study has `exposure`: events and person-time are counted already", "take it away");
  }
}

void read_exposure_files(Value const& value, Study& study, Diagnostics& diagnostics) {
  ExposureFiles& files = study.exposure.emplace();
  MapReader reader{value, "`exposure`", diagnostics};
  if (Value const* file = reader.required("file")) {
    if (as_text(*file, "file", diagnostics)) files.file = path_beside(*file);
    files.file_place = file->place;
  }
  if (Value const* file = reader.optional("holdout")) {
    if (as_text(*file, "holdout", diagnostics)) files.holdout = path_beside(*file);
    files.holdout_place = file->place;
  }
  reader.finish();
}

void read_model_of(MapReader& reader, Study& study, Diagnostics& diagnostics) {
  Value const* value = reader.required("model");
  if (value == nullptr || !as_text(*value, "model", diagnostics)) {
    return;
  }
  study.model = read_model(path_beside(*value), {}, Request{value->place}, diagnostics);
}

}  // namespace

std::optional<Instant> parse_moment(std::string_view text, TimeScale const& scale, char separator) {
  if (!scale.unit_minutes) {
    return parse_date(text);
  }
  auto const number = parse_number(text, separator);
  if (!number || !(std::abs(*number) * *scale.unit_minutes < largest_moment)) {
    return std::nullopt;
  }
  return scale.origin.value_or(Instant{}) + Duration{std::llround(*number * *scale.unit_minutes)};
}

std::string describe_moment(TimeScale const& scale) {
  return scale.unit_minutes ? fmt::format("a number of {}", scale.unit) : "a date like 2019-08-15";
}

std::optional<Instant> as_moment(Value const& value, std::string_view what, TimeScale const& scale,
                                 Diagnostics& diagnostics) {
  auto const text = as_text(value, what, diagnostics);
  if (!text) {
    return std::nullopt;
  }
  auto const moment = parse_moment(*text, scale);
  if (!moment) {
    diagnostics.error(value.place, fmt::format("`{}` is not a moment of time", *text),
                      scale.unit_minutes ? "the study counts time in numbers: it has `time:`" : "",
                      fmt::format("write {}", describe_moment(scale)));
  }
  return moment;
}

Study read_study(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                 Diagnostics& diagnostics) {
  Study study;
  study.path = path;
  Value const document = read_document(path, overrides, request, diagnostics);
  if (document.is_null()) {
    return study;
  }
  MapReader reader{document, "the study", diagnostics};
  if (!check_format(reader, "study", diagnostics)) {
    return study;
  }
  note_sources(document, study.inputs);
  if (Value const* value = reader.required("name")) {
    study.name = as_text(*value, "name", diagnostics).value_or("");
  }
  read_model_of(reader, study, diagnostics);
  study.inputs.insert(study.inputs.end(), study.model.inputs.begin(), study.model.inputs.end());
  if (Value const* value = reader.optional("exposure")) {
    read_exposure_files(*value, study, diagnostics);
    warn_of_unused_keys(reader, diagnostics);
  }
  read_choices(reader, study, diagnostics);
  read_people_and_sources(reader, study, diagnostics);
  if (study.panel) {
    finish_panel_study(document, study, diagnostics);
  }
  if (Value const* value = reader.optional("estimate")) {
    study.estimate = *value;
  }
  refuse_later_keys(reader, diagnostics);
  reader.finish();
  return study;
}

}  // namespace utvei
