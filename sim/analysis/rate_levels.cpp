// SPDX-License-Identifier: Apache-2.0
#include "rate_levels.hpp"

#include <utvei/model/limit_shares.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_sampled = 200;
constexpr double golden = 0.6180339887498949;

/// Rows of people, evenly spread: those who begin in a state, or everybody where nobody does.
std::vector<PersonRow> people_sampled(Population const& people, std::optional<StateId> state) {
  std::vector<PersonRow> rows;
  for (std::size_t i = 0; i < people.size(); ++i)
    if (PersonRow const row{i}; !state || people.state[row] == *state) rows.push_back(row);
  if (rows.empty() && state) return people_sampled(people, std::nullopt);
  std::vector<PersonRow> sample;
  std::size_t const count = std::min(rows.size(), most_sampled);
  for (std::size_t i = 0; i < count; ++i) sample.push_back(rows[i * rows.size() / count]);
  return sample;
}

/// Somebody at a moment of the run, as old as they are then. How long in the state is known of the start alone; where
/// nothing is said they came to it then.
Cell cell_of(Scenario const& scenario, Population const& people, PersonRow row, double share_of_run) {
  auto const length = static_cast<double>(scenario.end.minutes - scenario.start.minutes);
  auto const since = static_cast<std::int64_t>(share_of_run * length);
  Cell cell;
  cell.calendar = scenario.start.minutes + since;
  if (!people.region.empty()) cell.region = people.region[row];
  if (!people.birth.empty()) cell.age = *cell.calendar - people.birth[row].minutes;
  cell.time_in_state = people.time_in_state.empty() ? since : people.time_in_state[row].minutes;
  for (auto const& trait : people.traits)
    cell.traits.push_back(trait.empty() ? std::nullopt : std::optional<std::uint32_t>{trait[row]});
  return cell;
}

std::vector<Cell> cells_of(Scenario const& scenario, Population const& people, std::optional<StateId> state) {
  std::vector<Cell> cells;
  for (PersonRow const row : people_sampled(people, state)) {
    double const turn = golden * static_cast<double>(cells.size() + 1);
    cells.push_back(cell_of(scenario, people, row, turn - std::floor(turn)));
  }
  return cells;
}

/// How often each row of rates holds for the people, times its rate; by place among the rows.
using RowWeights = std::map<std::size_t, double>;

RowWeights weights_of(Model const& model, Rates const& rates, TransitionId transition, std::vector<Cell> const& cells) {
  Rates own;  // its rows alone: each search goes through all
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < rates.rates.size(); ++i) {
    if (rates.rates[i].transition != transition) continue;
    own.rates.push_back(rates.rates[i]);
    places.push_back(i);
  }
  RowWeights weights;
  for (Cell const& cell : cells) {
    auto const found = most_special_rates(model, own, transition, cell);
    if (found.size() == 1)
      weights[places[static_cast<std::size_t>(found.front() - own.rates.data())]] += found.front()->rate_per_year;
  }
  return weights;
}

bool is_uncertain(Rate const& rate) {
  return !rate.effects.places.empty() || rate.log_se.value_or(0) > 0;
}

/// Transitions that share a model of their rates share a group.
std::string group_of_rates(Rates const& rates, RowWeights const& weights, std::string const& transition) {
  for (auto const& [row, weight] : weights) {
    RateEffects const& effects = rates.rates[row].effects;
    if (!effects.places.empty()) return rates.models[effects.model].name;
  }
  return transition;
}

struct TransitionLevel {
  UncertainInput input;
  RowWeights weights;
  double sum{0};
  double people{0};
};

