// SPDX-License-Identifier: Apache-2.0
#include "study_parts.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::string_view example_line = "- {state: work, all: [job], none: [disability]}";

class ActivityReader {
 public:
  ActivityReader(Study& study, Diagnostics& diagnostics)
      : study_{study},
        activities_{study.activities},
        diagnostics_{diagnostics},
        takes_any_{std::ranges::any_of(study.sources, has_names_only)} {}

  void read_lines(Value const& value) {
    if (!value.is_list() || value.items.empty()) {
      diagnostics_.error(value.place, "`states_when` is not a list of lines", {},
                         fmt::format("write below it `{}`: the first line that holds gives the state", example_line));
      return;
    }
    for (Value const& item : value.items) {
      read_line(item);
    }
  }

  void read_flags(Value const& value) {
    for (auto const& [name, place] : as_codes(value, "flags", diagnostics_)) {
      auto const activity = find(name, place);
      auto const trait = activity ? find_trait(name, place) : std::nullopt;
      if (!trait) {
        continue;
      }
      auto const& levels = study_.model.traits[*trait].levels;
      auto const no = static_cast<std::uint16_t>(levels.front() == "no" ? 0 : 1);
      activities_.flags.push_back({*activity, *trait, no, static_cast<std::uint16_t>(1 - no)});
    }
  }

  /// Columns without `values` hold the names themselves.
  void finish_sources() {
    for (SpellSource& source : study_.sources) {
      if (!has_names_only(source)) continue;
      for (ActivityId const activity : ids_of(activities_.known))
        source.activities.emplace(activities_.known[activity].name, activity);
    }
  }

  void warn_of_unused() {
    for (ActivityId const activity : ids_of(activities_.known)) {
      bool const in_line = std::ranges::any_of(activities_.states_when, [&](StateRule const& rule) {
        return rule.all.has(activity) || rule.none.has(activity);
      });
      if (in_line || std::ranges::find(activities_.flags, activity, &ActivityFlag::activity) != activities_.flags.end())
        continue;
      auto const& [name, place] = activities_.known[activity];
      diagnostics_.warning(place, fmt::format("nothing uses the activity `{}`", name),
                           "it stands in no line of `states_when`, and is no flag",
                           "give it a line, or keep it under `flags`");
    }
  }

 private:
  static bool has_names_only(SpellSource const& source) { return source.activity_column && source.activities.empty(); }

  std::optional<ActivityId> find(std::string const& name, Place const& place) {
    auto const known = activities_.find(name);
    if (known) {
      return known;
    }
    if (takes_any_ && activities_.known.size() < ActivitySet::most) {
      return activities_.known.push_back({name, place});
    }
    diagnostics_.error(place, fmt::format("no source names an activity `{}`", name), {},
                       did_you_mean(name, activities_.names()));
    return std::nullopt;
  }

  ActivitySet read_set(Value const& value, std::string_view key) {
    ActivitySet set;
    for (auto const& [name, place] : as_codes(value, key, diagnostics_)) {
      if (auto const activity = find(name, place)) {
        set.insert(*activity);
      }
    }
    return set;
  }

  void read_line(Value const& value) {
    auto const errors_before = diagnostics_.error_count();
    StateRule rule;
    MapReader reader{value, "the line of `states_when`", diagnostics_};
    if (Value const* state = reader.required("state")) {
      rule.state = read_state(*state);
    }
    Value const* all = reader.required("all");
    if (all != nullptr) {
      rule.all = read_set(*all, "all");
    }
    if (Value const* none = reader.optional("none")) {
      rule.none = read_set(*none, "none");
    }
    reader.finish();
    if (diagnostics_.error_count() > errors_before) {
      return;
    }
    if (rule.all.empty()) {
      diagnostics_.error(all->place, "`all` names no activity",
                         "the time in which somebody has none of the activities is `otherwise`",
                         "name at least one activity");
    } else if (!rule.all.has_none(rule.none)) {
      diagnostics_.error(value.place, "the line never holds", "an activity stands in `all` and in `none`",
                         "take it out of one of them");
    } else {
      add(rule, value.place);
    }
  }

  StateId read_state(Value const& value) {
    auto const name = as_code(value, "state", diagnostics_);
    auto const state = name ? study_.model.state(*name) : std::nullopt;
    if (name && !state && !study_.model.states.empty()) {
      diagnostics_.error(value.place, fmt::format("the model has no state `{}`", *name), {},
                         did_you_mean(*name, study_.model.state_names()));
    }
    return state.value_or(StateId{});
  }

  void add(StateRule const& rule, Place const& place) {
    for (std::size_t i = 0; i < activities_.states_when.size(); ++i) {
      StateRule const& earlier = activities_.states_when[i];
      if (rule.all.has_all(earlier.all) && rule.none.has_all(earlier.none)) {
        diagnostics_.warning(
            place, "the line never gives a state",
            fmt::format("wherever it holds, an earlier one does (line {} of the file)", places_[i].line),
            "let the line that asks for more stand first");
        break;
      }
    }
    activities_.states_when.push_back(rule);
    places_.push_back(place);
  }

  std::optional<TraitId> find_trait(std::string const& name, Place const& place) {
    auto const trait = study_.model.trait(name);
    auto const advice = fmt::format("write `{}: [\"no\", \"yes\"]` under `traits:` of the model", name);
    if (!trait) {
      diagnostics_.error(place, fmt::format("the model has no trait `{}`", name),
                         "a flag is a trait that changes in time", advice);
      return std::nullopt;
    }
    if (!is_flag(study_.model.traits[*trait])) {
      diagnostics_.error(place, fmt::format("trait `{}` has other levels than `no` and `yes`", name),
                         "a flag says whether somebody has the activity", advice);
      return std::nullopt;
    }
    if (study_.knows_trait(*trait)) {
      diagnostics_.error(place, fmt::format("trait `{}` stands in two places", name), {}, "name each trait once");
      return std::nullopt;
    }
    return trait;
  }

  Study& study_;
  Activities& activities_;
  Diagnostics& diagnostics_;
  bool takes_any_;
  std::vector<Place> places_;  ///< of the lines
};

void refuse_without_activities(Value const& value, std::string_view key, Diagnostics& diagnostics) {
  diagnostics.error(value.place, fmt::format("`{}` without activities", key), "no source names an activity",
                    fmt::format("write `activity: NAME` in the sources, or take `{}` away", key));
}

}  // namespace

void read_activities(MapReader& reader, Study& study, Diagnostics& diagnostics) {
  Value const* lines = reader.optional("states_when");
  Value const* flags = reader.optional("flags");
  bool const has_activities = std::ranges::any_of(
      study.sources, [](SpellSource const& source) { return source.activity || source.activity_column; });
  if (!has_activities) {
    for (auto const& [value, key] : {std::pair{lines, "states_when"}, std::pair{flags, "flags"}}) {
      if (value != nullptr && (!study.sources.empty() || study.exposure))
        refuse_without_activities(*value, key, diagnostics);
    }
    return;
  }
  if (lines == nullptr) {
    diagnostics.error(study.sources.front().place, "the study has activities and no `states_when`",
                      "an activity is not a state: people may have several at once",
                      fmt::format("write `states_when:` and below it `{}`", example_line));
  }
  ActivityReader activities{study, diagnostics};
  if (lines != nullptr) activities.read_lines(*lines);
  if (flags != nullptr) activities.read_flags(*flags);
  activities.finish_sources();
  if (lines != nullptr && !diagnostics.has_errors()) activities.warn_of_unused();
}

}  // namespace utvei
