// SPDX-License-Identifier: Apache-2.0
#include "tallies.hpp"

#include <utvei/model/graph.hpp>
#include <utvei/scenario/measure_moves.hpp>

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

namespace utvei {

namespace {

TallyLayout layout_of(Breakdown const& breakdown, Scenario const& scenario, TallyDesign const& design) {
  Model const& model = scenario.model;
  TallyLayout layout;
  layout.breakdown = breakdown;
  for (TallyDimension const& dimension : breakdown) {
    switch (dimension.kind) {
      case TallyDimension::Kind::region:
        layout.by_region = true;
        layout.regions = model.regions.size();
        layout.homes *= layout.regions;
        break;
      case TallyDimension::Kind::trait:
        layout.traits.emplace_back(dimension.trait, model.traits[dimension.trait].levels.size());
        layout.homes *= layout.traits.back().second;
        break;
      case TallyDimension::Kind::age_group:
        layout.by_age = true;
        layout.ages = design.age_cuts.size() + 1;
        break;
      case TallyDimension::Kind::year:
        layout.by_year = true;
        layout.years = design.calendar.years();
        break;
      case TallyDimension::Kind::state:
        layout.by_state = true;
        layout.states = model.states.size();
        layout.passages = design.passages.size();
        break;
    }
  }
  layout.homes *= design.groups;
  layout.stocks = design.calendar.stock_dates().size();
  return layout;
}

/// Adds numbers [first, first + count), and gives back the memory of those that were read.
template <class T>
void move_part(ZeroArray<T>& from, ZeroArray<T>& to, std::size_t first, std::size_t count) {
  std::span<T> const sum = to.part(first, count);
  std::ranges::transform(sum, from.part(first, count), sum.begin(), std::plus<>{});
  from.release_to(first + count);
}

}  // namespace

TallyDesign::TallyDesign(Scenario const& scenario, TallyCalendar run_calendar)
    : calendar{std::move(run_calendar)}, groups{scenario.groups}, states{scenario.model.states.size()} {
  passage_of.assign(states * states, 0);
  auto const add = [&](StateId from, StateId to) {
    if (std::ranges::find(passages, std::pair{from, to}) == passages.end()) {
      passage_of[from.value() * states + to.value()] = static_cast<std::uint32_t>(passages.size());
      passages.emplace_back(from, to);
    }
  };
  for (Transition const& transition : scenario.model.transitions) {
    add(transition.from, transition.to);
  }
  for (Way const& way : ways_of(scenario.model)) {
    add(way.from, way.to);
  }
  for (auto const& [from, to] : moves_of_measures(scenario.model, scenario.measures)) add(from, to);
  for (std::size_t i = 1; i < scenario.age_groups.size(); ++i) {
    age_cuts.push_back(scenario.age_groups[i] * minutes_per_year);
  }
  for (Breakdown const& breakdown : scenario.breakdowns) {
    layouts.push_back(layout_of(breakdown, scenario, *this));
  }
}

TallySums::TallySums(TallyLayout const& layout)
    : time{layout.homes * layout.ages * layout.times()},
      stock{layout.homes * layout.ages * layout.stock_changes()},
      events{layout.homes * layout.ages * layout.events()},
      is_used(layout.homes) {}

void TallySums::add(TallyLayout const& layout, TallySums other) {
  for (std::size_t home = 0; home < layout.homes; ++home) {
    if (other.is_used[home] == 0) continue;
    is_used[home] = 1;
    auto const add_home = [&](auto& from, auto& to, std::size_t numbers) {
      move_part(from, to, home * layout.ages * numbers, layout.ages * numbers);
    };
    add_home(other.time, time, layout.times());
    add_home(other.stock, stock, layout.stock_changes());
    add_home(other.events, events, layout.events());
  }
}

Tallies::Tallies(TallyDesign const& design)
    : design_{&design}, persons_(design.groups), positions_(design.layouts.size()) {
  for (TallyLayout const& layout : design.layouts) sums_.emplace_back(layout);
}

void Tallies::place(Life const& life) {
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    TallyLayout const& layout = design_->layouts[i];
    std::size_t home = layout.by_region ? life.region.value() : 0;
    for (auto const& [trait, levels] : layout.traits) {
      home = home * levels + life.traits[trait.value()];
    }
    home = home * design_->groups + group_;
    sums_[i].is_used[home] = 1;
    Position& position = positions_[i];
    position.state_stride = layout.by_state ? layout.years : 0;
    position.stock_stride = layout.by_state ? layout.stocks + 1 : 0;
    position.passage_stride = layout.by_state ? layout.years : 0;
    position.by_year = layout.by_year;
    position.by_age = layout.by_age;
    position.by_stock = layout.stocks > 0;
    position.home = home;
    position.age = layout.by_age ? age_group(life, now_.time) : 0;
    point(i);
  }
}

