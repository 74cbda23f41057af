// SPDX-License-Identifier: Apache-2.0
#include "option_kinds.hpp"

#include <utvei/document/reader.hpp>

#include <algorithm>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {

CLI::Option* add_repeatable(CLI::App* command, std::string const& name, std::vector<std::string>& values,
                            std::string const& description) {
  return command->add_option(name, values, description)->allow_extra_args(false)->type_name("KEY=VALUE");
}

CLI::Option* add_list(CLI::App* command, std::string const& name, std::vector<std::string>& values,
                      std::string const& description) {
  return command->add_option(name, values, description)->allow_extra_args(false)->delimiter(',');
}

CLI::Validator one_of(std::vector<std::string> const& known) {
  auto const complaint = [known](std::string const& word) -> std::string {
    if (std::ranges::find(known, word) != known.end()) return {};
    auto const near = nearest(word, known);
    return fmt::format("`{}` is none of {}{}", word, fmt::join(known, ", "),
                       near.empty() ? "" : fmt::format(" (did you mean `{}`?)", near));
  };
  return CLI::Validator{complaint, ""}.name(fmt::format("{}", fmt::join(known, ",")));
}

std::vector<std::string> choices_of(CLI::Option& option) {
  std::vector<std::string> choices;
  try {
    std::istringstream names{option.get_validator(0)->get_name()};
    for (std::string name; std::getline(names, name, ',');) choices.push_back(name);
  } catch (CLI::OptionNotFound const&) {  // how CLI11 says that the option has no validator
  }
  return choices;
}

CLI::Option* add_format(CLI::App* command, std::string& format, std::vector<std::string> const& known) {
  return command->add_option("--format", format, fmt::format("{}; default {}", fmt::join(known, ", "), format))
      ->check(one_of(known))
      ->type_name("");
}

CLI::Option* add_file(CLI::App* command, std::string const& name, std::string& path, std::string const& description) {
  return command->add_option(name, path, description)->type_name("FILE");
}

}  // namespace utvei
