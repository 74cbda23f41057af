// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console.hpp"
#include "signals.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace utvei {

class Crew;

/// What all commands share: the options that every command takes, and where to write.
struct Session {
  Console& console;
  SignalWatch& signals;
  std::vector<std::string> words;  ///< the command line as it was given, the program's name first
  bool quiet{false};
  std::size_t threads{0};      ///< 0: all cores
  std::string language{"nb"};  ///< nb | nn | en
  Crew* crew{nullptr};         ///< with whom this process works on a batch, if it is not alone

  /// A message that --quiet silences.
  void tell(std::string const& text) {
    if (!quiet) console.message(text);
  }
};

/// The command line as one could type it again.
std::string command_line_of(std::vector<std::string> const& words);

}  // namespace utvei
