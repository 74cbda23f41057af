// SPDX-License-Identifier: Apache-2.0
#include "rate_levels.hpp"

#include <utvei/analysis/uncertain_inputs.hpp>
#include <utvei/scenario/confidence.hpp>
#include <utvei/scenario/rate_offset.hpp>
#include <utvei/scenario/waiting_time.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

using Kind = UncertainInput::Kind;
using Scale = UncertainInput::Scale;

constexpr std::size_t most_named = 3;

std::string names_of_exits(std::vector<TransitionId> const& transitions, Model const& model) {
  std::string text;
  for (std::size_t i = 0; i < std::min(transitions.size(), most_named); ++i)
    text += (i == 0 ? "" : ", ") + model.transitions[transitions[i]].name;
  if (transitions.size() > most_named) text += fmt::format(" and {} more", transitions.size() - most_named);
  return text;
}

/// Which transitions, and whose.
std::string words_of(Change const& change, Model const& model) {
  std::string text = names_of_exits(change.transitions, model);
  for (RegionId const region : change.regions) text += ", region " + model.regions[region].code;
  for (TraitId const trait : ids_of(model.traits)) {
    if (trait.value() >= change.traits.size()) break;
    for (std::uint32_t const level : change.traits[trait.value()])
      text += fmt::format(", {} {}", model.traits[trait].name, model.traits[trait].levels[level]);
  }
  return text;
}

/// Collects the numbers of a scenario.
class InputCollector {
 public:
  explicit InputCollector(Scenario const& scenario) : scenario_{scenario} {}

  /// `value(draw)` is the number of a draw.
  template <class Value>
  void add(Kind kind, Scale scale, std::string const& group, std::string const& name, Value const& value) {
    UncertainInput& input = inputs_.emplace_back();
    input.name = free_name(kind, name);
    input.group = group;
    input.kind = kind;
    input.scale = scale;
    for (std::uint32_t draw = 0; draw < scenario_.draws; ++draw) input.by_draw.push_back(value(draw));
  }

  /// An effect, drawn or not. One of 1 that is not drawn does nothing.
  void add_effect(std::string const& group, std::string const& name, UncertainRatio const& ratio, StreamId stream,
                  bool is_assumed) {
    std::size_t const place = inputs_.size();
    if (ratio.log_sd) {
      add(Kind::effect, Scale::log, group, name,
          [&](std::uint32_t draw) { return draw_ratio(ratio, scenario_.seed, draw, stream); });
      inputs_[place].is_assumed = is_assumed;
    } else if (ratio.mean != 1) {
      inputs_.push_back({free_name(Kind::effect, name), group, Kind::effect, Scale::log, true, {ratio.mean}});
    }
  }

  void add_time(std::string const& group, std::string const& name, std::optional<WaitingTime> const& time,
                StreamId stream) {
    if (!time || !time->log_sd) return;
    auto const days = static_cast<double>(time->median.minutes) / static_cast<double>(minutes_per_day);
    add(Kind::waiting_time, Scale::log, group, name, [&](std::uint32_t draw) {
      return days * draw_median(*time, scenario_.seed, draw, stream).scale / time->scale;
    });
  }

  void add_share(std::string const& group, std::string const& name, std::optional<UncertainShare> const& share,
                 StreamId stream) {
    if (!share) return;
    add(Kind::share, Scale::logit, group, name,
        [&](std::uint32_t draw) { return draw_share(*share, scenario_.seed, draw, stream); });
  }

  void add_number(std::string const& group, std::string const& name, UncertainNumber const& number, StreamId stream) {
    if (!number.sd) return;
    add(Kind::score, Scale::plain, group, name,
        [&](std::uint32_t draw) { return draw_number(number, scenario_.seed, draw, stream); });
  }

  [[nodiscard]] std::vector<UncertainInput>& inputs() { return inputs_; }

 private:
  [[nodiscard]] std::string free_name(Kind kind, std::string const& name) const {
    auto const is_taken = [&](std::string const& wanted) {
      return std::ranges::any_of(inputs_, [&](auto const& one) { return one.kind == kind && one.name == wanted; });
    };
    std::string free = name;
    for (int copy = 2; is_taken(free); ++copy) free = fmt::format("{} #{}", name, copy);
    return free;
  }

  Scenario const& scenario_;
  std::vector<UncertainInput> inputs_;
};

void add_changes(Scenario const& scenario, InputCollector& to) {
  for (Change const& change : scenario.changes) {
    std::string const name = words_of(change, scenario.model);
    to.add_effect(name, name, change.ratio, change.stream, false);
  }
}

/// Offsets of one calibration are drawn together.
void add_offsets(Scenario const& scenario, Rates const& rates, InputCollector& to) {
  if (rates.frozen.empty()) return;
  std::vector<std::vector<double>> by_draw;
  for (std::uint32_t draw = 0; draw < scenario.draws; ++draw)
    by_draw.push_back(draw_hazard_ratios(scenario, rates, draw));
  std::size_t place = scenario.changes.size();
  for (FrozenOffsets const& frozen : rates.frozen) {
    for (LogRateOffset const& offset : frozen.offsets) {
      to.add(Kind::calibration, Scale::log, frozen.name, fmt::format("{}: {}", frozen.name, offset.name),
             [&](std::uint32_t draw) { return by_draw[draw][place]; });
      ++place;
    }
  }
}

