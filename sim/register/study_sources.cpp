// SPDX-License-Identifier: Apache-2.0
#include "panel_source.hpp"
#include "study_parts.hpp"

#include <utvei/document/reader.hpp>

#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

std::optional<StateId> find_state(std::string const& name, Place const& place, Model const& model,
                                  Diagnostics& diagnostics) {
  auto const state = model.state(name);
  if (!state && !model.states.empty()) {
    diagnostics.error(place, fmt::format("the model has no state `{}`", name), {},
                      did_you_mean(name, model.state_names()));
  }
  return state;
}

std::optional<ActivityId> add_activity(std::string name, Place const& place, Activities& activities,
                                       Diagnostics& diagnostics) {
  if (auto const known = activities.find(name)) {
    return known;
  }
  if (activities.known.size() == ActivitySet::most) {
    diagnostics.error(place, fmt::format("`{}` is one activity too many", name),
                      fmt::format("a study has at most {}", ActivitySet::most),
                      "let several codes stand for one activity with `values`");
    return std::nullopt;
  }
  return activities.known.push_back({std::move(name), place});
}

void read_state_from(Value const& value, SpellSource& source, Model const& model, Diagnostics& diagnostics) {
  MapReader reader{value, "`state_from`", diagnostics};
  source.state_column = column_in(source.form, reader, "column", "measure", diagnostics);
  read_values(reader, diagnostics, [&](std::string const& code, std::string const& name, Place const& place) {
    if (auto const state = find_state(name, place, model, diagnostics)) {
      source.states.emplace(code, *state);
    }
  });
  reader.finish();
}

void read_activity_from(Value const& value, SpellSource& source, Activities& activities, Diagnostics& diagnostics) {
  MapReader reader{value, "`activity_from`", diagnostics};
  source.activity_column = column_in(source.form, reader, "column", "measure", diagnostics);
  read_values(reader, diagnostics, [&](std::string const& code, std::string const& name, Place const& place) {
    if (auto const activity = add_activity(name, place, activities, diagnostics)) {
      source.activities.emplace(code, *activity);
    }
  });
  reader.finish();
}

/// What the spells of a source are of: one key of four.
void read_held(MapReader& reader, SpellSource& source, Study& study, Diagnostics& diagnostics) {
  static constexpr std::array<std::string_view, 4> keys{"state", "state_from", "activity", "activity_from"};
  std::array<Value const*, keys.size()> values{};
  std::size_t found = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    values.at(i) = reader.optional(keys.at(i));
    found += values.at(i) != nullptr ? 1U : 0U;
  }
  if (found != 1) {
    diagnostics.error(
        reader.map().place, "a source needs either `state` or `state_from`",
        found > 1 ? "what its spells are of stands in one place" : "",
        "write `state: aap` if all its spells are of one state, else `state_from: {column: state}`; where "
        "people may have several at once, `activity` or `activity_from`");
    return;
  }
  auto const [state, state_from, activity, activity_from] = values;
  if (state != nullptr) {
    if (auto const name = as_code(*state, "state", diagnostics)) {
      source.state = find_state(*name, state->place, study.model, diagnostics);
    }
  } else if (state_from != nullptr) {
    read_state_from(*state_from, source, study.model, diagnostics);
  } else if (activity != nullptr) {
    if (auto const name = as_code(*activity, "activity", diagnostics)) {
      source.activity = add_activity(*name, activity->place, study.activities, diagnostics);
    }
  } else {
    read_activity_from(*activity_from, source, study.activities, diagnostics);
  }
}

/// Whether the source is one of spells; sets how its file is laid out.
bool read_kind(MapReader& reader, SpellSource& source, Study const& study, Diagnostics& diagnostics) {
  bool is_good = true;
  if (Value const* kind = reader.optional("kind")) {
    auto const choice = as_choice(*kind, {"spells", "microdata", "panel"}, "kind", diagnostics);
    is_good = choice.has_value();
    if (choice == 1U) {
      source.form = DataForm::microdata;
      refuse_microdata_in_numbers(kind->place, study, diagnostics);
    }
  }
  for (std::string_view const key : {"date", "observed", "exact_states"}) {
    if (Value const* value = reader.optional(key)) {
      diagnostics.error(value->place, fmt::format("`{}` is of a panel", key),
                        "this source has spells: each state with its start and stop",
                        fmt::format("write `kind: panel` if people are seen at dates, else take `{}` away", key));
      is_good = false;
    }
  }
  return is_good;
}

SpellSource read_source(Value const& value, Study& study, Diagnostics& diagnostics) {
  SpellSource source;
  source.place = value.place;
  MapReader reader{value, "the source", diagnostics};
  bool const is_good = read_kind(reader, source, study, diagnostics);
  read_data_file(reader, source.file, source.file_place, diagnostics);
  source.id = column_in(source.form, reader, "id", "identifier", diagnostics);
  if (is_good) {
    source.start = column_in(source.form, reader, "start", "start", diagnostics);
    source.stop = column_in(source.form, reader, "stop", "stop", diagnostics);
    read_held(reader, source, study, diagnostics);
    if (!study.persons.file) {
      study.persons.id = source.id;
      study.persons.form = source.form;
      read_attributes(reader, study.persons, study.model, diagnostics);
    }
    reader.finish();
  }
  return source;
}

bool names_activities(SpellSource const& source) {
  return source.activity || source.activity_column;
}

bool names_states(SpellSource const& source) {
  return source.state || source.state_column;
}

/// Where sources name states the first that has a moment wins; activities are laid on top of each other.
void refuse_mixture(std::vector<SpellSource> const& sources, Diagnostics& diagnostics) {
  bool states = false;
  bool activities = false;
  for (SpellSource const& source : sources) {
    bool const is_other = (states && names_activities(source)) || (activities && names_states(source));
    states = states || names_states(source);
    activities = activities || names_activities(source);
    if (is_other) {
      diagnostics.error(source.place,
                        names_activities(source) ? "this source names activities, and an earlier one states"
                                                 : "this source names states, and an earlier one activities",
                        "the state follows either from the order of the sources or from `states_when`",
                        "let every source name an activity, and give each state a line of `states_when`");
      return;
    }
  }
}

}  // namespace

void read_sources(Value const& value, Study& study, Diagnostics& diagnostics) {
  if (!value.is_list() || value.items.empty()) {
    diagnostics.error(value.place, "`sources` is not a list of files", {},
                      "write `sources:` and below it `- {file: spells.csv, id: person, start: start, stop: stop, "
                      "state_from: {column: state}}`");
    return;
  }
  if (has_panel(value)) {
    read_panel_source(value, study, diagnostics);
    return;
  }
  for (Value const& item : value.items) {
    study.sources.push_back(read_source(item, study, diagnostics));
  }
  refuse_mixture(study.sources, diagnostics);
  PersonsSpec const& people = study.persons;
  if (value.items.size() > 1 && !people.file && (people.birth || people.region || !people.traits.empty())) {
    diagnostics.error(value.items[1].place, "several sources need a file of their persons",
                      "birth, region and traits stand in columns of one source, and the others lack them",
                      "write `persons: {file: persons.csv, id: person, …}`");
  }
}

}  // namespace utvei
