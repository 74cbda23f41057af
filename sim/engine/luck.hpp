// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/random.hpp>
#include <utvei/scenario/plan.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace utvei {

/// The common reaction path of one life (modified next-reaction method: Anderson 2007; as a coupling, Rathinam,
/// Sheppard & Khammash 2010). For each exit j one number is carried: the integrated intensity left until the unit
/// Poisson process of j jumps next. Given the past it is Exp(1). It is spent while j is at risk and drawn anew only
/// when j fires, so that what one scenario did not use is still there in the other.
///
/// Numbers are drawn ahead, in vector lanes, for the exits that recent lives used most. Each is a pure function of its
/// key, so drawing ahead changes nothing but the time it takes.
class Luck {
 public:
  explicit Luck(RunPlan const& plan);

  void begin(RandomKey const& key, PersonKey person);
  /// Makes sure that each exit of the state has its number; gives the numbers of the state's exits.
  Hazard* at_risk(StateId id, StatePlan const& state) {
    if (met_[id.value()] == 0) {
      take_first(state);
      met_[id.value()] = 1;
    }
    return left_.data() + state.first_slot;
  }
  /// The exit fired: its number is drawn anew.
  void renew(std::uint32_t slot) {
    if (used_[slot] == ready_[slot]) {
      draw_more(slot);
    }
    left_[slot] = drawn_[slot][used_[slot]++ % ahead];
  }

 private:
  static constexpr std::uint32_t ahead = 8;  ///< numbers that one exit holds at most
  static constexpr std::size_t width = ExponentialLanes::width;
  struct Wish {
    std::uint32_t slot{0};
    std::uint32_t pair{0};
  };
  /// Wishes that are answered together. Lanes cost the same full or empty.
  struct Hand {
    std::array<Wish, width> wishes{};
    std::size_t count{0};
    ExponentialLanes lanes;
  };
  void wish(Hand& hand, Wish what) const;
  void draw(Hand& hand);
  void take_first(StatePlan const& state);
  void draw_more(std::uint32_t slot);
  void learn();
  void choose_opening();

  RunPlan const* plan_;
  RandomKey key_{0, 0, 0};
  PersonKey person_;
  std::vector<Hazard> left_;
  std::vector<std::uint32_t> used_;   ///< numbers taken so far
  std::vector<std::uint32_t> ready_;  ///< numbers drawn so far; used_ ≤ ready_ ≤ used_ + ahead
  std::vector<std::array<Hazard, ahead>> drawn_;
  std::vector<std::uint8_t> met_;  ///< by state: whether all its exits have their number
  std::vector<Hand> opening_;      ///< what is drawn at the start of a life
  Hand hand_;
  std::vector<std::uint32_t> habit_;  ///< by slot: pairs that recent lives used
  std::uint32_t lives_{0};
};

}  // namespace utvei
