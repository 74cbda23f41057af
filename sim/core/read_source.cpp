// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/parallel.hpp>
#include <utvei/core/read_source.hpp>

#include <atomic>
#include <cerrno>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace utvei {
namespace {

/// An open file.
class OpenFile {
 public:
  explicit OpenFile(std::string const& path) : descriptor_{::open(path.c_str(), O_RDONLY | O_CLOEXEC)} {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(OpenFile const&) = delete;
  OpenFile& operator=(OpenFile const&) = delete;
  OpenFile(OpenFile&&) = delete;
  OpenFile& operator=(OpenFile&&) = delete;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  /// 0 where it has none, as a pipe.
  [[nodiscard]] std::size_t size() const {
    struct stat status {};
    bool const known = ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
    return known ? static_cast<std::size_t>(status.st_size) : 0;
  }
  /// Reads from an offset on until the room is full or the file ends; how much came.
  [[nodiscard]] std::size_t read_at(std::size_t offset, char* to, std::size_t room) const {
    std::size_t filled = 0;
    while (filled < room) {
      auto const came = ::pread(descriptor_, to + filled, room - filled, static_cast<off_t>(offset + filled));
      if (came < 0 && errno == EINTR) continue;
      if (came <= 0) break;
      filled += static_cast<std::size_t>(came);
    }
    return filled;
  }
  /// Reads to the end what has no size; nullopt if it cannot be read.
  [[nodiscard]] std::optional<std::string> read_rest() const {
    std::string text;
    std::string more(1U << 16U, '\0');
    for (;;) {
      auto const came = ::read(descriptor_, more.data(), more.size());
      if (came < 0 && errno == EINTR) continue;
      if (came < 0) return std::nullopt;
      if (came == 0) return text;
      text.append(more, 0, static_cast<std::size_t>(came));
    }
  }

 private:
  int descriptor_;
};

}  // namespace

std::optional<SourceText> read_source(std::string const& path, std::size_t threads) {
  constexpr std::size_t block_size = std::size_t{8} << 20U;
  OpenFile const file{path};
  if (!file.is_open()) return std::nullopt;
  auto const size = file.size();
  // Memory that is not cleared first: a register is half a gigabyte.
  std::shared_ptr<char[]> const characters{new char[size + 1]};
  std::atomic<std::size_t> filled{0};
  parallel_for_blocks(size, block_size, threads, nullptr, [&](Block const& block) {
    filled += file.read_at(block.first, characters.get() + block.first, block.last - block.first);
  });
  bool const is_whole = size > 0 && filled == size && file.read_at(size, characters.get() + size, 1) == 0;
  if (is_whole) return SourceText{path, characters, size};
  // A pipe, or a file that somebody is writing.
  auto rest = OpenFile{path}.read_rest();
  return rest ? std::optional{SourceText{path, std::move(*rest)}} : std::nullopt;
}

}  // namespace utvei
