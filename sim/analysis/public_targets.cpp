// SPDX-License-Identifier: Apache-2.0
#include "figure.hpp"
#include "target_table.hpp"

#include <utvei/document/reader.hpp>
#include <utvei/tables/read_table.hpp>
#include <utvei/tables/table_part.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// How the people of a cell and those of the target lie to each other.
enum class Containment : std::uint8_t { within, disjoint, partial };

/// What a column of the table says of people.
struct PeopleColumn {
  std::size_t column;
  TableColumn::Kind kind;  ///< other: a trait
  std::optional<TraitId> trait;
  bool is_picked;  ///< by `where`: all cells are of one label
};

class PublicTargets {
 public:
  PublicTargets(PublicTable const& table, TablePart const& part, Value const& values, Target const& target,
                Model const& model, Diagnostics& diagnostics)
      : table_{table}, part_{part}, values_{values}, target_{target}, model_{model}, diagnostics_{diagnostics} {}

  std::vector<Target> read() {
    std::size_t const before = diagnostics_.error_count();
    find_columns();
    refuse_figures_of_everybody();
    if (diagnostics_.error_count() > before) return {};
    std::vector<Target> targets;
    for (std::size_t const row : part_.rows) {
      if (auto one = read_cell(row)) targets.push_back(std::move(*one));
    }
    tell_zeros();
    if (diagnostics_.error_count() == before) tell_what_is_left_out(targets.size());
    return targets;
  }

