// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace utvei {

/// A file that appears under its final name only when it is complete: written beside it under a hidden name, flushed to
/// disk and renamed. Unless it is committed, the destructor removes what was written. Failures (missing folder, no
/// permission, full disk) are InputError (data).
class AtomicFile {
 public:
  /// `mode`: permissions, narrowed by the umask; 0600 for what was made from a register.
  explicit AtomicFile(std::string path, unsigned mode = 0666);
  ~AtomicFile();
  AtomicFile(AtomicFile const&) = delete;
  AtomicFile& operator=(AtomicFile const&) = delete;
  AtomicFile(AtomicFile&&) = delete;
  AtomicFile& operator=(AtomicFile&&) = delete;

  /// Where to write; exists and is empty.
  [[nodiscard]] std::string const& temporary_path() const { return temporary_; }
  /// Adds to what is there.
  void write(std::string_view content);
  /// Flushes what is there and gives it its final name.
  void commit();

 private:
  std::string path_;
  std::string temporary_;
  bool committed_{false};
};

/// Replaces the file as a whole or not at all.
void write_file_atomically(std::string const& path, std::string_view content, unsigned mode = 0666);

}  // namespace utvei
