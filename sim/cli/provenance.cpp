// SPDX-License-Identifier: Apache-2.0
#include "provenance.hpp"

#include "version.hpp"

#include <utvei/core/parallel.hpp>

namespace utvei {

void add_program(Provenance& provenance, Session const& session) {
  provenance.utvei_version = program_version();
  provenance.git_hash = git_hash();
  provenance.command_line = command_line_of(session.words);
  provenance.threads = thread_count(session.threads);
}

}  // namespace utvei
