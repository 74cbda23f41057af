// SPDX-License-Identifier: Apache-2.0
// A number with its derivatives in several variables, which arithmetic carries along (forward mode: Griewank & Walther
// 2008, Evaluating Derivatives, chapter 3). The equations are written once, for plain numbers and for these.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace utvei {

template <std::size_t Lanes>
struct Jet {
  double value{0};
  std::array<double, Lanes> slope{};

  Jet() = default;
  Jet(double number) : value{number} {}  // NOLINT(google-explicit-constructor): a constant is a number

  Jet& operator+=(Jet const& other) {
    value += other.value;
    for (std::size_t i = 0; i < Lanes; ++i) slope[i] += other.slope[i];
    return *this;
  }
  Jet& operator-=(Jet const& other) {
    value -= other.value;
    for (std::size_t i = 0; i < Lanes; ++i) slope[i] -= other.slope[i];
    return *this;
  }
  Jet& operator*=(double factor) {
    value *= factor;
    for (double& s : slope) s *= factor;
    return *this;
  }
  friend Jet operator+(Jet a, Jet const& b) { return a += b; }
  friend Jet operator-(Jet a, Jet const& b) { return a -= b; }
  friend Jet operator*(Jet a, double factor) { return a *= factor; }
  friend Jet operator*(double factor, Jet a) { return a *= factor; }
  friend Jet operator*(Jet const& a, Jet const& b) {
    Jet product{a.value * b.value};
    for (std::size_t i = 0; i < Lanes; ++i) product.slope[i] = a.slope[i] * b.value + a.value * b.slope[i];
    return product;
  }
};

template <std::size_t Lanes>
Jet<Lanes> exponential(Jet<Lanes> const& x) {
  Jet<Lanes> result{std::exp(x.value)};
  for (std::size_t i = 0; i < Lanes; ++i) result.slope[i] = result.value * x.slope[i];
  return result;
}
inline double exponential(double x) {
  return std::exp(x);
}

template <std::size_t Lanes>
double value_of(Jet<Lanes> const& x) {
  return x.value;
}
inline double value_of(double x) {
  return x;
}

/// The largest of |value| and |slopes|.
template <std::size_t Lanes>
double magnitude(Jet<Lanes> const& x) {
  double most = std::abs(x.value);
  for (double const s : x.slope) most = std::abs(s) > most ? std::abs(s) : most;
  return most;
}
inline double magnitude(double x) {
  return std::abs(x);
}

/// A value and its slopes fill one cache line.
inline constexpr std::size_t jet_lanes = 7;

template <class Number>
inline constexpr std::size_t lanes_of = 0;
template <std::size_t Lanes>
inline constexpr std::size_t lanes_of<Jet<Lanes>> = Lanes;

}  // namespace utvei
