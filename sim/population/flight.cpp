// SPDX-License-Identifier: Apache-2.0
// The flight takes shares one at a time (Chauvet & Tillé 2006, A fast algorithm of balanced sampling). Those that are
// still open are a basis: their columns of the matrix of sums are linearly independent. A further share is either
// independent of them, and joins, or there is one direction in which it and they can move without a change of any sum;
// they move along it until one of them is 0 or 1. The inverse of the basis is kept, as in the simplex method.
#include "flight.hpp"

#include "cycles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <utility>

namespace utvei {
namespace {

/// Numbers in the inverse are quotients of whole numbers, seldom below a hundredth: what is below it is no way to go.
constexpr double least_number = 1e-6;
/// Below it, a number is rounding. To pass over more than that would let the sums drift.
constexpr double noise = 1e-10;
/// So many shares are flown together before they meet those of others.
constexpr std::size_t shares_a_flight = 256;

using Numbers = std::vector<std::size_t>;

/// Open shares with independent columns, and the inverse of these.
class OpenShares {
 public:
  OpenShares(std::vector<FlyingShare>& shares, Numbers const& taken, RandomKey const& key,
             std::vector<std::uint32_t>& steps)
      : shares_{shares}, key_{key}, steps_{steps} {
    for (std::size_t const share : taken)
      for (std::uint32_t const sum : shares[share].sums) column_of_.try_emplace(sum, column_of_.size());
    size_ = column_of_.size();
    inverse_.resize(size_ * size_);
    for (std::size_t i = 0; i < size_; ++i) inverse_[i * size_ + i] = 1;
    holder_.assign(size_, nobody);
    by_row_.resize(size_);
    for (std::size_t const share : taken) take(share);
  }

  [[nodiscard]] Numbers open() const {
    Numbers open;
    std::ranges::copy_if(holder_, std::back_inserter(open), [](std::size_t holder) { return holder < no_row; });
    std::ranges::sort(open);
    return open;
  }
  [[nodiscard]] bool is_any_open() const {
    return std::ranges::any_of(holder_, [](std::size_t holder) { return holder < no_row; });
  }

  /// Lets a sum go, so that shares can move once more.
  void let_go(std::uint32_t sum) {
    auto const found = column_of_.find(sum);
    if (found == column_of_.end()) return;
    for (std::size_t row = 0; row < size_; ++row)
      by_row_[row] = holder_[row] == no_row ? 0 : inverse_[row * size_ + found->second];
    std::optional<std::size_t> row = largest([&](std::size_t r) { return holder_[r] == nobody; });
    if (!row) {
      // The nearer end, for the least misfit.
      Reach const reach = reach_of_rows(-1);
      if (!std::isfinite(std::min(reach.up, reach.down))) return;
      move_rows(-1, reach.up < reach.down ? reach.up : -reach.down);
      row = largest([&](std::size_t r) { return is_whole_at(r); });
      free_whole_rows();
    }
    if (!row) return;
    sweep(*row);
    holder_[*row] = no_row;
  }

 private:
  static constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t no_row = nobody - 1;  ///< the row went with a sum that was let go
  struct Reach {
    double up, down;
  };

  void take(std::size_t share) {
    if (is_whole(shares_[share].share)) return;
    std::ranges::fill(by_row_, 0);
    for (std::uint32_t const sum : shares_[share].sums) {
      std::size_t const column = column_of_.at(sum);
      for (std::size_t row = 0; row < size_; ++row) by_row_[row] += inverse_[row * size_ + column];
    }
    auto const row = largest([&](std::size_t r) { return holder_[r] == nobody; });
    if (row) {
      enter(share, *row);
    } else {
      fly(share);
    }
  }

  /// A step in the direction in which the share rises by 1 and those of the basis fall by `by_row_`.
  void fly(std::size_t share) {
    double& own = shares_[share].share;
    Reach reach = reach_of_rows(1);
    reach = {std::min(reach.up, 1 - own), std::min(reach.down, own)};
    double const luck = uniform(key_, PersonKey{shares_[share].name}, stream_, steps_[share]++);
    double const by = luck * (reach.up + reach.down) < reach.down ? reach.up : -reach.down;
    own += by;
    if (is_whole(own)) own = std::round(own);
    move_rows(1, by);
    auto const row = is_whole(own) ? std::nullopt : largest([&](std::size_t r) { return is_whole_at(r); });
    free_whole_rows();
    if (row) enter(share, *row);
  }

