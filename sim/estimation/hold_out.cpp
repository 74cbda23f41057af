// SPDX-License-Identifier: Apache-2.0
// Which treatment of regions predicts best. Partial pooling often wins, but complete pooling can (sudden infant deaths
// in North Carolina), so all three are scored on data that the estimates have not seen.
#include "cells.hpp"
#include "sum.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/core/random.hpp>
#include <utvei/estimation/empirical_bayes.hpp>
#include <utvei/estimation/hold_out.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace utvei {
namespace {

/// Fewer events tell nothing of regions.
constexpr std::int64_t least_events = 10;
/// So many predictions tell ways apart, and each further part of the events takes another fit.
constexpr std::size_t enough_cells = 1000;

/// No rate predicts less than this one.
Column<TransitionId, std::vector<double>> predicting_rates(Fit const& fit, Exposure const& exposure, Model const& model,
                                                           EstimateOptions const& options) {
  auto rates = rates_by_cell(fit, exposure, model, options);
  for (auto& of_transition : rates) {
    for (double& rate : of_transition) rate = std::max(rate, least_predicted_rate);
  }
  return rates;
}

/// Rates that were estimated on one part of the data.
struct Predictions {
  Column<TransitionId, std::vector<double>> own;     ///< as the study asks for, by cell
  Column<TransitionId, std::vector<double>> pooled;  ///< without regions, by cell of one region
};

/// The region axis is the first, so the cells of a region stand together.
class Scorer {
 public:
  Scorer(Exposure const& train, Exposure const& test, Predictions const& predictions, Model const& model,
         bool own_is_shrunk)
      : train_{train},
        test_{test},
        predictions_{predictions},
        model_{model},
        own_is_shrunk_{own_is_shrunk},
        regions_{train.axes.front().size()},
        cells_{train.cells / regions_} {}

  [[nodiscard]] HoldOutScore score(TransitionId transition) const {
    auto const& pooled = predictions_.pooled[transition];
    auto const& own = predictions_.own[transition];
    if (pooled.size() != cells_ || own.size() != train_.cells) return {};
    Sums const sums = sums_of(transition, pooled, own);
    if (sum_of(sums.seen) == 0) return {};
    auto const beside = own_is_shrunk_ ? own_level(sums) : shrunk_level(sums);
    auto const& raw = own_is_shrunk_ ? beside : sums.by_own;
    auto const& shrunk = own_is_shrunk_ ? sums.by_own : beside;
    return {sums.held_out.size(), scaled_deviance(sums.held_out, raw), scaled_deviance(sums.held_out, sums.by_pooled),
            scaled_deviance(sums.held_out, shrunk)};
  }

 private:
  /// By region with person-time in both parts.
  struct Sums {
    std::vector<double> seen, expected;  ///< events of the training part; as all regions together have them
    std::vector<double> held_out;        ///< events of the other part, and their predictions
    std::vector<double> by_pooled, by_own;
    std::vector<double> person_years;  ///< of the other part
  };

  [[nodiscard]] Sums sums_of(TransitionId transition, std::vector<double> const& pooled,
                             std::vector<double> const& own) const {
    StateId const from = model_.transitions[transition].from;
    Sums sums;
    for (std::size_t region = 0; region < regions_; ++region) {
      double seen = 0;
      double expected = 0;
      double held_out = 0;
      double by_pooled = 0;
      double by_own = 0;
      double person_years = 0;
      for (std::size_t x = 0; x < cells_; ++x) {
        std::size_t const cell = region * cells_ + x;
        double const later = in_years(Duration{test_.minutes[from][cell]});
        seen += static_cast<double>(train_.events[transition][cell]);
        expected += in_years(Duration{train_.minutes[from][cell]}) * pooled[x];
        held_out += static_cast<double>(test_.events[transition][cell]);
        by_pooled += later * pooled[x];
        by_own += later * own[cell];
        person_years += later;
      }
      if (expected <= 0 || person_years <= 0) continue;
      sums.seen.push_back(seen);
      sums.expected.push_back(expected);
      sums.held_out.push_back(held_out);
      sums.by_pooled.push_back(by_pooled);
      sums.by_own.push_back(by_own);
      sums.person_years.push_back(person_years);
    }
    return sums;
  }

  /// The pooled rates, times what the region's own events are of what these expect.
  [[nodiscard]] static std::vector<double> own_level(Sums const& sums) {
    std::vector<double> level;
    for (std::size_t r = 0; r < sums.seen.size(); ++r) {
      level.push_back(
          std::max(sums.by_pooled[r] * sums.seen[r] / sums.expected[r], sums.person_years[r] * least_predicted_rate));
    }
    return level;
  }

