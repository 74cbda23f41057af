// SPDX-License-Identifier: Apache-2.0
// A piecewise-exponential model of each transition, fitted to events and person-time by cell as a Poisson log-linear
// model: the likelihood is a product over transitions, so each is fitted by itself (Holford 1980; Andersen & Keiding
// 2002).
#include "log_linear.hpp"

#include "cells.hpp"

#include <utvei/core/parallel.hpp>
#include <utvei/estimation/empirical_bayes.hpp>
#include <utvei/estimation/poisson_regression.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

constexpr double two_sided_95 = 1.959963984540054;

using Entries = std::vector<std::pair<std::uint32_t, double>>;

/// What the cells of an exposure are in the model: the columns that hold for each, and its region.
class Design {
 public:
  Design(Exposure const& exposure, RegionEffect region) : exposure_{exposure} {
    names_.emplace_back("(intercept)");
    for (CellAxis const& axis : exposure.axes) {
      if (axis.kind == CellAxis::Kind::region && is_random(region)) {
        regions_ = axis.size();
        first_column_.push_back(0);
        continue;
      }
      first_column_.push_back(names_.size());
      for (std::size_t level = 1; level < axis.size(); ++level) {
        names_.push_back(fmt::format("{}={}", axis.name, axis.labels[level]));
      }
    }
  }
  [[nodiscard]] std::vector<std::string> const& names() const { return names_; }
  [[nodiscard]] std::size_t regions() const { return regions_; }
  /// The region axis, where there is one, is the first.
  [[nodiscard]] std::uint32_t region(std::size_t cell) const {
    return regions_ > 0 ? static_cast<std::uint32_t>(exposure_.places(cell).front()) : 0;
  }
  [[nodiscard]] Entries entries(std::size_t cell) const {
    Entries entries{{0, 1.0}};
    auto const places = exposure_.places(cell);
    for (std::size_t axis = regions_ > 0 ? 1 : 0; axis < places.size(); ++axis) {
      if (places[axis] > 0) {
        entries.emplace_back(static_cast<std::uint32_t>(first_column_[axis] + places[axis] - 1), 1.0);
      }
    }
    return entries;
  }

 private:
  Exposure const& exposure_;
  std::vector<std::string> names_;
  std::vector<std::size_t> first_column_;  ///< by axis: that of its second level
  std::size_t regions_{0};
};

/// Everything that is known of one transition.
struct Outcome {
  std::optional<RateModel> model;  ///< none without events
  std::vector<RateCell> cells;     ///< their effects are those of `model`
  std::vector<Coefficient> coefficients;
  std::vector<RegionRatio> regions;
  TransitionSummary summary;
};

class TransitionModel {
 public:
  TransitionModel(Exposure const& exposure, Model const& model, EstimateOptions const& options,
                  ScaledGraph const& graph, TransitionId transition)
      : exposure_{exposure},
        model_{model},
        options_{options},
        graph_{graph},
        transition_{transition},
        design_{exposure, options.region},
        counts_{counts_of(exposure, model, transition)} {
    outcome_.summary = summarise(transition, counts_, exposure, model);
    for (Counts const& count : counts_) {
      outcome_.summary.cells_without_person_time += count.minutes == 0 ? 1U : 0U;
      outcome_.summary.cells_without_events += count.minutes > 0 && count.events == 0 ? 1U : 0U;
    }
  }

  Outcome fit() {
    if (outcome_.summary.events == 0) {
      give_limits();
    } else {
      fit_events();
    }
    return std::move(outcome_);
  }

 private:
  void give_limits();
  void fit_events();
  [[nodiscard]] PoissonCells poisson_cells() const;
  [[nodiscard]] RegionEffects region_effects() const;
  void add_coefficients();
  void add_sds();
  void add_regions(PoissonCells const& cells);
  void add_rates();
  void add_model();
  void add_warnings();
  [[nodiscard]] std::string names_of(std::vector<std::size_t> const& terms) const;

  Exposure const& exposure_;
  Model const& model_;
  EstimateOptions const& options_;
  ScaledGraph const& graph_;  ///< of spatial regions
  TransitionId transition_;
  Design design_;
  std::vector<Counts> counts_;
  MixedFit mixed_;  ///< without region effects: `fixed` and its covariance alone
  Outcome outcome_;
};

/// Without any event there is nothing to fit: intensity 0 with the exact upper limit of all person-time.
void TransitionModel::give_limits() {
  Counts all;
  for (Counts const& count : counts_) all = all + count;
  if (all.minutes == 0) return;
  RateCell const rate = raw_rate(transition_, {}, all, RateSource::pooled_all);
  for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
    outcome_.cells.push_back(rate);
    outcome_.cells.back().box = exposure_.box(cell);
  }
  outcome_.summary.warnings.push_back(
      fmt::format("no events: the intensity is 0, and below {:.2g} per year with 97.5 % confidence", rate.high));
}

