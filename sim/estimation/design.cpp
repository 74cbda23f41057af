// SPDX-License-Identifier: Apache-2.0
#include "design.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace utvei {

using Eigen::Index;

void PoissonCells::add_row(double events_seen, double time_at_risk,
                           std::vector<std::pair<std::uint32_t, double>> const& entries, std::uint32_t of_region) {
  UTVEI_EXPECT(time_at_risk > 0);
  events.push_back(events_seen);
  exposure.push_back(time_at_risk);
  for (auto const& [column, x] : entries) {
    term.push_back(column);
    value.push_back(x);
  }
  first.push_back(term.size());
  if (regions > 0) {
    UTVEI_EXPECT(of_region < regions);
    region.push_back(of_region);
  }
}

Eigen::VectorXd linear_predictor(PoissonCells const& cells, Eigen::VectorXd const& coefficients) {
  Eigen::VectorXd eta = Eigen::VectorXd::Zero(static_cast<Index>(cells.rows()));
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    for (std::size_t k = cells.first[row]; k < cells.first[row + 1]; ++k) {
      eta[static_cast<Index>(row)] += cells.value[k] * coefficients[cells.term[k]];
    }
  }
  return eta;
}

Eigen::VectorXd weighted_sums(PoissonCells const& cells, Eigen::VectorXd const& weights) {
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(static_cast<Index>(cells.terms));
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    for (std::size_t k = cells.first[row]; k < cells.first[row + 1]; ++k) {
      sums[cells.term[k]] += cells.value[k] * weights[static_cast<Index>(row)];
    }
  }
  return sums;
}

Eigen::MatrixXd weighted_products(PoissonCells const& cells, Eigen::VectorXd const& weights) {
  auto const terms = static_cast<Index>(cells.terms);
  Eigen::MatrixXd products = Eigen::MatrixXd::Zero(terms, terms);
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    for (std::size_t i = cells.first[row]; i < cells.first[row + 1]; ++i) {
      double const weighted = cells.value[i] * weights[static_cast<Index>(row)];
      for (std::size_t j = cells.first[row]; j < cells.first[row + 1]; ++j) {
        products(cells.term[i], cells.term[j]) += weighted * cells.value[j];
      }
    }
  }
  return products;
}

Eigen::Map<Eigen::VectorXd const> as_vector(std::vector<double> const& values) {
  return {values.data(), static_cast<Index>(values.size())};
}

std::vector<double> as_values(Eigen::VectorXd const& vector) {
  return {vector.begin(), vector.end()};
}

SquareMatrix as_square(Eigen::MatrixXd const& matrix) {
  SquareMatrix square{static_cast<std::size_t>(matrix.rows()), {}};
  square.values.resize(square.size * square.size);
  Eigen::Map<Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>{
      square.values.data(), matrix.rows(), matrix.cols()} = matrix;
  return square;
}

RowPatterns patterns_of(PoissonCells const& cells) {
  using Entries = std::vector<std::pair<std::uint32_t, double>>;
  RowPatterns patterns;
  patterns.cells.terms = cells.terms;
  std::map<Entries, std::uint32_t> known;
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    Entries entries;
    for (std::size_t k = cells.first[row]; k < cells.first[row + 1]; ++k)
      entries.emplace_back(cells.term[k], cells.value[k]);
    auto const [found, is_new] = known.emplace(entries, static_cast<std::uint32_t>(known.size()));
    if (is_new) {
      patterns.cells.add_row(cells.events[row], cells.exposure[row], entries);
    } else {
      patterns.cells.events[found->second] += cells.events[row];
      patterns.cells.exposure[found->second] += cells.exposure[row];
    }
    patterns.of_row.push_back(found->second);
  }
  return patterns;
}

double deviance_of(PoissonCells const& cells, Eigen::VectorXd const& expected) {
  double sum = 0;
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    double const seen = cells.events[row];
    double const mean = expected[static_cast<Index>(row)];
    sum += (seen > 0 ? seen * std::log(seen / mean) : 0) - (seen - mean);
  }
  return 2 * sum;
}

PoissonCells without_terms(PoissonCells const& cells, std::vector<std::size_t> const& dropped) {
  std::vector<std::uint32_t> renamed(cells.terms);
  std::vector<bool> kept(cells.terms, true);
  for (std::size_t const term : dropped) kept[term] = false;
  PoissonCells result;
  result.regions = cells.regions;
  for (std::size_t term = 0; term < cells.terms; ++term) {
    renamed[term] = static_cast<std::uint32_t>(result.terms);
    result.terms += kept[term] ? 1U : 0U;
  }
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    std::vector<std::pair<std::uint32_t, double>> entries;
    for (std::size_t k = cells.first[row]; k < cells.first[row + 1]; ++k) {
      if (kept[cells.term[k]]) entries.emplace_back(renamed[cells.term[k]], cells.value[k]);
    }
    result.add_row(cells.events[row], cells.exposure[row], entries, cells.regions > 0 ? cells.region[row] : 0);
  }
  return result;
}

Eigen::VectorXd ridge_of(std::size_t terms, std::vector<std::size_t> const& separated) {
  Eigen::VectorXd ridge = Eigen::VectorXd::Zero(static_cast<Index>(terms));
  for (std::size_t const term : separated) ridge[static_cast<Index>(term)] = 1 / (separation_sd * separation_sd);
  return ridge;
}

}  // namespace utvei
