// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "levels.hpp"

#include <utvei/income/payments.hpp>
#include <utvei/population/population.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// Adds what measures cost to sums of payments, from the tables of services of a result.
class MeasureCosts {
 public:
  MeasureCosts(Scenario const& scenario, Levels const& levels, Population const& people, RunResult const& result,
               PaymentSums& sums);
  /// One cost of one measure, counted as `payment` of so many kinds.
  void add(std::size_t measure, MeasureCost const& cost, std::size_t payment, std::size_t kinds);

 private:
  void add_of_participants(std::size_t measure, MeasureCost const& of_all, std::size_t payment, std::size_t kinds);
  void add_fixed(std::size_t measure, MeasureCost const& of_all, std::size_t payment, std::size_t kinds);
  [[nodiscard]] MeasureCost in_run(MeasureCost const& cost, std::size_t run) const;
  [[nodiscard]] double fixed_kroner(std::size_t measure, MeasureCost const& cost, std::size_t year) const;
  [[nodiscard]] double start_kroner(std::size_t measure, MeasureCost const& cost, std::size_t year) const;
  [[nodiscard]] std::vector<double> residents_of(Measure const& measure) const;
  [[nodiscard]] std::vector<double> places_of(Measure const& measure, std::size_t year) const;
  [[nodiscard]] double place_kroner(std::size_t measure, MeasureCost const& cost, std::size_t run,
                                    std::size_t year) const;
  void spread(std::size_t measure, MeasureCost const& cost, std::size_t payment, std::size_t kinds, double whole,
              std::vector<double> const& weights, std::size_t run, std::size_t year, bool is_passing);
  /// `cell`: a region and year, of a run.
  void pay(MeasureCost const& cost, std::int64_t kroner, std::size_t run, std::size_t group, std::size_t cell,
           bool is_passing);
  /// Whether the measure is over when the run is: nothing of its costs comes again.
  [[nodiscard]] bool is_over(std::size_t measure) const;

  Scenario const& scenario_;
  Levels const& levels_;
  Population const& people_;
  RunResult const& result_;
  PaymentSums& sums_;
  std::size_t regions_, years_;
  std::vector<double> group_shares_;  ///< of people
  std::vector<double> place_years_;   ///< [run][year][measure]; empty where no places are limited
};

}  // namespace utvei
