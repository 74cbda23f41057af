// SPDX-License-Identifier: Apache-2.0
// With L the integral of exp(Q u) over an interval of length t, row r of L is the time that is expected in each state
// from r on, and -q_ss times it the departures from s. Of those from r all but P(not in r at t) are followed by a
// return. The integral is the upper right block of the exponential of (Q t  I; 0  0) times t (Van Loan 1978).
#include "panel_hidden.hpp"

#include <cmath>

#include <unsupported/Eigen/MatrixFunctions>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::RowVectorXd;
using Eigen::VectorXd;

struct StepMatrices {
  MatrixXd p;      ///< exp(Q t)
  MatrixXd time;   ///< integral of exp(Q u) over [0, t]
  VectorXd exits;  ///< -q_ss
  double years{0};
};

StepMatrices matrices_of(MatrixXd const& q, double years) {
  Index const n = q.rows();
  MatrixXd block = MatrixXd::Zero(2 * n, 2 * n);
  block.topLeftCorner(n, n) = q * years;
  block.topRightCorner(n, n) = MatrixXd::Identity(n, n);
  MatrixXd const exponential = block.exp();
  return {exponential.topLeftCorner(n, n), exponential.topRightCorner(n, n) * years, -q.diagonal(), years};
}

void add(PanelDesign::Contribution const& contribution, std::vector<StepMatrices> const& steps, HiddenMoves& sum) {
  auto const from = static_cast<Index>(contribution.from.value());
  RowVectorXd row = RowVectorXd::Unit(steps.front().p.rows(), from);
  double moves = 0;
  double departures = 0;
  double exit = 0;
  for (std::size_t const s : contribution.steps) {
    StepMatrices const& step = steps[s];
    RowVectorXd const time = row * step.time;
    moves += time * step.exits;
    departures += time[from] * step.exits[from];
    exit += step.exits[from] * step.years;
    row = row * step.p;
  }
  double const count = contribution.count;
  sum.intervals += static_cast<std::size_t>(count);
  sum.moves += count * moves;
  sum.seen += count * (1 - row[from]);
  sum.round_trips += count * (departures - (1 - row[from]));
  if (contribution.to == contribution.from) {
    sum.unchanged += count;
    sum.away += count * (1 - std::exp(-exit) / row[from]);
  }
}

}  // namespace

Column<StateId, HiddenMoves> hidden_moves(PanelDesign const& design, VectorXd const& coefficients) {
  std::vector<MatrixXd> generators;
  for (PanelDesign::Pattern const& pattern : design.patterns) {
    generators.push_back(design.generator(design.rates(pattern, coefficients)));
  }
  std::vector<StepMatrices> steps;
  for (PanelDesign::Step const& step : design.steps) steps.push_back(matrices_of(generators[step.pattern], step.years));
  Column<StateId, HiddenMoves> hidden{design.states};
  for (PanelDesign::Contribution const& contribution : design.contributions) {
    if (contribution.end == PanelEnd::snapshot) add(contribution, steps, hidden[contribution.from]);
  }
  for (HiddenMoves& state : hidden) {
    if (state.intervals > 0) state.round_trips /= static_cast<double>(state.intervals);
  }
  return hidden;
}

}  // namespace utvei