void add_effects(Measure const& measure, Model const& model, InputCollector& to) {
  for (MeasureEffect const& effect : measure.effects) {
    std::string const name = fmt::format("{}: {}", measure.name, names_of_exits(effect.transitions, model));
    bool const is_assumed = effect.is_assumed || has_low_confidence(measure);
    if (effect.drawn.empty()) {
      to.add_effect(measure.name, name, effect.ratio, effect.stream, is_assumed);
    } else {
      to.add(Kind::effect, Scale::log, measure.name, name, [&](std::uint32_t draw) { return effect.drawn[draw]; });
      to.inputs().back().is_assumed = is_assumed;
    }
  }
  if (measure.locks_in)
    to.add_effect(measure.name, fmt::format("{}: lock-in", measure.name), measure.locks_in->ratio,
                  measure.locks_in->stream, false);
  if (!measure.need) return;
  for (Slowing const& slowing : measure.need->slows)
    to.add_effect(measure.name, fmt::format("{}: unmet, {}", measure.name, names_of_exits(slowing.transitions, model)),
                  slowing.ratio, slowing.stream, slowing.is_assumed);
}

void add_costs(Measure const& measure, Scenario const& scenario, InputCollector& to) {
  using Amount = std::pair<double MeasureCost::*, char const*>;
  constexpr std::array<Amount, 5> amounts{Amount{&MeasureCost::per_participant_month, "per participant and month"},
                                          Amount{&MeasureCost::per_participant, "per participant"},
                                          Amount{&MeasureCost::per_place_month, "per place and month"},
                                          Amount{&MeasureCost::per_month, "per month"},
                                          Amount{&MeasureCost::start_cost, "start"}};
  for (MeasureCost const& cost : measure.costs) {
    for (MeasureCost::Drawn const& drawn : cost.drawn) {
      auto const which = std::ranges::find(amounts, drawn.amount, &Amount::first);
      to.add(Kind::cost, Scale::log, measure.name, fmt::format("{}: {}", measure.name, which->second),
             [&](std::uint32_t draw) { return draw_ratio(drawn.kroner, scenario.seed, draw, drawn.stream); });
    }
  }
}

/// Shares of people in single states who have a need err together.
void add_need_shares(Measure const& measure, Model const& model, InputCollector& to) {
  if (!measure.need) return;
  for (std::size_t s = 0; s < measure.need->share_drawn.size(); ++s)
    to.add_share(measure.name + ": need", fmt::format("{}: need, {}", measure.name, model.states[StateId{s}].name),
                 measure.need->share_drawn[s], measure.need->share_level);
}

void add_measure(Measure const& measure, Model const& model, InputCollector& to) {
  std::string const& name = measure.name;
  add_effects(measure, model, to);
  to.add_time(name, name + ": found after", measure.found_after, measure.streams.found_median);
  to.add_time(name, name + ": gives up after", measure.queue.gives_up_after, measure.streams.patience_median);
  to.add_time(name, name + ": lasts", measure.lasts, measure.streams.lasts_median);
  if (measure.need) to.add_time(name, name + ": wait", measure.need->wait, measure.need->wait_median);
  to.add_share(name, name + ": uptake", measure.uptake_drawn, measure.streams.uptake_share);
  if (!measure.uptake_by) return;
  UptakeBy const& by = *measure.uptake_by;
  for (std::size_t i = 0; i < by.shares.size(); ++i) {
    std::string const& of = by.trait ? model.traits[*by.trait].levels[i] : model.states[StateId{i}].name;
    if (by.shares[i])
      to.add_share(name, fmt::format("{}: uptake, {}", name, of), by.shares[i]->drawn, by.shares[i]->stream);
  }
}

void add_coordination(Scenario const& scenario, InputCollector& to) {
  if (!scenario.coordination) return;
  Coordination const& how = *scenario.coordination;
  to.add_time("coordination", "coordination: assessment", how.assessment_after[static_cast<std::size_t>(how.way)],
              how.assessment_median);
  if (how.way == WayOfWorking::referral)
    to.add_time("coordination", "coordination: hand over", how.hand_over, how.hand_over_median);
}

void add_scores(Scenario const& scenario, InputCollector& to) {
  for (Score const& score : scenario.scores) {
    to.add_number(score.name, score.name + ": level", score.level, score.streams.level);
    for (auto const& [state, shift] : score.states)
      to.add_number(score.name, fmt::format("{}: {}", score.name, scenario.model.states[state].name), shift.by,
                    shift.stream);
    for (auto const& [need, shift] : score.needs)
      to.add_number(score.name, fmt::format("{}: unmet {}", score.name, scenario.measures[need].name), shift.by,
                    shift.stream);
    for (Score::OfMeasure const& one : score.measures)
      to.add_number(score.name, fmt::format("{}: {}", score.name, scenario.measures[one.measure].name), one.shift.by,
                    one.shift.stream);
  }
}

}  // namespace

std::vector<UncertainInput> uncertain_inputs(Scenario const& scenario, Rates const& rates, Population const& people) {
  if (scenario.draws == 0) return {};
  InputCollector collector{scenario};
  add_changes(scenario, collector);
  for (Measure const& measure : scenario.measures) {
    add_measure(measure, scenario.model, collector);
    add_costs(measure, scenario, collector);
    add_need_shares(measure, scenario.model, collector);
  }
  add_coordination(scenario, collector);
  add_scores(scenario, collector);
  add_offsets(scenario, rates, collector);
  std::vector<UncertainInput> inputs = std::move(collector.inputs());
  for (auto more : {rate_levels(scenario, rates, people), limit_levels(scenario, rates, people)})
    std::ranges::move(more, std::back_inserter(inputs));
  return inputs;
}

}  // namespace utvei
