// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/disclosure/rules.hpp>
#include <utvei/results/inputs.hpp>
#include <utvei/results/ledgers.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace utvei {

/// One axis of a table, with the labels of its places.
struct Dimension {
  std::string name;  ///< draw, replicate, group, region, year, stock_date, age_group, <trait>, state, transition
  std::vector<std::string> labels;
  friend bool operator==(Dimension const&, Dimension const&) = default;
};

/// A tally: values in row-major order over its dimensions (the last runs fastest). Counts are exact integers; times are
/// sums of whole minutes, divided once.
struct Table {
  std::string name;      ///< of the dataset: person_years, stock, transitions, …
  std::string quantity;  ///< person_years for person_years_by_year_state as well
  std::string long_name;
  std::string units;  ///< years | 1
  std::vector<Dimension> dimensions;
  std::variant<std::vector<std::int64_t>, std::vector<double>> values;

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] double value(std::size_t flat) const;
  [[nodiscard]] std::optional<std::size_t> axis(std::string_view dimension) const;
  friend bool operator==(Table const&, Table const&) = default;
};

/// Who the people of life courses are when these begin, by row, sorted by key.
struct LifeCoursePeople {
  struct Trait {
    std::string name;
    std::vector<std::string> levels;
    std::vector<std::uint16_t> level;  ///< place among the levels
    friend bool operator==(Trait const&, Trait const&) = default;
  };
  std::vector<std::uint64_t> person;  ///< key; empty: not kept, in files of earlier versions
  std::vector<std::int64_t> entered;  ///< minutes since 1970: when the state of the start was entered
  std::vector<std::int64_t> birth;    ///< minutes since 1970; empty: nobody has an age
  std::vector<std::uint32_t> region;  ///< place among the codes; empty: there are no regions
  std::vector<std::string> region_codes;
  std::vector<Trait> traits;  ///< that have levels, as far as the people have them
  friend bool operator==(LifeCoursePeople const&, LifeCoursePeople const&) = default;
};

/// Moves and changes of traits while people are followed, sorted by person, then time.
struct LifeCourseChanges {
  std::vector<std::uint64_t> person;
  std::vector<std::int64_t> time;    ///< minutes since 1970-01-01
  std::vector<std::uint16_t> what;   ///< place among the names
  std::vector<std::uint32_t> value;  ///< from then on: place among LifeCoursePeople::region_codes or a trait's levels
  std::vector<std::string> what_names;  ///< region, if there are regions, then the traits of LifeCoursePeople
  friend bool operator==(LifeCourseChanges const&, LifeCourseChanges const&) = default;
};

/// Events of one person, sorted by person, then time. `cause`: start, transition, limit, age, end, measure.
struct LifeCourseTable {
  std::vector<std::uint64_t> person;
  std::vector<std::int64_t> time;  ///< minutes since 1970-01-01
  std::vector<std::uint16_t> from, to;
  std::vector<std::uint8_t> cause;
  std::vector<std::string> states, causes;  ///< what the numbers stand for
  LifeCoursePeople people{};
  LifeCourseChanges changes{};
  friend bool operator==(LifeCourseTable const&, LifeCourseTable const&) = default;
};

/// What a scenario takes for granted: an effect of which no good evidence says how large it is, and how surely; and
/// its what-ifs.
struct AssumedEffect {
  /// `assumed: true`, evidence of confidence L, a number without an interval; or a what-if that has an interval.
  enum class Why { assumed, low_confidence, one_number, has_interval };
  std::string measure;      ///< that has it; of `changes`: the transitions
  std::string transitions;  ///< a -> b, c -> d
  double ratio{1};          ///< that multiplies their intensities, with point estimates
  bool is_main{false};      ///< what the scenario is about: the first of its measure, a what-if that is one number
  bool is_what_if{false};   ///< one of `changes`
  bool is_slowing{false};   ///< of an unmet need: results that share it differ by it where needs are met at other times
  Why why{};
  friend bool operator==(AssumedEffect const&, AssumedEffect const&) = default;
};

