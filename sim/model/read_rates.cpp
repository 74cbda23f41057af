// SPDX-License-Identifier: Apache-2.0
#include "selector.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/model/rates.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

using Row = DelimitedFile::Row;

/// Once a minute.
constexpr auto largest_rate = static_cast<double>(minutes_per_year);

/// A table with the wrong columns gives one error a line: who mends it needs to see a few.
constexpr std::size_t most_errors_a_table = 50;

std::optional<std::int64_t> minutes_of(std::string_view field, char separator, std::int64_t minutes_per_unit) {
  auto const value = parse_number(field, separator);
  bool const fits = value && *value >= 0 && *value < 1e6;  // not so for NaN
  if (!fits) return std::nullopt;
  return std::llround(*value * static_cast<double>(minutes_per_unit));
}

std::optional<std::int64_t> age(std::string_view field, char separator) {
  return minutes_of(field, separator, minutes_per_year);
}

std::optional<std::int64_t> days(std::string_view field, char separator) {
  return minutes_of(field, separator, minutes_per_day);
}

std::optional<std::int64_t> calendar(std::string_view field, char separator) {
  std::string text{field};
  if (separator == ';') std::ranges::replace(text, ',', '.');
  auto const instant = parse_calendar_point(text);
  return instant ? std::optional{instant->minutes} : std::nullopt;
}

/// A pair of columns that bound one clock, half-open; empty is unbounded.
struct Band {
  std::string_view from;
  std::string_view to;
  std::string_view unit;
  std::optional<std::int64_t> (*read)(std::string_view, char);
  Span Box::*axis;
};
constexpr std::array<Band, 3> bands{
    {{"age_from", "age_to", "an age in years", age, &Box::age},
     {"days_from", "days_to", "a number of days", days, &Box::time_in_state},
     {"year_from", "year_to", "a year, a decimal year or a date", calendar, &Box::calendar}}};

class RateTable {
 public:
  RateTable(DelimitedFile const& file, std::string const& path, Model const& model, Rates& rates,
            Diagnostics& diagnostics)
      : file_{file},
        path_{path},
        model_{model},
        rates_{rates},
        diagnostics_{diagnostics},
        selectors_{file, model, diagnostics} {}

  void read() {
    std::vector<std::string> known{"from", "to", "rate_per_year", "log_se", "se", "low_95", "high_95", "data_class"};
    for (Band const& band : bands) known.insert(known.end(), {std::string{band.from}, std::string{band.to}});
    std::size_t const errors_before = diagnostics_.error_count();
    selectors_.refuse_others(known, diagnostics_);
    auto const from = file_.require_column("from", Place{}, diagnostics_);
    auto const to = file_.require_column("to", Place{}, diagnostics_);
    auto const rate = file_.require_column("rate_per_year", Place{}, diagnostics_);
    log_se_ = file_.column("log_se");
    data_class_ = file_.column("data_class");
    find_bands();
    // What a table with the wrong columns says of its lines would be noise.
    if (diagnostics_.error_count() > errors_before) return;
    rates_.rates.reserve(rates_.rates.size() + file_.stretches(1).front().lines);
    file_.for_each_row(diagnostics_, [&](Row const& row) {
      if (diagnostics_.error_count() - errors_before < most_errors_a_table) read_row(row, *from, *to, *rate);
    });
    if (diagnostics_.error_count() - errors_before >= most_errors_a_table) return;
    for (TransitionId const id : ids_of(model_.transitions)) {
      Transition const& transition = model_.transitions[id];
      if (transition.table != path_ || seen_.contains(id)) continue;
      diagnostics_.error(transition.table_place, fmt::format("the table has no line for `{}`", transition.name),
                         fmt::format("it is {}", path_), "add lines for it, or remove `rates` from the transition");
    }
  }

 private:
  struct BandColumns {
    Band const* band;
    std::size_t from;
    std::size_t to;
  };

  void find_bands() {
    for (Band const& band : bands) {
      auto const from = file_.column(band.from);
      auto const to = file_.column(band.to);
      if (from && to) bands_.push_back({&band, *from, *to});
      if (from.has_value() == to.has_value()) continue;
      diagnostics_.error(
          file_.header_place(from ? *from : *to),
          fmt::format("column `{}` without `{}`", from ? band.from : band.to, from ? band.to : band.from),
          "bands have two ends; an empty cell is unbounded",
          fmt::format("add the column `{}`", from ? band.to : band.from));
    }
  }

  void read_row(Row const& row, std::size_t from, std::size_t to, std::size_t rate_column) {
    auto const transition = transition_of(row, from, to);
    auto const selection = selectors_.read(row, diagnostics_);
    auto const rate_per_year = read_rate(row, rate_column);
    Rate rate;
    bool good = transition && selection && rate_per_year;
    for (BandColumns const& columns : bands_) good = read_band(row, columns, rate.box) && good;
    if (log_se_) good = read_log_se(row, rate.log_se) && good;
    if (data_class_) good = note_data_class(row) && good;
    if (!good) return;
    rate.transition = *transition;
    rate.box.region = selection->region;
    rate.box.traits = selection->traits;
    rate.rate_per_year = *rate_per_year;
    rate.place = row.place(rate_column);
    rates_.rates.push_back(std::move(rate));
  }

