// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "study_people.hpp"

#include <utvei/scenario/measure.hpp>
#include <utvei/scenario/score.hpp>

#include <string>
#include <vector>

namespace utvei {

/// nullptr after a diagnosis.
Measure const* measure_of_study(StudyDesign const& design, Scenario const& scenario, Diagnostics& diagnostics);
/// Those whom the study asks for; the first is the outcome, if a score is. Fewer after a diagnosis.
std::vector<Score const*> scores_of_study(StudyDesign const& design, Scenario const& scenario,
                                          Diagnostics& diagnostics);
/// Of the scenario when it starts. None after a diagnosis.
std::vector<PersonRow> people_who_qualify(StudyDesign const& design, Measure const& measure, Scenario const& scenario,
                                          Population const& people, Diagnostics& diagnostics);
/// Some tens of thousands of these, with replacement, and of stepped where they live.
std::vector<PersonRow> drawn_rows(StudyDesign const& design, std::uint32_t seed, Population const& people,
                                  std::vector<PersonRow> const& all, StudyPeople& study);
/// Keeps those whose measurement at the start the study enrols at: by person. None after a diagnosis.
void enrol(StudyDesign const& design, std::vector<double> const& measured, StudyPeople& study,
           Diagnostics& diagnostics);

}  // namespace utvei
