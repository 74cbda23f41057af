// SPDX-License-Identifier: Apache-2.0
// Runs the built program as its users do: #include "support/program.hpp".
// Its path is the compile definition UTVEI_PROGRAM ($<TARGET_FILE:utvei>), or the environment variable of that name.
#pragma once

#include "support/files.hpp"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace utvei::support {

inline std::string program_path() {
  if (auto const* const path = std::getenv("UTVEI_PROGRAM"); path != nullptr) return path;
#ifdef UTVEI_PROGRAM
  return UTVEI_PROGRAM;
#else
  throw std::runtime_error{"UTVEI_PROGRAM names no program"};
#endif
}

struct Outcome {
  int exit_code{0};  ///< 128 + signal for a program that a signal ended
  std::string out;
  std::string err;
};

/// The program at work; waits for its end at the latest when the scope ends.
class RunningProgram {
 public:
  /// Starts `program arguments...` in `folder` (this process's own if empty).
  explicit RunningProgram(std::vector<std::string> arguments, std::filesystem::path const& folder = {},
                          std::string const& program = program_path()) {
    // Made here, so that they exist even if a signal ends the child at once.
    auto const out = captured_.write("out", "");
    auto const err = captured_.write("err", "");
    auto const where = folder.empty() ? std::filesystem::current_path().string() : folder.string();
    arguments.insert(arguments.begin(), program);
    std::vector<char*> words;
    for (auto& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    child_ = fork();
    if (child_ < 0) throw std::runtime_error{"cannot start " + program};
    if (child_ > 0) return;
    auto const ready = chdir(where.c_str()) == 0 && dup2(open("/dev/null", O_RDONLY), STDIN_FILENO) >= 0 &&
                       dup2(open(out.c_str(), O_WRONLY), STDOUT_FILENO) >= 0 &&
                       dup2(open(err.c_str(), O_WRONLY), STDERR_FILENO) >= 0;
    if (ready) execv(words.front(), words.data());
    _exit(127);
  }
  ~RunningProgram() {
    if (child_ <= 0) return;
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  RunningProgram(RunningProgram const&) = delete;
  RunningProgram& operator=(RunningProgram const&) = delete;
  RunningProgram(RunningProgram&&) = delete;
  RunningProgram& operator=(RunningProgram&&) = delete;

  /// Sends a signal once the program answers signals itself: it blocks them first of all, and waits for them in a
  /// thread. On a busy machine that can take long, and one that came sooner would end it without a word.
  void signal(int number) const {
    for (int i = 0; i < 6'000 && !blocks(number); ++i) std::this_thread::sleep_for(std::chrono::milliseconds{10});
    kill(child_, number);
  }

  Outcome wait() {
    int status = 0;
    waitpid(std::exchange(child_, 0), &status, 0);
    auto const code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, read_file(captured_ / "out"), read_file(captured_ / "err")};
  }

 private:
  /// As /proc/PID/status has it: "SigBlk:" and a mask in hexadecimal digits.
  [[nodiscard]] bool blocks(int number) const {
    std::ifstream status{"/proc/" + std::to_string(child_) + "/status"};
    for (std::string word; status >> word;) {
      if (word != "SigBlk:") continue;
      std::uint64_t mask = 0;
      status >> std::hex >> mask;
      return (mask >> static_cast<unsigned>(number - 1) & 1U) != 0;
    }
    return false;
  }

  TempFolder captured_;
  pid_t child_{0};
};

/// utvei `arguments`, in `folder`, to its end.
inline Outcome run_program(std::vector<std::string> arguments, std::filesystem::path const& folder = {}) {
  return RunningProgram{std::move(arguments), folder}.wait();
}

}  // namespace utvei::support
