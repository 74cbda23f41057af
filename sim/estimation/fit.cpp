// SPDX-License-Identifier: Apache-2.0
// Occurrence/exposure rates: with intensities that are constant in each cell, the likelihood of life courses is that of
// independent Poisson counts with mean rate x person-time (Holford 1980; Laird & Olivier 1981), one transition at a
// time.
#include "cells.hpp"
#include "log_linear.hpp"

#include <utvei/estimation/fit.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace utvei {
namespace {

void add_raw(RateCell const& cell, TransitionSummary& summary) {
  ++summary.parameters;
  summary.cells_without_events += cell.events == 0 ? 1 : 0;
  if (cell.events > 0) {
    summary.log_likelihood += static_cast<double>(cell.events) * std::log(cell.rate);
  }
  summary.log_likelihood -= cell.rate * cell.person_years;
}

TransitionSummary fit_raw(TransitionId transition, Exposure const& exposure, Model const& model, Fit& fit) {
  auto const counts = counts_of(exposure, model, transition);
  auto const all_regions = summed_over_regions(counts, exposure);
  auto const all = std::accumulate(counts.begin(), counts.end(), Counts{});
  TransitionSummary summary = summarise(transition, counts, exposure, model);
  GarwoodIntervals intervals;
  auto const add = [&](std::size_t cell, Counts const& of, RateSource source) {
    fit.cells.push_back(raw_rate(transition, exposure.box(cell), of, source, intervals(of.events)));
  };
  for (std::size_t cell = 0; cell < counts.size(); ++cell) {
    if (counts[cell].minutes > 0) {
      add(cell, counts[cell], RateSource::raw);
      add_raw(fit.cells.back(), summary);
      continue;
    }
    ++summary.cells_without_person_time;
    if (all_regions[cell].minutes > 0) {
      add(cell, all_regions[cell], RateSource::pooled_regions);
    } else if (all.minutes > 0) {
      add(cell, all, RateSource::pooled_all);
    }
  }
  return summary;
}

void warn(Exposure const& exposure, Model const& model, Method method, FitSummary& summary) {
  std::size_t empty = 0;
  std::size_t cells = 0;
  for (auto const& t : summary.transitions) {
    empty += t.cells_without_person_time;
    cells += t.cells;
    if (t.person_years <= 0) {
      summary.warnings.push_back(fmt::format("`{}` has no rate: nobody was seen in `{}`",
                                             model.transitions[t.transition].name,
                                             model.states[model.transitions[t.transition].from].name));
    }
  }
  if (empty > 0) {
    summary.warnings.push_back(
        fmt::format("{} of {} cells have no person-time: they take {}", empty, cells,
                    method == Method::raw ? "the rate of all regions together, or of all cells of the transition, and "
                                            "are marked as pooled"
                                          : "what the model says of them"));
  }
  for (std::size_t pair = 0; pair < exposure.unmodelled.size(); ++pair) {
    if (exposure.unmodelled[pair] > 0) {
      summary.warnings.push_back(
          fmt::format("{} changes `{} -> {}` are not in the model: the spell ends there as if it were no longer seen",
                      exposure.unmodelled[pair], model.states[StateId{pair / model.states.size()}].name,
                      model.states[StateId{pair % model.states.size()}].name));
    }
  }
}

void refuse_empty_cells(Exposure const& exposure, Model const& model, EstimateOptions const& options) {
  Diagnostics diagnostics;
  for (TransitionId const transition : ids_of(model.transitions)) {
    auto const own = own_axes(transition, exposure.axes, model, options);
    Exposure const of_it = projected(exposure, own, transition, model);
    auto const counts = counts_of(of_it, model, transition);
    auto const empty = std::find_if(counts.begin(), counts.end(), [](Counts const& c) { return c.minutes == 0; });
    if (empty != counts.end()) {
      auto const cell = static_cast<std::size_t>(empty - counts.begin());
      diagnostics.error(
          options.place,
          fmt::format("`{}` has no person-time in {} cells, first {}", model.transitions[transition].name,
                      std::count_if(counts.begin(), counts.end(), [](Counts const& c) { return c.minutes == 0; }),
                      describe_cell(of_it, cell)),
          "the study has `empty_cells: error`", "use wider bands or fewer terms, or `empty_cells: pooled`");
    }
  }
  throw_if_errors(diagnostics);
}

}  // namespace

Fit fit(Exposure const& exposure, Model const& model, EstimateOptions const& options, std::size_t threads) {
  if (options.empty_cells == EmptyCells::error) {
    refuse_empty_cells(exposure, model, options);
  }
  Fit result;
  result.axes = exposure.axes;
  result.data_class = exposure.data_class;
  result.inputs = exposure.inputs;
  result.inputs.insert(result.inputs.end(), options.inputs.begin(), options.inputs.end());
  if (options.method == Method::poisson) {
    fit_log_linear(exposure, model, options, threads, result);
  } else {
    for (TransitionId const transition : ids_of(model.transitions)) {
      auto const own = own_axes(transition, exposure.axes, model, options);
      result.summary.transitions.push_back(
          are_all(own, exposure.axes)
              ? fit_raw(transition, exposure, model, result)
              : fit_raw(transition, projected(exposure, own, transition, model), model, result));
    }
  }
  result.summary.persons = exposure.persons;
  result.summary.spells = exposure.spells;
  result.summary.counts = exposure.counts;
  result.summary.uncounted = exposure.uncounted;
  warn(exposure, model, options.method, result.summary);
  return result;
}

std::vector<LimitWindow> windows_of(EstimateOptions const& options) {
  std::vector<LimitWindow> windows;
  for (EstimatedLimit const& each : options.limits) windows.push_back(each.window);
  return windows;
}

Rates to_rates(Fit const& fit) {
  Rates rates;
  rates.data_class = fit.data_class;
  rates.inputs = fit.inputs;
  rates.models = fit.models;
  for (LimitFit const& limit : fit.limits) {
    if (!limit.regions.empty()) rates.limits.push_back(to_shares(limit));
  }
  if (fit.frailty && fit.frailty->fit.end != FrailtyFit::End::alike) {
    FrailtyFit const& classes = fit.frailty->fit;
    rates.classes = {fit.frailty->transitions, classes.share, classes.log_ratio, classes.level};
  }
  for (RateCell const& cell : fit.cells) {
    rates.rates.push_back({cell.transition, cell.box, cell.rate, cell.log_se, {}, cell.effects});
  }
  return rates;
}

std::string_view name_of(RateSource source) {
  switch (source) {
    case RateSource::raw:
      return "raw";
    case RateSource::pooled_regions:
      return "pooled_regions";
    case RateSource::pooled_all:
      return "pooled_all";
    case RateSource::model:
      break;
  }
  return "model";
}

std::optional<RateSource> rate_source(std::string_view name) {
  for (auto const source : {RateSource::raw, RateSource::pooled_regions, RateSource::pooled_all, RateSource::model}) {
    if (name_of(source) == name) {
      return source;
    }
  }
  return std::nullopt;
}

}  // namespace utvei
