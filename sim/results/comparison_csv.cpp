// SPDX-License-Identifier: Apache-2.0
#include "intervals.hpp"

#include <utvei/core/normal.hpp>
#include <utvei/results/render_comparison.hpp>

#include <cmath>
#include <iterator>
#include <optional>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Quoted where RFC 4180 asks for it.
void append_text(fmt::memory_buffer& out, std::string const& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    out.append(text);
    return;
  }
  out.push_back('"');
  for (char const c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

void append_number(fmt::memory_buffer& out, std::optional<double> const& number) {
  out.push_back(',');
  if (number) fmt::format_to(std::back_inserter(out), "{}", *number);
}

/// Of other levels, and the parts: asked for, at the end.
void append_intervals(fmt::memory_buffer& out, ComparisonRow const& row) {
  for (Level const& level : further_levels)
    for (DifferenceInterval const& interval : {at_level(row.low_95, row.high_95, level.quantile),
                                               at_level(row.count_low_95, row.count_high_95, level.quantile)}) {
      append_number(out, interval ? std::optional{interval->first} : std::nullopt);
      append_number(out, interval ? std::optional{interval->second} : std::nullopt);
    }
  UncertaintyParts const parts = parts_of(row);
  append_number(out, parts.parameters);
  append_number(out, parts.chance);
}

/// What is there beside the columns that are always there.
struct FurtherColumns {
  bool intervals{false};
  bool contrasts{false};
};

void append_row(fmt::memory_buffer& out, ComparisonRow const& row, FurtherColumns further,
                std::string const& contrast = {}) {
  append_text(out, row.scenario);
  for (std::string const* text : {&row.measure_of, &row.region, &row.year, &row.state}) {
    out.push_back(',');
    append_text(out, *text);
  }
  for (double const number : {row.baseline, row.value, row.difference})
    append_number(out, std::isnan(number) ? std::nullopt : std::optional{number});
  for (auto const* number :
       {&row.mc_se, &row.low_95, &row.high_95, &row.count_low_95, &row.count_high_95, &row.probability_better})
    append_number(out, *number);
  for (std::string const& label : row.by) {
    out.push_back(',');
    append_text(out, label);
  }
  if (further.intervals) append_intervals(out, row);
  if (further.contrasts) {
    out.push_back(',');
    append_text(out, contrast);
  }
  out.push_back('\n');
}

/// A mean of people who are followed, as a row: what, and at which time, stand in `state`.
ComparisonRow row_of(FollowedMean const& mean, std::string const& scenario, char const* quantity, std::size_t by) {
  ComparisonRow row;
  row.scenario = scenario;
  row.measure_of = quantity;
  row.state = mean.what + " @ " + mean.at;
  row.baseline = mean.baseline.value_or(std::nan(""));
  row.value = mean.value.value_or(std::nan(""));
  row.difference = mean.difference.value_or(std::nan(""));
  row.mc_se = mean.mc_se;
  if (mean.difference && mean.parameter_sd && !mean.parameters_hidden) {
    row.low_95 = *mean.difference - normal_975 * *mean.parameter_sd;
    row.high_95 = *mean.difference + normal_975 * *mean.parameter_sd;
  }
  row.by.resize(by);
  return row;
}

}  // namespace

std::string render_csv(Comparison const& comparison, bool intervals) {
  fmt::memory_buffer out;
  fmt::format_to(std::back_inserter(out),
                 "scenario,measure_of,region,year,state,baseline,value,difference,mc_se,low_95,high_95,count_low_95,"
                 "count_high_95,probability_better");
  for (std::string const& name : comparison.by) {
    out.push_back(',');
    append_text(out, name);
  }
  FurtherColumns const further{intervals, !comparison.contrasts.empty()};
  if (further.intervals)
    fmt::format_to(std::back_inserter(out),
                   ",low_50,high_50,count_low_50,count_high_50,low_80,high_80,count_low_80,count_high_80,"
                   "parameter_sd,chance_sd");
  if (further.contrasts) fmt::format_to(std::back_inserter(out), ",difference_of");
  out.push_back('\n');
  for (ComparisonRow const& row : comparison.rows) append_row(out, row, further);
  for (ContrastRow const& contrast : comparison.contrasts) {
    ComparisonRow row = contrast.row;
    row.by.resize(comparison.by.size());
    if (contrast.per_1000) row.measure_of += "_per_1000";
    append_row(out, row, further, fmt::format("{}: {} - {}", contrast.dimension, contrast.a, contrast.b));
  }
  for (std::size_t i = 0; i < comparison.follow_ups.size(); ++i) {
    auto const add = [&](std::vector<FollowedMean> const& means, char const* quantity) {
      for (FollowedMean const& mean : means)
        append_row(out, row_of(mean, comparison.scenarios[i], quantity, comparison.by.size()), further);
    };
    add(comparison.follow_ups[i].scores, "score_mean");
    add(comparison.follow_ups[i].events, "event_share");
  }
  return fmt::to_string(out);
}

}  // namespace utvei
