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

#include <cmath>
#include <limits>

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

Evaluation PanelLikelihood::operator()(VectorXd const& coefficients) const {
  auto const states = static_cast<Index>(design_.states);
  PanelWork work;
  for (PanelDesign::Pattern const& pattern : design_.patterns) {
    work.rates.push_back(design_.rates(pattern, coefficients));
    work.q.push_back(design_.generator(work.rates.back()));
    work.by_rates.emplace_back(VectorXd::Zero(work.rates.back().size()));
  }
  for (PanelDesign::Step const& step : design_.steps) {
    work.p.emplace_back((work.q[step.pattern] * step.years).exp());
    work.by_p.emplace_back(MatrixXd::Zero(states, states));
  }
  for (PanelDesign::Contribution const& contribution : design_.contributions) add(contribution, work);

  Evaluation result{-work.log_likelihood, VectorXd::Zero(coefficients.size())};
  if (!std::isfinite(result.value)) {
    result.value = std::numeric_limits<double>::infinity();
    return result;
  }
  for (std::size_t s = 0; s < design_.steps.size(); ++s) {
    PanelDesign::Step const& step = design_.steps[s];
    MatrixXd const by_q = backward_exponential(work.q[step.pattern] * step.years, work.by_p[s]) * step.years;
    for (std::size_t t = 0; t < design_.transitions.size(); ++t) {
      Index const from = at(design_.transitions[t].from);
      work.by_rates[step.pattern][static_cast<Index>(t)] +=
          by_q(from, at(design_.transitions[t].to)) - by_q(from, from);
    }
  }
  for (std::size_t i = 0; i < design_.patterns.size(); ++i) {
    for (auto const& [c, weight] : design_.patterns[i].active) {
      for (std::size_t const t : design_.transitions_of[c]) {
        auto const j = static_cast<Index>(t);
        result.gradient[static_cast<Index>(c)] -= weight * work.by_rates[i][j] * work.rates[i][j];
      }
    }
  }
  return result;
}

void PanelLikelihood::add(PanelDesign::Contribution const& contribution, PanelWork& work) const {
  if (contribution.end == PanelEnd::exact) {
    add_exact(contribution, work);
    return;
  }
  auto const states = static_cast<Index>(design_.states);
  // Row of P up to each step; the last one is the distribution at the end.
  std::vector<Eigen::RowVectorXd> rows{Eigen::RowVectorXd::Unit(states, at(contribution.from))};
  for (std::size_t const step : contribution.steps) rows.emplace_back(rows.back() * work.p[step]);
  Eigen::RowVectorXd const& end = rows.back();
  VectorXd weight = VectorXd::Zero(states);  // the likelihood is end * weight
  std::size_t const last = design_.steps[contribution.steps.back()].pattern;
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
    for (std::size_t t = 0; t < design_.transitions.size(); ++t) {
      if (design_.transitions[t].to == contribution.to) {
        work.by_rates[last][static_cast<Index>(t)] += scale * end[at(design_.transitions[t].from)];
      }
    }
  }
  for (std::size_t i = contribution.steps.size(); i-- > 0;) {
    work.by_p[contribution.steps[i]] += scale * rows[i].transpose() * weight.transpose();
    weight = work.p[contribution.steps[i]] * weight;
  }
}

void PanelLikelihood::add_exact(PanelDesign::Contribution const& contribution, PanelWork& work) const {
  std::size_t const last = design_.steps[contribution.steps.back()].pattern;
  for (std::size_t const s : contribution.steps) {
    PanelDesign::Step const& step = design_.steps[s];
    work.log_likelihood +=
        contribution.count * step.years * work.q[step.pattern](at(contribution.from), at(contribution.from));
    for (std::size_t t = 0; t < design_.transitions.size(); ++t) {
      if (design_.transitions[t].from == contribution.from) {
        work.by_rates[step.pattern][static_cast<Index>(t)] -= contribution.count * step.years;
      }
    }
  }
  if (contribution.from == contribution.to) return;
  double const rate = work.q[last](at(contribution.from), at(contribution.to));
  work.log_likelihood += contribution.count * std::log(rate);
  for (std::size_t t = 0; t < design_.transitions.size(); ++t) {
    if (design_.transitions[t].from == contribution.from && design_.transitions[t].to == contribution.to) {
      work.by_rates[last][static_cast<Index>(t)] += contribution.count / rate;
    }
  }
}

}  // namespace utvei
