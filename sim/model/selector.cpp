// SPDX-License-Identifier: Apache-2.0
#include "selector.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {

SelectorColumns::SelectorColumns(DelimitedFile const& file, Model const& model, Diagnostics& diagnostics)
    : file_{file}, model_{model}, region_{file.column("region")} {
  if (region_ && model.regions.empty()) {
    diagnostics.error(file.header_place(*region_), "column `region`, but the model has no regions", "",
                      "name a regions file in the model: `regions: regions.csv`");
    region_.reset();
  }
  for (TraitId const id : ids_of(model.traits)) {
    Trait const& trait = model.traits[id];
    auto const column = file.column(trait.name);
    if (!column) continue;
    if (trait.numeric) {
      diagnostics.error(file.header_place(*column), fmt::format("column `{}` is a numeric trait", trait.name),
                        "tables are by traits with levels", "make it a trait with levels, or remove the column");
    } else {
      traits_.emplace_back(*column, id);
    }
  }
}

std::optional<RegionId> SelectorColumns::read_region(DelimitedFile::Row const& row, Diagnostics& diagnostics) const {
  auto const region = model_.regions.find(row[*region_]);
  if (!region) {
    diagnostics.error(row.place(*region_), fmt::format("unknown region `{}`", row[*region_]), "",
                      model_.regions.advice_for(row[*region_]));
  }
  return region;
}

std::optional<SelectorColumns::Selection> SelectorColumns::read(DelimitedFile::Row const& row,
                                                                Diagnostics& diagnostics) const {
  Selection selection;
  bool good = true;
  if (region_ && !row[*region_].empty()) {
    selection.region = read_region(row, diagnostics);
    good = selection.region.has_value();
  }
  if (!traits_.empty()) selection.traits.resize(model_.traits.size());
  for (auto const& [column, id] : traits_) {
    std::string_view const field = row[column];
    if (field.empty()) continue;
    Trait const& trait = model_.traits[id];
    auto const level = std::ranges::find(trait.levels, field);
    if (level == trait.levels.end()) {
      diagnostics.error(row.place(column), fmt::format("trait `{}` has no level `{}`", trait.name, field), "",
                        did_you_mean(field, trait.levels));
      good = false;
    } else {
      selection.traits[id.value()] = static_cast<std::uint32_t>(level - trait.levels.begin());
    }
  }
  if (!good) return std::nullopt;
  return selection;
}

void SelectorColumns::refuse_others(std::vector<std::string> known, Diagnostics& diagnostics) const {
  known.emplace_back("region");
  // Where a number comes from, and how well it is known: counted by evidence_of().
  known.insert(known.end(), {"source", "confidence", "status"});
  for (Trait const& trait : model_.traits) known.push_back(trait.name);
  auto const& columns = file_.columns();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (std::ranges::find(known, columns[i]) != known.end()) continue;
    diagnostics.error(file_.header_place(i), fmt::format("unknown column `{}`", columns[i]), "",
                      did_you_mean(columns[i], known));
  }
}

std::optional<std::string> read_data_class(DelimitedFile::Row const& row, std::size_t column,
                                           Diagnostics& diagnostics) {
  std::string data_class{row[column]};
  if (std::ranges::find(data_classes(), data_class) != data_classes().end()) return data_class;
  diagnostics.error(row.place(column), fmt::format("`{}` is not a class of data", data_class),
                    "it says where the line comes from, and what is made of it inherits it",
                    "write register, open or synthetic");
  return std::nullopt;
}

}  // namespace utvei
