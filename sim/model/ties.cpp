// SPDX-License-Identifier: Apache-2.0
#include "box_groups.hpp"

namespace utvei {
namespace {

bool clocks_overlap(Box const& a, Box const& b) {
  return overlap(a.age, b.age) && overlap(a.time_in_state, b.time_in_state) && overlap(a.calendar, b.calendar);
}

bool clocks_inside(Box const& inner, Box const& outer) {
  return lies_inside(inner.age, outer.age) && lies_inside(inner.time_in_state, outer.time_in_state) &&
         lies_inside(inner.calendar, outer.calendar);
}

class TieFinder {
 public:
  TieFinder(std::span<Box const> boxes, Model const& model, std::size_t most)
      : groups_{boxes, model}, boxes_{boxes}, levels_{level_counts(model)}, most_{most} {}

  std::vector<Tie> find() {
    for (std::size_t group = 0; group < groups_.groups().size(); ++group) {
      for (std::size_t const partner : groups_.partners(group)) {
        bool const same_region = groups_.groups()[group].signature.region == groups_.groups()[partner].signature.region;
        if (!same_region || partner <= group) compare(group, partner);
        if (ties_.size() >= most_) break;
      }
    }
    std::ranges::sort(ties_, {}, [](Tie const& tie) { return std::pair{tie.second, tie.first}; });
    return std::move(ties_);
  }

 private:
  void compare(std::size_t a, std::size_t b) {
    if (groups_.groups()[a].rows.size() > groups_.groups()[b].rows.size()) std::swap(a, b);
    BoxGroup const& few = groups_.groups()[a];
    BoxGroup const& many = groups_.groups()[b];
    bool const few_inside = lies_inside(few.signature, many.signature, groups_.regions());
    bool const many_inside = lies_inside(many.signature, few.signature, groups_.regions());
    for (std::size_t const row : few.rows) {
      if (ties_.size() >= most_) return;
      many.for_each_overlap(boxes_, boxes_[row].*(many.axis), [&](std::size_t other) {
        if ((a == b && other >= row) || !clocks_overlap(boxes_[row], boxes_[other])) return;
        bool const inside = few_inside && clocks_inside(boxes_[row], boxes_[other]);
        bool const outside = many_inside && clocks_inside(boxes_[other], boxes_[row]);
        if (inside == outside && ties_.size() < most_) settle(std::min(row, other), std::max(row, other), inside);
      });
    }
  }

  /// A tie, unless boxes that are more special than both hold wherever the two meet.
  void settle(std::size_t first, std::size_t second, bool equal) {
    Box const both = *intersection(boxes_[first], boxes_[second], groups_.regions());
    std::optional<Box> open{both};
    if (!equal) {
      std::vector<Box> thirds;
      auto const meeting = groups_.find(both);
      if (meeting) add_thirds(groups_.groups()[*meeting], both, thirds);
      open = uncovered(both, thirds, levels_, groups_.regions());
      if (open) {
        for (BoxGroup const& group : groups_.groups()) {
          if (lies_inside(group.signature, signature_of(both), groups_.regions())) add_thirds(group, both, thirds);
        }
        open = uncovered(both, thirds, levels_, groups_.regions());
      }
    }
    if (open) ties_.push_back({first, second, std::move(*open)});
  }

  static Box signature_of(Box const& box) {
    Box signature;
    signature.region = box.region;
    signature.traits = box.traits;
    return signature;
  }

  void add_thirds(BoxGroup const& group, Box const& both, std::vector<Box>& thirds) const {
    group.for_each_overlap(boxes_, both.*(group.axis), [&](std::size_t row) {
      if (clocks_inside(boxes_[row], both)) thirds.push_back(boxes_[row]);
    });
  }

  BoxGroups groups_;
  std::span<Box const> boxes_;
  std::vector<std::size_t> levels_;
  std::size_t most_;
  std::vector<Tie> ties_;
};

}  // namespace

std::vector<Tie> find_ties(std::span<Box const> boxes, Model const& model, std::size_t most) {
  return TieFinder{boxes, model, most}.find();
}

}  // namespace utvei
