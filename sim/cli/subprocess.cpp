// SPDX-License-Identifier: Apache-2.0
#include "subprocess.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <memory>
#include <system_error>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace utvei {
namespace {

/// An unnamed file: no pipe can fill up, whatever the other program reads and writes first.
class Scratch {
 public:
  explicit Scratch(std::string_view content = {}) : file_{std::tmpfile(), &std::fclose} {
    bool const written =
        file_ && std::fwrite(content.data(), 1, content.size(), file_.get()) == content.size() && rewound();
    if (!written) throw std::system_error{errno, std::generic_category(), "cannot write a temporary file"};
  }
  [[nodiscard]] int descriptor() const { return ::fileno(file_.get()); }
  [[nodiscard]] std::string content() const {
    std::string text;
    std::array<char, 4096> part{};
    if (!rewound()) return text;
    while (std::size_t const read = std::fread(part.data(), 1, part.size(), file_.get()))
      text.append(part.data(), read);
    return text;
  }

 private:
  [[nodiscard]] bool rewound() const { return std::fseek(file_.get(), 0, SEEK_SET) == 0; }
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

/// Signals as they are at the start of a process, and the three streams.
class SpawnSetting {
 public:
  SpawnSetting(Scratch const& in, Scratch const& out, Scratch const& err) {
    sigset_t none{};
    sigset_t restored{};
    sigemptyset(&none);
    sigemptyset(&restored);
    sigaddset(&restored, SIGPIPE);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &restored);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, in.descriptor(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, out.descriptor(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, err.descriptor(), STDERR_FILENO);
  }
  ~SpawnSetting() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnSetting(SpawnSetting const&) = delete;
  SpawnSetting& operator=(SpawnSetting const&) = delete;

  [[nodiscard]] posix_spawn_file_actions_t const* actions() const { return &actions_; }
  [[nodiscard]] posix_spawnattr_t const* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

std::optional<Reply> ask(std::vector<std::string> words, std::string_view input) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  Scratch const in{input};
  Scratch const out;
  Scratch const err;
  SpawnSetting const setting{in, out, err};
  pid_t child = 0;
  if (posix_spawnp(&child, arguments.front(), setting.actions(), setting.attributes(), arguments.data(), environ) != 0)
    return std::nullopt;
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return Reply{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), out.content(), err.content()};
}

}  // namespace utvei
