// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "planned_power.hpp"

#include <atomic>
#include <cstdint>
#include <optional>

namespace utvei {

/// Simulates studies of one design, of any number of people.
class SimulatedPower {
 public:
  SimulatedPower(StudyDesign const& design, StudyPeople const& people, std::uint32_t seed, TrueContrast const& truth,
                 PowerOptions const& options);
  /// Studies of the size that stands in this place of the design.
  [[nodiscard]] StudySize of_size(std::size_t place);
  /// How many people it takes, by simulating studies of ever closer numbers, from a guess on.
  [[nodiscard]] std::optional<std::uint32_t> enough(double guess, std::uint32_t most);
  /// Of so many people.
  [[nodiscard]] double power_of(std::uint32_t persons);

 private:
  std::vector<StudyFinding> findings(SimulatedStudy const& study);
  [[nodiscard]] std::uint32_t least_persons() const;
  void summarise(std::vector<StudyFinding> const& findings, StudySize& size) const;
  [[nodiscard]] std::optional<double> least_effect(std::vector<StudyFinding> const& findings, double degrees) const;

  StudyDesign const& design_;
  StudyPeople const& people_;
  std::uint32_t seed_;
  TrueContrast truth_;
  PowerOptions const& options_;
  std::atomic<std::uint64_t> done_{0};
  std::uint64_t total_{0};
};

}  // namespace utvei
