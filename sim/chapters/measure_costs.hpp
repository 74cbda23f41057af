// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/chapters/contents.hpp>

#include <string>
#include <vector>

namespace utvei {

/// What somebody pays for a measure itself, before anything that it leads to: kroner of the money file's year, not
/// discounted.
struct GrossCost {
  std::string measure, payer;
  double kroner{0};
  int first_year{0}, last_year{0};  ///< in which something is paid
};
/// More than in the zero alternative. Empty: nothing is paid, or payments are not told. `region`: empty for all.
std::vector<GrossCost> measure_costs(Contents const& contents, std::size_t scenario, std::string const& region = {});
/// Of one, all payers together.
double cost_of_measure(Contents const& contents, std::size_t scenario, std::string const& measure);

/// What they cost in all and a year, and who pays; empty where nothing does. `region`: empty for all.
ReportText costs_sentence(Contents const& contents, std::size_t scenario, std::string const& region = {});
/// By measure and payer; without rows where nothing is paid.
ReportFigure costs_figure(Contents const& contents);

/// `kommunene`: a payer inside a sentence; of several places the municipalities are many. `region`: empty for all.
ReportText payer_in_words(Contents const& contents, std::string const& payer, std::string const& region = {});

}  // namespace utvei
