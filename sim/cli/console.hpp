// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <exception>
#include <string>
#include <string_view>

namespace utvei {

/// Whoever read our standard output has gone (`utvei … | head`): the program ends quietly.
class OutputClosed : public std::exception {
 public:
  [[nodiscard]] char const* what() const noexcept override { return "standard output was closed"; }
};

/// The two streams of the program: data on stdout, messages on stderr.
class Console {
 public:
  Console();

  /// Writes to stdout and flushes. Throws OutputClosed, or InputError (data) where it cannot be written.
  void data(std::string_view text);
  /// Writes to stderr; what cannot be written there is lost.
  void message(std::string_view text);
  /// All diagnostics, with colour on a terminal.
  void show(Diagnostics const& diagnostics);

  /// Whether a person is looking at stderr, on a terminal that can draw a line over again: only then is there a bar.
  [[nodiscard]] bool redraws() const { return redraws_; }
  /// Colour only on a terminal, and not under NO_COLOR (no-color.org) or TERM=dumb.
  [[nodiscard]] bool coloured() const { return coloured_; }

 private:
  bool redraws_;
  bool coloured_;
};

}  // namespace utvei
