// SPDX-License-Identifier: Apache-2.0
#include "contrasts.hpp"

#include "directions.hpp"
#include "label_advice.hpp"
#include "linked_quantity.hpp"
#include "pair_tables.hpp"
#include "pairing.hpp"
#include "row_errors.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/results/counted_days.hpp>
#include <utvei/results/marginal.hpp>
#include <utvei/results/result_gate.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Places of labels along an axis.
std::vector<bool> held_labels(RunResult const& result, Dimension const& axis, std::vector<std::string> const& asked) {
  std::vector<bool> held(axis.labels.size());
  for (std::string const& one : asked) {
    bool const is_start = one.ends_with('*');
    auto const start = std::string_view{one}.substr(0, one.size() - (is_start ? 1 : 0));
    bool is_found = false;
    for (std::size_t i = 0; i < held.size(); ++i) {
      if (!(is_start ? axis.labels[i].starts_with(start) : axis.labels[i] == start)) continue;
      held[i] = true;
      is_found = true;
    }
    if (is_found) continue;
    throw InputError(Fault::usage, {}, fmt::format("--difference-of: no `{}` along `{}`", one, axis.name), {},
                     advice_for_label(result, axis, one));
  }
  return held;
}

/// As described() has joined them.
std::vector<std::string> labels_in_part(std::string const& part) {
  std::vector<std::string> labels{""};
  for (char const c : part) {
    if (c == '+') {
      labels.emplace_back();
    } else {
      labels.back() += c;
    }
  }
  return labels;
}

/// One contrast of one table: along `dimension`, then by year or over all years, then by state.
class Contrast {
 public:
  Contrast(RunResult const& baseline, RunResult const& scenario, Table const& table, ContrastRequest const& request,
           bool by_year)
      : baseline_{baseline},
        scenario_{scenario},
        table_{table},
        other_{scenario.table(table.name)},
        request_{request},
        category_{category_of(table)} {
    cells_.push_back(request.dimension);
    if (by_year) cells_.emplace_back("year");
    if (!category_.empty()) cells_.push_back(category_);
    Dimension const& axis = table.dimensions[*table.axis(request.dimension)];
    a_ = held_labels(baseline, axis, request.a);
    b_ = held_labels(baseline, axis, request.b);
    for (std::size_t i = 0; i < a_.size(); ++i)
      if (a_[i] && b_[i])
        throw InputError(Fault::usage, {},
                         fmt::format("--difference-of: `{}` is on both sides of `{}`", axis.labels[i], axis.name),
                         "an effect less itself is nothing", "name two parts that share nothing");
    rest_ = marginal(table, {cells_.begin() + 1, cells_.end()}).size();
  }

  void add_to(std::vector<ContrastRow>& rows, std::vector<ComparisonNote>& notes) const {
    if (other_ == nullptr) return add_note(notes, ComparisonNote::Kind::only_in_one_result, table_.name);
    expect_same_dimensions(table_, *other_, scenario_.provenance.scenario_name);
    add_in(false, rows, notes);
    if (!bases().empty()) add_in(true, rows, notes);
  }

 private:
  /// People or years that the effects of a part are of, by part and cell; empty: they are events, of nobody in
  /// particular.
  [[nodiscard]] std::vector<double> bases() const {
    std::vector<std::string> keep{cells_.begin(), cells_.end() - (category_.empty() ? 0 : 1)};
    Table const* of = nullptr;
    if (category_ == "state") of = &table_;
    if (category_ == "definition") {
      of = baseline_.table("defined_of");
      if (of != nullptr && !of->axis(request_.dimension)) of = nullptr;
      keep = cells_;
    }
    if (of == nullptr) return {};
    std::vector<double> const all = marginal(*of, keep);
    std::size_t const states = category_ == "definition" ? 1 : length_of(table_, category_);
    std::vector<double> spread(all.size() * states);
    for (std::size_t i = 0; i < spread.size(); ++i) spread[i] = all[i / states] / runs();
    return spread;
  }

  [[nodiscard]] double runs() const {
    return static_cast<double>(length_of(table_, "draw") * length_of(table_, "replicate"));
  }

