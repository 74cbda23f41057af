// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct BatchArguments {
  std::string action;              ///< plan | run | status | resume | merge | script
  std::vector<std::string> files;  ///< as they were given: the batch file, of script after the scheduler
  std::string file;                ///< the batch file
  std::string scheduler;           ///< of script: slurm, the first of `files`
  std::size_t jobs{0};             ///< of script: shares of the units
  std::size_t ranks{0};            ///< of script: ranks of one MPI job, in place of `jobs`
  std::size_t ranks_per_node{0};   ///< of script; 0: as SLURM places them
  std::string time;                ///< of script: the time limit of a job, as the scheduler takes it
  std::string output;              ///< of script: folder
  std::string out;                 ///< folder of the results; empty: what the file says, or runs
  std::string store;               ///< folder of finished units; empty: what the file says, or OUT/units
  std::string shard;               ///< I/N; empty: all units
  std::string progress;            ///< bar | lines | ndjson; empty: a bar on a terminal, else lines
  std::vector<std::string> overrides;
  bool inside{false};          ///< life courses made from a register may be written
  std::string format{"text"};  ///< text | json
};

/// Many scenarios, divided into units of work that are finished once.
int batch_command(BatchArguments const& given, Session& session);

}  // namespace utvei
