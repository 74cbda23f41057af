// SPDX-License-Identifier: Apache-2.0
#include "new.hpp"

#include "exit_code.hpp"
#include "new_municipality.hpp"
#include "templates.hpp"
#include "text_output.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/core/diagnostics.hpp>

#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {

std::vector<std::string> names_of_templates() {
  std::vector<std::string> names;
  for (Template const& each : templates()) names.emplace_back(each.kind);
  return names;
}

int new_command(NewArguments const& arguments, Session& session) {
  if (!arguments.municipality.empty()) return new_municipality(arguments.municipality, arguments.output, session);
  if (arguments.kind.empty()) {
    throw InputError{Fault::usage, Place{}, "nothing says what to write", "",
                     fmt::format("name one of {}, or --municipality CODE", fmt::join(names_of_templates(), ", "))};
  }
  if (!arguments.force && !arguments.output.empty() && std::filesystem::exists(arguments.output)) {
    throw InputError{Fault::usage, Place{}, fmt::format("`{}` is there already", arguments.output), "",
                     "take another name, or --force to replace it"};
  }
  for (Template const& each : templates()) {
    if (each.kind != arguments.kind) continue;
    write_text(arguments.output, each.text, session);
    return exit_ok;
  }
  UTVEI_EXPECT(!"a kind that CLI11 let through");
  return exit_bug;
}

}  // namespace utvei
