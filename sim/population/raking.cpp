// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/population/raking.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

namespace utvei {
namespace {

/// Of numbers that are sums of the same people, written with a few digits.
constexpr double equal_sums = 1e-9;
/// Settling one pair of margins can unsettle another; margins that can agree do so long before.
constexpr std::size_t most_rounds = 200;

std::vector<double> sums_of(std::vector<double> const& weights, Margin const& margin) {
  std::vector<double> sums(margin.target.size());
  for (std::size_t cell = 0; cell < weights.size(); ++cell)
    if (margin.part_of[cell] != no_part) sums[margin.part_of[cell]] += weights[cell];
  return sums;
}

/// Parts of two margins in groups that hold the same cells (union-find with halved paths).
class SharedCells {
 public:
  SharedCells(std::vector<double> const& seed, Margin const& first, Margin const& second)
      : parts_of_first_{first.target.size()}, parent_(first.target.size() + second.target.size()) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    for (std::size_t cell = 0; cell < seed.size(); ++cell) {
      if (seed[cell] > 0 && first.part_of[cell] != no_part && second.part_of[cell] != no_part)
        parent_[root(first.part_of[cell])] = root(parts_of_first_ + second.part_of[cell]);
    }
    find_groups_of_one(seed, first, second);
  }
  [[nodiscard]] std::size_t groups() const { return parent_.size(); }
  /// Whether one of the margins speaks of cells of the group that the other leaves out.
  [[nodiscard]] bool is_of_one(std::size_t group) const { return of_one_[group]; }
  std::size_t of_first(std::size_t part) { return root(part); }
  std::size_t of_second(std::size_t part) { return root(parts_of_first_ + part); }

 private:
  std::size_t root(std::size_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }
  void find_groups_of_one(std::vector<double> const& seed, Margin const& first, Margin const& second) {
    of_one_.resize(parent_.size());
    for (std::size_t cell = 0; cell < seed.size(); ++cell) {
      bool const in_first = first.part_of[cell] != no_part;
      bool const in_second = second.part_of[cell] != no_part;
      if (seed[cell] <= 0 || in_first == in_second) continue;
      of_one_[in_first ? of_first(first.part_of[cell]) : of_second(second.part_of[cell])] = true;
    }
  }
  std::size_t parts_of_first_;
  std::vector<std::size_t> parent_;
  std::vector<bool> of_one_;  ///< by group
};

/// What two margins say of the cells that they share.
struct Comparison {
  Comparison(std::vector<double> const& seed, Margin const& first, Margin const& second) {
    SharedCells shared{seed, first, second};
    sums.resize(shared.groups());
    for (std::size_t part = 0; part < first.target.size(); ++part) {
      Sums& sum = sums[shared.of_first(part)];
      sum.in_first = true;
      sum.first += first.target[part];
      sum.first_part = static_cast<std::uint32_t>(part);
    }
    group_of_second.resize(second.target.size());
    for (std::size_t part = 0; part < second.target.size(); ++part) {
      group_of_second[part] = shared.of_second(part);
      Sums& sum = sums[group_of_second[part]];
      sum.in_second = true;
      sum.second += second.target[part];
      sum.second_part = static_cast<std::uint32_t>(part);
    }
    for (std::size_t group = 0; group < sums.size(); ++group) sums[group].comparable = !shared.is_of_one(group);
  }
  struct Sums {
    double first{0}, second{0};
    std::uint32_t first_part{0}, second_part{0};
    bool in_first{false}, in_second{false}, comparable{true};
    [[nodiscard]] bool differ() const {
      return comparable && in_first && in_second && std::abs(first - second) > equal_sums * std::max(1.0, first);
    }
  };
  std::vector<Sums> sums;
  std::vector<std::size_t> group_of_second;
};

/// Whether anything was scaled.
bool scale_to_first(Comparison const& compared, Margin& second) {
  bool scaled = false;
  for (std::size_t part = 0; part < second.target.size(); ++part) {
    Comparison::Sums const& sum = compared.sums[compared.group_of_second[part]];
    if (!sum.differ() || sum.first <= 0 || sum.second <= 0) continue;
    second.target[part] *= sum.first / sum.second;
    scaled = true;
  }
  return scaled;
}

void check(std::vector<double> const& seed, std::vector<Margin> const& margins) {
  UTVEI_EXPECT(std::ranges::all_of(seed, [](double weight) { return weight >= 0 && std::isfinite(weight); }));
  for (Margin const& margin : margins) {
    UTVEI_EXPECT(margin.part_of.size() == seed.size());
    UTVEI_EXPECT(std::ranges::all_of(
        margin.part_of, [&](std::uint32_t part) { return part == no_part || part < margin.target.size(); }));
    UTVEI_EXPECT(
        std::ranges::all_of(margin.target, [](double people) { return people >= 0 && std::isfinite(people); }));
  }
}

}  // namespace

