// SPDX-License-Identifier: Apache-2.0
#include "estimate.hpp"

#include "diagnose.hpp"
#include "estimate_panel.hpp"
#include "exit_code.hpp"
#include "provenance.hpp"
#include "study_data.hpp"
#include "text_output.hpp"

#include <utvei/estimation/fit.hpp>
#include <utvei/estimation/frailty_report.hpp>
#include <utvei/estimation/hold_out.hpp>
#include <utvei/estimation/tables.hpp>
#include <utvei/output/rate_file.hpp>
#include <utvei/output/register_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/register/exposure_file.hpp>
#include <utvei/register/life_courses.hpp>
#include <utvei/register/study.hpp>
#include <utvei/run/prepare.hpp>
#include <utvei/run/run_scenario.hpp>

#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

struct Asked {
  Study study;
  std::optional<LifeCourses> made;  ///< of a register file
  EstimateOptions options;
};

/// The options of a panel are read where it is fitted.
Asked read_asked(EstimateArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  Asked asked;
  asked.study = read_study(arguments.study, overrides_of(arguments.overrides), Request{}, diagnostics);
  add_faults_of_estimate(asked.study, diagnostics);
  throw_if_errors(diagnostics);
  refuse_rejects_without_rows(asked.study, arguments.rejects);
  if (asked.study.panel) return asked;
  if (asked.study.register_file) asked.made = load_register(asked.study, diagnostics);
  throw_if_errors(diagnostics);
  asked.options = read_estimate_options(asked.study, diagnostics);
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  return asked;
}

/// Rates and tables of small cells, or of people, leave the zone only when they may: said before the work, not after
/// it.
void check_tables_allowed(EstimateArguments const& arguments, std::string const& data_class) {
  check_cleared({arguments.output, arguments.exposure, arguments.coefficients, arguments.regions, arguments.intensities,
                 arguments.limits, arguments.occupation, arguments.summary, arguments.rejects, arguments.expected,
                 arguments.persistence},
                data_class, arguments.inside);
}

/// Life courses and what was counted of them, or the counts alone.
struct Data {
  LifeCourses lives;  ///< empty where the study gives counts
  GivenExposure counts;
};

Data read_data(Asked& asked, std::string const& rejects, Session& session) {
  Model const& model = asked.study.model;
  Data data;
  if (asked.study.exposure) {
    Diagnostics diagnostics;
    data.counts = read_exposure(
        asked.study, [&](auto const& regions) { return cell_axes(asked.options, regions, model); }, diagnostics);
    throw_if_errors(diagnostics);
    return data;
  }
  data.lives = asked.made ? std::move(*asked.made) : read_lives(asked.study, rejects, session);
  FinishStep const counting{session.signals};
  data.counts.exposure = tabulate(data.lives, model, cell_axes(asked.options, data.lives, model), session.threads,
                                  &session.signals.stop(), windows_of(asked.options));
  return data;
}

/// A table of nothing is asked for by mistake.
void check_limits_asked_for(EstimateArguments const& arguments, Asked const& asked) {
  if (arguments.limits.empty() || asked.study.panel || !asked.options.limits.empty()) return;
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` would have no rows", arguments.limits),
                   "the study does not estimate where people go who come to a limit",
                   "write `limits: [STATE]` under `estimate`, or leave --limits out"};
}

/// There is nothing to follow people in where the study gives counts.
void check_occupation_possible(EstimateArguments const& arguments, Study const& study) {
  if (arguments.occupation.empty() || !study.exposure) return;
  throw InputError{Fault::usage, Place{}, "state occupation needs life courses",
                   "the study has `exposure`, which is counts of events and person-time",
                   "leave --occupation out, or write `sources` in the study"};
}

Provenance provenance_of(Fit const& rates, Study const& study, Session const& session) {
  Provenance provenance;
  provenance.inputs = hashed(rates.inputs);
  provenance.data_class = rates.data_class;
  provenance.disclosure = study.disclosure;
  add_program(provenance, session);
  return provenance;
}

/// What was asked for beside the rates.
void write_tables(EstimateArguments const& arguments, Asked const& asked, LifeCourses const& lives,
                  Exposure const& exposure, Fit const& rates, Session& session) {
  Model const& model = asked.study.model;
  unsigned const mode = file_mode(rates.data_class);
  if (!arguments.exposure.empty())
    write_text(arguments.exposure, to_csv(exposure_table(exposure, model)), session, mode);
  if (!arguments.coefficients.empty())
    write_text(arguments.coefficients, to_csv(coefficients_table(rates, model)), session, mode);
  if (!arguments.regions.empty()) write_text(arguments.regions, to_csv(regions_table(rates, model)), session, mode);
  if (!arguments.intensities.empty())
    write_text(arguments.intensities, to_csv(intensities_table(exposure, model)), session, mode);
  if (!arguments.limits.empty()) write_text(arguments.limits, to_csv(limits_table(rates, model)), session, mode);
  if (!arguments.occupation.empty()) {
    auto const curves = state_occupation(lives, model, asked.study.from, asked.options.occupation);
    write_text(arguments.occupation, to_csv(occupation_table(curves, model, asked.study.time)), session, mode);
  }
  if (!arguments.summary.empty()) write_text(arguments.summary, summary_json(rates, model), session, mode);
}

}  // namespace

int estimate_command(EstimateArguments const& arguments, Session& session) {
  Asked asked = read_asked(arguments, session);
  check_occupation_possible(arguments, asked.study);
  check_limits_asked_for(arguments, asked);
  check_diagnosis_possible(arguments, asked.study);
  check_tables_allowed(arguments, asked.study.data_class);
  std::vector<std::string> read = files_of(asked.study);
  read.insert(read.end(), asked.options.inputs.begin(), asked.options.inputs.end());
  check_outputs({arguments.output, arguments.exposure, arguments.coefficients, arguments.regions, arguments.intensities,
                 arguments.limits, arguments.occupation, arguments.summary, arguments.rejects, arguments.expected,
                 arguments.persistence},
                read);
  if (asked.study.panel) return estimate_panel(arguments, asked.study, session);
  auto const [lives, counts] = read_data(asked, arguments.rejects, session);
  auto const& [exposure, holdout] = counts;
  Model const& model = asked.study.model;
  Fit rates = fit(exposure, model, asked.options, session.threads);
  {
    FinishStep const counting{session.signals};
    rates.limits = fit_limits(lives, model, asked.options, session.threads, &session.signals.stop());
  }
  if (asked.options.frailty) {
    FinishStep const following{session.signals};
    rates.frailty =
        estimate_frailty(lives, model, exposure, rates, asked.options, session.threads, &session.signals.stop());
  }
  rates.summary.hold_out = score_hold_out(exposure, holdout, rates, model, asked.options, session.threads);
  auto const diagnosis = diagnose(arguments, lives, exposure, rates, model, asked.options, session);
  throw_if_stopped(session.signals);
  {
    FinishStep const writing{session.signals};
    save_rates(rates, model, provenance_of(rates, asked.study, session), arguments.output);
  }
  write_tables(arguments, asked, lives, exposure, rates, session);
  write_diagnosis(arguments, diagnosis, model, file_mode(rates.data_class), session);
  session.console.data(
      with_diagnosis(arguments.format == "json" ? summary_json(rates, model) : summary_text(rates, model), arguments,
                     diagnosis, model, rates.data_class));
  throw_if_stopped(session.signals);
  return exit_ok;
}

}  // namespace utvei
