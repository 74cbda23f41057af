// SPDX-License-Identifier: Apache-2.0
#include "optimise.hpp"

#include "exit_code.hpp"
#include "mix_data.hpp"
#include "mix_text.hpp"
#include "progress.hpp"
#include "text_output.hpp"

#include <utvei/register/disclosure.hpp>

#include <algorithm>

namespace utvei {
namespace {

/// A file has a budget, a standard, or both: the command asks for one of them.
void check_asked(OptimiseArguments const& arguments, MixDesign const& design) {
  if (arguments.dimension && !arguments.output.empty())
    throw InputError{
        Fault::usage, {}, "`-o` writes the best mix, and `--dimension` makes none", "", "leave one of them out"};
  if (arguments.dimension && !design.standard)
    throw InputError{Fault::file, design.scenario_place, "no `standard` of waiting in the mix", "",
                     "add `standard: {within: 4 weeks, share: 0.9}`"};
  if (!arguments.dimension && !design.budget)
    throw InputError{Fault::file, design.scenario_place, "no `budget` in the mix", "a mix is the best under a budget",
                     "add `budget: {places: 60}` and `maximise`, or ask for --dimension"};
}

std::vector<std::string> files_behind(PreparedMix const& mix) {
  std::vector<std::string> files = mix.design.inputs;
  Prepared const& prepared = mix.prepared();
  for (auto const* more : {&prepared.scenario.inputs, &prepared.rates.inputs, &prepared.population->inputs})
    files.insert(files.end(), more->begin(), more->end());
  return files;
}

MixOptions options_of(ProgressBar& bar, Session& session) {
  MixOptions options;
  options.threads = session.threads;
  options.stop = &session.signals.stop();
  options.progress = [&bar](std::uint64_t done, std::uint64_t total) { bar.tell(done, total); };
  return options;
}

std::string dimension_output(OptimiseArguments const& arguments, PreparedMix const& mix, Session& session) {
  DimensionReport report;
  {
    ProgressBar bar{session.console, mix.design.name, !session.quiet};
    report = dimension_places(mix.design, mix.cells, mix.world(), options_of(bar, session));
  }
  Scenario const& scenario = mix.prepared().scenario;
  std::string const data_class = class_of(mix.prepared());
  return arguments.format == "json" ? dimension_json(mix.design, report, data_class)
                                    : dimension_text(mix.design, scenario, report, data_class, session.language);
}

void check_fair(MixDesign const& design, MixReport const& report) {
  if (!report.breaks_fairness) return;
  throw InputError{Fault::file, design.budget_place,
                   "no mix within floors, ceilings and budget is as fair as `fairness` says",
                   "some region has too few places, or another too many",
                   "raise `largest_ratio` or the budget, or move floors and ceilings"};
}

std::string mix_output(OptimiseArguments const& arguments, PreparedMix const& mix, Session& session) {
  MixReport report;
  {
    ProgressBar bar{session.console, mix.design.name, !session.quiet};
    report = optimise_mix(mix.design, mix.cells, mix.world(), options_of(bar, session));
  }
  check_fair(mix.design, report);
  Scenario const& scenario = mix.prepared().scenario;
  std::string const data_class = class_of(mix.prepared());
  if (!arguments.output.empty()) {
    Diagnostics diagnostics;
    std::string const text = scenario_yaml(mix.design, mix.cells, report.numbers, arguments.output, diagnostics);
    throw_if_errors(diagnostics);
    write_text(arguments.output, text, session, file_mode(data_class));
  }
  return arguments.format == "json" ? mix_json(mix.design, report, data_class)
                                    : mix_text(mix.design, scenario, report, data_class, session.language);
}

}  // namespace

int optimise_command(OptimiseArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  PreparedMix const mix = prepare_mix(arguments.file, overrides_of(arguments.overrides), session.threads, diagnostics);
  throw_if_errors(diagnostics);
  check_asked(arguments, mix.design);
  require_disclosure_cleared(class_of(mix.prepared()), audience_of(arguments.inside), arguments.file);
  if (!arguments.output.empty()) check_outputs({arguments.output}, files_behind(mix));
  session.console.show(diagnostics);
  session.console.data(arguments.dimension ? dimension_output(arguments, mix, session)
                                           : mix_output(arguments, mix, session));
  return exit_ok;
}

}  // namespace utvei
