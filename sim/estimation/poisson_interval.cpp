// SPDX-License-Identifier: Apache-2.0
// Garwood 1936 (Biometrika 28: 437-442): the exact limits of a Poisson mean are quantiles of gamma distributions.
#include <utvei/core/contract.hpp>
#include <utvei/estimation/fit.hpp>

#include <boost/math/distributions/gamma.hpp>

namespace utvei {

PoissonInterval garwood_95(std::int64_t events) {
  UTVEI_EXPECT(events >= 0);
  constexpr double tail = 0.025;
  auto const count = static_cast<double>(events);
  using boost::math::gamma_distribution;
  double const low = events == 0 ? 0 : quantile(gamma_distribution<double>{count}, tail);
  double const high = quantile(complement(gamma_distribution<double>{count + 1}, tail));
  return {low, high};
}

}  // namespace utvei
