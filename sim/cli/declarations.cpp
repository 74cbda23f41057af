// SPDX-License-Identifier: Apache-2.0
#include "declarations.hpp"

#include "backtest.hpp"
#include "check.hpp"
#include "compare.hpp"
#include "doctor.hpp"
#include "estimate.hpp"
#include "exit_code.hpp"
#include "export.hpp"
#include "graph.hpp"
#include "new.hpp"
#include "populate.hpp"
#include "register.hpp"
#include "run.hpp"
#include "version.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_threads = 4096;

/// Takes one value each time it is written, so that what follows is not swallowed.
CLI::Option* add_repeatable(CLI::App* command, std::string const& name, std::vector<std::string>& values,
                            std::string const& description) {
  return command->add_option(name, values, description)->allow_extra_args(false)->type_name("KEY=VALUE");
}

/// Values with commas between them.
CLI::Option* add_list(CLI::App* command, std::string const& name, std::vector<std::string>& values,
                      std::string const& description) {
  return command->add_option(name, values, description)->allow_extra_args(false)->delimiter(',');
}

CLI::Validator one_of(std::vector<std::string> const& known) {
  auto const complaint = [known](std::string const& word) -> std::string {
    if (std::ranges::find(known, word) != known.end()) return {};
    auto const near = nearest(word, known);
    return fmt::format("`{}` is none of {}{}", word, fmt::join(known, ", "),
                       near.empty() ? "" : fmt::format(" (did you mean `{}`?)", near));
  };
  return {complaint, ""};
}

CLI::Option* add_format(CLI::App* command, std::string& format, std::vector<std::string> const& known) {
  return command->add_option("--format", format, fmt::format("{}; default {}", fmt::join(known, ", "), format))
      ->check(one_of(known))
      ->type_name("");
}

CLI::Option* add_file(CLI::App* command, std::string const& name, std::string& path, std::string const& description) {
  return command->add_option(name, path, description)->type_name("FILE");
}

constexpr auto overrides_help = "Change or create a key of the files, as in --set years=10; may be given again";

void declare_new(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "new",
      {"Write a commented template to begin with.",
       "A model and a scenario are right as they are, together. A study names the data files that the "
       "templates\npersons and spells show, a population tables such as margin.",
       "utvei new model -o model.yaml\nutvei new scenario -o scenario.yaml\nutvei check model.yaml scenario.yaml"},
      new_command);
  command->add_option("KIND", arguments->kind, "model, scenario, study, population, persons, spells or margin")
      ->required()
      ->check(one_of(names_of_templates()))
      ->type_name("");
  add_file(command, "-o,--output", arguments->output, "Write here instead of to standard output");
  command->add_flag("--force", arguments->force, "Replace the file if it is there");
}

