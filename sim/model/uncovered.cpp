// SPDX-License-Identifier: Apache-2.0
// Whether boxes cover a box: split the whole along an edge of some part that reaches into it, and look at the pieces;
// a piece that lies inside a part is covered, one that no part reaches is not.
#include <utvei/model/boxes.hpp>

#include <algorithm>

namespace utvei {
namespace {

class Cover {
 public:
  Cover(std::span<std::size_t const> levels, Regions const& regions) : levels_{levels}, regions_{regions} {}

  std::optional<Box> uncovered(Box const& whole, std::vector<Box const*> const& parts) const {
    std::vector<Box const*> reaching;
    for (Box const* part : parts) {
      if (!overlap(*part, whole, regions_)) continue;
      if (contains(*part, whole)) return std::nullopt;
      reaching.push_back(part);
    }
    if (reaching.empty()) return whole;
    for (Box const& piece : split(whole, *reaching.front())) {
      if (auto hole = uncovered(piece, reaching)) return hole;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool contains(Box const& part, Box const& whole) const { return lies_inside(whole, part, regions_); }

  /// Pieces of `whole` along the first axis on which `part` does not hold all of it.
  [[nodiscard]] std::vector<Box> split(Box const& whole, Box const& part) const {
    for (Span Box::*axis : {&Box::age, &Box::time_in_state, &Box::calendar}) {
      if (!lies_inside(whole.*axis, part.*axis)) return split_span(whole, axis, part.*axis);
    }
    for (std::size_t trait = 0; trait < part.traits.size(); ++trait) {
      if (part.traits[trait] && !level_of(whole, trait)) return split_trait(whole, trait);
    }
    std::vector<Box> pieces;
    for (RegionId const child : regions_.children(whole.region)) {
      pieces.push_back(whole);
      pieces.back().region = child;
    }
    return pieces;
  }

  static std::vector<Box> split_span(Box const& whole, Span Box::*axis, Span edge) {
    Span const all = whole.*axis;
    std::int64_t const at = edge.from > all.from ? edge.from : edge.to;
    std::vector<Box> pieces(2, whole);
    (pieces[0].*axis).to = at;
    (pieces[1].*axis).from = at;
    return pieces;
  }

  [[nodiscard]] std::vector<Box> split_trait(Box const& whole, std::size_t trait) const {
    std::vector<Box> pieces(levels_[trait], whole);
    for (std::size_t level = 0; level < pieces.size(); ++level) {
      pieces[level].traits.resize(std::max(whole.traits.size(), trait + 1));
      pieces[level].traits[trait] = static_cast<std::uint32_t>(level);
    }
    return pieces;
  }

  std::span<std::size_t const> levels_;
  Regions const& regions_;
};

}  // namespace

std::optional<Box> uncovered(Box const& whole, std::span<Box const> parts, std::span<std::size_t const> levels,
                             Regions const& regions) {
  std::vector<Box const*> pointers;
  pointers.reserve(parts.size());
  for (Box const& part : parts) pointers.push_back(&part);
  return Cover{levels, regions}.uncovered(whole, pointers);
}

}  // namespace utvei
