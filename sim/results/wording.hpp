// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/readable.hpp>
#include <utvei/results/text_columns.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// What the text of a comparison says, in one language.
struct Wording {
  std::string_view person_years, stock, transitions;  ///< headings; {} is the period or year
  std::string_view defined;                           ///< heading; {} is the year
  std::string_view where_definitions_stand;           ///< {} is the model file
  std::string_view income;                            ///< heading; {} is the year
  std::string_view not_low, low, persistently_low;    ///< where people are in the chain of low income
  std::string_view what_low_is;                       ///< the definition
  std::string_view by_region, by_year;                ///< headings; {} is the quantity
  std::string_view all_regions;
  std::string_view state, transition, region, year, definition;  ///< columns
  std::string_view baseline, difference;                         ///< columns
  std::string_view measures;                                     ///< heading; {} is the period
  std::string_view measure, offered, refused, began, mean_wait, gave_up, stopped_qualifying, waiting,
      taking_part;                                         ///< columns
  std::string_view years_in_measure;                       ///< column
  std::string_view of_mean_wait, of_stopped_qualifying;    ///< what these columns are
  std::string_view of_heads;                               ///< likewise; {} is the day
  std::string_view more_person_years, fewer_person_years;  ///< scenario, number, state
  std::string_view not_told_apart;
  std::string_view in_short;       ///< before the tables; {} is a sentence
  std::string_view the_state;      ///< of one that is not all of its group
  std::string_view in_work_is;     ///< what a report calls so: states, difference
  std::string_view no_difference;  ///< scenario, states
  std::string_view half_width_luck, half_width_parameters, no_half_width;
  std::string_view stands_for;       ///< how many
  std::string_view others_left_out;  ///< how many
  char decimal_point;
  std::string_view thousands;
};

/// nb, nn or en; another language reads as nb.
Wording const& wording(std::string_view language);

/// As readable() of the language.
std::string readable(double number, int decimals, Wording const& words);

/// The same with what says enough: whole from a hundred on, below that a decimal unless all numbers are `whole`.
std::string rounded(double number, bool whole, Wording const& words);

/// `person_years_by_year_state`, `stock`: names of tables, joined as notes do, in words.
std::string tables_in_words(std::string const& names, std::string_view language);

/// Where person-years are spent: `i arbeid`, but `som død`.
std::string in_state(std::string_view name, std::string const& label, std::string_view language);

/// Columns that a terminal needs for UTF-8 text without wide characters.
std::size_t display_width(std::string_view text);

}  // namespace utvei
