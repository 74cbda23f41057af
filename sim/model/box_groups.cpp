// SPDX-License-Identifier: Apache-2.0
#include "box_groups.hpp"

namespace utvei {
namespace {

std::size_t distinct_starts(std::span<Box const> boxes, std::vector<std::size_t> const& rows, Span Box::*axis) {
  std::set<std::int64_t> starts;
  for (std::size_t const row : rows) starts.insert((boxes[row].*axis).from);
  return starts.size();
}

std::vector<bool> mask_of(std::vector<std::uint32_t> const& levels) {
  std::vector<bool> mask(levels.size());
  for (std::size_t i = 0; i < levels.size(); ++i) mask[i] = levels[i] != 0;
  return mask;
}

std::vector<std::uint32_t> restricted(std::vector<std::uint32_t> levels, std::vector<bool> const& mask) {
  for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = mask[i] ? levels[i] : 0;
  return levels;
}

}  // namespace

BoxGroups::BoxGroups(std::span<Box const> boxes, Model const& model)
    : boxes_{boxes}, regions_{model.regions}, traits_{model.traits.size()} {
  for (std::size_t row = 0; row < boxes.size(); ++row) {
    Levels const levels = levels_of(boxes[row]);
    Region const region = region_of(boxes[row]);
    auto const [at, is_new] = by_signature_.emplace(std::pair{region, levels}, groups_.size());
    if (is_new) {
      masks_[region].insert(mask_of(levels));
      groups_.emplace_back();
      groups_.back().signature.region = boxes[row].region;
      groups_.back().signature.traits = boxes[row].traits;
    }
    groups_[at->second].rows.push_back(row);
  }
  sort_rows();
}

BoxGroups::Levels BoxGroups::levels_of(Box const& box) const {
  Levels levels(traits_);
  for (std::size_t trait = 0; trait < traits_; ++trait) {
    auto const level = level_of(box, trait);
    levels[trait] = level ? *level + 1 : 0;
  }
  return levels;
}

void BoxGroups::sort_rows() {
  for (BoxGroup& group : groups_) {
    std::size_t most = 0;
    for (Span Box::*axis : {&Box::age, &Box::time_in_state, &Box::calendar}) {
      std::size_t const starts = distinct_starts(boxes_, group.rows, axis);
      if (starts > most) group.axis = axis;
      most = std::max(most, starts);
    }
    std::ranges::stable_sort(group.rows, {}, [&](std::size_t row) { return (boxes_[row].*group.axis).from; });
    std::int64_t reach = everything.from;
    for (std::size_t const row : group.rows) {
      reach = std::max(reach, (boxes_[row].*group.axis).to);
      group.reach.push_back(reach);
    }
  }
}

std::optional<std::size_t> BoxGroups::find(Box const& signature) const {
  auto const found = by_signature_.find({region_of(signature), levels_of(signature)});
  if (found == by_signature_.end()) return std::nullopt;
  return found->second;
}

std::vector<std::size_t> BoxGroups::partners(std::size_t group) const {
  std::vector<std::size_t> found;
  for (auto region = groups_[group].signature.region; region; region = regions_[*region].parent) {
    find_in_region(group, region->value() + 1, found);
  }
  find_in_region(group, 0, found);
  return found;
}

void BoxGroups::find_in_region(std::size_t group, Region region, std::vector<std::size_t>& found) const {
  auto const masks = masks_.find(region);
  if (masks == masks_.end()) return;
  Levels const own = levels_of(groups_[group].signature);
  for (Mask const& mask : masks->second) {
    Mask both = mask_of(own);
    for (std::size_t i = 0; i < both.size(); ++i) both[i] = both[i] && mask[i];
    auto const [at, is_new] = shared_.try_emplace({region, mask, both});
    if (is_new) {
      for (auto const& [signature, id] : by_signature_) {
        if (signature.first != region || mask_of(signature.second) != mask) continue;
        at->second[restricted(signature.second, both)].push_back(id);
      }
    }
    auto const alike = at->second.find(restricted(own, both));
    if (alike != at->second.end()) found.insert(found.end(), alike->second.begin(), alike->second.end());
  }
}

}  // namespace utvei
