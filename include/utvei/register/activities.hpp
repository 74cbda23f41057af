// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/core/id.hpp>
#include <utvei/model/model.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

using ActivityId = Id<struct ActivityTag>;

/// Some of the activities of a study, all of which a person may have at the same time.
class ActivitySet {
 public:
  static constexpr std::size_t most = 64;
  constexpr ActivitySet() = default;
  explicit constexpr ActivitySet(std::uint64_t bits) : bits_{bits} {}
  void insert(ActivityId activity) { bits_ |= bit(activity); }
  void erase(ActivityId activity) { bits_ &= ~bit(activity); }
  [[nodiscard]] bool has(ActivityId activity) const { return (bits_ & bit(activity)) != 0; }
  [[nodiscard]] bool has_all(ActivitySet others) const { return (bits_ & others.bits_) == others.bits_; }
  [[nodiscard]] bool has_none(ActivitySet others) const { return (bits_ & others.bits_) == 0; }
  [[nodiscard]] bool empty() const { return bits_ == 0; }
  [[nodiscard]] std::uint64_t bits() const { return bits_; }  ///< bit i: the activity with the id i
  friend auto operator<=>(ActivitySet const&, ActivitySet const&) = default;

 private:
  static constexpr std::uint64_t bit(ActivityId activity) { return std::uint64_t{1} << activity.value(); }
  std::uint64_t bits_{0};
};

/// One line of `states_when:` the state of those who have all of some activities and none of others.
struct StateRule {
  StateId state;
  ActivitySet all;
  ActivitySet none;
  [[nodiscard]] bool holds(ActivitySet active) const { return active.has_all(all) && active.has_none(none); }
};

/// One entry of `flags:` an activity that is kept beside the state, as a trait that changes in time.
struct ActivityFlag {
  ActivityId activity;
  TraitId trait;
  std::uint16_t no{0}, yes{1};  ///< levels of the trait
};

/// An activity, and where the study names it first.
struct Activity {
  std::string name;
  Place place;
};

/// What sources say of people at the same time, and the states that follow from it.
struct Activities {
  Column<ActivityId, Activity> known;  ///< empty: the sources name states
  std::vector<StateRule> states_when;  ///< the first that holds gives the state
  std::vector<ActivityFlag> flags;
  [[nodiscard]] bool empty() const { return known.empty(); }
  [[nodiscard]] std::optional<ActivityId> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;
  /// nullopt: no line holds.
  [[nodiscard]] std::optional<StateId> state_of(ActivitySet active) const;
};

/// Whether a trait has the levels `no` and `yes` alone, as that of a flag has.
bool is_flag(Trait const& trait);

/// `aap+job`, in the order of the ids; "" of none.
std::string joined_names(ActivitySet active, std::vector<std::string> const& names);

}  // namespace utvei
