// SPDX-License-Identifier: Apache-2.0
#include "regions.hpp"

#include "exit_code.hpp"
#include "progress.hpp"
#include "regions_data.hpp"
#include "regions_text.hpp"
#include "text_output.hpp"

#include <utvei/analysis/regions.hpp>
#include <utvei/core/data_class.hpp>
#include <utvei/register/disclosure.hpp>

namespace utvei {
namespace {

/// Fewer say too little of how unsure a number is.
constexpr std::uint32_t fewest_draws = 20;

InputError wrong_usage(std::string problem, std::string what_to_do) {
  return InputError{Fault::usage, Place{}, std::move(problem), "", std::move(what_to_do)};
}

void check_asked_regions(RegionsArguments const& arguments) {
  if (arguments.region.empty() && arguments.level.empty())
    throw wrong_usage("no region to explain", "name one with --region, or a level of regions with --all");
  if (!arguments.region.empty() && !arguments.level.empty())
    throw wrong_usage("--region and --all", "leave one of them out");
  if (!arguments.against.empty() && (!arguments.reference.empty() || !arguments.level.empty()))
    throw wrong_usage("--against compares two years of one region, and --reference or --all another region",
                      "leave one of them out");
  if (!arguments.as_scenario.empty() && arguments.region.empty())
    throw wrong_usage("--as-scenario writes one region with the rates of another", "name them: --region, --reference");
  if (!arguments.as_scenario.empty() && !arguments.against.empty())
    throw wrong_usage("--as-scenario and --against", "leave one of them out");
}

/// What else is asked for is of a scenario, and --expected reads a study.
RegionsExpectedArguments of_expected(RegionsArguments const& arguments) {
  bool const is_of_scenario = !arguments.region.empty() || !arguments.reference.empty() || !arguments.against.empty() ||
                              !arguments.factors.empty() || !arguments.method.empty() ||
                              !arguments.as_scenario.empty() || arguments.draws.has_value();
  if (is_of_scenario)
    throw wrong_usage("--expected sets all regions of a study against what was expected of them",
                      "leave --region, --reference, --against, --factors, --method, --as-scenario and --draws out");
  return {arguments.file,   arguments.overrides, arguments.outcomes, arguments.level,   arguments.at,
          arguments.output, arguments.inside,    arguments.format,   arguments.expected};
}

std::uint32_t draws_asked(RegionsArguments const& arguments, PreparedRegions const& prepared) {
  std::uint32_t const draws = arguments.draws.value_or(prepared.scenario().draws);
  if (draws > 0 && draws < fewest_draws)
    throw InputError{Fault::usage, Place{}, "too few parameter draws", "their quantiles are the intervals",
                     "ask for 200 draws (20 at least), or for none with --draws 0"};
  return draws;
}

}  // namespace

int regions_command(RegionsArguments const& arguments, Session& session) {
  if (arguments.expected.asked) return regions_expected(of_expected(arguments), session);
  if (arguments.expected.are_given())
    throw wrong_usage(
        "--covariates, --years, --overdispersion, --correction, --significance, --better, --cases, --details and "
        "--trend "
        "are of --expected",
        "add --expected, or leave them out");
  check_asked_regions(arguments);
  Diagnostics diagnostics;
  PreparedRegions const prepared = prepare_regions(arguments, session.threads, diagnostics);
  throw_if_errors(diagnostics);
  std::uint32_t const draws = draws_asked(arguments, prepared);
  std::string const data_class = prepared.data_class();
  require_disclosure_cleared(data_class, audience_of(arguments.inside), arguments.file, "shown");
  check_outputs({arguments.output, arguments.as_scenario}, prepared.files());
  session.console.show(diagnostics);
  RegionsReport report;
  {
    ProgressBar bar{session.console, prepared.scenario().name, !session.quiet};
    RegionOptions options;
    options.draws = draws;
    if (!arguments.method.empty())
      options.method = arguments.method == "equations" ? RegionMethod::equations : RegionMethod::simulation;
    options.replicates = std::max(options.replicates, prepared.scenario().replicates);
    options.threads = session.threads;
    options.stop = &session.signals.stop();
    options.progress = [&bar](std::uint64_t done, std::uint64_t total) { bar.tell(done, total); };
    report = decompose_regions(prepared.pairs(), prepared.outcomes, prepared.factors, options);
  }
  throw_if_stopped(session.signals);
  if (!arguments.as_scenario.empty())
    write_text(arguments.as_scenario, scenario_with_rates_of(prepared.pairs().front(), arguments.as_scenario), session,
               file_mode(data_class));
  RegionsPage const page{prepared.pairs(), prepared.outcomes, prepared.factors, report, data_class};
  std::string const text = arguments.format == "csv"    ? regions_csv(page)
                           : arguments.format == "json" ? regions_json(page)
                                                        : regions_text(page, session.language);
  write_text(arguments.output, text, session, file_mode(data_class));
  return exit_ok;
}

}  // namespace utvei