 private:
  /// Regions first, as names of targets begin with them.
  void find_columns() {
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      TableColumn const& column = table_.columns[c];
      bool const is_picked = std::ranges::find(part_.columns, c) == part_.columns.end();
      auto const trait = column.kind == TableColumn::Kind::other ? model_.trait(column.name) : std::nullopt;
      bool const is_of_people =
          column.kind == TableColumn::Kind::region || column.kind == TableColumn::Kind::age || trait;
      if (is_of_people) {
        columns_.push_back({c, column.kind, trait, is_picked});
      } else if (!is_picked) {
        refuse_several(c);
      }
    }
    std::ranges::stable_partition(columns_, [](auto const& each) { return each.kind == TableColumn::Kind::region; });
  }

  /// Of what is no attribute of people there is one, or `where` says which.
  void refuse_several(std::size_t c) {
    std::set<std::string> labels;
    for (std::size_t const row : part_.rows) labels.insert(table_.label(row, c));
    if (labels.size() < 2) return;
    std::string const& name = table_.columns[c].name;
    diagnostics_.error(values_.place, fmt::format("{} has several values of `{}`", table_.source, name),
                       "targets take region, age and traits from a table; what is counted is for the target to say",
                       fmt::format("say which: where: {{{}: \"{}\"}}", name, *labels.begin()));
  }

  /// A table of the country beside the people of a municipality would be met by no rate that anybody believes.
  void refuse_figures_of_everybody() {
    auto const is_region = [](PeopleColumn const& each) { return each.kind == TableColumn::Kind::region; };
    if (model_.regions.empty() || !target_.observation.whom.who.regions.empty()) return;
    if (std::ranges::any_of(columns_, is_region)) return;
    diagnostics_.error(values_.place, fmt::format("{} has no region, and `{}` names none", table_.source, target_.name),
                       "the model has regions, and nobody says of which of them the figures are",
                       "map the column of the regions as {as: region}, or add `region` to what is counted");
  }

  std::optional<Target> read_cell(std::size_t row) {
    Target one = target_;
    one.place = table_.places[row];
    for (PeopleColumn const& each : columns_) {
      if (!narrow(row, each, one)) return std::nullopt;
    }
    ++meant_;
    Published const& published = table_.values[row];
    if (published.is_missing()) return std::nullopt;
    if (published.high <= 0) {
      if (zeros_++ == 0) first_zero_ = one.place;
      return std::nullopt;
    }
    set_bounds({published.low, published.high}, one.place, one, diagnostics_);
    return one;
  }

  /// Whether the cell is of people of the target; they are then those of the cell.
  bool narrow(std::size_t row, PeopleColumn const& by, Target& one) {
    std::string const& label = table_.label(row, by.column);
    std::string words = label;
    Subpopulation& who = one.observation.whom.who;
    Containment const found = by.kind == TableColumn::Kind::region ? narrow_region(label, who, words)
                              : by.kind == TableColumn::Kind::age
                                  ? narrow_age(table_.columns[by.column].ages[table_.position(row, by.column)], who)
                                  : narrow_trait(*by.trait, label, who);
    if (found == Containment::partial) refuse_partly(by.column, label);
    if (!by.is_picked) one.name += ":" + label;
    if (!by.is_picked && !one.note.empty()) one.note += ", " + words;
    return found == Containment::within;
  }

  Containment narrow_region(std::string const& code, Subpopulation& who, std::string& words) const {
    Regions const& regions = model_.regions;
    auto const cell = regions.find(code);
    if (!cell) return Containment::disjoint;  // read_table has held codes against the model
    words = regions.name(*cell, "nb");
    auto const holds = [&](RegionId region) { return regions.is_within(*cell, region); };
    auto const is_part = [&](RegionId region) { return regions.is_within(region, *cell); };
    if (who.regions.empty() || std::ranges::any_of(who.regions, holds)) {
      who.regions = {*cell};
      return Containment::within;
    }
    return std::ranges::any_of(who.regions, is_part) ? Containment::partial : Containment::disjoint;
  }

  static Containment narrow_age(AgeSpan const& ages, Subpopulation& who) {
    Span const cell{duration_of_years(ages.from).minutes,
                    ages.to ? duration_of_years(*ages.to).minutes : everything.to};
    if (!overlap(cell, who.age)) return Containment::disjoint;
    if (!lies_inside(cell, who.age)) return Containment::partial;
    who.age = cell;
    return Containment::within;
  }

  Containment narrow_trait(TraitId trait, std::string const& label, Subpopulation& who) const {
    auto const& levels = model_.traits[trait].levels;
    auto const found = std::ranges::find(levels, label);
    if (found == levels.end()) return Containment::disjoint;  // as with regions
    auto const level = static_cast<std::uint32_t>(found - levels.begin());
    who.traits.resize(std::max(who.traits.size(), model_.traits.size()));
    auto& asked = who.traits[trait.value()];
    if (!asked.empty() && std::ranges::find(asked, level) == asked.end()) return Containment::disjoint;
    asked = {level};
    return Containment::within;
  }

  void refuse_partly(std::size_t column, std::string const& label) {
    if (!refused_.insert({column, label}).second) return;
    diagnostics_.error(
        values_.place,
        fmt::format("`{}` in {} is only partly of the people of `{}`", label, table_.source, target_.name),
        "one figure is of them and of others",
        fmt::format("let `{}` of what is counted be as the table has it, or leave it out",
                    table_.columns[column].name));
  }

  void tell_zeros() {
    if (zeros_ == 0) return;
    diagnostics_.error(first_zero_,
                       zeros_ == 1
                           ? fmt::format("a figure of 0 in {}", table_.source)
                           : fmt::format("{} figures of 0 in {}, of which this is the first", zeros_, table_.source),
                       "misfits are measured on the log scale",
                       "say in the mapping what was done to small counts (`small: zero_or_three`: 0 to 2), take wider "
                       "ages or regions, or `drop` these");
  }

  void tell_what_is_left_out(std::size_t taken) {
    if (meant_ == 0) {
      diagnostics_.error(values_.place,
                         fmt::format("nothing in {} is of the people of `{}`", table_.source, target_.name), {},
                         "see what the table has: utvei tables MAPPING");
    } else if (taken == 0) {
      diagnostics_.error(values_.place, fmt::format("no cell of {} that is meant has a number", table_.source),
                         "they are hidden, missing or not possible", "see what the table has: utvei tables MAPPING");
    } else if (taken < meant_) {
      diagnostics_.warning(
          values_.place, fmt::format("{} of {} figures of `{}` are left out", meant_ - taken, meant_, target_.name),
          fmt::format("{} has no number for them: they are hidden, missing or not possible", table_.source), {});
    }
  }

  PublicTable const& table_;
  TablePart const& part_;
  Value const& values_;
  Target const& target_;
  Model const& model_;
  Diagnostics& diagnostics_;
  std::vector<PeopleColumn> columns_;
  std::set<std::pair<std::size_t, std::string>> refused_;
  std::size_t meant_{0}, zeros_{0};
  Place first_zero_;
};

}  // namespace

std::vector<Target> read_public_targets(Value const& values, Target const& target, Model const& model,
                                        std::vector<std::string>& inputs, Diagnostics& diagnostics) {
  Value const* file = &values;
  std::vector<TableCondition> where;
  if (values.is_map()) {
    MapReader reader{values, "`values`", diagnostics};
    file = reader.required("file");
    if (auto const* conditions = reader.optional("where")) where = read_where(*conditions, diagnostics);
    reader.finish();
  }
  if (file == nullptr || !as_text(*file, "file", diagnostics)) return {};
  std::string const path = path_beside(*file);
  if (!names_mapping(*file)) {
    diagnostics.error(file->place, fmt::format("`{}` is no mapping file", path),
                      "a mapping says how a public table is read, and its name ends in .yaml",
                      fmt::format("write a mapping, or, of a table `region;value`, values: {}", file->scalar));
    return {};
  }
  auto const table = read_table_file(path, {}, &model, Request{file->place}, diagnostics);
  if (!table) return {};
  inputs.insert(inputs.end(), table->inputs.begin(), table->inputs.end());
  auto const part = part_of(*table, where, values.place, diagnostics);
  if (!part) return {};
  return PublicTargets{*table, *part, values, target, model, diagnostics}.read();
}

}  // namespace utvei
