// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace utvei {

/// The sentences of `utvei power`. What stands in {} is filled in.
struct PowerWording {
  std::string_view heading;                  ///< name, measure
  std::array<std::string_view, 3> outcomes;  ///< {} is the time; of stepped none
  std::array<std::string_view, 2> scores;    ///< name, time; of stepped name
  std::string_view people;                   ///< eligible
  std::string_view enrolled;                 ///< share, score, end
  std::array<std::string_view, 2> ends;      ///< below, above
  std::string_view shares;                   ///< control, treated, difference
  std::string_view ratio;                    ///< hazard ratio
  std::string_view waiting;                  ///< time, share, seen, effect
  std::string_view regions;                  ///< regions, steps, time
  std::array<std::string_view, 8> columns;   ///< the last of mixed models alone
  std::array<std::string_view, 4> estimators;
  std::string_view test;          ///< estimator, significance, studies, power, of_logs
  std::string_view false_alarms;  ///< significance
  std::string_view robust;        ///< errors
  std::string_view too_many_alarms;
  std::string_view enough, not_enough;  ///< power, who; looked up to, power
  std::string_view by_simulation;       ///< of enough
  std::string_view weak;                ///< persons, power, hardly_more, least effect
  std::string_view small;               ///< persons, power, hardly_more, least effect
  std::string_view small_without;       ///< persons, power, hardly_more
  std::string_view points;              ///< of a hundred
  std::string_view score_points;
  std::string_view before_after;        ///< treated, control
  std::string_view before_after_score;  ///< likewise
  std::string_view change;              ///< at start, change, development, effect
  std::string_view change_of_enrolled;  ///< at start, change, development, regression, effect
  std::string_view of_steps;
  std::string_view assumption;
  std::string_view assumption_with_ends;
  std::string_view of_register;
  std::string_view fewer_than_five;
  std::string_view no_effect;
  std::string_view of_logs;
  std::string_view try_robust;
  std::string_view not_fitted;                     ///< how many, studies, persons
  std::string_view persons, with_controls;         ///< persons; and controls
  std::string_view withheld, not_told;             ///< of enough; of ends
  std::string_view not_by_formula;                 ///< of enough
  std::string_view too_few;                        ///< available, people
  std::string_view hardly_more;                    ///< significance
  std::array<std::string_view, 2> least_effects;   ///< a rise, a fall: {} is how much
  std::array<std::string_view, 2> least_ratios;    ///< above and below 1
  std::array<std::string_view, 2> ends_of_effect;  ///< effect, powers, who
  std::string_view of_controls;
  std::string_view shift_known;
};
/// In nb, nn or en.
PowerWording const& power_wording(std::string_view language);

}  // namespace utvei
