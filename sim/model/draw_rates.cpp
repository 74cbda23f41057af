// SPDX-License-Identifier: Apache-2.0
// Parameter draws of rates. The effects of a model are drawn from the normal distribution of their estimator, so that
// the rates of its cells vary together (King, Tomz & Wittenberg 2000, Am. J. Political Science 44: 347-361).
#include <utvei/core/contract.hpp>
#include <utvei/core/random.hpp>
#include <utvei/model/joint_normal.hpp>
#include <utvei/model/rates.hpp>

#include <cmath>

namespace utvei {
namespace {

constexpr PersonKey nobody{0};

StreamId stream_of_rates(std::string const& name) {
  return stream_of("rate:" + name);
}

}  // namespace

std::vector<double> joint_deviations(std::vector<double> const& factor, std::size_t count, RandomKey const& key,
                                     StreamId stream) {
  UTVEI_EXPECT(factor.size() == count * count);
  std::vector<double> z;
  z.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    z.push_back(standard_normal(key, nobody, stream, static_cast<std::uint32_t>(i)));
  std::vector<double> result(count, 0);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j <= i; ++j) result[i] += factor[i * count + j] * z[j];
  }
  return result;
}

std::vector<double> draw_rate_factors(Model const& model, Rates const& rates, std::uint32_t seed, std::uint32_t draw) {
  RandomKey const key{seed, draw, 0};
  std::vector<std::vector<double>> by_model;
  by_model.reserve(rates.models.size());
  for (RateModel const& each : rates.models)
    by_model.push_back(joint_deviations(each.factor, each.effects.size(), key, stream_of_rates(each.name)));
  std::vector<double> factors;
  factors.reserve(rates.rates.size());
  for (std::size_t i = 0; i < rates.rates.size(); ++i) {
    Rate const& rate = rates.rates[i];
    double log_factor = 0;
    if (!rate.effects.places.empty()) {
      auto const& moved = by_model[rate.effects.model];
      for (std::uint32_t const place : rate.effects.places) log_factor += moved[place];
    } else if (rate.log_se) {
      StreamId const stream = stream_of_rates(model.transitions[rate.transition].name);
      log_factor =
          *rate.log_se * standard_normal(key, nobody, stream, rate.drawn_as.value_or(static_cast<std::uint32_t>(i)));
    }
    factors.push_back(std::exp(log_factor));
  }
  return factors;
}

}  // namespace utvei
