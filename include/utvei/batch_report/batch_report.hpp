// SPDX-License-Identifier: Apache-2.0
// What the results of a batch say together: numbers of many scenarios over the axes that they lie on.
#pragma once

#include <utvei/report/document.hpp>
#include <utvei/results/result.hpp>
#include <utvei/results/scenario_outcome.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// What differs between the scenarios.
struct ToldAxis {
  std::string name;
  ReportText label;
  std::vector<std::string> values;
  std::vector<std::string> meanings{};  ///< of each value what scenarios are given; empty: what it says itself
};

struct ToldOutcome {
  ComparedOutcome outcome;
  ReportText label, unit;
};

struct ToldScenario {
  std::string name;
  std::vector<std::size_t> place;  ///< by axis; empty: it stands outside them
  bool is_baseline{false};
  ReportText missing{};                                    ///< why there are no numbers of it; empty: there are
  bool is_assumed{false};                                  ///< the main effect that sets it apart from the baseline
  std::vector<std::optional<ScenarioOutcome>> outcomes{};  ///< none: held back, or it has no such number
};

/// All that a report of a batch says.
struct BatchMaterial {
  std::string name;
  std::vector<ToldAxis> axes;
  bool is_grid{true};                    ///< else axes go along with each other
  std::vector<ToldScenario> scenarios;   ///< in the order of the batch
  std::vector<ToldOutcome> outcomes;     ///< the first is what they are ranked by
  std::vector<RunResult> baseline;       ///< one
  bool baseline_is_chosen{true};         ///< else nobody said which it is
  std::vector<AssumedEffect> assumed{};  ///< of any scenario
  std::vector<StateInfo> measures{};     ///< of any scenario
  std::vector<InputFile> inputs{};
  std::vector<std::string> commands{};
  std::size_t made_otherwise{0};          ///< results that were not made of what the batch says now
  std::vector<std::string> differs_in{};  ///< keys and files in which they differ from it
  std::size_t held_back{0};               ///< numbers that stay inside
  bool is_inside{false};
  std::string language{"nb"};
};

/// Takes results one by one, so that few are held at a time.
class BatchCollector {
 public:
  /// `asked`: outcomes; empty: those that planners ask for. `material` has its axes and scenarios, and must outlive
  /// this.
  BatchCollector(BatchMaterial& material, RunResult baseline, std::vector<std::string> asked);
  /// Throws InputError (data) for a result that is not paired with the baseline, and (usage) for an outcome that was
  /// asked for and is not there.
  void add(ToldScenario& scenario, RunResult const& result);
  /// After all: of usual outcomes those that no scenario changes are left out.
  void leave_out_what_is_alike();

 private:
  void choose_outcomes(RunResult const& first);
  void note_what_is_behind(RunResult const& result);

  BatchMaterial& material_;
  std::vector<std::string> asked_;
};

/// The page. At least one scenario beside the baseline has numbers.
ReportDocument batch_report(BatchMaterial const& material);
/// A line for each scenario and outcome, the values of the axes as columns, all digits.
std::string batch_csv(BatchMaterial const& material);

}  // namespace utvei
