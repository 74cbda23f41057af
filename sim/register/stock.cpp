// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/parallel.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/register/stock.hpp>

#include <algorithm>
#include <compare>
#include <map>

namespace utvei {
namespace {

constexpr std::size_t people_a_block = 1U << 14U;

/// What one person is counted under.
struct StockCell {
  std::size_t moment;
  std::uint32_t state;  ///< its number, or no_state
  ActivitySet activities;
  friend auto operator<=>(StockCell const&, StockCell const&) = default;
};
using Heads = std::map<StockCell, std::int64_t>;

/// Counts one person at each moment; moments rise, and so do a person's spells and changes.
class HeadCounter {
 public:
  HeadCounter(LifeCourses const& lives, std::vector<Instant> const& moments) : lives_{lives}, moments_{moments} {}

  void count(PersonRow person, Heads& heads) const {
    std::size_t spell = lives_.first_spell[person.value()];
    std::size_t const last_spell = lives_.first_spell[person.value() + 1];
    std::size_t const first = lives_.activities.empty() ? 0 : lives_.activities.first[person.value()];
    std::size_t const last = lives_.activities.empty() ? 0 : lives_.activities.first[person.value() + 1];
    std::size_t change = first;
    for (std::size_t m = 0; m < moments_.size(); ++m) {
      while (spell < last_spell && lives_.leave[SpellId{spell}] <= moments_[m]) ++spell;
      while (change < last && lives_.activities.from[change] <= moments_[m]) ++change;
      bool const in_state = spell < last_spell && lives_.enter[SpellId{spell}] <= moments_[m];
      auto const state = in_state ? lives_.state[SpellId{spell}].value() : no_state;
      auto const active = change == first ? ActivitySet{} : lives_.activities.value[change - 1];
      if (in_state || !active.empty()) ++heads[{m, state, active}];
    }
  }

 private:
  LifeCourses const& lives_;
  std::vector<Instant> const& moments_;
};

}  // namespace

std::vector<Instant> stock_moments(std::vector<MonthDay> const& days, Instant from, Instant to) {
  std::vector<Instant> moments;
  for (int year = year_of(from); start_of_year(year) < to; ++year) {
    for (MonthDay const day : days) {
      auto const moment = date(year, day.month, day.day);
      if (moment && *moment >= from && *moment < to) moments.push_back(*moment);
    }
  }
  std::ranges::sort(moments);
  return moments;
}

std::vector<StockRow> count_stock(LifeCourses const& lives, std::vector<Instant> const& moments, std::size_t threads) {
  HeadCounter const counter{lives, moments};
  std::size_t const persons = lives.persons.size();
  std::vector<Heads> blocks((persons + people_a_block - 1) / people_a_block);
  parallel_for_blocks(persons, people_a_block, threads, nullptr, [&](Block const& block) {
    for (std::size_t p = block.first; p < block.last; ++p) counter.count(PersonRow{p}, blocks[block.index]);
  });
  Heads all;
  for (Heads const& block : blocks) {
    for (auto const& [cell, heads] : block) all[cell] += heads;
  }
  std::vector<StockRow> rows;
  for (auto const& [cell, heads] : all) {
    auto const state = cell.state == no_state ? std::nullopt : std::optional{StateId{cell.state}};
    rows.push_back({moments[cell.moment], state, cell.activities, heads});
  }
  return rows;
}

void hide_small_counts(std::vector<StockRow>& rows, DisclosureRules const& rules) {
  for (std::size_t first = 0; first < rows.size();) {
    std::vector<std::optional<std::int64_t>*> counts;
    std::size_t last = first;
    for (; last < rows.size() && rows[last].date == rows[first].date; ++last) counts.push_back(&rows[last].persons);
    hide_small_counts(counts, rules);
    first = last;
  }
}

}  // namespace utvei
