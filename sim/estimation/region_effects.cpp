// SPDX-License-Identifier: Apache-2.0
// Covariances of region effects. icar: Besag, York & Mollié 1991; bym2: Riebler et al. 2016 (Stat. Methods Med. Res.
// 25: 1145-1165); scaling by component: Freni-Sterrantino, Ventrucci & Rue 2018 (Spat. Spatiotemporal Epidemiol. 26:
// 25-34).
#include "region_effects.hpp"

#include <utvei/core/contract.hpp>

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
  return {false, {}, std::move(matrix)};
}

RegionMatrix constant_diagonal(std::size_t regions, double variance) {
  return {true, VectorXd::Constant(static_cast<Index>(regions), variance), {}};
}

MatrixXd same_county(std::vector<std::uint32_t> const& county) {
  auto const n = static_cast<Index>(county.size());
  MatrixXd same(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) {
      same(i, j) = county[static_cast<std::size_t>(i)] == county[static_cast<std::size_t>(j)] ? 1 : 0;
    }
  }
  return same;
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

VectorXd RegionMatrix::times(VectorXd const& vector) const {
  return diagonal ? VectorXd{variances.cwiseProduct(vector)} : VectorXd{full * vector};
}
MatrixXd RegionMatrix::times(MatrixXd const& matrix) const {
  return diagonal ? MatrixXd{variances.asDiagonal() * matrix} : MatrixXd{full * matrix};
}
VectorXd RegionMatrix::diagonal_values() const {
  return diagonal ? variances : VectorXd{full.diagonal()};
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
      MatrixXd const counties = of_county * same_county(effects.county);
      return {dense(variance * MatrixXd::Identity(n, n) + counties),
              {constant_diagonal(regions, 2 * variance), dense(2 * counties)}};
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
