// SPDX-License-Identifier: Apache-2.0
#include "lifeline.hpp"

#include "exit_code.hpp"
#include "lifeline_text.hpp"
#include "prepare.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/engine/life_line.hpp>
#include <utvei/engine/simulate.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/results/marginal.hpp>

#include <cmath>
#include <memory>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Mean over replicates, and the half-width of its 95 % interval.
Estimate over_replicates(std::vector<double> const& values) {
  constexpr double normal_975 = 1.959964;
  auto const n = static_cast<double>(values.size());
  double mean = 0;
  for (double const value : values) mean += value / n;
  double squares = 0;
  for (double const value : values) squares += (value - mean) * (value - mean);
  return {mean, values.size() > 1 ? normal_975 * std::sqrt(squares / (n - 1) / n) : 0};
}

std::vector<double> sums_of(Table const& table, std::string const& dimension, std::string const& label) {
  std::vector<std::string> keep{"replicate"};
  if (dimension.empty()) return marginal(table, keep);
  keep.push_back(dimension);
  auto const& labels = table.dimensions[*table.axis(dimension)].labels;
  std::vector<double> const all = marginal(table, keep);
  std::vector<double> sums;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (labels[i % labels.size()] == label) sums.push_back(all[i]);
  return sums;
}

std::vector<double> scaled(std::vector<double> values, double by) {
  for (double& value : values) value *= by;
  return values;
}

/// Person-years of a group of states.
std::vector<double> years_in(RunResult const& result, Model const& model, std::string const& group) {
  std::vector<double> years;
  for (State const& state : model.states) {
    if (state.group != group) continue;
    auto const more = sums_of(*result.table("person_years"), "state", state.name);
    years.resize(more.size(), 0);
    for (std::size_t i = 0; i < more.size(); ++i) years[i] += more[i];
  }
  return years.empty() ? std::vector<double>{0} : years;
}

/// Months, of a life in the mean.
WaySummary summary_of(RunResult const& result, Model const& model) {
  constexpr double months = 12;
  auto const phase = [&](std::string const& name) {
    return over_replicates(scaled(sums_of(*result.table("contact_years"), "phase", name), months));
  };
  auto const contacts = sums_of(*result.table("contacts"), "", "");
  auto const met = sums_of(*result.table("contacts_all_met"), "", "");
  auto const time = sums_of(*result.table("time_to_all_met"), "", "");
  std::vector<double> shares;
  std::vector<double> times;
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    if (contacts[i] > 0) shares.push_back(met[i] / contacts[i]);
    if (met[i] > 0) times.push_back(months * time[i] / met[i]);
  }
  WaySummary summary;
  summary.to_be_found = phase("to_be_found");
  summary.waiting = phase("waiting");
  summary.being_helped = phase("being_helped");
  if (!shares.empty()) summary.share_all_met = over_replicates(shares);
  if (!times.empty()) summary.to_all_met = over_replicates(times);
  summary.outside = over_replicates(scaled(years_in(result, model, "outside"), months));
  summary.in_work = over_replicates(scaled(years_in(result, model, "work"), months));
  summary.lives = contacts.size();
  return summary;
}

/// `changes`: beside those of the command line.
std::unique_ptr<Preparation> prepared_with(std::vector<std::string> changes, LifelineArguments const& arguments,
                                           Session& session, Diagnostics& diagnostics) {
  changes.insert(changes.begin(), arguments.overrides.begin(), arguments.overrides.end());
  auto preparation = std::make_unique<Preparation>(overrides_of(changes), session.threads, diagnostics);
  preparation->add(arguments.file);
  throw_if_errors(diagnostics);
  return preparation;
}

void check_is_one_person(Prepared const& prepared, Diagnostics& diagnostics) {
  Scenario const& scenario = prepared.scenario;
  Place const place{std::make_shared<SourceText const>(SourceText{scenario.path, ""})};
  if (!scenario.coordination)
    diagnostics.error(place, "nobody has needs in this scenario", "a life line shows how needs are found and met",
                      "add `needs` and `coordination`");
  if (prepared.population->size() != 1)
    diagnostics.error(place, fmt::format("{} persons, and a life line is of one", prepared.population->size()), {},
                      "write population: {persons: 1, …}");
}

/// What is wrong with the file is said of it as it stands.
std::string name_of_person(LifelineArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  auto const preparation = prepared_with({}, arguments, session, diagnostics);
  Prepared const& prepared = *preparation->all().front();
  check_is_one_person(prepared, diagnostics);
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  require_disclosure_cleared(strictest({prepared.rates.data_class, prepared.population->data_class}),
                             audience_of(arguments.inside), arguments.file);
  return prepared.scenario.name;
}

/// At point estimates: parameter draws would be other people's lives. The error comes from the replicates, not from
/// groups.
WayOfLife live(std::size_t way, LifelineArguments const& arguments, Session& session) {
  Diagnostics unheard;
  auto const preparation = prepared_with({fmt::format("coordination.way={}", way_names[way]), "groups=2", "draws=0"},
                                         arguments, session, unheard);
  Prepared& prepared = *preparation->all().front();
  WayOfLife life;
  life.way = static_cast<WayOfWorking>(way);
  life.events = life_line(prepared.plan, *prepared.population, PersonRow{std::size_t{0}},
                          RandomKey{prepared.scenario.seed, 0, 0});
  SimulateOptions options;
  options.threads = session.threads;
  options.stop = &session.signals.stop();
  RunResult const result =
      simulate(prepared.scenario, prepared.rates, *prepared.population, std::move(prepared.plan), options);
  life.summary = summary_of(result, prepared.scenario.model);
  life.scenario = std::move(prepared.scenario);
  return life;
}

}  // namespace

int lifeline_command(LifelineArguments const& arguments, Session& session) {
  std::string const name = name_of_person(arguments, session);
  std::vector<WayOfLife> ways;
  for (std::size_t way = 0; way < way_names.size(); ++way) ways.push_back(live(way, arguments, session));
  session.console.data(arguments.format == "json" ? lifeline_json(name, ways)
                                                  : lifeline_text(name, ways, session.language));
  return exit_ok;
}

}  // namespace utvei
