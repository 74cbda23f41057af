// SPDX-License-Identifier: Apache-2.0
#include "estimate_panel.hpp"

#include "exit_code.hpp"
#include "provenance.hpp"
#include "text_output.hpp"

#include <utvei/estimation/panel_tables.hpp>
#include <utvei/output/rate_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/run_scenario.hpp>

#include <array>
#include <memory>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Tables that need exact times of change.
void refuse_tables_of_spells(EstimateArguments const& arguments) {
  struct AskedTable {
    char const* option;
    std::string const* path;
    char const* why;
  };
  std::array const asked{
      AskedTable{"--exposure", &arguments.exposure,
                 "looks do not tell how long people were in a state, nor what they did"},
      AskedTable{"--regions", &arguments.regions, "one set of intensities is fitted for all regions"},
      AskedTable{"--limits", &arguments.limits, "looks do not tell when a state was entered"},
      AskedTable{"--occupation", &arguments.occupation, "it counts changes at the times at which they happen"},
  };
  Diagnostics diagnostics;
  for (auto const& [option, path, why] : asked) {
    if (path->empty()) continue;
    diagnostics.add({Severity::error, Fault::usage, Place{std::make_shared<SourceText const>(SourceText{*path, ""})},
                     fmt::format("`{}` needs spells, and the study has a panel", option), why,
                     fmt::format("take `{}` away", option)});
  }
  throw_if_errors(diagnostics);
}

struct Read {
  PanelOptions options;
  Panel panel;
};

/// The options before the data, so that a wrong study is said at once.
Read read_all(Study const& study, Session& session) {
  Diagnostics diagnostics;
  Read read;
  read.options = read_panel_options(study, diagnostics);
  throw_if_errors(diagnostics);
  read.panel = read_panel(study, diagnostics);
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  return read;
}

Fit rates_of(PanelFit const& fit, Read const& read, Study const& study) {
  Fit rates;
  rates.method = "panel";
  rates.cells = rate_cells(fit, study.model, read.options, study.time);
  if (!rates.cells.empty()) rates.models.push_back(rate_model(fit, study.model));
  rates.data_class = read.panel.data_class;
  rates.inputs = read.panel.inputs;
  return rates;
}

void save(Fit const& rates, Study const& study, std::string const& path, Session& session) {
  FinishStep const writing{session.signals};
  Provenance provenance;
  provenance.inputs = hashed(rates.inputs);
  provenance.data_class = rates.data_class;
  provenance.disclosure = study.disclosure;
  add_program(provenance, session);
  save_rates(rates, study.model, provenance, path);
}

}  // namespace

int estimate_panel(EstimateArguments const& arguments, Study const& study, Session& session) {
  refuse_tables_of_spells(arguments);
  Read const read = read_all(study, session);
  PanelFit const fit = fit_panel(read.panel, study.model, read.options);
  save(rates_of(fit, read, study), study, arguments.output, session);
  Model const& model = study.model;
  unsigned const mode = file_mode(read.panel.data_class);
  if (!arguments.coefficients.empty())
    write_text(arguments.coefficients, to_csv(coefficients_table(fit, model)), session, mode);
  if (!arguments.intensities.empty())
    write_text(arguments.intensities, to_csv(intensities_table(fit, model)), session, mode);
  if (!arguments.summary.empty()) write_text(arguments.summary, summary_json(fit, read.panel, model), session, mode);
  session.console.data(arguments.format == "json" ? summary_json(fit, read.panel, model)
                                                  : summary_text(fit, read.panel, model));
  throw_if_stopped(session.signals);
  return exit_ok;
}

}  // namespace utvei
