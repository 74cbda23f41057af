// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/levers.hpp>
#include <utvei/analysis/pathway_flows.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace utvei {

/// Names and numbers as readers of levers see them, in nb, nn or en.
class LeverNames {
 public:
  LeverNames(Model const& model, std::string_view language) : model_{model}, language_{language} {}
  [[nodiscard]] std::string state(StateId id) const;
  /// `Work assessment allowance → Work`
  [[nodiscard]] std::string way(StateId from, StateId to) const;
  [[nodiscard]] std::string outcome(LeverOutcome const& outcome) const;
  [[nodiscard]] std::string region(RegionId id) const;
  /// `Skien, 20-24`; empty: everybody
  [[nodiscard]] std::string cell(LeverReport const& report, LeverCell const& cell) const;
  /// `the limit after 3 years`
  [[nodiscard]] std::string rule(RuleLever const& rule) const;
  /// The state that a rule is of, or the measure.
  [[nodiscard]] std::string subject(RuleLever const& rule, Scenario const& scenario) const;
  /// Thousands apart, with a real minus.
  [[nodiscard]] std::string number(double number, int decimals) const;
  /// With as many decimals as its size, or its error, leaves, and a sign.
  [[nodiscard]] std::string difference(double mean, std::optional<double> error) const;
  [[nodiscard]] std::string_view pick(std::string_view nb, std::string_view nn, std::string_view en) const {
    return language_ == "en" ? en : language_ == "nn" ? nn : nb;
  }
  [[nodiscard]] Model const& model() const { return model_; }

 private:
  /// `3 years`, and where they are counted.
  [[nodiscard]] std::string length(Limit const& limit) const;
  [[nodiscard]] std::string where_counted(ClockId id) const;
  Model const& model_;
  std::string_view language_;
};

/// `20-24`, `67+`, as tables of results have it.
std::string label_of_ages(Span ages);
/// Whether less of an outcome is better: it says so, or is of the states outside.
bool less_is_better(LeverOutcome const& outcome, Model const& model);
/// Of one per cent more, in per cent of the outcome where the people live.
double elasticity(double effect, double base);

}  // namespace utvei
