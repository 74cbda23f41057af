// SPDX-License-Identifier: Apache-2.0
// Likelihood of a continuous-time Markov process that is seen at dates (Kalbfleisch & Lawless 1985), with the kinds of
// observation of Jackson (2011, section 1.4): with P = exp(Q t) over an interval from state r,
//     snapshot      P_rs
//     exact         exp(q_rr t) q_rs, or exp(q_rr t) if nothing changed
//     exact entry   sum over m != s of P_rm q_ms.
// Where intensities change at cuts, P is the product over the pieces and q that of the last one.
//
// The gradient runs backwards. With G the derivative of the log likelihood by P, that by Q t is
//     integral over [0, 1] of exp(Q' t u) G exp(Q' t (1 - u)) du,
// the upper right block of the exponential of (Q't G; 0 Q't) (Van Loan 1978): one exponential of twice the size for all
// coefficients together, in place of one for each. Exponentials are by Pade approximation with scaling and squaring
// (Higham 2005).
#include "panel_likelihood.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include <unsupported/Eigen/MatrixFunctions>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Index at(StateId state) {
  return static_cast<Index>(state.value());
}

/// The derivative by A of the sum of G ∘ exp(A).
MatrixXd backward_exponential(MatrixXd const& a, MatrixXd const& g) {
  Index const n = a.rows();
  MatrixXd block = MatrixXd::Zero(2 * n, 2 * n);
  block.topLeftCorner(n, n) = a.transpose();
  block.bottomRightCorner(n, n) = a.transpose();
  // The block is linear in G: its scale is kept out of the norm, which decides how often the exponential is squared.
  double const scale = g.cwiseAbs().maxCoeff();
  if (scale == 0) return MatrixXd::Zero(n, n);
  block.topRightCorner(n, n) = g / scale;
  MatrixXd const exponential = block.exp();
  return scale * exponential.topRightCorner(n, n);
}

/// Years in each period between cuts; (a, b]: what ends at a cut belongs to the period before.
std::vector<std::pair<std::size_t, double>> pieces_of(PanelInterval const& interval,
                                                      std::vector<PanelCut> const& cuts) {
  std::vector<std::pair<std::size_t, double>> pieces;
  double start = interval.start;
  for (std::size_t period = 0; period <= cuts.size(); ++period) {
    double const end = period < cuts.size() ? std::min(cuts[period].time, interval.stop) : interval.stop;
    if (end > start) {
      pieces.emplace_back(period, end - start);
      start = end;
    }
  }
  return pieces;
}

/// Coefficients that hold for a person in a period; false if a trait that they need is not known.
bool find_active(std::vector<PanelCoefficient> const& coefficients, RegisterPersons const& persons, PersonRow person,
                 std::size_t period, std::vector<std::size_t>& active) {
  active.clear();
  for (std::size_t c = 0; c < coefficients.size(); ++c) {
    PanelCoefficient const& coefficient = coefficients[c];
    bool holds = !coefficient.of_period || coefficient.level == period;
    if (coefficient.trait) {
      auto const level = persons.traits[coefficient.trait->value()][person];
      if (level == unknown_level) return false;
      holds = level == coefficient.level;
    }
    if (holds) active.push_back(c);
  }
  return true;
}

}  // namespace

/// What one evaluation fills.
struct PanelWork {
  std::vector<VectorXd> rates;     ///< by pattern: intensities by transition
  std::vector<MatrixXd> q;         ///< by pattern
  std::vector<MatrixXd> p;         ///< by step
  std::vector<MatrixXd> by_p;      ///< by step: derivative of the log likelihood
  std::vector<VectorXd> by_rates;  ///< by pattern
  double log_likelihood{0};
};

PanelLikelihood::PanelLikelihood(Panel const& panel, Model const& model,
                                 std::vector<PanelCoefficient> const& coefficients, std::vector<PanelCut> const& cuts)
    : states_{static_cast<Index>(model.states.size())}, transitions_{model.transitions.values()} {
  for (PanelCoefficient const& coefficient : coefficients) {
    auto& transitions = transitions_of_.emplace_back();
    for (TransitionId const transition : coefficient.transitions) transitions.push_back(transition.value());
  }
  std::map<std::vector<std::size_t>, std::size_t> patterns;
  std::map<std::pair<std::size_t, double>, std::size_t> steps;
  std::map<std::tuple<std::vector<std::size_t>, StateId, StateId, PanelEnd>, std::size_t> known;
  std::vector<std::size_t> active;
  for (PanelInterval const& interval : panel.intervals) {
    UTVEI_EXPECT(interval.start < interval.stop);
    std::vector<std::size_t> path;
    bool usable = true;
    for (auto const& [period, years] : pieces_of(interval, cuts)) {
      usable = find_active(coefficients, panel.persons, interval.person, period, active);
      if (!usable) break;
      auto const pattern = patterns.try_emplace(active, patterns_.size());
      if (pattern.second) patterns_.push_back({active});
      auto const step = steps.try_emplace({pattern.first->second, years}, steps_.size());
      if (step.second) steps_.push_back({pattern.first->second, years});
      path.push_back(step.first->second);
    }
    if (!usable) {
      ++unused_;
      continue;
    }
    auto const found = known.try_emplace({path, interval.from, interval.to, interval.end}, contributions_.size());
    if (found.second) contributions_.push_back({path, interval.from, interval.to, interval.end, 0});
    contributions_[found.first->second].count += 1;
  }
}

