// SPDX-License-Identifier: Apache-2.0
#include "measure_sections.hpp"
#include "pathway_sections.hpp"
#include "sections.hpp"

#include <utvei/model/names.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_spells = 12;
constexpr std::size_t most_sequences = 1000;

/// Who is in these states; or, where more is said, who is one of these people.
Subpopulation read_people_of_step(Value const& value, std::string& name, PathwayReading const& with) {
  Subpopulation who;
  Model const& model = with.scenario.model;
  Value const* states = &value;
  if (value.is_map()) {
    MapReader reader{value, "the step", with.diagnostics};
    states = reader.optional("states");
    if (Value const* named = reader.optional("name")) name = as_code(*named, "name", with.diagnostics).value_or("");
    if (Value const* age = reader.optional("age")) who.age = read_age_span(*age, with.diagnostics);
    if (Value const* traits = reader.optional("traits"))
      who.traits = read_levels_of_traits(*traits, model, with.diagnostics);
    reader.finish();
    if (states == nullptr && who.traits.empty() && who.age == everything)
      with.diagnostics.error(value.place, "the step says nothing of who comes to it", {},
                             "write a state, a list of states, or {states: …, age: …, traits: …}");
  }
  if (states != nullptr) who.states = read_states_of(*states, "steps", model, with.diagnostics);
  if (!name.empty()) return who;
  for (std::size_t s = 0; s < who.states.size(); ++s)
    if (who.states[s]) name += (name.empty() ? "" : "+") + model.states[StateId{s}].name;
  return who;
}

/// Who is in such a state would take both steps at once.
bool share_a_state(Subpopulation const& a, Subpopulation const& b) {
  if (!a.traits.empty() || !b.traits.empty() || a.age != everything || b.age != everything) return false;
  for (std::size_t s = 0; s < std::min(a.states.size(), b.states.size()); ++s)
    if (a.states[s] && b.states[s]) return true;
  return false;
}

NamedPathway read_way(Member const& member, PathwayReading const& with) {
  NamedPathway way;
  way.place = member.key_place;
  if (check_name(member.key, "way", member.key_place, with.diagnostics)) way.name = member.key;
  MapReader reader{member.value, fmt::format("way `{}`", member.key), with.diagnostics};
  if (!member.value.is_map()) return way;
  check_label(reader.optional("label"), fmt::format("the label of way `{}`", member.key), with.diagnostics);
  Value const* const steps = reader.required("steps");
  way.within = read_followed_time(reader.required("within"), with.scenario.end - with.scenario.start, with);
  reader.finish();
  if (steps == nullptr) return way;
  if (!steps->is_list() || steps->items.size() < 2) {
    with.diagnostics.error(steps->place, fmt::format("way `{}` needs two steps or more", member.key), {},
                           "write steps: [school, apprenticeship, work]");
    return way;
  }
  for (Value const& item : steps->items) {
    std::string name;
    Subpopulation who = read_people_of_step(item, name, with);
    if (!way.steps.empty() && share_a_state(way.steps.back().who, who))
      with.diagnostics.error(item.place, "this step shares a state with the one before it",
                             "who is in it would have taken both steps at once", "let steps be of different states");
    way.steps.push_back({fmt::format("{} {}", way.steps.size() + 1, name), std::move(who)});
  }
  return way;
}

Leaving::Kind read_kind(Member const& member, Leaving const& leaving, PathwayReading const& with) {
  Leaving::Kind kind;
  Model const& model = with.scenario.model;
  if (check_name(member.key, "kind", member.key_place, with.diagnostics)) kind.name = member.key;
  if (member.key == unclassified)
    with.diagnostics.error(member.key_place, fmt::format("`{}` is what fits no kind", member.key), {},
                           "give the kind another name");
  MapReader reader{member.value, fmt::format("kind `{}`", member.key), with.diagnostics};
  if (!member.value.is_map()) return kind;
  check_label(reader.optional("label"), fmt::format("the label of kind `{}`", member.key), with.diagnostics);
  Value const* const to = reader.required("to");
  if (Value const* age = reader.optional("age")) kind.who.age = read_age_span(*age, with.diagnostics);
  if (Value const* traits = reader.optional("traits"))
    kind.who.traits = read_levels_of_traits(*traits, model, with.diagnostics);
  reader.finish();
  if (to == nullptr) return kind;
  kind.who.states = read_states_of(*to, "to", model, with.diagnostics);
  for (std::size_t s = 0; s < kind.who.states.size(); ++s)
    if (kind.who.states[s] &&
        ((s < leaving.states.size() && leaving.states[s]) || (s < leaving.through.size() && leaving.through[s])))
      with.diagnostics.error(to->place,
                             fmt::format("`{}` is no state that people have left to", model.states[StateId{s}].name),
                             "it is one of those that are left, or on the way", "name states that are neither");
  return kind;
}

Leaving read_one_leaving(Member const& member, PathwayReading const& with) {
  Leaving leaving;
  leaving.place = member.key_place;
  Model const& model = with.scenario.model;
  if (check_name(member.key, "leaving", member.key_place, with.diagnostics)) leaving.name = member.key;
  MapReader reader{member.value, fmt::format("`{}`", member.key), with.diagnostics};
  if (!member.value.is_map()) return leaving;
  check_label(reader.optional("label"), fmt::format("the label of `{}`", member.key), with.diagnostics);
  Value const* const states = reader.required("states");
  Value const* const through = reader.optional("through");
  Value const* const kinds = reader.required("kinds");
  reader.finish();
  if (states != nullptr) leaving.states = read_states_of(*states, "states", model, with.diagnostics);
  leaving.states.resize(model.states.size());
  if (through != nullptr) leaving.through = read_states_of(*through, "through", model, with.diagnostics);
  for (std::size_t s = 0; s < leaving.through.size(); ++s)
    if (leaving.through[s] && leaving.states[s])
      with.diagnostics.error(through->place,
                             fmt::format("`{}` cannot be left and be on the way", model.states[StateId{s}].name), {},
                             "name it under `states` or under `through`");
  if (kinds == nullptr || !is_map_of_names(*kinds, "kinds", "ill: {to: [sick_leave, aap]}", with.diagnostics))
    return leaving;
  for (Member const& kind : kinds->members) leaving.kinds.push_back(read_kind(kind, leaving, with));
  return leaving;
}

}  // namespace

