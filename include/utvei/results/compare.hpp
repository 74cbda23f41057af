// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/evidence.hpp>
#include <utvei/results/outcome.hpp>
#include <utvei/results/pathway_summary.hpp>
#include <utvei/results/ranking.hpp>
#include <utvei/results/result.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace utvei {

/// Which direction is good news.
enum class Better { more, less };

/// The effect in one part of the people, or of the time, less that in another.
struct ContrastRequest {
  std::string dimension;
  std::vector<std::string> a, b;  ///< labels of the two, each added up; `42*`: all that begin so
};

struct CompareOptions {
  std::vector<std::string> quantities;   ///< person_years, stock, …; empty: all that the results hold, but `persons`
  std::vector<std::string> by;           ///< further dimensions to keep (age_group, a trait), as columns at the end
  std::map<std::string, Better> better;  ///< by state, group or transition; else outside: less, work, education: more
  std::vector<AskedOutcome> rank{};      ///< by which scenarios are ranked
  std::vector<ContrastRequest> contrasts{};  ///< differences of differences
};

/// One number of a scenario against the baseline. An empty cell means all.
struct ComparisonRow {
  std::string scenario;
  std::string measure_of;           ///< name of the dataset
  std::string region, year, state;  ///< a transition stands in `state`
  double baseline{0}, value{0}, difference{0};
  std::optional<double> mc_se;                        ///< Monte Carlo standard error of the difference
  std::optional<double> low_95, high_95;              ///< parameter uncertainty alone
  bool parameters_hidden{false};                      ///< draws differ by no more than luck does: no low_95, high_95
  std::optional<double> count_low_95, count_high_95;  ///< with population chance
  std::optional<double> probability_better;
  std::vector<std::string> by;  ///< labels of the further dimensions, in the order of Comparison::by
};

/// A difference of differences. `baseline` and `value` of its row are a less b in each of the two results.
struct ContrastRow {
  std::string dimension, a, b;
  bool per_1000{false};  ///< effects per 1,000 of those who are in the part in the baseline
  double effect_a{0}, effect_b{0};
  ComparisonRow row;  ///< `difference` is effect_a − effect_b; no probability
  std::vector<double>
      cells;  ///< every number that went in, of both results: those of a register may be too small to show
};

/// Something that a reader of a comparison must know.
struct ComparisonNote {
  enum class Kind {
    probability_is_monte_carlo,       ///< point estimates: the probability says nothing about the parameters
    no_monte_carlo_error,             ///< neither groups nor a second replicate; detail: the table
    error_from_replicates,            ///< no groups: the replicates give the error; detail: the table
    places_couple_people,             ///< limited places: the replicates give the error; detail: the scenario
    places_couple_people_of_one_run,  ///< likewise, and there is one replicate: no error
    group_sizes_unknown,              ///< no table `persons`; detail: the table
    no_parameter_interval,            ///< draws, but no Monte Carlo variance to remove
    parameters_hidden,                ///< ComparisonRow::parameters_hidden somewhere; detail: the table
    only_in_one_result,               ///< detail: the table
    money_in_one_result,              ///< the other counts none; detail: the scenario
    money_by_other_rules,             ///< discounting and the like differ; detail: the scenario
    money_of_other_payers,            ///< payers, taxes or services differ; detail: the scenario
    needs_slow_by_assumption,         ///< unmet needs slow the way out in a result; detail: the scenario
    other_follow_up,                  ///< a score, its waves or an event is not the same in the two; detail: its name
    main_effect_is_assumed,           ///< of the scenario: no probabilities; detail: the scenario
    displacement_unknown,             ///< tables by year and state, or payments, are not there; detail: the scenario
  };
  Kind kind;
  std::string detail;
  friend bool operator==(ComparisonNote const&, ComparisonNote const&) = default;
};
/// In nb, nn or en.
std::string text_of(ComparisonNote const& note, std::string_view language);
/// Tables without a Monte Carlo error, and scenarios whose places couple people, share one note, for readers.
std::vector<ComparisonNote> joined(std::vector<ComparisonNote> const& notes);

/// When a ledger has earned back what a scenario costs: the first year at whose end the sum of the discounted
/// differences is at nothing or above, and from then on to the end of the horizon.
struct BreakEven {
  std::string ledger;
  int horizon{0};                               ///< years from the year of present values to the end of the run
  std::size_t answers{0};                       ///< draws, or replicates without draws, in which the ledger differs
  std::optional<int> median;                    ///< years; none: never within the horizon
  std::vector<std::pair<int, double>> chances;  ///< within so many years, as far as the run goes; empty with one
  std::optional<double> never;                  ///< chance of not within the run
};

