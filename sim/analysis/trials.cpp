// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/trials.hpp>
#include <utvei/engine/lives.hpp>
#include <utvei/scenario/people_classes.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include <boost/math/special_functions/beta.hpp>
#include <fmt/format.h>

namespace utvei {
namespace {

constexpr int steps_of_two = 4;  ///< of the grid of k, in each doubling
constexpr int doublings = 6;     ///< on either side of 1

double logit(double share) {
  return std::log(share / (1 - share));
}

/// Follows the trial's people under intensities that are multiplied by k.
class TrialArms {
 public:
  TrialArms(Scenario const& scenario, Rates const& rates, MeasureEffect const& effect, std::size_t threads,
            StopFlag const* stop, Diagnostics& diagnostics)
      : trial_{*effect.trial}, scenario_{scenario}, rates_{rates}, threads_{threads}, stop_{stop} {
    scenario_.measures = {everybody_takes_part(effect)};
    scenario_.changes.clear();
    scenario_.demography = {};
    scenario_.model.definitions.clear();
    scenario_.breakdowns.clear();
    scenario_.draws = 0;
    scenario_.population = trial_.population;
    times_ = {scenario_.start + trial_.at};
    for (Trial::KeptOut const& kept : trial_.kept_out) times_.push_back(scenario_.start + kept.at);
    constexpr std::int64_t year = minutes_per_year - minutes_per_day;
    std::int64_t const longest = (*std::ranges::max_element(times_) - scenario_.start).minutes;
    scenario_.end = anniversary(scenario_.start, static_cast<int>(longest / year) + 1);
    std::size_t const errors = diagnostics.error_count();
    people_ = make_population(scenario_.population, scenario_.model, scenario_.start, diagnostics, threads);
    if (diagnostics.error_count() > errors) return;
    if (rates_.classes) give_classes(scenario_, rates_, people_);
    Diagnostics own;
    plan_ = compile(scenario_, rates_, people_, 0, own);
    if (!own.has_errors()) return;
    auto const first = std::ranges::find(own.all(), Severity::error, &Diagnostic::severity);
    diagnostics.error(trial_.place,
                      fmt::format("the people of `{}` cannot stand in for those of the scenario", trial_.path),
                      first->problem, first->suggestion + " of the trial");
  }

  /// The shares with the outcome at each of the trial's times: the one that is solved for, then those kept out.
  [[nodiscard]] std::vector<double> shares_at(double k) {
    EffectPlan& effect = plan_.measures.front().effects.front();
    auto const& shares = scenario_.measures.front().effects.front().share_of_level;
    for (std::size_t level = 0; level < effect.factors.size(); ++level)
      effect.factors[level].front() = effect.by ? std::pow(k, shares[level]) : k;
    std::size_t const count = times_.size();
    std::vector<std::uint64_t> with_outcome(threads_ * count);
    follow_lives(plan_, people_, RandomKey{scenario_.seed, 0, 0}, threads_, stop_,
                 [&](LifePath const& life, std::size_t thread) {
                   for (std::size_t t = 0; t < count; ++t)
                     with_outcome[thread * count + t] += has_outcome(life, times_[t]) ? 1U : 0U;
                 });
    std::vector<double> result(count);
    for (std::size_t i = 0; i < with_outcome.size(); ++i)
      result[i % count] += static_cast<double>(with_outcome[i]) / static_cast<double>(people_.size());
    return result;
  }

 private:
  [[nodiscard]] Measure everybody_takes_part(MeasureEffect const& effect) const {
    Measure measure;
    measure.name = "trial";
    measure.who.people.states.assign(scenario_.model.states.size(), true);
    measure.effects = {effect};
    MeasureEffect& treatment = measure.effects.front();
    treatment.trial.reset();
    treatment.half_life.reset();
    return measure;
  }

