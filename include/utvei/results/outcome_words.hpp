// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/input_words.hpp>
#include <utvei/results/outcome.hpp>

#include <map>
#include <string>
#include <string_view>

namespace utvei {

/// What the words of an outcome are made of.
struct OutcomeLabels {
  InputLabels of;
  std::map<std::string, std::string> regions;  ///< by code
};

/// An outcome in the words of a planner: `stock,state=outside,region=4203,year=2030` as `personer, utenforskap,
/// Arendal, 2030`. What has no label stays as it is.
std::string outcome_words(AskedOutcome const& outcome, OutcomeLabels const& labels, std::string_view language);

}  // namespace utvei
