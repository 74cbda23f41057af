// SPDX-License-Identifier: Apache-2.0
#include "declarations.hpp"
#include "option_kinds.hpp"
#include "regions.hpp"

namespace utvei {
namespace {

constexpr std::uint32_t most_region_draws = 100'000;

}  // namespace

void declare_regions(Commands& commands) {
  auto const [command, arguments] =
      commands.add("regions",
                   {"Why regions differ.",
                    "The difference between two regions, a region and the country, or two years of one region, split "
                    "into who lives there,\nwhere they start, and groups of rates. With --expected all regions of a "
                    "study against what composition "
                    "and the\nlabour market predict. A description, not a cause.",
                    "utvei regions scenarios/demo/baseline.yaml --region 9902 --reference 9901\n"
                    "utvei regions scenarios/demo/study.yaml --expected",
                    {"--threads", "--lang"}},
                   regions_command);
  command->add_option("SCENARIO", arguments->file, "Who lives where, and with which rates; of --expected a study")
      ->required()
      ->type_name("");
  command->add_option("--region", arguments->region, "The region to explain")->type_name("CODE");
  command->add_option("--reference", arguments->reference, "What it is set against; default all people of the scenario")
      ->type_name("CODE");
  command->add_option("--all", arguments->level, "Each region of a level of the regions file")->type_name("LEVEL");
  command
      ->add_option("--against", arguments->against,
                   "A scenario that begins in another year: the region is set against itself then")
      ->type_name("SCENARIO");
  add_list(command, "--outcome", arguments->outcomes,
           "States, groups of states or definitions; of --expected transitions, too, such as \"aap -> work\"; default "
           "outside")
      ->type_name("NAME,…");
  command->add_option("--at", arguments->at, "Shares of heads on this day; default person-years in the run")
      ->type_name("DATE");
  add_file(command, "--factors", arguments->factors, "Which rates are told apart, what the labour market does, breaks");
  command->add_option("--draws", arguments->draws, "Parameter draws for the intervals; default those of the scenario")
      ->check(CLI::Range(std::uint32_t{0}, most_region_draws).description(""))
      ->type_name("N");
  command->add_option("--method", arguments->method, "equations | simulation; default equations where they hold")
      ->check(one_of({"equations", "simulation"}))
      ->type_name("");
  add_file(command, "--as-scenario", arguments->as_scenario,
           "Write a scenario here in which the region has the rates of the reference");
  add_file(command, "-o,--output", arguments->output, "Write here instead of to standard output");
  command->add_flag("--inside", arguments->inside, "What rates of a register make may be shown: it stays inside");
  add_repeatable(command, "--set", arguments->overrides, overrides_help);
  add_expected_options(command, arguments->expected);
  add_format(command, arguments->format, {"text", "csv", "json"});
}

}  // namespace utvei
