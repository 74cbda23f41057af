// SPDX-License-Identifier: Apache-2.0
#include "read_moves.hpp"

#include "attributes.hpp"
#include "gravity.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/model/rate_table.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_errors_of_moves = 50;

bool is_at_bottom(Regions const& regions, RegionId region) {
  return regions.children(region).empty();
}

/// Lines `from;to;count`. A line for a county is for all municipalities in it that have no lines of their own.
class DestinationTable {
 public:
  DestinationTable(DelimitedFile const& file, Model const& model, Diagnostics& diagnostics)
      : file_{file},
        model_{model},
        diagnostics_{diagnostics},
        lines_(model.regions.size()),
        has_lines_(model.regions.size(), std::uint8_t{0}) {}

  Column<RegionId, std::vector<Moves::Destination>> read() {
    auto const from = file_.require_column("from", Place{}, diagnostics_);
    auto const to = file_.require_column("to", Place{}, diagnostics_);
    auto const count = file_.require_column("count", Place{}, diagnostics_);
    for (std::size_t i = 0; i < file_.columns().size(); ++i) {
      std::vector<std::string> const known{"from", "to", "count"};
      if (std::ranges::find(known, file_.columns()[i]) != known.end()) continue;
      diagnostics_.error(file_.header_place(i), fmt::format("unknown column `{}`", file_.columns()[i]), {},
                         did_you_mean(file_.columns()[i], known));
    }
    if (!from || !to || !count) return {};
    std::size_t const before = diagnostics_.error_count();
    file_.for_each_row(diagnostics_, [&](DelimitedFile::Row const& row) {
      if (diagnostics_.error_count() - before < most_errors_of_moves) read_row(row, *from, *to, *count);
    });
    Column<RegionId, std::vector<Moves::Destination>> destinations(model_.regions.size());
    for (RegionId const region : ids_of(destinations)) destinations[region] = from_nearest(region);
    return destinations;
  }

 private:
  void read_row(DelimitedFile::Row const& row, std::size_t from, std::size_t to, std::size_t count) {
    auto const origin = region_of(row, from);
    auto const target = region_of(row, to);
    auto const weight = parse_number(row[count], file_.separator());
    if (!weight || !(*weight >= 0) || *weight > 1e12) {
      diagnostics_.error(row.place(count), fmt::format("`{}` is not a number of moves", row[count]), {},
                         "write how many move, or their share: a number, 0 or more");
      return;
    }
    if (!origin || !target) return;
    if (!is_at_bottom(model_.regions, *target)) {
      diagnostics_.error(row.place(to), fmt::format("moves to `{}`, which has regions within it", row[to]),
                         "people live in the regions at the bottom of the tree", "name the regions within it");
      return;
    }
    if (!seen_.emplace(std::pair{*origin, *target}, row.line()).second) {
      diagnostics_.error(row.place(from), fmt::format("moves from `{}` to `{}` stand twice", row[from], row[to]),
                         fmt::format("they stand on line {} already", seen_[{*origin, *target}]), "add the two up");
      return;
    }
    has_lines_[*origin] = 1;
    if (*weight > 0) lines_[*origin].push_back({*target, *weight});
  }

  std::optional<RegionId> region_of(DelimitedFile::Row const& row, std::size_t column) {
    auto const reading = read_region(row[column], model_);
    if (!reading.value) diagnostics_.error(row.place(column), reading.problem, {}, reading.suggestion);
    return reading.value;
  }

  /// The lines of the region, or of the nearest one above it; nobody moves to where they are.
  [[nodiscard]] std::vector<Moves::Destination> from_nearest(RegionId region) const {
    std::optional<RegionId> at = region;
    while (at && has_lines_[*at] == 0) at = model_.regions[*at].parent;
    std::vector<Moves::Destination> list = at ? lines_[*at] : std::vector<Moves::Destination>{};
    std::erase_if(list, [&](Moves::Destination const& d) { return d.region == region; });
    return list;
  }

  DelimitedFile const& file_;
  Model const& model_;
  Diagnostics& diagnostics_;
  Column<RegionId, std::vector<Moves::Destination>> lines_;
  Column<RegionId, std::uint8_t> has_lines_;  ///< also lines of nobody
  std::map<std::pair<RegionId, RegionId>, int> seen_;
};

/// Whoever lives somewhere may move: each region at the bottom needs somewhere to go.
void check_destinations(Moves const& moves, Model const& model, Place const& place, Diagnostics& diagnostics) {
  std::string lacking;
  std::size_t count = 0;
  for (RegionId const region : ids_of(moves.destinations)) {
    if (!is_at_bottom(model.regions, region) || !moves.destinations[region].empty()) continue;
    if (++count <= 5) lacking += fmt::format("{}`{}`", lacking.empty() ? "" : ", ", model.regions[region].code);
  }
  if (count == 0) return;
  diagnostics.error(place,
                    fmt::format("{} regions that nobody knows where people move to from: {}{}", count, lacking,
                                count > 5 ? ", …" : ""),
                    "the table of destinations has no line for them or for a region above them",
                    "add lines, and let the rate of leaving be 0 where nobody does");
}

}  // namespace

std::optional<Moves> read_moves(Value const& value, Model const& model, Demography& demography,
                                Diagnostics& diagnostics) {
  MapReader reader{value, "`moves`", diagnostics};
  if (!value.is_map()) return std::nullopt;
  auto const* rates = reader.required("rates");
  auto const* to = reader.required("to");
  reader.finish();
  if (model.regions.empty()) {
    diagnostics.error(value.place, "moves, but the model names no regions", {},
                      "add `regions: regions.csv` to the model, or remove `moves`");
    return std::nullopt;
  }
  std::size_t const before = diagnostics.error_count();
  Moves moves;
  moves.place = value.place;
  if (rates != nullptr && as_text(*rates, "rates", diagnostics)) {
    RateTable table;
    table.path = path_beside(*rates);
    table.ways.push_back({{}, {}, "moves", true, rates->place, rates->place});
    table.way = "moves";
    table.end.clear();
    table.rates_of = RateTable::For::turns;
    demography.inputs.push_back(table.path);
    demography.data_class = strictest(
        {demography.data_class, read_rate_table(table, model, Request{rates->place}, moves.rates, diagnostics)});
  }
  if (to == nullptr) return std::nullopt;
  if (to->is_map()) {
    moves.destinations = destinations_by_gravity(*to, model, demography.inputs, diagnostics);
  } else if (as_text(*to, "to", diagnostics)) {
    std::string const path = path_beside(*to);
    demography.inputs.push_back(path);
    if (auto const file = DelimitedFile::open(path, Request{to->place}, diagnostics)) {
      moves.destinations = DestinationTable{*file, model, diagnostics}.read();
    }
  }
  if (diagnostics.error_count() == before) check_destinations(moves, model, to->place, diagnostics);
  if (diagnostics.error_count() > before) return std::nullopt;
  return moves;
}

}  // namespace utvei
