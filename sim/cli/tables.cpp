// SPDX-License-Identifier: Apache-2.0
#include "tables.hpp"

#include "exit_code.hpp"
#include "text_output.hpp"

#include <utvei/run/prepare.hpp>
#include <utvei/tables/read_table.hpp>

#include <cmath>
#include <cstdint>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

/// Counts without a decimal point.
nlohmann::ordered_json json_of(double number) {
  constexpr double exact = 9'007'199'254'740'992;
  if (std::trunc(number) == number && std::abs(number) < exact) return static_cast<std::int64_t>(number);
  return number;
}

nlohmann::ordered_json json_of(Published const& value) {
  if (value.is_missing()) return {{"low", nullptr}, {"high", nullptr}, {"sign", text_of(value.sign)}};
  return {{"low", json_of(value.low)}, {"high", json_of(value.high)}, {"sign", nullptr}};
}

std::string to_json(PublicTable const& table) {
  nlohmann::ordered_json json{{"title", table.title}, {"source", table.source}, {"inputs", table.inputs}};
  for (auto const& column : table.columns)
    json["columns"].push_back({{"name", column.name}, {"labels", column.labels}});
  json["rows"] = nlohmann::ordered_json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    nlohmann::ordered_json line;
    for (std::size_t i = 0; i < table.columns.size(); ++i) line[table.columns[i].name] = table.label(row, i);
    line.update(json_of(table.values[row]));
    json["rows"].push_back(std::move(line));
  }
  return json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

/// Who has no mapping yet names the table.
void refuse_table(std::string const& path) {
  if (!path.ends_with(".csv") && !path.ends_with(".json")) return;
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` is a table, not a mapping", path),
                   "a mapping (YAML) names the table, and says what its columns are",
                   fmt::format("`utvei tables {} --draft` writes one to begin with", path)};
}

int draft(TablesArguments const& arguments, Session& session) {
  check_outputs({arguments.output}, {arguments.file});
  Diagnostics diagnostics;
  auto const text = draft_mapping(arguments.file, Request{}, diagnostics);
  throw_if_errors(diagnostics);
  write_text(arguments.output, text, session);
  return exit_ok;
}

}  // namespace

int tables_command(TablesArguments const& arguments, Session& session) {
  if (arguments.draft) return draft(arguments, session);
  refuse_table(arguments.file);
  Diagnostics diagnostics;
  auto const table =
      read_table_file(arguments.file, overrides_of(arguments.overrides), nullptr, Request{}, diagnostics);
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  check_outputs({arguments.output}, table->inputs);
  auto const text = arguments.format == "csv"    ? to_csv(*table)
                    : arguments.format == "json" ? to_json(*table)
                                                 : to_text(*table);
  write_text(arguments.output, text, session);
  return exit_ok;
}

}  // namespace utvei
