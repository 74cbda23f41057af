// SPDX-License-Identifier: Apache-2.0
#include "exit_code.hpp"

namespace utvei {

int exit_code_of(Diagnostics const& diagnostics) {
  int code = exit_ok;
  for (Diagnostic const& diagnostic : diagnostics.all()) {
    if (diagnostic.severity != Severity::error) continue;
    if (diagnostic.fault == Fault::file) return exit_file;
    if (diagnostic.fault == Fault::data) code = exit_data;
    if (diagnostic.fault == Fault::usage && code == exit_ok) code = exit_usage;
  }
  return code;
}

}  // namespace utvei
