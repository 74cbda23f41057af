// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include "exit_code.hpp"
#include "report_batch.hpp"
#include "report_files.hpp"
#include "report_output.hpp"
#include "text_output.hpp"

#include <utvei/chapters/report_of.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/prepare.hpp>

#include <fmt/format.h>

namespace utvei {
namespace {

/// What other commands wrote of a register with --inside holds numbers of few people.
void check_findings(std::vector<CommandFinding> const& findings, bool inside) {
  Diagnostics diagnostics;
  for (CommandFinding const& finding : findings)
    if (!finding.is_cleared)
      collecting(diagnostics,
                 [&] { require_disclosure_cleared(finding.data_class, audience_of(inside), finding.path); });
  throw_if_errors(diagnostics);
}

/// What is for batches alone, and too few results.
void check_report_of_results(ReportArguments const& arguments) {
  Diagnostics diagnostics;
  auto const refuse = [&](bool is_given, char const* option) {
    if (is_given)
      diagnostics.add({Severity::error, Fault::usage, Place{}, fmt::format("`{}` is for the report of a batch", option),
                       "results of single runs are shown whole", "leave it out, or name a batch file"});
  };
  refuse(!arguments.out.empty(), "--out");
  refuse(!arguments.outcomes.empty(), "--outcome");
  refuse(arguments.format == "csv", "--format csv");
  if (arguments.results.size() < 2)
    diagnostics.add({Severity::error, Fault::usage, Place{}, "a report takes two results at least",
                     "it says what sets them apart from the first", "name a baseline and a scenario, or a batch file"});
  throw_if_errors(diagnostics);
}

}  // namespace

int report_command(ReportArguments const& arguments, Session& session) {
  if (is_of_batch(arguments)) return report_batch(arguments, session);
  check_report_of_results(arguments);
  refuse_terminal(arguments);
  std::vector<std::string> read = arguments.results;
  read.insert(read.end(), arguments.with.begin(), arguments.with.end());
  if (!arguments.map.empty()) read.push_back(arguments.map);
  check_outputs({arguments.output}, read);
  check_extension_of_report(arguments);
  ReportFiles const files = read_report_files(arguments);
  std::vector<RunResult> const& results = files.results;
  check_findings(files.findings, arguments.inside);
  for (RunResult const& result : results) session.tell(note_of_evidence(result.provenance));
  ReportRequest request;
  request.is_inside = arguments.inside;
  request.findings = files.findings;
  request.parts = files.parts;
  request.map = files.map;
  request.map_key = arguments.map_key;
  request.command = command_line_of(session.words);
  request.language = session.language;
  ReportDocument const document = report_of(results, request);
  write_report_document(arguments, document, session);
  return exit_ok;
}

}  // namespace utvei
