// SPDX-License-Identifier: Apache-2.0
// utvei-mpi: the command `batch` of utvei, by all ranks that mpirun or srun has started.
#include "mpi_crew.hpp"
#include "program.hpp"

#include <utvei/core/diagnostics.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <mpi.h>

namespace {

using namespace utvei;

bool is_for_one_process(std::vector<std::string> const& words) {
  auto const is_command = [](std::string const& word) { return !word.starts_with("-"); };
  auto const command = std::find_if(words.begin() + 1, words.end(), is_command);
  return command != words.end() && *command != "batch";
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
