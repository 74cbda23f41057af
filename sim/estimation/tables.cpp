// SPDX-License-Identifier: Apache-2.0
#include "cells.hpp"
#include "frailty_tables.hpp"
#include "number_text.hpp"

#include <utvei/core/text.hpp>
#include <utvei/estimation/tables.hpp>

#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

void append_line(std::string& text, std::vector<std::string> const& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    text += i == 0 ? "" : ",";
    text += csv_field(fields[i]);
  }
  text += '\n';
}

std::vector<std::string> from_and_to(TransitionId transition, Model const& model) {
  Transition const& t = model.transitions[transition];
  return {model.states[t.from].name, model.states[t.to].name};
}

/// Counts by place on the region axis; one place if there is none.
std::vector<Counts> by_region(std::vector<Counts> const& counts, Exposure const& exposure, CellAxis const* regions) {
  std::vector<Counts> sums(regions != nullptr ? regions->size() : 1);
  for (std::size_t cell = 0; cell < counts.size(); ++cell) {
    // The region axis, where there is one, is the first.
    std::size_t const region = regions != nullptr ? exposure.places(cell).front() : 0;
    sums[region] = sums[region] + counts[cell];
  }
  return sums;
}

}  // namespace

std::string to_csv(TextTable const& table) {
  std::string text;
  append_line(text, table.columns);
  for (auto const& row : table.rows) {
    append_line(text, row);
  }
  return text;
}

TextTable exposure_table(Exposure const& exposure, Model const& model) {
  TextTable table{{"from", "to"}, {}};
  for (CellAxis const& axis : exposure.axes) {
    table.columns.push_back(axis.name);
  }
  table.columns.insert(table.columns.end(), {"events", "person_years"});
  for (TransitionId const transition : ids_of(model.transitions)) {
    auto const counts = counts_of(exposure, model, transition);
    for (std::size_t cell = 0; cell < counts.size(); ++cell) {
      if (counts[cell].minutes == 0) {
        continue;
      }
      auto row = from_and_to(transition, model);
      auto const places = exposure.places(cell);
      for (std::size_t i = 0; i < places.size(); ++i) {
        row.push_back(exposure.axes[i].labels[places[i]]);
      }
      row.push_back(fmt::format("{}", counts[cell].events));
      row.push_back(number_text(in_years(Duration{counts[cell].minutes})));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

TextTable coefficients_table(Fit const& fit, Model const& model) {
  TextTable table{{"from", "to", "term", "estimate", "se"}, {}};
  auto coefficients = fit.coefficients;
  for (Coefficient& each : frailty_coefficients(fit)) coefficients.push_back(std::move(each));
  for (Coefficient const& coefficient : coefficients) {
    auto row = from_and_to(coefficient.transition, model);
    row.insert(row.end(), {coefficient.term, number_text(coefficient.estimate),
                           coefficient.se ? number_text(*coefficient.se) : std::string{}});
    table.rows.push_back(std::move(row));
  }
  return table;
}

TextTable regions_table(Fit const& fit, Model const& model) {
  TextTable table{{"from", "to", "region", "events", "expected", "raw_ratio", "ratio", "low_95", "high_95", "borrowed"},
                  {}};
  for (RegionRatio const& region : fit.regions) {
    auto row = from_and_to(region.transition, model);
    row.insert(row.end(), {region.region, number_text(region.events), number_text(region.expected),
                           region.expected > 0 ? number_text(region.events / region.expected) : std::string{},
                           number_text(region.ratio), number_text(region.low), number_text(region.high),
                           number_text(region.borrowed)});
    table.rows.push_back(std::move(row));
  }
  return table;
}

TextTable intensities_table(Exposure const& exposure, Model const& model) {
  TextTable table{{"from", "to", "region", "rate_per_year", "se", "low_95", "high_95"}, {}};
  bool const has_regions = !exposure.axes.empty() && exposure.axes.front().kind == CellAxis::Kind::region;
  CellAxis const* regions = has_regions ? &exposure.axes.front() : nullptr;
  for (TransitionId const transition : ids_of(model.transitions)) {
    auto const sums = by_region(counts_of(exposure, model, transition), exposure, regions);
    for (std::size_t region = 0; region < sums.size(); ++region) {
      if (sums[region].minutes == 0) {
        continue;
      }
      double const person_years = in_years(Duration{sums[region].minutes});
      auto const events = static_cast<double>(sums[region].events);
      auto const interval = garwood_95(sums[region].events);
      auto row = from_and_to(transition, model);
      row.insert(row.end(), {regions != nullptr ? regions->labels[region] : std::string{},
                             number_text(events / person_years), number_text(std::sqrt(events) / person_years),
                             number_text(interval.low / person_years), number_text(interval.high / person_years)});
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

}  // namespace utvei
