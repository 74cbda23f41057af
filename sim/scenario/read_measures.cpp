// SPDX-License-Identifier: Apache-2.0
#include "measure_sections.hpp"
#include "sections.hpp"

#include <utvei/model/names.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Read first, since a measure may name one that stands below it.
std::vector<std::string> names_of_measures(Value const& list) {
  std::vector<std::string> names;
  for (Value const& item : list.items) {
    Value const* name = item.find("name");
    names.push_back(name != nullptr && name->is_scalar() ? name->scalar : "");
  }
  return names;
}

class MeasureReader {
 public:
  MeasureReader(Value const& value, std::size_t position, Scenario const& scenario, MeasureReading const& with)
      : value_{value},
        position_{position},
        scenario_{scenario},
        with_{with},
        diagnostics_{with.diagnostics},
        reader_{value, title(), with.diagnostics} {}

  Measure read() {
    measure_.place = value_.place;
    if (!value_.is_map()) return std::move(measure_);
    read_name_and_label();
    read_runs();
    read_takes_in();
    if (Value const* who = reader_.required("who")) measure_.who = read_eligibility(*who, with_);
    read_state();
    read_uptake();
    read_places_and_queue();
    read_end();
    read_others("not_with", measure_.not_with);
    read_others("replaces", measure_.replaces);
    refuse_contradiction();
    read_evidence();
    read_effects();
    if (Value const* cost = reader_.optional("cost")) measure_.costs = read_measure_costs(*cost, measure_, with_);
    if (Value const* unpriced = reader_.optional("without_price"))
      measure_.unpriced = read_unpriced_effects(*unpriced, with_);
    reader_.finish();
    give_streams();
    return std::move(measure_);
  }

 private:
  [[nodiscard]] std::string title() const {
    std::string const& name = with_.names[position_];
    return name.empty() ? "the measure" : fmt::format("measure `{}`", name);
  }

  /// The name stays empty where it cannot be used: then nothing is drawn.
  void read_name_and_label() {
    if (Value const* value = reader_.required("name")) {
      auto const name = as_code(*value, "name", diagnostics_);
      if (name && check_name(*name, "measure", value->place, diagnostics_)) measure_.name = *name;
      auto const first = std::ranges::find(with_.names, measure_.name) - with_.names.begin();
      if (!measure_.name.empty() && static_cast<std::size_t>(first) != position_) {
        diagnostics_.error(value->place, fmt::format("two measures are named `{}`", measure_.name), {},
                           "give each its own name");
        measure_.name.clear();
      }
    }
    if (Value const* label = reader_.optional("label")) {
      measure_.label = read_labels(*label, fmt::format("the label of {}", title()), diagnostics_);
    }
  }

  void read_runs() {
    Value const* value = reader_.optional("runs");
    if (value == nullptr) return;
    measure_.runs = read_period(*value, "runs");
    has_last_day_ = value->find("until") != nullptr && !value->find("until")->is_null();
  }

  void read_takes_in() {
    Value const* value = reader_.optional("takes_in");
    if (value == nullptr) return;
    measure_.takes_in = read_period(*value, "takes_in");
    if (overlap(measure_.takes_in, measure_.runs) || measure_.takes_in.from >= measure_.takes_in.to) return;
    diagnostics_.error(value->place, fmt::format("{} takes nobody in while it runs", title()),
                       "people begin within `takes_in` and `runs`, and may stay until the end of `runs`",
                       "let `takes_in` lie within `runs`, or leave it out");
  }

  /// Half-open, with one end or two.
  Span read_period(Value const& value, std::string_view key) {
    Span period = everything;
    MapReader reader{value, fmt::format("`{}`", key), diagnostics_};
    if (!value.is_map()) return period;
    Value const* from = reader.optional("from");
    Value const* until = reader.optional("until");
    reader.finish();
    auto const first = from ? as_date(*from, "from", diagnostics_) : std::nullopt;
    auto const last = until ? as_date(*until, "until", diagnostics_) : std::nullopt;
    if (first) period.from = first->minutes;
    if (last) period.to = last->minutes;
    if (from == nullptr && until == nullptr) {
      diagnostics_.error(value.place, fmt::format("`{}` has neither `from` nor `until`", key), {},
                         fmt::format("write {{from: 2026-01-01, until: 2031-01-01}}, or leave `{}` out", key));
    } else if (period.from >= period.to) {
      diagnostics_.error(
          until->place,
          key == "runs" ? "the measure ends before it begins" : fmt::format("`{}` ends before it begins", key),
          "from and until are half-open: `until` is the first day after", "let `until` come after `from`");
    } else if (scenario_.end > scenario_.start && !overlap(period, {scenario_.start.minutes, scenario_.end.minutes})) {
      diagnostics_.warning(
          from ? from->place : until->place,
          fmt::format("{} {} during the run", title(), key == "runs" ? "is not there" : "takes nobody in"),
          fmt::format("the run is from {} to {}", format(scenario_.start), format(scenario_.end)));
    }
    return period;
  }

