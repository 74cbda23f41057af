// SPDX-License-Identifier: Apache-2.0
// Covariances of region effects. icar: Besag, York & Mollié 1991; bym2: Riebler et al. 2016 (Stat. Methods Med. Res.
// 25: 1145-1165); scaling by component: Freni-Sterrantino, Ventrucci & Rue 2018 (Spat. Spatiotemporal Epidemiol. 26:
// 25-34).
#include "region_effects.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <Eigen/Cholesky>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Eigen::Map<Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> const> view(SquareMatrix const& m) {
  return {m.values.data(), static_cast<Index>(m.size), static_cast<Index>(m.size)};
}

RegionMatrix dense(MatrixXd matrix) {
  return {RegionMatrix::Form::dense, {}, std::move(matrix)};
}

RegionMatrix constant_diagonal(std::size_t regions, double variance) {
  return {RegionMatrix::Form::diagonal, VectorXd::Constant(static_cast<Index>(regions), variance)};
}

/// Of effects of regions and of the counties that they lie in.
RegionMatrix nested(std::vector<std::uint32_t> const& county, double of_region, double of_county) {
  auto const n = static_cast<Index>(county.size());
  auto const counties = static_cast<Index>(*std::max_element(county.begin(), county.end()) + 1);
  return {RegionMatrix::Form::counties,
          VectorXd::Constant(n, of_region),
          {},
          VectorXd::Ones(n),
          VectorXd::Constant(counties, of_county),
          &county};
}

using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// The regions of each connected component, in rising order.
std::vector<std::vector<Index>> components_of(std::size_t regions, Edges const& edges) {
  std::vector<std::uint32_t> root(regions);
  std::iota(root.begin(), root.end(), 0U);
  auto const find = [&](std::uint32_t region) {
    while (root[region] != region) region = root[region] = root[root[region]];
    return region;
  };
  for (auto const& [a, b] : edges) root[std::max(find(a), find(b))] = std::min(find(a), find(b));
  std::vector<std::vector<Index>> by_root(regions);
  for (std::uint32_t region = 0; region < regions; ++region) by_root[find(region)].push_back(region);
  std::erase_if(by_root, [](auto const& component) { return component.empty(); });
  return by_root;
}

/// The generalised inverse of the Laplacian of a connected graph, whose null space is that of constants.
MatrixXd inverse_laplacian(MatrixXd const& laplacian) {
  auto const n = laplacian.rows();
  MatrixXd const constants = MatrixXd::Constant(n, n, 1.0 / static_cast<double>(n));
  return (laplacian + constants).llt().solve(MatrixXd::Identity(n, n)) - constants;
}

}  // namespace

VectorXd RegionMatrix::by_county(VectorXd const& values) const {
  VectorXd sums = VectorXd::Zero(of_county.size());
  for (Index r = 0; r < values.size(); ++r) sums[(*county)[static_cast<std::size_t>(r)]] += values[r];
  return sums;
}

VectorXd RegionMatrix::times(VectorXd const& vector) const {
  if (form == Form::dense) return full * vector;
  VectorXd result = variances.cwiseProduct(vector);
  if (form == Form::diagonal) return result;
  VectorXd const sums = by_county(direction.cwiseProduct(vector)).cwiseProduct(of_county);
  for (Index r = 0; r < result.size(); ++r) result[r] += direction[r] * sums[(*county)[static_cast<std::size_t>(r)]];
  return result;
}

MatrixXd RegionMatrix::times(MatrixXd const& matrix) const {
  if (form == Form::dense) return full * matrix;
  MatrixXd result(matrix.rows(), matrix.cols());
  for (Index k = 0; k < matrix.cols(); ++k) result.col(k) = times(VectorXd{matrix.col(k)});
  return result;
}

VectorXd RegionMatrix::diagonal_values() const {
  if (form == Form::dense) return full.diagonal();
  VectorXd values = variances;
  if (form == Form::diagonal) return values;
  for (Index r = 0; r < values.size(); ++r)
    values[r] += of_county[(*county)[static_cast<std::size_t>(r)]] * direction[r] * direction[r];
  return values;
}

