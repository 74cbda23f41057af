// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

namespace utvei {

std::vector<Counts> counts_of(Exposure const& exposure, Model const& model, TransitionId transition) {
  std::vector<Counts> counts(exposure.cells);
  auto const& events = exposure.events[transition];
  auto const& minutes = exposure.minutes[model.transitions[transition].from];
  for (std::size_t cell = 0; cell < counts.size(); ++cell) {
    counts[cell] = {events[cell], minutes[cell]};
  }
  return counts;
}

namespace {

/// Bands of a common clock, joined into those of one state, whose starts are all among them.
OwnAxis coarser(std::size_t place, CellAxis const& axis, Bands const& bands) {
  OwnAxis own{place, clock_axis(axis.kind, bands), {}};
  for (std::int64_t const start : axis.bands.starts) {
    auto const after = std::ranges::upper_bound(bands.starts, start);
    own.number.push_back(static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - bands.starts.begin() - 1, 0)));
  }
  return own;
}

Bands const& bands_of(StateId state, EstimateOptions const& options) {
  auto const own = std::ranges::find(options.time_in_state_of, state, &BandsOfState::state);
  return own == options.time_in_state_of.end() ? options.other_time_in_state : own->bands;
}

}  // namespace

std::vector<OwnAxis> own_axes(TransitionId transition, std::vector<CellAxis> const& axes, Model const& model,
                              EstimateOptions const& options) {
  auto const terms_for = std::ranges::find(options.terms_for, transition, &TermsFor::transition);
  auto const& names = terms_for == options.terms_for.end() ? options.terms : terms_for->axes;
  std::vector<OwnAxis> own;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    bool const is_used = options.terms_for.empty() || axes[i].kind == CellAxis::Kind::region ||
                         std::ranges::find(names, axes[i].name) != names.end();
    if (!is_used) continue;
    if (axes[i].kind == CellAxis::Kind::time_in_state && !options.time_in_state_of.empty()) {
      own.push_back(coarser(i, axes[i], bands_of(model.transitions[transition].from, options)));
      continue;
    }
    own.push_back({i, axes[i], std::vector<std::size_t>(axes[i].size())});
    std::iota(own.back().number.begin(), own.back().number.end(), std::size_t{0});
  }
  return own;
}

bool are_all(std::vector<OwnAxis> const& own, std::vector<CellAxis> const& axes) {
  return own.size() == axes.size() &&
         std::ranges::all_of(own, [&](OwnAxis const& each) { return each.axis.size() == axes[each.place].size(); });
}

std::vector<std::size_t> projected_cells(Exposure const& exposure, std::vector<OwnAxis> const& own) {
  std::vector<std::size_t> numbers(exposure.cells);
  for (std::size_t cell = 0; cell < exposure.cells; ++cell) {
    auto const places = exposure.places(cell);
    for (OwnAxis const& each : own) numbers[cell] = numbers[cell] * each.axis.size() + each.number[places[each.place]];
  }
  return numbers;
}

Exposure projected(Exposure const& exposure, std::vector<OwnAxis> const& own, TransitionId transition,
                   Model const& model) {
  Exposure result;
  for (OwnAxis const& each : own) {
    result.axes.push_back(each.axis);
    result.cells *= each.axis.size();
  }
  result.rule_changes = exposure.rule_changes;
  result.minutes = Column<StateId, std::vector<std::int64_t>>(exposure.minutes.size(), {});
  result.events = Column<TransitionId, std::vector<std::int64_t>>(exposure.events.size(), {});
  auto const numbers = projected_cells(exposure, own);
  auto const sum = [&](std::vector<std::int64_t> const& from, std::vector<std::int64_t>& to) {
    to.assign(result.cells, 0);
    for (std::size_t cell = 0; cell < from.size(); ++cell) to[numbers[cell]] += from[cell];
  };
  StateId const state = model.transitions[transition].from;
  sum(exposure.minutes[state], result.minutes[state]);
  sum(exposure.events[transition], result.events[transition]);
  return result;
}

Column<TransitionId, std::vector<double>> rates_by_cell(Fit const& fit, Exposure const& exposure, Model const& model,
                                                        EstimateOptions const& options) {
  Column<TransitionId, std::vector<double>> own(model.transitions.size(), {});
  for (RateCell const& cell : fit.cells) own[cell.transition].push_back(cell.rate);
  if (options.terms_for.empty() && options.time_in_state_of.empty()) return own;
  for (TransitionId const transition : ids_of(own)) {
    if (own[transition].empty()) continue;
    std::vector<double> rates;
    for (std::size_t const cell : projected_cells(exposure, own_axes(transition, exposure.axes, model, options)))
      rates.push_back(own[transition][cell]);
    own[transition] = std::move(rates);
  }
  return own;
}

std::vector<Counts> summed_over_regions(std::vector<Counts> const& counts, Exposure const& exposure) {
  std::size_t stride = exposure.cells;
  for (CellAxis const& axis : exposure.axes) {
    stride /= axis.size();
    if (axis.kind != CellAxis::Kind::region) {
      continue;
    }
    std::vector<Counts> sums(counts.size());
    std::size_t const turn = stride * axis.size();
    auto const in_first_region = [&](std::size_t cell) { return cell - cell % turn + cell % stride; };
    for (std::size_t cell = 0; cell < counts.size(); ++cell) {
      Counts& sum = sums[in_first_region(cell)];
      sum = sum + counts[cell];
    }
    for (std::size_t cell = 0; cell < counts.size(); ++cell) sums[cell] = sums[in_first_region(cell)];
    return sums;
  }
  return counts;
}

PoissonInterval GarwoodIntervals::operator()(std::int64_t events) {
  auto const [found, is_new] = known_.try_emplace(events);
  if (is_new) found->second = garwood_95(events);
  return found->second;
}

RateCell raw_rate(TransitionId transition, Box box, Counts counts, RateSource source, PoissonInterval interval) {
  RateCell cell;
  cell.transition = transition;
  cell.box = std::move(box);
  cell.events = counts.events;
  cell.person_years = in_years(Duration{counts.minutes});
  auto const events = static_cast<double>(counts.events);
  cell.rate = events / cell.person_years;
  cell.se = std::sqrt(events) / cell.person_years;
  cell.low = interval.low / cell.person_years;
  cell.high = interval.high / cell.person_years;
  if (counts.events > 0) {
    cell.log_se = 1 / std::sqrt(events);
  }
  cell.source = source;
  return cell;
}

TransitionSummary summarise(TransitionId transition, std::vector<Counts> const& counts, Exposure const& exposure,
                            Model const& model) {
  auto const all = std::accumulate(counts.begin(), counts.end(), Counts{});
  TransitionSummary summary;
  summary.transition = transition;
  summary.events = all.events;
  summary.person_years = in_years(Duration{all.minutes});
  Transition const& t = model.transitions[transition];
  summary.rule_events = exposure.rule_changes[t.from.value() * model.states.size() + t.to.value()];
  summary.cells = counts.size();
  return summary;
}

std::string describe_cell(Exposure const& exposure, std::size_t cell) {
  std::string text;
  auto const places = exposure.places(cell);
  for (std::size_t i = 0; i < exposure.axes.size(); ++i) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", exposure.axes[i].name, exposure.axes[i].labels[places[i]]);
  }
  return text.empty() ? "all" : text;
}

}  // namespace utvei