  void read_state() {
    Value const* state = reader_.optional("state");
    read_state_of_measure(state, reader_.optional("then"), measure_, with_);
  }

  void read_uptake() {
    if (Value const* found = reader_.optional("found_after")) {
      measure_.found_after = read_waiting_time(*found, "found_after", diagnostics_);
    }
    if (Value const* uptake = reader_.optional("uptake")) utvei::read_uptake(*uptake, measure_, with_);
    if (Value const* again = reader_.optional("again_after")) {
      measure_.again_after = read_some_time(*again, "again_after", diagnostics_);
    }
  }

  void read_places_and_queue() {
    Value const* places = reader_.optional("places");
    Value const* queue = reader_.optional("queue");
    Value const* allocate = reader_.optional("allocate");
    if (places) measure_.places = read_places(*places, measure_.who.people.regions, with_);
    if (queue) read_queue(*queue, measure_.queue, with_);
    if (Value const* uses = reader_.optional("uses"))
      measure_.uses = read_resource_names(*uses, "uses", scenario_.resources, diagnostics_);
    if (queue && !places && measure_.uses.empty()) {
      diagnostics_.error(queue->place, fmt::format("{} has a queue, but no places", title()),
                         "without `places` there are as many as people want: nobody waits",
                         "add `places: {total: 60}`, or leave `queue` out");
    }
    if (!allocate) return;
    MapReader reader{*allocate, "`allocate`", diagnostics_};
    if (Value const* every = reader.required("every")) {
      measure_.queue.allocate_every = read_some_time(*every, "every", diagnostics_);
    }
    if (Value const* size = reader.optional("group_size")) {
      measure_.queue.group_size =
          static_cast<std::uint32_t>(as_integer(*size, 1, most_places, "group_size", diagnostics_).value_or(1));
    }
    reader.finish();
  }

  void read_end() {
    Value const* lasts = reader_.optional("lasts");
    Value const* ends_when = reader_.optional("ends_when");
    if (lasts) measure_.lasts = read_waiting_time(*lasts, "lasts", diagnostics_);
    measure_.ends_on_leaving = !lasts;
    if (!ends_when) return;
    auto const choice = as_choice(*ends_when, {"time", "leaves_state"}, "ends_when", diagnostics_);
    if (!choice) return;
    measure_.ends_on_leaving = *choice == 1;
    if (!measure_.ends_on_leaving && !lasts && !has_last_day_) {
      diagnostics_.error(ends_when->place, fmt::format("nobody ever leaves {}", title()),
                         "`ends_when: time` needs a time",
                         "add `lasts: {median: 14 months}`, or `runs: {until: 2031-01-01}`");
    }
  }

  void read_others(std::string_view key, std::vector<std::size_t>& others) {
    Value const* value = reader_.optional(key);
    if (value == nullptr) return;
    for (auto const& [name, place] : as_codes(*value, key, diagnostics_)) {
      if (!with_.names[position_].empty() && name == with_.names[position_]) {
        diagnostics_.error(place, fmt::format("`{}` of {} names the measure itself", key, title()),
                           "nobody takes part twice at the same time", "name other measures");
      } else if (auto const other = find_measure(name, place, with_)) {
        if (std::ranges::find(others, *other) == others.end()) others.push_back(*other);
      }
    }
  }

  void refuse_contradiction() {
    for (std::size_t const other : measure_.replaces) {
      if (std::ranges::find(measure_.not_with, other) == measure_.not_with.end()) continue;
      diagnostics_.error(reader_.map().find("replaces")->place,
                         fmt::format("`{}` stands in `not_with` and in `replaces`", with_.names[other]),
                         "who takes part in it does not qualify, so it is never replaced", "keep one of the two");
    }
  }

  /// For those who read results; what is simulated has no use for it.
  void check_note(Value const& note) {
    std::string const what = fmt::format("the note of the evidence of {}", title());
    if (note.is_map())
      read_labels(note, what, diagnostics_);
    else
      diagnostics_.error(note.place, fmt::format("{} is not a map of languages", what), "",
                         "note: {nb: …, nn: …, en: …}");
  }

  void read_evidence() {
    Value const* value = reader_.optional("evidence");
    if (value == nullptr) return;
    MapReader reader{*value, "`evidence`", diagnostics_};
    Measure::Evidence evidence;
    if (Value const* source = reader.required("source")) {
      evidence.source = as_text(*source, "source", diagnostics_).value_or("");
    }
    if (Value const* confidence = reader.required("confidence")) {
      std::vector<std::string> const known{"H", "M", "L"};
      if (auto const choice = as_choice(*confidence, known, "confidence", diagnostics_)) {
        evidence.confidence = known[*choice];
      }
    }
    if (Value const* note = reader.optional("note")) check_note(*note);
    reader.finish();
    measure_.evidence = evidence;
  }

