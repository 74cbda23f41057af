// SPDX-License-Identifier: Apache-2.0
#include "backtest.hpp"
#include "calibrate.hpp"
#include "check.hpp"
#include "declarations.hpp"
#include "estimate.hpp"
#include "new.hpp"
#include "option_kinds.hpp"
#include "populate.hpp"
#include "register.hpp"
#include "tables.hpp"
#include "templates.hpp"
#include "validate.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

void declare_new(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "new",
      {"Write a commented template to begin with, or the folder of a Norwegian municipality.",
       "A model and a scenario are right as they are, together. A study names the data files that the "
       "templates\npersons and spells show, a population tables such as margin. --municipality writes a scenario that "
       "runs "
       "from\npublic tables, and which to save.",
       "utvei new model -o model.yaml\nutvei new scenario -o scenario.yaml\nutvei check model.yaml scenario.yaml\n"
       "utvei new --municipality 4001 -o porsgrunn"},
      new_command);
  auto* const kind =
      command
          ->add_option("KIND", arguments->kind,
                       "model, scenario, study, population, income, money, batch, plan, persons, spells or margin")
          ->check(one_of(names_of_templates()))
          ->type_name("");
  auto* const force = command->add_flag("--force", arguments->force, "Replace the file if it is there");
  command
      ->add_option("--municipality", arguments->municipality,
                   "Write a folder for this municipality (code): model, scenario, population, mappings, README")
      ->excludes(kind)
      ->excludes(force)
      ->type_name("CODE");
  add_file(command, "-o,--output", arguments->output,
           "Write here instead of to standard output; with --municipality the folder (kommune_CODE)");
}

void declare_check(Commands& commands) {
  auto const [command, arguments] =
      commands.add("check",
                   {"Report all that is wrong with models, scenarios, studies, populations and mappings.",
                    "Each with its place, the reason and what to do. A scenario is checked with its model, its people "
                    "and the\nrates that they can meet; a study with its data. Questions of\na model that want traits "
                    "it lacks are listed.",
                    "utvei check scenarios/example/model.yaml scenarios/example/baseline.yaml",
                    {"--threads", "--lang"}},
                   check_command);
  command
      ->add_option("FILE", arguments->files,
                   "Models, scenarios, studies, populations, mappings; of a folder its YAML files")
      ->required()
      ->type_name("");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  add_format(command, arguments->format, {"text", "json"});
}

void declare_tables(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "tables",
      {"Show a public table as a mapping reads it.",
       "Tables are files saved from SSB's PxWeb (JSON-stat2, CSV) or sheets of NAV saved as CSV; a mapping says what "
       "their\ncolumns are. --draft writes a mapping to begin with.",
       "utvei tables scenarios/tables/07459.yaml\n"
       "utvei tables scenarios/tables/07459.json --draft"},
      tables_command);
  command->add_option("FILE", arguments->file, "Mapping; with --draft a table")->required()->type_name("");
  auto* const draft = command->add_flag("--draft", arguments->draft, "Write a mapping of a table that has none yet");
  add_repeatable(command, "--set", arguments->overrides, overrides_help)->excludes(draft);
  add_file(command, "-o,--output", arguments->output, "Write here instead of to standard output");
  add_format(command, arguments->format, {"text", "csv", "json"})->excludes(draft);
}

void declare_register(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "register",
      {"Make checked life courses of the data files of a study.",
       "Prints what to look at first: what became of the rows, person-years by year and state, people at the stock "
       "dates\nand what they do, and changes of state; of a register without counts below five, unless --inside. The "
       "register file is\nwhat a study names under `register:`, in place of its data files.",
       "utvei register scenarios/demo/study.yaml -o register.h5",
       {"--threads"}},
      register_command);
  command->add_option("STUDY", arguments->study, "Study file")->required()->type_name("");
  add_file(command, "-o,--output", arguments->output, "Register file to write");
  add_file(command, "--stock", arguments->stock, "Write the people at the study's stock dates, by state (CSV)");
  add_file(command, "--rejects", arguments->rejects, "Write the rows that cannot be used, with the reason (CSV)");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  command->add_flag("--inside", arguments->inside,
                    "Files stay inside the secure zone: write them as they are, readable by their owner alone");
  add_format(command, arguments->format, {"text", "json", "csv"});
}

