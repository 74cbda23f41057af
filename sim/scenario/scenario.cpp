// SPDX-License-Identifier: Apache-2.0
#include "sections.hpp"

#include <utvei/document/files.hpp>
#include <utvei/model/names.hpp>
#include <utvei/scenario/result_name.hpp>
#include <utvei/scenario/scenario.hpp>

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace utvei {

namespace {

constexpr std::int64_t most_years = 150;
constexpr std::int64_t most_draws = (std::int64_t{1} << 20) - 1;
constexpr std::int64_t most_replicates = 4096;
constexpr std::int64_t most_weight = 1'000'000;

bool may_stand_in_file_name(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != 0x7f && c != '/' && c != '\\';
}

/// The name is also the name of the result file.
std::string read_name(Value const& value, Diagnostics& diagnostics) {
  auto const name = as_code(value, "name", diagnostics);
  if (!name) return {};
  if (!can_name_result(*name)) {
    diagnostics.error(value.place, fmt::format("`{}` cannot name a result file", *name), {},
                      "use letters, digits, `_`, `-` and `.`, beginning with a letter or digit");
  }
  return *name;
}

/// What readers call it: one text, or one for each language.
void read_label(Value const& value, Diagnostics& diagnostics) {
  if (value.is_map())
    read_labels(value, "label", diagnostics);
  else if (!value.is_scalar())
    diagnostics.error(value.place, "`label` is neither a text nor a map of languages", "",
                      "label: {nb: …, nn: …, en: …}");
}

void read_period(MapReader& reader, Scenario& scenario, Diagnostics& diagnostics) {
  if (Value const* start = reader.required("start")) {
    scenario.start = as_date(*start, "start", diagnostics).value_or(Instant{});
  }
  scenario.end = scenario.start;
  if (Value const* years = reader.required("years")) {
    auto const number = as_integer(*years, 1, most_years, "years", diagnostics);
    scenario.end = anniversary(scenario.start, static_cast<int>(number.value_or(1)));
  }
}

std::uint32_t read_number(MapReader& reader, std::string_view key, std::int64_t least, std::int64_t most,
                          std::uint32_t otherwise, Diagnostics& diagnostics) {
  Value const* value = reader.optional(key);
  if (!value) return otherwise;
  return static_cast<std::uint32_t>(as_integer(*value, least, most, key, diagnostics).value_or(otherwise));
}

void read_luck(MapReader& reader, Scenario& scenario, Diagnostics& diagnostics) {
  constexpr std::int64_t most_seed = std::numeric_limits<std::uint32_t>::max();
  scenario.seed = read_number(reader, "seed", 0, most_seed, 0, diagnostics);
  scenario.draws = read_number(reader, "draws", 0, most_draws, 0, diagnostics);
  scenario.replicates = read_number(reader, "replicates", 1, most_replicates, 1, diagnostics);
  scenario.weight = read_number(reader, "weight", 1, most_weight, 1, diagnostics);
  if (Value const* precision = reader.optional("precision"))
    scenario.precision = read_precision(*precision, scenario.draws, scenario.model, diagnostics);
}

/// The model, with the scenario's rates in place of its own.
Model read_model_of(MapReader& reader, Diagnostics& diagnostics) {
  Model model;
  if (Value const* value = reader.required("model")) {
    if (as_text(*value, "model", diagnostics)) {
      model = read_model(path_beside(*value), {}, Request{value->place}, diagnostics);
    }
  }
  if (Value const* value = reader.optional("rates")) {
    if (as_text(*value, "rates", diagnostics)) {
      model.rate_file = path_beside(*value);
      model.rate_file_place = value->place;
    }
  }
  return model;
}

/// A path, and where the scenario says it.
void read_file_name(MapReader& reader, std::string_view key, std::optional<std::string>& path, Place& place,
                    Diagnostics& diagnostics) {
  Value const* value = reader.optional(key);
  if (!value || !as_text(*value, key, diagnostics)) return;
  path = path_beside(*value);
  place = value->place;
}

void read_income_and_money(MapReader& reader, Scenario& scenario, Diagnostics& diagnostics) {
  read_file_name(reader, "income", scenario.income, scenario.income_place, diagnostics);
  read_file_name(reader, "money", scenario.money, scenario.money_place, diagnostics);
  if (scenario.money && !scenario.income)
    diagnostics.error(scenario.money_place, "`money` without `income`",
                      "who pays what people live on can only be told where it is known what they live on",
                      "add `income: income.yaml`; `utvei new income` makes one to start from");
  for (Measure const& measure : scenario.measures) {
    if (scenario.money || measure.costs.empty()) continue;
    diagnostics.error(measure.costs.front().place,
                      fmt::format("measure `{}` has costs, but the scenario no `money`", measure.name),
                      "prices have a year, and costs are weighed against benefits and taxes",
                      "add `money: money.yaml`; `utvei new money` makes one to start from");
  }
}

void read_what_needs_the_model(MapReader& reader, Scenario& scenario, PeopleLoader const& load,
                               Diagnostics& diagnostics) {
  Value const* population = reader.required("population");
  Value const* changes = reader.optional("changes");
  ServiceSections const services{reader.optional("measures"), reader.optional("resources"), reader.optional("needs"),
                                 reader.optional("coordination")};
  OutcomeSections const outcomes{reader.optional("scores"), reader.optional("waves"), reader.optional("events")};
  Value const* demography = reader.optional("demography");
  bool const model_is_there = !scenario.model.states.empty();
  std::vector<StateId> starts;
  if (population && model_is_there) {
    std::size_t const before = diagnostics.error_count();
    scenario.population = read_population_spec(*population, scenario.model, diagnostics, load);
    // Who joins later may begin anywhere.
    bool const others_come = demography != nullptr && (demography->find("entrants") || demography->find("arrivals"));
    if (diagnostics.error_count() == before && !others_come) starts = start_states(scenario.population, scenario.model);
  }
  if (demography && model_is_there) scenario.demography = read_demography(*demography, scenario.model, diagnostics);
  StreamNames names{scenario.model, diagnostics};
  if (changes && model_is_there) scenario.changes = read_changes(*changes, scenario, names, diagnostics);
  if (model_is_there) read_services(services, scenario, names, diagnostics);
  if (!starts.empty()) warn_of_unreachable_states(scenario, starts, diagnostics);
  if (model_is_there) read_outcomes(outcomes, scenario, names, diagnostics);
  read_tallies(reader, scenario, diagnostics);
  Value const* pathways = reader.optional("pathways");
  if (pathways && model_is_there) read_pathways(*pathways, scenario, diagnostics);
}

}  // namespace

bool can_name_result(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.front() != '-' &&
         std::ranges::all_of(name, may_stand_in_file_name);
}

Scenario read_scenario(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                       Diagnostics& diagnostics, PeopleLoader const& load) {
  Scenario scenario;
  scenario.path = path;
  Value const document = read_document(path, overrides, request, diagnostics);
  if (document.is_null()) return scenario;
  MapReader reader{document, "the scenario", diagnostics};
  if (!document.is_map() || !check_format(reader, "scenario", diagnostics)) return scenario;
  scenario.inputs.push_back(path);

  if (Value const* name = reader.required("name")) scenario.name = read_name(*name, diagnostics);
  // It stays in the resolved scenario, from where readers of a result take it.
  if (Value const* label = reader.optional("label")) read_label(*label, diagnostics);
  scenario.model = read_model_of(reader, diagnostics);
  read_period(reader, scenario, diagnostics);
  read_luck(reader, scenario, diagnostics);
  read_what_needs_the_model(reader, scenario, load, diagnostics);
  read_income_and_money(reader, scenario, diagnostics);
  reader.finish();

  scenario.resolved = to_yaml(document);
  collect_files(document, scenario.inputs);
  for (auto const* inputs : {&scenario.model.inputs, &scenario.demography.inputs}) {
    scenario.inputs.insert(scenario.inputs.end(), inputs->begin(), inputs->end());
  }
  return scenario;
}

}  // namespace utvei
