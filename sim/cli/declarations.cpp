// SPDX-License-Identifier: Apache-2.0
#include "declarations.hpp"

#include "doctor.hpp"
#include "exit_code.hpp"
#include "option_kinds.hpp"
#include "usage_json.hpp"
#include "version.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_threads = 4096;

void declare_doctor(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "doctor", {"Say what this machine has and lacks, and how to get it.", "", "utvei doctor"}, doctor_command);
  command->add_option("--out", arguments->out, "Folder of results to look at; default runs")->type_name("FOLDER");
  add_format(command, arguments->format, {"text", "json"});
}

struct HelpArguments {
  std::string command;
  std::string action;
  std::string format{"text"};
};

/// What `batch run` is of `batch`: help explains them together.
void check_action(CLI::App& command, std::string const& action) {
  if (action.empty()) return;
  std::vector<std::string> known;
  if (CLI::Option* const option = command.get_option_no_throw("ACTION"); option != nullptr) known = choices_of(*option);
  if (std::ranges::find(known, action) != known.end()) return;
  std::string const name = command.get_name();
  if (known.empty())
    throw InputError{Fault::usage, Place{}, fmt::format("`{}` has no actions", name), "",
                     fmt::format("utvei help {}", name)};
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` has no action `{}`", name, action), "",
                   did_you_mean(action, known)};
}

/// The help of one command, or of all.
std::string help_text(Commands& commands, std::string const& name, std::string const& action) {
  if (name.empty()) return explanation(commands.app);
  std::vector<CLI::App*> const all = commands.app.get_subcommands([](CLI::App const*) { return true; });
  auto const found = std::ranges::find(all, name, [](CLI::App const* each) { return each->get_name(); });
  if (found != all.end()) {
    check_action(**found, action);
    return explanation(**found);
  }
  std::vector<std::string> known;
  for (CLI::App const* each : all) known.push_back(each->get_name());
  throw InputError{Fault::usage, Place{}, fmt::format("unknown command `{}`", name), "", did_you_mean(name, known)};
}

/// `utvei help COMMAND`.
void declare_help(Commands& commands) {
  HelpText const help{"Explain a command, with an example that runs.", "", "utvei help run"};
  CLI::App* const command = commands.app.add_subcommand("help", help.summary);
  command->footer(Commands::footer(help));
  commands.texts["help"] = help;
  auto const arguments = std::make_shared<HelpArguments>();
  auto* const name = command->add_option("COMMAND", arguments->command, "The command to explain")->type_name("");
  command->add_option("ACTION", arguments->action, "One of those of the command, as in `utvei help batch run`")
      ->type_name("");
  add_format(command, arguments->format, {"text", "json"})
      ->description("text, json; default text. As json all commands, for programs")
      ->excludes(name);
  command->callback([&commands, arguments] {
    bool const as_json = arguments->format == "json";
    commands.chosen = [&session = commands.session,
                       text = as_json ? usage_json(commands)
                                      : help_text(commands, arguments->command, arguments->action)] {
      session.console.data(text);
      return exit_ok;
    };
  });
}

std::string users_of(std::string const& option, Commands const& commands) {
  std::vector<std::string> users;
  for (auto const& [command, help] : commands.texts)
    if (std::ranges::find(help.shared, option) != help.shared.end()) users.push_back(command);
  return fmt::format("{}", fmt::join(users, ", "));
}

/// After the commands, which say what they have a use for.
void declare_shared_options(Commands& commands) {
  CLI::App& app = commands.app;
  app.set_help_flag("-h,--help", "Explain and leave");
  app.set_version_flag("--version", version_text(), "Version, git hash, compiler and libraries");
  app.add_flag("--quiet", commands.session.quiet, "No progress and no messages but warnings and errors");
  app.add_option("--threads", commands.session.threads,
                 fmt::format("Threads of {}; default all cores", users_of("--threads", commands)))
      ->check(CLI::Range(std::size_t{1}, most_threads).description(""))
      ->type_name("N");
  app.add_option("--lang", commands.session.language,
                 fmt::format("Language of {}: nb, nn, en; default nb", users_of("--lang", commands)))
      ->check(one_of({"nb", "nn", "en"}))
      ->type_name("");
}

}  // namespace

std::string Commands::footer(HelpText const& help) {
  std::string text = help.explanation.empty() ? "" : help.explanation + "\n\n";
  text += fmt::format("Also: --quiet{}{} (see `utvei help`).\n\nExample:",
                      std::ranges::count(help.shared, "--threads") > 0 ? ", --threads N" : "",
                      std::ranges::count(help.shared, "--lang") > 0 ? ", --lang nb|nn|en" : "");
  for (std::size_t at = 0; at < help.example.size();) {
    std::size_t const end = std::min(help.example.find('\n', at), help.example.size());
    text += "\n  " + help.example.substr(at, end - at);
    at = end + 1;
  }
  return text;
}

std::string overview(CLI::App const& app) {
  // App::help() would explain the command that was parsed.
  return app.get_formatter()->make_help(&app, app.get_name(), CLI::AppFormatMode::Normal);
}

std::string explanation(CLI::App const& command) {
  return command.get_parent() == nullptr ? overview(command) : command.help(command.get_parent()->get_name());
}

void declare(Commands& commands) {
  CLI::App& app = commands.app;
  app.name("utvei");
  app.description("How people move between school, work and exclusion, region by region, and what a measure changes.");
  app.footer(
      "Data go to standard output, messages to standard error.\n"
      "Exit codes: 0 ok; 1 a bug of ours; 2 wrong usage; 3 a model, scenario or study file is wrong;\n"
      "4 data are missing or unreadable; 5 part of a batch failed; 6 stopped by SIGTERM or SIGUSR1; 130 "
      "interrupted.\n\n"
      "Example:\n  utvei help run");
  app.fallthrough();
  app.require_subcommand(0, 1);
  app.get_formatter()->column_width(28);
  declare_inputs(commands);
  declare_runs(commands);
  declare_regions(commands);
  declare_doctor(commands);
  declare_help(commands);
  declare_shared_options(commands);
}

}  // namespace utvei
