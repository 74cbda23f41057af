// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/trials.hpp>
#include <utvei/core/parallel.hpp>
#include <utvei/document/value.hpp>
#include <utvei/income/rules.hpp>
#include <utvei/model/evidence.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/money/rules.hpp>
#include <utvei/population/population.hpp>
#include <utvei/run/solved_trials.hpp>
#include <utvei/scenario/plan.hpp>
#include <utvei/scenario/scenario.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// The words after --set; a word without `=` is a usage error.
std::vector<Override> overrides_of(std::vector<std::string> const& words);

/// Runs `work`; what it throws as InputError joins the diagnostics. False if it threw.
template <class Work>
bool collecting(Diagnostics& diagnostics, Work const& work) {
  try {
    work();
    return true;
  } catch (InputError const& error) {
    diagnostics.merge(error.diagnostics());
    return false;
  }
}

/// A scenario with all that it needs to be simulated.
struct Prepared {
  Scenario scenario;
  Rates rates;
  std::shared_ptr<Population const> people;      ///< as the scenario describes them
  std::shared_ptr<Population const> population;  ///< as they are simulated
  RunPlan plan;                                  ///< of draw 0
  std::optional<IncomeRules> income;             ///< of a scenario that names an income file
  std::optional<MoneyRules> money{};             ///< of a scenario that names a money file
  Evidence evidence{};
  std::vector<TrialEffect> trials{};  ///< effects that are solved from trials
};

/// The strictest class of what a result of it is made of.
std::string class_of(Prepared const& prepared);

/// What the tables among the files of a model or a scenario, and those of its rates, say of how well their numbers are
/// known.
Evidence evidence_behind(std::vector<std::string> files, Rates const& rates, Diagnostics& diagnostics);

/// Constants, tables and the rate file of a model.
Rates rates_of(Model const& model, Diagnostics& diagnostics);

/// Reads scenarios, their rates and their people, and compiles each once, so that everything that is wrong with any of
/// them is said at once. Scenarios that describe the same people share them. Use the result only without errors.
class Preparation {
 public:
  Preparation(std::vector<Override> overrides, std::size_t threads, Diagnostics& diagnostics);
  /// Scenarios that describe the same people as this one, which must outlive the preparation, share them.
  void share_people_of(Prepared const& earlier) { earlier_.push_back(&earlier); }
  /// Effects from trials are taken from what was solved before, and what is solved is added: of this preparation, or
  /// of others, too. Must outlive the preparation.
  void remember_trials_in(SolvedTrials& solved) { solved_ = &solved; }
  /// Reads files of people; load_population() without it.
  void load_people_with(PeopleLoader load) { load_ = std::move(load); }
  /// Raised: add() ends with Interrupted. Must outlive the preparation.
  void heed(StopFlag const* stop) { stop_ = stop; }
  /// nullptr where the scenario cannot be run.
  Prepared const* add(std::string const& path, Request const& request = {});
  /// The same for a caller who keeps it: `more` are laid over the overrides of all, and what is wrong goes to
  /// `diagnostics`. The people of the last few are remembered.
  std::unique_ptr<Prepared> load(std::string const& path, std::vector<Override> const& more, Request const& request,
                                 Diagnostics& diagnostics);
  [[nodiscard]] std::vector<std::unique_ptr<Prepared>>& all() { return prepared_; }

 private:
  std::shared_ptr<Population const> people_of(Scenario const& scenario, Diagnostics& diagnostics);
  std::vector<Override> overrides_;
  std::size_t threads_;
  Diagnostics& diagnostics_;
  StopFlag const* stop_{nullptr};
  std::vector<Prepared const*> earlier_;
  std::unique_ptr<SolvedTrials> own_solved_{std::make_unique<SolvedTrials>()};
  SolvedTrials* solved_{own_solved_.get()};
  PeopleLoader load_;
  std::vector<std::unique_ptr<Prepared>> prepared_;
  /// Scenarios, each with people of its own.
  std::vector<std::pair<Scenario, std::shared_ptr<Population const>>> remembered_{};
};

}  // namespace utvei
