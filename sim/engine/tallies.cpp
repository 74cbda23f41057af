// SPDX-License-Identifier: Apache-2.0
#include "tallies.hpp"

#include <utvei/model/graph.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace utvei {

namespace {

TallyLayout layout_of(Breakdown const& breakdown, Scenario const& scenario, TallyDesign const& design) {
  Model const& model = scenario.model;
  TallyLayout layout;
  layout.breakdown = breakdown;
  layout.fixed = design.groups;
  for (TallyDimension const& dimension : breakdown) {
    switch (dimension.kind) {
      case TallyDimension::Kind::region:
        layout.by_region = true;
        layout.regions = model.regions.size();
        layout.fixed *= layout.regions;
        break;
      case TallyDimension::Kind::trait:
        layout.traits.emplace_back(dimension.trait, model.traits[dimension.trait].levels.size());
        layout.fixed *= layout.traits.back().second;
        break;
      case TallyDimension::Kind::age_group:
        layout.by_age = true;
        layout.ages = design.age_cuts.size() + 1;
        layout.fixed *= layout.ages;
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
  layout.stocks = design.calendar.stock_dates().size();
  return layout;
}

template <class T>
void add_all(std::vector<T>& to, std::vector<T> const& from) {
  std::ranges::transform(to, from, to.begin(), std::plus<>{});
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
  for (std::size_t i = 1; i < scenario.age_groups.size(); ++i) {
    age_cuts.push_back(scenario.age_groups[i] * minutes_per_year);
  }
  for (Breakdown const& breakdown : scenario.breakdowns) {
    layouts.push_back(layout_of(breakdown, scenario, *this));
  }
}

void TallySums::add(TallySums const& other) {
  std::ranges::transform(time, other.time, time.begin(), [](Time const& a, Time const& b) {
    return Time{a.minutes + b.minutes, a.years_before + b.years_before};
  });
  add_all(stock, other.stock);
  add_all(events, other.events);
}

Tallies::Tallies(TallyDesign const& design)
    : design_{&design}, persons_(design.groups), positions_(design.layouts.size()) {
  for (TallyLayout const& layout : design.layouts) {
    TallySums sums;
    sums.time.resize(layout.fixed * layout.states * layout.years);
    if (layout.stocks > 0) {
      sums.stock.resize(layout.fixed * layout.states * (layout.stocks + 1));
    }
    sums.events.resize(layout.fixed * layout.passages * layout.years);
    sums_.push_back(std::move(sums));
  }
}

void Tallies::place(Life const& life) {
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    TallyLayout const& layout = design_->layouts[i];
    std::size_t base = group_;
    if (layout.by_region) {
      base = base * layout.regions + life.region.value();
    }
    for (auto const& [trait, levels] : layout.traits) {
      base = base * levels + life.traits[trait.value()];
    }
    Position& position = positions_[i];
    position.state_stride = layout.by_state ? layout.years : 0;
    position.stock_stride = layout.by_state ? layout.stocks + 1 : 0;
    position.passage_stride = layout.by_state ? layout.years : 0;
    position.by_year = layout.by_year;
    position.by_age = layout.by_age;
    position.by_stock = layout.stocks > 0;
    position.base = base * layout.ages;
    position.age = layout.by_age ? age_group(life, now_.time) : 0;
    point(i);
  }
}

void Tallies::point(std::size_t i) {
  TallyLayout const& layout = design_->layouts[i];
  Position& position = positions_[i];
  std::size_t const fixed = position.base + position.age;
  position.time = sums_[i].time.data() + fixed * layout.states * layout.years;
  if (layout.stocks > 0) {
    position.stock = sums_[i].stock.data() + fixed * layout.states * (layout.stocks + 1);
  }
  position.events = sums_[i].events.data() + fixed * layout.passages * layout.years;
}

std::size_t Tallies::age_group(Life const& life, Instant time) const {
  auto const& cuts = design_->age_cuts;
  return static_cast<std::size_t>(std::ranges::upper_bound(cuts, (time - life.birth).minutes) - cuts.begin());
}

void Tallies::begin(Life const& life) {
  group_ = design_->group_of(life.person);
  ++persons_[group_];
  now_ = design_->calendar.locate(life.now);
  arrive(life);
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

void Tallies::add(Tallies const& other) {
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    sums_[i].add(other.sums_[i]);
  }
  add_all(persons_, other.persons_);
}

}  // namespace utvei
