// SPDX-License-Identifier: Apache-2.0
#include "batch.hpp"
#include "declarations.hpp"
#include "option_kinds.hpp"

namespace utvei {
namespace {

constexpr int most_jobs = 1'000'000;

}  // namespace

void declare_batch(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "batch",
      {"Many scenarios over night: run in units that are finished once, whatever stops them.",
       "A batch file names a scenario and what differs between those that are made of it. plan: how many scenarios and "
       "units,\nhow long, how much disk; run: simulate all and put the results together; status: what is done, left, "
       "failed and why;\nresume: go on with what is left or failed; merge: put finished units together. With --shard "
       "2/7 only the second of\nseven shares of the units, for jobs side by side; merge comes after them. script: "
       "the\nfiles with which SLURM does that.",
       "utvei batch plan scenarios/example/batch.yaml\n"
       "utvei batch run scenarios/example/batch.yaml --out runs\n"
       "utvei batch status scenarios/example/batch.yaml --out runs",
       {"--threads"}},
      batch_command);
  command->add_option("ACTION", arguments->action, "plan, run, status, resume, merge or script")
      ->required()
      ->check(one_of({"plan", "run", "status", "resume", "merge", "script"}))
      ->type_name("");
  command->add_option("BATCH", arguments->files, "Batch file; of script after what runs the jobs: slurm batch.yaml")
      ->required()
      ->expected(1, 2)
      ->type_name("");
  command->add_option("--out", arguments->out, "Folder of the result files; default what the file says, or runs")
      ->type_name("FOLDER");
  command
      ->add_option("--store", arguments->store,
                   "Folder of finished units, which batches may share; default what the file says, or OUT/units")
      ->type_name("FOLDER");
  command->add_option("--shard", arguments->shard, "Only share I of N of the units, for plan, run, status and resume")
      ->type_name("I/N");
  command
      ->add_option("--progress", arguments->progress,
                   "Of run, resume and merge: bar, lines, or ndjson on standard output; default a bar on a terminal, "
                   "else lines")
      ->check(one_of({"bar", "lines", "ndjson"}))
      ->type_name("");
  command->add_flag("--inside", arguments->inside,
                    "Life courses made from a register may be written: they stay inside, readable by you alone");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  command->add_option("--jobs", arguments->jobs, "Of script: how many jobs, each with a share of the units")
      ->check(CLI::Range(1, most_jobs).description(""))
      ->type_name("N");
  command
      ->add_option("--ranks", arguments->ranks, "Of script: one job of so many ranks of utvei-mpi, in place of --jobs")
      ->check(CLI::Range(1, most_jobs).description(""))
      ->type_name("N");
  command->add_option("--ranks-per-node", arguments->ranks_per_node, "Of script, with --ranks: how many a machine has")
      ->check(CLI::Range(1, most_jobs).description(""))
      ->type_name("N");
  command->add_option("--time", arguments->time, "Of script: time limit of a job, as the scheduler takes it")
      ->type_name("HH:MM:SS");
  add_file(command, "-o,--output", arguments->output, "Of script: folder of the files");
  add_format(command, arguments->format, {"text", "json"});
}

}  // namespace utvei
