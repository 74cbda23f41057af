// SPDX-License-Identifier: Apache-2.0
#include "power.hpp"

#include "definition_words.hpp"
#include "exit_code.hpp"
#include "power_text.hpp"
#include "progress.hpp"

#include <utvei/analysis/study_check.hpp>
#include <utvei/output/population_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/prepare.hpp>

#include <algorithm>

namespace utvei {
namespace {

/// With labels in place of names, as planners read them.
StudyDesign labelled(StudyDesign design, Scenario const& scenario, std::string_view language) {
  auto const measure = std::ranges::find(scenario.measures, design.measure, &Measure::name);
  if (measure != scenario.measures.end()) design.measure = label_in(measure->label, language, measure->name);
  auto const label = [&](std::string& score) {
    auto const found = std::ranges::find(scenario.scores, score, &Score::name);
    if (found != scenario.scores.end()) score = label_in(found->label, language, found->name);
  };
  label(design.score);
  if (design.enrolment) label(design.enrolment->score);
  return design;
}

MeasureEvidence evidence_behind_study(StudyDesign const& design, Scenario const& scenario) {
  return evidence_of_measure(*std::ranges::find(scenario.measures, design.measure, &Measure::name));
}

/// What cannot be studied is said before people are made, which takes long. Whatever else is wrong with the scenario is
/// said when it is prepared, all at once.
void refuse_early(StudyDesign const& design, Diagnostics& diagnostics) {
  Diagnostics unheard;
  Scenario scenario;
  bool const is_read = collecting(unheard, [&] {
    scenario = read_scenario(design.scenario, {}, Request{design.scenario_place}, unheard, load_population);
  });
  if (is_read && !unheard.has_errors()) check_study(design, scenario, diagnostics);
  throw_if_errors(diagnostics);
}

}  // namespace

int power_command(PowerArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  StudyDesign const design = read_power(arguments.file, overrides_of(arguments.overrides), Request{}, diagnostics);
  throw_if_errors(diagnostics);
  refuse_early(design, diagnostics);
  Preparation preparation{{}, session.threads, diagnostics};
  Prepared const* const prepared = preparation.add(design.scenario, Request{design.scenario_place});
  throw_if_errors(diagnostics);
  std::string const data_class = class_of(*prepared);
  require_disclosure_cleared(data_class, audience_of(arguments.inside), arguments.file, "shown");
  PowerReport report;
  {
    ProgressBar bar{session.console, design.name, !session.quiet};
    PowerOptions options;
    options.threads = session.threads;
    options.stop = &session.signals.stop();
    options.progress = [&bar](std::uint64_t done, std::uint64_t total) { bar.tell(done, total); };
    report = simulate_studies(design, prepared->scenario, prepared->rates, *prepared->population, options, diagnostics);
  }
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  session.console.data(arguments.format == "json"
                           ? power_json(design, report, data_class)
                           : power_text(labelled(design, prepared->scenario, session.language), report,
                                        evidence_behind_study(design, prepared->scenario), data_class,
                                        session.language));
  return exit_ok;
}

}  // namespace utvei