void Tallies::point(std::size_t i) {
  TallyLayout const& layout = design_->layouts[i];
  Position& position = positions_[i];
  std::size_t const fixed = position.home * layout.ages + position.age;
  position.time = sums_[i].time.data() + fixed * layout.times();
  position.stock = sums_[i].stock.data() + fixed * layout.stock_changes();
  position.events = sums_[i].events.data() + fixed * layout.events();
}

std::size_t Tallies::age_group(Life const& life, Instant time) const {
  auto const& cuts = design_->age_cuts;
  return static_cast<std::size_t>(std::ranges::upper_bound(cuts, (time - life.birth).minutes) - cuts.begin());
}

void Tallies::begin(Life const& life) {
  go_on(life, life.now);
  ++persons_[group_];
  for (Position const& position : positions_) {
    cross(position, life.state, now_, 1);
  }
}

void Tallies::go_on(Life const& life, Instant since) {
  group_ = design_->group_of(life.person);
  now_ = design_->calendar.locate(since);
  place(life);
}

void Tallies::arrive(Life const& life) {
  place(life);
  for (Position const& position : positions_) {
    cross(position, life.state, now_, 1);
  }
}

void Tallies::pass_birthdays(std::size_t i, Life const& life, Instant time) {
  Position& position = positions_[i];
  auto const& cuts = design_->age_cuts;
  while (position.age < cuts.size() && life.birth + Duration{cuts[position.age]} < time) {
    Moment const birthday = design_->calendar.locate(life.birth + Duration{cuts[position.age]});
    cross(position, life.state, birthday, -1);
    ++position.age;
    point(i);
    cross(position, life.state, birthday, 1);
  }
}

void Tallies::turn_age(std::size_t i, Life const& life) {
  if (std::size_t const age = age_group(life, now_.time); age != positions_[i].age) {
    positions_[i].age = age;
    point(i);
  }
}

void Tallies::add(Tallies other) {
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    sums_[i].add(design_->layouts[i], std::move(other.sums_[i]));
  }
  std::ranges::transform(persons_, other.persons_, persons_.begin(), std::plus<>{});
}

void Tallies::carry(Tallies& other, std::int64_t sign) {
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    TallyLayout const& layout = design_->layouts[i];
    for (std::size_t home = 0; home < layout.homes; ++home) {
      if (other.sums_[i].is_used[home] == 0) continue;
      sums_[i].is_used[home] = 1;
      auto const carry_home = [&](auto& from, auto& to, std::size_t numbers) {
        std::size_t const count = layout.ages * numbers;
        auto const sum = to.part(home * count, count);
        std::ranges::transform(sum, from.part(home * count, count), sum.begin(),
                               [sign](auto const& a, auto const& b) { return a + sign * b; });
      };
      carry_home(other.sums_[i].time, sums_[i].time, layout.times());
      carry_home(other.sums_[i].stock, sums_[i].stock, layout.stock_changes());
      carry_home(other.sums_[i].events, sums_[i].events, layout.events());
    }
  }
}

}  // namespace utvei
