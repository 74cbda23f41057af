// SPDX-License-Identifier: Apache-2.0
#include "outcome_sections.hpp"
#include "sections.hpp"

#include <utvei/model/names.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

using Since = FollowedFrom::Since;

/// A year is a little longer than most calendar years: three of them are until the end of a run of three years.
Duration within_run(Duration time, Duration run) {
  bool const is_as_long = time > run && (time - run).minutes < minutes_per_day;
  return is_as_long ? run : time;
}

/// Whom: nothing has to be said.
Subpopulation read_followed(Value const& value, OutcomeReading const& with) {
  Subpopulation who;
  Model const& model = with.scenario.model;
  MapReader reader{value, "`who`", with.diagnostics};
  if (!value.is_map()) return who;
  if (Value const* state = reader.optional("state"))
    who.states = read_states_of(*state, "state", model, with.diagnostics);
  if (Value const* age = reader.optional("age")) who.age = read_age_span(*age, with.diagnostics);
  if (Value const* region = reader.optional("region"))
    who.regions = read_region_codes(*region, model, with.diagnostics);
  if (Value const* traits = reader.optional("traits"))
    who.traits = read_levels_of_traits(*traits, model, with.diagnostics);
  reader.finish();
  return who;
}

/// `run`, `joining`, `contact`, `{measure: NAME}` or `{state: [NAME]}`
void read_since(Value const& value, FollowedFrom& from, OutcomeReading const& with) {
  Diagnostics& diagnostics = with.diagnostics;
  if (!value.is_map()) {
    constexpr std::array<Since, 3> kinds{Since::run, Since::joining, Since::contact};
    static constexpr std::array<std::string_view, 3> words{"run", "joining", "contact"};
    auto const kind = std::ranges::find(words, value.is_scalar() ? std::string_view{value.scalar} : std::string_view{});
    if (kind == words.end()) {
      diagnostics.error(value.place, "`since` says no moment that is known", {},
                        "write since: run, joining, contact, {measure: NAME} or {state: unemployed}");
      return;
    }
    from.since = kinds[static_cast<std::size_t>(kind - words.begin())];
    if (from.since == Since::contact && !with.scenario.coordination)
      diagnostics.error(value.place, "nobody comes into contact with services in this scenario",
                        "contacts are with those who find and meet `needs`",
                        "add `needs` and `coordination`, or name another `since`");
    return;
  }
  MapReader reader{value, "`since`", diagnostics};
  Value const* measure = reader.optional("measure");
  Value const* state = reader.optional("state");
  reader.finish();
  if ((measure == nullptr) == (state == nullptr)) {
    diagnostics.error(value.place, "`since` must have one of `measure` and `state`", {},
                      "write since: run, since: {measure: NAME} or since: {state: unemployed}");
    return;
  }
  if (state) {
    from.since = Since::state;
    from.states = read_states_of(*state, "state", with.scenario.model, diagnostics);
    return;
  }
  from.since = Since::measure;
  if (auto const name = as_code(*measure, "measure", diagnostics))
    from.measure = find_service(*name, measure->place, Service::any, with).value_or(0);
}

FollowedFrom read_from(MapReader& reader, OutcomeReading const& with) {
  FollowedFrom from;
  Value const* const since = reader.required("since");
  if (since) read_since(*since, from, with);
  if (Value const* who = reader.optional("who")) from.who = read_followed(*who, with);
  auto const& demography = with.scenario.demography;
  bool const nobody_joins = demography.entrants.empty();
  if (since && from.since == Since::joining && nobody_joins)
    with.diagnostics.warning(since->place, "nobody is followed", "nobody joins the run: the scenario has no entrants");
  return from;
}

