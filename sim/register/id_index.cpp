// SPDX-License-Identifier: Apache-2.0
#include "id_index.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace utvei {
namespace {

constexpr std::size_t least_slots = 64;

std::uint32_t hash_of(std::string_view id) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>{}(id));
}

}  // namespace

std::optional<PersonRow> IdIndex::find(std::string_view id, Ids const& ids) const {
  if (slots_.empty()) {
    return std::nullopt;
  }
  std::uint32_t const hash = hash_of(id);
  std::size_t const mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at].row_and_one != 0; at = (at + 1) & mask) {
    PersonRow const person{slots_[at].row_and_one - 1};
    if (slots_[at].hash == hash && ids[person] == id) {
      return person;
    }
  }
  return std::nullopt;
}

void IdIndex::add_last(Ids const& ids) {
  if (2 * ids.size() > slots_.size()) {
    grow();
  }
  place({hash_of(ids[PersonRow{ids.size() - 1}]), static_cast<std::uint32_t>(ids.size())});
}

void IdIndex::place(Slot slot) {
  std::size_t const mask = slots_.size() - 1;
  std::size_t at = slot.hash & mask;
  while (slots_[at].row_and_one != 0) {
    at = (at + 1) & mask;
  }
  slots_[at] = slot;
}

void IdIndex::grow() {
  auto const before = std::exchange(slots_, std::vector<Slot>(std::max(least_slots, 2 * slots_.size())));
  for (Slot const& slot : before) {
    if (slot.row_and_one != 0) {
      place(slot);
    }
  }
}

}  // namespace utvei
