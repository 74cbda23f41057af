// SPDX-License-Identifier: Apache-2.0
#include "household_weights.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

constexpr int most_newton_steps = 50;
constexpr int most_tilts = 200;
constexpr double steepest = 4;  ///< of one Newton step, on the log scale
constexpr double close_enough = 1e-9;

/// Rows of regions in one table.
std::vector<double> row_of(std::vector<double> const& weights, std::size_t region, std::size_t types) {
  auto const first = weights.begin() + static_cast<std::ptrdiff_t>(region * types);
  return {first, first + static_cast<std::ptrdiff_t>(types)};
}

/// The share of all people for whom the tables have room.
AdultsAndChildren share_in_households(std::vector<double> const& weights, std::vector<AdultsAndChildren> const& types,
                                      std::vector<AdultsAndChildren> const& people_of_region) {
  AdultsAndChildren all{}, room{};
  for (std::size_t region = 0; region < people_of_region.size(); ++region) {
    auto const held = people_in(row_of(weights, region, types.size()), types);
    for (std::size_t kind = 0; kind < 2; ++kind) {
      all[kind] += people_of_region[region][kind];
      room[kind] += held[kind];
    }
  }
  for (std::size_t kind = 0; kind < 2; ++kind) room[kind] = all[kind] > 0 ? std::min(1.0, room[kind] / all[kind]) : 0;
  return room;
}

}  // namespace

AdultsAndChildren people_in(std::vector<double> const& households, std::vector<AdultsAndChildren> const& types) {
  AdultsAndChildren sum{};
  for (std::size_t type = 0; type < types.size(); ++type)
    for (std::size_t kind = 0; kind < 2; ++kind) sum[kind] += households[type] * types[type][kind];
  return sum;
}

// Newton's method for the dual, which is convex; kinds of people that cannot be had are left out of it.
std::vector<double> tilted(std::vector<double> households, std::vector<AdultsAndChildren> const& types,
                           AdultsAndChildren const& wanted) {
  for (int step = 0; step < most_newton_steps; ++step) {
    AdultsAndChildren const sum = people_in(households, types);
    std::array<double, 3> curve{};  // of adults, of both, of children
    for (std::size_t type = 0; type < types.size(); ++type) {
      curve[0] += households[type] * types[type][0] * types[type][0];
      curve[1] += households[type] * types[type][0] * types[type][1];
      curve[2] += households[type] * types[type][1] * types[type][1];
    }
    AdultsAndChildren const lack{curve[0] > 0 && wanted[0] > 0 ? wanted[0] - sum[0] : 0,
                                 curve[2] > 0 && wanted[1] > 0 ? wanted[1] - sum[1] : 0};
    if (std::abs(lack[0]) + std::abs(lack[1]) <= close_enough * (1 + wanted[0] + wanted[1])) break;
    double const determinant = curve[0] * curve[2] - curve[1] * curve[1];
    AdultsAndChildren by{curve[0] > 0 ? lack[0] / curve[0] : 0, curve[2] > 0 ? lack[1] / curve[2] : 0};
    bool const are_both_wanted = wanted[0] > 0 && wanted[1] > 0;
    if (are_both_wanted && determinant > close_enough * curve[0] * curve[2])
      by = {(lack[0] * curve[2] - lack[1] * curve[1]) / determinant,
            (lack[1] * curve[0] - lack[0] * curve[1]) / determinant};
    double const largest = std::max(std::abs(by[0]), std::abs(by[1]));
    double const damped = largest > steepest ? steepest / largest : 1;
    for (std::size_t type = 0; type < types.size(); ++type)
      households[type] *= std::exp(damped * (by[0] * types[type][0] + by[1] * types[type][1]));
  }
  return households;
}

std::vector<double> household_seed(std::vector<Margin> const& margins, std::size_t cells) {
  std::vector<double> seed(cells);
  for (Margin const& margin : margins)
    for (std::size_t cell = 0; cell < cells; ++cell)
      if (margin.part_of[cell] != no_part) seed[cell] = 1;
  return seed;
}

std::vector<double> household_weights(std::vector<Margin> const& margins, std::vector<AdultsAndChildren> const& types,
                                      std::vector<AdultsAndChildren> const& people_of_region) {
  std::size_t const regions = people_of_region.size();
  std::vector<double> weights = rake(household_seed(margins, regions * types.size()), margins).weights;
  auto const tilt = [&](auto const& wanted_of) {
    for (std::size_t region = 0; region < regions; ++region) {
      auto const row = row_of(weights, region, types.size());
      auto const moved = tilted(row, types, wanted_of(region, people_in(row, types)));
      std::ranges::copy(moved, weights.begin() + static_cast<std::ptrdiff_t>(region * types.size()));
    }
  };
  AdultsAndChildren const share = share_in_households(weights, types, people_of_region);
  for (int round = 0; round < most_tilts; ++round) {
    auto const before = weights;
    tilt([&](std::size_t region, AdultsAndChildren const&) {
      return AdultsAndChildren{people_of_region[region][0] * share[0], people_of_region[region][1] * share[1]};
    });
    weights = rake(weights, margins, {close_enough, 50}).weights;
    double moved = 0;
    for (std::size_t cell = 0; cell < weights.size(); ++cell)
      moved = std::max(moved, std::abs(weights[cell] - before[cell]) / (1 + before[cell]));
    if (moved < 1e-6) break;
  }
  // Where the tables need more people than there are, they give way: first of children, then of adults, so that none
  // rise for the other's sake. 0 asks for nothing.
  for (std::size_t const kind : {std::size_t{1}, std::size_t{0}}) {
    tilt([&](std::size_t region, AdultsAndChildren const& held) {
      AdultsAndChildren wanted{};
      if (held[kind] > people_of_region[region][kind]) wanted[kind] = people_of_region[region][kind];
      return wanted;
    });
  }
  return weights;
}

}  // namespace utvei