Evaluation PanelLikelihood::operator()(VectorXd const& coefficients) const {
  PanelWork work;
  for (Pattern const& pattern : patterns_) {
    VectorXd log_rates = VectorXd::Zero(static_cast<Index>(transitions_.size()));
    for (std::size_t const c : pattern.active) {
      for (std::size_t const t : transitions_of_[c]) {
        log_rates[static_cast<Index>(t)] += coefficients[static_cast<Index>(c)];
      }
    }
    work.rates.emplace_back(log_rates.array().exp());
    MatrixXd q = MatrixXd::Zero(states_, states_);
    for (std::size_t t = 0; t < transitions_.size(); ++t) {
      double const rate = work.rates.back()[static_cast<Index>(t)];
      q(at(transitions_[t].from), at(transitions_[t].to)) = rate;
      q(at(transitions_[t].from), at(transitions_[t].from)) -= rate;
    }
    work.q.push_back(std::move(q));
    work.by_rates.emplace_back(VectorXd::Zero(static_cast<Index>(transitions_.size())));
  }
  for (Step const& step : steps_) {
    work.p.emplace_back((work.q[step.pattern] * step.years).exp());
    work.by_p.emplace_back(MatrixXd::Zero(states_, states_));
  }
  for (Contribution const& contribution : contributions_) add(contribution, work);

  Evaluation result{-work.log_likelihood, VectorXd::Zero(coefficients.size())};
  if (!std::isfinite(result.value)) {
    result.value = std::numeric_limits<double>::infinity();
    return result;
  }
  for (std::size_t s = 0; s < steps_.size(); ++s) {
    Step const& step = steps_[s];
    MatrixXd const by_q = backward_exponential(work.q[step.pattern] * step.years, work.by_p[s]) * step.years;
    for (std::size_t t = 0; t < transitions_.size(); ++t) {
      Index const from = at(transitions_[t].from);
      work.by_rates[step.pattern][static_cast<Index>(t)] += by_q(from, at(transitions_[t].to)) - by_q(from, from);
    }
  }
  for (std::size_t i = 0; i < patterns_.size(); ++i) {
    for (std::size_t const c : patterns_[i].active) {
      for (std::size_t const t : transitions_of_[c]) {
        auto const j = static_cast<Index>(t);
        result.gradient[static_cast<Index>(c)] -= work.by_rates[i][j] * work.rates[i][j];
      }
    }
  }
  return result;
}

void PanelLikelihood::add(Contribution const& contribution, PanelWork& work) const {
  if (contribution.end == PanelEnd::exact) {
    add_exact(contribution, work);
    return;
  }
  // Row of P up to each step; the last one is the distribution at the end.
  std::vector<Eigen::RowVectorXd> rows{Eigen::RowVectorXd::Unit(states_, at(contribution.from))};
  for (std::size_t const step : contribution.steps) rows.emplace_back(rows.back() * work.p[step]);
  Eigen::RowVectorXd const& end = rows.back();
  VectorXd weight = VectorXd::Zero(states_);  // the likelihood is end * weight
  std::size_t const last = steps_[contribution.steps.back()].pattern;
  if (contribution.end == PanelEnd::snapshot) {
    weight[at(contribution.to)] = 1;
  } else {
    weight = work.q[last].col(at(contribution.to));
    weight[at(contribution.to)] = 0;
  }
  double const likelihood = end * weight;
  if (!(likelihood > 0)) {
    work.log_likelihood = -std::numeric_limits<double>::infinity();
    return;
  }
  work.log_likelihood += contribution.count * std::log(likelihood);
  double const scale = contribution.count / likelihood;
  if (contribution.end == PanelEnd::exact_entry) {
    for (std::size_t t = 0; t < transitions_.size(); ++t) {
      if (transitions_[t].to == contribution.to) {
        work.by_rates[last][static_cast<Index>(t)] += scale * end[at(transitions_[t].from)];
      }
    }
  }
  for (std::size_t i = contribution.steps.size(); i-- > 0;) {
    work.by_p[contribution.steps[i]] += scale * rows[i].transpose() * weight.transpose();
    weight = work.p[contribution.steps[i]] * weight;
  }
}

void PanelLikelihood::add_exact(Contribution const& contribution, PanelWork& work) const {
  std::size_t const last = steps_[contribution.steps.back()].pattern;
  for (std::size_t const s : contribution.steps) {
    Step const& step = steps_[s];
    work.log_likelihood +=
        contribution.count * step.years * work.q[step.pattern](at(contribution.from), at(contribution.from));
    for (std::size_t t = 0; t < transitions_.size(); ++t) {
      if (transitions_[t].from == contribution.from) {
        work.by_rates[step.pattern][static_cast<Index>(t)] -= contribution.count * step.years;
      }
    }
  }
  if (contribution.from == contribution.to) return;
  double const rate = work.q[last](at(contribution.from), at(contribution.to));
  work.log_likelihood += contribution.count * std::log(rate);
  for (std::size_t t = 0; t < transitions_.size(); ++t) {
    if (transitions_[t].from == contribution.from && transitions_[t].to == contribution.to) {
      work.by_rates[last][static_cast<Index>(t)] += contribution.count / rate;
    }
  }
}

}  // namespace utvei
