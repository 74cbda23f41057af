// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/contract.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/model.hpp>
#include <utvei/population/population.hpp>

#include <string>
#include <string_view>

namespace utvei::example {

/// A model made by hand: three states, two regions, a trait with levels and one that is a number.
inline Model model() {
  Model model;
  for (char const* name : {"school", "work", "outside"}) {
    State state;
    state.name = name;
    model.states.push_back(state);
  }
  for (char const* code : {"r01", "r02"}) {
    Region region;
    region.code = code;
    model.regions.add(region);
  }
  Trait sex;
  sex.name = "sex";
  sex.levels = {"female", "male"};
  model.traits.push_back(sex);
  Trait debt;
  debt.name = "debt";
  debt.numeric = true;
  model.traits.push_back(debt);
  return model;
}

inline Instant start() {
  return start_of_year(2025);
}

inline PopulationSpec spec_of(std::string_view yaml, Model const& model, Diagnostics& diagnostics) {
  Value const value = parse_yaml(yaml, "population.yaml", diagnostics);
  return read_population_spec(value, model, diagnostics);
}

inline Population people_of(std::string_view yaml, Model const& model) {
  Diagnostics diagnostics;
  PopulationSpec const spec = spec_of(yaml, model, diagnostics);
  throw_if_errors(diagnostics);
  Population people = make_population(spec, model, start(), diagnostics);
  throw_if_errors(diagnostics);
  return people;
}

}  // namespace utvei::example
