// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/decision_uncertainty.hpp>
#include <utvei/results/outcome_words.hpp>

#include <string>
#include <string_view>

namespace utvei {

/// What is told of the uncertainty of a choice.
struct DecisionView {
  bool value_of_information{false};
  bool tornado{false};
};

/// An analysis with what it is of.
struct DecisionReport {
  DecisionView view;
  std::string baseline;
  OutcomeDraws outcome;
  DecisionInputs inputs;
  DecisionUncertainty found;
  OutcomeLabels labels{};
  /// Whether values of information are told: not where the main effect of a scenario is assumed.
  [[nodiscard]] bool tells_values() const;
};

std::string decision_text(DecisionReport const& report, std::string_view language);
std::string decision_json(DecisionReport const& report);
/// One number a line: part,scenario,kind,name,number,value,se.
std::string decision_csv(DecisionReport const& report);

}  // namespace utvei
