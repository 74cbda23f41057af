// SPDX-License-Identifier: Apache-2.0
#include "register.hpp"

#include "exit_code.hpp"
#include "prepare.hpp"
#include "provenance.hpp"
#include "study_data.hpp"
#include "text_output.hpp"

#include <utvei/output/register_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/register/overview.hpp>

#include <optional>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Said before the work, not after it.
void check_files_allowed(RegisterArguments const& arguments, std::string const& data_class) {
  Diagnostics diagnostics;
  for (std::string const* path : {&arguments.output, &arguments.rejects}) {
    if (path->empty()) continue;
    collecting(diagnostics, [&] {
      require_disclosure_cleared(data_class, arguments.inside ? Audience::inside : Audience::outside, *path);
    });
  }
  throw_if_errors(diagnostics);
}

/// There is nothing to follow people in where they are only seen now and then, or are counted already.
void refuse_without_spells(Study const& study) {
  if (!study.panel && !study.exposure) return;
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` has no spells to make life courses of", study.path),
                   study.panel ? "its source is a panel: people are seen at dates, not followed"
                               : "it has `exposure`: events and person-time are counted already",
                   "give it to `utvei estimate`"};
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
  if (study.register_file) made = load_register(study, diagnostics);
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  check_files_allowed(arguments, study.data_class);
  check_outputs({arguments.output, arguments.rejects}, files_of(study));
  LifeCourses const lives = made ? std::move(*made) : read_lives(study, arguments.rejects, session);
  if (!arguments.output.empty()) {
    FinishStep const writing{session.signals};
    save_register(lives, study, provenance_of(lives, session), arguments.output);
  }
  session.console.data(overview_text(lives, study.model, study.from, study.to, session.threads));
  throw_if_stopped(session.signals);
  return exit_ok;
}

}  // namespace utvei
