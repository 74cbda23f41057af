// SPDX-License-Identifier: Apache-2.0
#include "region_codes.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {

RegionCodes::RegionCodes(Study const& study, Diagnostics& diagnostics) : study_{study} {
  if (!study.crosswalk) {
    return;
  }
  CrosswalkSpec const& spec = *study.crosswalk;
  auto const file = DelimitedFile::open(spec.file, Request{spec.file_place}, diagnostics);
  if (!file) {
    return;
  }
  auto const from = file->require_column(spec.from.name, spec.from.place, diagnostics);
  auto const to = file->require_column(spec.to.name, spec.to.place, diagnostics);
  std::optional<std::size_t> valid_from;
  if (spec.valid_from) {
    valid_from = file->require_column(spec.valid_from->name, spec.valid_from->place, diagnostics);
  }
  if (!from || !to || spec.valid_from.has_value() != valid_from.has_value()) {
    return;
  }
  file->for_each_row(diagnostics,
                     [&](DelimitedFile::Row const& row) { add(row, *from, *to, valid_from, diagnostics); });
}

void RegionCodes::add(DelimitedFile::Row const& row, std::size_t from, std::size_t to,
                      std::optional<std::size_t> valid_from, Diagnostics& diagnostics) {
  Instant since = distant_past;
  if (valid_from && !row[*valid_from].empty()) {
    auto const point = parse_calendar_point(row[*valid_from]);
    if (!point) {
      diagnostics.error(row.place(*valid_from), fmt::format("`{}` is not a date", row[*valid_from]),
                        "it says since when the row holds", "write a year or a date such as 2020-01-01");
      return;
    }
    since = *point;
  }
  auto& all = successors_[std::string{row[from]}];
  auto const at = std::ranges::lower_bound(all, since, {}, &Successor::valid_from);
  if (at != all.end() && at->valid_from == since) {
    if (at->code != row[to]) {
      diagnostics.error(row.place(to),
                        fmt::format("region `{}` becomes two: `{}` and `{}`", row[from], at->code, row[to]),
                        fmt::format("line {} has the other; which people went where is not in a code", at->place.line),
                        "keep one of them, let both become a region that holds both, or name a column `valid_from` if "
                        "the code meant one and later the other");
    }
    return;
  }
  all.insert(at, Successor{since, std::string{row[to]}, row.place(to)});
}

std::string_view RegionCodes::successor(std::string_view code, Instant moment) const {
  auto const found = successors_.find(std::string{code});
  if (found == successors_.end()) {
    return code;
  }
  auto const after = std::ranges::upper_bound(found->second, moment, {}, &Successor::valid_from);
  return after == found->second.begin() ? code : std::string_view{(after - 1)->code};
}

RegionId RegionCodes::read(DelimitedFile::Row const& row, std::size_t column, Instant moment, RejectLog& log) const {
  auto const code = successors_.empty() ? row[column] : successor(row[column], moment);
  auto const region = study_.model.regions.find(code);
  if (!region) {
    log.reject("region that the model does not have", row, column,
               code.empty() ? std::string{"the region is empty"} : fmt::format("the model has no region `{}`", code),
               code == row[column] ? std::string{"regions come from the file that the model names under `regions`"}
                                   : fmt::format("that is what the crosswalk makes of `{}`", row[column]),
               study_.model.regions.advice_for(code));
  }
  return region.value_or(RegionId{});
}

}  // namespace utvei
