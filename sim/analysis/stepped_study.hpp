// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulated_study.hpp"

namespace utvei {

/// Regions begin one after another, in the order of a lot (Hussey & Hughes 2007). Means of regions and periods are
/// analysed with an effect of each period and a random intercept of each region.
class SteppedStudy final : public SimulatedStudy {
 public:
  SteppedStudy(StudyDesign const& design, StudyPeople const& people, StudyLuck luck, std::uint32_t persons,
               TrueEffect effect);
  [[nodiscard]] StudyFinding run(std::uint32_t number) const override;
  [[nodiscard]] double degrees() const override;

 private:
  /// People of each region in each period, as far as they are left.
  struct Cells {
    std::size_t periods{0};
    std::vector<double> sums, seen;  ///< [region][period]
  };
  [[nodiscard]] std::vector<std::uint32_t> steps_by_lot(RandomKey const& key, PersonKey study) const;
  [[nodiscard]] Cells drawn_people(RandomKey const& key, PersonKey study,
                                   std::vector<std::uint32_t> const& steps) const;

  StudyDesign const& design_;
  StudyPeople const& people_;
  StudyLuck luck_;
  TrueEffect effect_;
  std::vector<std::uint32_t> size_of_region_;
  StreamId who_{stream_of("power: people")};
  StreamId lost_{stream_of("power: lost")};
  StreamId order_{stream_of("power: steps")};
};

/// People of a study by region, as those who are eligible are spread (largest remainders); the same sum.
std::vector<std::uint32_t> spread_over_regions(std::uint32_t persons, std::vector<std::size_t> const& eligible);
/// Whether a study of so many has people in as many regions as there are steps, or more.
bool fills_steps(std::uint32_t persons, std::vector<std::size_t> const& eligible, std::uint32_t steps);
/// The step, from 1, of the region that a lot puts in this place.
inline std::uint32_t step_of_place(std::size_t place, std::size_t regions, std::uint32_t steps) {
  return 1 + static_cast<std::uint32_t>(place * steps / regions);
}

}  // namespace utvei
