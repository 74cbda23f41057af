// SPDX-License-Identifier: Apache-2.0
#include "study_data.hpp"

#include "text_output.hpp"

#include <utvei/estimation/fit.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/prepare.hpp>

#include <vector>

#include <fmt/format.h>

namespace utvei {

LifeCourses read_lives(Study const& study, std::string const& rejects, Session& session) {
  Diagnostics diagnostics;
  std::vector<RejectedRow> rows;
  LifeCourses lives = read_register(study, session.threads, diagnostics, rejects.empty() ? nullptr : &rows);
  if (!rejects.empty()) write_text(rejects, to_csv(rows), session, file_mode(study.data_class));
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  return lives;
}

void refuse_rejects_without_rows(Study const& study, std::string const& rejects) {
  if (rejects.empty() || (!study.register_file && !study.exposure && !study.panel)) return;
  throw InputError{
      Fault::usage, Place{}, fmt::format("`{}` would have no rows", rejects),
      study.register_file ? "the study reads a register file, whose rows have been checked"
      : study.panel       ? "every row of a panel must be right, or it is an error"
                          : "the study gives counts: it reads no rows of people",
      study.register_file ? "give --rejects to the `utvei register` that makes the file" : "leave --rejects out"};
}

void add_faults_of_estimate(Study const& study, Diagnostics& diagnostics) {
  bool const has_model = !study.model.states.empty() && !study.model.transitions.empty();
  if (!diagnostics.has_errors() || !has_model || study.panel || study.register_file) return;
  collecting(diagnostics, [&] { read_estimate_options(study, diagnostics); });
}

}  // namespace utvei
