// SPDX-License-Identifier: Apache-2.0
#include "transition_model.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/estimation/empirical_bayes.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
Design::Design(Exposure const& exposure, RegionEffect region) : exposure_{exposure} {
  names_.emplace_back("(intercept)");
  axes_.emplace_back();
  for (CellAxis const& axis : exposure.axes) {
    if (axis.kind == CellAxis::Kind::region && is_random(region)) {
      regions_ = axis.size();
      first_column_.push_back(0);
      continue;
    }
    first_column_.push_back(names_.size());
    for (std::size_t level = 1; level < axis.size(); ++level) {
      names_.push_back(fmt::format("{}={}", axis.name, axis.labels[level]));
      axes_.push_back(axis.name);
    }
  }
}

std::uint32_t Design::region(std::size_t cell) const {
  return regions_ > 0 ? static_cast<std::uint32_t>(exposure_.places(cell).front()) : 0;
}

Design::Entries Design::entries(std::size_t cell) const {
  Entries entries{{0, 1.0}};
  auto const places = exposure_.places(cell);
  for (std::size_t axis = regions_ > 0 ? 1 : 0; axis < places.size(); ++axis) {
    if (places[axis] > 0) {
      entries.emplace_back(static_cast<std::uint32_t>(first_column_[axis] + places[axis] - 1), 1.0);
    }
  }
  return entries;
}

TransitionModel::TransitionModel(Exposure const& exposure, Model const& model, EstimateOptions const& options,
                                 TransitionId transition)
    : exposure_{exposure},
      options_{options},
      transition_{transition},
      design_{exposure, options.region},
      counts_{counts_of(exposure, model, transition)} {
  outcome_.summary = summarise(transition, counts_, exposure, model);
  for (Counts const& count : counts_) {
    outcome_.summary.cells_without_person_time += count.minutes == 0 ? 1U : 0U;
    outcome_.summary.cells_without_events += count.minutes > 0 && count.events == 0 ? 1U : 0U;
  }
}

void TransitionModel::add_rows(std::vector<std::uint32_t> const& columns, PoissonCells& cells) const {
  for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
    if (counts_[cell].minutes == 0) continue;
    auto entries = design_.entries(cell);
    for (auto& [column, value] : entries) column = columns[column];
    cells.add_row(static_cast<double>(counts_[cell].events), in_years(Duration{counts_[cell].minutes}), entries,
                  design_.region(cell));
  }
}

Outcome TransitionModel::limits() && {
  Counts all;
  for (Counts const& count : counts_) all = all + count;
  if (all.minutes == 0) return std::move(outcome_);
  RateCell const rate = raw_rate(transition_, {}, all, RateSource::pooled_all, garwood_95(all.events));
  for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
    outcome_.cells.push_back(rate);
    outcome_.cells.back().box = exposure_.box(cell);
  }
  outcome_.summary.warnings.push_back(
      fmt::format("no events: the intensity is 0, and below {:.2g} per year with 97.5 % confidence", rate.high));
  return std::move(outcome_);
}

Outcome TransitionModel::report(MixedFit const& fit, std::vector<std::uint32_t> const& columns,
                                PoissonCells const& cells) && {
  auto& summary = outcome_.summary;
  summary.log_likelihood = fit.fixed.log_likelihood;
  summary.deviance = fit.fixed.deviance;
  summary.iterations = fit.fixed.iterations;
  summary.converged = fit.fixed.converged;
  summary.parameters = cells.terms - fit.fixed.irregular.aliased.size() + fit.sd.size();
  add_coefficients(fit, columns);
  if (design_.regions() > 0) {
    add_sds(fit);
    add_regions(fit, cells);
  }
  add_rates(fit, columns, cells.terms);
  add_warnings(fit, columns);
  if (own_rows() < cells.rows()) add_own_likelihood();
  return std::move(outcome_);
}

std::size_t TransitionModel::own_rows() const {
  return counts_.size() - outcome_.summary.cells_without_person_time;
}

/// Of a fit of several transitions, the part of this one; what they share counts in each.
void TransitionModel::add_own_likelihood() {
  auto& summary = outcome_.summary;
  std::vector<double> events;
  std::vector<double> expected;
  summary.log_likelihood = 0;
  for (RateCell const& cell : outcome_.cells) {
    if (cell.person_years <= 0) continue;
    events.push_back(static_cast<double>(cell.events));
    expected.push_back(cell.rate * cell.person_years);
    summary.log_likelihood += events.back() * std::log(cell.rate) - expected.back();
  }
  summary.deviance = poisson_deviance(events, expected);
  summary.parameters = static_cast<std::size_t>(std::ranges::count_if(
      outcome_.coefficients, [](Coefficient const& coefficient) { return coefficient.se.has_value(); }));
}

