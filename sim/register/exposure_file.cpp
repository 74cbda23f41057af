// SPDX-License-Identifier: Apache-2.0
#include "row_errors.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/register/exposure_file.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

using Row = DelimitedFile::Row;

/// One file, whose lines are kept as they were read.
class ExposureFile {
 public:
  ExposureFile(std::string path, Place named, Model const& model, Diagnostics& diagnostics)
      : path_{std::move(path)}, named_{std::move(named)}, model_{model}, diagnostics_{diagnostics} {
    file_ = DelimitedFile::open(path_, Request{named_}, diagnostics);
    if (!file_ || !find_columns()) return;
    RowErrors errors{diagnostics};
    file_->for_each_row(diagnostics, [&](Row const& row) { read_row(row, errors); });
    errors.report_rest(file_->header_place());
    if (lines_.empty())
      diagnostics.error(file_->header_place(), "the file has no lines that can be used", {}, "name another file");
  }

  [[nodiscard]] std::vector<RegionId> regions() const {
    std::vector<RegionId> found;
    auto const column = column_named("region");
    if (column == columns_.end()) return found;
    for (auto const& [label, place] : column->labels) {
      if (auto const region = model_.regions.find(label)) found.push_back(*region);
    }
    return found;
  }

  [[nodiscard]] Exposure tabulate(std::vector<CellAxis> const& axes, Study const& study) const;

 private:
  struct CellColumn {
    std::string name;
    std::size_t column;
    std::vector<std::pair<std::string, Place>> labels{};  ///< in the order of their appearance
    std::map<std::string, std::uint32_t, std::less<>> numbers{};
  };
  struct Line {
    TransitionId transition;
    std::int64_t events;
    std::int64_t minutes;               ///< 0 where another line of the state and cell has said it
    std::vector<std::uint32_t> labels;  ///< by cell column
  };

  bool find_columns();
  void read_row(Row const& row, RowErrors& errors);
  [[nodiscard]] std::optional<TransitionId> read_transition(Row const& row, RowErrors& errors) const;
  std::vector<std::uint32_t> read_labels(Row const& row);
  std::optional<std::int64_t> new_minutes(Row const& row, TransitionId transition,
                                          std::vector<std::uint32_t> const& labels, double years, RowErrors& errors);
  [[nodiscard]] std::vector<CellColumn>::const_iterator column_named(std::string_view name) const {
    return std::ranges::find(columns_, name, &CellColumn::name);
  }
  [[nodiscard]] std::vector<std::size_t> places_of(CellAxis const& axis, CellColumn const& column) const;

  std::string path_;
  Place named_;
  Model const& model_;
  Diagnostics& diagnostics_;
  std::optional<DelimitedFile> file_;
  std::size_t from_{0}, to_{0}, events_{0}, person_years_{0};
  std::vector<CellColumn> columns_;
  std::vector<Line> lines_;
  std::map<std::pair<StateId, std::vector<std::uint32_t>>, std::pair<double, std::set<TransitionId>>> said_;
};

bool ExposureFile::find_columns() {
  auto const from = file_->require_column("from", named_, diagnostics_);
  auto const to = file_->require_column("to", named_, diagnostics_);
  auto const events = file_->require_column("events", named_, diagnostics_);
  auto const person_years = file_->require_column("person_years", named_, diagnostics_);
  if (!from || !to || !events || !person_years) return false;
  from_ = *from;
  to_ = *to;
  events_ = *events;
  person_years_ = *person_years;
  for (std::size_t column = 0; column < file_->columns().size(); ++column) {
    if (column == from_ || column == to_ || column == events_ || column == person_years_) continue;
    columns_.push_back({file_->columns()[column], column});
  }
  return true;
}

std::optional<TransitionId> ExposureFile::read_transition(Row const& row, RowErrors& errors) const {
  auto const name = fmt::format("{} -> {}", row[from_], row[to_]);
  auto const transition = model_.transition(name);
  if (!transition) {
    errors.add("transitions that the model does not have", row.place(from_),
               fmt::format("the model has no transition `{}`", name), {},
               did_you_mean(name, model_.transition_names()));
  }
  return transition;
}

std::vector<std::uint32_t> ExposureFile::read_labels(Row const& row) {
  std::vector<std::uint32_t> labels;
  for (CellColumn& column : columns_) {
    std::string label{row[column.column]};
    auto const next = static_cast<std::uint32_t>(column.labels.size());
    auto const [found, is_new] = column.numbers.emplace(label, next);
    if (is_new) column.labels.emplace_back(std::move(label), row.place(column.column));
    labels.push_back(found->second);
  }
  return labels;
}

/// The person-time of a state and cell stands in the line of each way out, and counts once.
std::optional<std::int64_t> ExposureFile::new_minutes(Row const& row, TransitionId transition,
                                                      std::vector<std::uint32_t> const& labels, double years,
                                                      RowErrors& errors) {
  auto const [found, is_new] =
      said_.try_emplace({model_.transitions[transition].from, labels}, years, std::set{transition});
  if (is_new) return duration_of_years(years).minutes;
  auto& [said, transitions] = found->second;
  if (!transitions.insert(transition).second) {
    errors.add("a second line of the same transition and cell", row.place(),
               fmt::format("`{}` stands here twice with the same cell", model_.transitions[transition].name), {},
               "add the lines up, or remove one");
    return std::nullopt;
  }
  if (std::abs(said - years) > 1e-9 * std::max(said, years)) {
    errors.add("person-time that differs between ways out of a state", row.place(person_years_),
               fmt::format("{} person-years, and {} for another transition out of `{}`", years, said, row[from_]),
               "person-time is spent in a state, so it is the same for all transitions out of it",
               "look at how the file was made");
    return std::nullopt;
  }
  return 0;
}

