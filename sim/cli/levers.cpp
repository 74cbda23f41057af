// SPDX-License-Identifier: Apache-2.0
#include "levers.hpp"

#include "exit_code.hpp"
#include "progress.hpp"
#include "text_output.hpp"

#include <utvei/core/text.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/prepare.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

[[noreturn]] void refuse_usage(std::string const& what, std::string const& why, std::string const& advice) {
  throw InputError{Fault::usage, Place{}, what, why, advice};
}

std::vector<std::string> names_of_outcomes(Model const& model) {
  std::vector<std::string> names = model.state_names();
  for (Definition const& definition : model.definitions) names.push_back(definition.name);
  for (State const& state : model.states)
    if (!state.group.empty() && std::ranges::find(names, state.group) == names.end()) names.push_back(state.group);
  return names;
}

std::vector<LeverOutcome> outcomes_asked(GraphArguments const& arguments, Model const& model) {
  std::vector<LeverOutcome> outcomes;
  std::vector<std::string> names = arguments.outcomes;
  if (names.empty()) {
    if (!lever_outcome(model, "outside"))
      refuse_usage("--levers: the model has no definition, state or group `outside`",
                   "an outcome is what rates are weighed by",
                   fmt::format("say which with --outcome: {}", fmt::join(names_of_outcomes(model), ", ")));
    names = {"outside"};
  }
  for (std::string const& name : names) {
    auto outcome = lever_outcome(model, name);
    if (!outcome)
      refuse_usage(fmt::format("--outcome: `{}` is no state, group or definition of the model", name), "",
                   did_you_mean(name, names_of_outcomes(model)));
    if (outcome->whom.longer_than.minutes > 0)
      refuse_usage(fmt::format("--outcome: definition `{}` counts people by how long they have been there", name),
                   "levers are of the time that people are in states, however long each stay is",
                   "name a definition without `longer_than`, or a state");
    outcomes.push_back(std::move(*outcome));
  }
  return outcomes;
}

void read_by(GraphArguments const& arguments, Scenario const& scenario, Population const& people,
             LeverOptions& options) {
  std::vector<std::string> levels{"region"};
  Regions const& regions = scenario.model.regions;
  for (RegionId id{0}; id.value() < regions.size(); id = RegionId{id.value() + std::size_t{1}}) {
    std::string const& level = regions[id].level;
    if (!level.empty() && std::ranges::find(levels, level) == levels.end()) levels.push_back(level);
  }
  for (std::string const& word : arguments.by) {
    if (word == "age_group") {
      if (scenario.age_groups.empty() || people.birth.empty())
        refuse_usage("--by age_group: the scenario has no `age_groups`", "they say where ages are cut",
                     "add --set age_groups=[16,25,40,62]");
      options.by_age = true;
    } else if (std::ranges::find(levels, word) == levels.end()) {
      levels.emplace_back("age_group");
      refuse_usage(fmt::format("--by: `{}` is neither `region`, `age_group` nor a level of regions", word), "",
                   did_you_mean(word, levels));
    } else if (options.region_level) {
      refuse_usage("--by: two levels of regions", "regions are told apart at one level", "leave one of them out");
    } else if (people.region.empty()) {
      refuse_usage(fmt::format("--by {}: the people of the scenario have no region", word), "",
                   "give `region` under `population`");
    } else {
      options.region_level = word;
    }
  }
}

std::pair<StateId, StateId> way_named(std::string const& text, Model const& model) {
  auto const arrow = text.find("->");
  if (arrow == std::string::npos)
    refuse_usage(fmt::format("--without: `{}` is no way", text), "", "write it as \"aap -> disability\"");
  auto const named = [&](std::string_view part) {
    std::string const name{trimmed(part)};
    if (auto const state = model.state(name)) return *state;
    refuse_usage(fmt::format("--without: unknown state `{}`", name), "", did_you_mean(name, model.state_names()));
  };
  return {named(std::string_view{text}.substr(0, arrow)), named(std::string_view{text}.substr(arrow + 2))};
}

void check_format(GraphArguments const& arguments) {
  if (!arguments.from.empty() || !arguments.at.empty())
    refuse_usage("--levers, --flows and --without do not stand with --from and --at",
                 "they are of the whole scenario, at its own rates", "ask for them one after the other");
  if (!arguments.levers && (!arguments.outcomes.empty() || !arguments.by.empty()))
    refuse_usage("--outcome and --by stand with --levers", "flows are of all people", "add --levers");
  bool const is_picture = arguments.format == "dot" || arguments.format == "svg";
  std::size_t const parts = (arguments.levers ? 1U : 0U) + (arguments.flows ? 1U : 0U) + arguments.without.size();
  if (is_picture && parts > 1)
    refuse_usage(fmt::format("--format {} shows one thing", arguments.format), "edges have one width and one number",
                 "ask for --levers, --flows or one --without");
  if (arguments.format == "csv" && (parts > 1 || !arguments.without.empty()))
    refuse_usage("--format csv is one table", "it is of --levers, or of --flows",
                 "ask for one of them, or for --format json");
}

LeverFindings find_all(GraphArguments const& arguments, Prepared const& prepared, LeverOptions const& options) {
  LeverFindings findings;
  Scenario const& scenario = prepared.scenario;
  Rates const& rates = prepared.rates;
  Population const& people = *prepared.population;
  if (arguments.levers) findings.levers = find_levers(scenario, rates, people, options);
  if (arguments.flows) findings.flows = expected_flows(scenario, rates, people, options);
  for (std::string const& text : arguments.without) {
    auto const [from, to] = way_named(text, scenario.model);
    findings.removals.push_back(remove_way(scenario, rates, people, from, to, options));
  }
  return findings;
}

}  // namespace

int levers_command(GraphArguments const& arguments, Session& session) {
  check_format(arguments);
  Diagnostics diagnostics;
  Preparation preparation{overrides_of(arguments.overrides), session.threads, diagnostics};
  Prepared const* const prepared = preparation.add(arguments.file);
  throw_if_errors(diagnostics);
  Scenario const& scenario = prepared->scenario;
  LeverOptions options;
  options.threads = session.threads;
  options.stop = &session.signals.stop();
  if (arguments.levers) options.outcomes = outcomes_asked(arguments, scenario.model);
  read_by(arguments, scenario, *prepared->population, options);
  for (std::string const& text : arguments.without) way_named(text, scenario.model);
  std::string const data_class = class_of(*prepared);
  require_disclosure_cleared(data_class, audience_of(arguments.inside), arguments.file, "shown");
  check_outputs({arguments.output}, scenario.inputs);
  session.console.show(diagnostics);
  LeverFindings findings;
  {
    ProgressBar bar{session.console, scenario.name, !session.quiet};
    options.progress = [&bar](std::uint64_t done, std::uint64_t total) { bar.tell(done, total); };
    findings = find_all(arguments, *prepared, options);
  }
  std::string text;
  if (arguments.format == "json") {
    text = levers_json(scenario, options.outcomes, findings, data_class);
  } else if (arguments.format == "csv") {
    text = levers_csv(scenario, options.outcomes, findings);
  } else if (arguments.format == "dot" || arguments.format == "svg") {
    text = levers_dot(scenario, options.outcomes, findings, session.language);
    if (arguments.format == "svg") text = svg_of(text);
  } else {
    text = levers_text(scenario, options.outcomes, findings, static_cast<std::size_t>(arguments.most), data_class,
                       session.language);
  }
  write_text(arguments.output, text, session, file_mode(data_class));
  return exit_ok;
}

}  // namespace utvei
