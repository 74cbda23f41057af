// SPDX-License-Identifier: Apache-2.0
#include "axis.hpp"
#include "cube.hpp"
#include "fold.hpp"
#include "mapping.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/document/json.hpp>
#include <utvei/document/reader.hpp>
#include <utvei/tables/read_table.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

TableKind kind_by_content(std::string_view text) {
  auto const first = text.find_first_not_of(" \t\r\n");
  auto const is_json = first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  return is_json ? TableKind::json_stat : TableKind::csv;
}

/// Keys that the kind of file has no use for would be passed over in silence.
void check_kind(Mapping const& mapping, TableKind kind, Diagnostics& diagnostics) {
  auto useless = kind == TableKind::json_stat ? mapping.only_csv : mapping.only_json;
  for (auto const& column : mapping.columns)
    if (kind == TableKind::json_stat && column.blanks_place) useless.push_back({"blanks", *column.blanks_place});
  for (auto const& key : useless)
    diagnostics.error(
        key.place,
        fmt::format("`{}` has no meaning for a {} file", key.text, kind == TableKind::json_stat ? "JSON-stat" : "CSV"),
        fmt::format("`{}` is read as one", mapping.file.text), "take it away");
}

/// Who has not saved the table is told which it is, and where it belongs.
bool is_saved(Mapping const& mapping, Diagnostics& diagnostics) {
  std::error_code error;
  if (!mapping.published || std::filesystem::exists(mapping.file.text, error)) return true;
  auto const& [name, address, save_as] = *mapping.published;
  diagnostics.error(mapping.file.place, fmt::format("`{}` is not there yet: it is {}", mapping.file.text, name),
                    "nothing is fetched: you save the table yourself",
                    fmt::format("open {}, and save {} as {}", address, save_as, mapping.file.text));
  return false;
}

std::optional<Cube> read_cube(Mapping const& mapping, Diagnostics& diagnostics) {
  if (!is_saved(mapping, diagnostics)) return std::nullopt;
  auto const source = read_text_file(mapping.file.text, Request{mapping.file.place}, diagnostics);
  if (!source) return std::nullopt;
  auto const kind = mapping.kind == TableKind::by_content ? kind_by_content(source->text) : mapping.kind;
  check_kind(mapping, kind, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  if (kind == TableKind::csv) return read_csv_cube(source, mapping, Fault::file, diagnostics);
  auto const root = parse_json(source, Fault::file, diagnostics);
  if (!root.place.source) return std::nullopt;
  return read_json_stat(root, mapping, Fault::file, diagnostics);
}

/// Columns of the mapping that the table lacks; a sheet has looked for them by then.
void check_columns_are_there(Cube const& cube, Mapping const& mapping, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (auto const& dimension : cube.dimensions) names.push_back(dimension.name);
  for (auto const& column : mapping.columns)
    if (std::ranges::find(names, column.column) == names.end())
      diagnostics.error(column.place, fmt::format("the table has no `{}`", column.column), "",
                        did_you_mean(column.column, names));
}

std::vector<TableAxis> read_axes(Cube const& cube, Mapping const& mapping, Model const* model,
                                 Diagnostics& diagnostics) {
  Vocabulary vocabulary{model, {}};
  if (mapping.recode) vocabulary.crosswalk = Crosswalk{*mapping.recode, diagnostics};
  std::vector<TableAxis> axes;
  for (auto const& dimension : cube.dimensions) {
    // What lies in the header comes last.
    auto const is_wide = mapping.wide && &dimension == &cube.dimensions.back();
    auto const* mapped = is_wide ? &mapping.wide->mapping : mapping.find(dimension.name);
    axes.push_back(read_axis(dimension, mapped, mapping, vocabulary, diagnostics));
  }
  return axes;
}

std::optional<PublicTable> read_mapped(Mapping const& mapping, Model const* model, Diagnostics& diagnostics) {
  auto const cube = read_cube(mapping, diagnostics);
  if (!cube) return std::nullopt;
  check_columns_are_there(*cube, mapping, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  auto const axes = read_axes(*cube, mapping, model, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  auto folded = fold(*cube, axes, mapping.small, Fault::file, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  if (folded.table.rows() == 0) {
    diagnostics.error(mapping.file.place, "nothing of the table is left",
                      cube->cells.empty() ? "it has no numbers" : "every number is left out by `keep` and `drop`",
                      "look at it with `utvei tables --draft FILE`");
    return std::nullopt;
  }
  check_totals(folded, *cube, axes, diagnostics);
  folded.table.title = cube->title;
  folded.table.source = mapping.file.text;
  folded.table.inputs.push_back(mapping.file.text);
  if (mapping.recode) folded.table.inputs.push_back(mapping.recode->file.text);
  return std::move(folded.table);
}

/// With the model that the mapping names, unless there is one.
std::optional<PublicTable> read_with_model(Mapping const& mapping, Model const* model, Diagnostics& diagnostics) {
  if (model != nullptr || !mapping.model) return read_mapped(mapping, model, diagnostics);
  auto const own = read_model(mapping.model->text, {}, Request{mapping.model->place}, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  auto table = read_mapped(mapping, &own, diagnostics);
  if (table) table->inputs.insert(table->inputs.end(), own.inputs.begin(), own.inputs.end());
  return table;
}

/// Errors of others do not keep a table from being read, nor its own from being told with them.
std::optional<PublicTable> read_value(Value const& value, MappingForm form, Model const* model,
                                      Diagnostics& diagnostics) {
  Diagnostics own;
  auto const mapping = read_mapping(value, form, own);
  auto table = own.has_errors() ? std::nullopt : read_with_model(mapping, model, own);
  diagnostics.merge(own);
  return table;
}

}  // namespace

std::optional<PublicTable> read_table_file(std::string const& path, std::vector<Override> const& overrides,
                                           Model const* model, Request const& request, Diagnostics& diagnostics) {
  Diagnostics own;
  auto const document = read_document(path, overrides, request, own);
  diagnostics.merge(own);
  if (own.has_errors() || !document.place.source) return std::nullopt;
  auto table = read_value(document, MappingForm::file, model, diagnostics);
  if (table) table->inputs.insert(table->inputs.begin(), path);
  return table;
}

std::optional<PublicTable> read_table(Value const& where, Model const* model, Diagnostics& diagnostics) {
  if (!where.is_scalar()) return read_value(where, MappingForm::within, model, diagnostics);
  return read_table_file(path_beside(where), {}, model, Request{where.place}, diagnostics);
}

}  // namespace utvei
