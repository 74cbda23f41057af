// SPDX-License-Identifier: Apache-2.0
#include "diagnostics_json.hpp"

#include "reading_order.hpp"

#include <algorithm>
#include <string_view>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

std::string_view name_of(Severity severity) {
  return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

/// The start of a line in a text; its end if it has fewer lines.
std::size_t start_of_line(std::string_view text, int line) {
  std::size_t at = 0;
  for (int i = 1; i < line && at < text.size(); ++i) at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return at;
}

/// Places count bytes; editors count characters.
int column_in_characters(Place const& place) {
  std::string_view const text = place.source->text;
  std::size_t const start = start_of_line(text, place.line);
  std::string_view const before = text.substr(start, static_cast<std::size_t>(place.column - 1));
  return 1 + static_cast<int>(std::ranges::count_if(before, [](char c) { return (c & '\xc0') != '\x80'; }));
}

nlohmann::ordered_json json_of(Diagnostic const& diagnostic) {
  nlohmann::ordered_json json{{"file", nullptr}, {"line", nullptr}, {"column", nullptr}};
  Place const& place = diagnostic.place;
  if (place.source) json["file"] = place.source->name;
  if (place.source && place.line > 0) json["line"] = place.line;
  if (place.source && place.line > 0 && place.column > 0) json["column"] = column_in_characters(place);
  json["severity"] = name_of(diagnostic.severity);
  json["problem"] = diagnostic.problem;
  json["why"] = diagnostic.why;
  json["help"] = diagnostic.suggestion;
  return json;
}

}  // namespace

std::string to_json(Diagnostics const& diagnostics) {
  auto array = nlohmann::ordered_json::array();
  for (Diagnostic const& diagnostic : in_reading_order(diagnostics)) array.push_back(json_of(diagnostic));
  // Bytes of a data file may be no UTF-8.
  return array.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace utvei
