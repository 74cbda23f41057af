// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <functional>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

namespace utvei {

/// The commands as CLI11 knows them. Parsing fills the arguments of the one that was named and sets `chosen`.
struct Commands {
  Session& session;
  CLI::App app;
  std::function<int()> chosen;

  /// Declares a command; `example` ends its help and runs as it stands.
  template <class Arguments>
  std::pair<CLI::App*, std::shared_ptr<Arguments>> add(std::string const& name, std::string const& description,
                                                       std::string const& example,
                                                       int (*command)(Arguments const&, Session&)) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* const declared = app.add_subcommand(name, description);
    declared->footer(footer(example));
    declared->callback([this, arguments, command] {
      chosen = [&shared = session, arguments, command] { return command(*arguments, shared); };
    });
    return {declared, std::move(arguments)};
  }

  static std::string footer(std::string const& example);
};

/// Declares every command and the options that all of them take.
void declare(Commands& commands);

}  // namespace utvei
