// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/render_comparison.hpp>

#include <iterator>

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

void append_row(fmt::memory_buffer& out, ComparisonRow const& row) {
  append_text(out, row.scenario);
  for (std::string const* text : {&row.measure_of, &row.region, &row.year, &row.state}) {
    out.push_back(',');
    append_text(out, *text);
  }
  fmt::format_to(std::back_inserter(out), ",{},{},{}", row.baseline, row.value, row.difference);
  for (auto const* number :
       {&row.mc_se, &row.low_95, &row.high_95, &row.count_low_95, &row.count_high_95, &row.probability_better})
    append_number(out, *number);
  for (std::string const& label : row.by) {
    out.push_back(',');
    append_text(out, label);
  }
  out.push_back('\n');
}

}  // namespace

std::string render_csv(Comparison const& comparison) {
  fmt::memory_buffer out;
  fmt::format_to(std::back_inserter(out),
                 "scenario,measure_of,region,year,state,baseline,value,difference,mc_se,low_95,high_95,count_low_95,"
                 "count_high_95,probability_better");
  for (std::string const& name : comparison.by) {
    out.push_back(',');
    append_text(out, name);
  }
  out.push_back('\n');
  for (ComparisonRow const& row : comparison.rows) append_row(out, row);
  return fmt::to_string(out);
}

}  // namespace utvei
