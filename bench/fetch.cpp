// SPDX-License-Identifier: Apache-2.0
// How long a rank of MPI waits for the next unit: mpirun -np R fetch NUMBERS. All but the first rank ask as fast as
// they can; the first only answers. Prints microseconds of a request as the ranks see it, and numbers given out a
// second.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <mpi.h>
#include <mpi_crew.hpp>

int main(int argc, char** argv) {
  using Clock = std::chrono::steady_clock;
  constexpr double million = 1e6;
  int level = 0;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &level);
  if (argc != 2) MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
  std::size_t const numbers = std::strtoull(argv[1], nullptr, 10);
  {
    utvei::MpiCrew crew;
    crew.agree(0, "fetch");
    crew.begin(numbers);
    std::uint64_t own = 0;
    auto const begun = Clock::now();
    while (crew.rank() > 0 && crew.next()) ++own;
    double const seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    crew.end(0);
    auto const all = crew.sum({own, static_cast<std::uint64_t>(crew.rank() > 0 ? seconds * million : 0)});
    if (crew.rank() == 0 && all[0] != numbers) MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
    double const mean_seconds = static_cast<double>(all[1]) / million / static_cast<double>(crew.size() - 1);
    if (crew.rank() == 0)
      std::printf("fetch %zu %.1f %.0f\n", crew.size(), static_cast<double>(all[1]) / static_cast<double>(all[0]),
                  static_cast<double>(all[0]) / mean_seconds);
  }
  MPI_Finalize();
  return EXIT_SUCCESS;
}
