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

/// Of the command that both jobs run, but for the action: options as they were given here.
std::string words_after_action(BatchArguments const& arguments) {
  std::vector<std::string> words{arguments.file};
  auto const add = [&](char const* option, std::string const& value) {
    if (!value.empty()) words.insert(words.end(), {option, value});
  };
  add("--out", arguments.out);
  add("--store", arguments.store);
  for (std::string const& set : arguments.overrides) add("--set", set);
  if (arguments.inside) words.emplace_back("--inside");
  return command_line_of(words);
}

std::string head_of_job(std::string const& name, std::string const& time, std::size_t cpus) {
  return fmt::format(
      "#!/bin/bash\n"
      "#SBATCH --job-name={}\n"
      "#SBATCH --ntasks=1\n"
      "#SBATCH --cpus-per-task={}\n"
      "#SBATCH --time={}\n",
      name, cpus, time);
}

std::string array_text(BatchArguments const& arguments, std::string const& name, std::size_t cpus) {
  return head_of_job(name, arguments.time, cpus) +
         fmt::format(
             "#SBATCH --array=1-{0}\n"
             "#SBATCH --output={1}-%A_%a.log\n"
             "#SBATCH --open-mode=append\n"
             "#SBATCH --requeue\n"
             "#SBATCH --signal=B:USR1@{2}\n"
             "# {2} seconds before the time limit SLURM sends SIGUSR1: units at hand are finished, and the job goes "
             "back into "
             "the\n"
             "# queue, where it goes on with what is left.\n"
             "\"${{UTVEI:-utvei}}\" batch run {3} --shard \"$SLURM_ARRAY_TASK_ID/{0}\" "
             "--threads \"${{SLURM_CPUS_PER_TASK:-{4}}}\" --progress lines &\n",
             arguments.jobs, name, seconds_before_limit, words_after_action(arguments), cpus) +
         R"(program=$!
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
  exec scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit "$code"
)";
}

std::string merge_text(BatchArguments const& arguments, std::string const& name, std::size_t cpus) {
  return head_of_job(name + "-merge", arguments.time, cpus) +
         fmt::format(
             "#SBATCH --output={}-merge-%j.log\n"
             "# Units that are missing are named, and the exit code is 5: `utvei batch resume` does them.\n"
             "exec \"${{UTVEI:-utvei}}\" batch merge {} --threads \"${{SLURM_CPUS_PER_TASK:-{}}}\" --progress lines\n",
             name, words_after_action(arguments), cpus);
}

std::string submit_text(std::string const& array, std::string const& merge) {
  return fmt::format(
      "#!/bin/sh\n"
      "# Submits the batch: from the folder where its files were written, with utvei in the PATH, or named by UTVEI.\n"
      "set -e\n"
      "array=$(sbatch --parsable {})\n"
      "merge=$(sbatch --parsable --dependency=\"afterany:${{array%%;*}}\" {})\n"
      "echo \"units: job ${{array%%;*}}, results: job ${{merge%%;*}}\"\n",
      command_line_of({array}), command_line_of({merge}));
}

}  // namespace

int write_batch_script(BatchArguments const& arguments, Session& session) {
  OpenBatch const batch{arguments, session};
  std::string const& name = batch.plan.file.name;
  std::size_t const cpus = session.threads == 0 ? cpus_unsaid : session.threads;
  std::error_code error;
  std::filesystem::create_directories(arguments.output, error);
  auto const path = [&](char const* end) { return (std::filesystem::path{arguments.output} / (name + end)).string(); };
  std::string const array = path(".array.sbatch");
  std::string const merge = path(".merge.sbatch");
  std::string const submit = path(".submit.sh");
  std::string const texts[] = {array_text(arguments, name, cpus), merge_text(arguments, name, cpus),
                               submit_text(array, merge)};
  check_outputs({array, merge, submit}, {batch.plan.file.path});
  write_texts({{array, texts[0]}, {merge, texts[1]}, {submit, texts[2]}}, session, mode_of_script);
  session.tell(fmt::format("{} shares of {} units: {}\n", arguments.jobs, batch.units.size(), submit));
  return exit_ok;
}

}  // namespace utvei