void declare_estimate(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "estimate",
      {"Estimate transition rates from the spells, panel or counts that a study names.",
       "The rate file is what a model or a scenario names under `rates:`. A summary goes to standard output.",
       "utvei estimate scenarios/demo/study.yaml -o rates.h5 --intensities intensities.csv\n"
       "utvei estimate scenarios/demo/study.yaml -o rates.h5 --diagnose --expected expected.csv",
       {"--threads"}},
      estimate_command);
  command->add_option("STUDY", arguments->study, "Study file")->required()->type_name("");
  add_file(command, "-o,--output", arguments->output, "Rate file to write, for `rates:` in a model")->required();
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  add_file(command, "--exposure", arguments->exposure, "Write events and person-years by cell (CSV)");
  add_file(command, "--coefficients", arguments->coefficients, "Write coefficients and sds of the models (CSV)");
  add_file(command, "--regions", arguments->regions, "Write how each region stands out and what it borrows (CSV)");
  add_file(command, "--intensities", arguments->intensities, "Write rates with intervals (CSV)");
  add_file(command, "--limits", arguments->limits, "Write where people go who come to a limit, by region (CSV)");
  add_file(command, "--occupation", arguments->occupation, "Write non-parametric state occupation (CSV)");
  add_file(command, "--summary", arguments->summary, "Write how the fit went (JSON)");
  command->add_flag(
      "--diagnose", arguments->diagnose,
      "Say where the rates and the data part: expected events, and who is still there after 1, 2, 3 years");
  add_file(command, "--expected", arguments->expected, "Write observed and expected events by every term (CSV)");
  add_file(command, "--persistence", arguments->persistence,
           "Write how many are still in a state later, by data and model (CSV)");
  add_file(command, "--rejects", arguments->rejects, "Write the rows that cannot be used, with the reason (CSV)");
  command->add_flag("--inside", arguments->inside,
                    "Files stay inside the secure zone: write them as they are, readable by their owner alone");
  add_format(command, arguments->format, {"text", "json"});
}

void declare_backtest(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "backtest",
      {"Fit the early years of a study and predict the later ones.",
       "Who is seen at the split is followed by the fitted rates, and counted by region and state one year later, two "
       "years,\n… Scores stand beside those of three naive predictions: no change, one rate for all regions, each "
       "region's raw rates.",
       "utvei backtest scenarios/demo/study.yaml --split 2021-01-01 --scores scores.csv",
       {"--threads"}},
      backtest_command);
  command->add_option("STUDY", arguments->study, "Study file")->required()->type_name("");
  add_list(command, "--split", arguments->splits,
           "Where the early years end, in place of the study's; several: one test each")
      ->type_name("DATE,…");
  add_file(command, "-o,--output", arguments->output, "Write the scores here instead of to standard output");
  add_file(command, "--scores", arguments->scores, "Write every prediction with its scores (CSV)");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  command->add_flag("--inside", arguments->inside,
                    "Files stay inside the secure zone: write them as they are, readable by their owner alone");
  add_format(command, arguments->format, {"text", "csv", "json"});
}

void declare_populate(Commands& commands) {
  auto const [command, arguments] =
      commands.add("populate",
                   {"Make people from margins, from a register's cross-section, or from both.",
                    "The file of people is what a scenario names under `population:`. What is printed says how each "
                    "margin came out, "
                    "and\nwhat was settled where margins disagree.",
                    "utvei populate scenarios/demo/population.yaml -o population.h5 --check check.csv",
                    {"--threads"}},
                   populate_command);
  command->add_option("POPULATION", arguments->recipe, "Population file")->required()->type_name("");
  add_file(command, "-o,--output", arguments->output, "File of people to write, for `population:` in a scenario")
      ->required();
  add_file(command, "--check", arguments->check, "Write target and result of every part of every margin (CSV)");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  command->add_flag("--inside", arguments->inside,
                    "Files stay inside the secure zone: write them as they are, readable by their owner alone");
  add_format(command, arguments->format, {"text", "json"});
}

void declare_calibrate(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "calibrate",
      {"Find log-rate offsets with which a scenario meets published figures.",
       "The rate file holds the scenario's rates and the offsets with their covariance, and is what a scenario names "
       "under\n`rates:`. What is printed has each figure before and after, and why some were not met.",
       "utvei calibrate scenarios/example/calibration.yaml -o calibrated.h5 --report report.csv",
       {"--threads"}},
      calibrate_command);
  command->add_option("CALIBRATION", arguments->file, "Calibration file")->required()->type_name("");
  add_file(command, "-o,--output", arguments->output, "Rate file to write, for `rates:` in a scenario")->required();
  add_file(command, "--report", arguments->report, "Write figures and offsets (CSV)");
  command->add_flag("--inside", arguments->inside,
                    "Files stay inside the secure zone: write them as they are, readable by their owner alone");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  add_format(command, arguments->format, {"text", "json"});
}

void declare_validate(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "validate",
      {"Lay a scenario beside published figures.",
       "Those that it was calibrated to and those that were kept out; of each whether it lies in the model's 90 % "
       "interval.",
       "utvei validate scenarios/example/calibration.yaml",
       {"--threads", "--lang"}},
      validate_command);
  command->add_option("FILE", arguments->file, "Calibration file, or a folder with calibration.yaml")
      ->required()
      ->type_name("");
  command->add_option("--draws", arguments->draws, "Parameter draws for the intervals; default those of the scenario")
      ->check(CLI::Range(0, 100'000).description(""))
      ->type_name("N");
  add_file(command, "-o,--output", arguments->output, "Write here instead of to standard output");
  command->add_flag("--inside", arguments->inside, "What rates of a register make may be shown: it stays inside");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  add_format(command, arguments->format, {"text", "markdown", "csv", "json"});
}

}  // namespace

void declare_inputs(Commands& commands) {
  declare_new(commands);
  declare_check(commands);
  declare_tables(commands);
  declare_register(commands);
  declare_estimate(commands);
  declare_backtest(commands);
  declare_populate(commands);
  declare_calibrate(commands);
  declare_validate(commands);
}

}  // namespace utvei
