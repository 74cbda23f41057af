// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "study_people.hpp"

#include <utvei/core/random.hpp>

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace utvei {

/// What one study finds.
struct StudyFinding {
  double p_value{1};
  double estimate{0};  ///< a difference, or a log hazard ratio
  bool is_fitted{true};
};
/// Where people are too few for the analysis.
constexpr StudyFinding no_fit{1, std::numeric_limits<double>::quiet_NaN(), false};

struct ArmSizes {
  std::uint32_t treated{0}, controls{0};
};
/// Of stepped all are treated in the end.
ArmSizes arms_of(StudyDesign const& design, std::uint32_t persons);

/// Which studies: each (batch, number) has luck of its own. Studies of `no effect` are of people whom nobody treats.
struct StudyLuck {
  std::uint32_t seed{0};
  std::uint32_t batch{0};
};
enum class TrueEffect { of_the_measure, none };

/// Draws the people of one study after another, loses some, and analyses them.
class SimulatedStudy {
 public:
  SimulatedStudy() = default;
  SimulatedStudy(SimulatedStudy const&) = delete;
  SimulatedStudy& operator=(SimulatedStudy const&) = delete;
  virtual ~SimulatedStudy() = default;
  [[nodiscard]] virtual StudyFinding run(std::uint32_t number) const = 0;
  /// Of freedom, of the t distribution that the test of a mixed model uses, with nobody lost.
  [[nodiscard]] virtual double degrees() const { return 0; }
};
/// As the design has it; it holds on to both.
std::unique_ptr<SimulatedStudy> make_study(StudyDesign const& design, StudyPeople const& people, StudyLuck luck,
                                           std::uint32_t persons, TrueEffect effect);

/// Somebody of a pool, by a uniform number.
inline std::size_t drawn_of(std::size_t pool, double who) {
  auto const at = static_cast<std::size_t>(who * static_cast<double>(pool));
  return at < pool ? at : pool - 1;
}

/// Two-sided p-value of an estimate with its standard error.
double p_of_t(double estimate, double standard_error, double degrees);

}  // namespace utvei
