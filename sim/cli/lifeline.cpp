// SPDX-License-Identifier: Apache-2.0
#include "lifeline.hpp"

#include "exit_code.hpp"
#include "lifeline_text.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/engine/life_line.hpp>
#include <utvei/engine/simulate.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/results/marginal.hpp>
#include <utvei/run/prepare.hpp>

#include <cmath>
#include <memory>
#include <numeric>
#include <optional>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Mean over replicates, and the half-width of its 95 % interval.
Estimate over_replicates(std::vector<double> const& values) {
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

/// Person-years of a group of states; of those alone where people are in contact, or are not, if `contact` says so.
std::vector<double> years_in(RunResult const& result, Scenario const& scenario, std::string const& group,
                             bool without_contact) {
  std::vector<double> years(scenario.replicates, 0);
  Model const& model = scenario.model;
  for (std::size_t s = 0; s < model.states.size(); ++s) {
    State const& state = model.states[StateId{s}];
    if (state.group != group || (without_contact && scenario.coordination->contact[s])) continue;
    auto const more = sums_of(*result.table("person_years"), "state", state.name);
    for (std::size_t i = 0; i < more.size(); ++i) years[i] += more[i];
  }
  return years;
}

/// A ratio of sums over lives, and the half-width of its 95 % interval by the residuals (Cochran 1977, ch. 6).
std::optional<Estimate> ratio_over_replicates(std::vector<double> const& above, std::vector<double> const& below) {
  double const all = std::accumulate(below.begin(), below.end(), 0.0);
  if (all <= 0) return std::nullopt;
  double const ratio = std::accumulate(above.begin(), above.end(), 0.0) / all;
  std::vector<double> residuals;
  auto const n = static_cast<double>(above.size());
  for (std::size_t i = 0; i < above.size(); ++i) residuals.push_back((above[i] - ratio * below[i]) * n / all);
  return Estimate{ratio, over_replicates(residuals).half_width};
}

/// Months, of a life in the mean.
WaySummary summary_of(RunResult const& result, Scenario const& scenario) {
  constexpr double months = 12;
  auto const phase = [&](std::string const& name) {
    return over_replicates(scaled(sums_of(*result.table("contact_years"), "phase", name), months));
  };
  auto const contacts = sums_of(*result.table("contacts"), "", "");
  auto const met = sums_of(*result.table("contacts_all_met"), "", "");
  auto const time = sums_of(*result.table("time_to_all_met"), "", "");
  WaySummary summary;
  summary.to_be_found = phase("to_be_found");
  summary.handed_over = phase("handed_over");
  summary.waiting = phase("waiting");
  summary.being_helped = phase("being_helped");
  summary.share_all_met = ratio_over_replicates(met, contacts);
  summary.to_all_met = ratio_over_replicates(scaled(time, months), met);
  summary.outside = over_replicates(scaled(years_in(result, scenario, "outside", false), months));
  summary.in_work = over_replicates(scaled(years_in(result, scenario, "work", true), months));
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
  for (Measure const& measure : scenario.measures)
    if (measure.places || !measure.uses.empty())
      diagnostics.error(place, fmt::format("`{}` has places that are limited", measure.name),
                        "one person alone never waits for one",
                        "say how long people wait, as wait: {median: 10 weeks}");
  if (prepared.population->size() != 1)
    diagnostics.error(place, fmt::format("{} persons, and a life line is of one", prepared.population->size()), {},
                      "write population: {persons: 1, …}");
}

struct PersonAsked {
  std::string name, data_class;
};

/// What is wrong with the file is said of it as it stands.
PersonAsked person_asked(LifelineArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  auto const preparation = prepared_with({}, arguments, session, diagnostics);
  Prepared const& prepared = *preparation->all().front();
  check_is_one_person(prepared, diagnostics);
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  PersonAsked person{prepared.scenario.name, class_of(prepared)};
  require_disclosure_cleared(person.data_class, audience_of(arguments.inside), arguments.file);
  return person;
}

/// At point estimates: parameter draws would be other people's lives. The error comes from the replicates, not from
/// groups.
WayOfLife live(std::size_t way, LifelineArguments const& arguments, Session& session) {
  Diagnostics unheard;
  auto const preparation = prepared_with(
      {fmt::format("coordination.way={}", way_names[way]), "groups=2", "draws=0", "breakdowns=[[year, state]]"},
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
  life.summary = summary_of(result, prepared.scenario);
  life.scenario = std::move(prepared.scenario);
  return life;
}

}  // namespace

int lifeline_command(LifelineArguments const& arguments, Session& session) {
  PersonAsked const person = person_asked(arguments, session);
  std::vector<WayOfLife> ways;
  for (std::size_t way = 0; way < way_names.size(); ++way) ways.push_back(live(way, arguments, session));
  session.console.data(arguments.format == "json" ? lifeline_json(person.name, ways, person.data_class)
                                                  : lifeline_text(person.name, ways, session.language));
  return exit_ok;
}

}  // namespace utvei
