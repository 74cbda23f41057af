// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/digest.hpp>
#include <utvei/document/value.hpp>
#include <utvei/run/solved_trials.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

namespace utvei {
namespace {

/// What begun_at_once() leaves out of a measure, and what is said of it alone.
constexpr std::array<std::string_view, 15> no_matter{
    "places",   "queue", "allocate", "uses",  "uptake",   "found_after", "again_after",  "runs",
    "takes_in", "cost",  "label",    "needs", "not_with", "replaces",    "without_price"};
/// Of a scenario: what the trial's people have not, and names.
constexpr std::array<std::string_view, 11> no_matter_of_scenario{"measures",   "resources",  "changes",  "demography",
                                                                 "population", "breakdowns", "weight",   "name",
                                                                 "label",      "groups",     "precision"};

template <class Names>
void leave_out(Value& map, Names const& names) {
  std::erase_if(map.members, [&](Member const& member) { return std::ranges::find(names, member.key) != names.end(); });
}

/// All that the ratio follows from: the rest of the scenario, the measure, and what the files hold.
std::string key_of(Scenario const& scenario, Rates const& rates, Measure const& measure) {
  Diagnostics unheard;
  Value document = parse_yaml(scenario.resolved, "scenario", unheard);
  Value const* const given = document.find("measures");
  Value const measures = given == nullptr ? Value{} : named_items(*given);
  std::string key;
  for (Value item : measures.items) {
    Value const* const name = item.find("name");
    if (name == nullptr || name->scalar != measure.name) continue;
    leave_out(item, no_matter);
    key += to_yaml(item);
  }
  leave_out(document, no_matter_of_scenario);
  key += to_yaml(document);
  std::vector<std::string> files = scenario.model.inputs;
  files.insert(files.end(), rates.inputs.begin(), rates.inputs.end());
  for (MeasureEffect const& effect : measure.effects) {
    if (!effect.trial) continue;
    files.push_back(effect.trial->path);
    if (effect.trial->population.file) files.push_back(*effect.trial->population.file);
  }
  for (std::string const& file : files) key += file + " " + sha256_of_file(file) + "\n";
  return key;
}

bool is_from_trial(MeasureEffect const& effect) {
  return effect.trial.has_value();
}

}  // namespace

std::vector<TrialEffect> SolvedTrials::settle(Scenario& scenario, Rates const& rates, std::size_t threads,
                                              StopFlag const* stop, Diagnostics& diagnostics) {
  std::vector<TrialEffect> found;
  for (std::size_t m = 0; m < scenario.measures.size(); ++m) {
    if (std::ranges::none_of(scenario.measures[m].effects, is_from_trial)) continue;
    std::string const key = key_of(scenario, rates, scenario.measures[m]);
    Solved solved;
    {
      std::scoped_lock const lock{mutex_};
      if (auto const known = solved_.find(key); known != solved_.end()) solved = known->second;
    }
    if (solved.effects.empty()) {
      Scenario one = scenario;
      for (std::size_t other = 0; other < one.measures.size(); ++other)
        if (other != m)
          for (MeasureEffect& effect : one.measures[other].effects) effect.trial.reset();
      std::size_t const errors = diagnostics.error_count();
      solved.found = settle_trials(one, rates, threads, stop, diagnostics);
      solved.effects = std::move(one.measures[m].effects);
      if (diagnostics.error_count() > errors) continue;
      std::scoped_lock const lock{mutex_};
      solved_[key] = solved;
    }
    auto& effects = scenario.measures[m].effects;
    for (std::size_t e = 0; e < effects.size(); ++e) {
      if (!effects[e].trial) continue;
      effects[e].ratio = solved.effects[e].ratio;
      effects[e].drawn = solved.effects[e].drawn;
    }
    std::ranges::move(solved.found, std::back_inserter(found));
  }
  return found;
}

PeopleLoader reading_once(PeopleLoader load) {
  struct Read {
    std::mutex mutex;
    std::map<std::pair<std::string, std::string>, std::shared_ptr<SavedPopulation const>> files;
  };
  auto const read = std::make_shared<Read>();
  return [read, load = std::move(load)](std::string const& path, Model const& model, Request const& request,
                                        Diagnostics& diagnostics) {
    std::scoped_lock const lock{read->mutex};
    auto& known = read->files[{path, model.path}];
    if (!known) known = load(path, model, request, diagnostics);
    return known;
  };
}

}  // namespace utvei