  /// What each label counts for, in each cell: 1 of the first part, −1 of the second, or that by 1,000 of the part.
  [[nodiscard]] std::vector<double> weights(bool per_1000) const {
    std::vector<double> weights(a_.size() * rest_, 0);
    std::vector<double> const base = per_1000 ? bases() : std::vector<double>{};
    for (std::size_t cell = 0; cell < rest_; ++cell)
      for (auto const* part : {&a_, &b_}) {
        double people = 0;
        for (std::size_t i = 0; per_1000 && i < part->size(); ++i)
          if ((*part)[i]) people += base[i * rest_ + cell];
        double const each = !per_1000 ? 1 : people > 0 ? 1000 / people : 0;
        for (std::size_t i = 0; i < part->size(); ++i)
          if ((*part)[i]) weights[i * rest_ + cell] = part == &a_ ? each : -each;
      }
    return weights;
  }

  /// Sums along the dimension, which is the slowest of what is given.
  [[nodiscard]] std::vector<double> collapsed(std::vector<double> const& values,
                                              std::vector<double> const& weights) const {
    std::size_t const block = a_.size() * rest_;
    std::vector<double> sums(values.size() / block * rest_, 0);
    for (std::size_t i = 0; i < values.size(); ++i)
      sums[i / block * rest_ + i % rest_] += weights[i % block] * values[i];
    return sums;
  }

  void add_in(bool per_1000, std::vector<ContrastRow>& rows, std::vector<ComparisonNote>& notes) const {
    auto const weight = weights(per_1000);
    PairedDifferences paired = pair_tables(baseline_, scenario_, table_, *other_, cells_, notes);
    paired.total = collapsed(paired.total, weight);
    paired.by_group = collapsed(paired.by_group, weight);
    paired.cells = rest_;
    auto const estimates = estimate_differences(paired);
    auto const before = marginal(table_, cells_);
    auto const after = marginal(*other_, cells_);
    CountedDays const days{baseline_, table_, {cells_.begin() + 1, cells_.end()}};
    for (std::size_t cell = 0; cell < rest_; ++cell) {
      if (!days.contains(cell)) continue;
      ContrastRow contrast = described(cell, per_1000);
      ComparisonRow& row = contrast.row;
      for (std::size_t i = 0; i < a_.size(); ++i) {
        std::size_t const at = i * rest_ + cell;
        if (!a_[i] && !b_[i]) continue;
        double const effect = std::abs(weight[at]) * (after[at] - before[at]) / runs();
        (a_[i] ? contrast.effect_a : contrast.effect_b) += effect;
        row.baseline += weight[at] * before[at] / runs();
        row.value += weight[at] * after[at] / runs();
        contrast.cells.insert(contrast.cells.end(), {before[at] / runs(), after[at] / runs()});
      }
      row.difference = estimates[cell].difference;
      fill_errors(row, estimates[cell],
                  {static_cast<double>(baseline_.provenance.weight), paired.draws > 1, std::nullopt, false}, notes);
      rows.push_back(std::move(contrast));
    }
  }

  [[nodiscard]] ContrastRow described(std::size_t cell, bool per_1000) const {
    ContrastRow contrast;
    contrast.dimension = request_.dimension;
    contrast.a = fmt::format("{}", fmt::join(request_.a, "+"));
    contrast.b = fmt::format("{}", fmt::join(request_.b, "+"));
    contrast.per_1000 = per_1000;
    contrast.row.scenario = scenario_.provenance.scenario_name;
    contrast.row.measure_of = table_.name;
    std::size_t left = cell;
    for (std::size_t i = cells_.size(); i-- > 1;) {
      Dimension const& axis = table_.dimensions[*table_.axis(cells_[i])];
      (cells_[i] == "year" ? contrast.row.year : contrast.row.state) = axis.labels[left % axis.labels.size()];
      left /= axis.labels.size();
    }
    return contrast;
  }

  RunResult const& baseline_;
  RunResult const& scenario_;
  Table const& table_;
  Table const* other_;
  ContrastRequest const& request_;
  std::string category_;
  std::vector<std::string> cells_;
  std::vector<bool> a_, b_;
  std::size_t rest_{1};
};

/// A table of the quantity with the dimension, and years if they are asked for.
Table const* table_with(RunResult const& result, std::string const& quantity, std::string const& dimension,
                        bool by_year) {
  for (Table const& table : result.tables)
    if (table.quantity == quantity && table.axis(dimension) && !category_of(table).empty() &&
        (!by_year || table.axis("year")) && length_of(table, "stock_date") < 2)
      return &table;
  return nullptr;
}

}  // namespace