std::vector<TransitionLevel> levels_to_draw(Scenario const& scenario, Rates const& rates, Population const& people) {
  Model const& model = scenario.model;
  std::map<std::size_t, std::vector<Cell>> cells_by_state;
  std::vector<TransitionLevel> levels;
  for (TransitionId const id : ids_of(model.transitions)) {
    bool const may_differ =
        std::ranges::any_of(rates.rates, [&](Rate const& rate) { return rate.transition == id && is_uncertain(rate); });
    if (!may_differ) continue;
    StateId const from = model.transitions[id].from;
    auto& cells = cells_by_state[from.value()];
    if (cells.empty()) cells = cells_of(scenario, people, from);
    TransitionLevel level;
    level.weights = weights_of(model, rates, id, cells);
    for (auto const& [row, weight] : level.weights) level.sum += weight;
    if (!(level.sum > 0)) continue;
    level.people = static_cast<double>(cells.size());
    std::string const& name = model.transitions[id].name;
    level.input.name = name;
    level.input.group = group_of_rates(rates, level.weights, name);
    level.input.kind = UncertainInput::Kind::rates;
    level.input.scale = UncertainInput::Scale::log;
    levels.push_back(std::move(level));
  }
  return levels;
}

double share_of(Destinations::Row const& row, StateId of, StateId limited) {
  if (of == limited) return row.stay;
  double share = 0;
  for (DestinationShare const& to : row.shares)
    if (to.to == of) share += (1 - row.stay) * to.share;
  return share;
}

/// One limit: a share for each destination but the first, since they sum to 1.
void add_limit(Scenario const& scenario, LimitShares const& shares, std::vector<Cell> const& cells,
               std::vector<UncertainInput>& inputs) {
  Model const& model = scenario.model;
  std::string const of = fmt::format("{} after {}", model.states[shares.state].name, format(shares.after));
  std::size_t const first = inputs.size();
  for (std::size_t k = 1; k < shares.to.size(); ++k) {
    UncertainInput& input = inputs.emplace_back();
    input.name = fmt::format("{}: {}", of, model.states[shares.to[k]].name);
    input.group = of;
    input.kind = UncertainInput::Kind::limit;
    input.scale = UncertainInput::Scale::logit;
  }
  for (std::uint32_t draw = 0; draw < scenario.draws; ++draw) {
    Destinations const drawn = draw_destinations(shares, model, scenario.seed, draw, {});
    std::vector<double> means(shares.to.size(), 0);
    double people = 0;
    for (Cell const& cell : cells) {
      auto const* const row = destinations_at(drawn, cell.region, cell.traits, model.regions);
      if (row == nullptr) continue;
      ++people;
      for (std::size_t k = 1; k < shares.to.size(); ++k) means[k] += share_of(*row, shares.to[k], shares.state);
    }
    for (std::size_t k = 1; k < shares.to.size(); ++k)
      inputs[first + k - 1].by_draw.push_back(people > 0 ? means[k] / people : 0);
  }
}

}  // namespace

std::vector<UncertainInput> rate_levels(Scenario const& scenario, Rates const& rates, Population const& people) {
  std::vector<TransitionLevel> levels = levels_to_draw(scenario, rates, people);
  for (std::uint32_t draw = 0; draw < scenario.draws && !levels.empty(); ++draw) {
    auto const factors = draw_rate_factors(scenario.model, rates, scenario.seed, draw);
    for (TransitionLevel& level : levels) {
      double sum = 0;
      for (auto const& [row, weight] : level.weights) sum += weight * factors[row];
      level.input.by_draw.push_back(sum / level.people);
    }
  }
  std::vector<UncertainInput> inputs;
  for (TransitionLevel& level : levels) inputs.push_back(std::move(level.input));
  return inputs;
}

std::vector<UncertainInput> limit_levels(Scenario const& scenario, Rates const& rates, Population const& people) {
  std::vector<UncertainInput> inputs;
  for (LimitShares const& shares : rates.limits) {
    auto const& limits = scenario.model.states[shares.state].limits;
    bool const is_used =
        std::ranges::any_of(limits, [&](Limit const& limit) { return limit.estimated && limit.after == shares.after; });
    if (is_used) add_limit(scenario, shares, cells_of(scenario, people, shares.state), inputs);
  }
  return inputs;
}

}  // namespace utvei
