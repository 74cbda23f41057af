// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <utvei/model/model.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

bool is_allowed(char c) {
  auto const byte = static_cast<unsigned char>(c);
  bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || byte >= 0x80;  // UTF-8: æ, ø, å
  return letter || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// The files that the values of a document came from: the file itself and those that it extends.
void note_sources(Value const& value, std::vector<std::string>& files) {
  if (value.place.source && value.place.source->name != "--set") {
    std::string const& name = value.place.source->name;
    if (std::ranges::find(files, name) == files.end()) files.push_back(name);
  }
  for (Value const& item : value.items) note_sources(item, files);
  for (Member const& member : value.members) note_sources(member.value, files);
}

void read_rate_file(Value const& rates, Model& model, Diagnostics& diagnostics) {
  auto const path = as_text(rates, "rates", diagnostics);
  if (!path) return;
  if (path->ends_with(".csv")) {
    diagnostics.error(rates.place, fmt::format("`{}` is a table, not a rate file", *path),
                      "`rates:` of a model names a rate file (.h5); each transition names its own table",
                      fmt::format("write it on the transition: {{from: …, to: …, rates: {}}}", *path));
    return;
  }
  model.rate_file = path_beside(rates);
  model.rate_file_place = rates.place;
}

void read_regions_file(Value const& value, Model& model, Diagnostics& diagnostics) {
  if (!as_text(value, "regions", diagnostics)) return;
  std::string const path = path_beside(value);
  model.regions = read_regions(path, Request{value.place}, diagnostics);
  model.inputs.push_back(path);
}

}  // namespace

bool check_name(std::string_view name, std::string_view what, Place const& place, Diagnostics& diagnostics) {
  if (!name.empty() && std::ranges::all_of(name, is_allowed)) return true;
  diagnostics.error(place, fmt::format("`{}` is no name for a {}", name, what),
                    "names are made of letters, digits, `_` and `-`",
                    "give it a short name, and the text that people read as its `label`");
  return false;
}

Model read_model(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                 Diagnostics& diagnostics) {
  Model model;
  model.path = path;
  model.clocks.push_back({"time_in_state"});
  Value const document = read_document(path, overrides, request, diagnostics);
  if (document.is_null()) return model;
  note_sources(document, model.inputs);
  MapReader reader{document, "the model", diagnostics};
  if (!document.is_map() || !check_format(reader, "model", diagnostics)) return model;

  if (auto const* name = reader.optional("name")) model.name = as_code(*name, "name", diagnostics).value_or("");
  if (auto const* regions = reader.optional("regions")) read_regions_file(*regions, model, diagnostics);
  if (auto const* traits = reader.optional("traits")) read_traits(*traits, model, diagnostics);
  auto const* states = reader.required("states");
  auto const* clocks = reader.optional("clocks");
  auto const* limits = reader.optional("limits");
  auto const* transitions = reader.optional("transitions");
  auto const* rates = reader.optional("rates");
  auto const* definitions = reader.optional("definitions");
  auto const* questions = reader.optional("questions");
  reader.finish();
  if (rates != nullptr) read_rate_file(*rates, model, diagnostics);
  if (states == nullptr) return model;

  std::size_t const errors_before = diagnostics.error_count();
  read_state_names(*states, model, diagnostics);
  if (model.states.empty()) return model;
  if (clocks != nullptr) read_clocks(*clocks, model, diagnostics);
  read_state_contents(*states, model, diagnostics);
  if (limits != nullptr) read_limits_of_clocks(*limits, model, diagnostics);
  if (transitions != nullptr) read_transitions(*transitions, model, diagnostics);
  if (definitions != nullptr) read_definitions(*definitions, model, diagnostics);
  if (questions != nullptr) read_questions(*questions, model, diagnostics);
  check_clocks(model, diagnostics);
  assign_streams(model, diagnostics);
  // A destination that is misspelt would be reported again as a state that no way leads to.
  if (diagnostics.error_count() == errors_before) check_pathways(model, diagnostics);
  return model;
}

}  // namespace utvei
