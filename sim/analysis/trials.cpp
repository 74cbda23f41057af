// SPDX-License-Identifier: Apache-2.0
#include "share_curves.hpp"
#include "trial_arms.hpp"

#include <utvei/analysis/trials.hpp>
#include <utvei/scenario/patterns.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <fmt/format.h>

namespace utvei {
namespace {

constexpr int level_doublings = 6;      ///< of the level of both arms, on either side of 1
constexpr int ratio_doublings = 4;      ///< of the hazard ratio
constexpr std::size_t level_nodes = 3;  ///< levels at which the treated are simulated
constexpr std::array<double, level_nodes> node_quantiles{0.025, 0.5, 0.975};

/// Straight between points, and beyond the last two.
double line_through(std::vector<double> const& from, std::vector<double> const& to, double at) {
  auto const after = std::clamp(std::ranges::upper_bound(from, at), from.begin() + 1, from.end() - 1);
  auto const i = static_cast<std::size_t>(after - from.begin());
  return to[i - 1] + (at - from[i - 1]) / (from[i] - from[i - 1]) * (to[i] - to[i - 1]);
}

/// The share of an arm at a quantile of its posterior under Jeffreys' prior.
double posterior_share(TrialArm const& arm, double u) {
  double const with_outcome = arm.share * arm.people;
  return boost::math::ibeta_inv(with_outcome + 0.5, arm.people - with_outcome + 0.5, u);
}

/// What the arms say: the level of both, and the hazard ratio.
struct Solution {
  double log_level{0}, log_ratio{0};
};

/// The trial's people, simulated in both arms.
class SolvedTrial {
 public:
  SolvedTrial(TrialArms& arms, Trial const& trial)
      : trial_{trial}, control_{level_doublings, [&arms](double level) { return arms.control(level); }} {
    if (!control_.reaches(trial.control.share)) return;
    for (double const quantile : node_quantiles) {
      double const level = control_.log_of(posterior_share(trial.control, quantile));
      if (!levels_.empty() && level <= levels_.back()) continue;
      levels_.push_back(level);
      treated_.emplace_back(ratio_doublings, [&arms, level](double ratio) { return arms.treated(level, ratio); });
    }
  }

  /// What is wrong: an arm whose share no multiplier gives, with the curve that does not reach it.
  [[nodiscard]] std::optional<std::pair<std::string, ShareCurves*>> fault() {
    if (!control_.reaches(trial_.control.share)) return std::pair{std::string{"control"}, &control_};
    for (ShareCurves& curves : treated_)
      if (!curves.reaches(trial_.treated.share)) return std::pair{std::string{"treated"}, &curves};
    return std::nullopt;
  }

  [[nodiscard]] Solution solve(double control, double treated) {
    double const level = control_.log_of(control);
    return {level, at_level(level, [&](ShareCurves& curves) { return curves.log_of(treated); })};
  }
  [[nodiscard]] Solution best() { return solve(trial_.control.share, trial_.treated.share); }
  /// `stream`: of the effect.
  [[nodiscard]] Solution draw(std::uint32_t seed, std::uint32_t draw, StreamId stream) {
    RandomKey const key{seed, draw, 0};
    return solve(posterior_share(trial_.control, uniform(key, PersonKey{0}, stream, 0)),
                 posterior_share(trial_.treated, uniform(key, PersonKey{0}, stream, 1)));
  }

  /// Shares at a time that was kept out.
  [[nodiscard]] double control_at(std::size_t kept, Solution const& solution) {
    return control_.share_of(solution.log_level, kept + 1);
  }
  [[nodiscard]] double treated_at(std::size_t kept, Solution const& solution) {
    return at_level(solution.log_level,
                    [&](ShareCurves& curves) { return curves.share_of(solution.log_ratio, kept + 1); });
  }

 private:
  /// Something of the treated, straight between the levels at which they were simulated.
  template <class Of>
  [[nodiscard]] double at_level(double level, Of const& of) {
    std::vector<double> values;
    for (ShareCurves& curves : treated_) values.push_back(of(curves));
    return values.size() > 1 ? line_through(levels_, values, std::clamp(level, levels_.front(), levels_.back()))
                             : values.front();
  }

  Trial const& trial_;
  ShareCurves control_;               ///< of the level
  std::vector<double> levels_;        ///< in ascending order
  std::vector<ShareCurves> treated_;  ///< by level, of the hazard ratio
};

/// The bounds of the middle 95 %.
std::pair<double, double> middle(std::vector<double> values) {
  std::ranges::sort(values);
  std::size_t const tail = values.size() / 40;
  return {values[tail], values[values.size() - 1 - tail]};
}

/// How many of an arm have an outcome of this chance, by a uniform number, as a share.
double share_seen(TrialArm const& arm, double chance, double u) {
  boost::math::binomial const heads{static_cast<double>(arm.people), std::clamp(chance, 0.0, 1.0)};
  return boost::math::quantile(heads, u) / arm.people;
}

/// What the model says of both arms at a time that was kept out.
class Predicted {
 public:
  /// `drawn`: by draw; each has luck of its own with the people of the arms.
  Predicted(SolvedTrial& solved, std::size_t kept, Trial const& trial, Solution const& best,
            std::vector<Solution> const& drawn, std::uint32_t seed) {
    StreamId const stream = stream_of("trial: seen");
    auto const time = static_cast<std::uint32_t>(kept);
    auto const arms = [&](Solution const& one) {
      return std::pair{solved.control_at(kept, one), solved.treated_at(kept, one)};
    };
    best_ = arms(best);
    for (std::uint32_t draw = 0; draw < drawn.size(); ++draw) {
      auto const [control, treated] = arms(drawn[draw]);
      RandomKey const key{seed, draw, 0};
      control_.push_back(share_seen(trial.control, control, uniform(key, PersonKey{0}, stream, 2 * time)));
      treated_.push_back(share_seen(trial.treated, treated, uniform(key, PersonKey{0}, stream, 2 * time + 1)));
      differences_.push_back(treated - control);
    }
  }
  [[nodiscard]] TrialEffect::Prediction beside(Trial::KeptOut const& published) const {
    TrialEffect::Prediction result;
    result.at = published.at;
    result.control = share(published.control, best_.first, control_);
    result.treated = share(published.treated, best_.second, treated_);
    result.difference = share(std::nullopt, best_.second - best_.first, differences_);
    return result;
  }

