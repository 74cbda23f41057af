// SPDX-License-Identifier: Apache-2.0
#include "compare.hpp"
#include "declarations.hpp"
#include "export.hpp"
#include "follow.hpp"
#include "graph.hpp"
#include "lifeline.hpp"
#include "optimise.hpp"
#include "option_kinds.hpp"
#include "power.hpp"
#include "report.hpp"
#include "run.hpp"
#include "studio.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

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
  add_repeatable(
      command, "--rank", arguments->rank,
      "Rank the baseline and the results by an outcome, with the chances of each rank: person_years,state=work "
      "or stock,state=outside,year=2030,region=42*; may be given again")
      ->type_name("OUTCOME");
  add_repeatable(command, "--difference-of", arguments->contrasts,
                 "The effect in one part less that in another, with its error: region=42,03 or sex=female,male; labels "
                 "with a plus between them are added up; may be given again")
      ->type_name("DIMENSION=A,B");
  command->add_flag("--intervals", arguments->intervals,
                    "Columns of csv for 50 and 80 % intervals and the parts of uncertainty (text and json have them)");
  auto* const explain = command->add_option(
      "--explain", arguments->explain,
      "What the effect on time in a state, or a group of states, is made of, in place of what differs");
  explain->type_name("STATE|GROUP");
  auto* const value =
      command->add_flag("--value-of-information", arguments->value_of_information,
                        "In place of the differences: what it would be worth to know the uncertain inputs better");
  auto* const tornado = command->add_flag("--tornado", arguments->tornado,
                                          "In place of the differences: what each uncertain input does to them");
  command
      ->add_option("--outcome", arguments->outcome,
                   "Of these two; default what society gains where money is counted, else time in work")
      ->type_name("TABLE,state=NAME");
  for (char const* differences : {"--of", "--by", "--rank", "--difference-of", "--intervals"})
    for (auto* const instead : {value, tornado, explain}) instead->excludes(command->get_option(differences));
  for (auto* const other : {value, tornado}) explain->excludes(other);
  command->add_flag("--inside", arguments->inside,
                    "What is printed stays inside the secure zone: show numbers below five of class register, too");
  add_format(command, arguments->format, {"text", "csv", "json"});
}

void declare_report(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "report",
      {"Write one page for planners that says what results say.",
       "Sentences, figures with their tables, what is assumed and how to make it again, in bokmål, nynorsk "
       "and English.\nIt opens without a network. Of a batch file it shows the scenarios along their axes.",
       "utvei run scenarios/example/baseline.yaml scenarios/example/what_if.yaml --out runs --quiet\n"
       "utvei report runs/baseline.h5 runs/what_if.h5 -o report.html",
       {"--lang"}},
      report_command);
  command->add_option("RESULT", arguments->results, "Results, the first is the baseline; or one batch file")
      ->required()
      ->expected(1, 1'000)
      ->type_name("");
  add_file(command, "-o,--output", arguments->output, "Write here instead of to standard output");
  command->add_option("--baseline", arguments->baseline, "Scenario that the others are compared with")
      ->type_name("NAME");
  add_repeatable(command, "--with", arguments->with,
                 "What validate, regions, regions --expected or lifeline wrote with --format json; may be given again")
      ->type_name("FILE");
  auto* const map = command->add_option("--geo", arguments->map, "Map of the regions (GeoJSON)");
  map->type_name("FILE");
  auto* const key =
      command->add_option("--geo-key", arguments->map_key, "Property of its places that holds the code of the region");
  key->type_name("NAME");
  map->needs(key);
  key->needs(map);
  command->add_flag("--inside", arguments->inside,
                    "The page stays inside the secure zone, readable by you alone: show all numbers of class register");
  command->add_option("--out", arguments->out, "Of a batch: folder of its results; default what the file says, or runs")
      ->type_name("FOLDER");
  add_repeatable(command, "--outcome", arguments->outcomes,
                 "Of a batch: what its scenarios are compared by, as person_years,state=work; may be given again")
      ->type_name("OUTCOME");
  add_format(command, arguments->format, {"html", "json", "csv"});
}

