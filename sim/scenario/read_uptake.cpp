// SPDX-License-Identifier: Apache-2.0
#include "measure_sections.hpp"

#include <utvei/model/model.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::string_view example_of_uptake_by = "by: {state: {aap: 0.4, unemployed: 0.7}}";

class UptakeReader {
 public:
  UptakeReader(Measure& measure, MeasureReading const& with)
      : measure_{measure}, with_{with}, diagnostics_{with.diagnostics} {}

  void read(Value const& value) {
    MapReader reader{value, "`uptake`", diagnostics_};
    Value const* by = reader.required("by");
    Value const* mean = reader.optional("mean");
    Value const* interval = reader.optional("interval_95");
    reader.finish();
    if (interval) {
      Value of_others = value;
      std::erase_if(of_others.members, [](Member const& member) { return member.key == "by"; });
      measure_.uptake = read_uncertain_share(of_others, "uptake", measure_.uptake_drawn, diagnostics_);
    } else if (mean) {
      measure_.uptake = read_uncertain_share(*mean, "mean", measure_.uptake_drawn, diagnostics_);
    }
    if (by) read_by(*by, mean != nullptr || interval != nullptr);
  }

 private:
  void read_by(Value const& value, bool says_of_others) {
    UptakeBy by;
    std::vector<std::string> names;
    if (value.is_map() && value.members.size() == 1 && value.members.front().key == "state") {
      for (State const& state : with_.model.states) names.push_back(state.name);
    } else {
      by.trait = read_one_trait(value, "by", example_of_uptake_by, with_.model, diagnostics_);
      if (!by.trait) return;
      names = with_.model.traits[*by.trait].levels;
    }
    by.shares.resize(names.size());
    Member const& what = value.members.front();
    if (!what.value.is_map() || what.value.members.empty()) {
      diagnostics_.error(what.value.place, fmt::format("`by` does not say who takes which share by `{}`", what.key), {},
                         std::string{example_of_uptake_by});
      return;
    }
    std::size_t const errors = diagnostics_.error_count();
    for (Member const& member : what.value.members) read_share(member, what.key, names, by);
    if (!says_of_others && diagnostics_.error_count() == errors) expect_all(what, names, by);
    measure_.uptake_by = std::move(by);
  }

  void read_share(Member const& member, std::string const& key, std::vector<std::string> const& names, UptakeBy& by) {
    UptakeBy::Share share;
    share.mean = read_uncertain_share(member.value, member.key, share.drawn, diagnostics_);
    auto const name = as_code(member, key, diagnostics_);
    if (!name) return;
    auto const at = static_cast<std::size_t>(std::ranges::find(names, *name) - names.begin());
    if (at == names.size()) {
      diagnostics_.error(member.key_place, fmt::format("no `{}` among the values of `{}`", *name, key), {},
                         did_you_mean(*name, names));
    } else if (!qualifies(by, at)) {
      diagnostics_.error(member.key_place, fmt::format("nobody with `{}` qualifies", *name), "`who` leaves them out",
                         "leave the share out, or let them qualify");
    } else {
      if (!measure_.name.empty())
        share.stream = with_.streams.give(fmt::format("measure:{}:uptake:{}={}", measure_.name, key, *name), "uptake",
                                          member.key_place);
      by.shares[at] = share;
    }
  }

  [[nodiscard]] bool qualifies(UptakeBy const& by, std::size_t at) const {
    Subpopulation const& people = measure_.who.people;
    if (!by.trait) return people.states.empty() || people.states[at];
    std::size_t const trait = by.trait->value();
    if (trait >= people.traits.size() || people.traits[trait].empty()) return true;
    return std::ranges::find(people.traits[trait], static_cast<std::uint32_t>(at)) != people.traits[trait].end();
  }

  /// Where nothing is said of others there must be none.
  void expect_all(Member const& what, std::vector<std::string> const& names, UptakeBy const& by) {
    std::string lacking;
    for (std::size_t at = 0; at < names.size(); ++at)
      if (!by.shares[at] && qualifies(by, at)) lacking += fmt::format("{}`{}`", lacking.empty() ? "" : ", ", names[at]);
    if (lacking.empty()) return;
    diagnostics_.error(what.key_place, fmt::format("`uptake` does not say which share of {} takes it", lacking),
                       "they qualify", "name them, or add `mean: 0.5` for all others");
  }

  Measure& measure_;
  MeasureReading const& with_;
  Diagnostics& diagnostics_;
};

}  // namespace

void read_uptake(Value const& value, Measure& measure, MeasureReading const& with) {
  Value const* by = value.find("by");
  if (by != nullptr && !by->is_null()) {
    UptakeReader{measure, with}.read(value);
  } else {
    measure.uptake = read_uncertain_share(value, "uptake", measure.uptake_drawn, with.diagnostics);
  }
}

}  // namespace utvei
