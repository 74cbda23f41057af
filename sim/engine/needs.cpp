// SPDX-License-Identifier: Apache-2.0
#include "needs.hpp"

#include "life.hpp"

#include <algorithm>

namespace utvei {
namespace {

constexpr std::uint32_t most_attempts = 1024;  ///< of one contact that have luck of their own

}  // namespace

bool arises(Need const& need, Life const& life, std::uint32_t contact) {
  double const share = need.share[life.state.value()];
  return share > 0 && uniform(life.key, life.person, need.has, contact) < share;
}

Needs::Needs(RunPlan const& plan) : plan_{&plan}, needs_(plan.measures.size()) {}

void Needs::begin(Life const& life) {
  if (!plan_->coordination) return;
  in_contact_ = false;
  contacts_ = 0;
  // Whoever was followed before may have left needs behind.
  std::ranges::fill(needs_, OfMeasure{});
  records_.clear();
  change(life);
}

void Needs::change(Life const& life) {
  if (!plan_->coordination) return;
  bool const now = plan_->coordination->contact[life.state.value()];
  if (in_contact_ && !now) records_.push_back({NeedRecord::Kind::parted, 0, life.now, life.region});
  if (in_contact_ != now) std::ranges::fill(needs_, OfMeasure{});
  if (now && !in_contact_) {
    ++contacts_;
    records_.push_back({NeedRecord::Kind::contact, 0, life.now, life.region});
  }
  in_contact_ = now;
  if (now) open(life);
}

void Needs::open(Life const& life) {
  for (std::uint32_t m = 0; m < needs_.size(); ++m) {
    auto const& need = plan_->measures[m].what.need;
    if (!need || needs_[m].standing != Standing::none) continue;
    if (!arises(*need, life, contacts_)) continue;
    needs_[m].standing = Standing::unmet;
    needs_[m].arose = life.now;
    records_.push_back({NeedRecord::Kind::arose, m, life.now, life.region});
  }
}

void Needs::meet(std::uint32_t measure) {
  if (is_unmet(measure)) needs_[measure].standing = Standing::met;
}

bool Needs::has_met_any() const {
  return std::ranges::find(needs_, Standing::met, &OfMeasure::standing) != needs_.end();
}

std::uint32_t Needs::count(std::uint32_t measure) const {
  return contacts_ * most_attempts + std::min(needs_[measure].attempts, most_attempts - 1);
}

Instant Needs::found_at(Life const& life, std::uint32_t measure) const {
  OfMeasure const& need = needs_[measure];
  if (need.is_found) return life.now;
  Coordination const& how = *plan_->coordination;
  bool const is_assessed = how.way != WayOfWorking::one_after_another || !has_met_any();
  WaitingTime const& assessment = how.assessment_after[static_cast<std::size_t>(how.way)];
  if (is_assessed) {
    // One assessment for all needs that arise together: the luck is that of the contact.
    return std::max(life.now, need.arose + draw_time(assessment, life.key, life.person, how.assessment, contacts_));
  }
  Measure const& help = plan_->measures[measure].what;
  WaitingTime const& after = help.found_after ? *help.found_after : assessment;
  return life.now + draw_time(after, life.key, life.person, help.streams.found, count(measure));
}

Instant Needs::handed_over_at(Life const& life, std::uint32_t measure) const {
  Coordination const& how = *plan_->coordination;
  bool const from_another = how.way == WayOfWorking::referral && has_met_any() && how.hand_over;
  if (!from_another) return life.now;
  StreamId const luck = plan_->measures[measure].what.streams.patience;  // nobody who has a need gives up
  return life.now + draw_time(*how.hand_over, life.key, life.person, luck, count(measure));
}

}  // namespace utvei
