// SPDX-License-Identifier: Apache-2.0
#include <utvei/model/rates.hpp>

#include <algorithm>

namespace utvei {
namespace {

bool holds(Span span, std::optional<std::int64_t> at) {
  return at ? *at >= span.from && *at < span.to : span == everything;
}

bool holds(Box const& box, Cell const& cell, Regions const& regions) {
  if (!holds(box.age, cell.age) || !holds(box.time_in_state, cell.time_in_state) ||
      !holds(box.calendar, cell.calendar)) {
    return false;
  }
  for (std::size_t trait = 0; trait < box.traits.size(); ++trait) {
    if (!box.traits[trait]) continue;
    if (trait >= cell.traits.size() || cell.traits[trait] != box.traits[trait]) return false;
  }
  return !box.region || (cell.region && regions.is_within(*cell.region, *box.region));
}

}  // namespace

std::vector<Rate const*> most_special_rates(Model const& model, Rates const& rates, TransitionId transition,
                                            Cell const& cell) {
  std::vector<Rate const*> best;
  for (Rate const& rate : rates.rates) {
    if (rate.transition != transition || !holds(rate.box, cell, model.regions)) continue;
    bool const is_beaten = std::ranges::any_of(best, [&](Rate const* other) {
      return lies_inside(other->box, rate.box, model.regions) && !lies_inside(rate.box, other->box, model.regions);
    });
    if (is_beaten) continue;
    std::erase_if(best, [&](Rate const* other) {
      return lies_inside(rate.box, other->box, model.regions) && !lies_inside(other->box, rate.box, model.regions);
    });
    best.push_back(&rate);
  }
  return best;
}

std::optional<double> rate_at(Model const& model, Rates const& rates, TransitionId transition, Cell const& cell) {
  auto const found = most_special_rates(model, rates, transition, cell);
  if (found.size() != 1) return std::nullopt;
  return found.front()->rate_per_year;
}

}  // namespace utvei
