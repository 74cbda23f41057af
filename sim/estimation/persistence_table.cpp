// SPDX-License-Identifier: Apache-2.0
#include <utvei/estimation/expected.hpp>
#include <utvei/estimation/persistence.hpp>

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

std::string number(std::optional<double> value) {
  return value ? fmt::format("{}", *value) : std::string{};
}

Json json_of(std::optional<double> value) {
  return value ? Json(*value) : Json(nullptr);
}

bool is_small(Persistence const& line, std::int64_t least) {
  return line.at_risk < least || line.spells - line.at_risk < least;
}

std::string per_cent(std::optional<double> share) {
  return share ? fmt::format("{:.1f}", 100 * *share) : "-";
}

}  // namespace

TextTable persistence_table(std::vector<Persistence> const& lines, Model const& model) {
  TextTable table{{"state", "years", "spells", "at_risk", "data", "se", "model", "difference", "z", "flag"}, {}};
  for (Persistence const& line : lines) {
    auto const difference = line.data && line.model ? std::optional{*line.data - *line.model} : std::nullopt;
    table.rows.push_back({model.states[line.state].name, fmt::format("{}", line.years), fmt::format("{}", line.spells),
                          fmt::format("{}", line.at_risk), number(line.data), number(line.se), number(line.model),
                          number(difference), number(line.z), std::string{flag_of(line)}});
  }
  return table;
}

std::string persistence_json(std::vector<Persistence> const& lines, Model const& model, std::int64_t least) {
  auto rows = Json::array();
  for (Persistence const& line : lines) {
    if (is_small(line, least)) continue;
    rows.push_back({{"state", model.states[line.state].name},
                    {"years", line.years},
                    {"spells", line.spells},
                    {"at_risk", line.at_risk},
                    {"data", json_of(line.data)},
                    {"se", json_of(line.se)},
                    {"model", json_of(line.model)},
                    {"z", json_of(line.z)},
                    {"flag", flag_of(line)}});
  }
  return rows.dump();
}

std::string describe_persistence(std::vector<Persistence> const& lines, Model const& model, std::int64_t least) {
  std::size_t width = 10;
  for (Persistence const& line : lines) width = std::max(width, model.states[line.state].name.size());
  std::string text = fmt::format(
      "\nstill in the same spell, per cent: data (Kaplan-Meier) and model; `longer` or `shorter` where they differ by "
      "{} "
      "standard errors of the data or more\n{:<{}}  {:>5}  {:>8}  {:>7}  {:>5}  {:>4}  {:>5}  {:>6}\n",
      large_z, "state", width, "years", "spells", "at risk", "data", "se", "model", "z");
  std::size_t untold = 0;
  for (Persistence const& line : lines) {
    if (is_small(line, least)) {
      ++untold;
      continue;
    }
    text += fmt::format("{:<{}}  {:>5}  {:>8}  {:>7}  {:>5}  {:>4}  {:>5}  {:>6}{}{}\n", model.states[line.state].name,
                        width, line.years, line.spells, line.at_risk, per_cent(line.data), per_cent(line.se),
                        per_cent(line.model), line.z ? fmt::format("{:+.1f}", *line.z) : "-",
                        flag_of(line).empty() ? "" : "  ", flag_of(line));
  }
  if (untold > 0) text += fmt::format("{} lines of fewer than {} spells are told with --inside\n", untold, least);
  return text;
}

}  // namespace utvei
