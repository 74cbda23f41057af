// SPDX-License-Identifier: Apache-2.0
#include "outcome_sections.hpp"

#include <utvei/model/names.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double most_steps_of_scale = 1e5;

/// A duration of a minute or more under the only key `half_life`.
std::optional<Duration> read_half_life(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  MapReader reader{value, fmt::format("`{}`", what), diagnostics};
  if (!value.is_map()) return std::nullopt;
  Value const* half_life = reader.required("half_life");
  reader.finish();
  return half_life ? read_some_time(*half_life, "half_life", diagnostics) : std::nullopt;
}

class ScoreReader {
 public:
  ScoreReader(Member const& member, OutcomeReading const& with)
      : member_{member},
        with_{with},
        model_{with.scenario.model},
        diagnostics_{with.diagnostics},
        reader_{member.value, fmt::format("score `{}`", member.key), with.diagnostics} {}

  Score read() {
    score_.place = member_.key_place;
    if (check_name(member_.key, "score", member_.key_place, diagnostics_)) score_.name = member_.key;
    if (!member_.value.is_map()) return std::move(score_);
    read_scale();
    read_level();
    read_half_life_of_moves();
    read_wanders();
    read_error();
    give_own_streams();
    if (Value const* states = reader_.optional("states")) read_states(*states);
    if (Value const* needs = reader_.optional("needs")) read_needs_of_score(*needs);
    if (Value const* measures = reader_.optional("measures")) read_measures_of_score(*measures);
    read_evidence();
    reader_.finish();
    return std::move(score_);
  }

 private:
  void read_scale() {
    if (Value const* label = reader_.optional("label"))
      score_.label = read_labels(*label, fmt::format("the label of score `{}`", member_.key), diagnostics_);
    if (Value const* step = reader_.optional("step")) read_step(*step);
    Value const* range = reader_.required("range");
    if (!range) return;
    if (!range->is_list() || range->items.size() != 2) {
      diagnostics_.error(range->place, "`range` must be two numbers", "they are the ends of the scale",
                         "write range: [13, 91]");
      return;
    }
    auto const low = as_number(range->items[0], "range", diagnostics_);
    auto const high = as_number(range->items[1], "range", diagnostics_);
    if (!low || !high) return;
    score_.low = *low;
    score_.high = *high;
    double const steps = (*high - *low) / score_.step;
    if (!(steps >= 1) || steps > most_steps_of_scale || std::abs(steps - std::round(steps)) > 1e-6)
      diagnostics_.error(range->place,
                         fmt::format("from {:g} to {:g} is no scale of steps of {:g}", *low, *high, score_.step),
                         "what is measured lies on a whole number of steps between two ends, 100,000 at most",
                         "let `range` be [low, high], and `step` a part of the distance");
  }

  void read_step(Value const& value) {
    auto const step = as_number(value, "step", diagnostics_);
    if (!step) return;
    if (*step > 0) {
      score_.step = *step;
      return;
    }
    diagnostics_.error(value.place, fmt::format("a step of {:g}", *step), "steps of a scale are above 0",
                       "write step: 1");
  }

  /// Larger than the scale it tells nothing.
  double read_sd(Value const& value, std::string_view what) {
    double const sd = as_number_at_least(value, 0, what, diagnostics_).value_or(0);
    if (score_.low >= score_.high || sd <= score_.high - score_.low) return sd;
    diagnostics_.error(
        value.place,
        fmt::format("a standard deviation of {:g} on a scale from {:g} to {:g}", sd, score_.low, score_.high),
        "the scale is shorter than that", "correct the standard deviation, or the range");
    return 0;
  }

  void read_level() {
    Value const* level = reader_.required("level");
    if (!level) return;
    MapReader reader{*level, "`level`", diagnostics_};
    if (!level->is_map()) return;
    if (Value const* mean = reader.required("mean")) {
      score_.level = read_uncertain_number(*mean, "mean", diagnostics_);
      double const spread = score_.level.sd.value_or(0) * 2;
      auto const is_outside = [&](double number) { return number < score_.low || number > score_.high; };
      double const middle = score_.level.sd ? score_.level.middle : score_.level.mean;
      if (score_.low < score_.high &&
          (is_outside(score_.level.mean) || is_outside(middle - spread) || is_outside(middle + spread)))
        diagnostics_.error(mean->place,
                           fmt::format("the mean {:g}, or its interval, lies outside the scale from {:g} to {:g}",
                                       score_.level.mean, score_.low, score_.high),
                           {}, "correct the mean, or the range");
    }
    if (Value const* sd = reader.required("sd")) score_.sd = read_sd(*sd, "sd");
    reader.finish();
  }

  void read_half_life_of_moves() {
    if (Value const* moves = reader_.optional("moves"))
      score_.half_life = read_half_life(*moves, "moves", diagnostics_);
  }

  void read_wanders() {
    Value const* wanders = reader_.optional("wanders");
    if (!wanders) return;
    MapReader reader{*wanders, "`wanders`", diagnostics_};
    if (!wanders->is_map()) return;
    if (Value const* sd = reader.required("sd")) score_.wanders = read_sd(*sd, "sd");
    score_.wanders_half_life = Duration{minutes_per_year};
    if (Value const* half_life = reader.required("half_life"))
      score_.wanders_half_life =
          read_some_time(*half_life, "half_life", diagnostics_).value_or(score_.wanders_half_life);
    reader.finish();
  }

