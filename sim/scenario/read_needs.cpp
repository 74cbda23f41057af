// SPDX-License-Identifier: Apache-2.0
#include "measure_sections.hpp"
#include "sections.hpp"

#include <utvei/model/names.hpp>
#include <utvei/scenario/patterns.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// One need, and the measure that is help with it.
class NeedReader {
 public:
  NeedReader(Member const& member, Coordination const& coordination, Scenario const& scenario,
             MeasureReading const& with)
      : member_{member},
        coordination_{coordination},
        scenario_{scenario},
        with_{with},
        diagnostics_{with.diagnostics},
        reader_{member.value, fmt::format("need `{}`", member.key), with.diagnostics} {}

  Measure read() {
    measure_.place = member_.value.place;
    read_name();
    if (!member_.value.is_map()) return std::move(measure_);
    if (Value const* label = reader_.optional("label"))
      measure_.label = read_labels(*label, fmt::format("the label of need `{}`", member_.key), diagnostics_);
    measure_.who.people.states = coordination_.contact;
    need_.share.assign(scenario_.model.states.size(), 0);
    if (Value const* share = reader_.required("share")) read_shares(*share);
    if (Value const* found = reader_.optional("found_after"))
      measure_.found_after = read_waiting_time(*found, "found_after", diagnostics_);
    if (Value const* takes = reader_.required("takes"))
      measure_.lasts = read_waiting_time(*takes, "takes", diagnostics_);
    measure_.ends_on_leaving = true;
    read_service();
    bool const is_assumed = read_assumed();
    if (Value const* slows = reader_.optional("slows")) read_slows(*slows, is_assumed);
    if (Value const* cost = reader_.optional("cost")) measure_.costs = read_measure_costs(*cost, measure_, with_);
    reader_.finish();
    give_streams();
    measure_.need = std::move(need_);
    return std::move(measure_);
  }

 private:
  void read_name() {
    bool const is_taken =
        std::ranges::find(scenario_.measures, member_.key, &Measure::name) != scenario_.measures.end();
    if (!check_name(member_.key, "need", member_.key_place, diagnostics_)) return;
    measure_.name = member_.key;
    if (!is_taken) return;
    diagnostics_.error(member_.key_place, fmt::format("a measure or need is named `{}` already", member_.key),
                       "help with a need is counted as a measure", "give it another name");
    measure_.name.clear();
  }

  /// `0.3`, in all states of contact, or `{aap: 0.8, unemployed: 0.25}`
  void read_shares(Value const& value) {
    auto const one = [&](Value const& share, std::string_view what, std::optional<UncertainShare>& drawn) {
      if (share.is_map()) return read_uncertain_share(share, what, drawn, diagnostics_);
      auto const number = as_number_at_least(share, 0, what, diagnostics_);
      if (!number || *number <= 1) return number.value_or(0);
      diagnostics_.error(share.place, fmt::format("a share of {}", *number), {}, "write 0.3 for 30 per cent");
      return 0.0;
    };
    need_.share_drawn.resize(need_.share.size());
    if (value.is_scalar() || value.find("mean") != nullptr) {
      std::optional<UncertainShare> drawn;
      double const share = one(value, "share", drawn);
      for (std::size_t s = 0; s < need_.share.size(); ++s) {
        if (!coordination_.contact[s]) continue;
        need_.share[s] = share;
        need_.share_drawn[s] = drawn;
      }
      return;
    }
    if (!value.is_map() || value.members.empty()) {
      diagnostics_.error(value.place, "`share` says who has the need", {},
                         "write 0.3, or {aap: 0.8, unemployed: 0.25}");
      return;
    }
    for (Member const& member : value.members) {
      auto const state = scenario_.model.state(member.key);
      if (!state) {
        diagnostics_.error(member.key_place, fmt::format("unknown state `{}`", member.key), {},
                           did_you_mean(member.key, scenario_.model.state_names()));
      } else if (!coordination_.contact[state->value()]) {
        diagnostics_.error(member.key_place, fmt::format("nobody in `{}` is in contact with services", member.key),
                           "needs are found and met while people are",
                           fmt::format("add {} to `contact` of `coordination`", member.key));
      } else {
        need_.share[state->value()] = one(member.value, member.key, need_.share_drawn[state->value()]);
      }
    }
  }

  /// Places that are shared, or a time that nobody can change.
  void read_service() {
    Value const* const service = reader_.optional("service");
    Value const* const wait = reader_.optional("wait");
    if (wait) need_.wait = read_waiting_time(*wait, "wait", diagnostics_);
    if (!service) return;
    if (wait)
      diagnostics_.error(wait->place, fmt::format("need `{}` has both `service` and `wait`", member_.key),
                         "who waits for a place of a service waits as long as it takes", "keep one of the two");
    measure_.uses = read_resource_names(*service, "service", scenario_.resources, diagnostics_);
  }

