// SPDX-License-Identifier: Apache-2.0
#include "usage_json.hpp"

#include "option_kinds.hpp"

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> names_of(CLI::Option const& option) {
  std::vector<std::string> names;
  for (std::string const& name : option.get_snames()) names.push_back("-" + name);
  for (std::string const& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

Json json_of(CLI::Option& option) {
  Json json = Json::object();
  if (option.get_positional()) {
    json["name"] = option.get_name(true);
  } else {
    json["names"] = names_of(option);
    json["value"] = nullptr;
    if (option.get_items_expected_max() > 0) json["value"] = option.get_type_name();
  }
  json["description"] = option.get_description();
  json["choices"] = choices_of(option);
  json["required"] = option.get_required();
  json["repeatable"] = option.get_expected_max() > 1;
  return json;
}

/// The arguments and options of a command, or of the program, without --help.
void add_options(Json& json, CLI::App& app) {
  json["arguments"] = Json::array();
  json["options"] = Json::array();
  for (CLI::Option* const option : app.get_options([](CLI::Option const*) { return true; })) {
    if (option == app.get_help_ptr()) continue;
    json[option->get_positional() ? "arguments" : "options"].push_back(json_of(*option));
  }
}

Json json_of(CLI::App& command, HelpText const& help) {
  Json json{{"name", command.get_name()}, {"summary", help.summary}, {"explanation", help.explanation}};
  add_options(json, command);
  json["shared"] = help.shared;
  json["example"] = help.example;
  return json;
}

}  // namespace

std::string usage_json(Commands& commands) {
  CLI::App& app = commands.app;
  Json json{{"name", app.get_name()}, {"description", app.get_description()}, {"footer", app.get_footer()}};
  add_options(json, app);
  json["commands"] = Json::array();
  for (CLI::App* const command : app.get_subcommands([](CLI::App const*) { return true; }))
    json["commands"].push_back(json_of(*command, commands.texts[command->get_name()]));
  return json.dump(2) + "\n";
}

}  // namespace utvei
