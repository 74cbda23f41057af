// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/id.hpp>
#include <utvei/core/time.hpp>
#include <utvei/disclosure/rules.hpp>
#include <utvei/document/stock_dates.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/model.hpp>
#include <utvei/register/activities.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// `kind:` how a data file is laid out: with a header, or in the four columns of the Norwegian microdata platform,
/// identifier;measure;start;stop; without one.
enum class DataForm { table, microdata };

/// `intervals:` whether the last day (or unit of time) of a spell belongs to it.
enum class Intervals { half_open, closed };

/// `time:` how moments are written: as dates, or as numbers in a unit that count from an origin.
struct TimeScale {
  std::optional<double> unit_minutes;  ///< none: dates
  std::string unit;                    ///< as written, for messages
  std::optional<Instant> origin;       ///< where numbers count from; none: there is no calendar clock
  bool or_days{false};                 ///< dates may also be whole days since 1970-01-01
  /// Dates have a calendar; numbers have one if they have an origin.
  [[nodiscard]] bool has_calendar() const { return !unit_minutes || origin; }
};

/// A column of a data file, as a study names it.
struct ColumnName {
  std::string name;
  Place place;
};
struct TraitColumn {
  TraitId trait;
  ColumnName column;
};

/// Where birth, region and traits of a person stand: the persons file, or columns of the spell file.
struct PersonsSpec {
  std::optional<std::string> file;  ///< resolved path; none: the columns are those of the spell file
  Place file_place;
  DataForm form{DataForm::table};
  ColumnName id;
  std::optional<ColumnName> birth;   ///< none: there is no age clock
  std::optional<ColumnName> region;  ///< none: there are no regions
  std::vector<TraitColumn> traits;
};

/// `crosswalk:` what codes of regions are called in the vintage of the model.
struct CrosswalkSpec {
  std::string file;  ///< resolved path
  Place file_place;
  ColumnName from, to;
  std::optional<ColumnName> valid_from;  ///< since when the row holds; none: all rows always hold
};

/// A file of values that people have from `start` to `stop`: `residence:`, or one entry of `traits_over_time:`.
struct DatedSource {
  std::string file;  ///< resolved path
  Place file_place;
  DataForm form{DataForm::table};
  ColumnName id, value, start;
  std::optional<ColumnName> stop;  ///< none: until the person's next row
};
struct DatedTrait {
  TraitId trait;
  DatedSource source;
  std::map<std::string, std::uint16_t, std::less<>> levels{};  ///< what codes stand for; empty: names of levels
};

/// One entry of `sources:`.
struct SpellSource {
  std::string file;  ///< resolved path
  Place file_place;
  DataForm form{DataForm::table};
  ColumnName id, start, stop;
  // What the spells are of: all of one state or activity, or a column says which.
  std::optional<StateId> state;
  std::optional<ColumnName> state_column;
  std::optional<ActivityId> activity;
  std::optional<ColumnName> activity_column;
  /// What stands for what in the column; empty: the states of the model by their names.
  std::map<std::string, StateId, std::less<>> states;
  std::map<std::string, ActivityId, std::less<>> activities;
  Place place;
};

/// The source of a panel: in which states people were seen, and when.
struct PanelSource {
  std::string file;  ///< resolved path
  Place file_place;
  ColumnName id, date, state_column;
  std::optional<ColumnName> observed;  ///< column with `snapshot` or `exact`; none: all are snapshots
  std::vector<StateId> exact_states;   ///< absorbing: the time of entry is known exactly
  std::optional<double> from, to;      ///< the window, both ends in it, as parse_panel_time has it; none: all looks
};

/// `exposure:` files of events and person-time, in place of sources.
struct ExposureFiles {
  std::string file;  ///< resolved path
  Place file_place;
  std::optional<std::string> holdout;  ///< of another time, to be predicted
  Place holdout_place;
};

/// A study file, checked against its model. `estimate` is kept as written: read_estimate_options (estimation) reads it.
struct Study {
  std::string path;
  std::string name;
  Model model;
  std::string data_class{"register"};  ///< register | open | synthetic
  DisclosureRules disclosure;          ///< of what is made of it, where the class is register
  Instant from;                        ///< the window, half-open
  Instant to;
  Intervals intervals{Intervals::half_open};
  TimeScale time;
  PersonsSpec persons;
  std::optional<CrosswalkSpec> crosswalk;
  std::optional<DatedSource> residence;  ///< where people live when; none: the region of `persons`, if any
  std::vector<DatedTrait> traits_over_time;
  std::optional<std::string> register_file;  ///< resolved path of checked life courses, in place of all data files
  Place register_place;
  std::optional<ExposureFiles> exposure;  ///< then there are no sources, and there may be no window
  std::optional<PanelSource> panel;       ///< then there are no spells
  std::vector<SpellSource> sources;       ///< where they overlap, the first wins; not if they name activities
  Activities activities;                  ///< empty: the sources name states
  double rejects_at_most{0.01};           ///< share of the rows of a file that may be of no use
  std::optional<StateId> otherwise;       ///< state for time that no spell covers; none: such time is not observed
  std::optional<Duration> bridge;         ///< gaps in a state that are no longer than this are passed over
  bool ends_with_window{false};           ///< rows that begin after the window are as if they were not yet written
  std::vector<MonthDay> stock_dates;      ///< when `utvei register` counts heads, each year
  Place stock_dates_place;
  Value estimate;                   ///< null if the study has none
  Value backtest;                   ///< likewise; read_backtest_options (analysis) reads it
  std::vector<std::string> inputs;  ///< study and model files that were read, for provenance

  [[nodiscard]] bool knows_region() const { return persons.region || residence; }
  [[nodiscard]] bool knows_trait(TraitId trait) const;
};

/// Reads `utvei: study/1` and its model; data files are read by read_register. Whatever is wrong goes to the
/// diagnostics; the study may be used only if they have no errors.
Study read_study(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                 Diagnostics& diagnostics);

/// Diagnoses stock dates of a study without a calendar, or none of which lies in its window. Of a study that names a
/// register file: after it was read.
void check_stock_dates(Study const& study, Diagnostics& diagnostics);

/// Every file that the study is made of, once each: study, model and data.
std::vector<std::string> files_of(Study const& study);

/// A moment as a study writes it: a date, or a number in the study's unit of time; nullopt if it is neither.
std::optional<Instant> parse_moment(std::string_view text, TimeScale const& scale, char separator = ',');
/// The same the other way: a date, or a number in the study's unit since its origin.
std::string written_moment(Instant moment, TimeScale const& scale);

}  // namespace utvei
