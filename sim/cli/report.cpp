// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include "exit_code.hpp"
#include "report_files.hpp"
#include "text_output.hpp"

#include <utvei/chapters/report_of.hpp>
#include <utvei/page/html_report.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/prepare.hpp>

#include <filesystem>

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

/// A name that says another format would not open.
void check_extension_of_report(ReportArguments const& arguments) {
  std::string const own = "." + arguments.format;
  std::string const extension = std::filesystem::path{arguments.output}.extension().string();
  bool const is_short = arguments.format == "html" && extension == ".htm";
  if (extension.empty() || extension == own || is_short) return;
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` is written as {}", arguments.output, arguments.format),
                   "its name says another format",
                   fmt::format("name it NAME{}; for a PDF open the page in a browser and print it", own)};
}

}  // namespace

int report_command(ReportArguments const& arguments, Session& session) {
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
  request.map = files.map;
  request.map_key = arguments.map_key;
  request.command = command_line_of(session.words);
  request.language = session.language;
  ReportDocument const document = report_of(results, request);
  write_text(arguments.output, arguments.format == "json" ? report_json(document) : report_html(document), session,
             file_mode(document.data_class));
  return exit_ok;
}

}  // namespace utvei
