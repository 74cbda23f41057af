// SPDX-License-Identifier: Apache-2.0
#include "report_output.hpp"

#include "text_output.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/page/html_report.hpp>
#include <utvei/register/disclosure.hpp>

#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

namespace utvei {
namespace {

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

}  // namespace

/// A page of half a million characters is nothing to read on a terminal.
void refuse_terminal(ReportArguments const& arguments) {
  if (!arguments.output.empty() || ::isatty(STDOUT_FILENO) == 0) return;
  throw InputError{Fault::usage, Place{}, "nothing says where the report should be written",
                   "it is a page for a browser, and standard output is this terminal",
                   fmt::format("add -o report.{}", arguments.format)};
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

void write_report_document(ReportArguments const& arguments, ReportDocument const& document, Session& session) {
  std::string const text = arguments.format == "json" ? report_json(document) : report_html(document);
  write_report_text(arguments, text, document.data_class, session);
}

void write_report_text(ReportArguments const& arguments, std::string const& text, std::string const& data_class,
                       Session& session) {
  write_text(arguments.output, text, session, file_mode(data_class));
  if (!arguments.output.empty()) session.tell(written_words(arguments, text.size(), session.language));
}

}  // namespace utvei