  /// Likewise, shrunk by a gamma distribution of the ratios.
  [[nodiscard]] static std::vector<double> shrunk_level(Sums const& sums) {
    auto level = fit_gamma_poisson(sums.seen, sums.expected).ratio;
    for (std::size_t r = 0; r < level.size(); ++r) level[r] *= sums.by_pooled[r];
    return level;
  }

  Exposure const& train_;
  Exposure const& test_;
  Predictions const& predictions_;
  Model const& model_;
  bool own_is_shrunk_;
  std::size_t regions_, cells_;
};

void add(HoldOutScore& sum, HoldOutScore const& part) {
  sum.cells += part.cells;
  sum.raw += part.raw;
  sum.pooled += part.pooled;
  sum.shrunk += part.shrunk;
}

}  // namespace

double scaled_deviance(std::vector<double> const& events, std::vector<double> expected) {
  double const all = sum_of(expected);
  double const seen = sum_of(events);
  if (seen == 0) return 0;
  UTVEI_EXPECT(all > 0);
  for (double& mean : expected) mean *= seen / all;
  return poisson_deviance(events, expected);
}

Split thin(Exposure const& exposure, Model const& model, std::uint32_t fold, std::uint32_t folds) {
  UTVEI_EXPECT(fold < folds);
  RandomKey const key{0, 0, 0};
  Split split{exposure, exposure};
  for (StateId const state : ids_of(exposure.minutes)) {
    for (std::size_t cell = 0; cell < exposure.cells; ++cell) {
      std::int64_t const minutes = exposure.minutes[state][cell];
      split.part.minutes[state][cell] = minutes / folds;
      split.rest.minutes[state][cell] = minutes - minutes / folds;
    }
  }
  for (TransitionId const transition : ids_of(exposure.events)) {
    StreamId const stream = stream_of("hold-out:" + model.transitions[transition].name);
    for (std::size_t cell = 0; cell < exposure.cells; ++cell) {
      std::int64_t part = 0;
      std::int64_t const events = exposure.events[transition][cell];
      for (std::int64_t i = 0; i < events; ++i) {
        double const u = uniform(key, PersonKey{cell}, stream, static_cast<std::uint32_t>(i));
        part += std::min(folds - 1, static_cast<std::uint32_t>(u * folds)) == fold ? 1 : 0;
      }
      split.part.events[transition][cell] = part;
      split.rest.events[transition][cell] = events - part;
    }
  }
  return split;
}

Exposure summed_over_regions(Exposure const& exposure) {
  UTVEI_EXPECT(!exposure.axes.empty() && exposure.axes.front().kind == CellAxis::Kind::region);
  Exposure sums = exposure;
  sums.axes.erase(sums.axes.begin());
  sums.cells = exposure.cells / exposure.axes.front().size();
  auto const fold = [&](std::vector<std::int64_t>& numbers) {
    for (std::size_t cell = sums.cells; cell < numbers.size(); ++cell) numbers[cell % sums.cells] += numbers[cell];
    numbers.resize(sums.cells);
  };
  for (StateId const state : ids_of(sums.minutes)) fold(sums.minutes[state]);
  for (TransitionId const transition : ids_of(sums.events)) fold(sums.events[transition]);
  return sums;
}

std::optional<HoldOut> score_hold_out(Exposure const& exposure, std::optional<Exposure> const& later, Fit const& fitted,
                                      Model const& model, EstimateOptions const& options, std::size_t threads) {
  if (options.region == RegionEffect::none) return std::nullopt;
  HoldOut result;
  result.later = later.has_value();
  result.shrunk_by_model = is_random(options.region);
  EstimateOptions own = options;
  own.empty_cells = EmptyCells::pooled;
  EstimateOptions pooled = own;
  pooled.region = RegionEffect::none;
  for (TransitionId const transition : ids_of(model.transitions)) {
    auto const& events = exposure.events[transition];
    if (std::accumulate(events.begin(), events.end(), std::int64_t{0}) >= least_events)
      result.transitions.push_back({transition, {}});
  }
  std::uint32_t const parts = later ? 1 : thinning_folds;
  for (std::uint32_t fold = 0; fold < parts && result.total.cells < enough_cells; ++fold, ++result.folds) {
    auto const split = later ? Split{exposure, *later} : thin(exposure, model, fold, parts);
    auto const all_regions = summed_over_regions(split.rest);
    Predictions const predictions{
        later ? predicting_rates(fitted, split.rest, model, own)
              : predicting_rates(fit(split.rest, model, own, threads), split.rest, model, own),
        predicting_rates(fit(all_regions, model, pooled, threads), all_regions, model, pooled)};
    Scorer const scorer{split.rest, split.part, predictions, model, result.shrunk_by_model};
    for (auto& [transition, score] : result.transitions) {
      auto const found = scorer.score(transition);
      add(score, found);
      add(result.total, found);
    }
  }
  return result;
}

}  // namespace utvei