  /// How far one can go until a share of the basis is whole; they move by -sign * by_row_.
  [[nodiscard]] Reach reach_of_rows(double sign) const {
    Reach reach{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    for (std::size_t row = 0; row < size_; ++row) {
      double const slope = sign * by_row_[row];
      if (holder_[row] >= no_row || std::abs(slope) < least_number) continue;
      double const share = shares_[holder_[row]].share;
      reach.up = std::min(reach.up, (slope > 0 ? share : 1 - share) / std::abs(slope));
      reach.down = std::min(reach.down, (slope > 0 ? 1 - share : share) / std::abs(slope));
    }
    return reach;
  }

  void move_rows(double sign, double by) {
    for (std::size_t row = 0; row < size_; ++row) {
      if (holder_[row] >= no_row) continue;
      double& share = shares_[holder_[row]].share;
      share -= sign * by_row_[row] * by;
      if (is_whole(share)) share = std::round(share);
    }
  }

  [[nodiscard]] bool is_whole_at(std::size_t row) const {
    return holder_[row] < no_row && is_whole(shares_[holder_[row]].share);
  }

  void free_whole_rows() {
    for (std::size_t row = 0; row < size_; ++row)
      if (is_whole_at(row)) holder_[row] = nobody;
  }

  /// The row of the largest number of `by_row_`, of those that may be chosen.
  template <class May>
  [[nodiscard]] std::optional<std::size_t> largest(May const& may) const {
    std::optional<std::size_t> found;
    double best = least_number;
    for (std::size_t row = 0; row < size_; ++row) {
      if (std::abs(by_row_[row]) <= best || !may(row)) continue;
      best = std::abs(by_row_[row]);
      found = row;
    }
    return found;
  }

  void enter(std::size_t share, std::size_t row) {
    sweep(row);
    double const pivot = by_row_[row];
    for (std::size_t column = 0; column < size_; ++column) inverse_[row * size_ + column] /= pivot;
    holder_[row] = share;
  }

  /// Takes multiples of a row from the others, so that a column `by_row_` becomes 0 in them.
  void sweep(std::size_t row) {
    filled_.clear();
    double const* const from = &inverse_[row * size_];
    for (std::size_t column = 0; column < size_; ++column)
      if (std::abs(from[column]) > noise) filled_.push_back(column);
    for (std::size_t other = 0; other < size_; ++other) {
      if (other == row || std::abs(by_row_[other]) < noise) continue;
      double const factor = by_row_[other] / by_row_[row];
      for (std::size_t const column : filled_) inverse_[other * size_ + column] -= factor * from[column];
    }
  }

  std::vector<FlyingShare>& shares_;
  RandomKey const& key_;
  StreamId stream_{stream_of("populate:flight")};
  std::vector<std::uint32_t>& steps_;
  std::unordered_map<std::uint32_t, std::size_t> column_of_;  ///< by sum
  std::size_t size_{0};
  std::vector<double> inverse_;      ///< rows × sums
  std::vector<std::size_t> holder_;  ///< by row: the share whose row it is, nobody or no_row
  std::vector<double> by_row_;       ///< a column times the inverse
  std::vector<std::size_t> filled_;
};

/// Shares that have sums in common, with each other or through others.
std::vector<Numbers> connected(std::vector<FlyingShare> const& shares, Numbers const& taken) {
  std::unordered_map<std::uint32_t, std::size_t> first_of;  // by sum: place in `taken`
  Numbers parent(taken.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  auto const root = [&](std::size_t place) {
    while (parent[place] != place) place = parent[place] = parent[parent[place]];
    return place;
  };
  for (std::size_t place = 0; place < taken.size(); ++place)
    for (std::uint32_t const sum : shares[taken[place]].sums)
      if (auto const [found, is_new] = first_of.try_emplace(sum, place); !is_new)
        parent[std::max(root(found->second), root(place))] = std::min(root(found->second), root(place));
  std::map<std::size_t, Numbers> groups;
  for (std::size_t place = 0; place < taken.size(); ++place) groups[root(place)].push_back(taken[place]);
  std::vector<Numbers> all;
  for (auto& [_, group] : groups) all.push_back(std::move(group));
  return all;
}

/// Flies both halves, then what is left of them and has sums in common.
Numbers fly(std::vector<FlyingShare>& shares, Numbers const& taken, RandomKey const& key,
            std::vector<std::uint32_t>& steps) {
  if (taken.size() <= shares_a_flight) return OpenShares{shares, taken, key, steps}.open();
  auto const middle = taken.begin() + static_cast<std::ptrdiff_t>(taken.size() / 2);
  Numbers left = fly(shares, {taken.begin(), middle}, key, steps);
  Numbers const right = fly(shares, {middle, taken.end()}, key, steps);
  left.insert(left.end(), right.begin(), right.end());
  Numbers open;
  for (Numbers const& group : connected(shares, left)) {
    bool const is_of_both = group.front() < *middle && group.back() >= *middle;
    Numbers const still = is_of_both ? OpenShares{shares, group, key, steps}.open() : group;
    open.insert(open.end(), still.begin(), still.end());
  }
  std::ranges::sort(open);
  return open;
}

}  // namespace

void fly_and_land(std::vector<FlyingShare>& shares, std::vector<std::uint32_t> const& landing, RandomKey const& key) {
  std::vector<std::uint32_t> steps(shares.size());
  Numbers all;
  for (std::size_t share = 0; share < shares.size(); ++share)
    if (!is_whole(shares[share].share)) all.push_back(share);
  for (Numbers const& group : connected(shares, fly(shares, all, key, steps))) {
    OpenShares left{shares, group, key, steps};
    for (auto sum = landing.begin(); sum != landing.end() && left.is_any_open(); ++sum) left.let_go(*sum);
  }
  for (FlyingShare& share : shares) share.share = std::round(share.share);
}

}  // namespace utvei
