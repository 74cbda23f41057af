// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace utvei {

/// What the text about ways says, in one language.
struct PathwayWording {
  std::string_view title;
  std::array<std::string_view, 7> way_columns;
  std::string_view lost;     ///< {} is the step, then the states with people
  std::string_view lost_at;  ///< state, baseline, scenario
  std::string_view about_ways;
  std::string_view sequences;
  std::string_view others;
  std::string_view about_sequences;
  std::array<std::string_view, 5> columns;  ///< first, baseline, scenario, difference, ±
  std::string_view leaving;                 ///< {} is what is left
  std::string_view unclassified;
  std::string_view incidence;  ///< {} is which
  std::array<std::string_view, 6> incidence_columns;
  std::string_view months, age;  ///< {} is how many
  std::string_view other_destination;
  std::string_view about_incidence;
};

/// What a group of states is called inside a sentence; empty: it is none that is known.
std::string_view group_in_words(std::string_view group, std::string_view language);

PathwayWording const& pathway_wording(std::string_view language);

}  // namespace utvei
