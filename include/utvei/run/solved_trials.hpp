// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/trials.hpp>
#include <utvei/population/population.hpp>

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace utvei {

/// Effects that were solved from trials, for scenarios that are run again with other places, other dates or other
/// shares who accept: none of these changes what a trial says. May be used from several threads.
class SolvedTrials {
 public:
  /// What settle_trials() gives, without solving anew what was solved before for the same rates, files and measure.
  std::vector<TrialEffect> settle(Scenario& scenario, Rates const& rates, std::size_t threads, StopFlag const* stop,
                                  Diagnostics& diagnostics);

 private:
  struct Solved {
    std::vector<TrialEffect> found;
    std::vector<MeasureEffect> effects;  ///< of the measure, for their ratios alone
  };
  std::mutex mutex_;
  std::map<std::string, Solved> solved_;
};

/// A loader that reads a file of people once for each model. May be used from several threads.
PeopleLoader reading_once(PeopleLoader load);

}  // namespace utvei