void declare_check(Commands& commands) {
  auto const [command, arguments] =
      commands.add("check",
                   {"Report all that is wrong with models, scenarios, studies and populations.",
                    "Each with its place, the reason and what to do. A scenario is checked with its model, its people "
                    "and the\nrates that they can meet; a study with its data.",
                    "utvei check scenarios/example/model.yaml scenarios/example/baseline.yaml",
                    {"--threads"}},
                   check_command);
  command->add_option("FILE", arguments->files, "Models, scenarios, studies, populations")->required()->type_name("");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  add_format(command, arguments->format, {"text", "json"});
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

void declare_run(Commands& commands) {
  auto const [command, arguments] =
      commands.add("run",
                   {"Run scenarios on the same people with the same luck.",
                    "Each gives one result file, NAME.h5, that opens as netCDF-4; an old one is replaced when the new "
                    "one is\ncomplete.",
                    "utvei run scenarios/example/baseline.yaml scenarios/example/what_if.yaml --out runs",
                    {"--threads"}},
                   run_command);
  command->add_option("SCENARIO", arguments->files, "Scenario files")->required()->type_name("");
  command->add_option("--out", arguments->out, "Folder of the result files; default runs")->type_name("FOLDER");
  command->add_flag("--inside", arguments->inside,
                    "Life courses made from a register may be written: they stay inside, readable by you alone");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  add_format(command, arguments->format, {"text", "json"});
}

void declare_compare(Commands& commands) {
  auto const [command, arguments] =
      commands.add("compare",
                   {"Compare results with a baseline.",
                    "Paired differences with their Monte Carlo error, from the result files alone.",
                    "utvei run scenarios/example/baseline.yaml scenarios/example/what_if.yaml --out runs --quiet\n"
                    "utvei compare runs/baseline.h5 runs/what_if.h5",
                    {"--lang"}},
                   compare_command);
  add_file(command, "BASELINE", arguments->baseline, "Result to compare with")->required()->type_name("");
  command->add_option("RESULT", arguments->others, "Results to compare")->required()->type_name("");
  add_list(command, "--of", arguments->quantities, "Which tables: person_years, stock, …; default all")
      ->type_name("TABLE,…");
  add_list(command, "--by", arguments->by, "Further dimensions to keep: age_group, a trait")->type_name("DIMENSION,…");
  add_list(command, "--better", arguments->better,
           "Whether more or less of a state, group or transition is better (probability_better of csv and json); "
           "default: outside less, work and education more")
      ->type_name("NAME=more|less,…");
  command->add_flag("--inside", arguments->inside,
                    "What is printed stays inside the secure zone: show numbers below five of class register, too");
  add_format(command, arguments->format, {"text", "csv", "json"});
}

void declare_graph(Commands& commands) {
  auto const [command, arguments] =
      commands.add("graph",
                   {"Draw or describe the pathway graph of a model.",
                    "As dot or svg (through graphviz) a picture; as JSON what is absorbing, which states every way "
                    "into a state\npasses, and the most likely pathways between two states.",
                    "utvei graph scenarios/example/model.yaml --format dot -o model.dot\n"
                    "utvei graph scenarios/example/model.yaml --format json --from school --to retired "
                    "--at \"age=30,sex=male,region=4203,time_in_state=1 days\"",
                    {"--lang"}},
                   graph_command);
  command->add_option("FILE", arguments->file, "Model or scenario")->required()->type_name("");
  add_format(command, arguments->format, {"dot", "svg", "json"});
  add_file(command, "-o,--output", arguments->output, "Write here instead of to standard output");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  auto* const from = command->add_option("--from", arguments->from, "State where pathways begin (json)");
  auto* const to = command->add_option("--to", arguments->to, "State where pathways end (json)");
  from->needs(to)->type_name("STATE");
  to->needs(from)->type_name("STATE");
  command->add_option("--paths", arguments->paths, "How many pathways; default 10")
      ->check(CLI::Range(1, 10'000).description(""))
      ->needs(from)
      ->type_name("K");
  command
      ->add_option(
          "--at", arguments->at,
          "For whom and when, where rates vary: \"age=25,region=42,year=2025,time_in_state=30 days,TRAIT=LEVEL\"")
      ->type_name("WHERE");
}

void declare_export(Commands& commands) {
  auto const [command, arguments] =
      commands.add("export",
                   {"Write a result as tidy CSV or as a register, or rates as a table.",
                    "Of a result one table, all tables, or the life courses. Of a rate file the table that a model may "
                    "name under\n`rates:` of a transition. A register is what `estimate` reads: simulate, estimate, "
                    "and compare with what\nwas put in.",
                    "utvei run scenarios/example/baseline.yaml --set life_courses=all --out runs --quiet\n"
                    "utvei export runs/baseline.h5 --table person_years -o person_years.csv\n"
                    "utvei export runs/baseline.h5 --as register -o simulated\n"
                    "utvei estimate simulated/study.yaml -o simulated_rates.h5"},
                   export_command);
  command->add_option("FILE", arguments->file, "Result or rate file")->required()->type_name("");
  add_file(command, "-o,--output", arguments->output,
           "NAME.csv: one file; else a folder with a file a table; default standard output");
  auto* const table = command->add_option("--table", arguments->table, "Only this table")->type_name("NAME");
  auto* const lives = command->add_flag("--life-courses", arguments->life_courses, "The life courses")->excludes(table);
  command->add_option("--limit", arguments->limit, "Of a rate file the shares at this limit, for `to:` of a model")
      ->type_name("STATE[:N]")
      ->excludes(table)
      ->excludes(lives);
  command
      ->add_option("--as", arguments->as,
                   "register: the life courses as a register with its study, in the folder of -o")
      ->check(one_of({"register"}))
      ->excludes(table)
      ->excludes(lives)
      ->type_name("");
  command->add_flag("--inside", arguments->inside,
                    "What is made from a register may be written as it is: it stays inside, readable by you alone");
  add_format(command, arguments->format, {"csv"});
}

void declare_doctor(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "doctor", {"Say what this machine has and lacks, and how to get it.", "", "utvei doctor"}, doctor_command);
  command->add_option("--out", arguments->out, "Folder of results to look at; default runs")->type_name("FOLDER");
  add_format(command, arguments->format, {"text", "json"});
}

/// `utvei help COMMAND`.
void declare_help(Commands& commands) {
  CLI::App* const command = commands.app.add_subcommand("help", "Explain a command, with an example that runs.");
  command->footer(Commands::footer({"", "", "utvei help run"}));
  auto const name = std::make_shared<std::string>();
  command->add_option("COMMAND", *name, "The command to explain")->type_name("");
  command->callback([&commands, name] {
    std::vector<CLI::App*> const all = commands.app.get_subcommands([](CLI::App const*) { return true; });
    auto const found = std::ranges::find(all, *name, [](CLI::App const* each) { return each->get_name(); });
    if (!name->empty() && found == all.end()) {
      std::vector<std::string> known;
      for (CLI::App const* each : all) known.push_back(each->get_name());
      throw InputError{Fault::usage, Place{}, fmt::format("unknown command `{}`", *name), "",
                       did_you_mean(*name, known)};
    }
    commands.chosen = [&session = commands.session, text = explanation(name->empty() ? commands.app : **found)] {
      session.console.data(text);
      return exit_ok;
    };
  });
}

std::string users_of(std::string const& option, Commands const& commands) {
  std::vector<std::string> users;
  for (auto const& [command, shared] : commands.shared)
    if (std::ranges::find(shared, option) != shared.end()) users.push_back(command);
  return fmt::format("{}", fmt::join(users, ", "));
}

/// After the commands, which say what they have a use for.
void declare_shared_options(Commands& commands) {
  CLI::App& app = commands.app;
  app.set_help_flag("-h,--help", "Explain and leave");
  app.set_version_flag("--version", version_text(), "Version, git hash, compiler and libraries");
  app.add_flag("--quiet", commands.session.quiet, "No progress and no messages but warnings and errors");
  app.add_option("--threads", commands.session.threads,
                 fmt::format("Threads of {}; default all cores", users_of("--threads", commands)))
      ->check(CLI::Range(std::size_t{1}, most_threads).description(""))
      ->type_name("N");
  app.add_option("--lang", commands.session.language,
                 fmt::format("Language of {}: nb, nn, en; default nb", users_of("--lang", commands)))
      ->check(one_of({"nb", "nn", "en"}))
      ->type_name("");
}

}  // namespace

std::string Commands::footer(HelpText const& help) {
  std::string text = help.explanation.empty() ? "" : help.explanation + "\n\n";
  text += fmt::format("Also: --quiet{}{} (see `utvei help`).\n\nExample:",
                      std::ranges::count(help.shared, "--threads") > 0 ? ", --threads N" : "",
                      std::ranges::count(help.shared, "--lang") > 0 ? ", --lang nb|nn|en" : "");
  for (std::size_t at = 0; at < help.example.size();) {
    std::size_t const end = std::min(help.example.find('\n', at), help.example.size());
    text += "\n  " + help.example.substr(at, end - at);
    at = end + 1;
  }
  return text;
}

std::string overview(CLI::App const& app) {
  // App::help() would explain the command that was parsed.
  return app.get_formatter()->make_help(&app, app.get_name(), CLI::AppFormatMode::Normal);
}

std::string explanation(CLI::App const& command) {
  return command.get_parent() == nullptr ? overview(command) : command.help(command.get_parent()->get_name());
}

void declare(Commands& commands) {
  CLI::App& app = commands.app;
  app.name("utvei");
  app.description("How people move between school, work and exclusion, region by region, and what a measure changes.");
  app.footer(
      "Data go to standard output, messages to standard error.\n"
      "Exit codes: 0 ok; 1 a bug of ours; 2 wrong usage; 3 a model, scenario or study file is wrong;\n"
      "4 data are missing or unreadable; 6 stopped by SIGTERM or SIGUSR1; 130 interrupted.\n\n"
      "Example:\n  utvei help run");
  app.fallthrough();
  app.require_subcommand(0, 1);
  app.get_formatter()->column_width(28);
  declare_new(commands);
  declare_check(commands);
  declare_register(commands);
  declare_estimate(commands);
  declare_backtest(commands);
  declare_populate(commands);
  declare_run(commands);
  declare_compare(commands);
  declare_graph(commands);
  declare_export(commands);
  declare_doctor(commands);
  declare_help(commands);
  declare_shared_options(commands);
}

}  // namespace utvei
