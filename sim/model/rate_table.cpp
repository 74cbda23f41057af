// SPDX-License-Identifier: Apache-2.0
#include "selector.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/model/rate_table.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

using Row = DelimitedFile::Row;

constexpr std::string_view every_origin = "*";

/// Once a minute.
constexpr auto largest_rate = static_cast<double>(minutes_per_year);
constexpr double largest_amount = 1e8;

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

class RateTableReader {
 public:
  RateTableReader(DelimitedFile const& file, RateTable const& table, Model const& model, std::vector<Rate>& rates,
                  Diagnostics& diagnostics)
      : file_{file},
        table_{table},
        rates_{rates},
        diagnostics_{diagnostics},
        selectors_{file, model, diagnostics},
        seen_(table.ways.size()) {}

  std::string read() {
    std::size_t const errors_before = diagnostics_.error_count();
    find_columns();
    // What a table with the wrong columns says of its lines would be noise.
    if (diagnostics_.error_count() > errors_before) return data_class_;
    rates_.reserve(rates_.size() + file_.stretches(1).front().lines);
    file_.for_each_row(diagnostics_, [&](Row const& row) {
      if (diagnostics_.error_count() - errors_before < most_errors_a_table) read_row(row);
    });
    if (diagnostics_.error_count() - errors_before >= most_errors_a_table) return data_class_;
    for (Rate& rate : for_every_origin_) give_to_all_origins(rate);
    for (std::size_t i = 0; i < table_.ways.size(); ++i) {
      RateWay const& way = table_.ways[i];
      if (!way.takes_table || seen_[i]) continue;
      diagnostics_.error(way.table_place, fmt::format("the table has no line for `{}`", way.name),
                         fmt::format("it is {}", table_.path),
                         fmt::format("add lines for it, or remove `rates` from the {}", table_.way));
    }
    return data_class_;
  }

 private:
  struct BandColumns {
    Band const* band;
    std::size_t from;
    std::size_t to;
  };

  void find_columns() {
    std::vector<std::string> known{table_.value};
    if (table_.rates_of != RateTable::For::amounts) known.insert(known.end(), {"se", "low_95", "high_95"});
    known.emplace_back("data_class");
    if (!table_.end.empty()) known.insert(known.end(), {"from", "to"});
    if (table_.rates_of == RateTable::For::transitions) known.emplace_back("log_se");
    for (Band const& band : bands) {
      if (is_used(band)) known.insert(known.end(), {std::string{band.from}, std::string{band.to}});
    }
    selectors_.refuse_others(known, diagnostics_);
    if (!table_.end.empty()) {
      from_ = file_.require_column("from", Place{}, diagnostics_);
      to_ = file_.require_column("to", Place{}, diagnostics_);
    }
    rate_ = file_.require_column(table_.value, Place{}, diagnostics_);
    log_se_ = file_.column("log_se");
    data_class_column_ = file_.column("data_class");
    find_bands();
  }

  [[nodiscard]] bool is_used(Band const& band) const {
    return table_.rates_of == RateTable::For::transitions || band.axis != &Box::time_in_state;
  }

