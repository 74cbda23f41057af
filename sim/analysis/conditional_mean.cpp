// SPDX-License-Identifier: Apache-2.0
// The mean of an outcome given some inputs, by regression on the draws of a probabilistic analysis: Strong, Oakley &
// Brennan 2014, Med. Decis. Making 34: 311-326, with natural cubic splines (Hastie, Tibshirani & Friedman 2009,
// section 5.2.1). The basis is chosen by Schwarz's criterion (1978, Ann. Stat. 6: 461-464): with many inputs that do
// nothing, cross-validation would see something in every seventh of them. What a fit explains is adjusted for its
// terms.
#include "conditional_mean.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/core/quantile.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <Eigen/Dense>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr Index draws_for_a_term = 5;
constexpr double dependent = 1e-9;
constexpr double nearly_exact = 1e-12;  ///< rest of a fit that is taken as none

double cubed_above(double x, double knot) {
  double const above = std::max(0.0, x - knot);
  return above * above * above;
}

double sample_variance(VectorXd const& values) {
  return (values.array() - values.mean()).square().sum() / static_cast<double>(values.size() - 1);
}

/// A basis as orthonormal columns on the draws, the constant among them.
struct BasisFit {
  MatrixXd orthonormal;  ///< draws × terms + 1
  MatrixXd at;           ///< the points, in orthonormal columns
};

MatrixXd with_constant(MatrixXd const& columns) {
  MatrixXd all(columns.rows(), columns.cols() + 1);
  all.col(0).setOnes();
  all.rightCols(columns.cols()) = columns;
  return all;
}

/// Gram and Schmidt, twice; columns that others determine are left out.
BasisFit orthonormalised(InputBasis const& basis, MatrixXd const& inputs, MatrixXd const& points) {
  MatrixXd const columns = with_constant(basis.columns(inputs));
  MatrixXd const places = with_constant(basis.columns(points));
  BasisFit fit{MatrixXd(columns.rows(), columns.cols()), MatrixXd(places.rows(), columns.cols())};
  Index kept = 0;
  for (Index j = 0; j < columns.cols(); ++j) {
    VectorXd column = columns.col(j);
    VectorXd place = places.col(j);
    double const length = column.norm();
    for (int pass = 0; pass < 2; ++pass) {
      VectorXd const shares = fit.orthonormal.leftCols(kept).transpose() * column;
      column -= fit.orthonormal.leftCols(kept) * shares;
      place -= fit.at.leftCols(kept) * shares;
    }
    double const rest = column.norm();
    if (!(rest > dependent * length)) continue;
    fit.orthonormal.col(kept) = column / rest;
    fit.at.col(kept) = place / rest;
    ++kept;
  }
  fit.orthonormal.conservativeResize(Eigen::NoChange, kept);
  fit.at.conservativeResize(Eigen::NoChange, kept);
  return fit;
}

/// R² less what so many terms explain of noise.
double adjusted_share(VectorXd const& outcome, VectorXd const& fitted, double terms) {
  auto const count = static_cast<double>(outcome.size());
  double const total = sample_variance(outcome) * (count - 1);
  if (!(total > 0) || count - 1 - terms <= 0) return 0;
  double const left = (outcome - fitted).squaredNorm();
  return std::max(0.0, 1 - left / (count - 1 - terms) / (total / (count - 1)));
}

/// Schwarz's criterion: lower is better.
double criterion_of(BasisFit const& fit, VectorXd const& outcome) {
  auto const count = static_cast<double>(outcome.size());
  double const all = outcome.squaredNorm();
  double const left = std::max(all * nearly_exact, all - (fit.orthonormal.transpose() * outcome).squaredNorm());
  if (!(left > 0)) return 0;
  return count * std::log(left / count) + static_cast<double>(fit.orthonormal.cols()) * std::log(count);
}

/// The fit of all draws and, part by part, that of the others.
ConditionalMean fitted(BasisFit const& fit, VectorXd const& outcome) {
  MatrixXd const& q = fit.orthonormal;
  ConditionalMean mean;
  mean.terms = static_cast<std::size_t>(q.cols() - 1);
  VectorXd const all = q.transpose() * outcome;
  mean.fitted = q * all;
  mean.at = fit.at * all;
  mean.explained = adjusted_share(outcome, mean.fitted, static_cast<double>(mean.terms));
  for (std::size_t part = 0; part < jackknife_parts; ++part) {
    std::vector<Index> out, in;
    for (Index k = 0; k < q.rows(); ++k)
      (static_cast<std::size_t>(k) % jackknife_parts == part ? out : in).push_back(k);
    MatrixXd const left_out = q(out, Eigen::all);
    MatrixXd const gram = MatrixXd::Identity(q.cols(), q.cols()) - left_out.transpose() * left_out;
    VectorXd const rest = all - left_out.transpose() * outcome(out);
    VectorXd const coefficients = gram.ldlt().solve(rest);
    mean.fitted_without.emplace_back(q * coefficients);
    mean.at_without.emplace_back(fit.at * coefficients);
    VectorXd const of_others = mean.fitted_without.back()(in);
    mean.explained_without.push_back(adjusted_share(outcome(in), of_others, static_cast<double>(mean.terms)));
  }
  return mean;
}

