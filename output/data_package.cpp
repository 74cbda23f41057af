// SPDX-License-Identifier: Apache-2.0
#include <utvei/output/packages.hpp>

#include <algorithm>
#include <array>
#include <cctype>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using PackageJson = nlohmann::ordered_json;

/// Names of resources are small letters, digits and `-_.`.
std::string resource_name(std::string name) {
  std::ranges::transform(name, name.begin(), [](unsigned char letter) {
    char const small = static_cast<char>(std::tolower(letter));
    bool const is_taken = std::isalnum(letter) != 0 || small == '-' || small == '_' || small == '.';
    return is_taken ? small : '_';
  });
  return name;
}

/// Codes with what they mean; `categories` is what later versions of Table Schema call it.
PackageJson field_of(ReleasedDimension const& dimension) {
  PackageJson field{
      {"name", dimension.name}, {"type", dimension.is_numeric() ? "integer" : "string"}, {"title", dimension.heading}};
  if (dimension.role == ReleasedDimension::Role::time && dimension.is_numeric()) field["type"] = "year";
  if (dimension.is_numeric()) return field;
  field["constraints"]["enum"] = dimension.codes;
  if (!dimension.has_labels()) return field;
  for (std::size_t i = 0; i < dimension.codes.size(); ++i)
    field["categories"].push_back({{"value", dimension.codes[i]}, {"label", dimension.labels[i]}});
  return field;
}

PackageJson value_field(ReleasedTable const& table, CsvDialect const& dialect) {
  PackageJson field{{"name", "value"},
                    {"type", table.is_count ? "integer" : "number"},
                    {"title", table.subject},
                    {"description", table.definition},
                    {"unit", table.units == "1" ? "1" : table.unit}};
  if (!table.is_count && dialect.decimal != '.') field["decimalChar"] = std::string{dialect.decimal};
  return field;
}

PackageJson fields_of(ReleasedTable const& table, CsvDialect const& dialect) {
  auto fields = PackageJson::array();
  fields.push_back({{"name", "table"}, {"type", "string"}});
  for (ReleasedDimension const& dimension : table.dimensions) {
    fields.push_back(field_of(dimension));
    if (dialect.labels && dimension.has_labels())
      fields.push_back({{"name", dimension.name + "_label"}, {"type", "string"}, {"title", dimension.heading}});
  }
  fields.push_back(value_field(table, dialect));
  return fields;
}

PackageJson fields_of_lives() {
  return PackageJson::array(
      {{{"name", "person"}, {"type", "string"}},
       {{"name", "time"}, {"type", "string"}, {"description", "a date, with hh:mm unless midnight"}},
       {{"name", "from"}, {"type", "string"}},
       {{"name", "to"}, {"type", "string"}},
       {{"name", "cause"}, {"type", "string"}}});
}

PackageJson resource_of(PackagedTable const& packaged, CsvDialect const& dialect) {
  bool const is_lives = packaged.table.dimensions.empty() && packaged.table.title.empty();
  PackageJson resource{{"name", resource_name(packaged.table.name)},
                       {"path", packaged.file},
                       {"profile", "tabular-data-resource"},
                       {"format", "csv"},
                       {"mediatype", "text/csv"},
                       {"encoding", "utf-8"},
                       {"bytes", packaged.bytes},
                       {"hash", "sha256:" + packaged.sha256}};
  if (!is_lives) resource["title"] = packaged.table.title;
  if (packaged.table.held_back > 0) resource["heldBack"] = packaged.table.held_back;
  resource["dialect"] = {{"delimiter", std::string{dialect.separator}},
                         {"lineTerminator", "\n"},
                         {"quoteChar", "\""},
                         {"doubleQuote", true},
                         {"header", true}};
  resource["schema"]["fields"] = is_lives ? fields_of_lives() : fields_of(packaged.table, dialect);
  resource["schema"]["missingValues"] = PackageJson::array({""});
  return resource;
}

}  // namespace

std::string data_package_of(Release const& release, std::vector<PackagedTable> const& tables,
                            CsvDialect const& dialect) {
  Provenance const& run = release.result().provenance;
  std::size_t held_back = 0;
  for (PackagedTable const& packaged : tables) held_back += packaged.table.held_back;
  PackageJson package{
      {"profile", "tabular-data-package"}, {"name", resource_name(run.scenario_name)}, {"title", run.scenario_name}};
  std::string description;
  for (AboutLine const& line : about(release, held_back)) description += line.name + ": " + line.text + "\n";
  package["description"] = description;
  for (InputFile const& input : run.inputs)
    package["sources"].push_back({{"title", input.path}, {"hash", "sha256:" + input.sha256}});
  package["utvei"] = {{"version", run.utvei_version},
                      {"git", run.git_hash},
                      {"seed", run.seed},
                      {"command", run.command_line},
                      {"dataClass", run.data_class},
                      {"heldBack", held_back},
                      {"weight", run.weight},
                      {"unverifiedRows", run.unverified_rows},
                      {"rowsWithStatus", run.rows_with_status}};
  for (PackagedTable const& packaged : tables) package["resources"].push_back(resource_of(packaged, dialect));
  return package.dump(2) + "\n";
}

}  // namespace utvei