  void find_bands() {
    for (Band const& band : bands) {
      if (!is_used(band)) continue;
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

  void read_row(Row const& row) {
    bool const is_for_all = from_ && row[*from_] == every_origin;
    auto const way = is_for_all ? std::optional{TransitionId{}} : way_of(row);
    auto const selection = selectors_.read(row, diagnostics_);
    auto const rate_per_year = read_rate(row, *rate_);
    Rate rate;
    bool good = way && selection && rate_per_year;
    if (is_for_all) good = read_end(row, *to_) && good;
    for (BandColumns const& columns : bands_) good = read_band(row, columns, rate.box) && good;
    if (log_se_) good = read_log_se(row, rate.log_se) && good;
    if (data_class_column_) good = note_data_class(row) && good;
    if (!good) return;
    rate.transition = *way;
    rate.box.region = selection->region;
    rate.box.traits = selection->traits;
    rate.rate_per_year = *rate_per_year;
    rate.place = row.place(*rate_);
    if (is_for_all) {
      for_every_origin_.push_back(std::move(rate));
      destinations_.emplace_back(row[*to_]);
    } else {
      rates_.push_back(std::move(rate));
    }
  }

  /// Ways with lines of their own are not asked: they stand in seen_ before the first of these lines is given out.
  void give_to_all_origins(Rate& rate) {
    if (!are_own_.has_value()) are_own_ = seen_;
    bool is_for_some = false;
    std::string const& to = destinations_[static_cast<std::size_t>(&rate - for_every_origin_.data())];
    for (std::size_t i = 0; i < table_.ways.size(); ++i) {
      RateWay const& way = table_.ways[i];
      if (!way.takes_table || way.to != to || (*are_own_)[i]) continue;
      seen_[i] = true;
      is_for_some = true;
      rate.transition = TransitionId{i};
      rates_.push_back(rate);
    }
    if (is_for_some) return;
    diagnostics_.error(rate.place, fmt::format("a line for every {} to `{}`, and none takes it", table_.end, to),
                       fmt::format("each {} to there has lines of its own, or names another table", table_.way),
                       "remove the line");
  }

  bool read_end(Row const& row, std::size_t column) {
    if (std::ranges::find(table_.ends, row[column]) != table_.ends.end()) return true;
    diagnostics_.error(row.place(column), fmt::format("unknown {} `{}`", table_.end, row[column]), "",
                       did_you_mean(row[column], table_.ends));
    return false;
  }

  /// Rows of a way often follow each other, so the last one is looked at first.
  std::optional<TransitionId> way_of(Row const& row) {
    if (!from_) {
      seen_[0] = true;
      return TransitionId{0};
    }
    if (!last_.way || row[*from_] != last_.from || row[*to_] != last_.to) {
      last_ = {row[*from_], row[*to_], read_way(row, *from_, *to_)};
    }
    return last_.way;
  }

  std::optional<TransitionId> read_way(Row const& row, std::size_t from, std::size_t to) {
    bool const leaves = read_end(row, from);
    bool const arrives = read_end(row, to);
    if (!leaves || !arrives) return std::nullopt;
    auto const found =
        std::ranges::find_if(table_.ways, [&](RateWay const& w) { return w.from == row[from] && w.to == row[to]; });
    if (found == table_.ways.end()) {
      diagnostics_.error(row.place(from), fmt::format("the model has no {} `{} -> {}`", table_.way, row[from], row[to]),
                         "", "add it to the model, or remove the line");
      return std::nullopt;
    }
    auto const at = static_cast<std::size_t>(found - table_.ways.begin());
    seen_[at] = true;
    if (!found->takes_table) {
      diagnostics_.error(row.place(from), fmt::format("`{}` does not take its rate from this table", found->name),
                         fmt::format("the model says so at {}:{}",
                                     found->place.source ? found->place.source->name : table_.owner, found->place.line),
                         fmt::format("name the table in `rates` of the {}, or remove the line", table_.way));
      return std::nullopt;
    }
    return TransitionId{at};
  }

  std::optional<double> read_rate(Row const& row, std::size_t column) {
    if (table_.rates_of == RateTable::For::amounts) return read_amount(row, column);
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

  std::optional<double> read_amount(Row const& row, std::size_t column) {
    auto const amount = parse_number(row[column], file_.separator());
    if (amount && *amount >= 0 && *amount <= largest_amount) return amount;
    diagnostics_.error(row.place(column), fmt::format("`{}` is not a number for `{}`", row[column], table_.value),
                       fmt::format("it is 0 or more, and at most {:.0f}", largest_amount), "write a number, 0 or more");
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
    auto const data_class = read_data_class(row, *data_class_column_, diagnostics_);
    if (!data_class) return false;
    if (*data_class != data_class_) data_class_ = strictest({data_class_, *data_class});
    return true;
  }

  bool read_band(Row const& row, BandColumns const& columns, Box& box) {
    Span& span = box.*(columns.band->axis);
    bool const begins = read_bound(row, columns.from, *columns.band, span.from);
    bool const ends = read_bound(row, columns.to, *columns.band, span.to);
    bool const good = begins && ends;
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
  RateTable const& table_;
  std::vector<Rate>& rates_;
  Diagnostics& diagnostics_;
  SelectorColumns selectors_;
  std::vector<BandColumns> bands_;
  std::optional<std::size_t> from_, to_, rate_, log_se_, data_class_column_;
  struct {
    std::string_view from, to;  ///< as the file wrote them
    std::optional<TransitionId> way;
  } last_;
  std::vector<bool> seen_;                    ///< by way: whether a line is for it
  std::optional<std::vector<bool>> are_own_;  ///< the same, without lines for every origin
  std::vector<Rate> for_every_origin_;
  std::vector<std::string> destinations_;  ///< of those
  std::string data_class_{"synthetic"};
};

}  // namespace

std::string read_rate_table(RateTable const& table, Model const& model, Request const& request,
                            std::vector<Rate>& rates, Diagnostics& diagnostics) {
  auto const file = DelimitedFile::open(table.path, request, diagnostics);
  return file ? RateTableReader{*file, table, model, rates, diagnostics}.read() : std::string{"synthetic"};
}

}  // namespace utvei
