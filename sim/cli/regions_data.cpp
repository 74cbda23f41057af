// SPDX-License-Identifier: Apache-2.0
#include "regions_data.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

class AskedRegions {
 public:
  AskedRegions(RegionsArguments const& arguments, PreparedRegions& prepared, Diagnostics& diagnostics)
      : arguments_{arguments},
        prepared_{prepared},
        scenario_{prepared.scenario()},
        model_{scenario_.model},
        diagnostics_{diagnostics} {}

  void find() {
    if (prepared_.worlds.front()->population->region.empty() && arguments_.against.empty()) {
      diagnostics_.error(scenario_.population.place, "the people of the scenario have no region",
                         "regions are compared by the people who live in them", "give the population regions");
      return;
    }
    auto const reference = arguments_.reference.empty() ? everybody() : region_named(arguments_.reference);
    if (!reference) return;
    if (!arguments_.level.empty()) {
      add_level(*reference);
      return;
    }
    auto const region = region_named(arguments_.region);
    if (!region) return;
    if (!arguments_.against.empty()) {
      add_years(*region);
      return;
    }
    if (region == reference) {
      usage("a region and itself", fmt::format("`{}` is the region and the reference", region->second), "name two");
      return;
    }
    add(*region, *reference);
  }

 private:
  using Named = std::pair<std::optional<RegionId>, std::string>;

  void usage(std::string problem, std::string why, std::string what_to_do) {
    diagnostics_.merge(
        InputError{Fault::usage, Place{}, std::move(problem), std::move(why), std::move(what_to_do)}.diagnostics());
  }

  void add(Named const& region, Named const& reference) {
    prepared_.asked.push_back({region.first, reference.first, region.second, reference.second});
  }

  /// The region in which all live, if there is one.
  [[nodiscard]] std::optional<Named> everybody() const {
    auto const& people = *prepared_.worlds.front()->population;
    std::set<RegionId> roots;
    for (RegionId region : people.region) {
      while (model_.regions[region].parent) region = *model_.regions[region].parent;
      roots.insert(region);
    }
    if (roots.size() == 1) return Named{*roots.begin(), model_.regions[*roots.begin()].code};
    return Named{std::nullopt, "all"};
  }

  std::optional<Named> region_named(std::string const& code) {
    if (auto const found = model_.regions.find(code)) return Named{found, code};
    usage(fmt::format("unknown region `{}`", code), "", model_.regions.advice_for(code));
    return std::nullopt;
  }

  void add_level(Named const& reference) {
    std::vector<std::string> levels;
    auto const& people = *prepared_.worlds.front()->population;
    std::set<RegionId> inhabited;
    for (RegionId region : people.region)
      for (std::optional<RegionId> at = region; at; at = model_.regions[*at].parent) inhabited.insert(*at);
    for (RegionId const region : inhabited) {
      std::string const& level = model_.regions[region].level;
      if (std::ranges::find(levels, level) == levels.end()) levels.push_back(level);
      if (level == arguments_.level && reference.first != region) add({region, model_.regions[region].code}, reference);
    }
    if (!prepared_.asked.empty()) return;
    bool const is_known = std::erase(levels, arguments_.level) > 0;
    usage(fmt::format("nobody lives in a region of level `{}`{}", arguments_.level,
                      is_known ? " beside the reference, " + reference.second : ""),
          is_known ? "a region is not set against itself" : "", did_you_mean(arguments_.level, levels));
  }

  void add_years(Named const& region) {
    auto const named = [&](std::size_t world) {
      return fmt::format("{} {}", region.second, format(prepared_.worlds[world]->scenario.start));
    };
    add({region.first, named(0)}, {region.first, named(1)});
  }

  RegionsArguments const& arguments_;
  PreparedRegions& prepared_;
  Scenario const& scenario_;
  Model const& model_;
  Diagnostics& diagnostics_;
};

/// Outcomes by name: a definition, a state, or a group of states.
class AskedOutcomes {
 public:
  AskedOutcomes(RegionsArguments const& arguments, Scenario const& scenario, Diagnostics& diagnostics)
      : arguments_{arguments}, scenario_{scenario}, model_{scenario.model}, diagnostics_{diagnostics} {}

  std::vector<RegionOutcome> find() {
    auto const at = day_asked();
    std::vector<std::string> names = arguments_.outcomes;
    if (names.empty()) names.emplace_back("outside");
    std::vector<RegionOutcome> outcomes;
    for (std::string const& name : names)
      if (auto outcome = outcome_named(name, at)) outcomes.push_back(std::move(*outcome));
    return outcomes;
  }

 private:
  void usage(std::string problem, std::string why, std::string what_to_do) {
    diagnostics_.merge(
        InputError{Fault::usage, Place{}, std::move(problem), std::move(why), std::move(what_to_do)}.diagnostics());
  }

