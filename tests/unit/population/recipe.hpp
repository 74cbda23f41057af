// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/files.hpp"

#include <utvei/population/synthesize.hpp>

#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace utvei::example {

/// A folder with a model of two counties, two sexes and three states, and what else a test writes.
class RecipeFolder : public support::TempFolder {
 public:
  RecipeFolder() {
    write("regions.csv", "region;parent\n01;\n0101;01\n0102;01\n02;\n0201;02\n0202;02\n");
    write("model.yaml",
          "utvei: model/1\nname: small\nregions: regions.csv\nstates: {school: {}, work: {}, outside: {}}\n"
          "traits: {sex: [female, male]}\ntransitions:\n"
          "  - {from: school, to: work, rate_per_year: 0.3}\n  - {from: work, to: outside, rate_per_year: 0.1}\n"
          "  - {from: outside, to: work, rate_per_year: 0.2}\n");
  }

  /// `keys`: those after name, model, date.
  [[nodiscard]] PopulationRecipe recipe(std::string_view keys, Diagnostics& diagnostics) const {
    auto const path =
        write("population.yaml",
              fmt::format("utvei: population/1\nname: small\nmodel: model.yaml\ndate: 2022-11-01\n{}", keys));
    return read_recipe(path, {}, {}, diagnostics);
  }
};

struct Made {
  PopulationRecipe recipe;
  PopulationFit fit;
  Synthesis made;
  Diagnostics diagnostics;
};

/// Throws InputError if anything is wrong.
inline Made make(RecipeFolder const& folder, std::string_view keys, std::size_t threads = 1) {
  Made all;
  all.recipe = folder.recipe(keys, all.diagnostics);
  throw_if_errors(all.diagnostics);
  all.fit = fit_population(all.recipe, nullptr, all.diagnostics);
  throw_if_errors(all.diagnostics);
  all.made = synthesize(all.recipe, all.fit, nullptr, all.diagnostics, threads);
  throw_if_errors(all.diagnostics);
  return all;
}

/// People by what `of` says of a row.
template <class Of>
auto heads(Population const& people, Of const& of) {
  std::map<decltype(of(PersonRow{0})), int> counts;
  for (PersonRow const row : ids_of(people.key)) ++counts[of(row)];
  return counts;
}

/// What the first error says; "" without one.
inline std::string first_error(Diagnostics const& diagnostics) {
  for (Diagnostic const& each : diagnostics.all())
    if (each.severity == Severity::error) return each.problem;
  return {};
}

}  // namespace utvei::example
