// SPDX-License-Identifier: Apache-2.0
#include "provenance.hpp"

#include "version.hpp"

#include <utvei/core/parallel.hpp>
#include <utvei/document/digest.hpp>

#include <algorithm>

namespace utvei {

std::vector<InputFile> hashed(std::vector<std::string> const& paths) {
  std::vector<InputFile> files;
  for (std::string const& path : paths) {
    bool const known = std::ranges::any_of(files, [&](InputFile const& file) { return file.path == path; });
    if (!known) files.push_back({path, sha256_of_file(path)});
  }
  return files;
}

void add_program(Provenance& provenance, Session const& session) {
  provenance.utvei_version = program_version();
  provenance.git_hash = git_hash();
  provenance.command_line = command_line_of(session.words);
  provenance.threads = thread_count(session.threads);
}

}  // namespace utvei
