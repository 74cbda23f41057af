// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Writes text to a file, atomically (a temporary name, then renamed), or to standard output if `path` is empty. A path
/// that cannot be written is a data error.
void write_text(std::string const& path, std::string_view text, Session& session, unsigned mode = 0666);

/// Writes several files that belong together: all are complete before the first gets its final name, and the last of
/// them gets its name last.
struct TextFile {
  std::string path;
  std::string_view text;
};
void write_texts(std::vector<TextFile> const& files, Session& session, unsigned mode);

/// Finds out before the work whether these files may be written (require_disclosure_cleared): all that may not are
/// diagnosed; empty paths are passed over.
void check_cleared(std::vector<std::string> const& outputs, std::string_view data_class, bool inside);

/// Finds out before the work whether these files can be written, and that none of them is a file that is read or stands
/// here twice; empty paths are passed over.
void check_outputs(std::vector<std::string> const& outputs, std::vector<std::string> const& inputs);

}  // namespace utvei
