// SPDX-License-Identifier: Apache-2.0
#include "support/plain_model.hpp"

#include <utvei/core/random.hpp>
#include <utvei/model/rates.hpp>

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

constexpr std::uint32_t seed = 7;

/// Two rows of a model with two effects, and a raw row.
struct Drawn {
  Model model = support::plain_model({"a", "b", "c"}, {{0, 1}, {0, 2}});
  Rates rates;
  Drawn() {
    rates.models.push_back({"a -> b", {"(intercept)", "sex=male"}, {-1, 0.3}, {0.2, 0, -0.1, 0.3}});
    Rate first{TransitionId{0}, {}, std::exp(-1.0), 0.2, {}, {0, {0}}};
    Rate both{TransitionId{0}, {}, std::exp(-0.7), 0.4, {}, {0, {0, 1}}};
    Rate alone{TransitionId{1}, {}, 0.5, 0.25, {}, {}};
    Rate certain{TransitionId{1}, {}, 0.5, std::nullopt, {}, {}};
    rates.rates = {first, both, alone, certain};
  }
  [[nodiscard]] std::vector<double> logs(std::uint32_t draw) const {
    auto factors = draw_rate_factors(model, rates, seed, draw);
    for (double& factor : factors) factor = std::log(factor);
    return factors;
  }
};

TEST(DrawRateFactors, AreTheFactorTimesKeyedNormalNumbers) {
  Drawn const drawn;
  RandomKey const key{seed, 3, 0};
  double const z0 = standard_normal(key, PersonKey{0}, stream_of("rate:a -> b"), 0);
  double const z1 = standard_normal(key, PersonKey{0}, stream_of("rate:a -> b"), 1);
  auto const logs = drawn.logs(3);
  EXPECT_NEAR(logs[0], 0.2 * z0, 1e-12);
  EXPECT_NEAR(logs[1], 0.2 * z0 - 0.1 * z0 + 0.3 * z1, 1e-12);
  EXPECT_NEAR(logs[2], 0.25 * standard_normal(key, PersonKey{0}, stream_of("rate:a -> c"), 2), 1e-12);
  EXPECT_EQ(logs[3], 0);
}

TEST(DrawRateFactors, HaveTheCovarianceOfTheEffects) {
  Drawn const drawn;
  constexpr std::uint32_t draws = 20'000;
  double first = 0;
  double both = 0;
  double product = 0;
  double with_the_raw = 0;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    auto const logs = drawn.logs(draw);
    first += logs[0] * logs[0];
    both += logs[1] * logs[1];
    product += logs[0] * logs[1];
    with_the_raw += logs[0] * logs[2];
  }
  EXPECT_NEAR(first / draws, 0.04, 0.04 * 0.03);
  EXPECT_NEAR(both / draws, 0.1, 0.1 * 0.03);
  EXPECT_NEAR(product / draws, 0.02, 0.002);
  EXPECT_NEAR(with_the_raw / draws, 0, 0.0015);
}

TEST(DrawRateFactors, AreKeyedByTheNameOfTheModel) {
  Drawn drawn;
  auto const before = drawn.logs(0);
  // Another model before it, and other rows, change nothing.
  drawn.rates.models.insert(drawn.rates.models.begin(), RateModel{"a -> c", {"(intercept)"}, {0}, {1}});
  drawn.rates.rates[0].effects.model = drawn.rates.rates[1].effects.model = 1;
  drawn.rates.rates.insert(drawn.rates.rates.begin() + 2, {TransitionId{1}, {}, 1, 0.1, {}, {0, {0}}});
  auto const after = drawn.logs(0);
  EXPECT_EQ(before[0], after[0]);
  EXPECT_EQ(before[1], after[1]);
  EXPECT_NE(after[2], after[0]);
}

}  // namespace
}  // namespace utvei