/// What the public purse pays for a further year in work: a ratio of means.
struct CostPerYear {
  double cost{0};   ///< present value of what the public purse pays more
  double years{0};  ///< in work, discounted alike
  bool error_is_known{false};
  std::optional<double> kroner;  ///< none where the interval of the years holds 0
  std::optional<double> low_95, high_95;
};

/// What a comparison says of money beside its rows.
struct MoneySummary {
  int present_year{0};
  LedgerRules rules;
  std::size_t draws{1};
  std::vector<BreakEven> break_even;
  std::optional<CostPerYear> cost_per_year;
  std::vector<UnpricedInfo> unpriced;
  /// What the difference of each account consists of: present values by kind of payment, for readers. Empty where the
  /// payments are not known.
  std::map<std::string, std::map<std::string, double>> by_kind;
};

/// A mean of people who are followed, in both runs: a score in a wave, or the share to whom an event has happened.
struct FollowedMean {
  std::string what;                               ///< score or event
  std::string at;                                 ///< wave, or months since people were followed
  double baseline_persons{0}, persons{0};         ///< of whom it is a mean
  std::optional<double> baseline, value;          ///< none: nobody is followed
  std::optional<double> baseline_change, change;  ///< of scores: since the first wave, of those who were measured in it
  std::optional<double> difference;
  std::optional<double> mc_se;         ///< Monte Carlo standard error of the difference
  std::optional<double> parameter_sd;  ///< between draws, without that; none without draws
  bool parameters_hidden{false};       ///< draws differ by no more than luck does: `parameter_sd` is an upper bound
  double at_risk{0};                   ///< of an event: who are followed still, and to whom it has not happened before
};

/// What a comparison says of people who are followed.
struct FollowUpSummary {
  std::vector<FollowedMean> scores, events;
  std::vector<StateInfo> score_names, waves, event_names;
};

/// Who begins the measures of a scenario, and where they are later: people, means over draws and replicates. Numbers
/// that are not there are hidden.
struct ParticipantSummary {
  struct People {
    std::string label;
    std::optional<double> people;
  };
  struct Began {
    std::string measure, by;  ///< `state`, `age_group` or a trait, at the start
    std::optional<double> all;
    std::vector<People> people;
  };
  /// Of those whom the run follows so long.
  struct Later {
    std::string measure;
    int months{0};
    std::optional<double> followed;
    std::vector<People> people;  ///< by state
  };
  std::vector<Began> began;
  std::vector<Later> later;
};

struct Comparison {
  std::string baseline;
  std::vector<std::string> scenarios;
  StateInfo baseline_label;                ///< what its file calls it; empty: its name
  std::vector<StateInfo> scenario_labels;  ///< by scenario
  std::vector<std::string> by;
  std::vector<ComparisonRow> rows;
  std::vector<ComparisonNote> notes;
  std::size_t draws{1}, replicates{1};
  double persons{0};  ///< who were simulated; 0 if the results do not say
  double weight{1};   ///< people that each of them stands for; numbers are of people
  std::string data_class;
  std::vector<StateInfo> states;
  std::vector<StateInfo> baseline_measures;
  std::vector<std::vector<StateInfo>> measures;    ///< by scenario; rows have those of the baseline as well
  std::vector<ParticipantSummary> participants;    ///< by scenario
  std::vector<std::optional<MoneySummary>> money;  ///< by scenario; none where one of the two counts none
  std::vector<FollowUpSummary> follow_ups;         ///< by scenario; empty where nobody is followed
  std::vector<PathwaySummary> pathways;            ///< by scenario; empty where nobody asks
  std::map<std::string, std::string> region_names;
  std::map<std::string, std::string> units;  ///< by measure_of
  std::vector<ContrastRow> contrasts;
  std::vector<Ranking> rankings;                       ///< by outcome
  std::vector<std::vector<AssumedEffect>> assumed;     ///< by scenario: those that the baseline has not
  std::vector<std::vector<MeasureEvidence>> evidence;  ///< by scenario: of measures that the baseline has not alike
  std::string model;                                   ///< path of the file that has the definitions; may be empty
  std::vector<std::string> precisions;                 ///< of the baseline and the scenarios: JSON, or empty
};

/// What readers call the baseline, or a scenario: its label, or its name.
std::string baseline_title(Comparison const& comparison, std::string_view language);
std::string scenario_title(Comparison const& comparison, std::size_t scenario, std::string_view language);

/// Paired differences of scenarios from a baseline. All must be runs of the same people with the same seed, draws,
/// replicates and labels; InputError (data) says what differs. Tables are summed over the dimensions that are not asked
/// for and averaged over draws and replicates; margins are all and each region, all and each year (a stock is never
/// summed over years), each state or transition. Intervals are 95 %; docs/formats/comparison.md has the formulas.
Comparison compare(RunResult const& baseline, std::vector<RunResult const*> const& scenarios,
                   CompareOptions const& options);

}  // namespace utvei