/// `start`, `6 months`, `end`, `2 years after end`
std::optional<Wave> read_wave(Value const& value, FollowedFrom const& from, OutcomeReading const& with) {
  auto const text = as_text(value, "at", with.diagnostics);
  if (!text) return std::nullopt;
  Wave wave{Duration{0}, false, *text};
  if (*text == "start") return wave;
  constexpr std::string_view tail = " after end";
  std::string_view time = *text;
  wave.of_end = time == "end" || time.ends_with(tail);
  if (wave.of_end && from.since != Since::measure) {
    with.diagnostics.error(value.place, fmt::format("`{}` is no wave of this follow-up", *text),
                           "only a measure ends, and people are followed since something else",
                           "write since: {measure: NAME}, or a time such as 6 months");
    return std::nullopt;
  }
  if (time == "end") return wave;
  if (wave.of_end) time.remove_suffix(tail.size());
  if (auto const after = parse_duration(time); after && after->minutes > 0) {
    Scenario const& scenario = with.scenario;
    wave.after = within_run(*after, scenario.end - scenario.start);
    if (scenario.end > scenario.start && wave.after > scenario.end - scenario.start)
      with.diagnostics.warning(value.place, fmt::format("nobody is measured at `{}`", *text),
                               "the run is shorter than that");
    return wave;
  }
  with.diagnostics.error(value.place, fmt::format("`{}` is no wave", *text),
                         "a wave is at a time since people are followed, or since the end of the measure",
                         "write start, 6 months, end or 2 years after end");
  return std::nullopt;
}

Waves read_waves_of(Member const& member, OutcomeReading const& with) {
  Waves waves;
  waves.place = member.key_place;
  if (check_name(member.key, "follow-up", member.key_place, with.diagnostics)) waves.name = member.key;
  MapReader reader{member.value, fmt::format("follow-up `{}`", member.key), with.diagnostics};
  if (!member.value.is_map()) return waves;
  if (Value const* label = reader.optional("label"))
    waves.label = read_labels(*label, fmt::format("the label of follow-up `{}`", member.key), with.diagnostics);
  waves.from = read_from(reader, with);
  Value const* at = reader.required("at");
  reader.finish();
  if (!at) return waves;
  if (!at->is_list() || at->items.empty()) {
    with.diagnostics.error(at->place, "`at` must be a list of waves", {},
                           "write at: [start, 6 months, end, 2 years after end]");
    return waves;
  }
  for (Value const& item : at->items) {
    auto wave = read_wave(item, waves.from, with);
    if (!wave) continue;
    wave->luck = stream_of(fmt::format("wave:{}:{}", member.key, wave->label)).value;
    auto const is_same = [&](Wave const& other) { return other.after == wave->after && other.of_end == wave->of_end; };
    auto const other = std::ranges::find_if(waves.at, is_same);
    if (other != waves.at.end())
      with.diagnostics.error(
          item.place, fmt::format("two waves are at `{}`", wave->label),
          other->label == wave->label ? std::string{} : fmt::format("`{}` is the same time", other->label),
          "leave one out");
    else
      waves.at.push_back(*wave);
  }
  return waves;
}

class EventReader {
 public:
  EventReader(Member const& member, OutcomeReading const& with)
      : member_{member},
        with_{with},
        diagnostics_{with.diagnostics},
        reader_{member.value, fmt::format("event `{}`", member.key), with.diagnostics} {}

  HistoryEvent read() {
    event_.place = member_.key_place;
    if (check_name(member_.key, "history event", member_.key_place, diagnostics_)) event_.name = member_.key;
    if (!member_.value.is_map()) return std::move(event_);
    if (Value const* label = reader_.optional("label"))
      event_.label = read_labels(*label, fmt::format("the label of event `{}`", member_.key), diagnostics_);
    event_.from = read_from(reader_, with_);
    read_what();
    if (Value const* lasting = reader_.optional("for"))
      event_.lasting = read_some_time(*lasting, "for", diagnostics_).value_or(Duration{0});
    read_within();
    if (event_.lasting > event_.within && event_.within.minutes > 0)
      diagnostics_.error(reader_.map().find("for")->place,
                         fmt::format("the event takes {}, and people are followed for {}", format(event_.lasting),
                                     format(event_.within)),
                         "it can never have happened", "let `for` be shorter, or `within` and the run longer");
    reader_.finish();
    warn_of_what_is_there_already();
    return std::move(event_);
  }

