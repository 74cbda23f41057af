// SPDX-License-Identifier: Apache-2.0
#include "register.hpp"

#include "exit_code.hpp"
#include "overview_json.hpp"
#include "provenance.hpp"
#include "study_data.hpp"
#include "text_output.hpp"

#include <utvei/output/register_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/register/overview.hpp>
#include <utvei/run/prepare.hpp>
#include <utvei/run/run_scenario.hpp>

#include <optional>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// There is nothing to follow people in where they are only seen now and then, or are counted already.
void refuse_without_spells(Study const& study) {
  if (!study.panel && !study.exposure) return;
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` has no spells to make life courses of", study.path),
                   study.panel ? "its source is a panel: people are seen at dates, not followed"
                               : "it has `exposure`: events and person-time are counted already",
                   "give it to `utvei estimate`"};
}

void refuse_stock_without_dates(Study const& study, std::string const& stock) {
  if (stock.empty() || !study.stock_dates.empty()) return;
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` would have no rows", stock),
                   "the study names no dates at which to count heads",
                   "write `stock_dates: [\"11-16\"]` in the study, or leave --stock out"};
}

/// What may be seen outside: without --inside no small counts of a register.
RegisterOverview overview_for(RegisterArguments const& arguments, LifeCourses const& lives, Study const& study,
                              std::size_t threads) {
  RegisterOverview overview = overview_of(lives, study, threads);
  if (lives.data_class == "register" && !arguments.inside) hide_small_counts(overview, study.disclosure);
  return overview;
}

std::string in_format(std::string const& format, RegisterOverview const& overview, Model const& model) {
  if (format == "json") return overview_json(overview, model);
  return format == "csv" ? overview_csv(overview, model) : overview_text(overview, model);
}

Provenance provenance_of(LifeCourses const& lives, Session const& session) {
  Provenance provenance;
  provenance.inputs = hashed(lives.inputs);
  add_program(provenance, session);
  return provenance;
}

}  // namespace

int register_command(RegisterArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  Study study = read_study(arguments.study, overrides_of(arguments.overrides), Request{}, diagnostics);
  throw_if_errors(diagnostics);
  refuse_without_spells(study);
  refuse_rejects_without_rows(study, arguments.rejects);
  std::optional<LifeCourses> made;
  refuse_stock_without_dates(study, arguments.stock);
  if (study.register_file) {
    made = load_register(study, diagnostics);
    if (!diagnostics.has_errors()) check_stock_dates(study, diagnostics);
  }
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  check_cleared({arguments.output, arguments.rejects}, study.data_class, arguments.inside);
  check_outputs({arguments.output, arguments.rejects, arguments.stock}, files_of(study));
  LifeCourses const lives = made ? std::move(*made) : read_lives(study, arguments.rejects, session);
  if (!arguments.output.empty()) {
    FinishStep const writing{session.signals};
    save_register(lives, study, provenance_of(lives, session), arguments.output);
  }
  RegisterOverview const overview = overview_for(arguments, lives, study, session.threads);
  if (!arguments.stock.empty()) {
    write_text(arguments.stock, stock_csv(overview.stock, study.model, overview.activities), session,
               file_mode(study.data_class));
  }
  session.console.data(in_format(arguments.format, overview, study.model));
  throw_if_stopped(session.signals);
  return exit_ok;
}

}  // namespace utvei
