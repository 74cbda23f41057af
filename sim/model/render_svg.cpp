// SPDX-License-Identifier: Apache-2.0
#include <utvei/model/graph.hpp>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace utvei {
namespace {

struct Close {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
using File = std::unique_ptr<std::FILE, Close>;

[[noreturn]] void refuse(std::string problem, std::string why, std::string suggestion) {
  throw InputError(Fault::data, Place{}, std::move(problem), std::move(why), std::move(suggestion));
}

/// A file without a name, that is gone when it is closed.
File scratch_file() {
  File file{std::tmpfile()};
  if (!file)
    refuse("cannot write a temporary file", "`dot` is given the picture in one",
           "make room in the folder for temporary files");
  return file;
}

/// Runs graphviz from one file to another; what it says of errors goes where ours go.
int run_dot(int in, int out) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  std::string program{"dot"};
  std::string format{"-Tsvg"};
  std::array<char*, 3> arguments{program.data(), format.data(), nullptr};
  pid_t child = 0;
  int const failed = posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    refuse("graphviz is not installed: there is no program `dot`", "a picture in SVG is drawn by it",
           "install graphviz (apt install graphviz), or write the graph with --format dot");
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

std::string to_svg(std::string const& dot) {
  File const in = scratch_file();
  File const out = scratch_file();
  bool const written = std::fwrite(dot.data(), 1, dot.size(), in.get()) == dot.size() && std::fflush(in.get()) == 0;
  if (!written)
    refuse("cannot write a temporary file", "`dot` is given the picture in one",
           "make room in the folder for temporary files");
  std::rewind(in.get());
  int const status = run_dot(fileno(in.get()), fileno(out.get()));
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    refuse("graphviz could not draw the picture", "`dot -Tsvg` ended with an error",
           "write the graph with --format dot and see what `dot` says of it");
  }
  std::string svg;
  std::array<char, 65536> buffer{};
  std::rewind(out.get());
  while (std::size_t const count = std::fread(buffer.data(), 1, buffer.size(), out.get()))
    svg.append(buffer.data(), count);
  return svg;
}

}  // namespace utvei
