// SPDX-License-Identifier: Apache-2.0
#include "population_data.hpp"

#include <utvei/analysis/cross_section.hpp>
#include <utvei/core/data_class.hpp>
#include <utvei/output/register_file.hpp>

#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// The people of the register that a recipe names, as they were at its date.
std::optional<Population> donors_of(PopulationRecipe& recipe, Diagnostics& diagnostics) {
  if (!recipe.source) return std::nullopt;
  CrossSectionSource const& source = *recipe.source;
  Study study;
  study.model = recipe.model;
  study.register_file = source.file;
  study.register_place = source.place;
  std::size_t const before = diagnostics.error_count();
  LifeCourses const lives = load_register(study, diagnostics);
  if (diagnostics.error_count() != before) return std::nullopt;
  if (!study.time.has_calendar()) {
    diagnostics.error(source.place, "the register has no calendar", "its times are numbers without an origin",
                      "give its study `time: {unit: …, origin: DATE}`");
    return std::nullopt;
  }
  if (source.date < study.from || source.date > study.to) {
    diagnostics.error(source.place, fmt::format("the register knows nothing of {}", format(source.date)),
                      fmt::format("its window is from {} to {}", format(study.from), format(study.to)),
                      "write a `date` within it under `register`");
    return std::nullopt;
  }
  CrossSection section = cross_section(lives, recipe.model, source.date, study.to);
  if (section.unknown > 0)
    diagnostics.warning(source.place, fmt::format("{} people of the register are left out", section.unknown),
                        "their region, or a trait, is not known at the date", "see them with `utvei register`");
  if (section.entry_unknown > 0 && !recipe.time_in_state)
    diagnostics.warning(source.place,
                        fmt::format("{} of {} people were in their state before the register begins",
                                    section.entry_unknown, section.people.size()),
                        "their time in it is longer than the register says",
                        "take a later date, or a table under `time_in_state`");
  recipe.data_class = strictest({recipe.data_class, section.people.data_class});
  return std::move(section.people);
}

}  // namespace

PreparedPeople prepare_people(std::string const& path, std::vector<Override> const& overrides,
                              Diagnostics& diagnostics) {
  PreparedPeople prepared;
  prepared.recipe = read_recipe(path, overrides, Request{}, diagnostics);
  if (prepared.recipe.model.states.empty()) return prepared;
  prepared.recipe.data_class = strictest({prepared.recipe.data_class, prepared.recipe.model.data_class});
  prepared.donors = donors_of(prepared.recipe, diagnostics);
  if (diagnostics.has_errors()) return prepared;
  prepared.fit = fit_population(prepared.recipe, prepared.donors ? &*prepared.donors : nullptr, diagnostics);
  return prepared;
}

}  // namespace utvei