PoissonCells TransitionModel::poisson_cells() const {
  PoissonCells cells;
  cells.terms = design_.names().size();
  cells.regions = design_.regions();
  for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
    if (counts_[cell].minutes == 0) continue;
    cells.add_row(static_cast<double>(counts_[cell].events), in_years(Duration{counts_[cell].minutes}),
                  design_.entries(cell), design_.region(cell));
  }
  return cells;
}

RegionEffects TransitionModel::region_effects() const {
  RegionEffects effects;
  if (options_.region == RegionEffect::spatial) {
    effects.kind = RegionEffects::Kind::bym2;
    effects.neighbours = graph_.covariance;
  }
  if (options_.region != RegionEffect::nested) return effects;
  effects.kind = RegionEffects::Kind::nested;
  std::map<RegionId, std::uint32_t> numbers;
  for (RegionId const region : exposure_.axes.front().regions) {
    RegionId const county = model_.regions[region].parent.value_or(region);
    effects.county.push_back(numbers.emplace(county, static_cast<std::uint32_t>(numbers.size())).first->second);
  }
  return effects;
}

void TransitionModel::fit_events() {
  PoissonCells const cells = poisson_cells();
  if (design_.regions() > 0) {
    mixed_ = fit_mixed_poisson(cells, region_effects(), options_.sd_prior);
  } else {
    mixed_.fixed = fit_poisson(cells);
    mixed_.covariance = mixed_.fixed.covariance;
  }
  auto& summary = outcome_.summary;
  summary.log_likelihood = mixed_.fixed.log_likelihood;
  summary.deviance = mixed_.fixed.deviance;
  summary.iterations = mixed_.fixed.iterations;
  summary.converged = mixed_.fixed.converged;
  summary.parameters = cells.terms - mixed_.fixed.irregular.aliased.size() + mixed_.sd.size();
  add_coefficients();
  if (design_.regions() > 0) {
    add_sds();
    add_regions(cells);
  }
  add_rates();
  add_model();
  add_warnings();
}

void TransitionModel::add_coefficients() {
  auto const& aliased = mixed_.fixed.irregular.aliased;
  for (std::size_t term = 0; term < design_.names().size(); ++term) {
    Coefficient coefficient{transition_, design_.names()[term], mixed_.fixed.coefficients[term], std::nullopt};
    if (!std::binary_search(aliased.begin(), aliased.end(), term)) {
      coefficient.se = std::sqrt(mixed_.covariance(term, term));
    }
    outcome_.coefficients.push_back(std::move(coefficient));
  }
}

void TransitionModel::add_sds() {
  for (std::size_t k = 0; k < mixed_.sd.size(); ++k) {
    Coefficient sd{transition_, k == 0 ? "sd(region)" : "sd(county)", mixed_.sd[k], std::nullopt};
    if (std::isfinite(mixed_.sd_se[k])) sd.se = mixed_.sd_se[k];
    outcome_.coefficients.push_back(std::move(sd));
  }
  if (options_.region == RegionEffect::spatial) {
    outcome_.coefficients.push_back({transition_, "mixing(region)", mixed_.mixing, std::nullopt});
  }
}

void TransitionModel::add_regions(PoissonCells const& cells) {
  std::vector<double> events(design_.regions(), 0);
  auto expected = events;
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    double log_rate = 0;
    for (std::size_t k = cells.first[row]; k < cells.first[row + 1]; ++k) {
      log_rate += cells.value[k] * mixed_.fixed.coefficients[cells.term[k]];
    }
    events[cells.region[row]] += cells.events[row];
    expected[cells.region[row]] += cells.exposure[row] * std::exp(log_rate);
  }
  auto const gamma = fit_gamma_poisson(events, expected);
  for (std::size_t r = 0; r < events.size(); ++r) {
    std::size_t const place = cells.terms + r;
    double const se = std::sqrt(std::max(0.0, mixed_.covariance(place, place)));
    outcome_.regions.push_back({transition_, exposure_.axes.front().labels[r], events[r], expected[r],
                                std::exp(mixed_.effect[r]), std::exp(mixed_.effect[r] - two_sided_95 * se),
                                std::exp(mixed_.effect[r] + two_sided_95 * se), mixed_.borrowed[r], gamma.ratio[r]});
  }
}

void TransitionModel::add_rates() {
  for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
    Entries entries = design_.entries(cell);
    double log_rate = 0;
    for (auto const& [term, value] : entries) log_rate += value * mixed_.fixed.coefficients[term];
    if (design_.regions() > 0) {
      log_rate += mixed_.effect[design_.region(cell)];
      entries.emplace_back(static_cast<std::uint32_t>(design_.names().size() + design_.region(cell)), 1.0);
    }
    double variance = 0;
    for (auto const& [i, a] : entries) {
      for (auto const& [j, b] : entries) variance += a * b * mixed_.covariance(i, j);
    }
    double const log_se = std::sqrt(std::max(0.0, variance));
    double const rate = std::exp(log_rate);
    outcome_.cells.push_back({transition_, exposure_.box(cell), counts_[cell].events,
                              in_years(Duration{counts_[cell].minutes}), rate, rate * log_se,
                              std::exp(log_rate - two_sided_95 * log_se), std::exp(log_rate + two_sided_95 * log_se),
                              log_se, RateSource::model});
    for (auto const& [place, value] : entries) outcome_.cells.back().effects.places.push_back(place);
  }
}

