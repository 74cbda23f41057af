// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

class ChangeReader {
 public:
  ChangeReader(Value const& value, TraitId trait, Model& model, Diagnostics& diagnostics)
      : value_{value},
        trait_{trait},
        model_{model},
        diagnostics_{diagnostics},
        reader_{value, fmt::format("a change of `{}`", model.traits[trait].name), diagnostics} {}

  void read() {
    Trait const& trait = model_.traits[trait_];
    auto const* from = reader_.required("from");
    auto const* to = reader_.required("to");
    read_when();
    reader_.finish();
    auto const origin = from != nullptr ? read_level_reference(*from, "from", trait, diagnostics_) : std::nullopt;
    auto const target = to != nullptr ? read_level_reference(*to, "to", trait, diagnostics_) : std::nullopt;
    if (!origin || !target) return;
    change_.trait = trait_;
    change_.from = origin.value_or(0);
    change_.to = target.value_or(0);
    change_.place = value_.place;
    change_.name = fmt::format("{}: {} -> {}", trait.name, trait.levels[change_.from], trait.levels[change_.to]);
    if (change_.from == change_.to) {
      diagnostics_.error(to->place, fmt::format("a change of `{}` that changes nothing", trait.name), "",
                         "remove it, or name another level");
    } else if (std::ranges::find(model_.trait_changes, change_.name, &TraitChange::name) !=
               model_.trait_changes.end()) {
      diagnostics_.error(value_.place, fmt::format("the change `{}` stands twice", change_.name), "",
                         "remove one of them");
    } else if (change_.after && waits_already()) {
      diagnostics_.error(value_.place, fmt::format("two changes of `{}` after a time, from the same level", trait.name),
                         "the first would come before the second ever could", "remove the later one");
    } else {
      model_.trait_changes.push_back(std::move(change_));
    }
  }

 private:
  [[nodiscard]] bool waits_already() const {
    return std::ranges::any_of(model_.trait_changes, [&](TraitChange const& other) {
      return other.trait == trait_ && other.from == change_.from && other.after.has_value();
    });
  }

  void read_when() {
    WayRate source = read_rate_source(reader_, "a change", diagnostics_);
    change_.rate_per_year = source.rate_per_year;
    change_.table = std::move(source.table);
    change_.table_place = source.table_place;
    if (auto const* after = reader_.optional("after")) {
      change_.after = as_duration(*after, "after", diagnostics_).value_or(Duration{1});
      if (change_.after->minutes < 1) {
        diagnostics_.error(after->place, "a change after no time at all", "", "write a duration such as 3 years");
      }
    }
    if (auto const* age = reader_.optional("at_age")) change_.at_age = read_age_in_years(*age, diagnostics_);
    bool const at_rate = change_.rate_per_year || change_.table;
    int const ways = (at_rate ? 1 : 0) + (change_.after ? 1 : 0) + (change_.at_age ? 1 : 0);
    if (ways == 1) return;
    diagnostics_.error(
        value_.place, ways == 0 ? "a change that does not say when it comes" : "a change that says twice when it comes",
        "it comes at a rate, some time after the level was taken, or at an age",
        "give one of `rate_per_year`, `rates`, `after` and `at_age`");
  }

  Value const& value_;
  TraitId trait_;
  Model& model_;
  Diagnostics& diagnostics_;
  MapReader reader_;
  TraitChange change_;
};

}  // namespace

std::optional<std::uint32_t> read_level_reference(Value const& value, std::string_view what, Trait const& trait,
                                                  Diagnostics& diagnostics) {
  auto const name = as_code(value, what, diagnostics);
  if (!name) return std::nullopt;
  auto const level = std::ranges::find(trait.levels, *name);
  if (level == trait.levels.end()) {
    diagnostics.error(value.place, fmt::format("trait `{}` has no level `{}`", trait.name, *name), "",
                      did_you_mean(*name, trait.levels));
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(level - trait.levels.begin());
}

std::vector<TraitSetting> read_settings(Value const& value, std::string const& what, Model const& model,
                                        Diagnostics& diagnostics) {
  std::vector<TraitSetting> settings;
  if (!value.is_map() || value.members.empty()) {
    diagnostics.error(value.place, fmt::format("`sets` of {} is not a map of traits", what), "",
                      "sets: {education: upper_secondary}");
    return settings;
  }
  for (Member const& member : value.members) {
    if (!as_code(member, "trait", diagnostics)) continue;
    auto const trait = model.trait(member.key);
    if (!trait || model.traits[*trait].numeric) {
      diagnostics.error(
          member.key_place,
          trait ? fmt::format("trait `{}` is a number", member.key) : fmt::format("unknown trait `{}`", member.key),
          trait ? "only traits with levels can be set" : "",
          trait ? "make it a trait with levels" : did_you_mean(member.key, model.trait_names()));
      continue;
    }
    auto const level = read_level_reference(member.value, member.key, model.traits[*trait], diagnostics);
    if (level) settings.push_back({*trait, *level});
  }
  return settings;
}

void read_trait_changes(Value const& changes, TraitId trait, Model& model, Diagnostics& diagnostics) {
  if (!changes.is_list()) {
    diagnostics.error(changes.place, "`changes` is not a list", "each line of it is one change of the trait",
                      "changes:\n  - {from: small_children, to: children, after: 3 years}");
    return;
  }
  for (Value const& item : changes.items) ChangeReader{item, trait, model, diagnostics}.read();
}

}  // namespace utvei
