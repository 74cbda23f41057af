// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/core/random.hpp>
#include <utvei/results/ranking.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace utvei {
namespace {

constexpr std::uint32_t points = 100'000;  // and as many mirrored: a chance of one half has a standard error of 0.1 %

/// A square matrix, row by row.
class Square {
 public:
  Square(std::size_t n, std::vector<double> values) : n_{n}, values_{std::move(values)} {}
  double& at(std::size_t i, std::size_t j) { return values_[i * n_ + j]; }
  [[nodiscard]] std::size_t size() const { return n_; }

 private:
  std::size_t n_;
  std::vector<double> values_;
};

/// Turns rows and columns p and q so that `a` has nothing between them; `vectors` keeps the turns. (Jacobi's method:
/// Golub & Van Loan 2013, Matrix Computations, 8.5.)
void turn(Square& a, Square& vectors, std::size_t p, std::size_t q) {
  double const between = a.at(p, q);
  if (between == 0) return;
  double const theta = (a.at(q, q) - a.at(p, p)) / (2 * between);
  double const t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
  double const c = 1 / std::sqrt(t * t + 1);
  double const s = t * c;
  auto const mix = [c, s](double& x, double& y) {
    double const old = x;
    x = c * old - s * y;
    y = s * old + c * y;
  };
  for (std::size_t k = 0; k < a.size(); ++k) mix(a.at(k, p), a.at(k, q));
  for (std::size_t k = 0; k < a.size(); ++k) mix(a.at(p, k), a.at(q, k));
  for (std::size_t k = 0; k < a.size(); ++k) mix(vectors.at(k, p), vectors.at(k, q));
}

/// A square root of the nearest covariance: differences of variances that were estimated one by one may be none.
Square root_of(std::size_t n, std::vector<double> const& covariance) {
  Square a{n, covariance};
  Square vectors{n, std::vector<double>(n * n, 0)};
  for (std::size_t i = 0; i < n; ++i) vectors.at(i, i) = 1;
  constexpr int sweeps = 50;
  for (int sweep = 0; sweep < sweeps; ++sweep)
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) turn(a, vectors, p, q);
  for (std::size_t k = 0; k < n; ++k) {
    double const root = std::sqrt(std::max(0.0, a.at(k, k)));
    for (std::size_t i = 0; i < n; ++i) vectors.at(i, k) *= root;
  }
  return vectors;
}

/// Adds one outcome to the counts. Those that are equal share the ranks that they take.
void count_ranks(std::vector<double> const& value, double alike, std::vector<std::size_t>& order,
                 std::vector<std::vector<double>>& counts) {
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(
      order, [&value](std::size_t a, std::size_t b) { return value[a] != value[b] ? value[a] > value[b] : a < b; });
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    for (last = first + 1; last < order.size() && value[order[first]] - value[order[last]] <= alike;) ++last;
    double const each = 1 / static_cast<double>(last - first);
    for (std::size_t i = first; i < last; ++i)
      for (std::size_t rank = first; rank < last; ++rank) counts[order[i]][rank] += each;
  }
}

}  // namespace

std::vector<std::vector<double>> rank_chances(std::vector<double> const& mean, std::vector<double> const& covariance) {
  std::size_t const n = mean.size();
  UTVEI_EXPECT(covariance.size() == n * n);
  Square root = root_of(n, covariance);
  double scale = 0;
  for (std::size_t i = 0; i < n; ++i) scale = std::max({scale, std::abs(mean[i]), std::sqrt(covariance[i * n + i])});
  constexpr double rounding = 1e-9;
  RandomKey const key{0, 0, 0};
  StreamId const stream = stream_of("rank");
  std::vector<std::vector<double>> counts(n, std::vector<double>(n, 0));
  std::vector<std::size_t> order(n);
  std::vector<double> normal(n);
  std::vector<double> value(n);
  for (std::uint32_t point = 0; point < points; ++point) {
    for (std::size_t k = 0; k < n; ++k)
      normal[k] = standard_normal(key, PersonKey{point}, stream, static_cast<std::uint32_t>(k));
    for (double const sign : {1.0, -1.0}) {
      for (std::size_t i = 0; i < n; ++i) {
        value[i] = mean[i];
        for (std::size_t k = 0; k < n; ++k) value[i] += sign * root.at(i, k) * normal[k];
      }
      count_ranks(value, rounding * scale, order, counts);
    }
  }
  for (auto& of : counts)
    for (double& count : of) count /= 2 * points;
  return counts;
}

}  // namespace utvei