  [[nodiscard]] bool works(PathPiece const& piece) const { return scenario_.model.states[piece.state].group == "work"; }
  [[nodiscard]] bool has_outcome(LifePath const& life, Instant at) const {
    if (trial_.outcome == Trial::Outcome::employed_at) return works(life.pieces[life.piece_at(at)]);
    return std::ranges::any_of(life.pieces, [&](PathPiece const& piece) { return piece.from <= at && works(piece); });
  }

  Trial const& trial_;
  Scenario scenario_;
  Rates rates_;
  std::size_t threads_;
  StopFlag const* stop_;
  std::vector<Instant> times_;
  Population people_;
  RunPlan plan_;
};

/// The share with an outcome as a function of k: straight between the points of the grid on the scales of logit and
/// log, where it bends so little that a ratio is right to a tenth of a per cent.
class Curve {
 public:
  void add(double log_k, double share) {
    lowest_ = std::min(lowest_, share);
    highest_ = std::max(highest_, share);
    // At the ends nobody, or everybody, has the outcome; luck may let it stand still.
    if (share <= 0 || share >= 1 || (!logits_.empty() && logit(share) <= logits_.back())) return;
    logs_.push_back(log_k);
    logits_.push_back(logit(share));
  }
  [[nodiscard]] bool reaches(double share) const {
    return logits_.size() > 1 && logit(share) >= logits_.front() && logit(share) <= logits_.back();
  }
  /// log k; shares beyond those that were simulated count as the last of them.
  [[nodiscard]] double log_k_of(double share) const { return between(logits_, logs_, logit(share)); }
  [[nodiscard]] double lowest() const { return lowest_; }
  [[nodiscard]] double highest() const { return highest_; }
  [[nodiscard]] double share_of(double log_k) const { return 1 / (1 + std::exp(-between(logs_, logits_, log_k))); }

