// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace utvei {

/// What the help of a command says beside its options.
struct HelpText {
  std::string summary;                ///< one line
  std::string explanation;            ///< lines of their own; may be empty
  std::string example;                ///< ends the help, and runs as it stands
  std::vector<std::string> shared{};  ///< which of --threads and --lang the command has a use for
};

/// The commands as CLI11 knows them. Parsing fills the arguments of the one that was named and sets `chosen`.
struct Commands {
  Session& session;
  CLI::App app;
  std::function<int()> chosen;
  std::map<std::string, HelpText> texts{};  ///< by command

  /// Declares a command.
  template <class Arguments>
  std::pair<CLI::App*, std::shared_ptr<Arguments>> add(std::string const& name, HelpText const& help,
                                                       int (*command)(Arguments const&, Session&)) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* const declared = app.add_subcommand(name, help.summary);
    declared->footer(footer(help));
    texts[name] = help;
    declared->callback([this, arguments, command] {
      chosen = [&shared = session, arguments, command] { return command(*arguments, shared); };
    });
    return {declared, std::move(arguments)};
  }

  static std::string footer(HelpText const& help);
};

/// The help of the program as a whole.
std::string overview(CLI::App const& app);

/// The help of one command.
std::string explanation(CLI::App const& command);

/// What goes in: templates, checks, tables, registers, rates and people.
void declare_inputs(Commands& commands);
/// Runs, and what is read from their results.
void declare_runs(Commands& commands);
/// Many scenarios over night.
void declare_batch(Commands& commands);
/// Why regions differ.
void declare_regions(Commands& commands);
/// Declares every command and the options that several of them take.
void declare(Commands& commands);

}  // namespace utvei
