// SPDX-License-Identifier: Apache-2.0
#include "needs.hpp"

#include "life.hpp"

#include <algorithm>

namespace utvei {

Needs::Needs(RunPlan const& plan) : plan_{&plan}, standing_(plan.measures.size(), Standing::none) {}

void Needs::begin(Life const& life) {
  if (!plan_->coordination) return;
  in_contact_ = false;
  contacts_ = 0;
  records_.clear();
  std::ranges::fill(standing_, Standing::none);
  change(life);
}

void Needs::change(Life const& life) {
  if (!plan_->coordination) return;
  bool const now = plan_->coordination->contact[life.state.value()];
  if (in_contact_ && !now) {
    records_.push_back({NeedRecord::Kind::parted, 0, life.now, life.region});
    std::ranges::fill(standing_, Standing::none);
  }
  if (now && !in_contact_) {
    since_ = life.now;
    ++contacts_;
    records_.push_back({NeedRecord::Kind::contact, 0, life.now, life.region});
  }
  in_contact_ = now;
  if (now) open(life);
}

void Needs::open(Life const& life) {
  for (std::uint32_t m = 0; m < standing_.size(); ++m) {
    auto const& need = plan_->measures[m].what.need;
    if (!need || standing_[m] != Standing::none) continue;
    double const share = need->share[life.state.value()];
    if (share <= 0 || uniform(life.key, life.person, need->has, contacts_) >= share) continue;
    standing_[m] = Standing::unmet;
    records_.push_back({NeedRecord::Kind::arose, m, life.now, life.region});
  }
}

bool Needs::has_met_any() const {
  return std::ranges::find(standing_, Standing::met) != standing_.end();
}

bool Needs::is_in_turn(std::uint32_t measure) const {
  if (!is_unmet(measure)) return false;
  if (plan_->coordination->way == WayOfWorking::together) return true;
  auto const before = standing_.begin() + measure;
  return std::find(standing_.begin(), before, Standing::unmet) == before;
}

Instant Needs::found_at(Life const& life, std::uint32_t measure, std::uint32_t search) const {
  Coordination const& how = *plan_->coordination;
  bool const is_first = how.way == WayOfWorking::together || !has_met_any();
  if (is_first) {
    // One assessment for all needs of the contact.
    WaitingTime const& after = how.assessment_after[static_cast<std::size_t>(how.way)];
    Duration const time = draw_time(after, life.key, life.person, how.assessment, contacts_);
    return std::max(life.now, since_ + time);
  }
  Measure const& help = plan_->measures[measure].what;
  if (how.way == WayOfWorking::referral) {
    if (!how.hand_over) return life.now;
    return life.now + draw_time(*how.hand_over, life.key, life.person, help.streams.found, search);
  }
  WaitingTime const& after = help.found_after
                                 ? *help.found_after
                                 : how.assessment_after[static_cast<std::size_t>(WayOfWorking::one_after_another)];
  return life.now + draw_time(after, life.key, life.person, help.streams.found, search);
}

}  // namespace utvei
