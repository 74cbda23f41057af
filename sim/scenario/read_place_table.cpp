// SPDX-License-Identifier: Apache-2.0
#include "measure_sections.hpp"

#include <utvei/core/text.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/model/model.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_errors_of_places = 50;

/// Lines `region;places`, and `from` where places change.
class PlaceTable {
 public:
  PlaceTable(DelimitedFile const& file, Regions const& regions, Diagnostics& diagnostics)
      : file_{file}, regions_{regions}, diagnostics_{diagnostics} {}

  std::vector<Pool> read() {
    std::vector<std::string> const known{"region", "places", "from"};
    for (std::size_t i = 0; i < file_.columns().size(); ++i) {
      if (std::ranges::find(known, file_.columns()[i]) != known.end()) continue;
      diagnostics_.error(file_.header_place(i), fmt::format("unknown column `{}`", file_.columns()[i]), {},
                         did_you_mean(file_.columns()[i], known));
    }
    auto const region = file_.require_column("region", Place{}, diagnostics_);
    auto const places = file_.require_column("places", Place{}, diagnostics_);
    auto const from = file_.column("from");
    if (!region || !places) return {};
    std::size_t const before = diagnostics_.error_count();
    bool is_empty = true;
    file_.for_each_row(diagnostics_, [&](DelimitedFile::Row const& row) {
      is_empty = false;
      if (diagnostics_.error_count() - before < most_errors_of_places) read_row(row, *region, *places, from);
    });
    if (is_empty && diagnostics_.error_count() == before) {
      diagnostics_.error(file_.header_place(), "the table of places has no lines", {},
                         "add a line for each region, or let `places` be {total: 0}");
    }
    for (Pool& pool : pools_) std::ranges::sort(pool.steps, {}, &PlacesFrom::from);
    return std::move(pools_);
  }

 private:
  void read_row(DelimitedFile::Row const& row, std::size_t region_column, std::size_t places_column,
                std::optional<std::size_t> from_column) {
    auto const code = trimmed(row[region_column]);
    auto const region = regions_.find(code);
    if (!region) {
      diagnostics_.error(row.place(region_column), fmt::format("no region `{}` in the model", code), {},
                         regions_.advice_for(code));
    }
    auto const places = parse_number(row[places_column], file_.separator());
    bool const is_number = places && *places >= 0 && *places <= most_places && *places == std::floor(*places);
    if (!is_number) {
      diagnostics_.error(row.place(places_column), fmt::format("`{}` is not a number of places", row[places_column]),
                         {}, fmt::format("write a whole number from 0 to {}", most_places));
    }
    auto const from = read_from(row, from_column);
    if (region && is_number && from) add(row, *region, {*from, *places}, region_column);
  }

  std::optional<Instant> read_from(DelimitedFile::Row const& row, std::optional<std::size_t> column) {
    if (!column || trimmed(row[*column]).empty()) return distant_past;
    auto const from = parse_calendar_point(trimmed(row[*column]));
    if (!from) {
      diagnostics_.error(row.place(*column), fmt::format("`{}` is neither a year nor a date", row[*column]), {},
                         "write 2026 or 2026-07-01; empty means from the start");
    }
    return from;
  }

  void add(DelimitedFile::Row const& row, RegionId region, PlacesFrom const& step, std::size_t region_column) {
    auto const [seen, is_new] = lines_.try_emplace({region, step.from}, row.line());
    if (!is_new) {
      diagnostics_.error(row.place(region_column),
                         fmt::format("two lines for region `{}`{}", regions_[region].code,
                                     step.from == distant_past ? "" : " from " + format(step.from)),
                         fmt::format("the other is line {}", seen->second), "keep one of them");
      return;
    }
    auto const [position, is_first] = pool_of_.try_emplace(region, pools_.size());
    if (is_first) pools_.push_back({region, false, {}, row.place(region_column)});
    pools_[position->second].steps.push_back(step);
  }

  DelimitedFile const& file_;
  Regions const& regions_;
  Diagnostics& diagnostics_;
  std::vector<Pool> pools_;
  std::map<RegionId, std::size_t> pool_of_;
  std::map<std::pair<RegionId, Instant>, int> lines_;
};

}  // namespace

std::vector<Pool> read_place_table(Value const& value, MeasureReading const& with) {
  if (!as_text(value, "from_file", with.diagnostics)) return {};
  std::string const path = path_beside(value);
  if (std::ranges::find(with.inputs, path) == with.inputs.end()) with.inputs.push_back(path);
  auto const file = DelimitedFile::open(path, Request{value.place}, with.diagnostics);
  if (!file) return {};
  return PlaceTable{*file, with.model.regions, with.diagnostics}.read();
}

}  // namespace utvei
