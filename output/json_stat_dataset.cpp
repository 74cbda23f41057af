// SPDX-License-Identifier: Apache-2.0
#include <utvei/output/table_formats.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

/// PxWeb's name for the dimension that says what is counted.
constexpr auto contents_code = "ContentsCode";

Json dataset_dimension(ReleasedDimension const& dimension) {
  auto index = Json::object();
  auto label = Json::object();
  for (std::size_t i = 0; i < dimension.codes.size(); ++i) {
    index[dimension.codes[i]] = i;
    label[dimension.codes[i]] = dimension.labels[i];
  }
  return {{"label", dimension.heading}, {"category", {{"index", std::move(index)}, {"label", std::move(label)}}}};
}

std::string_view contents_heading(std::string const& language) {
  return language == "en" ? "contents" : "statistikkvariabel";
}

Json contents_dimension(ReleasedTable const& table, std::string const& language) {
  constexpr int decimals_shown = 2;
  Json unit{{"base", table.unit}, {"decimals", table.is_count ? 0 : decimals_shown}};
  return {{"label", contents_heading(language)},
          {"category",
           {{"index", {{table.quantity, 0}}},
            {"label", {{table.quantity, table.subject}}},
            {"unit", {{table.quantity, std::move(unit)}}}}}};
}

/// Where there is nothing to say of any cell, PxWeb says nothing.
Json status_of(ReleasedTable const& table) {
  auto status = Json::object();
  for (std::size_t i = 0; i < table.status.size(); ++i) {
    if (table.status[i] == CellStatus::held_back) status[fmt::format("{}", i)] = ":";
    if (table.status[i] == CellStatus::not_counted) status[fmt::format("{}", i)] = "..";
  }
  return status;
}

Json values_of(ReleasedTable const& table) {
  auto values = Json::array();
  for (std::size_t i = 0; i < table.values.size(); ++i) {
    if (table.status[i] != CellStatus::known) {
      values.push_back(nullptr);
    } else if (table.is_count) {
      values.push_back(static_cast<std::int64_t>(table.values[i]));
    } else {
      values.push_back(table.values[i]);
    }
  }
  return values;
}

Json roles_of(ReleasedTable const& table) {
  Json role;
  for (ReleasedDimension const& dimension : table.dimensions) {
    if (dimension.role == ReleasedDimension::Role::time) role["time"].push_back(dimension.name);
    if (dimension.role == ReleasedDimension::Role::place) role["geo"].push_back(dimension.name);
  }
  role["metric"].push_back(contents_code);
  return role;
}

/// By key; a key with several lines, such as inputs, has a list.
Json extension_of(std::vector<AboutLine> const& lines) {
  auto extension = Json::object();
  for (AboutLine const& line : lines) {
    if (line.key == "input" || line.key == "assumed") {
      extension[line.key].push_back(line.text);
    } else {
      extension[line.key] = line.text;
    }
  }
  return extension;
}

}  // namespace

std::string json_stat_of(Release const& release, ReleasedTable const& table) {
  Provenance const& run = release.result().provenance;
  auto const lines = about(release, table.held_back);
  Json dataset{{"version", "2.0"}, {"class", "dataset"}, {"label", table.title}};
  dataset["source"] = fmt::format("utvei {}: {}", run.utvei_version, run.scenario_name);
  for (AboutLine const& line : lines)
    if (line.key != "input") dataset["note"].push_back(line.name + ": " + line.text);
  dataset["role"] = roles_of(table);
  for (ReleasedDimension const& dimension : table.dimensions) {
    dataset["id"].push_back(dimension.name);
    dataset["size"].push_back(dimension.codes.size());
    dataset["dimension"][dimension.name] = dataset_dimension(dimension);
  }
  dataset["id"].push_back(contents_code);
  dataset["size"].push_back(1);
  dataset["dimension"][contents_code] = contents_dimension(table, release.language());
  dataset["value"] = values_of(table);
  if (Json status = status_of(table); !status.empty()) dataset["status"] = std::move(status);
  dataset["extension"]["utvei"] = extension_of(lines);
  dataset["extension"]["utvei"]["data_class"] = run.data_class;
  dataset["extension"]["utvei"]["table"] = table.name;
  dataset["extension"]["utvei"]["definition"] = table.definition;
  return dataset.dump() + "\n";
}

}  // namespace utvei
