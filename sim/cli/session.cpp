// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

namespace utvei {
namespace {

/// A word as a POSIX shell takes it back.
std::string quoted_for_shell(std::string const& word) {
  bool const plain = !word.empty() && word.find_first_of(" \t\n\"'\\$`*?[]{}()<>|&;#~!") == std::string::npos;
  if (plain) return word;
  std::string quoted = "'";
  for (char const c : word) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

}  // namespace

std::string command_line_of(std::vector<std::string> const& words) {
  std::string line;
  for (std::string const& word : words) {
    if (!line.empty()) line += ' ';
    line += quoted_for_shell(word);
  }
  return line;
}

}  // namespace utvei