void RegionMatrix::add_to(Eigen::Ref<MatrixXd> sum) const {
  if (form == Form::dense) {
    sum += full;
    return;
  }
  sum.diagonal() += variances;
  if (form == Form::diagonal) return;
  for (Index j = 0; j < sum.cols(); ++j) {
    auto const own = (*county)[static_cast<std::size_t>(j)];
    for (Index i = 0; i < sum.rows(); ++i) {
      if ((*county)[static_cast<std::size_t>(i)] == own) sum(i, j) += of_county[own] * direction[i] * direction[j];
    }
  }
}

double trace_of_product(RegionMatrix const& a, RegionMatrix const& b) {
  using Form = RegionMatrix::Form;
  if (a.form == Form::dense && b.form == Form::dense) return a.full.cwiseProduct(b.full).sum();
  if (a.form == Form::diagonal || b.form == Form::diagonal) return a.diagonal_values().dot(b.diagonal_values());
  UTVEI_EXPECT(a.form == Form::counties && b.form == Form::counties);
  VectorXd const crossed = a.by_county(a.direction.cwiseProduct(b.direction));
  return a.diagonal_values().dot(b.variances) +
         b.by_county(b.direction.cwiseAbs2().cwiseProduct(a.variances)).dot(b.of_county) +
         crossed.cwiseAbs2().cwiseProduct(a.of_county).dot(b.of_county);
}

std::size_t number_of_sds(RegionEffects const& effects) {
  return effects.kind == RegionEffects::Kind::nested ? 2 : 1;
}

std::size_t number_of_parameters(RegionEffects const& effects) {
  return number_of_sds(effects) + (effects.kind == RegionEffects::Kind::bym2 ? 1 : 0);
}

double mixing_of(double logit) {
  return 1 / (1 + std::exp(-logit));
}

EffectCovariance covariance_of(RegionEffects const& effects, std::size_t regions, VectorXd const& parameters) {
  double const variance = std::exp(2 * parameters[0]);
  auto const n = static_cast<Index>(regions);
  switch (effects.kind) {
    case RegionEffects::Kind::pooled:
      return {constant_diagonal(regions, variance), {constant_diagonal(regions, 2 * variance)}};
    case RegionEffects::Kind::nested: {
      double const of_county = std::exp(2 * parameters[1]);
      return {nested(effects.county, variance, of_county),
              {constant_diagonal(regions, 2 * variance), nested(effects.county, 0, 2 * of_county)}};
    }
    case RegionEffects::Kind::icar: {
      MatrixXd const spatial = variance * view(effects.neighbours);
      return {dense(spatial), {dense(2 * spatial)}};
    }
    case RegionEffects::Kind::bym2:
      break;
  }
  double const mixing = mixing_of(parameters[1]);
  MatrixXd const spatial = variance * view(effects.neighbours);
  MatrixXd const independent = variance * MatrixXd::Identity(n, n);
  MatrixXd const mixed = (1 - mixing) * independent + mixing * spatial;
  return {dense(mixed), {dense(2 * mixed), dense(mixing * (1 - mixing) * (spatial - independent))}};
}

ScaledGraph scaled_graph(std::size_t regions, Edges const& edges) {
  auto const n = static_cast<Index>(regions);
  MatrixXd laplacian = MatrixXd::Zero(n, n);
  for (auto const& [a, b] : edges) {
    UTVEI_EXPECT(a < regions && b < regions && a != b);
    if (laplacian(a, b) != 0) continue;
    laplacian(a, b) = laplacian(b, a) = -1;
    laplacian(a, a) += 1;
    laplacian(b, b) += 1;
  }
  ScaledGraph graph;
  MatrixXd covariance = MatrixXd::Zero(n, n);
  for (auto const& component : components_of(regions, edges)) {
    if (component.size() == 1) {
      covariance(component[0], component[0]) = 1;
      ++graph.singletons;
      continue;
    }
    MatrixXd const inverse = inverse_laplacian(laplacian(component, component));
    double const scaling = std::exp(inverse.diagonal().array().log().mean());
    covariance(component, component) = inverse / scaling;
    graph.scaling.push_back(scaling);
  }
  graph.covariance.size = regions;
  graph.covariance.values.assign(covariance.data(), covariance.data() + covariance.size());
  return graph;
}

}  // namespace utvei
