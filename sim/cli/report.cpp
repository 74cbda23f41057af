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
#include <unistd.h>

namespace utvei {
namespace {

/// A page of half a million characters is nothing to read on a terminal.
void refuse_terminal(ReportArguments const& arguments) {
  if (!arguments.output.empty() || ::isatty(STDOUT_FILENO) == 0) return;
  throw InputError{Fault::usage, Place{}, "nothing says where the report should be written",
                   "it is a page for a browser, and standard output is this terminal",
                   fmt::format("add -o report.{}", arguments.format)};
}

/// What was written, and what to do with it.
std::string written_words(ReportArguments const& arguments, std::size_t bytes, std::string_view language) {
  constexpr std::size_t kilobyte = 1000;
  bool const is_page = arguments.format == "html";
  std::string_view const pattern =
      language == "en"   ? (is_page ? "{}: {} kB; open it by a double click\n" : "{}: {} kB\n")
      : language == "nn" ? (is_page ? "{}: {} kB; opne han med eit dobbeltklikk\n" : "{}: {} kB\n")
                         : (is_page ? "{}: {} kB; åpne den med et dobbeltklikk\n" : "{}: {} kB\n");
  return fmt::format(fmt::runtime(pattern), arguments.output, (bytes + kilobyte - 1) / kilobyte);
}

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
  std::string const text = arguments.format == "json" ? report_json(document) : report_html(document);
  write_text(arguments.output, text, session, file_mode(document.data_class));
  if (!arguments.output.empty()) session.tell(written_words(arguments, text.size(), session.language));
  return exit_ok;
}

}  // namespace utvei
