// SPDX-License-Identifier: Apache-2.0
#include "write_failure.hpp"

#include <utvei/output/atomic_file.hpp>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace utvei {
namespace {

/// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_{value} {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  [[nodiscard]] int value() const { return value_; }
  [[nodiscard]] bool is_open() const { return value_ >= 0; }

 private:
  int value_;
};

/// Creates a new file `.NAME.PROCESS-NUMBER.part` beside `path`; the mode follows the umask.
std::string create_beside(std::string const& path, unsigned mode) {
  std::filesystem::path const target{path};
  std::error_code ignored;
  auto const there = std::filesystem::status(target, ignored);
  if (std::filesystem::is_directory(there)) throw write_failure(path, EISDIR);
  if (std::filesystem::exists(there) && !std::filesystem::is_regular_file(there))
    throw file_failure(path, "is a device or a pipe, not a file", "files are made beside it and renamed",
                       "name a file; standard output is what you get without -o");
  constexpr int attempts = 1000;
  for (int number = 0; number < attempts; ++number) {
    auto const name = fmt::format(".{}.{}-{}.part", target.filename().string(), ::getpid(), number);
    std::string candidate = (target.parent_path() / name).string();
    Descriptor const file{::open(candidate.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
    if (file.is_open()) return candidate;
    if (errno != EEXIST) throw write_failure(path, errno);
  }
  throw write_failure(path, EEXIST);
}

void flush_to_disk(std::string const& file, std::string const& shown) {
  Descriptor const open_file{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!open_file.is_open() || ::fsync(open_file.value()) != 0) throw write_failure(shown, errno);
}

/// So that the new name outlives a power cut; folders that cannot be synced are no reason to fail.
void flush_folder(std::string const& path) {
  auto folder = std::filesystem::path{path}.parent_path();
  if (folder.empty()) folder = ".";
  Descriptor const open_folder{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (open_folder.is_open()) static_cast<void>(::fsync(open_folder.value()));
}

}  // namespace

AtomicFile::AtomicFile(std::string path, unsigned mode)
    : path_{std::move(path)}, temporary_{create_beside(path_, mode)} {}

AtomicFile::~AtomicFile() {
  if (!committed_) ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view content) {
  Descriptor const out{::open(temporary_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)};
  if (!out.is_open()) throw write_failure(path_, errno);
  while (!content.empty()) {
    auto const written = ::write(out.value(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw write_failure(path_, errno);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

void AtomicFile::commit() {
  flush_to_disk(temporary_, path_);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) throw write_failure(path_, errno);
  committed_ = true;
  flush_folder(path_);
}

void write_file_atomically(std::string const& path, std::string_view content, unsigned mode) {
  AtomicFile file{path, mode};
  file.write(content);
  file.commit();
}

}  // namespace utvei
