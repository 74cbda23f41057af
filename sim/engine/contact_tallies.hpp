// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service_tallies.hpp"

#include <utvei/core/zero_memory.hpp>
#include <utvei/results/result.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// What is told of contacts with services in which somebody had a need, by group, region and the year in which the
/// contact began.
enum class ContactQuantity : std::uint8_t {
  contacts,
  contacts_all_met,  ///< at the end of the contact, or of the run, no need is left
  time_to_all_met,   ///< minutes from the beginning to the last need met, of those
  to_be_found,       ///< minutes in which a need is unmet, and no service knows of one
  handed_over,       ///< minutes in which one is known, and nobody waits for a place or helps
  waiting,           ///< minutes in which nobody helps yet, and a place is waited for
  being_helped,      ///< minutes in which somebody helps with at least one
};
inline constexpr std::size_t contact_quantities = 7;

/// The numbers of one worker. All are integers.
class ContactTallies {
 public:
  explicit ContactTallies(ServiceDesign const& design);
  /// A life that is over.
  void see(Life const& life);
  void add(ContactTallies const& other);
  /// Calls `use` with each array of numbers, always in the same order: for who keeps them.
  template <class Use>
  void for_each_array(Use const& use) {
    use(numbers_.part(0, numbers_.size()));
  }
  [[nodiscard]] std::int64_t const* numbers() const { return numbers_.data(); }

 private:
  void count_contact(Life const& life, std::size_t contact, std::size_t end);
  ServiceDesign const* design_;
  ZeroArray<std::int64_t> numbers_;  ///< [group][region][year][quantity]
};

/// The numbers of draws and replicates as tables of a result.
class ContactTables {
 public:
  ContactTables(ServiceDesign const& design, std::vector<bool> shown) : design_{design}, shown_{std::move(shown)} {}
  void append(ContactTallies const& tallies);
  void move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates);

 private:
  ServiceDesign const& design_;
  std::vector<bool> shown_;
  std::vector<std::int64_t> values_;  ///< [draw][replicate][group][shown region][year][quantity]
};

}  // namespace utvei