void TransitionModel::add_coefficients(MixedFit const& fit, std::vector<std::uint32_t> const& columns) {
  auto const& aliased = fit.fixed.irregular.aliased;
  for (std::size_t term = 0; term < design_.names().size(); ++term) {
    std::size_t const column = columns[term];
    Coefficient coefficient{transition_, design_.names()[term], fit.fixed.coefficients[column], std::nullopt};
    if (!std::binary_search(aliased.begin(), aliased.end(), column)) {
      coefficient.se = std::sqrt(fit.covariance(column, column));
    }
    outcome_.coefficients.push_back(std::move(coefficient));
  }
}

void TransitionModel::add_sds(MixedFit const& fit) {
  for (std::size_t k = 0; k < fit.sd.size(); ++k) {
    Coefficient sd{transition_, k == 0 ? "sd(region)" : "sd(county)", fit.sd[k], std::nullopt};
    if (std::isfinite(fit.sd_se[k])) sd.se = fit.sd_se[k];
    outcome_.coefficients.push_back(std::move(sd));
  }
  if (options_.region == RegionEffect::spatial) {
    outcome_.coefficients.push_back({transition_, "mixing(region)", fit.mixing, std::nullopt});
  }
}

void TransitionModel::add_regions(MixedFit const& fit, PoissonCells const& cells) {
  std::vector<double> events(design_.regions(), 0);
  auto expected = events;
  for (std::size_t row = 0; row < cells.rows(); ++row) {
    double log_rate = 0;
    for (std::size_t k = cells.first[row]; k < cells.first[row + 1]; ++k) {
      log_rate += cells.value[k] * fit.fixed.coefficients[cells.term[k]];
    }
    events[cells.region[row]] += cells.events[row];
    expected[cells.region[row]] += cells.exposure[row] * std::exp(log_rate);
  }
  auto const gamma = fit_gamma_poisson(events, expected);
  for (std::size_t r = 0; r < events.size(); ++r) {
    std::size_t const place = cells.terms + r;
    double const se = std::sqrt(std::max(0.0, fit.covariance(place, place)));
    outcome_.regions.push_back({transition_, exposure_.axes.front().labels[r], events[r], expected[r],
                                std::exp(fit.effect[r]), std::exp(fit.effect[r] - normal_975 * se),
                                std::exp(fit.effect[r] + normal_975 * se), fit.borrowed[r], gamma.ratio[r]});
  }
}

void TransitionModel::add_rates(MixedFit const& fit, std::vector<std::uint32_t> const& columns, std::size_t terms) {
  for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
    auto entries = design_.entries(cell);
    double log_rate = 0;
    for (auto& [column, value] : entries) {
      column = columns[column];
      log_rate += value * fit.fixed.coefficients[column];
    }
    if (design_.regions() > 0) {
      log_rate += fit.effect[design_.region(cell)];
      entries.emplace_back(static_cast<std::uint32_t>(terms + design_.region(cell)), 1.0);
    }
    double variance = 0;
    for (auto const& [i, a] : entries) {
      for (auto const& [j, b] : entries) variance += a * b * fit.covariance(i, j);
    }
    double const log_se = std::sqrt(std::max(0.0, variance));
    double const rate = std::exp(log_rate);
    outcome_.cells.push_back({transition_, exposure_.box(cell), counts_[cell].events,
                              in_years(Duration{counts_[cell].minutes}), rate, rate * log_se,
                              std::exp(log_rate - normal_975 * log_se), std::exp(log_rate + normal_975 * log_se),
                              log_se, RateSource::model});
    for (auto const& [place, value] : entries) outcome_.cells.back().effects.places.push_back(place);
  }
}

/// Those of the fit's columns that are of this transition.
std::string TransitionModel::names_of(std::vector<std::size_t> const& terms,
                                      std::vector<std::uint32_t> const& columns) const {
  std::vector<std::string> names;
  for (std::size_t own = 0; own < columns.size(); ++own) {
    if (std::ranges::find(terms, columns[own]) != terms.end())
      names.push_back(fmt::format("`{}`", design_.names()[own]));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

void TransitionModel::add_warnings(MixedFit const& fit, std::vector<std::uint32_t> const& columns) {
  auto& warnings = outcome_.summary.warnings;
  auto const aliased = names_of(fit.fixed.irregular.aliased, columns);
  auto const separated = names_of(fit.fixed.irregular.separated, columns);
  if (!aliased.empty()) {
    warnings.push_back(fmt::format("{} cannot be told from the other terms, or nobody was there: fixed at 0", aliased));
  }
  if (!separated.empty()) {
    warnings.push_back(
        fmt::format("{} has no finite maximum-likelihood estimate (a level without events): kept finite by a normal "
                    "prior of sd {}",
                    separated, separation_sd));
  }
  for (std::size_t k = 0; k < fit.sd.size(); ++k) {
    if (fit.sd[k] == 0) {
      warnings.push_back(
          fmt::format("{} is 0: the data show no difference beyond chance", k == 0 ? "sd(region)" : "sd(county)"));
    }
  }
  if (!fit.fixed.converged) {
    warnings.push_back(fmt::format("not converged after {} iterations", fit.fixed.iterations));
  }
}

}  // namespace utvei
