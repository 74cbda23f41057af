// SPDX-License-Identifier: Apache-2.0
#include "panel_source.hpp"

#include "study_parts.hpp"

#include <utvei/register/panel.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace utvei {
namespace {

ColumnName column_of(Value const* map, std::string_view key, Diagnostics& diagnostics) {
  if (map == nullptr) {
    return {};
  }
  MapReader reader{*map, fmt::format("`{}`", key), diagnostics};
  auto column = required_column(reader, "column", diagnostics);
  reader.finish();
  return column;
}

void refuse_keys_of_spells(MapReader& reader, Diagnostics& diagnostics) {
  struct OfSpells {
    std::string_view key, suggestion;
  };
  static constexpr std::array keys{
      OfSpells{"start", "write `date: COLUMN`: when the person was seen"},
      OfSpells{"stop", "write `date: COLUMN`: when the person was seen"},
      OfSpells{"state", "write `state_from: {column: COLUMN}`"},
      OfSpells{"activity", "write `state_from: {column: COLUMN}`"},
      OfSpells{"activity_from", "write `state_from: {column: COLUMN}`"},
  };
  for (auto const& [key, suggestion] : keys) {
    if (Value const* value = reader.optional(key)) {
      diagnostics.error(value->place, fmt::format("`{}` is of spells", key),
                        "a row of a panel says where a person was seen at one moment", std::string{suggestion});
    }
  }
}

std::vector<StateId> read_exact_states(Value const& value, Model const& model, Diagnostics& diagnostics) {
  std::vector<StateId> states;
  for (auto const& [name, place] : as_codes(value, "exact_states", diagnostics)) {
    auto const state = model.state(name);
    if (!state) {
      diagnostics.error(place, fmt::format("the model has no state `{}`", name), {},
                        did_you_mean(name, model.state_names()));
    } else if (!model.states[*state].absorbing) {
      diagnostics.error(place, fmt::format("state `{}` is not absorbing", name),
                        "`exact_states` are entered once and for good, as death is",
                        "for other states name a column under `observed` that says `exact` row by row");
    } else {
      states.push_back(*state);
    }
  }
  return states;
}

/// What stands in the window was diagnosed when it was read as one.
std::optional<double> bound(Value const& window, std::string_view key, TimeScale const& scale) {
  Value const* value = window.find(key);
  return value != nullptr ? parse_panel_time(value->scalar, scale) : std::nullopt;
}

}  // namespace

bool has_panel(Value const& sources) {
  return std::ranges::any_of(sources.items, [](Value const& source) {
    Value const* kind = source.find("kind");
    return kind != nullptr && kind->scalar == "panel";
  });
}

bool study_has_panel(Value const& study) {
  Value const* sources = study.find("sources");
  return sources != nullptr && has_panel(*sources);
}

void read_panel_source(Value const& sources, Study& study, Diagnostics& diagnostics) {
  study.panel.emplace();
  if (sources.items.size() > 1) {
    diagnostics.error(sources.items[1].place, "a panel is the only source of its study",
                      "what is seen at dates has another likelihood than spells",
                      "put all rows into one file, or write a study for each");
    return;
  }
  PanelSource& panel = *study.panel;
  MapReader reader{sources.items.front(), "the source", diagnostics};
  reader.optional("kind");
  refuse_keys_of_spells(reader, diagnostics);
  if (Value const* file = reader.required("file")) {
    if (as_text(*file, "file", diagnostics)) {
      panel.file = path_beside(*file);
      panel.file_place = file->place;
    }
  }
  panel.id = required_column(reader, "id", diagnostics);
  panel.date = required_column(reader, "date", diagnostics);
  panel.state_column = column_of(reader.required("state_from"), "state_from", diagnostics);
  if (Value const* observed = reader.optional("observed")) {
    panel.observed = column_of(observed, "observed", diagnostics);
  }
  if (Value const* states = reader.optional("exact_states")) {
    panel.exact_states = read_exact_states(*states, study.model, diagnostics);
  }
  if (!study.persons.file) {
    study.persons.id = panel.id;
    read_attributes(reader, study.persons, study.model, diagnostics);
  }
  reader.finish();
}

void finish_panel_study(Value const& written, Study& study, Diagnostics& diagnostics) {
  if (Value const* window = written.find("window")) {
    study.panel->from = bound(*window, "from", study.time);
    study.panel->to = bound(*window, "to", study.time);
  }
  auto const refuse = [&](Place const& place, std::string_view key, std::string_view why) {
    diagnostics.error(place, fmt::format("`{}` means nothing to a panel", key), std::string{why},
                      fmt::format("take `{}` away", key));
  };
  struct Meaningless {
    std::string_view key, why;
  };
  static constexpr std::array keys{
      Meaningless{"intervals", "a look has no stop"},
      Meaningless{"otherwise", "between two looks a person is anywhere"},
      Meaningless{"residence", "one set of intensities is fitted for all regions"},
      Meaningless{"crosswalk", "one set of intensities is fitted for all regions"},
      Meaningless{"traits_over_time", "traits stand in the rows of the panel, and hold until the next"},
      Meaningless{"states_when", "a look says in which state a person was"},
      Meaningless{"flags", "traits stand in the rows of the panel, and hold until the next"},
      Meaningless{"stock_dates", "between two looks a person is anywhere"},
      Meaningless{"bridge", "there are no gaps between looks"},
      Meaningless{"rejects", "every row of a panel must be right: a look that is lost changes what the others say"}};
  for (auto const& [key, why] : keys) {
    if (Value const* value = written.find(key); value != nullptr && !value->is_null()) {
      refuse(value->place, key, why);
    }
  }
  if (study.persons.form == DataForm::microdata) {
    refuse(study.persons.file_place, "kind", "files of the microdata platform are read with spells");
  }
  if (study.persons.birth) {
    refuse(study.persons.birth->place, "birth",
           "intensities of a panel depend on traits and on `cuts` of the calendar");
  }
  if (study.persons.region) {
    refuse(study.persons.region->place, "region", "one set of intensities is fitted for all regions");
  }
}

}  // namespace utvei
