// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/boxes.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <vector>

namespace utvei {

/// Boxes of one region and the same trait levels, sorted along the clock that tells most of them apart, so that those
/// that overlap a span are found without looking at all.
struct BoxGroup {
  Box signature;                  ///< region and traits; all of the clocks
  std::vector<std::size_t> rows;  ///< into the list of boxes, ascending along `axis`
  Span Box::*axis{&Box::age};
  std::vector<std::int64_t> reach;  ///< the largest end of the rows up to each

  template <class Visit>
  void for_each_overlap(std::span<Box const> boxes, Span span, Visit visit) const {
    auto const end =
        std::ranges::lower_bound(rows, span.to, {}, [&](std::size_t row) { return (boxes[row].*axis).from; });
    for (auto i = static_cast<std::size_t>(end - rows.begin()); i-- > 0 && reach[i] > span.from;) {
      if ((boxes[rows[i]].*axis).to > span.from) visit(rows[i]);
    }
  }
};

/// A list of boxes by region and traits.
class BoxGroups {
 public:
  BoxGroups(std::span<Box const> boxes, Model const& model);

  [[nodiscard]] std::vector<BoxGroup> const& groups() const { return groups_; }
  [[nodiscard]] std::span<Box const> boxes() const { return boxes_; }
  [[nodiscard]] Regions const& regions() const { return regions_; }

  /// Groups that overlap this one and whose region is its region or above it: itself among them. Of two groups of one
  /// region each finds the other.
  [[nodiscard]] std::vector<std::size_t> partners(std::size_t group) const;
  [[nodiscard]] std::optional<std::size_t> find(Box const& signature) const;

 private:
  using Levels = std::vector<std::uint32_t>;  ///< level + 1 by trait; 0: any
  using Region = std::uint32_t;               ///< id + 1; 0: everywhere
  using Mask = std::vector<bool>;             ///< which traits are fixed

  [[nodiscard]] Levels levels_of(Box const& box) const;
  static Region region_of(Box const& box) { return box.region ? box.region->value() + 1 : 0; }
  void sort_rows();
  void find_in_region(std::size_t group, Region region, std::vector<std::size_t>& found) const;

  std::span<Box const> boxes_;
  Regions const& regions_;
  std::size_t traits_;
  std::vector<BoxGroup> groups_;
  std::map<std::pair<Region, Levels>, std::size_t> by_signature_;
  std::map<Region, std::set<Mask>> masks_;
  /// Groups of a region and mask by their levels on those traits alone that another mask shares; filled when asked for.
  mutable std::map<std::tuple<Region, Mask, Mask>, std::map<Levels, std::vector<std::size_t>>> shared_;
};

}  // namespace utvei
