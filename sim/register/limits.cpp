// SPDX-License-Identifier: Apache-2.0
#include "person_blocks.hpp"

#include <utvei/register/cell_finder.hpp>
#include <utvei/register/exposure.hpp>
#include <utvei/register/limits.hpp>
#include <utvei/register/rule_changes.hpp>

#include <numeric>

namespace utvei {
namespace {

/// Goes through spells and adds to the counts of one thread.
class LimitCounter {
 public:
  LimitCounter(LifeCourses const& lives, Model const& model, std::span<LimitWindow const> windows)
      : lives_{lives}, model_{model}, windows_{windows} {
    if (lives.persons.knows_region()) axes_.push_back(region_axis(lives, model));
    finder_.emplace(lives, axes_);
  }

  [[nodiscard]] std::vector<LimitCounts> empty_counts(std::vector<bool> const& by_region) const {
    std::vector<LimitCounts> counts(windows_.size());
    for (std::size_t i = 0; i < windows_.size(); ++i) {
      counts[i].window = windows_[i];
      if (by_region[i] && !axes_.empty()) counts[i].regions = axes_.front().regions;
      std::size_t const places = counts[i].regions.empty() ? 1 : counts[i].regions.size();
      counts[i].went.assign(places, std::vector<std::int64_t>(model_.states.size()));
    }
    return counts;
  }

  void count_person(PersonRow person, std::vector<LimitCounts>& counts) const {
    for (std::size_t s = lives_.first_spell[person.value()]; s < lives_.first_spell[person.value() + 1]; ++s) {
      for (LimitCounts& each : counts) {
        if (lives_.state[SpellId{s}] == each.window.state) count_spell(SpellId{s}, each);
      }
    }
  }

 private:
  void count_spell(SpellId spell, LimitCounts& counts) const {
    if (!lives_.entry_known[spell]) {
      ++counts.unknown_time;
      return;
    }
    LimitWindow const& window = counts.window;
    Instant const entered = lives_.entered[spell];
    Duration const left = lives_.leave[spell] - entered;
    if (left <= window.from()) return;
    if (lives_.enter[spell] - entered > window.from()) {
      ++counts.seen_late;
      return;
    }
    if (left < window.to() && !leaves_by_itself(spell)) {
      ++counts.censored;
      return;
    }
    bool const stays = left > window.to() || !leaves_by_itself(spell);
    add(spell, stays ? window.state : *lives_.next[spell], counts);
  }

  /// Whether the spell ends in another state, and not because of the person's age.
  [[nodiscard]] bool leaves_by_itself(SpellId spell) const {
    auto const next = lives_.next[spell];
    return next && !is_at_age_end(lives_, model_, spell, *next);
  }

  /// People count where they live when the window begins.
  void add(SpellId spell, StateId to, LimitCounts& counts) const {
    std::size_t place = 0;
    if (!counts.regions.empty()) {
      auto const at = finder_->attributes(lives_.person[spell], lives_.entered[spell] + counts.window.from());
      if (at.known != CellFinder::Known::all) {
        ++counts.unknown_region;
        return;
      }
      place = at.part;
    }
    ++counts.went[place][to.value()];
  }

  LifeCourses const& lives_;
  Model const& model_;
  std::span<LimitWindow const> windows_;
  std::vector<CellAxis> axes_;  ///< of regions, where they are known
  std::optional<CellFinder> finder_;
};

void add(LimitCounts& sum, LimitCounts const& part) {
  for (std::size_t place = 0; place < sum.went.size(); ++place) {
    for (std::size_t to = 0; to < sum.went[place].size(); ++to) sum.went[place][to] += part.went[place][to];
  }
  sum.censored += part.censored;
  sum.seen_late += part.seen_late;
  sum.unknown_time += part.unknown_time;
  sum.unknown_region += part.unknown_region;
}

}  // namespace

std::int64_t LimitCounts::reached() const {
  std::int64_t sum = 0;
  for (auto const& row : went) sum = std::accumulate(row.begin(), row.end(), sum);
  return sum;
}

std::vector<LimitCounts> count_limits(LifeCourses const& lives, Model const& model,
                                      std::span<LimitWindow const> windows, std::vector<bool> const& by_region,
                                      std::size_t threads, StopFlag const* stop) {
  if (windows.empty()) return {};
  LimitCounter const counter{lives, model, windows};
  std::vector<std::vector<LimitCounts>> counts(thread_count(threads), counter.empty_counts(by_region));
  parallel_for_blocks(lives.persons.size(), persons_per_block, counts.size(), stop, [&](Block const& block) {
    for (std::size_t person = block.first; person < block.last; ++person) {
      counter.count_person(PersonRow{person}, counts[block.thread]);
    }
  });
  for (std::size_t thread = 1; thread < counts.size(); ++thread) {
    for (std::size_t i = 0; i < windows.size(); ++i) add(counts.front()[i], counts[thread][i]);
  }
  return std::move(counts.front());
}

}  // namespace utvei
