// SPDX-License-Identifier: Apache-2.0
#include "command_line.hpp"

#include "declarations.hpp"
#include "exit_code.hpp"
#include "version.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

/// The place of a word in the command line, so that a message can point at it.
Place place_of_word(std::vector<std::string> const& words, std::size_t index) {
  std::string text = "utvei";
  int column = 0;
  int length = 1;
  for (std::size_t i = 1; i < words.size(); ++i) {
    text += ' ';
    if (i == index) {
      column = static_cast<int>(text.size()) + 1;
      length = std::max(1, static_cast<int>(words[i].size()));
    }
    text += words[i];
  }
  return {std::make_shared<SourceText const>(SourceText{"command line", text}), column > 0 ? 1 : 0, column, length};
}

Place place_of_word(std::vector<std::string> const& words, std::string const& word) {
  auto const found = std::find(words.begin() + 1, words.end(), word);
  return place_of_word(words, static_cast<std::size_t>(found - words.begin()));
}

/// An option may stand as `--name value` or `--name=value`.
Place place_of_option(std::vector<std::string> const& words, std::string const& option) {
  auto const found = std::find_if(words.begin() + 1, words.end(),
                                  [&](std::string const& word) { return word.substr(0, word.find('=')) == option; });
  return place_of_word(words, static_cast<std::size_t>(found - words.begin()));
}

std::vector<std::string> names_of_commands(CLI::App const& app) {
  std::vector<std::string> names;
  for (CLI::App const* command : app.get_subcommands([](CLI::App const*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

std::vector<std::string> names_of_options(CLI::App const& app) {
  std::vector<std::string> names;
  for (CLI::Option const* option : app.get_options())
    for (std::string const& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// Where the command stands: the first word that is neither an option nor the value of one.
std::size_t index_of_command(std::vector<std::string> const& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "--threads" || words[i] == "--lang") {
      ++i;
    } else if (!words[i].starts_with('-')) {
      return i;
    }
  }
  return words.size();
}

[[noreturn]] void refuse_command(Commands const& commands, std::size_t index) {
  std::string const& word = commands.session.words[index];
  throw InputError{Fault::usage, place_of_word(commands.session.words, index),
                   fmt::format("unknown command `{}`", word), "", did_you_mean(word, names_of_commands(commands.app))};
}

void check_command_is_known(Commands const& commands) {
  std::size_t const index = index_of_command(commands.session.words);
  if (index == commands.session.words.size()) return;
  std::vector<std::string> const known = names_of_commands(commands.app);
  if (std::ranges::find(known, commands.session.words[index]) == known.end()) refuse_command(commands, index);
}

CLI::App const& parsed_command(CLI::App const& app) {
  auto const parsed = app.get_subcommands();
  return parsed.empty() ? app : *parsed.front();
}

std::string see_help(CLI::App const& command) {
  return command.get_parent() == nullptr || command.get_name() == "help"
             ? "`utvei help` lists commands and options"
             : fmt::format("see `utvei help {}`", command.get_name());
}

[[noreturn]] void refuse_extras(Commands const& commands) {
  CLI::App const& command = parsed_command(commands.app);
  std::vector<std::string> known = names_of_options(command);
  for (std::string& name : names_of_options(commands.app)) known.push_back(std::move(name));
  Diagnostics diagnostics;
  for (std::string const& word : commands.app.remaining(true)) {
    std::string const name = word.substr(0, word.find('='));
    bool const option = word.starts_with('-');
    std::string const near = option ? nearest(name, known) : "";
    diagnostics.add({Severity::error, Fault::usage, place_of_word(commands.session.words, word),
                     option ? fmt::format("unknown option `{}`", name) : fmt::format("nothing takes `{}` here", word),
                     "", near.empty() ? see_help(command) : fmt::format("did you mean `{}`?", near)});
  }
  throw InputError{std::move(diagnostics)};
}

/// --threads and --lang stand with the program, before or after the command; a command that would ignore one refuses
/// it.
void refuse_unused(Commands const& commands) {
  CLI::App const& command = parsed_command(commands.app);
  if (command.get_parent() == nullptr) return;
  auto const found = commands.texts.find(command.get_name());
  auto const used = found == commands.texts.end() ? std::vector<std::string>{} : found->second.shared;
  Diagnostics diagnostics;
  for (std::string const option : {"--threads", "--lang"}) {
    if (commands.app.count(option) == 0 || std::ranges::find(used, option) != used.end()) continue;
    diagnostics.add({Severity::error, Fault::usage, place_of_option(commands.session.words, option),
                     fmt::format("`{}` has no use for `{}`", command.get_name(), option), "it would change nothing",
                     "leave it out"});
  }
  throw_if_errors(diagnostics);
}

/// CLI11's own words, without its line breaks.
[[noreturn]] void refuse(Commands const& commands, CLI::ParseError const& error) {
  std::string problem = error.what();
  std::ranges::replace(problem, '\n', ' ');
  throw InputError{Fault::usage, Place{}, problem, "", see_help(parsed_command(commands.app))};
}

std::function<int()> print(Session& session, std::string text) {
  return [&session, text = std::move(text)] {
    session.console.data(text);
    return exit_ok;
  };
}

std::function<int()> overview_on_stderr(Commands const& commands) {
  return [&session = commands.session, text = overview(commands.app)] {
    session.console.message(text);
    return exit_usage;
  };
}

std::function<int()> parse(Commands& commands) {
  std::vector<std::string> const& words = commands.session.words;
  try {
    commands.app.parse(std::vector<std::string>(words.rbegin(), words.rend() - 1));
  } catch (CLI::CallForHelp const&) {
    return print(commands.session, explanation(parsed_command(commands.app)));
  } catch (CLI::CallForVersion const&) {
    return print(commands.session, version_text());
  } catch (CLI::ExtrasError const&) {
    refuse_extras(commands);
  } catch (CLI::ParseError const& error) {
    refuse(commands, error);
  }
  refuse_unused(commands);
  return commands.chosen ? commands.chosen : overview_on_stderr(commands);
}

}  // namespace

std::function<int()> command_asked_for(Session& session) {
  Commands commands{session, CLI::App{}, {}};
  declare(commands);
  check_command_is_known(commands);
  return parse(commands);
}

}  // namespace utvei
