// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "participation.hpp"
#include "service_desk.hpp"

#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace utvei {

/// Somebody asks for a place of a desk.
struct PlaceRequest {
  std::uint32_t desk{0};
  Waiter waiter;
};

/// The desks of all measures, one after the other.
class Desks {
 public:
  explicit Desks(RunPlan const& plan) : plan_{plan}, of_pool_(plan.pools.size()) {
    for (std::uint32_t m = 0; m < plan.measures.size(); ++m) {
      first_.push_back(measures_.size());
      for (DeskPlan const& desk : plan.measures[m].desks) {
        for (std::size_t const pool : desk.pools) of_pool_[pool].push_back(static_cast<std::uint32_t>(size()));
        measures_.push_back(m);
      }
    }
  }
  [[nodiscard]] std::size_t size() const { return measures_.size(); }
  [[nodiscard]] std::uint32_t measure_of(std::uint32_t desk) const { return measures_[desk]; }
  /// What is taken by who begins there.
  [[nodiscard]] std::vector<std::size_t> const& pools_of(std::uint32_t desk) const {
    std::uint32_t const m = measures_[desk];
    return plan_.measures[m].desks[desk - first_[m]].pools;
  }
  /// Those at which a pool is drawn on.
  [[nodiscard]] std::vector<std::uint32_t> const& of_pool(std::size_t pool) const { return of_pool_[pool]; }
  [[nodiscard]] std::uint32_t desk_of(ServiceRecord const& record) const {
    return static_cast<std::uint32_t>(first_[record.measure]) + plan_.measures[record.measure].desk_of(record.region);
  }

 private:
  RunPlan const& plan_;
  std::vector<std::size_t> first_;       ///< by measure: its first desk
  std::vector<std::uint32_t> measures_;  ///< by desk
  std::vector<std::vector<std::uint32_t>> of_pool_;
};

}  // namespace utvei
