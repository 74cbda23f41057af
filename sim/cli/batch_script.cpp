// SPDX-License-Identifier: Apache-2.0
#include "batch_script.hpp"

#include "exit_code.hpp"
#include "open_batch.hpp"
#include "text_output.hpp"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Long enough for a thread to finish its unit.
constexpr int seconds_before_limit = 300;
constexpr std::size_t cpus_unsaid = 8;
constexpr unsigned mode_of_script = 0777;

/// What the comments at the head ask SLURM for.
struct JobHead {
  std::string name, time;
  std::size_t ranks{1}, ranks_of_node{0}, cpus{1};
};

std::string text_of(JobHead const& head) {
  std::string text = fmt::format("#!/bin/bash\n#SBATCH --job-name={}\n#SBATCH --ntasks={}\n", head.name, head.ranks);
  if (head.ranks_of_node > 0) text += fmt::format("#SBATCH --ntasks-per-node={}\n", head.ranks_of_node);
  return text + fmt::format("#SBATCH --cpus-per-task={}\n#SBATCH --time={}\n", head.cpus, head.time);
}

/// `log`: %A, %a and %j as sbatch knows them.
std::string goes_back_into_queue(std::string const& log) {
  return fmt::format(
      "#SBATCH --output={0}\n"
      "#SBATCH --open-mode=append\n"
      "#SBATCH --requeue\n"
      "#SBATCH --signal=B:USR1@{1}\n"
      "# {1} seconds before the time limit SLURM sends SIGUSR1: units at hand are finished, and the job goes back into "
      "the\n"
      "# queue, where it goes on with what is left.\n",
      log, seconds_before_limit);
}

/// After the program was started beside the script: signals go on to it, and its exit code says what comes next.
std::string wait_text(char const* job) {
  return fmt::format(R"(program=$!
requeue=no
trap 'requeue=yes; kill -USR1 "$program"' USR1
trap 'kill -TERM "$program"' TERM
# A signal ends `wait` before the program: 138 and 143 are the signals' own codes.
code=138
while [ "$code" = 138 ] || [ "$code" = 143 ]; do
  wait "$program"
  code=$?
done
if [ "$code" = 6 ] && [ "$requeue" = yes ]; then
  exec scontrol requeue "{}"
fi
exit "$code"
)",
                     job);
}

std::string array_text(BatchArguments const& arguments, std::string const& name, std::size_t cpus) {
  return text_of({name, arguments.time, 1, 0, cpus}) + fmt::format("#SBATCH --array=1-{}\n", arguments.jobs) +
         goes_back_into_queue(name + "-%A_%a.log") +
         fmt::format(
             "\"${{UTVEI:-utvei}}\" batch run {} --shard \"$SLURM_ARRAY_TASK_ID/{}\" "
             "--threads \"${{SLURM_CPUS_PER_TASK:-{}}}\" --progress lines &\n",
             words_after_action(arguments), arguments.jobs, cpus) +
         wait_text("${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID");
}

/// `makes_results`: else a job after it does. srun hands on the cores of a rank only when it is told so.
std::string ranks_text(BatchArguments const& arguments, std::string const& name, std::size_t cpus, bool makes_results) {
  return text_of({name, arguments.time, arguments.ranks, arguments.ranks_per_node, cpus}) +
         goes_back_into_queue(name + "-mpi-%j.log") +
         fmt::format(
             "# What starts the ranks: srun, where SLURM and Open MPI know PMIx; else UTVEI_LAUNCH='mpirun --bind-to "
             "none'.\n"
             "cpus=${{SLURM_CPUS_PER_TASK:-{0}}}\n"
             "${{UTVEI_LAUNCH:-srun --mpi=pmix --cpus-per-task=$cpus}} \"${{UTVEI_MPI:-utvei-mpi}}\" batch run {1}{2} "
             "--threads \"$cpus\" --progress lines &\n",
             cpus, words_after_action(arguments), makes_results ? "" : " --shard 1/1") +
         wait_text("$SLURM_JOB_ID");
}

std::string merge_text(BatchArguments const& arguments, std::string const& name, std::size_t cpus) {
  return text_of({name + "-merge", arguments.time, 1, 0, cpus}) +
         fmt::format(
             "#SBATCH --output={}-merge-%j.log\n"
             "# Units that are missing are named, and the exit code is 5: `utvei batch resume` does them.\n"
             "exec \"${{UTVEI:-utvei}}\" batch merge {} --threads \"${{SLURM_CPUS_PER_TASK:-{}}}\" --progress lines\n",
             name, words_after_action(arguments), cpus);
}