std::vector<NamedCell> cells_of_contrast(RunResult const& result, ContrastRow const& row) {
  Table const* const table = result.table(row.row.measure_of);
  if (table == nullptr || !table->axis(row.dimension)) return {};
  Dimension const& axis = table->dimensions[*table->axis(row.dimension)];
  std::vector<NamedCell> cells;
  for (std::string const* const part : {&row.a, &row.b}) {
    auto const held = held_labels(result, axis, labels_in_part(*part));
    for (std::size_t i = 0; i < held.size(); ++i) {
      if (!held[i]) continue;
      NamedCell cell{table->name, {{row.dimension, axis.labels[i]}}, row.row.state};
      if (!row.row.year.empty()) cell.place.emplace_back("year", row.row.year);
      cells.push_back(std::move(cell));
    }
  }
  return cells;
}

double fewest_in_contrast(RunResult const& result, ContrastRow const& row) {
  Table const* table = result.table(row.row.measure_of);
  if (table != nullptr && table->axis("definition")) table = result.table("defined_of");
  if (table == nullptr || !table->axis(row.dimension)) return 0;
  Dimension const& axis = table->dimensions[*table->axis(row.dimension)];
  std::vector<std::string> keep{row.dimension};
  for (auto const& [name, label] : {std::pair{"year", row.row.year}, std::pair{"definition", row.row.state}})
    if (!label.empty() && table->axis(name)) keep.emplace_back(name);
  auto const all = marginal(*table, keep);
  auto const is_at = [&](std::size_t cell) {
    for (std::size_t i = keep.size(); i-- > 1;) {
      auto const& labels = table->dimensions[*table->axis(keep[i])].labels;
      if (labels[cell % labels.size()] != (keep[i] == "year" ? row.row.year : row.row.state)) return false;
      cell /= labels.size();
    }
    return true;
  };
  double fewest = std::numeric_limits<double>::infinity();
  for (std::string const* const part : {&row.a, &row.b}) {
    auto const held = held_labels(result, axis, labels_in_part(*part));
    std::size_t const block = all.size() / held.size();
    double people = 0;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (held[i / block] && is_at(i)) people += all[i];
    fewest = std::min(fewest, people);
  }
  auto const runs = static_cast<double>(length_of(*table, "draw") * length_of(*table, "replicate"));
  double const year = table->units == "days" ? static_cast<double>(minutes_per_year) / minutes_per_day : 1.0;
  return fewest / year / runs / static_cast<double>(result.provenance.weight) /
         most_of_one(result, *table, !row.row.year.empty());
}

std::vector<ContrastRow> contrasts_of(RunResult const& baseline, RunResult const& scenario,
                                      CompareOptions const& options, std::vector<ComparisonNote>& notes) {
  std::vector<std::string> const quantities =
      options.quantities.empty() ? std::vector<std::string>{"person_years", "defined"} : options.quantities;
  std::vector<ContrastRow> rows;
  for (ContrastRequest const& request : options.contrasts) {
    bool is_found = false;
    for (std::string const& quantity : quantities)
      for (bool const by_year : {false, true}) {
        // What does not add up over years has a number for each, unless years are what is set against each other.
        bool const is_of_years = request.dimension == "year";
        if (by_year && is_of_years) continue;
        if (!by_year && !is_of_years && !adds_up_over_years(quantity)) continue;
        Table const* const table = table_with(baseline, quantity, request.dimension, by_year);
        if (table == nullptr) continue;
        is_found = true;
        Contrast{baseline, scenario, *table, request, by_year}.add_to(rows, notes);
      }
    auto const known = dimensions_to_ask_for(baseline);
    if (!is_found && std::ranges::find(known, request.dimension) == known.end())
      throw InputError(Fault::usage, {}, fmt::format("--difference-of: nothing is by `{}`", request.dimension), {},
                       did_you_mean(request.dimension, known));
    if (!is_found)
      throw InputError(Fault::usage, {},
                       fmt::format("--difference-of: no table of {} is by `{}` and state",
                                   fmt::join(quantities, " or "), request.dimension),
                       {}, "add a breakdown with it to the scenarios and run them again, or name a table with --of");
  }
  return rows;
}

}  // namespace utvei
