// SPDX-License-Identifier: Apache-2.0
#include "kaplan_meier.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {

std::vector<SurvivalPoint> kaplan_meier(std::vector<SeenSpell> const& spells, std::vector<std::int64_t> const& times) {
  std::vector<std::int64_t> entries;
  entries.reserve(spells.size());
  for (SeenSpell const& spell : spells) entries.push_back(spell.from);
  std::ranges::sort(entries);
  auto exits = spells;
  std::ranges::sort(exits, {}, &SeenSpell::to);
  double survival = 1;
  double greenwood = 0;  // of log survival
  std::int64_t entered = 0;
  std::int64_t left = 0;
  auto const at_risk_at = [&](std::int64_t time) {
    while (entered < std::ssize(entries) && entries[static_cast<std::size_t>(entered)] < time) ++entered;
    return entered - left;
  };
  auto exit = exits.begin();
  std::vector<SurvivalPoint> points;
  for (std::int64_t const time : times) {
    while (exit != exits.end() && exit->to <= time) {
      std::int64_t const now = exit->to;
      auto const at_risk = static_cast<double>(at_risk_at(now));
      std::int64_t gone = 0;
      double ended = 0;
      for (; exit != exits.end() && exit->to == now; ++exit, ++gone) ended += exit->ended ? 1 : 0;
      if (ended > 0) {
        survival *= (at_risk - ended) / at_risk;
        greenwood += ended < at_risk ? ended / (at_risk * (at_risk - ended)) : 0;
      }
      left += gone;
    }
    SurvivalPoint point;
    std::int64_t const gone_now = std::ranges::count(exits.begin(), exit, time, &SeenSpell::to);
    point.at_risk = at_risk_at(time) + gone_now;
    if (point.at_risk > 0 || survival == 0) {
      point.survival = survival;
      point.se = survival * std::sqrt(greenwood);
    }
    points.push_back(point);
  }
  return points;
}

}  // namespace utvei