std::vector<MarginConflict> settle_margins(std::vector<double> const& seed, std::vector<Margin>& margins) {
  check(seed, margins);
  std::vector<MarginConflict> conflicts;
  for (std::size_t second = 1; second < margins.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      for (Comparison::Sums const& sum : Comparison{seed, margins[first], margins[second]}.sums) {
        if (sum.differ()) conflicts.push_back({first, second, sum.first_part, sum.second_part, sum.first, sum.second});
      }
    }
    bool scaled = true;
    for (std::size_t round = 0; scaled && round < most_rounds; ++round) {
      scaled = false;
      for (std::size_t first = 0; first < second; ++first)
        scaled = scale_to_first(Comparison{seed, margins[first], margins[second]}, margins[second]) || scaled;
    }
  }
  return conflicts;
}

std::vector<std::uint32_t> parts_without_cells(std::vector<double> const& seed, Margin const& margin) {
  auto const sums = sums_of(seed, margin);
  std::vector<std::uint32_t> parts;
  for (std::size_t part = 0; part < sums.size(); ++part) {
    if (sums[part] <= 0 && margin.target[part] > 0) parts.push_back(static_cast<std::uint32_t>(part));
  }
  return parts;
}

MarginMisfit misfit_of(std::vector<double> const& weights, Margin const& margin) {
  auto const sums = sums_of(weights, margin);
  MarginMisfit misfit;
  double furthest = -1;
  double apart = 0;
  for (std::size_t part = 0; part < sums.size(); ++part) {
    double const difference = std::abs(sums[part] - margin.target[part]);
    apart += difference;
    if (difference <= furthest) continue;
    furthest = difference;
    misfit.part = static_cast<std::uint32_t>(part);
    misfit.target = margin.target[part];
    misfit.sum = sums[part];
  }
  double const all = std::accumulate(margin.target.begin(), margin.target.end(), 0.0);
  misfit.share = all > 0 ? apart / 2 / all : 0;
  return misfit;
}

RakingFit rake(std::vector<double> const& seed, std::vector<Margin> const& margins, RakingOptions const& options) {
  check(seed, margins);
  RakingFit fit{seed, 0, margins.empty(), {}};
  while (!fit.converged && fit.iterations < options.most_iterations) {
    ++fit.iterations;
    for (Margin const& margin : margins) {
      auto factors = sums_of(fit.weights, margin);
      for (std::size_t part = 0; part < factors.size(); ++part)
        factors[part] = factors[part] > 0 ? margin.target[part] / factors[part] : 0;
      for (std::size_t cell = 0; cell < seed.size(); ++cell)
        if (margin.part_of[cell] != no_part) fit.weights[cell] *= factors[margin.part_of[cell]];
    }
    fit.converged = std::ranges::all_of(margins, [&](Margin const& margin) {
      auto const sums = sums_of(fit.weights, margin);
      return std::ranges::equal(sums, margin.target, [&](double sum, double target) {
        return std::abs(sum - target) <= options.tolerance * std::max(1.0, target);
      });
    });
  }
  std::ranges::transform(margins, std::back_inserter(fit.misfits),
                         [&](Margin const& margin) { return misfit_of(fit.weights, margin); });
  return fit;
}

}  // namespace utvei