void ExposureFile::read_row(Row const& row, RowErrors& errors) {
  auto const transition = read_transition(row, errors);
  auto const events = parse_integer(row[events_]);
  auto const years = parse_number(row[person_years_], file_->separator());
  if (!events || *events < 0) {
    errors.add("events that are no whole number", row.place(events_),
               fmt::format("`{}` is not a number of events", row[events_]), {}, "write a whole number, 0 or more");
  }
  bool const years_are_good = years && *years >= 0 && *years < 1e12;
  if (!years_are_good) {
    errors.add("person-years that are no number", row.place(person_years_),
               fmt::format("`{}` is not a number of person-years", row[person_years_]), {},
               "write a number, 0 or more");
  }
  if (!transition || !events || *events < 0 || !years_are_good) return;
  if (*events > 0 && duration_of_years(*years).minutes == 0) {
    errors.add("events without person-time", row.place(person_years_),
               fmt::format("{} events in {} person-years", *events, row[person_years_]), "nothing can happen to nobody",
               "look at how the file was made");
    return;
  }
  auto labels = read_labels(row);
  if (auto const minutes = new_minutes(row, *transition, labels, *years, errors))
    lines_.push_back({*transition, *events, *minutes, std::move(labels)});
}

/// By label of the column: its place on the axis.
std::vector<std::size_t> ExposureFile::places_of(CellAxis const& axis, CellColumn const& column) const {
  std::vector<std::size_t> places;
  for (auto const& [label, place] : column.labels) {
    auto const found = std::ranges::find(axis.labels, label);
    places.push_back(static_cast<std::size_t>(found - axis.labels.begin()));
    if (found != axis.labels.end()) continue;
    bool const is_clock = !axis.bands.empty();
    diagnostics_.error(place,
                       is_clock ? fmt::format("`{}` is no band of `{}` in the study", label, axis.name)
                                : fmt::format("the model has no {} `{}`", axis.name, label),
                       is_clock ? "bands are compared as they are written" : "", did_you_mean(label, axis.labels));
  }
  return places;
}

Exposure ExposureFile::tabulate(std::vector<CellAxis> const& axes, Study const& study) const {
  Exposure exposure;
  exposure.axes = axes;
  exposure.data_class = study.data_class;
  exposure.inputs = study.inputs;
  exposure.inputs.push_back(path_);
  std::vector<std::pair<std::size_t, std::vector<std::size_t>>> by_axis;  // column, places of its labels
  auto const errors = diagnostics_.error_count();
  for (CellAxis const& axis : axes) {
    exposure.cells *= axis.size();
    auto const column = column_named(axis.name);
    if (column == columns_.end()) {
      diagnostics_.error(file_ ? file_->header_place() : named_, fmt::format("the file has no column `{}`", axis.name),
                         "the study tells rates apart by it",
                         "name another file, or take it out of the terms of the study");
      continue;
    }
    by_axis.emplace_back(static_cast<std::size_t>(column - columns_.begin()), places_of(axis, *column));
  }
  if (diagnostics_.error_count() > errors) return exposure;
  std::vector<std::int64_t> const none(exposure.cells, 0);
  exposure.minutes = Column<StateId, std::vector<std::int64_t>>(model_.states.size(), none);
  exposure.events = Column<TransitionId, std::vector<std::int64_t>>(model_.transitions.size(), none);
  exposure.rule_changes.assign(model_.states.size() * model_.states.size(), 0);
  exposure.unmodelled = exposure.rule_changes;
  for (Line const& line : lines_) {
    std::size_t cell = 0;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      cell = cell * axes[i].size() + by_axis[i].second[line.labels[by_axis[i].first]];
    }
    exposure.events[line.transition][cell] += line.events;
    exposure.minutes[model_.transitions[line.transition].from][cell] += line.minutes;
  }
  return exposure;
}

}  // namespace

GivenExposure read_exposure(Study const& study,
                            std::function<std::vector<CellAxis>(std::vector<RegionId> const&)> const& axes_of,
                            Diagnostics& diagnostics) {
  ExposureFiles const& files = study.exposure.value();
  auto const errors = diagnostics.error_count();
  std::vector<ExposureFile> read;
  read.emplace_back(files.file, files.file_place, study.model, diagnostics);
  if (files.holdout) read.emplace_back(*files.holdout, files.holdout_place, study.model, diagnostics);
  GivenExposure given;
  if (diagnostics.error_count() > errors) return given;
  std::vector<RegionId> regions;
  for (ExposureFile const& file : read) {
    auto const more = file.regions();
    regions.insert(regions.end(), more.begin(), more.end());
  }
  auto const axes = axes_of(regions);
  given.exposure = read.front().tabulate(axes, study);
  if (files.holdout) given.holdout = read.back().tabulate(axes, study);
  if (files.holdout) given.exposure.inputs.push_back(*files.holdout);
  return given;
}

}  // namespace utvei
