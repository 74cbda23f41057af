// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/model/regions.hpp>

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

namespace utvei {
namespace {

using Row = DelimitedFile::Row;

constexpr std::array<std::string_view, 8> region_columns{"region",  "parent",  "level",      "name_nb",
                                                         "name_nn", "name_en", "valid_from", "valid_to"};

class RegionTable {
 public:
  RegionTable(DelimitedFile const& file, Diagnostics& diagnostics) : file_{file}, diagnostics_{diagnostics} {
    auto const& columns = file.columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (std::ranges::find(region_columns, columns[i]) == region_columns.end()) covariates_.push_back({i, {}, false});
    }
  }

  Regions read(std::size_t region_column) {
    file_.for_each_row(diagnostics_, [&](Row const& row) { add(row, region_column); });
    for (auto const& [child, code, place] : parents_) link(child, code, place);
    for (Covariate& covariate : covariates_) {
      regions_.covariate_names.push_back(file_.columns()[covariate.column]);
      regions_.covariates.push_back(std::move(covariate.values));
    }
    return std::move(regions_);
  }

 private:
  struct Covariate {
    std::size_t column;
    std::vector<double> values;
    bool refused;
  };
  struct ParentCode {
    RegionId child;
    std::string code;
    Place place;
  };

  std::string text(Row const& row, std::string_view column) const {
    auto const at = file_.column(column);
    return at ? std::string{row[*at]} : std::string{};
  }

  std::optional<Instant> moment(Row const& row, std::string_view column) {
    auto const at = file_.column(column);
    if (!at || row[*at].empty()) return std::nullopt;
    auto const instant = parse_calendar_point(row[*at]);
    if (!instant) {
      diagnostics_.error(row.place(*at), fmt::format("`{}` is not a date", row[*at]),
                         fmt::format("`{}` takes a year or a date; empty is unbounded", column),
                         "write a date such as 2020-01-01");
    }
    return instant;
  }

  void add(Row const& row, std::size_t region_column) {
    std::string const code{row[region_column]};
    if (code.empty()) {
      diagnostics_.error(row.place(region_column), "a region without a code", "every line needs a code in `region`",
                         "write its code");
      return;
    }
    if (auto const before = regions_.find(code)) {
      diagnostics_.error(row.place(region_column), fmt::format("region `{}` stands twice", code),
                         fmt::format("it stands on line {} already", regions_[*before].place.line),
                         "remove one of them, or correct the code");
      return;
    }
    Region region;
    region.code = code;
    region.level = text(row, "level");
    region.name_nb = text(row, "name_nb");
    region.name_nn = text(row, "name_nn");
    region.name_en = text(row, "name_en");
    region.valid_from = moment(row, "valid_from");
    region.valid_to = moment(row, "valid_to");
    region.place = row.place(region_column);
    if (region.valid_from && region.valid_to && *region.valid_from >= *region.valid_to) {
      diagnostics_.error(row.place(*file_.column("valid_to")), fmt::format("region `{}` ends before it begins", code),
                         "`valid_to` is the first moment when the code no longer holds: it comes after `valid_from`",
                         "correct the dates");
    }
    RegionId const id = regions_.add(std::move(region));
    if (auto const at = file_.column("parent"); at && !row[*at].empty()) {
      parents_.push_back({id, std::string{row[*at]}, row.place(*at)});
    }
    for (Covariate& covariate : covariates_) covariate.values.push_back(number(row, covariate));
  }

  double number(Row const& row, Covariate& covariate) {
    std::string_view const field = row[covariate.column];
    double const none = std::numeric_limits<double>::quiet_NaN();
    if (field.empty()) return none;
    if (auto const value = parse_number(field, file_.separator())) return *value;
    if (!covariate.refused) {
      std::string const& name = file_.columns()[covariate.column];
      diagnostics_.error(row.place(covariate.column), fmt::format("`{}` in column `{}` is not a number", field, name),
                         "columns that a regions file does not know are covariates, and covariates are numbers",
                         did_you_mean(name, {region_columns.begin(), region_columns.end()}));
      covariate.refused = true;
    }
    return none;
  }

  void link(RegionId child, std::string const& code, Place const& place) {
    auto const parent = regions_.find(code);
    if (!parent) {
      diagnostics_.error(place,
                         fmt::format("region `{}` lies in `{}`, which is not in the file", regions_[child].code, code),
                         "", did_you_mean(code, regions_.codes()));
    } else if (regions_.is_within(*parent, child)) {
      diagnostics_.error(place, fmt::format("region `{}` lies in itself", regions_[child].code),
                         *parent == child ? "its parent is itself"
                                          : fmt::format("`{}` lies in `{}` already", code, regions_[child].code),
                         "name the region above it in `parent`; the topmost has none");
    } else {
      regions_.set_parent(child, *parent);
    }
  }

  DelimitedFile const& file_;
  Diagnostics& diagnostics_;
  Regions regions_;
  std::vector<Covariate> covariates_;
  std::vector<ParentCode> parents_;
};

}  // namespace

Regions read_regions(std::string const& path, Request const& request, Diagnostics& diagnostics) {
  auto const file = DelimitedFile::open(path, request, diagnostics);
  if (!file) return {};
  auto const region_column = file->require_column("region", Place{}, diagnostics);
  if (!region_column) return {};
  return RegionTable{*file, diagnostics}.read(*region_column);
}

}  // namespace utvei
