// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/shapley.hpp>
#include <utvei/core/contract.hpp>

#include <bit>

namespace utvei {

std::vector<double> shapley_values(std::vector<double> const& values) {
  UTVEI_EXPECT(std::has_single_bit(values.size()));
  auto const factors = static_cast<std::size_t>(std::countr_zero(values.size()));
  // |S|! (K - 1 - |S|)! / K!, by |S|: 1 / (K binomial(K - 1, |S|)).
  std::vector<double> weights;
  double binomial = 1;
  for (std::size_t size = 0; size < factors; ++size) {
    weights.push_back(1 / (static_cast<double>(factors) * binomial));
    binomial = binomial * static_cast<double>(factors - 1 - size) / static_cast<double>(size + 1);
  }
  std::vector<double> contributions(factors, 0);
  for (std::size_t set = 0; set < values.size(); ++set) {
    auto const size = static_cast<std::size_t>(std::popcount(set));
    for (std::size_t k = 0; k < factors; ++k) {
      std::size_t const factor = std::size_t{1} << k;
      if ((set & factor) == 0) contributions[k] += weights[size] * (values[set | factor] - values[set]);
    }
  }
  return contributions;
}

std::vector<double> shapley_values(std::size_t factors, std::function<double(FactorSet)> const& value) {
  UTVEI_EXPECT(factors <= most_factors);
  std::vector<double> values;
  for (FactorSet set = 0; set < FactorSet{1} << factors; ++set) values.push_back(value(set));
  return shapley_values(values);
}

}  // namespace utvei
