// SPDX-License-Identifier: Apache-2.0
#include "console.hpp"

#include "reading_order.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace utvei {
namespace {

/// Not so of files, pipes and terminals that know no control sequences.
bool understands_control_sequences(int descriptor) {
  char const* const terminal = std::getenv("TERM");
  return ::isatty(descriptor) == 1 && terminal != nullptr && std::string_view{terminal} != "dumb";
}

bool colour_is_refused() {
  char const* const refused = std::getenv("NO_COLOR");
  return refused != nullptr && *refused != '\0';
}

/// The word that names the severity, in its colour: red, yellow or blue.
std::string coloured_text(std::string text, Severity severity) {
  std::string_view const word = severity == Severity::error     ? "error:"
                                : severity == Severity::warning ? "warning:"
                                                                : "note:";
  std::string_view const colour = severity == Severity::error     ? "\x1b[1;31m"
                                  : severity == Severity::warning ? "\x1b[1;33m"
                                                                  : "\x1b[1;34m";
  std::size_t const at = text.find(word);
  if (at == std::string::npos) return text;
  text.insert(at + word.size(), "\x1b[0m");
  text.insert(at, colour);
  return text;
}

}  // namespace

Console::Console()
    : redraws_{understands_control_sequences(STDERR_FILENO)}, coloured_{redraws_ && !colour_is_refused()} {}

void Console::data(std::string_view text) {
  errno = 0;
  bool const written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return;
  if (errno == EPIPE) throw OutputClosed{};
  throw InputError{Fault::data, Place{}, "cannot write to standard output", std::strerror(errno),
                   "make room, or send the output elsewhere"};
}

void Console::message(std::string_view text) {
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr));
  static_cast<void>(std::fflush(stderr));
}

void Console::show(Diagnostics const& diagnostics) {
  for (Diagnostic const& diagnostic : in_reading_order(diagnostics)) {
    std::string text = render(diagnostic);
    message(coloured_ ? coloured_text(std::move(text), diagnostic.severity) : text);
  }
}

}  // namespace utvei