  std::optional<StateId> read_state(Row const& row, std::size_t column) {
    auto const state = model_.state(row[column]);
    if (!state) {
      diagnostics_.error(row.place(column), fmt::format("unknown state `{}`", row[column]), "",
                         did_you_mean(row[column], model_.state_names()));
    }
    return state;
  }

  /// Rows of a transition often follow each other, so the last one is looked at first.
  std::optional<TransitionId> transition_of(Row const& row, std::size_t from, std::size_t to) {
    if (!last_.transition || row[from] != last_.from || row[to] != last_.to) {
      last_ = {row[from], row[to], read_transition(row, from, to)};
    }
    return last_.transition;
  }

  std::optional<TransitionId> read_transition(Row const& row, std::size_t from, std::size_t to) {
    auto const origin = read_state(row, from);
    auto const target = read_state(row, to);
    if (!origin || !target) return std::nullopt;
    auto const id = model_.transition(*origin, *target);
    if (!id) {
      diagnostics_.error(row.place(from), fmt::format("the model has no transition `{} -> {}`", row[from], row[to]), "",
                         "add it to the model, or remove the line");
      return std::nullopt;
    }
    Transition const& transition = model_.transitions[*id];
    seen_.insert(*id);
    if (transition.table != path_) {
      diagnostics_.error(
          row.place(from), fmt::format("`{}` does not take its rate from this table", transition.name),
          fmt::format("the model says so at {}:{}",
                      transition.place.source ? transition.place.source->name : model_.path, transition.place.line),
          "name the table in `rates` of the transition, or remove the line");
      return std::nullopt;
    }
    return id;
  }

  std::optional<double> read_rate(Row const& row, std::size_t column) {
    auto const rate = parse_number(row[column], file_.separator());
    if (rate && *rate >= 0 && *rate <= largest_rate) return rate;
    auto const problem =
        row[column].empty() ? std::string{"no rate per year"} : fmt::format("`{}` is not a rate per year", row[column]);
    diagnostics_.error(row.place(column), problem,
                       !rate       ? "a rate is a number, 0 or more"
                       : *rate < 0 ? "rates are not negative"
                                   : "time is whole minutes, so nothing can happen more than once a minute",
                       rate && *rate > 0 ? "check the unit: rates are per year" : "write a number, 0 or more");
    return std::nullopt;
  }

  bool read_log_se(Row const& row, std::optional<double>& log_se) {
    if (row[*log_se_].empty()) return true;
    log_se = parse_number(row[*log_se_], file_.separator());
    if (log_se && std::isfinite(*log_se) && *log_se >= 0) return true;
    diagnostics_.error(row.place(*log_se_), fmt::format("`{}` is not a standard error", row[*log_se_]),
                       "it is that of the log of the rate; an empty cell is a rate that is known",
                       "write a number, 0 or more, or nothing");
    return false;
  }

  bool note_data_class(Row const& row) {
    auto const data_class = read_data_class(row, *data_class_, diagnostics_);
    if (!data_class) return false;
    if (*data_class != rates_.data_class) rates_.data_class = strictest({rates_.data_class, *data_class});
    return true;
  }

  bool read_band(Row const& row, BandColumns const& columns, Box& box) {
    Span& span = box.*(columns.band->axis);
    bool const good =
        read_bound(row, columns.from, *columns.band, span.from) & read_bound(row, columns.to, *columns.band, span.to);
    if (good && span.from >= span.to) {
      diagnostics_.error(row.place(columns.to),
                         fmt::format("the band from {} to {} is empty", row[columns.from], row[columns.to]),
                         "bands are half-open: the end is not in them", "let the band end after it begins");
      return false;
    }
    return good;
  }

  bool read_bound(Row const& row, std::size_t column, Band const& band, std::int64_t& bound) {
    if (row[column].empty()) return true;
    if (auto const minutes = band.read(row[column], file_.separator())) {
      bound = *minutes;
      return true;
    }
    diagnostics_.error(row.place(column), fmt::format("`{}` is not {}", row[column], band.unit),
                       "an empty cell is unbounded", fmt::format("write {}, or nothing", band.unit));
    return false;
  }

  DelimitedFile const& file_;
  std::string const& path_;  ///< as the model resolved it
  Model const& model_;
  Rates& rates_;
  Diagnostics& diagnostics_;
  SelectorColumns selectors_;
  std::vector<BandColumns> bands_;
  std::optional<std::size_t> log_se_, data_class_;
  struct {
    std::string_view from, to;  ///< as the file wrote them
    std::optional<TransitionId> transition;
  } last_;
  std::set<TransitionId> seen_;
};

}  // namespace

Rates read_rates(Model const& model, Diagnostics& diagnostics) {
  Rates rates;
  rates.data_class = model.data_class;
  for (TransitionId const id : ids_of(model.transitions)) {
    Transition const& transition = model.transitions[id];
    if (transition.rate_per_year) {
      rates.rates.push_back({id, Box{}, *transition.rate_per_year, std::nullopt, transition.place});
    }
    if (!transition.table || std::ranges::find(rates.inputs, *transition.table) != rates.inputs.end()) continue;
    rates.inputs.push_back(*transition.table);
    auto const file = DelimitedFile::open(*transition.table, Request{transition.table_place}, diagnostics);
    if (file) RateTable{*file, *transition.table, model, rates, diagnostics}.read();
  }
  return rates;
}

}  // namespace utvei
