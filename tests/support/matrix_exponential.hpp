// SPDX-License-Identifier: Apache-2.0
// Exact moments of the time that a Markov chain spends in a state: #include "support/matrix_exponential.hpp".
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace utvei::support {

using Matrix = std::vector<std::vector<double>>;

inline Matrix zeros(std::size_t n) {
  return Matrix(n, std::vector<double>(n));
}

inline Matrix product(Matrix const& a, Matrix const& b) {
  Matrix c = zeros(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t k = 0; k < a.size(); ++k) {
      for (std::size_t j = 0; j < a.size(); ++j) c[i][j] += a[i][k] * b[k][j];
    }
  }
  return c;
}

/// exp(A t) by scaling and squaring of its Taylor series.
inline Matrix matrix_exponential(Matrix a, double t) {
  double norm = 0;
  for (auto& row : a) {
    double sum = 0;
    for (auto& x : row) sum += std::abs(x *= t);
    norm = std::max(norm, sum);
  }
  int const squarings = std::max(0, static_cast<int>(std::ceil(std::log2(std::max(norm, 1e-300)))) + 3);
  for (auto& row : a) {
    for (auto& x : row) x = std::ldexp(x, -squarings);
  }
  Matrix term = zeros(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) term[i][i] = 1;
  Matrix sum = term;
  for (int k = 1; k <= 18; ++k) {
    term = product(term, a);
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t j = 0; j < a.size(); ++j) sum[i][j] += (term[i][j] /= k);
    }
  }
  for (int k = 0; k < squarings; ++k) sum = product(sum, sum);
  return sum;
}

struct Moments {
  double mean{0};
  double variance{0};
};

/// Time in `state` until `t` of who starts in `from`, under the generator Q: the blocks of exp of (Q D 0; 0 Q D; 0 0
/// Q), D one at the state, hold its first moment and half of its second (Van Loan 1978).
inline Moments time_in_state(Matrix const& q, std::size_t from, std::size_t state, double t) {
  std::size_t const n = q.size();
  Matrix blocks = zeros(3 * n);
  for (std::size_t block = 0; block < 3; ++block) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) blocks[block * n + i][block * n + j] = q[i][j];
    }
    if (block < 2) blocks[block * n + state][(block + 1) * n + state] = 1;
  }
  Matrix const e = matrix_exponential(blocks, t);
  Moments moments;
  double second = 0;
  for (std::size_t j = 0; j < n; ++j) {
    moments.mean += e[from][n + j];
    second += 2 * e[from][2 * n + j];
  }
  moments.variance = second - moments.mean * moments.mean;
  return moments;
}

}  // namespace utvei::support