/// Coefficients, then the effects of regions that borrow, as in the joint covariance.
void TransitionModel::add_model() {
  RateModel model{model_.transitions[transition_].name, design_.names(), mixed_.fixed.coefficients,
                  factor_of(mixed_.covariance).values};
  for (std::size_t r = 0; r < design_.regions(); ++r) {
    model.effects.push_back(fmt::format("region={}", exposure_.axes.front().labels[r]));
    model.estimate.push_back(mixed_.effect[r]);
  }
  outcome_.model = std::move(model);
}

std::string TransitionModel::names_of(std::vector<std::size_t> const& terms) const {
  std::vector<std::string> names;
  for (std::size_t const term : terms) names.push_back(fmt::format("`{}`", design_.names()[term]));
  return fmt::format("{}", fmt::join(names, ", "));
}

void TransitionModel::add_warnings() {
  auto& warnings = outcome_.summary.warnings;
  auto const& irregular = mixed_.fixed.irregular;
  if (!irregular.aliased.empty()) {
    warnings.push_back(fmt::format("{} cannot be told from the other terms, or nobody was there: fixed at 0",
                                   names_of(irregular.aliased)));
  }
  if (!irregular.separated.empty()) {
    warnings.push_back(
        fmt::format("{} has no finite maximum-likelihood estimate (a level without events): kept finite by a normal "
                    "prior of sd {}",
                    names_of(irregular.separated), separation_sd));
  }
  for (std::size_t k = 0; k < mixed_.sd.size(); ++k) {
    if (mixed_.sd[k] == 0) {
      warnings.push_back(
          fmt::format("{} is 0: the data show no difference beyond chance", k == 0 ? "sd(region)" : "sd(county)"));
    }
  }
  if (!mixed_.fixed.converged) {
    warnings.push_back(fmt::format("not converged after {} iterations", mixed_.fixed.iterations));
  }
}

/// The graph of the regions that have rates; edges of others are counted in a warning.
ScaledGraph graph_of(Exposure const& exposure, EstimateOptions const& options, FitSummary& summary) {
  if (options.region != RegionEffect::spatial) return {};
  auto const& regions = exposure.axes.front().regions;
  std::map<RegionId, std::uint32_t> places;
  for (RegionId const region : regions) places.emplace(region, static_cast<std::uint32_t>(places.size()));
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (auto const& [a, b] : options.neighbours) {
    if (places.contains(a) && places.contains(b)) edges.emplace_back(places.at(a), places.at(b));
  }
  auto graph = scaled_graph(regions.size(), edges);
  if (edges.size() < options.neighbours.size()) {
    summary.warnings.push_back(fmt::format("{} of {} pairs of neighbours name a region that has no rates: not used",
                                           options.neighbours.size() - edges.size(), options.neighbours.size()));
  }
  if (graph.singletons > 0) {
    summary.warnings.push_back(fmt::format("{} of {} regions have no neighbour: they borrow from all regions alike",
                                           graph.singletons, regions.size()));
  }
  return graph;
}

}  // namespace

void fit_log_linear(Exposure const& exposure, Model const& model, EstimateOptions const& options, std::size_t threads,
                    Fit& fit) {
  fit.method = "poisson";
  ScaledGraph const graph = graph_of(exposure, options, fit.summary);
  std::vector<Outcome> outcomes(model.transitions.size());
  parallel_for_blocks(outcomes.size(), 1, threads, nullptr, [&](Block const& block) {
    for (std::size_t i = block.first; i < block.last; ++i) {
      outcomes[i] = TransitionModel{exposure, model, options, graph, TransitionId{i}}.fit();
    }
  });
  for (Outcome& outcome : outcomes) {
    if (outcome.model) {
      for (RateCell& cell : outcome.cells) cell.effects.model = static_cast<std::uint32_t>(fit.models.size());
      fit.models.push_back(std::move(*outcome.model));
    }
    fit.cells.insert(fit.cells.end(), outcome.cells.begin(), outcome.cells.end());
    fit.coefficients.insert(fit.coefficients.end(), outcome.coefficients.begin(), outcome.coefficients.end());
    fit.regions.insert(fit.regions.end(), outcome.regions.begin(), outcome.regions.end());
    fit.summary.transitions.push_back(std::move(outcome.summary));
  }
}

}  // namespace utvei
