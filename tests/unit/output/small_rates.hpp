// SPDX-License-Identifier: Apache-2.0
// Two rates of a small model: one for everybody, one for few.
#pragma once

#include <utvei/estimation/fit.hpp>
#include <utvei/model/model.hpp>

namespace utvei {

inline Model small_model() {
  Model model;
  model.name = "small";
  for (char const* name : {"school", "work", "aap"}) {
    State state;
    state.name = name;
    model.states.push_back(state);
  }
  auto const add = [&](char const* name, std::size_t from, std::size_t to) {
    Transition transition;
    transition.name = name;
    transition.from = StateId{from};
    transition.to = StateId{to};
    model.transitions.push_back(transition);
  };
  add("school -> work", 0, 1);
  add("work -> aap", 1, 2);
  Trait sex;
  sex.name = "sex";
  sex.levels = {"female", "male"};
  Trait debt;
  debt.name = "debt";
  debt.numeric = true;
  model.traits.push_back(debt);
  model.traits.push_back(sex);
  for (char const* code : {"0301", "4204"}) {
    Region region;
    region.code = code;
    model.regions.add(region);
  }
  return model;
}

inline Fit small_fit() {
  Fit fit;
  RateCell everywhere;
  everywhere.transition = TransitionId{0};
  everywhere.events = 12;
  everywhere.person_years = 34.5;
  everywhere.rate = 12 / 34.5;
  everywhere.log_se = 0.25;
  RateCell special = everywhere;
  special.transition = TransitionId{1};
  special.box.region = RegionId{1};
  special.box.traits = {std::nullopt, 1U};
  special.box.age = {20 * minutes_per_year, 25 * minutes_per_year};
  special.box.time_in_state = {0, 90 * minutes_per_day};
  special.box.calendar = {start_of_year(2020).minutes, start_of_year(2022).minutes};
  special.events = 0;
  special.rate = 0;
  special.log_se.reset();
  special.source = RateSource::pooled_regions;
  fit.cells = {everywhere, special};
  fit.data_class = "open";
  return fit;
}

}  // namespace utvei
