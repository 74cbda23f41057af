// SPDX-License-Identifier: Apache-2.0
#include "luck.hpp"

#include <algorithm>
#include <utility>

namespace utvei {

namespace {
constexpr std::uint32_t lives_to_learn_from = 64;
constexpr std::uint32_t lives_between_lessons = 2048;
/// A lane of the opening is worth its eighth of a draw if it saves a later draw often enough.
constexpr std::uint32_t seldom = lives_to_learn_from / 6;
}  // namespace

Luck::Luck(RunPlan const& plan)
    : plan_{&plan},
      left_(plan.slot_streams.size()),
      used_(plan.slot_streams.size()),
      ready_(plan.slot_streams.size()),
      drawn_(plan.slot_streams.size()),
      met_(plan.states.size() + 1),  // the last is for the turns
      habit_(plan.slot_streams.size() * (ahead / 2)) {}

void Luck::begin(RandomKey const& key, PersonKey person) {
  learn();
  key_ = key;
  person_ = person;
  std::ranges::fill(used_, 0U);
  std::ranges::fill(ready_, 0U);
  std::ranges::fill(met_, std::uint8_t{0});
  for (Hand& hand : opening_) {
    draw(hand);
  }
}

void Luck::wish(Hand& hand, Wish what) const {
  hand.lanes.stream[hand.count] = plan_->slot_streams[what.slot].value;
  hand.lanes.pair[hand.count] = what.pair;
  hand.wishes[hand.count++] = what;
}

void Luck::draw(Hand& hand) {
  draw_exponentials(key_, person_, hand.lanes);
  for (std::size_t i = 0; i < hand.count; ++i) {
    auto const [slot, pair] = hand.wishes[i];
    Hazard* const to = drawn_[slot].data() + (2 * pair) % ahead;
    to[0] = hand.lanes.even[i];
    to[1] = hand.lanes.odd[i];
    ready_[slot] = 2 * pair + 2;
  }
}

void Luck::take_first(StatePlan const& state) {
  std::uint32_t const last = state.first_slot + static_cast<std::uint32_t>(state.exits.size());
  hand_.count = 0;
  for (std::uint32_t slot = state.first_slot; slot < last; ++slot) {
    if (ready_[slot] == 0) {
      wish(hand_, {slot, 0});
      if (hand_.count == width) {
        draw(hand_);
        hand_.count = 0;
      }
    }
  }
  if (hand_.count > 0) {
    draw(hand_);
  }
  for (std::uint32_t slot = state.first_slot; slot < last; ++slot) {
    left_[slot] = drawn_[slot][0];
    used_[slot] = 1;
  }
}

void Luck::draw_more(std::uint32_t slot) {
  hand_.count = 0;
  for (std::uint32_t i = 0; i < ahead / 2; ++i) {
    wish(hand_, {slot, ready_[slot] / 2 + i});
  }
  // The other lanes go to exits that have used up theirs as often as this one.
  for (std::uint32_t other = 0; other < used_.size() && hand_.count < width; ++other) {
    if (other != slot && used_[other] == ready_[other] && ready_[other] >= 4) {
      for (std::uint32_t i = 0; i < ahead / 2 && hand_.count < width; ++i) {
        wish(hand_, {other, ready_[other] / 2 + i});
      }
    }
  }
  draw(hand_);
}

void Luck::learn() {
  if (lives_ >= lives_to_learn_from) {
    lives_ = lives_ + 1 == lives_between_lessons ? 0 : lives_ + 1;
    return;
  }
  for (std::uint32_t slot = 0; slot < used_.size(); ++slot) {
    for (std::uint32_t pair = 0; pair < ahead / 2 && 2 * pair < used_[slot]; ++pair) {
      ++habit_[slot * (ahead / 2) + pair];
    }
  }
  if (++lives_ == lives_to_learn_from) {
    choose_opening();
    std::ranges::fill(habit_, 0U);
  }
}

void Luck::choose_opening() {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < habit_.size(); ++i) {
    if (habit_[i] > 0) {
      order.push_back(i);
    }
  }
  // Pairs of one exit stay in their order: who used the second used the first as well.
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::uint32_t i) { return habit_[i]; });
  auto const often =
      static_cast<std::size_t>(std::ranges::count_if(order, [&](std::uint32_t i) { return habit_[i] > seldom; }));
  std::size_t const full = std::min((often + width - 1) / width * width, order.size());
  opening_.clear();
  for (std::size_t i = 0; i < full; ++i) {
    if (i % width == 0) {
      opening_.emplace_back();
    }
    wish(opening_.back(), {order[i] / (ahead / 2), order[i] % (ahead / 2)});
  }
}

}  // namespace utvei