struct InputFile {
  std::string path;
  std::string sha256;
  friend bool operator==(InputFile const&, InputFile const&) = default;
};

/// Everything about a run that is not a number of its tables.
struct Provenance {
  std::string format{"utvei-result"};
  int format_version{1};
  std::string utvei_version, git_hash;
  std::uint32_t seed{0};
  std::string scenario_name;
  std::string scenario;  ///< resolved YAML
  // What two runs must share to be compared; empty where a file does not say.
  std::string start, end;           ///< dates of the run
  std::string stock_dates;          ///< MM-DD, with commas between them
  std::string people;               ///< fingerprint of the population
  std::string model;                ///< path of the model; empty in files of earlier versions
  std::string rates;                ///< path of the rate file; empty: none
  std::size_t rows_with_status{0};  ///< of the tables of rates, shares and ages that say how well they are known
  std::size_t unverified_rows{0};   ///< of these
  std::vector<InputFile> inputs;
  std::string command_line;
  bool places_couple_people{false};    ///< places of a measure are limited: who gets one depends on the others
  bool unmet_needs_slow{false};        ///< the way out: an assumption
  std::vector<AssumedEffect> assumed;  ///< what the scenario takes for granted
  std::string precision;   ///< JSON: how well the outcome of `precision` is known, and why the run stopped; empty: none
  std::int64_t weight{1};  ///< people that one who was simulated stands for; tables hold people
  std::size_t threads{1};
  std::string data_class{"synthetic"};
  DisclosureRules disclosure;  ///< where the class is register
  friend bool operator==(Provenance const&, Provenance const&) = default;
};

/// What the labels of states and transitions mean to a reader of the result.
struct StateInfo {
  std::string name, group, label_nb, label_nn, label_en;
  friend bool operator==(StateInfo const&, StateInfo const&) = default;
};

struct RunResult {
  std::vector<Table> tables;
  std::vector<Table> group_tables;  ///< groups/NAME; dimension `group` stands after draw and replicate
  std::vector<Table> hidden;        ///< hidden/NAME: 1 where a number stays inside; see result_gate.hpp
  std::optional<LifeCourseTable> life_courses;
  std::vector<StateInfo> states;
  std::vector<StateInfo> definitions;               ///< of the model; `group` is what is better: less, more, or empty
  std::vector<StateInfo> measures;                  ///< of the scenario; `group` is empty
  std::vector<StateInfo> scores;                    ///< of the scenario; `group` is empty
  std::vector<StateInfo> waves;                     ///< along `wave`; `group` is the follow-up
  std::vector<StateInfo> events;                    ///< of histories; `group` is empty
  std::vector<PaymentInfo> payments;                ///< along `payment`; empty without money
  std::optional<LedgerRules> ledgers;               ///< where money is counted
  std::vector<UnpricedInfo> unpriced;               ///< effects of measures
  std::vector<UncertainInput> inputs;               ///< of a run with parameter draws
  std::map<std::string, std::string> region_names;  ///< code → Norwegian name
  Provenance provenance;

  [[nodiscard]] Table const* table(std::string_view name) const;
  [[nodiscard]] Table const* group_table(std::string_view name) const;
  friend bool operator==(RunResult const&, RunResult const&) = default;
};

/// What a reader should know of the numbers behind a result, in lines: how many rows of its tables are unverified, and
/// for how many people one stands. Empty if there is nothing to say.
std::string note_of_evidence(Provenance const& provenance);

/// In nb, nn or en; where that is missing the next of nb, en, nn, then the name.
std::string label_of(StateInfo const& info, std::string_view language);
/// What the file of the scenario calls it (`label`); without labels where it has none, as in files of earlier versions.
StateInfo scenario_label(RunResult const& result);
/// The label of a state by name; the name if no state has it.
std::string state_label(RunResult const& result, std::string_view state, std::string_view language);

}  // namespace utvei