  /// `{"* -> work": 0.7}`
  void read_slows(Value const& value, bool is_assumed) {
    if (!value.is_map() || value.members.empty()) {
      diagnostics_.error(value.place, "`slows` must be a map", {}, "write {\"* -> work\": 0.7}");
      return;
    }
    for (Member const& member : value.members) {
      Slowing slowing;
      Value pattern;
      pattern.kind = Value::Kind::scalar;
      pattern.scalar = member.key;
      pattern.place = member.key_place;
      slowing.transitions = read_transition_patterns(pattern, scenario_.model, diagnostics_);
      slowing.ratio = read_uncertain_ratio(member.value, diagnostics_);
      slowing.is_assumed = is_assumed;
      slowing.stream =
          with_.streams.give(fmt::format("need:{}:slows:{}", member_.key, member.key), "need", member.key_place);
      if (slowing.ratio.mean != 1 && !is_assumed)
        diagnostics_.warning(member.value.place, "nobody can tell what this rests on",
                             "trials of coordinated services found no effect on employment; what unmet needs do to the "
                             "way out is an assumption",
                             "add `assumed: true` to the need");
      need_.slows.push_back(std::move(slowing));
    }
  }

  bool read_assumed() {
    Value const* const assumed = reader_.optional("assumed");
    return assumed && as_bool(*assumed, "assumed", diagnostics_).value_or(false);
  }

  void give_streams() {
    if (measure_.name.empty()) return;
    measure_.streams = streams_of_measure(measure_, with_.streams);
    auto const give = [&](std::string_view purpose) {
      return with_.streams.give(fmt::format("need:{}:{}", measure_.name, purpose), "need", measure_.place);
    };
    need_.has = give("has");
    need_.wait_time = give("wait");
    need_.wait_median = give("wait:median");
    need_.share_level = give("share");
  }

  Member const& member_;
  Coordination const& coordination_;
  Scenario const& scenario_;
  MeasureReading const& with_;
  Diagnostics& diagnostics_;
  MapReader reader_;
  Measure measure_;
  Need need_;
};

/// A time, or one for each way of working.
void read_assessment(Value const& value, Coordination& coordination, Diagnostics& diagnostics) {
  bool const by_way = value.is_map() &&
                      std::ranges::any_of(way_names, [&](std::string_view way) { return value.find(way) != nullptr; });
  if (!by_way) {
    if (auto const time = read_waiting_time(value, "assessment_after", diagnostics))
      coordination.assessment_after.fill(*time);
    return;
  }
  MapReader reader{value, "`assessment_after`", diagnostics};
  for (std::size_t way = 0; way < way_names.size(); ++way) {
    Value const* const time = reader.required(way_names[way]);
    if (!time) continue;
    if (auto const read = read_waiting_time(*time, way_names[way], diagnostics))
      coordination.assessment_after[way] = *read;
  }
  reader.finish();
}

std::optional<Coordination> read_coordination(Value const& value, Model const& model, StreamNames& streams,
                                              Diagnostics& diagnostics) {
  Coordination coordination;
  MapReader reader{value, "`coordination`", diagnostics};
  if (!value.is_map()) return std::nullopt;
  if (Value const* way = reader.required("way"))
    coordination.way = static_cast<WayOfWorking>(
        as_choice(*way, {way_names.begin(), way_names.end()}, "way", diagnostics).value_or(0));
  if (Value const* contact = reader.optional("contact"))
    coordination.contact = read_states_of(*contact, "contact", model, diagnostics);
  else
    for (State const& state : model.states) coordination.contact.push_back(state.group == "outside");
  coordination.contact.resize(model.states.size());
  if (Value const* after = reader.required("assessment_after")) read_assessment(*after, coordination, diagnostics);
  Value const* const hand_over = reader.optional("hand_over");
  if (hand_over) coordination.hand_over = read_waiting_time(*hand_over, "hand_over", diagnostics);
  reader.finish();
  auto const give = [&](std::string_view purpose) {
    return streams.give(fmt::format("coordination:{}", purpose), "coordination", value.place);
  };
  coordination.assessment = give("assessment");
  coordination.assessment_median = give("assessment:median");
  coordination.hand_over_median = give("hand_over:median");
  return coordination;
}

}  // namespace

void read_needs(Value const& needs, Value const* coordination, Scenario& scenario, MeasureReading const& with) {
  if (!needs.is_map() || needs.members.empty()) {
    with.diagnostics.error(needs.place, "`needs` must be a map", {},
                           "write health: {share: 0.3, takes: {median: 5 months}}");
    return;
  }
  if (!coordination) {
    with.diagnostics.error(needs.place, "`needs` without `coordination`", "it says how they are found and met",
                           "add coordination: {way: one_after_another, assessment_after: {median: 14 months}}");
    return;
  }
  scenario.coordination = read_coordination(*coordination, scenario.model, with.streams, with.diagnostics);
  if (!scenario.coordination) return;
  for (Member const& member : needs.members)
    scenario.measures.push_back(NeedReader{member, *scenario.coordination, scenario, with}.read());
}

}  // namespace utvei
