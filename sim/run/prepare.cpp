// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/trials.hpp>
#include <utvei/core/data_class.hpp>
#include <utvei/income/simulate_income.hpp>
#include <utvei/model/limit_shares.hpp>
#include <utvei/money/payments.hpp>
#include <utvei/output/population_file.hpp>
#include <utvei/output/rate_file.hpp>
#include <utvei/run/prepare.hpp>
#include <utvei/run/same_people.hpp>
#include <utvei/scenario/people_classes.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace utvei {

std::vector<Override> overrides_of(std::vector<std::string> const& words) {
  std::vector<Override> overrides;
  Diagnostics diagnostics;
  for (std::string const& word : words) collecting(diagnostics, [&] { overrides.push_back(parse_override(word)); });
  throw_if_errors(diagnostics);
  return overrides;
}

Rates rates_of(Model const& model, Diagnostics& diagnostics) {
  Rates rates = read_rates(model, diagnostics);
  if (!model.rate_file) return rates;
  Rates estimated = load_rates(*model.rate_file, model, Request{model.rate_file_place}, diagnostics);
  rates.rates.insert(rates.rates.end(), std::make_move_iterator(estimated.rates.begin()),
                     std::make_move_iterator(estimated.rates.end()));
  rates.inputs.insert(rates.inputs.end(), estimated.inputs.begin(), estimated.inputs.end());
  rates.models = std::move(estimated.models);
  rates.limits = std::move(estimated.limits);
  rates.classes = std::move(estimated.classes);
  rates.frozen = std::move(estimated.frozen);
  rates.data_class = strictest({rates.data_class, estimated.data_class});
  return rates;
}

Preparation::Preparation(std::vector<Override> overrides, std::size_t threads, Diagnostics& diagnostics)
    : overrides_{std::move(overrides)}, threads_{threads}, diagnostics_{diagnostics}, load_{load_population} {}

std::shared_ptr<Population const> Preparation::people_of(Scenario const& scenario, Diagnostics& diagnostics) {
  auto const earlier =
      std::ranges::find_if(earlier_, [&](Prepared const* one) { return have_same_people(one->scenario, scenario); });
  if (earlier != earlier_.end()) return (*earlier)->people;
  auto const same =
      std::ranges::find_if(remembered_, [&](auto const& one) { return have_same_people(one.first, scenario); });
  if (same != remembered_.end()) return same->second;
  Population people = make_population(scenario.population, scenario.model, scenario.start, diagnostics, threads_);
  if (!diagnostics.has_errors()) {
    add_entrants(scenario.demography, scenario.model, scenario.start, scenario.end, people, diagnostics);
  }
  auto shared = std::make_shared<Population const>(std::move(people));
  if (diagnostics.has_errors()) return shared;
  constexpr std::size_t most_remembered = 4;
  if (remembered_.size() == most_remembered) remembered_.erase(remembered_.begin());
  remembered_.emplace_back(scenario, shared);
  // A copy of them is in `shared`.
  remembered_.back().first.population.saved.reset();
  return shared;
}

namespace {

/// With a class for each, where the rates tell two classes of people apart.
std::shared_ptr<Population const> simulated_people(Prepared& prepared) {
  if (!prepared.rates.classes) return prepared.people;
  auto people = std::make_shared<Population>(*prepared.people);
  give_classes(prepared.scenario, prepared.rates, *people);
  return people;
}

/// Whatever else is wrong with the scenario; whether it fits the people is asked of what is right.
void read_income_and_money_of(Prepared& prepared, Diagnostics& diagnostics) {
  Scenario const& asked = prepared.scenario;
  if (!asked.income || asked.model.states.empty()) return;
  prepared.income = read_income(*asked.income, {}, Request{asked.income_place}, &asked.model, diagnostics);
  if (!diagnostics.has_errors()) check_income(*prepared.income, asked, *prepared.population, diagnostics);
  if (!asked.money) return;
  prepared.money = read_money(*asked.money, {}, Request{asked.money_place}, &asked.model, diagnostics);
  if (!diagnostics.has_errors()) check_money(*prepared.money, *prepared.income, asked, diagnostics);
}

}  // namespace

std::string class_of(Prepared const& prepared) {
  return strictest({prepared.rates.data_class, prepared.population->data_class, prepared.scenario.demography.data_class,
                    prepared.income ? prepared.income->data_class : "synthetic"});
}

Evidence evidence_behind(std::vector<std::string> files, Rates const& rates, Diagnostics& diagnostics) {
  files.insert(files.end(), rates.inputs.begin(), rates.inputs.end());
  return evidence_of(files, diagnostics);
}

std::unique_ptr<Prepared> Preparation::load(std::string const& path, std::vector<Override> const& more,
                                            Request const& request, Diagnostics& diagnostics) {
  Diagnostics own;
  std::vector<Override> overrides = overrides_;
  overrides.insert(overrides.end(), more.begin(), more.end());
  auto prepared = std::make_unique<Prepared>();
  collecting(own, [&] { prepared->scenario = read_scenario(path, overrides, request, own, load_); });
  if (!own.has_errors()) collecting(own, [&] { prepared->rates = rates_of(prepared->scenario.model, own); });
  if (!own.has_errors()) settle_limits(prepared->scenario.model, prepared->rates, own);
  if (!own.has_errors()) collecting(own, [&] { prepared->people = people_of(prepared->scenario, own); });
  if (!own.has_errors()) {
    collecting(own,
               [&] { prepared->trials = solved_->settle(prepared->scenario, prepared->rates, threads_, stop_, own); });
  }
  // A copy of them is in `people`.
  prepared->scenario.population.saved.reset();
  if (!own.has_errors()) prepared->population = simulated_people(*prepared);
  if (!own.has_errors()) {
    collecting(own,
               [&] { prepared->plan = compile(prepared->scenario, prepared->rates, *prepared->population, 0, own); });
  }
  collecting(own, [&] { read_income_and_money_of(*prepared, own); });
  if (!own.has_errors()) prepared->evidence = evidence_behind(prepared->scenario.inputs, prepared->rates, own);
  diagnostics.merge(own);
  if (own.has_errors()) return nullptr;
  return prepared;
}

Prepared const* Preparation::add(std::string const& path, Request const& request) {
  auto prepared = load(path, {}, request, diagnostics_);
  if (!prepared) return nullptr;
  prepared_.push_back(std::move(prepared));
  return prepared_.back().get();
}

}  // namespace utvei
