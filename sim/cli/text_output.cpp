// SPDX-License-Identifier: Apache-2.0
#include "text_output.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/output/atomic_file.hpp>

namespace utvei {

void write_text(std::string const& path, std::string_view text, Session& session, unsigned mode) {
  if (path.empty()) {
    session.console.data(text);
    return;
  }
  FinishStep const writing{session.signals};
  write_file_atomically(path, text, mode);
}

void check_writable(std::vector<std::string> const& paths) {
  Diagnostics diagnostics;
  for (std::string const& path : paths) {
    if (path.empty()) continue;
    try {
      AtomicFile const probe{path};
    } catch (InputError const& error) {
      diagnostics.merge(error.diagnostics());
    }
  }
  throw_if_errors(diagnostics);
}

}  // namespace utvei
