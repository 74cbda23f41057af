// SPDX-License-Identifier: Apache-2.0
// How what flows is spread within one step: a polynomial in θ from 0 to 1, as the coefficients of shifted Legendre
// polynomials. The first coefficient is the whole amount, and the first `moments` moments of what is projected are kept
// exactly, whatever its shape.
#pragma once

#include "jet.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace utvei {

inline constexpr std::size_t moments = 3;
template <class Number>
using Spread = std::array<Number, moments>;

template <class Number>
bool holds_anybody(Spread<Number> const& spread) {
  for (Number const& coefficient : spread)
    if (magnitude(coefficient) > 0) return true;
  return false;
}

/// P_i(2θ − 1).
inline std::array<double, moments> legendre(double theta) {
  double const x = 2 * theta - 1;
  std::array<double, moments> p{1, x};
  for (std::size_t i = 2; i < moments; ++i) {
    auto const n = static_cast<double>(i);
    p[i] = ((2 * n - 1) * x * p[i - 1] - (n - 1) * p[i - 2]) / n;
  }
  return p;
}

/// (2i + 1) P_i(2θ − 1): the coefficients of one unit at θ.
inline std::array<double, moments> unit_at(double theta) {
  auto p = legendre(theta);
  for (std::size_t i = 0; i < moments; ++i) p[i] *= static_cast<double>(2 * i + 1);
  return p;
}

/// The coefficients of the density θ^power.
inline std::array<double, moments> spread_of_power(std::size_t power) {
  std::array<double, moments> spread{};
  double integral = 1.0 / static_cast<double>(power + 1);  // of P_i θ^power: m!² / ((m − i)! (m + i + 1)!)
  for (std::size_t i = 0; i < moments && i <= power; ++i) {
    spread[i] = static_cast<double>(2 * i + 1) * integral;
    integral *= static_cast<double>(power - i) / static_cast<double>(power + i + 2);
  }
  return spread;
}

/// Of P_i(2θ − 1), the coefficient of θ^power: powers[i][power].
constexpr std::array<std::array<double, moments>, moments> powers_of_legendre() {
  std::array<std::array<double, moments>, moments> powers{};
  for (std::size_t i = 0; i < moments; ++i) {
    double term = i % 2 == 0 ? 1 : -1;  // (−1)^(i+k) C(i, k) C(i + k, k)
    for (std::size_t k = 0; k <= i; ++k) {
      powers[i][k] = term;
      term *= -static_cast<double>((i - k) * (i + k + 1)) / static_cast<double>((k + 1) * (k + 1));
    }
  }
  return powers;
}

/// Gauss-Legendre quadrature on (0, 1), exact for a product of two such polynomials.
struct Node {
  double theta, weight;
};
inline std::array<Node, moments> gauss_nodes() {
  static_assert(moments == 3);
  double const off = std::sqrt(0.15);
  return {{{0.5 - off, 5.0 / 18}, {0.5, 8.0 / 18}, {0.5 + off, 5.0 / 18}}};
}

}  // namespace utvei