/// Inputs that a regression on so few draws can tell apart: the first principal components where there are more.
MatrixXd reduced(MatrixXd const& inputs, MatrixXd& points) {
  Index const most = std::max<Index>(1, inputs.rows() / draws_for_a_term);
  if (inputs.cols() <= most) return inputs;
  Eigen::RowVectorXd const mean = inputs.colwise().mean();
  MatrixXd centred = inputs.rowwise() - mean;
  Eigen::RowVectorXd const sd = (centred.colwise().norm() / std::sqrt(static_cast<double>(inputs.rows() - 1)))
                                    .cwiseMax(std::numeric_limits<double>::min());
  centred.array().rowwise() /= sd.array();
  Eigen::SelfAdjointEigenSolver<MatrixXd> const solver(centred.transpose() * centred);
  MatrixXd const axes = solver.eigenvectors().rightCols(most);
  if (points.rows() > 0)
    points = ((points.rowwise() - mean).array().rowwise() / sd.array()).matrix() * axes;
  else
    points.resize(0, most);
  return centred * axes;
}

std::vector<BasisFit> candidates(MatrixXd const& inputs, MatrixXd const& points) {
  using Form = InputBasis::Form;
  Index const most = inputs.rows() / draws_for_a_term;
  std::vector<BasisFit> fits;
  auto const add = [&](Form form, Index each, Index columns) {
    if (form == Form::none || columns <= most)
      fits.push_back(orthonormalised(InputBasis{inputs, form, static_cast<std::size_t>(each)}, inputs, points));
  };
  Index const count = inputs.cols();
  add(Form::none, 1, 0);
  for (Index const each : {1, 2, 3, 4, 6, 8, 11, 14}) {
    if (count > 1 && each > 4) break;
    add(Form::additive, each, each * count);
  }
  if (count == 1) return fits;
  add(Form::squares, 1, 2 * count);
  for (Index const each : {1, 3}) add(Form::products, each, each * count + count * (count + 1) / 2);
  return fits;
}

}  // namespace

InputBasis::InputBasis(MatrixXd const& inputs, Form form, std::size_t columns_of_each)
    : form_{form}, mean_{inputs.colwise().mean()} {
  MatrixXd const centred = inputs.rowwise() - mean_;
  sd_ = (centred.colwise().norm() / std::sqrt(static_cast<double>(std::max<Index>(1, inputs.rows() - 1))))
            .cwiseMax(std::numeric_limits<double>::min());
  std::size_t const knots = columns_of_each + 1;
  for (Index i = 0; i < inputs.cols(); ++i) {
    auto& of_input = knots_.emplace_back();
    if (knots < 3) continue;  // a line
    VectorXd const values = centred.col(i) / sd_(i);
    std::vector<double> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    constexpr double tail = 0.02;
    for (std::size_t k = 0; k < knots; ++k)
      of_input.push_back(
          quantile_of_sorted(sorted, tail + (1 - 2 * tail) * static_cast<double>(k) / static_cast<double>(knots - 1)));
  }
}

MatrixXd InputBasis::spline(VectorXd const& input, std::size_t which) const {
  auto const& knots = knots_[which];
  std::size_t const count = knots.size();
  MatrixXd columns(input.size(), static_cast<Index>(std::max<std::size_t>(2, count) - 1));
  columns.col(0) = input;
  if (count < 3) return columns;
  double const last = knots.back();
  auto const d = [&](double x, std::size_t k) {
    double const width = last - knots[k];
    return width > 0 ? (cubed_above(x, knots[k]) - cubed_above(x, last)) / width : 0;
  };
  for (Index row = 0; row < input.size(); ++row)
    for (std::size_t k = 0; k + 2 < count; ++k)
      columns(row, static_cast<Index>(k) + 1) = d(input(row), k) - d(input(row), count - 2);
  return columns;
}

MatrixXd InputBasis::columns(MatrixXd const& inputs) const {
  if (form_ == Form::none) return MatrixXd(inputs.rows(), 0);
  UTVEI_EXPECT(inputs.cols() == mean_.cols());
  MatrixXd const z = ((inputs.rowwise() - mean_).array().rowwise() / sd_.array()).matrix();
  std::vector<VectorXd> all;
  for (Index i = 0; i < z.cols(); ++i) {
    MatrixXd const own = spline(z.col(i), static_cast<std::size_t>(i));
    for (Index j = 0; j < own.cols(); ++j) all.emplace_back(own.col(j));
  }
  for (Index i = 0; i < z.cols() && form_ != Form::additive; ++i)
    for (Index j = i; j < z.cols(); ++j)
      if (i == j || form_ == Form::products) all.emplace_back(z.col(i).cwiseProduct(z.col(j)));
  MatrixXd columns(z.rows(), static_cast<Index>(all.size()));
  for (std::size_t j = 0; j < all.size(); ++j) columns.col(static_cast<Index>(j)) = all[j];
  return columns;
}

std::vector<ConditionalMean> conditional_means(MatrixXd const& inputs, MatrixXd const& outcomes,
                                               MatrixXd const& points) {
  UTVEI_EXPECT(inputs.rows() == outcomes.rows() && (points.rows() == 0 || points.cols() == inputs.cols()));
  MatrixXd places = points.rows() > 0 ? points : MatrixXd(0, inputs.cols());
  MatrixXd const used = reduced(inputs, places);
  std::vector<BasisFit> const fits = candidates(used, places);
  std::vector<ConditionalMean> means;
  for (Index o = 0; o < outcomes.cols(); ++o) {
    VectorXd const outcome = outcomes.col(o);
    double const centre = outcome.mean();
    VectorXd const centred = outcome.array() - centre;  // squares of large numbers would hide small differences
    auto const best =
        std::ranges::min_element(fits, {}, [&](BasisFit const& fit) { return criterion_of(fit, centred); });
    ConditionalMean mean = fitted(*best, centred);
    mean.fitted.array() += centre;
    mean.at.array() += centre;
    for (auto* parts : {&mean.fitted_without, &mean.at_without})
      for (VectorXd& values : *parts) values.array() += centre;
    means.push_back(std::move(mean));
  }
  return means;
}

}  // namespace utvei