  void read_effects() {
    if (Value const* lock_in = reader_.optional("locks_in")) {
      measure_.locks_in = read_lock_in(*lock_in, measure_.name, with_);
    }
    if (Value const* effects = reader_.optional("effects")) {
      measure_.effects = read_measure_effects(*effects, measure_, with_);
    }
  }

  void give_streams() {
    if (!measure_.name.empty()) measure_.streams = streams_of_measure(measure_, with_.streams);
  }

  Value const& value_;
  std::size_t position_;
  Scenario const& scenario_;
  MeasureReading const& with_;
  Diagnostics& diagnostics_;
  MapReader reader_;
  Measure measure_;
  bool has_last_day_{false};
};

}  // namespace

Measure::Streams streams_of_measure(Measure const& measure, StreamNames& names) {
  auto const give = [&](std::string_view purpose) {
    return names.give(fmt::format("measure:{}:{}", measure.name, purpose), "measure", measure.place);
  };
  Measure::Streams streams{give("found"),        give("uptake"),          give("patience"),
                           give("lasts"),        give("order"),           give("found:median"),
                           give("uptake:share"), give("patience:median"), give("lasts:median")};
  if (measure.then.size() > 1) streams.then = give("then");
  return streams;
}

std::optional<std::size_t> find_measure(std::string_view name, Place const& place, MeasureReading const& with) {
  auto const found = std::ranges::find(with.names, name);
  if (!name.empty() && found != with.names.end()) return static_cast<std::size_t>(found - with.names.begin());
  std::vector<std::string> known = with.names;
  std::erase(known, "");
  with.diagnostics.error(place, fmt::format("no measure `{}` in the scenario", name), {}, did_you_mean(name, known));
  return std::nullopt;
}

std::optional<Duration> read_some_time(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  auto const time = as_duration(value, what, diagnostics);
  if (!time || time->minutes > 0) return time;
  diagnostics.error(value.place, fmt::format("`{}` is no time at all", what), "times are whole minutes, at least one",
                    fmt::format("write a longer time, or leave `{}` out", what));
  return std::nullopt;
}

namespace {

/// Whether replacing, again and again, leads from one measure back to itself.
bool replaces_itself(std::vector<Measure> const& measures, std::size_t from) {
  std::vector<bool> seen(measures.size());
  std::vector<std::size_t> ahead = measures[from].replaces;
  while (!ahead.empty()) {
    std::size_t const at = ahead.back();
    ahead.pop_back();
    if (at == from) return true;
    if (seen[at]) continue;
    seen[at] = true;
    ahead.insert(ahead.end(), measures[at].replaces.begin(), measures[at].replaces.end());
  }
  return false;
}

/// What only shows when all measures are read.
void check_together(std::vector<Measure> const& measures, Diagnostics& diagnostics) {
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (replaces_itself(measures, m)) {
      diagnostics.error(measures[m].place,
                        fmt::format("measure `{}` replaces itself by way of others", measures[m].name),
                        "people would go round between them", "let one of them replace nothing");
    }
    for (std::size_t const other : measures[m].replaces) {
      if (std::ranges::find(measures[other].not_with, m) == measures[other].not_with.end()) continue;
      diagnostics.error(measures[m].place,
                        fmt::format("measure `{}` replaces `{}`, which names it in `not_with`", measures[m].name,
                                    measures[other].name),
                        "`not_with` holds both ways: who takes part in one does not qualify for the other",
                        "keep one of the two");
    }
    for (HistoryCondition const& condition : measures[m].who.history) {
      if (condition.ended != m) continue;
      diagnostics.error(measures[m].place,
                        fmt::format("only who has ended measure `{}` may begin it", measures[m].name),
                        "nobody can be the first", "name another measure in `history`");
    }
  }
}

}  // namespace

void read_services(ServiceSections const& sections, Scenario& scenario, StreamNames& names, Diagnostics& diagnostics) {
  Value const measures = sections.measures ? named_items(*sections.measures) : Value{};
  if (sections.measures && !measures.is_list()) {
    diagnostics.error(measures.place, "`measures` must be a list, or a map by name", {},
                      "begin each measure with `- name: …`, or with its name: `ips: {…}`");
    return;
  }
  auto const all = names_of_measures(measures);
  MeasureReading const with{scenario.model, all, names, scenario.inputs, diagnostics};
  if (sections.resources) read_resources(*sections.resources, with, scenario.resources);
  for (std::size_t i = 0; i < measures.items.size(); ++i)
    scenario.measures.push_back(MeasureReader{measures.items[i], i, scenario, with}.read());
  check_together(scenario.measures, diagnostics);
  if (sections.needs) read_needs(*sections.needs, sections.coordination, scenario, with);
  if (sections.coordination && !sections.needs)
    diagnostics.error(sections.coordination->place, "`coordination`, but no needs that are found and met", {},
                      "add `needs:`, or leave `coordination` out");
  if (sections.resources && !sections.measures && !sections.needs)
    diagnostics.error(sections.resources->place, "`resources`, but no measures that use them", {},
                      "add `measures:` with `uses: [NAME]`, or leave `resources` out");
}

}  // namespace utvei
