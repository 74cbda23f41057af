// SPDX-License-Identifier: Apache-2.0
#include "target_table.hpp"

#include "figure.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// `region;value`, and a target for each line.
class RegionTable {
 public:
  RegionTable(DelimitedFile const& file, Target const& target, Regions const& regions, Diagnostics& diagnostics)
      : file_{file}, target_{target}, regions_{regions}, diagnostics_{diagnostics} {}

  std::vector<Target> read() {
    refuse_unknown_columns();
    auto const region = file_.require_column("region", Place{}, diagnostics_);
    auto const value = file_.require_column("value", Place{}, diagnostics_);
    source_ = file_.column("source");
    confidence_ = file_.column("confidence");
    if (!region || !value) return {};
    std::vector<Target> targets;
    file_.for_each_row(diagnostics_, [&](DelimitedFile::Row const& row) {
      if (auto one = read_line(row, *region, *value)) targets.push_back(std::move(*one));
    });
    return targets;
  }

 private:
  void refuse_unknown_columns() {
    std::vector<std::string> const known{"region", "value", "source", "confidence"};
    for (std::size_t i = 0; i < file_.columns().size(); ++i) {
      if (std::ranges::find(known, file_.columns()[i]) != known.end()) continue;
      diagnostics_.error(file_.header_place(i), fmt::format("unknown column `{}`", file_.columns()[i]), {},
                         did_you_mean(file_.columns()[i], known));
    }
  }

  std::optional<Target> read_line(DelimitedFile::Row const& row, std::size_t region, std::size_t value) {
    std::string const code{row[region]};
    auto const found = regions_.find(code);
    if (!found) {
      diagnostics_.error(row.place(region), fmt::format("no region `{}` in the model", code), {},
                         regions_.advice_for(code));
      return std::nullopt;
    }
    Target one = target_;
    one.name = fmt::format("{}:{}", target_.name, code);
    one.observation.whom.who.regions = {*found};
    if (!one.note.empty()) one.note += ", " + regions_.name(*found, "nb");
    if (source_ && !row[*source_].empty()) one.source = row[*source_];
    if (confidence_) read_confidence(row, one);
    one.place = row.place(value);
    auto const number = parse_number(row[value], file_.separator());
    if (!number)
      diagnostics_.error(row.place(value), fmt::format("`{}` is not a number", row[value]), {}, "write a number");
    set_figure(number, row.place(value), one, diagnostics_);
    return one;
  }

  void read_confidence(DelimitedFile::Row const& row, Target& target) {
    std::string const letter{row[*confidence_]};
    if (letter == "H" || letter == "M" || letter == "L") {
      target.confidence = letter;
    } else if (!letter.empty()) {
      diagnostics_.error(row.place(*confidence_), fmt::format("`{}` is no confidence", letter), {}, "write H, M or L");
    }
  }

  DelimitedFile const& file_;
  Target const& target_;
  Regions const& regions_;
  Diagnostics& diagnostics_;
  std::optional<std::size_t> source_, confidence_;
};

}  // namespace

bool names_mapping(Value const& file) {
  return file.scalar.ends_with(".yaml") || file.scalar.ends_with(".yml");
}

std::vector<Target> read_target_table(Value const& values, Target const& target, Model const& model,
                                      std::vector<std::string>& inputs, Diagnostics& diagnostics) {
  if (values.is_map() || names_mapping(values)) return read_public_targets(values, target, model, inputs, diagnostics);
  if (!as_text(values, "values", diagnostics)) return {};
  std::string const path = path_beside(values);
  auto const file = DelimitedFile::open(path, Request{values.place}, diagnostics);
  if (!file) return {};
  inputs.push_back(path);
  return RegionTable{*file, target, model.regions, diagnostics}.read();
}

}  // namespace utvei
