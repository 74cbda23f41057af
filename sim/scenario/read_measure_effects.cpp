// SPDX-License-Identifier: Apache-2.0
#include "measure_sections.hpp"

#include <utvei/model/model.hpp>
#include <utvei/scenario/patterns.hpp>

#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

class EffectsReader {
 public:
  EffectsReader(Measure const& measure, MeasureReading const& with)
      : measure_{measure}, with_{with}, diagnostics_{with.diagnostics} {}

  MeasureEffect read(Value const& value) {
    MeasureEffect effect;
    effect.place = value.place;
    MapReader reader{value, "the effect", diagnostics_};
    if (!value.is_map()) return effect;
    Value const* name = reader.optional("name");
    if (Value const* transition = reader.required("transition")) {
      effect.transitions = read_transition_patterns(*transition, with_.model, diagnostics_);
    }
    read_size(reader, effect);
    if (Value const* after = reader.optional("after")) read_after(*after, effect);
    if (effect.half_life && !effect.trial && effect.ratio.mean == 0) {
      diagnostics_.error(effect.place, "an effect of 0 cannot fade",
                         "half of the logarithm of 0 is no less than all of it",
                         "write `after: none`, or a ratio above 0");
    }
    if (Value const* by = reader.optional("by")) read_by(*by, effect);
    if (Value const* assumed = reader.optional("assumed")) {
      effect.is_assumed = as_bool(*assumed, "assumed", diagnostics_).value_or(false);
    }
    reader.finish();
    if (!effect.is_assumed && !effect.trial && !measure_.evidence) {
      diagnostics_.warning(value.place, "nobody can tell what this effect rests on",
                           "its measure has no `evidence`, and the effect is not marked as assumed",
                           "add `evidence: {source: \"…\", confidence: M}` to the measure, or `assumed: true` here");
    }
    auto const given = name ? as_code(*name, "name", diagnostics_) : std::nullopt;
    effect.stream = stream(given.value_or(""), effect);
    return effect;
  }

 private:
  /// A hazard ratio, or the trial that one is solved from.
  void read_size(MapReader& reader, MeasureEffect& effect) {
    Value const* ratio = reader.optional("hazard_ratio");
    Value const* trial = reader.optional("from_trial");
    if ((ratio == nullptr) == (trial == nullptr)) {
      diagnostics_.error(effect.place,
                         ratio ? "the effect has both `hazard_ratio` and `from_trial`"
                               : "the effect has neither `hazard_ratio` nor `from_trial`",
                         "one of the two says how large it is",
                         ratio ? "leave one of them out" : "add `hazard_ratio: …` or `from_trial: …`");
    }
    if (ratio) effect.ratio = read_uncertain_ratio(*ratio, diagnostics_);
    if (trial) effect.trial = read_trial(*trial, with_.model, with_.inputs, diagnostics_);
  }

  void read_after(Value const& value, MeasureEffect& effect) {
    if (value.is_scalar() && value.scalar == "none") return;
    if (!value.is_map()) {
      diagnostics_.error(value.place, "`after` is neither `none` nor a half-life",
                         "the effect ends with the measure, or fades from there",
                         "after: none, or after: {half_life: 24 months}");
      return;
    }
    MapReader reader{value, "`after`", diagnostics_};
    if (Value const* half_life = reader.required("half_life")) {
      effect.half_life = read_some_time(*half_life, "half_life", diagnostics_);
    }
    reader.finish();
  }

  void read_by(Value const& value, MeasureEffect& effect) {
    constexpr std::string_view example = "by: {health: {mental: 1, musculoskeletal: 0.8}}";
    auto const id = read_one_trait(value, "by", example, with_.model, diagnostics_);
    if (!id) return;
    Trait const& trait = with_.model.traits[*id];
    effect.by = *id;
    effect.share_of_level.assign(trait.levels.size(), 1);
    Value const& levels = value.members.front().value;
    if (!levels.is_map() || levels.members.empty()) {
      diagnostics_.error(levels.place,
                         fmt::format("`by` does not say how much each level of `{}` benefits", trait.name), {},
                         std::string{example});
      return;
    }
    for (Member const& member : levels.members) {
      auto const code = as_code(member, trait.name, diagnostics_);
      auto const share = as_number_at_least(member.value, 0, member.key, diagnostics_);
      if (!code) continue;
      auto const level = find_level(*code, trait, member.key_place, diagnostics_);
      if (level && share) effect.share_of_level[*level] = *share;
    }
  }

  StreamId stream(std::string const& given, MeasureEffect const& effect) {
    std::string name = given;
    if (name.empty()) {
      std::string const base = names_of(effect.transitions, with_.model, ",");
      name = base;
      for (int copy = 2; taken_.contains(name); ++copy) name = fmt::format("{}#{}", base, copy);
    }
    if (!taken_.insert(name).second) {
      diagnostics_.error(effect.place, fmt::format("two effects of the measure are named `{}`", name), {},
                         "give each its own name");
      return {};
    }
    if (measure_.name.empty()) return {};
    return with_.streams.give(fmt::format("measure:{}:effect:{}", measure_.name, name), "effect", effect.place);
  }

  Measure const& measure_;
  MeasureReading const& with_;
  Diagnostics& diagnostics_;
  std::set<std::string> taken_;
};

}  // namespace

std::optional<LockIn> read_lock_in(Value const& value, std::string const& measure, MeasureReading const& with) {
  MapReader reader{value, "`locks_in`", with.diagnostics};
  if (!value.is_map()) return std::nullopt;
  LockIn lock_in;
  if (Value const* transition = reader.required("transition")) {
    lock_in.transitions = read_transition_patterns(*transition, with.model, with.diagnostics);
  }
  if (Value const* ratio = reader.required("hazard_ratio")) {
    lock_in.ratio = read_uncertain_ratio(*ratio, with.diagnostics);
  }
  if (Value const* lasts = reader.optional("for")) {
    lock_in.lasts = read_some_time(*lasts, "for", with.diagnostics).value_or(unbounded);
  }
  reader.finish();
  if (!measure.empty()) {
    lock_in.stream = with.streams.give(fmt::format("measure:{}:lock_in", measure), "measure", value.place);
  }
  return lock_in;
}

std::vector<MeasureEffect> read_measure_effects(Value const& value, Measure const& measure,
                                                MeasureReading const& with) {
  std::vector<MeasureEffect> effects;
  Value const list = named_items(value);
  if (!list.is_list()) {
    with.diagnostics.error(value.place, "`effects` must be a list, or a map by name", {},
                           "begin each effect with `- transition: a -> b`, or with its name: `job: {…}`");
    return effects;
  }
  EffectsReader reader{measure, with};
  for (Value const& item : list.items) effects.push_back(reader.read(item));
  return effects;
}

}  // namespace utvei