 private:
  void read_what() {
    Value const* comes_to = reader_.optional("comes_to");
    Value const* leaves = reader_.optional("leaves");
    if ((comes_to == nullptr) == (leaves == nullptr)) {
      diagnostics_.error(member_.value.place,
                         fmt::format("event `{}` must have one of `comes_to` and `leaves`", member_.key),
                         "something happens when people come to some states, or leave some",
                         "write comes_to: work, or leaves: unemployed");
      return;
    }
    Model const& model = with_.scenario.model;
    if (comes_to) {
      event_.states = read_states_of(*comes_to, "comes_to", model, diagnostics_);
      return;
    }
    // Who dies or retires has left, but not gone anywhere that was asked for.
    event_.states = read_states_of(*leaves, "leaves", model, diagnostics_);
    for (std::size_t s = 0; s < event_.states.size(); ++s)
      event_.states[s] = !event_.states[s] && !model.states[StateId{s}].absorbing;
    if (std::ranges::find(event_.states, true) == event_.states.end())
      diagnostics_.error(leaves->place, "whoever leaves these states comes to one for good",
                         "that is not what `leaves` asks for", "name fewer states, or write comes_to: NAME");
  }

  /// Whoever is followed is in the states then.
  void warn_of_what_is_there_already() {
    auto const& begins = event_.from.since == Since::state ? event_.from.states : event_.from.who.states;
    bool const asks = std::ranges::find(begins, true) != begins.end() && event_.lasting.minutes == 0;
    for (std::size_t s = 0; s < std::min(begins.size(), event_.states.size()); ++s)
      if (asks && begins[s] && !event_.states[s]) return;
    if (!asks || event_.states.empty()) return;
    diagnostics_.warning(member_.key_place, fmt::format("`{}` has happened to everybody at once", member_.key),
                         "people are followed from when they are in these states");
  }

  void read_within() {
    Scenario const& scenario = with_.scenario;
    Duration const run = scenario.end - scenario.start;
    event_.within = run;
    Value const* within = reader_.optional("within");
    if (!within) return;
    event_.within = within_run(read_some_time(*within, "within", diagnostics_).value_or(run), run);
    if (event_.within > run && run.minutes > 0)
      diagnostics_.error(within->place,
                         fmt::format("people are followed for {}, longer than the run", format(event_.within)),
                         "nobody is seen after its end", "write a time that is within the years of the run");
  }

  Member const& member_;
  OutcomeReading const& with_;
  Diagnostics& diagnostics_;
  MapReader reader_;
  HistoryEvent event_;
};

}  // namespace

std::optional<std::size_t> find_service(std::string_view name, Place const& place, Service kind,
                                        OutcomeReading const& with) {
  std::vector<std::string> known;
  auto const& measures = with.scenario.measures;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    bool const is_need = measures[m].need.has_value();
    if ((kind == Service::need && !is_need) || (kind == Service::measure && is_need)) continue;
    if (!name.empty() && measures[m].name == name) return m;
    if (!measures[m].name.empty()) known.push_back(measures[m].name);
  }
  with.diagnostics.error(place,
                         fmt::format("no {} `{}` in the scenario", kind == Service::need ? "need" : "measure", name),
                         {}, known.empty() ? "add it to the scenario, or leave this out" : did_you_mean(name, known));
  return std::nullopt;
}

std::vector<Waves> read_waves(Value const& value, OutcomeReading const& with) {
  std::vector<Waves> waves;
  if (!value.is_map() || value.members.empty()) {
    with.diagnostics.error(value.place, "`waves` must be a map of names", {},
                           "write follow_up: {since: run, at: [start, 6 months]}");
    return waves;
  }
  if (with.scenario.scores.empty())
    with.diagnostics.error(value.place, "`waves` without `scores`", "scores are what is measured in waves",
                           "add `scores`, or leave `waves` out");
  for (Member const& member : value.members) waves.push_back(read_waves_of(member, with));
  return waves;
}

std::vector<HistoryEvent> read_events(Value const& value, OutcomeReading const& with) {
  std::vector<HistoryEvent> events;
  if (!value.is_map() || value.members.empty()) {
    with.diagnostics.error(value.place, "`events` must be a map of names", {},
                           "write first_job: {since: run, comes_to: work}");
    return events;
  }
  for (Member const& member : value.members) events.push_back(EventReader{member, with}.read());
  return events;
}

void read_outcomes(OutcomeSections const& sections, Scenario& scenario, StreamNames& names, Diagnostics& diagnostics) {
  OutcomeReading const with{scenario, names, diagnostics};
  if (sections.scores) scenario.scores = read_scores(*sections.scores, with);
  if (sections.waves) scenario.waves = read_waves(*sections.waves, with);
  if (sections.events) scenario.events = read_events(*sections.events, with);
}

}  // namespace utvei
