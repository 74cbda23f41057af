// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "life.hpp"

#include <utvei/core/time.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstdint>
#include <vector>

namespace utvei {

/// When services of a plan first know of a life that is followed without them: until then it is the same with them.
/// Luck is common, so whoever is sought and ceases to qualify before they would be found is passed by, and so is a
/// contact in which no need arises. Where more than the life so far decides, it is said too often that they know.
class FirstFound {
 public:
  /// `contacts_count`: whether somebody is known by a contact alone, as people are who are followed up from there.
  FirstFound(RunPlan const& plan, bool contacts_count);
  [[nodiscard]] bool is_possible_in(StateId state) const;
  /// A life begins.
  void begin() { is_new_ = true; }
  /// Whether they come to know of it in a stay that lasts until then. Asked of all stays in states where that is
  /// possible, one after the other.
  [[nodiscard]] bool find_in(Life const& life, Instant until);

 private:
  struct Search {
    bool is_on{false};
    Instant due;
    std::uint32_t searches{0};
  };
  [[nodiscard]] bool note_contact(Life const& life, bool goes_on);
  [[nodiscard]] bool is_found(MeasurePlan const& measure, Search& search, Life const& life, Instant until) const;

  RunPlan const* plan_;
  bool contacts_count_;
  std::vector<MeasurePlan const*> measures_;  ///< through which people come to services
  // Of the life.
  bool is_new_{true};
  Instant seen_until_;
  std::vector<Search> searches_;  ///< by place among those measures
  bool in_contact_{false};
  std::uint32_t contacts_{0};
};

}  // namespace utvei
