// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/inputs.hpp>
#include <utvei/results/outcome_draws.hpp>
#include <utvei/results/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// The uncertain inputs of results that are compared.
struct DecisionInputs {
  std::vector<UncertainInput> drawn;  ///< each once; where results have other numbers of one name, each has its own
  struct Assumed {
    std::string name;
    double ratio{1};       ///< as the scenario says it
    bool is_drawn{false};  ///< over an interval that is assumed as well
  };
  /// By scenario: effects that it does not share with the baseline, and that no study is behind.
  std::vector<std::vector<Assumed>> assumed;
  std::vector<bool> main_effect_is_assumed;  ///< by scenario: of a measure, or it has no others
};
DecisionInputs decision_inputs(RunResult const& baseline, std::vector<RunResult const*> const& scenarios);

struct WithError {
  double value{0};
  double se{0};  ///< of the number of draws, by the jackknife
};

/// What the inputs of a group tell.
struct GroupInformation {
  UncertainInput::Kind kind{};
  std::string group;
  std::size_t inputs{1};
  /// What knowing them would be worth to who chooses between the scenarios and the baseline: the expected value of
  /// partial perfect information, in units of the outcome.
  WithError value;
  std::vector<WithError> shares;  ///< by scenario: of the variance that parameters give its difference
};

/// What one input does to the difference of one scenario.
struct InputSwing {
  WithError low, high;               ///< mean difference where the input is at its 10th and 90th percentile
  WithError swing;                   ///< high less low
  WithError share;                   ///< of the variance that parameters give
  std::optional<double> break_even;  ///< where the mean difference is 0, if it is once within what was drawn
};
struct InputInfluence {
  UncertainInput::Kind kind{};
  std::string name, group;
  bool is_assumed{false};
  std::optional<double> at_10, at_90;  ///< percentiles of its draws; none: hidden
  std::vector<InputSwing> swings;      ///< by scenario
};

/// Where the uncertainty of a choice between scenarios comes from, and what it would be worth to know more.
struct DecisionUncertainty {
  /// Why there are no numbers of it.
  enum class Unknown { known, too_few_draws, no_inputs, luck_hides_parameters };
  Unknown unknown{Unknown::known};
  std::size_t draws{0};
  struct Scenario {
    double difference{0};
    std::optional<double> parameter_variance;  ///< between draws, without luck; with it where luck is not known
    double luck_share{0};                      ///< of the variance between draws
    double explained{0};                       ///< sum of the groups' shares; the rest is between inputs
  };
  std::vector<Scenario> scenarios;
  std::optional<std::size_t> best;       ///< on average: scenario; none: the baseline
  bool luck_is_known{false};             ///< else all that luck does is taken for uncertainty
  WithError perfect;                     ///< expected value of perfect information
  double perfect_with_luck{0};           ///< as the draws have it, luck and all: too high
  std::vector<GroupInformation> groups;  ///< most valuable first, then the largest share
  std::vector<InputInfluence> inputs;    ///< the largest swing first
};

/// With fewer draws nothing can be told of where uncertainty comes from.
inline constexpr std::size_t least_draws = 50;

/// Values of information by regression on the draws (Strong, Oakley & Brennan 2014), and of each input what it does
/// to the outcome. docs/methods/value_of_information.md has the equations.
DecisionUncertainty decision_uncertainty(OutcomeDraws const& outcome, std::vector<UncertainInput> const& inputs);

}  // namespace utvei