 private:
  static TrialEffect::Share share(std::optional<double> published, double model, std::vector<double> const& drawn) {
    auto const [low, high] = middle(drawn);
    return {published, model, low, high};
  }
  std::pair<double, double> best_;
  std::vector<double> control_, treated_, differences_;
};

TrialEffect describe(SolvedTrial& solved, Measure const& measure, MeasureEffect const& first,
                     Scenario const& scenario) {
  constexpr std::uint32_t draws = 999;
  Solution const best = solved.best();
  std::vector<Solution> drawn;
  std::vector<double> ratios;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    drawn.push_back(solved.draw(scenario.seed, draw, first.stream));
    ratios.push_back(std::exp(drawn.back().log_ratio));
  }
  TrialEffect result;
  result.measure = measure.name;
  for (MeasureEffect const& effect : measure.effects) {
    if (!effect.trial) continue;
    result.transitions += (result.transitions.empty() ? "" : ", ") + names_of(effect.transitions, scenario.model);
  }
  result.hazard_ratio = std::exp(best.log_ratio);
  std::tie(result.low_95, result.high_95) = middle(std::move(ratios));
  result.control_ratio = std::exp(best.log_level);
  auto const& kept_out = first.trial->kept_out;
  for (std::size_t i = 0; i < kept_out.size(); ++i) {
    Predicted const predicted{solved, i, *first.trial, best, drawn, scenario.seed};
    result.predictions.push_back(predicted.beside(kept_out[i]));
  }
  return result;
}

bool is_same_trial(Trial const& a, Trial const& b) {
  auto const key = [](Trial const& trial) {
    return std::tuple{trial.path, trial.outcome, trial.at, trial.control.share, trial.treated.share};
  };
  return key(a) == key(b);
}

/// The effects of one measure that come from a trial share its ratio: each alone would give the whole difference of its
/// arms, and together they would give it twice.
void settle(Measure& measure, MeasureEffect const& first, Scenario const& scenario, Rates const& rates,
            std::size_t threads, StopFlag const* stop, std::vector<TrialEffect>& found, Diagnostics& diagnostics) {
  Trial const& trial = *first.trial;
  for (MeasureEffect const& effect : measure.effects) {
    if (!effect.trial || is_same_trial(*effect.trial, trial)) continue;
    diagnostics.error(effect.trial->place, fmt::format("the effects of `{}` come from two trials", measure.name),
                      "each would be solved as if the other effect were not there",
                      "keep one trial, and give the other effect a hazard ratio");
    return;
  }
  std::size_t const errors = diagnostics.error_count();
  TrialArms arms{scenario, rates, measure, trial, threads, stop, diagnostics};
  if (diagnostics.error_count() > errors) return;
  SolvedTrial solved{arms, trial};
  if (auto const fault = solved.fault()) {
    auto const& [name, curves] = *fault;
    auto const [lowest, highest] = curves->range();
    TrialArm const& arm = name == "control" ? trial.control : trial.treated;
    diagnostics.error(
        trial.place,
        fmt::format("no intensity gives the {} arm's share of {:g} after {}", name, arm.share, format(trial.at)),
        fmt::format("with the effect's transitions multiplied by {} the share is {:.3g} to {:.3g}",
                    name == "control" ? "1/64 to 64" : "1/16 to 16 while the measure lasts", lowest, highest),
        "name the transitions that lead to work, and people who are at risk of them");
    return;
  }
  found.push_back(describe(solved, measure, first, scenario));
  std::vector<double> drawn;
  for (std::uint32_t draw = 0; draw < scenario.draws; ++draw)
    drawn.push_back(std::exp(solved.draw(scenario.seed, draw, first.stream).log_ratio));
  for (MeasureEffect& effect : measure.effects) {
    if (!effect.trial) continue;
    effect.ratio.mean = found.back().hazard_ratio;
    effect.drawn = drawn;
  }
}

}  // namespace

std::vector<TrialEffect> settle_trials(Scenario& scenario, Rates const& rates, std::size_t threads,
                                       StopFlag const* stop, Diagnostics& diagnostics) {
  std::vector<TrialEffect> found;
  Scenario const before = scenario;
  for (std::size_t m = 0; m < scenario.measures.size(); ++m) {
    auto const& effects = before.measures[m].effects;
    auto const first =
        std::ranges::find_if(effects, [](MeasureEffect const& effect) { return effect.trial.has_value(); });
    if (first == effects.end()) continue;
    settle(scenario.measures[m], *first, before, rates, thread_count(threads), stop, found, diagnostics);
  }
  return found;
}

}  // namespace utvei
