// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace utvei {

// Options that several commands have in the same form.

/// Takes one value each time it is written, so that what follows is not swallowed.
CLI::Option* add_repeatable(CLI::App* command, std::string const& name, std::vector<std::string>& values,
                            std::string const& description);
/// Values with commas between them.
CLI::Option* add_list(CLI::App* command, std::string const& name, std::vector<std::string>& values,
                      std::string const& description);
/// Refuses other words, with the one that was probably meant.
CLI::Validator one_of(std::vector<std::string> const& known);
/// The words of its `one_of`; empty without one.
std::vector<std::string> choices_of(CLI::Option& option);
CLI::Option* add_format(CLI::App* command, std::string& format, std::vector<std::string> const& known);
CLI::Option* add_file(CLI::App* command, std::string const& name, std::string& path, std::string const& description);

inline constexpr auto overrides_help = "Change or create a key of the files, as in --set years=10; may be given again";

}  // namespace utvei
