// SPDX-License-Identifier: Apache-2.0
// Estimated shares of who comes to a limit. A Dirichlet variate is a set of gamma variates over their sum; these are
// drawn by the method of Marsaglia & Tsang (2000, ACM Trans. Math. Softw. 26: 363-372), on the log scale, so that a
// small shape cannot come out as 0.
#include <utvei/core/contract.hpp>
#include <utvei/core/random.hpp>
#include <utvei/model/limit_shares.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

/// Log of a gamma variate of this shape and scale 1.
double log_gamma_variate(double shape, RandomKey const& key, PersonKey region, StreamId stream) {
  if (shape <= 0) return -std::numeric_limits<double>::infinity();
  // Count 0 is for shapes below 1: a variate of shape + 1, times U^(1 / shape).
  double const less = shape < 1 ? std::log(uniform(key, region, stream, 0)) / shape : 0;
  double const d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
  double const c = 1 / std::sqrt(9 * d);
  for (std::uint32_t attempt = 1;; ++attempt) {
    double const x = standard_normal(key, region, stream, 2 * attempt);
    double const root = 1 + c * x;
    if (root <= 0) continue;
    double const v = root * root * root;
    double const u = uniform(key, region, stream, 2 * attempt + 1);
    if (std::log(u) < x * x / 2 + d - d * v + d * std::log(v)) return std::log(d * v) + less;
  }
}

std::vector<double> draw_shares(LimitShares const& shares, LimitShares::Row const& row, Model const& model,
                                RandomKey const& key) {
  // Regions are told apart by what stands for a person elsewhere: 64 bits, of which many regions need more than 32.
  std::string const code = row.region ? model.regions[*row.region].code : std::string{};
  PersonKey const region{(std::uint64_t{stream_of(code).value} << 32) | stream_of("region:" + code).value};
  std::vector<double> result;
  for (std::size_t k = 0; k < shares.to.size(); ++k) {
    StreamId const stream = stream_of(fmt::format("limit-shares:{}:{}:{}", model.states[shares.state].name,
                                                  shares.after.minutes, model.states[shares.to[k]].name));
    result.push_back(log_gamma_variate(row.alpha[k], key, region, stream));
  }
  double const most = *std::ranges::max_element(result);
  for (double& value : result) value = std::exp(value - most);
  double const sum = std::accumulate(result.begin(), result.end(), 0.0);
  for (double& value : result) value /= sum;
  return result;
}

/// Of shares by place in `to`, those that leave and the one that stays.
Destinations::Row row_of(LimitShares const& shares, std::optional<RegionId> region, std::vector<double> const& all,
                         Place const& place) {
  Destinations::Row row{region, {}, {}, place, 0};
  double leaving = 0;
  for (std::size_t k = 0; k < all.size(); ++k) (shares.to[k] == shares.state ? row.stay : leaving) += all[k];
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (shares.to[k] != shares.state && all[k] > 0) row.shares.push_back({shares.to[k], all[k] / leaving, place});
  }
  if (row.shares.empty()) row.stay = 1;
  return row;
}

std::string describe_others(Rates const& rates, StateId state, Model const& model) {
  std::vector<std::string> others;
  for (LimitShares const& shares : rates.limits) {
    if (shares.state == state) others.push_back(format(shares.after));
  }
  if (others.empty()) {
    return fmt::format("write `limits: [{}]` under `estimate` of the study, and make the rate file again",
                       model.states[state].name);
  }
  return fmt::format("it has those of the limit after {}: estimate with the limit as it is here",
                     fmt::join(others, " and "));
}

}  // namespace

LimitShares const* shares_of(Rates const& rates, StateId state, Limit const& limit) {
  auto const found = std::ranges::find_if(
      rates.limits, [&](LimitShares const& shares) { return shares.state == state && shares.after == limit.after; });
  return found == rates.limits.end() ? nullptr : &*found;
}

Destinations mean_destinations(LimitShares const& shares, Place const& place) {
  Destinations destinations;
  for (LimitShares::Row const& row : shares.rows) {
    double const sum = std::accumulate(row.alpha.begin(), row.alpha.end(), 0.0);
    UTVEI_EXPECT(sum > 0);
    std::vector<double> means = row.alpha;
    for (double& mean : means) mean /= sum;
    destinations.rows.push_back(row_of(shares, row.region, means, place));
  }
  return destinations;
}

Destinations draw_destinations(LimitShares const& shares, Model const& model, std::uint32_t seed, std::uint32_t draw,
                               Place const& place) {
  RandomKey const key{seed, draw, 0};
  Destinations destinations;
  for (LimitShares::Row const& row : shares.rows) {
    destinations.rows.push_back(row_of(shares, row.region, draw_shares(shares, row, model, key), place));
  }
  return destinations;
}

void settle_limits(Model& model, Rates const& rates, Diagnostics& diagnostics) {
  for (StateId const id : ids_of(model.states)) {
    for (Limit& limit : model.states[id].limits) {
      if (!limit.estimated) continue;
      std::string const problem = fmt::format("where people go who reach the limit of `{}` after {} is not known",
                                              model.states[id].name, format(limit.after));
      if (auto const* shares = shares_of(rates, id, limit)) {
        limit.to = mean_destinations(*shares, limit.place);
      } else if (!model.rate_file) {
        diagnostics.error(limit.place, problem, "`to: estimated` is in the rate file, and none is named",
                          "name one of `utvei estimate`: `rates: rates.h5`");
      } else {
        diagnostics.error(limit.place, problem,
                          fmt::format("the rate file `{}` has no estimate of this limit", *model.rate_file),
                          describe_others(rates, id, model));
      }
    }
  }
}

}  // namespace utvei
