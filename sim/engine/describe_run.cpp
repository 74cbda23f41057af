// SPDX-License-Identifier: Apache-2.0
#include "describe_run.hpp"

#include "assumed_effects.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/population/fingerprint.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

StateInfo info_of(State const& state) {
  return {state.name, state.group, label_in(state.label, "nb", state.name), label_in(state.label, "nn", state.name),
          label_in(state.label, "en", state.name)};
}

/// Whether who begins a measure, and when, hangs on the others who ask.
bool couples_people(Measure const& measure) {
  return measure.places || !measure.uses.empty() || measure.queue.group_size > 1;
}

bool slows_ways_out(Measure const& measure) {
  return measure.need &&
         std::ranges::any_of(measure.need->slows, [](Slowing const& slowing) { return slowing.ratio.mean != 1; });
}

}  // namespace

std::vector<bool> shown_regions(Regions const& regions, Population const& people) {
  std::vector<bool> shown(regions.size(), true);
  for (std::size_t r = 0; r < regions.size(); ++r) {
    if (auto const& parent = regions[RegionId{r}].parent) {
      shown[parent->value()] = false;
    }
  }
  for (RegionId const region : people.region) {
    shown[region.value()] = true;
  }
  return shown;
}

RunResult described(Scenario const& scenario, Rates const& rates, Population const& people,
                    std::vector<bool> const& shown, std::size_t threads) {
  RunResult result;
  for (State const& state : scenario.model.states) {
    result.states.push_back(info_of(state));
  }
  for (Definition const& definition : scenario.model.definitions) {
    auto const label = [&](char const* language) { return label_in(definition.label, language, definition.name); };
    result.definitions.push_back({definition.name, definition.better, label("nb"), label("nn"), label("en")});
  }
  for (Measure const& measure : scenario.measures) {
    auto const label = [&](char const* language) { return label_in(measure.label, language, measure.name); };
    result.measures.push_back({measure.name, "", label("nb"), label("nn"), label("en")});
  }
  for (std::size_t r = 0; r < shown.size(); ++r) {
    if (shown[r]) {
      RegionId const region{r};
      result.region_names[scenario.model.regions[region].code] = scenario.model.regions.name(region, "nb");
    }
  }
  result.provenance.seed = scenario.seed;
  result.provenance.scenario_name = scenario.name;
  result.provenance.scenario = scenario.resolved;
  result.provenance.start = format(scenario.start);
  result.provenance.end = format(scenario.end);
  for (MonthDay const& day : scenario.stock_dates) {
    result.provenance.stock_dates +=
        fmt::format("{}{:02}-{:02}", result.provenance.stock_dates.empty() ? "" : ", ", day.month, day.day);
  }
  result.provenance.model = scenario.model.path;
  result.provenance.rates = scenario.model.rate_file.value_or("");
  result.provenance.people = fingerprint(people, scenario.model, threads);
  result.provenance.places_couple_people = std::ranges::any_of(scenario.measures, couples_people);
  result.provenance.unmet_needs_slow = std::ranges::any_of(scenario.measures, slows_ways_out);
  result.provenance.assumed = assumed_effects(scenario);
  result.provenance.data_class = strictest({rates.data_class, people.data_class, scenario.demography.data_class});
  return result;
}

}  // namespace utvei
