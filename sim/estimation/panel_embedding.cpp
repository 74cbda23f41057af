// SPDX-License-Identifier: Apache-2.0
// The embedding problem (Elfving 1937; Singer & Spilerman 1976): a transition matrix that was seen need not be that of
// any Markov process in continuous time. The principal logarithm is looked at; others are possible only where people
// change state several times between looks (Israel, Rosenthal & Wei 2001).
#include "panel_hidden.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <map>

#include <Eigen/Eigenvalues>
#include <fmt/format.h>
#include <unsupported/Eigen/MatrixFunctions>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

constexpr double length_tolerance = 0.05;  ///< lengths that count as one: a year is 365 or 366 days
constexpr double least_share = 0.5;        ///< of the intervals that must be of one length
constexpr double rounding = 1e-10;         ///< of an element of the logarithm

/// The length, in the unit of the panel, of which most looks are.
double commonest_length(Panel const& panel) {
  std::map<double, std::size_t> counts;
  for (PanelInterval const& interval : panel.intervals) {
    if (interval.end == PanelEnd::snapshot) ++counts[interval.stop - interval.start];
  }
  auto const most = std::ranges::max_element(counts, {}, [](auto const& entry) { return entry.second; });
  return most == counts.end() ? 0 : most->first;
}

struct Counts {
  MatrixXd by_pair;
  std::size_t used{0};
  std::size_t snapshots{0};
};

/// Changes from look to look. Who enters a state at an exact time within the length is seen in it at the next look.
Counts count_changes(Panel const& panel, std::size_t states, double length) {
  Counts counts{MatrixXd::Zero(static_cast<Index>(states), static_cast<Index>(states))};
  for (PanelInterval const& interval : panel.intervals) {
    double const ratio = (interval.stop - interval.start) / length;
    bool const is_snapshot = interval.end == PanelEnd::snapshot;
    bool const one_look = is_snapshot && std::abs(ratio - 1) <= length_tolerance;
    bool const entry = interval.end == PanelEnd::exact_entry && ratio <= 1 + length_tolerance;
    counts.snapshots += is_snapshot ? 1 : 0;
    counts.used += one_look ? 1 : 0;
    if (one_look || entry) {
      counts.by_pair(static_cast<Index>(interval.from.value()), static_cast<Index>(interval.to.value())) += 1;
    }
  }
  return counts;
}

/// Rows as probabilities; an absorbing state is not left.
MatrixXd shares(MatrixXd counts) {
  for (Index r = 0; r < counts.rows(); ++r) {
    double const sum = counts.row(r).sum();
    if (sum > 0) {
      counts.row(r) /= sum;
    } else {
      counts(r, r) = 1;
    }
  }
  return counts;
}

/// The principal one; in one place, for its templates take half a minute to compile.
MatrixXd logarithm_of(MatrixXd const& matrix) {
  return matrix.log();
}

/// A real logarithm needs eigenvalues off the negative half-line, and not 0.
bool has_logarithm(MatrixXd const& p) {
  Eigen::EigenSolver<MatrixXd> const solver{p, false};
  return std::ranges::all_of(solver.eigenvalues(), [](std::complex<double> const& value) {
    return value.real() > rounding || std::abs(value.imag()) > rounding;
  });
}

/// Variance of an element of the logarithm by the delta method: rows of counts are multinomial. Half an observation is
/// added to each cell here, so that a change that nobody made is not certain never to be made.
double variance_of(MatrixXd const& p, MatrixXd const& counts, Index row, Index column) {
  constexpr double width = 1e-6;
  Index const n = p.rows();
  double variance = 0;
  for (Index r = 0; r < n; ++r) {
    double const total = counts.row(r).sum();
    if (total == 0) continue;
    Eigen::RowVectorXd const smoothed = (counts.row(r).array() + 0.5) / (total + 0.5 * static_cast<double>(n));
    Eigen::RowVectorXd slope(n);
    for (Index s = 0; s < n; ++s) {
      MatrixXd up = p;
      MatrixXd down = p;
      up(r, s) += width;
      down(r, s) -= width;
      slope[s] = (logarithm_of(up)(row, column) - logarithm_of(down)(row, column)) / (2 * width);
    }
    double const mean = slope.dot(smoothed);
    variance += (smoothed.dot(slope.cwiseAbs2()) - mean * mean) / total;
  }
  return variance;
}

Embedding judge(MatrixXd const& counts, double years) {
  Embedding embedding;
  MatrixXd const p = shares(counts);
  if (!has_logarithm(p)) {
    embedding.verdict = Embedding::Verdict::no;
    embedding.why = "an eigenvalue is negative or 0, so it has no logarithm";
    return embedding;
  }
  MatrixXd logarithm = logarithm_of(p);
  logarithm.diagonal().setConstant(std::numeric_limits<double>::infinity());
  Index row = 0;
  Index column = 0;
  double const lowest = logarithm.minCoeff(&row, &column);
  embedding.lowest = lowest / years;
  embedding.from = StateId{static_cast<std::size_t>(row)};
  embedding.to = StateId{static_cast<std::size_t>(column)};
  if (lowest >= -rounding) {
    embedding.verdict = Embedding::Verdict::yes;
    embedding.lowest = std::max(0.0, embedding.lowest);
    return embedding;
  }
  embedding.lowest_se = std::sqrt(variance_of(p, counts, row, column)) / years;
  embedding.verdict =
      embedding.lowest < -2 * embedding.lowest_se ? Embedding::Verdict::no : Embedding::Verdict::within_error;
  return embedding;
}

}  // namespace

Embedding embedding_of(Panel const& panel, Model const& model) {
  double const length = commonest_length(panel);
  Embedding none;
  if (length == 0) {
    none.why = "no snapshots";
    return none;
  }
  Counts const counts = count_changes(panel, model.states.size(), length);
  if (static_cast<double>(counts.used) < least_share * static_cast<double>(counts.snapshots)) {
    none.why =
        fmt::format("looks come at all lengths of time: {} of {} after the commonest", counts.used, counts.snapshots);
    return none;
  }
  for (StateId const state : ids_of(model.states)) {
    bool const is_left = std::ranges::any_of(model.transitions, [&](Transition const& t) { return t.from == state; });
    if (is_left && counts.by_pair.row(static_cast<Index>(state.value())).sum() == 0) {
      none.why = fmt::format("nobody was seen in `{}` and again a look later", model.states[state].name);
      return none;
    }
  }
  double const years = length * panel.unit_years;
  Embedding embedding = judge(counts.by_pair, years);
  embedding.years = years;
  embedding.intervals = counts.used;
  return embedding;
}

}  // namespace utvei