/// `merge`: empty where the first job makes the results.
std::string submit_text(std::string const& units, std::string const& merge) {
  std::string text = fmt::format(
      "#!/bin/sh\n"
      "# Submits the batch: from the folder where its files were written, with the program in the PATH, or named by "
      "UTVEI\n"
      "# (of ranks of MPI: UTVEI_MPI). Options of sbatch go on to it: --account=NAME --partition=NAME.\n"
      "set -e\n"
      "units=$(sbatch --parsable \"$@\" {})\n",
      command_line_of({units}));
  if (merge.empty()) return text + "echo \"units and results: job ${units%%;*}\"\n";
  return text + fmt::format(
                    "merge=$(sbatch --parsable \"$@\" --dependency=\"afterany:${{units%%;*}}\" {})\n"
                    "echo \"units: job ${{units%%;*}}, results: job ${{merge%%;*}}\"\n",
                    command_line_of({merge}));
}

/// Hours, minutes and seconds, as the option was checked to be.
long seconds_of(std::string const& time) {
  long seconds = 0, part = 0;
  for (char const c : time) {
    if (c >= '0' && c <= '9') {
      part = 10 * part + (c - '0');
      continue;
    }
    seconds = c == '-' ? 24 * part : 60 * (seconds + part);  // days come first
    part = 0;
  }
  return seconds + part;
}

void check_script(BatchArguments const& arguments, std::size_t bundles) {
  Diagnostics diagnostics;
  if (seconds_of(arguments.time) <= seconds_before_limit)
    diagnostics.add({Severity::error, Fault::usage, Place{}, fmt::format("--time {} is too short", arguments.time),
                     fmt::format("units at hand are finished in the last {} seconds", seconds_before_limit),
                     "give more: a job that does not come to its end goes back into the queue"});
  std::size_t const jobs = arguments.ranks > 0 ? arguments.ranks : static_cast<std::size_t>(arguments.jobs);
  if (jobs > bundles)
    diagnostics.add(
        {Severity::error, Fault::usage, Place{},
         fmt::format("{} {} is more than there is to divide", arguments.ranks > 0 ? "--ranks" : "--jobs", jobs),
         fmt::format("units that are simulated together are one share at least: there are {} of those", bundles),
         fmt::format("give {} or fewer", bundles)});
  throw_if_errors(diagnostics);
}

}  // namespace

int write_batch_script(BatchArguments const& arguments, Session& session) {
  OpenBatch const batch{arguments, session};
  check_script(arguments, batch.bundles.size());
  std::string const& name = batch.plan.file.name;
  std::size_t const cpus = session.threads == 0 ? cpus_unsaid : session.threads;
  bool const is_mpi = arguments.ranks > 0;
  // A result is made by one rank: with fewer results than ranks the others' cores would stand idle.
  bool const has_merge = !is_mpi || batch.plan.variants.size() < arguments.ranks;
  std::error_code error;
  std::filesystem::create_directories(arguments.output, error);
  auto const path = [&](char const* end) { return (std::filesystem::path{arguments.output} / (name + end)).string(); };
  std::string const units = path(is_mpi ? ".mpi.sbatch" : ".array.sbatch");
  std::string const merge = has_merge ? path(".merge.sbatch") : "";
  std::string const submit = path(is_mpi ? ".mpi.submit.sh" : ".submit.sh");
  std::string const texts[] = {
      is_mpi ? ranks_text(arguments, name, cpus, !has_merge) : array_text(arguments, name, cpus),
      merge_text(arguments, name, cpus), submit_text(units, merge)};
  std::vector<std::string> paths{units, submit};
  if (has_merge) paths.push_back(merge);
  check_outputs(paths, {batch.plan.file.path});
  write_texts({{units, texts[0]}, {submit, texts[2]}}, session, mode_of_script);
  if (has_merge) write_texts({{merge, texts[1]}}, session, mode_of_script);
  session.tell(
      is_mpi ? fmt::format("{} ranks of {} cores for {} units: {}\n", arguments.ranks, cpus, batch.units.size(), submit)
             : fmt::format("{} shares of {} units: {}\n", arguments.jobs, batch.units.size(), submit));
  return exit_ok;
}

}  // namespace utvei
