// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mixed_model.hpp"
#include "simulated_study.hpp"

#include <span>

namespace utvei {

/// Two arms, seen at waves: a mixed model with a random intercept for each person, whose arms have the same mean at the
/// start (Liang & Zeger 2000).
class WaveStudy final : public SimulatedStudy {
 public:
  WaveStudy(StudyDesign const& design, StudyPeople const& people, StudyLuck luck, ArmSizes arms, TrueEffect effect);
  [[nodiscard]] StudyFinding run(std::uint32_t number) const override;
  [[nodiscard]] double degrees() const override { return arms_.treated + arms_.controls - 2.0; }

 private:
  /// A mean of each wave that somebody is seen at, and an effect of each later one that both arms are.
  struct Columns {
    std::size_t means{0};
    std::vector<std::size_t> effects;  ///< by wave; or no_column
    std::size_t count{0};
  };
  [[nodiscard]] std::vector<GroupsAlike> drawn_people(std::uint32_t number) const;
  [[nodiscard]] std::size_t waves_that_tell(std::span<GroupsAlike const> arm) const;
  [[nodiscard]] Columns columns_of(std::size_t waves_of_controls, std::size_t waves_of_treated) const;

  StudyDesign const& design_;
  StudyArm const& control_;
  StudyArm const& treated_;
  StudyLuck luck_;
  ArmSizes arms_;
  std::vector<std::size_t> waves_;  ///< those at which anything varies
  std::size_t outcome_{0};          ///< its place among these; past them: nothing varies then
  StreamId who_{stream_of("power: people")};
  StreamId lost_{stream_of("power: lost")};
};

/// Whether people differ at a wave, in either arm.
bool varies_at(StudyArm const& arm, std::size_t wave);

}  // namespace utvei