bool is_map_of_names(Value const& value, std::string_view what, std::string_view example, Diagnostics& diagnostics) {
  if (value.is_map() && !value.members.empty()) return true;
  diagnostics.error(value.place, fmt::format("`{}` must be a map of names", what), {},
                    fmt::format("write {}", example));
  return false;
}

Duration read_followed_time(Value const* value, Duration otherwise, PathwayReading const& with) {
  Duration const run = with.scenario.end - with.scenario.start;
  if (value == nullptr) return otherwise;
  Duration const time = read_some_time(*value, "within", with.diagnostics).value_or(run);
  // A year is a little longer than most calendar years: three of them are until the end of a run of three years.
  if (time <= run) return time;
  if ((time - run).minutes >= minutes_per_day && run.minutes > 0)
    with.diagnostics.error(value->place, fmt::format("people are followed for {}, longer than the run", format(time)),
                           "nobody is seen after its end", "write a time that is within the years of the run");
  return run;
}

void check_label(Value const* value, std::string const& what, Diagnostics& diagnostics) {
  if (value != nullptr) read_labels(*value, what, diagnostics);
}

std::vector<NamedPathway> read_ways(Value const& value, PathwayReading const& with) {
  std::vector<NamedPathway> ways;
  if (!is_map_of_names(value, "ways", "to_work: {steps: [school, work], within: 6 years}", with.diagnostics))
    return ways;
  for (Member const& member : value.members) ways.push_back(read_way(member, with));
  return ways;
}

std::vector<Leaving> read_leaving(Value const& value, PathwayReading const& with) {
  std::vector<Leaving> all;
  if (!is_map_of_names(value, "leaving", "work: {states: work, kinds: {ill: {to: [sick_leave, aap]}}}",
                       with.diagnostics))
    return all;
  for (Member const& member : value.members) all.push_back(read_one_leaving(member, with));
  return all;
}

SequenceRequest read_sequences(Value const& value, PathwayReading const& with) {
  SequenceRequest request;
  Diagnostics& diagnostics = with.diagnostics;
  MapReader reader{value, "`sequences`", diagnostics};
  if (!value.is_map()) return request;
  Value const* const spells = reader.optional("spells");
  Value const* const marks = reader.optional("marks");
  Value const* const every = reader.optional("every");
  Value const* const by = reader.optional("by");
  Value const* const from = reader.optional("from");
  Value const* const most = reader.optional("most");
  reader.finish();
  if ((spells == nullptr) == (marks == nullptr) || (marks == nullptr) != (every == nullptr))
    diagnostics.error(value.place, "`sequences` must have `spells`, or `marks` and `every`",
                      "a sequence is so many states one after another, or the states at so many marks",
                      "write sequences: {spells: 4}, or sequences: {marks: 5, every: 1 year}");
  auto const read_length = [&](Value const& length, std::string_view what) {
    request.length = static_cast<std::size_t>(
        as_integer(length, 2, static_cast<std::int64_t>(most_spells), what, diagnostics).value_or(2));
  };
  if (spells != nullptr) read_length(*spells, "spells");
  if (marks != nullptr) read_length(*marks, "marks");
  if (every != nullptr) request.every = read_some_time(*every, "every", diagnostics);
  Duration const run = with.scenario.end - with.scenario.start;
  if (request.every && run.minutes > 0 &&
      request.every->minutes * (static_cast<std::int64_t>(request.length) - 1) > run.minutes + minutes_per_day)
    diagnostics.warning(every->place, "nobody has a sequence", "the run is shorter than all its marks");
  if (by != nullptr) request.by_group = as_choice(*by, {"state", "group"}, "by", diagnostics) == 1U;
  if (from != nullptr) request.from = read_states_of(*from, "from", with.scenario.model, diagnostics);
  if (most != nullptr)
    request.most = static_cast<std::size_t>(
        as_integer(*most, 1, static_cast<std::int64_t>(most_sequences), "most", diagnostics).value_or(1));
  return request;
}

void read_pathways(Value const& value, Scenario& scenario, Diagnostics& diagnostics) {
  MapReader reader{value, "`pathways`", diagnostics};
  if (!value.is_map()) return;
  PathwayReading const with{scenario, diagnostics};
  Pathways pathways;
  if (Value const* ways = reader.optional("ways")) pathways.ways = read_ways(*ways, with);
  if (Value const* sequences = reader.optional("sequences")) pathways.sequences = read_sequences(*sequences, with);
  if (Value const* incidence = reader.optional("incidence")) pathways.incidence = read_incidence(*incidence, with);
  if (Value const* leaving = reader.optional("leaving")) pathways.leaving = read_leaving(*leaving, with);
  if (Value const* flows = reader.optional("flows")) {
    pathways.flows = as_bool(*flows, "flows", diagnostics).value_or(false);
    if (pathways.flows && scenario.stock_dates.empty())
      diagnostics.error(flows->place, "`flows` without `stock_dates`",
                        "flows are between where people are at the stock dates of two years",
                        "add stock_dates: [\"11-16\"]");
  }
  reader.finish();
  scenario.pathways = std::make_shared<Pathways const>(std::move(pathways));
}

}  // namespace utvei
