// SPDX-License-Identifier: Apache-2.0
#include "write_failure.hpp"

#include <utvei/document/digest.hpp>
#include <utvei/output/atomic_file.hpp>
#include <utvei/output/unit_store.hpp>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace utvei {
namespace {

constexpr std::size_t digits_of_hash = 64;
constexpr std::size_t digits_of_folder = 2;

std::string head_of(std::string const& id) {
  return fmt::format("utvei-unit 1 {}\n", id);
}

std::optional<std::string> whole_file_text(std::string const& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  std::ifstream in{path, std::ios::binary};
  if (!in) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  if (in.bad()) return std::nullopt;
  return text;
}

/// Whether the open file is still the one of that name: a claim that was given up is removed.
bool is_still_there(int descriptor, std::string const& path) {
  struct ::stat open_file {};
  struct ::stat named {};
  return ::fstat(descriptor, &open_file) == 0 && ::stat(path.c_str(), &named) == 0 &&
         open_file.st_ino == named.st_ino && open_file.st_dev == named.st_dev;
}

/// Whoever was killed while writing left a file that nobody will finish: `.NAME.PROCESS-NUMBER.part`.
void sweep(std::string const& unit) {
  std::filesystem::path const target{unit};
  std::string const start = "." + target.filename().string() + ".";
  std::error_code error;
  for (auto const& entry : std::filesystem::directory_iterator{target.parent_path(), error})
    if (entry.path().filename().string().starts_with(start)) std::filesystem::remove(entry.path(), error);
}

}  // namespace

UnitClaim::~UnitClaim() {
  if (descriptor_ < 0) return;
  ::unlink(path_.c_str());
  ::close(descriptor_);
}

std::string UnitStore::path(std::string const& id, std::string_view kind) const {
  auto const name = fmt::format("{}.{}", id, kind);
  return (std::filesystem::path{folder_} / id.substr(0, digits_of_folder) / name).string();
}

UnitStore::Found UnitStore::load(std::string const& id) const {
  auto text = whole_file_text(path(id, "unit"));
  if (!text) {
    std::error_code error;
    return {std::filesystem::exists(path(id, "unit"), error) ? State::damaged : State::missing};
  }
  std::string const head = head_of(id);
  if (text->size() < head.size() + digits_of_hash || !text->starts_with(head)) return {State::damaged};
  std::size_t const end = text->size() - digits_of_hash;
  std::string_view const all{*text};
  if (sha256(all.substr(0, end)) != all.substr(end)) return {State::damaged};
  text->resize(end);
  text->erase(0, head.size());
  return {State::whole, std::move(*text)};
}

void UnitStore::save(std::string const& id, std::string_view content, unsigned mode) const {
  std::string text = head_of(id);
  text += content;
  text += sha256(text);
  write_file_atomically(path(id, "unit"), text, mode);
  ::unlink(path(id, "failed").c_str());
}

void UnitStore::remove(std::string const& id) const {
  ::unlink(path(id, "unit").c_str());
}

void UnitStore::note_failure(std::string const& id, std::string const& why) const {
  try {
    write_file_atomically(path(id, "failed"), why + "\n");
  } catch (InputError const&) {
    // On a full disk there is mostly room for a name. Where there is none, the unit is left to do.
    int const descriptor = ::open(path(id, "failed").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor >= 0) ::close(descriptor);
  }
}

std::optional<std::string> UnitStore::failure(std::string const& id) const {
  auto text = whole_file_text(path(id, "failed"));
  if (text && text->empty()) *text = fmt::format("there was no room to write why: {} is on a full disk", folder_);
  if (text && text->ends_with('\n')) text->pop_back();
  return text;
}

std::optional<UnitClaim> UnitStore::claim(std::string const& id) const {
  std::string const file = path(id, "claim");
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path{file}.parent_path(), error);
  if (error) throw write_failure(file, error.value());
  while (true) {
    int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool const is_left_over = descriptor < 0 && errno == EEXIST;
    if (is_left_over) descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT) continue;  // given up a moment ago
    if (descriptor < 0) throw write_failure(file, errno);
    bool const is_locked = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    if (!is_locked && errno == EWOULDBLOCK) {
      ::close(descriptor);
      return std::nullopt;
    }
    if (!is_still_there(descriptor, file)) {
      ::close(descriptor);
      continue;
    }
    UnitClaim claim{file, descriptor};
    // Without locks whoever made the claim may be writing now.
    if (is_left_over && is_locked) sweep(path(id, "unit"));
    return claim;
  }
}

void UnitStore::tidy(std::string const& id) const {
  if (::access(path(id, "claim").c_str(), F_OK) != 0) return;
  try {
    static_cast<void>(claim(id));  // given up at once, which removes it
  } catch (InputError const&) {
    // A store that cannot be written is as good to read.
    return;
  }
}

bool UnitStore::is_claimed(std::string const& id) const {
  int const descriptor = ::open(path(id, "claim").c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  bool const is_free = ::flock(descriptor, LOCK_SH | LOCK_NB) == 0 || errno != EWOULDBLOCK;
  ::close(descriptor);
  return !is_free;
}

}  // namespace utvei
