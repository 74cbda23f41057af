// SPDX-License-Identifier: Apache-2.0
#include "pathway_sections.hpp"

#include <utvei/model/names.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::int64_t oldest_followed = 120;

bool is_any(std::vector<bool> const& states) {
  return std::ranges::find(states, true) != states.end();
}

class IncidenceReader {
 public:
  IncidenceReader(Member const& member, PathwayReading const& with)
      : member_{member},
        with_{with},
        diagnostics_{with.diagnostics},
        reader_{member.value, fmt::format("incidence `{}`", member.key), with.diagnostics} {}

  Incidence read() {
    incidence_.place = member_.key_place;
    if (check_name(member_.key, "incidence", member_.key_place, diagnostics_)) incidence_.name = member_.key;
    if (!member_.value.is_map()) return std::move(incidence_);
    check_label(reader_.optional("label"), fmt::format("the label of incidence `{}`", member_.key), diagnostics_);
    if (Value const* to = reader_.required("to")) read_destinations(*to);
    read_at_risk();
    read_scale();
    reader_.finish();
    return std::move(incidence_);
  }

 private:
  void read_destinations(Value const& to) {
    Model const& model = with_.scenario.model;
    if (!is_map_of_names(to, "to", "to: {disability: [disability, disability_work], dead: dead}", diagnostics_)) return;
    std::vector<bool> named(model.states.size());
    for (Member const& member : to.members) {
      check_name(member.key, "destination", member.key_place, diagnostics_);
      if (member.key == other_destination)
        diagnostics_.error(member.key_place, fmt::format("`{}` is where those go who go to none of them", member.key),
                           {}, "give the destination another name");
      auto states = read_states_of(member.value, member.key, model, diagnostics_);
      for (std::size_t s = 0; s < named.size(); ++s) {
        if (states[s] && named[s])
          diagnostics_.error(member.value.place,
                             fmt::format("`{}` is in two destinations", model.states[StateId{s}].name),
                             "people go to one of them first", "leave it out of one of them");
        named[s] = named[s] || states[s];
      }
      incidence_.to.push_back({member.key, std::move(states)});
    }
  }

  /// Left out: everybody who is in none of the destinations, nor in a state for good.
  void read_at_risk() {
    Model const& model = with_.scenario.model;
    Value const* const in = reader_.optional("in");
    if (in != nullptr) {
      incidence_.in = read_states_of(*in, "in", model, diagnostics_);
    } else {
      for (State const& state : model.states) incidence_.in.push_back(!state.absorbing);
      for (auto const& to : incidence_.to)
        for (std::size_t s = 0; s < incidence_.in.size(); ++s)
          if (to.states[s]) incidence_.in[s] = false;
    }
    for (auto const& to : incidence_.to)
      for (std::size_t s = 0; s < incidence_.in.size(); ++s)
        if (incidence_.in[s] && to.states[s])
          diagnostics_.error(in->place, fmt::format("`{}` is at risk and a destination", model.states[StateId{s}].name),
                             "who is there has come there already", "leave it out of `in`, or of `to`");
    if (!is_any(incidence_.in))
      diagnostics_.error(member_.key_place, fmt::format("nobody is at risk of `{}`", member_.key), {},
                         "name states under `in` that are no destinations");
    Value const* const after = reader_.optional("after");
    if (after == nullptr) return;
    incidence_.after = read_states_of(*after, "after", model, diagnostics_);
    for (std::size_t s = 0; s < incidence_.after.size(); ++s)
      if (incidence_.after[s] && incidence_.in[s])
        diagnostics_.error(after->place, fmt::format("`{}` is at risk already", model.states[StateId{s}].name),
                           "people come to the states at risk from others", "leave it out of `after`, or of `in`");
  }

  void read_scale() {
    Value const* const over = reader_.optional("over");
    Value const* const ages = reader_.optional("ages");
    Value const* const within = reader_.optional("within");
    Value const* const first = reader_.optional("first");
    if (over != nullptr) incidence_.by_age = as_choice(*over, {"time", "age"}, "over", diagnostics_) == 1U;
    incidence_.within = read_followed_time(within, with_.scenario.end - with_.scenario.start, with_);
    if (first != nullptr) incidence_.first_only = as_bool(*first, "first", diagnostics_).value_or(false);
    auto const refuse = [&](Value const* key, std::string_view name, std::string_view why) {
      if (key != nullptr)
        diagnostics_.error(key->place, fmt::format("`{}` has no meaning here", name), std::string{why},
                           fmt::format("leave `{}` out", name));
    };
    if (!incidence_.by_age) {
      refuse(ages, "ages", "people are followed from when they come to the states, whatever their age: over: age");
      return;
    }
    refuse(within, "within", "people are followed through `ages`");
    refuse(first, "first", "over age people are followed once");
    refuse(incidence_.after.empty() ? nullptr : reader_.map().find("after"), "after",
           "over age people are followed from the first age on");
    read_ages(ages, *over);
  }

  void read_ages(Value const* ages, Value const& over) {
    if (ages == nullptr) {
      diagnostics_.error(over.place, "`over: age` without `ages`", "people are followed from one age to another",
                         "add ages: {from: 18, to: 67}");
      return;
    }
    incidence_.ages = read_age_span(*ages, diagnostics_);
    bool const is_whole = incidence_.ages.from % minutes_per_year == 0 && incidence_.ages.to % minutes_per_year == 0;
    if (is_whole && incidence_.ages.from >= 0 && incidence_.ages.to <= oldest_followed * minutes_per_year) return;
    diagnostics_.error(ages->place, "`ages` must be whole years from one age to another", {},
                       fmt::format("write ages: {{from: 18, to: 67}}, at most {}", oldest_followed));
    incidence_.ages = {0, minutes_per_year};
  }

  Member const& member_;
  PathwayReading const& with_;
  Diagnostics& diagnostics_;
  MapReader reader_;
  Incidence incidence_;
};

}  // namespace

std::vector<Incidence> read_incidence(Value const& value, PathwayReading const& with) {
  std::vector<Incidence> all;
  if (!is_map_of_names(value, "incidence", "out: {in: [unemployed, aap], to: {work: work}}", with.diagnostics))
    return all;
  for (Member const& member : value.members) all.push_back(IncidenceReader{member, with}.read());
  return all;
}

}  // namespace utvei