void declare_studio(Commands& commands) {
  auto const [command, arguments] =
      commands.add("studio",
                   {"Try scenarios in the browser: move what they assume, run, and see it beside the others.",
                    "Serves the page of a report on this machine alone and prints its address. What is run is kept "
                    "until the program\n"
                    "ends (Ctrl-C); the page saves it as a scenario file for `utvei run`.",
                    "utvei studio scenarios/example --scenario measures.yaml",
                    {"--threads", "--lang"}},
                   studio_command);
  command->add_option("FOLDER", arguments->folder, "Folder with scenario files")->required()->type_name("");
  command->add_option("--baseline", arguments->baseline, "File to compare with; default baseline.yaml")
      ->type_name("NAME.yaml");
  command->add_option("--scenario", arguments->scenario, "File to begin with; default the first with something to move")
      ->type_name("NAME.yaml");
  command->add_option("--port", arguments->port, "Port of the page; default any that is free")
      ->check(CLI::Range(0, 65'535).description(""))
      ->type_name("N");
  command
      ->add_option("--draws", arguments->draws,
                   "Parameter draws, at most those of the files; default as many as answer within seconds")
      ->check(CLI::Range(0, 1'048'575).description(""))
      ->type_name("N");
}

void declare_lifeline(Commands& commands) {
  auto const [command, arguments] =
      commands.add("lifeline",
                   {"One person's life under three ways of working, with the same luck.",
                    "A scenario of one person with needs: what happens when, if needs are found one after another, by "
                    "referral, or\ntogether; and the mean of as many lives as it has `replicates`.",
                    "utvei lifeline scenarios/example/anne.yaml",
                    {"--threads", "--lang"}},
                   lifeline_command);
  command->add_option("SCENARIO", arguments->file, "Scenario of one person")->required()->type_name("");
  command->add_flag("--inside", arguments->inside, "A life at rates of a register may be shown: it stays inside");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  add_format(command, arguments->format, {"text", "json"});
}

void declare_power(Commands& commands) {
  auto const [command, arguments] =
      commands.add("power",
                   {"What a planned study of a measure would find.",
                    "Simulates studies on a scenario's people: power, the least effect that is found, wrong signs, "
                    "exaggeration, and how\nmany people it takes.",
                    "utvei power scenarios/example/follow_up_study.yaml",
                    {"--threads", "--lang"}},
                   power_command);
  command->add_option("DESIGN", arguments->file, "Design of the study")->required()->type_name("");
  command->add_flag("--inside", arguments->inside, "Shares at rates of a register may be shown: they stay inside");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  add_format(command, arguments->format, {"text", "json"});
}

void declare_optimise(Commands& commands) {
  auto const [command, arguments] =
      commands.add("optimise",
                   {"The best mix of measures under a budget, or how many places it takes.",
                    "Which places, by measure and region, give most of an outcome for the money, what of that is "
                    "certain, and what one\nplace more would give. With --dimension the smallest number of places and "
                    "staff in each area so that few wait long.",
                    "utvei optimise scenarios/example/best_mix.yaml -o best_mix_scenario.yaml\n"
                    "utvei optimise scenarios/example/best_mix.yaml --dimension",
                    {"--threads", "--lang"}},
                   optimise_command);
  command->add_option("MIX", arguments->file, "What the mix decides, and what for")->required()->type_name("");
  command->add_flag("--dimension", arguments->dimension,
                    "How many places and staff the `standard` of waiting takes, in place of the best mix");
  add_file(command, "-o,--output", arguments->output, "Write the best mix here, as a scenario");
  command->add_flag("--inside", arguments->inside, "What rates of a register make may be shown: it stays inside");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  add_format(command, arguments->format, {"text", "json"});
}

void declare_follow(Commands& commands) {
  auto const [command, arguments] = commands.add(
      "follow",
      {"A chosen scenario as a plan, and what became of it.",
       "What each indicator is expected to show year by year, with bands, who is responsible, and where "
       "the figures of\na year lie: inside, below or above, and which step slipped. A page for each actor.",
       "utvei follow scenarios/demo/plan.yaml --actual scenarios/demo/plan_2027.csv -o plan_pages",
       {"--threads", "--lang"}},
      follow_command);
  command->add_option("PLAN", arguments->file, "The plan")->required()->type_name("");
  add_repeatable(command, "--actual", arguments->actual, "Figures that were counted, as CSV; may be given again")
      ->type_name("FILE");
  add_file(command, "-o,--output", arguments->output, "Folder of the pages; a file with --format json or csv");
  command->add_flag("--inside", arguments->inside, "What is made from a register may be shown: it stays inside");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  add_format(command, arguments->format, {"html", "json", "csv"});
}

void declare_levers(CLI::App* command, GraphArguments& arguments) {
  auto* const levers = command->add_flag("--levers", arguments.levers,
                                         "How far one per cent more of each transition moves an outcome (scenario)");
  add_list(command, "--outcome", arguments.outcomes, "Of levers: states, groups or definitions; default outside")
      ->type_name("NAME,…");
  add_list(command, "--by", arguments.by, "Levers by region, by a level of regions, by age_group")->type_name("WHAT,…");
  command->add_option("--most", arguments.most, "Rows of each ranking in the text; default 10")
      ->check(CLI::Range(1, 10'000).description(""))
      ->needs(levers)
      ->type_name("N");
  command->add_flag("--flows", arguments.flows, "How many go each way in a year (scenario)");
  add_repeatable(command, "--without", arguments.without,
                 "What becomes of people if nobody goes this way (scenario); may be given again")
      ->type_name("\"A -> B\"");
  command->add_flag("--inside", arguments.inside,
                    "Numbers of people at rates of a register may be shown: they stay inside");
}

void declare_graph(Commands& commands) {
  auto const [command, arguments] =
      commands.add("graph",
                   {"Draw or describe the pathway graph of a model.",
                    "As dot or svg (through graphviz) a picture; as JSON what is absorbing, which states every way "
                    "into a state\npasses, the most likely pathways between two states, and the loops. Of a scenario "
                    "also its levers, where one\nper cent more of a transition matters most, its flows, and what "
                    "becomes of people if nobody goes one way.",
                    "utvei graph scenarios/example/model.yaml --format dot -o model.dot\n"
                    "utvei graph scenarios/example/model.yaml --format json --from school --to retired "
                    "--at \"age=30,sex=male,region=4203,time_in_state=1 days\"\n"
                    "utvei graph scenarios/example/baseline.yaml --levers --outcome outside --by region",
                    {"--threads", "--lang"}},
                   graph_command);
  command->add_option("FILE", arguments->file, "Model or scenario")->required()->type_name("");
  command
      ->add_option("--format", arguments->format,
                   "dot, svg, json; default dot. Of levers and flows also text, their default, and csv")
      ->check(one_of({"dot", "svg", "json", "text", "csv"}))
      ->type_name("");
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
  declare_levers(command, *arguments);
}

/// What the files are, and what is in them.
void declare_export_formats(CLI::App* command, ExportArguments& arguments) {
  command
      ->add_option("--as", arguments.as,
                   "csv (default), xlsx (a sheet a table), dta (Stata) or json-stat2; register: the life courses as a "
                   "register with its study; ro-crate: of a folder of results, what its files are")
      ->check(one_of({"csv", "xlsx", "dta", "json-stat2", "register", "ro-crate"}))
      ->type_name("");
  command
      ->add_option("--dialect", arguments.dialect,
                   "Of csv: plain (default) or norwegian (semicolon, decimal comma, byte order mark)")
      ->check(one_of({"plain", "norwegian"}))
      ->type_name("");
  command->add_flag("--labels", arguments.labels, "Of csv: beside a column of codes one of labels, in --lang");
  command->add_option("--licence", arguments.licence, "Of ro-crate: what others may do, as a URL or in words")
      ->type_name("TEXT");
}

void declare_export(Commands& commands) {
  auto const [command, arguments] =
      commands.add("export",
                   {"Write a result for other programs, or rates as a table.",
                    "Of a result one table, all tables, or the life courses. Of a rate file the table that a model may "
                    "name under\n`rates:` of a transition. A register is what `estimate` reads: simulate, estimate, "
                    "and compare with what\nwas put in.",
                    "utvei run scenarios/example/baseline.yaml --set life_courses=all --out runs --quiet\n"
                    "utvei export runs/baseline.h5 --table person_years -o person_years.csv\n"
                    "utvei export runs/baseline.h5 --as xlsx -o baseline.xlsx\n"
                    "utvei export runs/baseline.h5 --as register -o simulated\n"
                    "utvei estimate simulated/study.yaml -o simulated_rates.h5",
                    {"--lang"}},
                   export_command);
  command->add_option("FILE", arguments->file, "Result or rate file; with --as ro-crate a folder")
      ->required()
      ->type_name("");
  add_file(command, "-o,--output", arguments->output,
           "NAME.csv: one file; else a folder with a file a table; default standard output");
  auto* const table = command->add_option("--table", arguments->table, "Only this table")->type_name("NAME");
  auto* const lives = command->add_flag("--life-courses", arguments->life_courses, "The life courses")->excludes(table);
  command->add_option("--limit", arguments->limit, "Of a rate file the shares at this limit, for `to:` of a model")
      ->type_name("STATE[:N]")
      ->excludes(table)
      ->excludes(lives);
  declare_export_formats(command, *arguments);
  command->add_flag("--inside", arguments->inside,
                    "What is made from a register may be written as it is: it stays inside, readable by you alone");
  command->add_option("--format", arguments->format, "csv, as --as csv")->check(one_of({"csv"}))->type_name("");
}

}  // namespace

void declare_runs(Commands& commands) {
  declare_run(commands);
  declare_batch(commands);
  declare_compare(commands);
  declare_report(commands);
  declare_studio(commands);
  declare_lifeline(commands);
  declare_power(commands);
  declare_optimise(commands);
  declare_follow(commands);
  declare_graph(commands);
  declare_export(commands);
}

}  // namespace utvei
