// SPDX-License-Identifier: Apache-2.0
// utvei-mpi: the command `batch` of utvei, by all ranks that mpirun or srun has started.
#include "mpi_crew.hpp"
#include "program.hpp"

#include <utvei/core/diagnostics.hpp>

#include <cstddef>
#include <string>
#include <vector>

#include <mpi.h>

namespace {

using namespace utvei;

/// Options of all commands may stand before the command.
bool is_for_one_process(std::vector<std::string> const& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "--threads" || words[i] == "--lang") {
      ++i;
    } else if (!words[i].starts_with("-")) {
      return words[i] != "batch";
    }
  }
  return false;
}

int run_with(MpiCrew& crew, Session& session) {
  int code = 0;
  if (is_for_one_process(session.words)) {
    session.console.message(
        "error: utvei-mpi runs `batch run`, `batch resume` and `batch merge`\n  help: for all else write `utvei`\n");
    code = 2;
  } else {
    code = run_program(session);
  }
  // One that fails alone would leave the others waiting for it.
  if (!crew.has_agreed()) return crew.agree(code, "");
  if (crew.is_at_work()) MPI_Abort(MPI_COMM_WORLD, code);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  SignalWatch signals;  // before MPI starts threads
  int level = MPI_THREAD_SINGLE;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &level);
  int code = 0;
  {
    Console console;
    MpiCrew crew;
    Session session{
        .console = console, .signals = signals, .words = std::vector<std::string>(argv, argv + argc), .crew = &crew};
    if (level < MPI_THREAD_SERIALIZED) {
      console.message(
          "error: this MPI knows no threads\n  help: take one built with threads, as Debian's Open MPI is\n");
      MPI_Abort(MPI_COMM_WORLD, 4);
    }
    code = run_with(crew, session);
  }
  MPI_Finalize();
  return code;
}