  std::optional<Instant> day_asked() {
    if (arguments_.at.empty()) return std::nullopt;
    auto const at = parse_date(arguments_.at);
    if (!at) {
      usage(fmt::format("`{}` is no date", arguments_.at), "", "write --at 2030-11-16");
    } else if (*at < scenario_.start || *at > scenario_.end) {
      usage(fmt::format("{} is not within the run", arguments_.at),
            fmt::format("it is from {} to {}", format(scenario_.start), format(scenario_.end)), "choose a day within");
      return std::nullopt;
    }
    return at;
  }

  [[nodiscard]] std::optional<Instant> last_count(Definition const& definition) const {
    if (!definition.at) return std::nullopt;
    for (int year = year_of(scenario_.end); year >= year_of(scenario_.start); --year) {
      auto const at = utvei::date(year, definition.at->month, definition.at->day);
      if (at && *at >= scenario_.start && *at <= scenario_.end) return at;
    }
    return std::nullopt;
  }

  std::optional<RegionOutcome> outcome_named(std::string const& name, std::optional<Instant> at) {
    RegionOutcome outcome{name, {}, std::vector<bool>(model_.states.size(), false), std::nullopt, at};
    bool const is_state = model_.state(name).has_value();
    for (StateId const state : ids_of(model_.states)) {
      State const& each = model_.states[state];
      outcome.states[state.value()] = is_state ? each.name == name : each.group == name;
      if (is_state && each.name == name) outcome.label = each.label;
    }
    bool const is_group = !is_state && std::ranges::find(outcome.states, true) != outcome.states.end();
    // A group and a definition may have one name: years are of the states, heads are as an agency counts them.
    if (Definition const* definition = model_.definition(name); definition && (at || !is_group)) {
      outcome.definition = *definition;
      outcome.label = definition->label;
      if (!at) outcome.at = last_count(*definition);
      if (outcome.at) return outcome;
      usage(fmt::format("nobody has said when `{}` is counted", name), "a definition counts heads at a date",
            "add --at DATE");
      return std::nullopt;
    }
    if (is_state || is_group) return outcome;
    usage(fmt::format("unknown outcome `{}`", name), "it is a state, a group of states or a definition of the model",
          did_you_mean(name, known()));
    return std::nullopt;
  }

  [[nodiscard]] std::vector<std::string> known() const {
    std::vector<std::string> names = model_.state_names();
    for (Definition const& definition : model_.definitions) names.push_back(definition.name);
    for (State const& state : model_.states)
      if (!state.group.empty() && std::ranges::find(names, state.group) == names.end()) names.push_back(state.group);
    return names;
  }

  RegionsArguments const& arguments_;
  Scenario const& scenario_;
  Model const& model_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::vector<RegionPair> PreparedRegions::pairs() const {
  auto const world = [](Prepared const& of) { return RegionWorld{of.scenario, of.rates, *of.population}; };
  std::vector<RegionPair> pairs;
  for (Names const& names : asked)
    pairs.push_back({{world(*worlds.front()), names.region, names.region_name},
                     {world(*worlds.back()), names.reference, names.reference_name}});
  return pairs;
}

std::string PreparedRegions::data_class() const {
  return strictest({class_of(*worlds.front()), class_of(*worlds.back())});
}

std::vector<std::string> PreparedRegions::files() const {
  std::vector<std::string> files = factors.inputs;
  auto const add = [&](std::vector<std::string> const& more) { files.insert(files.end(), more.begin(), more.end()); };
  for (auto const& world : worlds) {
    add(world->scenario.inputs);
    add(world->rates.inputs);
    add(world->population->inputs);
  }
  return files;
}

PreparedRegions prepare_regions(RegionsArguments const& arguments, std::size_t threads, Diagnostics& diagnostics) {
  PreparedRegions prepared;
  std::vector<Override> overrides = overrides_of(arguments.overrides);
  // Effects that are solved from trials are drawn while a scenario is prepared. `precision` is of runs, and may not go
  // with draws.
  if (arguments.draws.value_or(0) > 0) {
    overrides.push_back(parse_override(fmt::format("draws={}", *arguments.draws)));
    overrides.push_back(parse_override("precision=null"));
  }
  Preparation preparation{std::move(overrides), threads, diagnostics};
  bool is_ready = preparation.add(arguments.file) != nullptr;
  if (!arguments.against.empty()) is_ready = preparation.add(arguments.against) != nullptr && is_ready;
  if (!is_ready) return prepared;
  prepared.worlds = std::move(preparation.all());
  AskedRegions{arguments, prepared, diagnostics}.find();
  prepared.outcomes = AskedOutcomes{arguments, prepared.scenario(), diagnostics}.find();
  Model const& model = prepared.scenario().model;
  prepared.factors =
      arguments.factors.empty() ? plain_factors(model) : read_region_factors(arguments.factors, {}, model, diagnostics);
  return prepared;
}

}  // namespace utvei
