// SPDX-License-Identifier: Apache-2.0
#include "panel_source.hpp"
#include "study_parts.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/register/stock.hpp>
#include <utvei/register/study.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::int64_t most_days = 100'000;  // since 1970: till 2243
constexpr double largest_moment = 1e15;      // minutes: two thousand million years

void refuse_later_keys(MapReader& reader, Diagnostics& diagnostics) {
  struct Later {
    std::string_view key, why, suggestion;
  };
  static constexpr std::array later{
      Later{"region_covariates", "no model of this version uses covariates of regions",
            "take `region_covariates` away"},
      Later{"breaks", "there is one set of rates for the whole window", "narrow `window` to the time after the break"},
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
  auto const& classes = data_classes();
  if (Value const* value = reader.optional("data_class")) {
    if (auto const choice = as_choice(*value, classes, "data_class", diagnostics)) {
      study.data_class = classes[*choice];
    }
  }
  if (Value const* value = reader.optional("disclosure")) {
    read_disclosure_rules(*value, study, diagnostics);
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
void warn_of_unused_keys(Value const& study, Diagnostics& diagnostics) {
  for (std::string_view const key :
       {"window", "intervals", "persons", "otherwise", "birth", "region", "sex", "traits", "residence",
        "traits_over_time", "crosswalk", "bridge", "rejects", "stock_dates"}) {
    Value const* value = study.find(key);
    if (value == nullptr || value->is_null()) continue;
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

void read_rejects(Value const& value, Study& study, Diagnostics& diagnostics) {
  MapReader reader{value, "`rejects`", diagnostics};
  if (Value const* share = reader.required("at_most")) {
    auto const number = as_number_at_least(*share, 0, "at_most", diagnostics);
    if (number && *number > 1) {
      diagnostics.error(share->place, "`at_most` is above 1", "it is a share of the rows of a file",
                        "write 0.02 for two per cent");
    }
    study.rejects_at_most = number.value_or(0);
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

void read_stock_dates(Value const& value, Study& study, Diagnostics& diagnostics) {
  study.stock_dates = as_stock_dates(value, diagnostics);
  study.stock_dates_place = value.place;
}

/// Checked life courses in place of data files: what would shape them is settled.
void read_register_key(Value const& value, MapReader& reader, Study& study, Diagnostics& diagnostics) {
  if (as_text(value, "register", diagnostics)) {
    study.register_file = path_beside(value);
    study.register_place = value.place;
  }
  for (std::string_view const key :
       {"data_class",  "disclosure", "window",    "intervals",        "time",      "persons", "birth",   "region",
        "sex",         "traits",     "residence", "traits_over_time", "crosswalk", "bridge",  "rejects", "sources",
        "states_when", "flags",      "exposure",  "otherwise"}) {
    if (Value const* given = reader.optional(key)) {
      diagnostics.error(given->place, fmt::format("`{}` stands beside `register`", key),
                        "the life courses of a register file are made already",
                        fmt::format("take `{}` away, or read the data files anew without `register`", key));
    }
  }
}

/// How the data files are read.
void read_data_keys(Value const& document, MapReader& reader, Study& study, Diagnostics& diagnostics) {
  if (Value const* value = reader.optional("exposure")) {
    read_exposure_files(*value, study, diagnostics);
    warn_of_unused_keys(document, diagnostics);
  }
  read_choices(reader, study, diagnostics);
  if (Value const* value = reader.optional("rejects")) {
    read_rejects(*value, study, diagnostics);
  }
  if (Value const* value = reader.optional("bridge")) {
    study.bridge = as_duration(*value, "bridge", diagnostics);
  }
  read_people_and_sources(reader, study, diagnostics);
  read_changes(reader, study, diagnostics);
  read_activities(reader, study, diagnostics);
  if (!study.exposure && !study.panel && study.from < study.to) {
    check_stock_dates(study, diagnostics);
  }
  if (study.panel) {
    finish_panel_study(document, study, diagnostics);
  }
}

}  // namespace

std::optional<Instant> parse_moment(std::string_view text, TimeScale const& scale, char separator) {
  if (!scale.unit_minutes) {
    auto const day = parse_date(text);
    auto const days = scale.or_days && !day ? parse_integer(text) : std::nullopt;
    return days && std::abs(*days) < most_days ? Instant{*days * minutes_per_day} : day;
  }
  auto const number = parse_number(text, separator);
  if (!number || !(std::abs(*number) * *scale.unit_minutes < largest_moment)) {
    return std::nullopt;
  }
  return scale.origin.value_or(Instant{}) + Duration{std::llround(*number * *scale.unit_minutes)};
}

std::string written_moment(Instant moment, TimeScale const& scale) {
  if (!scale.unit_minutes) return format(moment);
  auto const minutes = static_cast<double>((moment - scale.origin.value_or(Instant{})).minutes);
  return fmt::format("{}", minutes / *scale.unit_minutes);
}

std::string describe_moment(TimeScale const& scale) {
  if (scale.unit_minutes) return fmt::format("a number of {}", scale.unit);
  return scale.or_days ? "a date like 2019-08-15, or days since 1970-01-01" : "a date like 2019-08-15";
}

std::string advice_for_moment(std::string_view text, TimeScale const& scale) {
  // As Norwegians write a date: 31.12.2020.
  constexpr std::string_view form = "00.00.0000";
  bool const is_ours = !scale.unit_minutes && text.size() == form.size() && text[2] == '.' && text[5] == '.' &&
                       std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) == 8;
  if (is_ours)
    return fmt::format("write {}-{}-{}, the year first", text.substr(6), text.substr(3, 2), text.substr(0, 2));
  return fmt::format("write {}", describe_moment(scale));
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
                      advice_for_moment(*text, scale));
  }
  return moment;
}

bool Study::knows_trait(TraitId trait) const {
  return std::ranges::find(persons.traits, trait, &TraitColumn::trait) != persons.traits.end() ||
         std::ranges::find(traits_over_time, trait, &DatedTrait::trait) != traits_over_time.end() ||
         std::ranges::find(activities.flags, trait, &ActivityFlag::trait) != activities.flags.end();
}

void check_stock_dates(Study const& study, Diagnostics& diagnostics) {
  if (study.stock_dates.empty()) {
    return;
  }
  if (!study.time.has_calendar()) {
    diagnostics.error(study.stock_dates_place, "`stock_dates` without a calendar",
                      "moments of the study are numbers that count from no date", "write `origin` under `time`");
  } else if (stock_moments(study.stock_dates, study.from, study.to).empty()) {
    diagnostics.error(study.stock_dates_place, "no stock date lies in the window of the study",
                      fmt::format("the window is {} to {}", format(study.from), format(study.to)),
                      "widen the window, or take `stock_dates` away");
  }
}

std::vector<std::string> files_of(Study const& study) {
  std::vector<std::string> files = study.inputs;
  auto const add = [&](std::string const& file) {
    if (std::ranges::find(files, file) == files.end()) {
      files.push_back(file);
    }
  };
  if (study.register_file) {
    add(*study.register_file);
    return files;  // what the life courses were made of is not read again
  }
  if (study.persons.file) {
    add(*study.persons.file);
  }
  if (study.crosswalk) {
    add(study.crosswalk->file);
  }
  if (study.residence) {
    add(study.residence->file);
  }
  for (DatedTrait const& trait : study.traits_over_time) {
    add(trait.source.file);
  }
  for (SpellSource const& source : study.sources) {
    add(source.file);
  }
  if (study.panel) {
    add(study.panel->file);
  }
  if (study.exposure) {
    add(study.exposure->file);
  }
  if (study.exposure && study.exposure->holdout) {
    add(*study.exposure->holdout);
  }
  return files;
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
  if (Value const* value = reader.optional("stock_dates")) {
    read_stock_dates(*value, study, diagnostics);
  }
  if (Value const* value = reader.optional("register")) {
    read_register_key(*value, reader, study, diagnostics);
  } else {
    read_data_keys(document, reader, study, diagnostics);
  }
  if (Value const* value = reader.optional("estimate")) {
    study.estimate = *value;
  }
  if (Value const* value = reader.optional("backtest")) {
    study.backtest = *value;
  }
  refuse_later_keys(reader, diagnostics);
  reader.finish();
  return study;
}

}  // namespace utvei
