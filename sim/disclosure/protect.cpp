// SPDX-License-Identifier: Apache-2.0
#include "cube.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/disclosure/linked_tables.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace utvei {
namespace {

/// Sums before their parts: what protects a sum protects parts of it, too.
std::vector<std::size_t> sums_first(LinkedTables const& tables) {
  std::vector<std::size_t> order(tables.tables.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t t) { return tables.tables[t].axes.size(); });
  return order;
}

class Protector {
 public:
  Protector(LinkedTables const& tables, DisclosureRules const& rules, std::vector<std::vector<bool>> const& before)
      : order_{sums_first(tables)}, state_{tables, rules, {}, {}, std::vector<bool>(tables.tables.size())} {
    for (std::size_t t = 0; t < tables.tables.size(); ++t) {
      LinkedTable const& table = tables.tables[t];
      state_.index.emplace_back(tables, table);
      state_.hidden.push_back(before.empty() ? std::vector<bool>(table.people.size()) : before[t]);
      UTVEI_EXPECT(state_.hidden[t].size() == table.people.size());
      std::vector<double>& bits = state_.bits.emplace_back(table.people.size());
      std::ranges::transform(table.people, bits.begin(), [](double people) { return std::log2(1 + people); });
    }
  }

  HiddenCells protect() {
    hide_small();
    for (SmallCell const& small : small_) protect(small);
    HiddenCells made;
    made.small = small_.size();
    made.withheld = static_cast<std::size_t>(std::ranges::count(state_.withheld, true));
    for (auto const& hidden : state_.hidden)
      made.complements += static_cast<std::size_t>(std::ranges::count(hidden, true));
    made.complements -= made.small;
    made.hidden = std::move(state_.hidden);
    return made;
  }

 private:
  void hide_small() {
    for (std::size_t const t : order_) {
      auto const& people = state_.tables.tables[t].people;
      double const most_of_one = state_.tables.tables[t].most_of_one;
      for (std::size_t cell = 0; cell < people.size(); ++cell) {
        if (may_leave(people[cell] / most_of_one, state_.rules)) continue;
        state_.hidden[t][cell] = true;
        small_.push_back({t, cell});
      }
    }
  }

  void protect(SmallCell const& small) {
    using Corners = CubeSearch::Corners;
    using Totals = CubeSearch::Totals;
    // Of a place with very few people nobody knows from elsewhere how many they are.
    for (Totals const totals : {Totals::known, Totals::unknown})
      for (Corners const corners : {Corners::likely, Corners::all})
        if (hide_corners(state_, small, {corners, totals})) return;
    withhold(small);
  }

  /// Nothing of the table leaves, nor of those that have its sums: also what is 0 is not known then.
  void withhold(SmallCell const& small) {
    if (std::ranges::all_of(state_.withheld, std::identity{})) return;
    auto const& axes = state_.tables.tables[small.table].axes;
    if (!state_.withheld[small.table]) {
      withhold_if([&](LinkedTable const& table) { return std::ranges::includes(table.axes, axes); });
      if (hide_corners(state_, small, {CubeSearch::Corners::all, CubeSearch::Totals::unknown})) return;
    }
    withhold_if([](LinkedTable const&) { return true; });
  }

  template <class Which>
  void withhold_if(Which const& which) {
    for (std::size_t t = 0; t < state_.tables.tables.size(); ++t) {
      if (!which(state_.tables.tables[t])) continue;
      state_.withheld[t] = true;
      state_.hidden[t].assign(state_.hidden[t].size(), true);
    }
  }

  std::vector<std::size_t> order_;
  HidingState state_;
  std::vector<SmallCell> small_;
};

}  // namespace

HiddenCells protect(LinkedTables const& tables, DisclosureRules const& rules,
                    std::vector<std::vector<bool>> const& before) {
  return Protector{tables, rules, before}.protect();
}

}  // namespace utvei