  /// Directly, or from the correlation of two measurements of one day.
  void read_error() {
    Value const* error = reader_.optional("error");
    if (!error) return;
    MapReader reader{*error, "`error`", diagnostics_};
    if (!error->is_map()) return;
    Value const* sd = reader.optional("sd");
    Value const* retest = reader.optional("retest");
    reader.finish();
    if ((sd == nullptr) == (retest == nullptr)) {
      diagnostics_.error(error->place, "`error` must have one of `sd` and `retest`",
                         "the standard deviation of a measurement, or the correlation of two measurements of one day",
                         "write error: {retest: 0.8}");
      return;
    }
    if (sd) {
      score_.error = read_sd(*sd, "sd");
      return;
    }
    auto const reliability = as_number(*retest, "retest", diagnostics_);
    if (!reliability) return;
    if (!(*reliability > 0) || *reliability > 1) {
      diagnostics_.error(retest->place, fmt::format("a retest correlation of {:g}", *reliability),
                         "a correlation of two measurements of one day is above 0 and at most 1",
                         "write error: {retest: 0.8}");
      return;
    }
    double const variance = score_.sd * score_.sd + score_.wanders * score_.wanders;
    if (variance == 0 && *reliability < 1)
      diagnostics_.error(retest->place, "nobody's score differs from another's, so measurements cannot correlate",
                         "`retest` is told from the spread of `level` and `wanders`", "write error: {sd: 5}");
    score_.error = std::sqrt(variance * (1 - *reliability) / *reliability);
  }

  StreamId give(std::string_view purpose) {
    return with_.streams.give(fmt::format("score:{}:{}", member_.key, purpose), "score", member_.key_place);
  }

  void give_own_streams() {
    if (!score_.name.empty()) score_.streams = {give("level"), give("own"), give("wanders"), give("error")};
  }

  Score::Shift read_shift(Value const& value, std::string_view what, std::string const& purpose) {
    return {read_uncertain_number(value, what, diagnostics_), give(purpose)};
  }

  bool is_some_map(Value const& value, std::string_view what, std::string_view example) {
    if (value.is_map() && !value.members.empty()) return true;
    diagnostics_.error(value.place, fmt::format("`{}` must be a map of names", what),
                       "each name has the points by which it moves the score", fmt::format("write {}", example));
    return false;
  }

  void read_states(Value const& value) {
    if (!is_some_map(value, "states", "states: {work: 4, unemployed: -3}")) return;
    for (Member const& member : value.members) {
      if (auto const state = model_.state(member.key))
        score_.states.emplace_back(*state, read_shift(member.value, member.key, "state:" + member.key));
      else
        diagnostics_.error(member.key_place, fmt::format("unknown state `{}`", member.key), {},
                           did_you_mean(member.key, model_.state_names()));
    }
  }

  void read_needs_of_score(Value const& value) {
    if (!is_some_map(value, "needs", "needs: {health: -5}")) return;
    for (Member const& member : value.members) {
      auto const need = find_service(member.key, member.key_place, Service::need, with_);
      if (need) score_.needs.emplace_back(*need, read_shift(member.value, member.key, "need:" + member.key));
    }
  }

  void read_measures_of_score(Value const& value) {
    if (!is_some_map(value, "measures", "measures: {team: {shift: 4, after: stays}}")) return;
    for (Member const& member : value.members) {
      auto const measure = find_service(member.key, member.key_place, Service::measure, with_);
      MapReader reader{member.value, fmt::format("`{}`", member.key), diagnostics_};
      if (!member.value.is_map()) continue;
      Score::OfMeasure one;
      one.measure = measure.value_or(0);
      if (Value const* shift = reader.required("shift"))
        one.shift = read_shift(*shift, "shift", "measure:" + member.key);
      if (Value const* after = reader.optional("after")) read_after(*after, one);
      reader.finish();
      if (measure) score_.measures.push_back(one);
    }
  }

  void read_after(Value const& value, Score::OfMeasure& one) {
    using After = Score::OfMeasure::After;
    if (value.is_map()) {
      if (auto const half_life = read_half_life(value, "after", diagnostics_)) {
        one.after = After::fades;
        one.half_life = *half_life;
      }
      return;
    }
    if (value.is_scalar() && (value.scalar == "none" || value.scalar == "stays")) {
      one.after = value.scalar == "stays" ? After::stays : After::none;
      return;
    }
    diagnostics_.error(value.place, "`after` is neither `none` nor `stays` nor a half-life",
                       "it says what becomes of the shift when the measure ends",
                       "write after: none, after: stays or after: {half_life: 1 year}");
  }

  void read_evidence() {
    Value const* const assumed = reader_.optional("assumed");
    Value const* const source = reader_.optional("source");
    score_.is_assumed = assumed && as_bool(*assumed, "assumed", diagnostics_).value_or(false);
    if (source) score_.source = as_text(*source, "source", diagnostics_).value_or("");
    if (source && score_.source.empty())
      diagnostics_.error(source->place, "`source` is empty", {},
                         "say where the numbers come from, or write `assumed: true`");
    bool const moves = !score_.states.empty() || !score_.needs.empty() || !score_.measures.empty();
    if (!moves || score_.is_assumed || source) return;
    diagnostics_.warning(member_.key_place, fmt::format("nobody can tell what score `{}` rests on", member_.key),
                         "how states, needs and measures move it has no source",
                         "add `source: …`, or `assumed: true` where no study is behind it");
  }

  Member const& member_;
  OutcomeReading const& with_;
  Model const& model_;
  Diagnostics& diagnostics_;
  MapReader reader_;
  Score score_;
};

}  // namespace

std::vector<Score> read_scores(Value const& value, OutcomeReading const& with) {
  std::vector<Score> scores;
  if (!value.is_map() || value.members.empty()) {
    with.diagnostics.error(value.place, "`scores` must be a map of names", {},
                           "write soc: {range: [13, 91], level: {mean: 60, sd: 12}}");
    return scores;
  }
  for (Member const& member : value.members) scores.push_back(ScoreReader{member, with}.read());
  return scores;
}

}  // namespace utvei