 private:
  static double between(std::vector<double> const& from, std::vector<double> const& to, double at) {
    double const wanted = std::clamp(at, from.front(), from.back());
    auto const after = std::clamp(std::ranges::upper_bound(from, wanted), from.begin() + 1, from.end() - 1);
    auto const i = static_cast<std::size_t>(after - from.begin());
    return to[i - 1] + (wanted - from[i - 1]) / (from[i] - from[i - 1]) * (to[i] - to[i - 1]);
  }
  std::vector<double> logits_, logs_;
  double lowest_{1}, highest_{0};  ///< shares
};

/// By time, as shares_at gives them.
std::vector<Curve> curves_of(TrialArms& arms, std::size_t times) {
  std::vector<Curve> curves(times);
  for (int step = -doublings * steps_of_two; step <= doublings * steps_of_two; ++step) {
    double const log_k = step * std::log(2.0) / steps_of_two;
    std::vector<double> const shares = arms.shares_at(std::exp(log_k));
    for (std::size_t t = 0; t < times; ++t) curves[t].add(log_k, shares[t]);
  }
  return curves;
}

/// A draw of the share of an arm, from its posterior under Jeffreys' prior.
double draw_share(TrialArm const& arm, double u) {
  double const with_outcome = arm.share * arm.people;
  return boost::math::ibeta_inv(with_outcome + 0.5, arm.people - with_outcome + 0.5, u);
}

/// What the model's intensities are multiplied by in each arm.
struct Multipliers {
  double log_control{0}, log_treated{0};
  [[nodiscard]] double ratio() const { return std::exp(log_treated - log_control); }
};

/// Those of a draw. `stream`: of the effect.
Multipliers draw_multipliers(Curve const& curve, Trial const& trial, std::uint32_t seed, std::uint32_t draw,
                             StreamId stream) {
  RandomKey const key{seed, draw, 0};
  double const control = draw_share(trial.control, uniform(key, PersonKey{0}, stream, 0));
  double const treated = draw_share(trial.treated, uniform(key, PersonKey{0}, stream, 1));
  return {curve.log_k_of(control), curve.log_k_of(treated)};
}

/// The bounds of the middle 95 %.
std::pair<double, double> middle(std::vector<double> values) {
  std::ranges::sort(values);
  std::size_t const tail = values.size() / 40;
  return {values[tail], values[values.size() - 1 - tail]};
}

TrialEffect::Share predict(Curve const& curve, double published, double log_k, std::vector<double> const& drawn) {
  std::vector<double> shares;
  for (double const one : drawn) shares.push_back(curve.share_of(one));
  auto const [low, high] = middle(std::move(shares));
  return {published, curve.share_of(log_k), low, high};
}

TrialEffect describe(std::vector<Curve> const& curves, MeasureEffect const& effect, Scenario const& scenario) {
  constexpr std::uint32_t draws = 1999;
  Trial const& trial = *effect.trial;
  std::vector<double> ratios;
  std::vector<double> control;
  std::vector<double> treated;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    Multipliers const one = draw_multipliers(curves.front(), trial, scenario.seed, draw, effect.stream);
    ratios.push_back(one.ratio());
    control.push_back(one.log_control);
    treated.push_back(one.log_treated);
  }
  TrialEffect result;
  for (TransitionId const transition : effect.transitions)
    result.transitions += (result.transitions.empty() ? "" : ", ") + scenario.model.transitions[transition].name;
  result.hazard_ratio = effect.ratio.mean;
  std::tie(result.low_95, result.high_95) = middle(std::move(ratios));
  Multipliers const best{curves.front().log_k_of(trial.control.share), curves.front().log_k_of(trial.treated.share)};
  result.control_ratio = std::exp(best.log_control);
  for (std::size_t i = 0; i < trial.kept_out.size(); ++i) {
    Trial::KeptOut const& kept = trial.kept_out[i];
    result.predictions.push_back({kept.at, predict(curves[i + 1], kept.control, best.log_control, control),
                                  predict(curves[i + 1], kept.treated, best.log_treated, treated)});
  }
  return result;
}

void settle(Measure const& measure, MeasureEffect& effect, Scenario const& scenario, Rates const& rates,
            std::size_t threads, StopFlag const* stop, std::vector<TrialEffect>& found, Diagnostics& diagnostics) {
  Trial const& trial = *effect.trial;
  std::size_t const errors = diagnostics.error_count();
  TrialArms arms{scenario, rates, effect, threads, stop, diagnostics};
  if (diagnostics.error_count() > errors) return;
  std::vector<Curve> const curves = curves_of(arms, 1 + trial.kept_out.size());
  for (auto const& [name, arm] : {std::pair{"control", trial.control}, std::pair{"treated", trial.treated}}) {
    if (curves.front().reaches(arm.share)) continue;
    diagnostics.error(
        trial.place,
        fmt::format("no intensity gives the {} arm's share of {:g} after {}", name, arm.share, format(trial.at)),
        fmt::format("with the effect's transitions multiplied by 1/64 to 64 the share is {:.3g} to {:.3g}",
                    curves.front().lowest(), curves.front().highest()),
        "name the transitions that lead to work, and people who are at risk of them");
    return;
  }
  effect.ratio.mean =
      std::exp(curves.front().log_k_of(trial.treated.share) - curves.front().log_k_of(trial.control.share));
  for (std::uint32_t draw = 0; draw < scenario.draws; ++draw)
    effect.drawn.push_back(draw_multipliers(curves.front(), trial, scenario.seed, draw, effect.stream).ratio());
  found.push_back(describe(curves, effect, scenario));
  found.back().measure = measure.name;
}

}  // namespace

std::vector<TrialEffect> settle_trials(Scenario& scenario, Rates const& rates, std::size_t threads,
                                       StopFlag const* stop, Diagnostics& diagnostics) {
  std::vector<TrialEffect> found;
  Scenario const before = scenario;
  for (Measure& measure : scenario.measures) {
    for (MeasureEffect& effect : measure.effects) {
      if (effect.trial) settle(measure, effect, before, rates, thread_count(threads), stop, found, diagnostics);
    }
  }
  return found;
}

}  // namespace utvei
