// SPDX-License-Identifier: Apache-2.0
#include "overrides.hpp"

#include "parse.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::string_view advice = "write --set KEY=VALUE, for instance --set years=10";

struct Step {
  std::string name;
  std::size_t offset{0};
};

std::vector<Step> steps_of(std::string_view path) {
  std::vector<Step> steps;
  for (std::size_t begin = 0;;) {
    auto const end = std::min(path.find('.', begin), path.size());
    steps.push_back({std::string{path.substr(begin, end - begin)}, begin});
    if (end == path.size()) return steps;
    begin = end + 1;
  }
}

/// A batch file writes overrides, too: its author is told of the place in the file.
bool is_of_command_line(Override const& override) {
  return !override.place.source || override.place.source->name == "--set";
}

Place place_of(Override const& override, Step const& step) {
  auto place = override.place;
  if (!is_of_command_line(override)) return place;
  place.line = 1;
  place.column = static_cast<int>(step.offset + 1);
  place.length = static_cast<int>(step.name.size());
  return place;
}

Fault fault_of(Override const& override) {
  return is_of_command_line(override) ? Fault::usage : Fault::file;
}

void refuse(Override const& override, Step const& step, std::string problem, std::string why, std::string suggestion,
            Diagnostics& diagnostics) {
  diagnostics.add({Severity::error, fault_of(override), place_of(override, step), std::move(problem), std::move(why),
                   std::move(suggestion)});
}

Value* find_named(Value& list, Step const& step, Override const& override, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (auto& item : list.items) {
    auto const* name = item.find("name");
    if (name == nullptr || !name->is_scalar()) continue;
    if (name->scalar == step.name) return &item;
    names.push_back(name->scalar);
  }
  auto const problem = fmt::format("no item of this list is named `{}`", step.name);
  if (names.empty()) {
    refuse(override, step, problem, "its items have no `name`", "set the whole list instead: --set key='[…]'",
           diagnostics);
  } else {
    refuse(override, step, problem, "items of a list are addressed by their `name`", did_you_mean(step.name, names),
           diagnostics);
  }
  return nullptr;
}

/// The value that a step leads to, created where a map lacks it; nullptr if the way ends.
Value* follow(Value& from, Step const& step, Override const& override, Diagnostics& diagnostics) {
  if (from.is_list()) return find_named(from, step, override, diagnostics);
  if (from.is_scalar()) {
    refuse(override, step, fmt::format("there is no `{}` in a single value", step.name),
           fmt::format("what stands before it is `{}`", from.scalar), "leave it out, or set a map: {key: value}",
           diagnostics);
    return nullptr;
  }
  from.kind = Value::Kind::map;
  auto const found = std::find_if(from.members.begin(), from.members.end(),
                                  [&](Member const& member) { return member.key == step.name; });
  if (found != from.members.end()) return &found->value;
  auto const place = place_of(override, step);
  Value empty;
  empty.place = place;
  from.members.push_back({step.name, place, std::move(empty), false});
  return &from.members.back().value;
}

/// Where a place begins in its text.
std::size_t offset_in_text(Place const& place) {
  std::string_view const text = place.source->text;
  std::size_t at = 0;
  for (int line = 1; line < place.line; ++line) at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return std::min(at + static_cast<std::size_t>(std::max(0, place.column - 1)), text.size());
}

void point_into(std::shared_ptr<SourceText const> const& source, Value& value) {
  value.place.source = source;
  for (Value& item : value.items) point_into(source, item);
  for (Member& member : value.members) {
    member.key_place.source = source;
    point_into(source, member.value);
  }
}

Value parse_value(Override const& override, Diagnostics& diagnostics) {
  auto const& source = override.place.source;
  if (!is_of_command_line(override) && override.place.line > 0) {
    std::size_t const at = offset_in_text(override.place);
    if (source->text.substr(at).starts_with(override.value)) {
      // As it stands in the file, whose line is then shown whole.
      std::string const text{source->text.substr(0, at + override.value.size())};
      Value value = parse_source(std::make_shared<SourceText const>(SourceText{source->name, text}), at,
                                 fault_of(override), diagnostics);
      point_into(source, value);
      return value;
    }
  }
  if (source && source->text.ends_with(override.value))
    return parse_source(source, source->text.size() - override.value.size(), fault_of(override), diagnostics);
  auto const own = std::make_shared<SourceText const>(SourceText{"--set", override.value});
  return parse_source(own, 0, fault_of(override), diagnostics);
}

}  // namespace

Override parse_override(std::string_view text) {
  auto const source = std::make_shared<SourceText const>(SourceText{"--set", std::string{text}});
  auto const whole = Place{source, 1, 1, static_cast<int>(text.size())};
  auto const equals = text.find('=');
  if (equals == std::string_view::npos)
    throw InputError{Fault::usage, whole, fmt::format("`--set {}` has no `=`", text), "", std::string{advice}};
  auto const path = text.substr(0, equals);
  for (auto const& step : steps_of(path))
    if (step.name.empty())
      throw InputError{Fault::usage, whole, fmt::format("`--set {}` has an empty key", text),
                       "keys are joined by single points", std::string{advice}};
  return {std::string{path}, std::string{text.substr(equals + 1)}, whole};
}

void apply_override(Value& document, Override const& override, Diagnostics& diagnostics) {
  auto const errors = diagnostics.error_count();
  auto value = parse_value(override, diagnostics);
  if (diagnostics.error_count() > errors) return;
  auto* target = &document;
  Value* holder = nullptr;
  for (auto const& step : steps_of(override.path)) {
    holder = target;
    target = follow(*target, step, override, diagnostics);
    if (target == nullptr) return;
  }
  // As a file that is laid over another takes it out.
  if (value.is_null() && holder->is_list())
    holder->items.erase(holder->items.begin() + (target - holder->items.data()));
  else
    *target = std::move(value);
}

}  // namespace utvei
