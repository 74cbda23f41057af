// SPDX-License-Identifier: Apache-2.0
#include "parse.hpp"

#include "places.hpp"
#include "yaml_tree.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace utvei {
namespace {

struct Explanation {
  Place place;
  std::string problem;
  std::string why;
  std::string suggestion;
};

/// The plain value that starts at the front of `rest`, as its writer meant it.
std::string_view plain_value(std::string_view rest) {
  rest = rest.substr(0, rest.find_first_of("\r\n,]}"));
  rest = rest.substr(0, rest.find(" #"));
  return rest.substr(0, rest.find_last_not_of(" \t") + 1);
}

bool has_tab_indentation(std::string_view line) {
  return line.substr(0, line.find_first_not_of(" \t")).find('\t') != std::string_view::npos;
}

Explanation explain_alias(PlaceFinder const& places, std::size_t offset) {
  auto const text = places.text();
  if ((offset >= text.size() || text[offset] != '*') && offset > 0) offset = text.rfind('*', offset);
  if (offset == std::string_view::npos) offset = 0;
  auto const value = plain_value(text.substr(offset));
  return {places.at(offset, value.size()), fmt::format("`{}` is read as a YAML alias", value),
          "a plain value that starts with `*` stands for what an anchor (`&name`) marked, and there is no such anchor",
          fmt::format("quote it: \"{}\"", value)};
}

Explanation explain_first_character(PlaceFinder const& places, std::size_t offset) {
  auto const value = plain_value(places.text().substr(offset));
  if (value.empty()) return {places.at(offset), "this cannot be read as YAML", "", "quote the value"};
  return {places.at(offset, value.size()), fmt::format("a plain value cannot start with `{}`", value.front()),
          "the character has a meaning of its own in YAML", fmt::format("quote it: \"{}\"", value)};
}

Explanation explain_colon(PlaceFinder const& places, std::size_t offset) {
  return {places.at(offset), "a `:` stands where YAML expects none",
          "either the line is not indented as the lines that it belongs to, or a value holds `: `",
          "indent keys of one map alike; put quotes around a value that holds `: `"};
}

Explanation explain(YAML::Exception const& error, PlaceFinder const& places, std::size_t offset, YamlTree const& tree) {
  namespace msg = YAML::ErrorMsg;
  auto const at = std::min(offset + static_cast<std::size_t>(std::max(error.mark.pos, 0)), places.text().size());
  auto const is = [&](std::string_view message) { return error.msg == message; };
  if (is(msg::ALIAS_NOT_FOUND) || is(msg::CHAR_IN_ALIAS) || is(msg::UNKNOWN_ANCHOR) || is(msg::ALIAS_CONTENT))
    return explain_alias(places, at);
  if (is(msg::TAB_IN_INDENTATION) || has_tab_indentation(places.line_around(at)))
    return {places.at(at), "a tab is used for indentation", "YAML does not allow tabs there", "use spaces"};
  if (is(msg::UNKNOWN_TOKEN)) return explain_first_character(places, at);
  if (is(msg::MAP_VALUE) || is(msg::MAP_KEY)) return explain_colon(places, at);
  if (is(msg::END_OF_SEQ_FLOW) || is(msg::END_OF_MAP_FLOW)) {
    auto const bracket = is(msg::END_OF_SEQ_FLOW) ? "[" : "{";
    return {tree.innermost_open().value_or(places.at(at)),
            fmt::format("the `{}` that opens here is never closed", bracket),
            fmt::format("reading came as far as line {}", places.at(at).line), "close it, or add a missing comma"};
  }
  if (is(msg::FLOW_END)) return {places.at(at), "this bracket closes nothing", "", "take it away, or open it before"};
  if (is(msg::END_OF_MAP) || is(msg::END_OF_SEQ))
    return {places.at(at), "this line does not fit in with the lines above",
            "it is neither a key nor an item of what it stands in", "check the indentation, and write `key: value`"};
  if (is(msg::BLOCK_ENTRY))
    return {places.at(at), "a list item cannot start here", "items of a list stand on lines of their own",
            "write the list on the next lines, or as [a, b]"};
  if (error.msg.starts_with(msg::INVALID_ESCAPE))
    return {places.at(at), error.msg, "in double quotes a backslash starts an escape",
            "use single quotes, or write \\\\ for a backslash"};
  return {places.at(at), fmt::format("this cannot be read as YAML: {}", error.msg), "", ""};
}

/// Throws InputError if the bytes are no UTF-8 text.
void check_bytes(PlaceFinder const& places, std::size_t offset, Fault fault) {
  auto const text = places.text().substr(offset);
  if (auto found = find_binary(text); !found.problem.empty())
    throw InputError{fault, whole_of(places.source()), std::move(found.problem), "YAML is text",
                     std::move(found.suggestion)};
  if (!is_utf8(text))
    throw InputError{fault, whole_of(places.source()), "this is not UTF-8 text", "YAML files are read as UTF-8",
                     "save the file as UTF-8"};
}

Value parse_or_throw(PlaceFinder const& places, std::size_t offset, Fault fault, Diagnostics& diagnostics) {
  check_bytes(places, offset, fault);
  std::istringstream in{std::string{places.text().substr(offset)}};
  YamlTree tree{places, offset, fault, diagnostics};
  try {
    YAML::Parser parser{in};
    while (parser.HandleNextDocument(tree)) {
    }
  } catch (YAML::Exception const& error) {
    auto said = explain(error, places, offset, tree);
    throw InputError{fault, std::move(said.place), std::move(said.problem), std::move(said.why),
                     std::move(said.suggestion)};
  }
  if (tree.has_root()) return tree.take_root();
  Value nothing;
  nothing.place = whole_of(places.source());
  return nothing;
}

}  // namespace

Value parse_source(std::shared_ptr<SourceText const> const& source, std::size_t offset, Fault fault,
                   Diagnostics& diagnostics) {
  try {
    return parse_or_throw(PlaceFinder{source}, offset, fault, diagnostics);
  } catch (InputError const& error) {
    diagnostics.merge(error.diagnostics());
    return {};
  }
}

Value parse_yaml(std::string_view text, std::string_view name, Diagnostics& diagnostics) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  auto const source = std::make_shared<SourceText const>(SourceText{std::string{name}, std::string{text}});
  return parse_source(source, 0, Fault::file, diagnostics);
}

}  // namespace utvei
