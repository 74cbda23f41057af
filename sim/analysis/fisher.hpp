// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace utvei {

/// Fisher's exact two-sided test of two proportions with given numbers of people: the sum of the probabilities of all
/// tables that are no likelier than the one seen, as R's fisher.test. P-values are made once for each total of events.
class FisherTest {
 public:
  FisherTest(std::uint32_t treated, std::uint32_t controls);
  /// `treated`, `controls`: events among them.
  [[nodiscard]] double p_value(std::uint32_t treated, std::uint32_t controls) const;
  /// Of one table, without the others of its margins.
  static double p_value_of(std::uint32_t all_treated, std::uint32_t all_controls, std::uint32_t treated,
                           std::uint32_t controls);

 private:
  std::uint32_t controls_;
  std::vector<std::size_t> first_;  ///< by total of events: where its p-values begin, from the least possible table
  std::vector<double> p_values_;
};

/// Probabilities of 0 … n events.
std::vector<double> binomial(std::uint32_t n, double p);

}  // namespace utvei
