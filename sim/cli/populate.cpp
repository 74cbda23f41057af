// SPDX-License-Identifier: Apache-2.0
#include "populate.hpp"

#include "exit_code.hpp"
#include "population_data.hpp"
#include "provenance.hpp"
#include "text_output.hpp"

#include <utvei/output/population_file.hpp>
#include <utvei/population/synthesize.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/prepare.hpp>
#include <utvei/run/run_scenario.hpp>

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

Json margins_json(Synthesis const& made) {
  Json margins = Json::array();
  for (MarginResult const& margin : made.margins) {
    margins.push_back(
        {{"name", margin.name},
         {"parts", margin.parts},
         {"target", margin.target},
         {"people", margin.people},
         {"missed", margin.missed},
         {"furthest_off",
          {{"part", margin.worst_name}, {"target", margin.worst_target}, {"people", margin.worst_people}}}});
  }
  return margins;
}

Json households_json(Households const& households) {
  Json margins = Json::array();
  for (Households::Result const& margin : households.margins)
    margins.push_back({{"name", margin.name},
                       {"target", margin.target},
                       {"households", margin.households},
                       {"furthest_off", margin.furthest}});
  return {{"households", households.size()},
          {"adults_in_none", households.adults_outside},
          {"children_in_none", households.children_outside},
          {"margins", std::move(margins)}};
}

std::string summary_json(PreparedPeople const& prepared, Synthesis const& made) {
  PopulationFit const& fit = prepared.fit;
  Json axes = Json::object();
  for (PeopleAxis const& axis : fit.cells.axes) axes[axis.name] = axis.levels.size();
  Json conflicts = Json::array();
  for (MarginConflict const& conflict : fit.conflicts) {
    conflicts.push_back({{"earlier", fit.margins[conflict.first].margin.name},
                         {"later", fit.margins[conflict.second].margin.name},
                         {"earlier_people", conflict.first_sum},
                         {"later_people", conflict.second_sum}});
  }
  Json json{{"name", prepared.recipe.name},
            {"date", format(prepared.recipe.date)},
            {"data_class", prepared.recipe.data_class},
            {"persons", made.people.size()},
            {"cells", fit.cells.size()},
            {"cells_with_people", std::ranges::count_if(made.by_cell, [](std::int64_t people) { return people > 0; })},
            {"levels", std::move(axes)},
            {"rounds", fit.raking.iterations},
            {"converged", fit.raking.converged},
            {"disagreements", std::move(conflicts)},
            {"margins", margins_json(made)}};
  if (prepared.recipe.households) json["households"] = households_json(made.households);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void save(PreparedPeople const& prepared, Synthesis made, std::string const& path, Session& session) {
  Provenance provenance;
  provenance.inputs = hashed(prepared.recipe.inputs);
  provenance.seed = prepared.recipe.seed;
  add_program(provenance, session);
  made.people.data_class = prepared.recipe.data_class;
  FinishStep const writing{session.signals};
  save_population({prepared.recipe.name, prepared.recipe.date, std::move(made.people)}, made.households,
                  prepared.recipe.model, provenance, path);
}

}  // namespace

int populate_command(PopulateArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  PreparedPeople const prepared = prepare_people(arguments.recipe, overrides_of(arguments.overrides), diagnostics);
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  std::string const& data_class = prepared.recipe.data_class;
  check_cleared({arguments.output, arguments.check}, data_class, arguments.inside);
  check_outputs({arguments.output, arguments.check}, prepared.recipe.inputs);
  Diagnostics making;
  Synthesis made =
      synthesize(prepared.recipe, prepared.fit, prepared.donors ? &*prepared.donors : nullptr, making, session.threads);
  throw_if_errors(making);
  session.console.show(making);
  std::string const summary =
      arguments.format == "json" ? summary_json(prepared, made) : describe(prepared.recipe, prepared.fit, made);
  if (!arguments.check.empty())
    write_text(arguments.check, check_csv(prepared.recipe, prepared.fit, made), session, file_mode(data_class));
  save(prepared, std::move(made), arguments.output, session);
  session.console.data(summary);
  throw_if_stopped(session.signals);
  return exit_ok;
}

}  // namespace utvei
