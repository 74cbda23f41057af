// SPDX-License-Identifier: Apache-2.0
#include "luck.hpp"

#include <algorithm>

namespace utvei {

namespace {
constexpr std::size_t lanes = 8;
constexpr std::uint32_t lives_to_learn_from = 64;
constexpr std::uint32_t lives_between_lessons = 2048;
}  // namespace

Luck::Luck(RunPlan const& plan)
    : plan_{&plan},
      left_(plan.slot_streams.size()),
      used_(plan.slot_streams.size()),
      ready_(plan.slot_streams.size()),
      drawn_(plan.slot_streams.size()),
      habit_(plan.slot_streams.size() * (ahead / 2)) {}

void Luck::begin(RandomKey const& key, PersonKey person) {
  learn();
  key_ = key;
  person_ = person;
  std::ranges::fill(used_, 0U);
  std::ranges::fill(ready_, 0U);
  draw(opening_);
}

void Luck::draw(std::span<Wish const> wishes) {
  requests_.clear();
  for (Wish const& wish : wishes) {
    requests_.push_back({plan_->slot_streams[wish.slot], wish.pair});
  }
  even_.resize(wishes.size());
  odd_.resize(wishes.size());
  fill_exponentials(key_, person_, requests_, even_.data(), odd_.data());
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    auto const [slot, pair] = wishes[i];
    drawn_[slot][(2 * pair) % ahead] = even_[i];
    drawn_[slot][(2 * pair + 1) % ahead] = odd_[i];
    ready_[slot] = std::max(ready_[slot], 2 * pair + 2);
  }
}

void Luck::take_first(StatePlan const& state, std::uint32_t slot) {
  if (ready_[slot] == 0) {
    std::array<Wish, lanes> wishes;
    std::size_t count = 0;
    wishes[count++] = {slot, 0};
    std::uint32_t const last = state.first_slot + static_cast<std::uint32_t>(state.exits.size());
    for (std::uint32_t other = slot + 1; other < last && count < lanes; ++other) {
      if (ready_[other] == 0) {
        wishes[count++] = {other, 0};
      }
    }
    draw(std::span{wishes}.first(count));
  }
  left_[slot] = drawn_[slot][0];
  used_[slot] = 1;
}

void Luck::draw_more(std::uint32_t slot) {
  // Lanes cost the same full or empty: as many as fit are drawn.
  std::array<Wish, ahead / 2> wishes;
  for (std::uint32_t i = 0; i < wishes.size(); ++i) {
    wishes[i] = {slot, ready_[slot] / 2 + i};
  }
  draw(wishes);
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
  std::vector<std::uint32_t> order(habit_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    order[i] = i;
  }
  std::ranges::sort(
      order, [&](std::uint32_t a, std::uint32_t b) { return habit_[a] != habit_[b] ? habit_[a] > habit_[b] : a < b; });
  auto const often = static_cast<std::size_t>(
      std::ranges::count_if(habit_, [](std::uint32_t lives) { return lives * 3 > lives_to_learn_from; }));
  std::size_t const full = std::min((often + lanes - 1) / lanes * lanes, order.size());
  opening_.clear();
  for (std::size_t i = 0; i < full && habit_[order[i]] > 0; ++i) {
    opening_.push_back({order[i] / (ahead / 2), order[i] % (ahead / 2)});
  }
  // A pair is drawn only after the pairs before it: lives that used pair 1 used pair 0 as well, so it stands earlier.
  std::ranges::sort(opening_, {}, [](Wish const& wish) { return std::pair{wish.pair, wish.slot}; });
}

}  // namespace utvei
