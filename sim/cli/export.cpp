// SPDX-License-Identifier: Apache-2.0
#include "export.hpp"

#include "exit_code.hpp"
#include "export_crate.hpp"
#include "export_register.hpp"
#include "export_tables.hpp"
#include "text_output.hpp"

#include <utvei/output/rate_file.hpp>
#include <utvei/output/result_file.hpp>
#include <utvei/register/disclosure.hpp>

#include <memory>
#include <sstream>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string name_of_output(ExportArguments const& arguments) {
  return arguments.output.empty() ? "standard output" : arguments.output;
}

/// Options that say nothing of the format are a mistake; all of them are named at once.
void check_options(ExportArguments const& arguments) {
  std::string const& as = arguments.as;
  bool const is_csv = as.empty() || as == "csv";
  bool const is_whole = as == "register" || as == "ro-crate";
  Diagnostics diagnostics;
  auto const refuse = [&](bool is_given, std::string const& option, bool fits, std::string const& takes_it) {
    if (!is_given || fits) return;
    diagnostics.add({Severity::error, Fault::usage, Place{},
                     fmt::format("--as {} has no use for {}", is_csv ? "csv" : as, option), takes_it,
                     fmt::format("leave {} out", option)});
  };
  refuse(!arguments.dialect.empty(), "--dialect", is_csv, "it says how lines of csv are written");
  refuse(arguments.labels, "--labels", is_csv, "it adds columns to csv; other formats have labels anyway");
  refuse(!arguments.format.empty(), "--format csv", is_csv, "the two name different formats");
  refuse(arguments.inside, "--inside", as != "ro-crate", "a crate holds names and hashes of files, no numbers");
  refuse(!arguments.licence.empty(), "--licence", as == "ro-crate", "it goes into the description of a folder");
  refuse(!arguments.table.empty(), "--table", !is_whole, "it asks for one table of a result");
  refuse(arguments.life_courses, "--life-courses", is_csv || as == "dta", "csv and dta hold events of people");
  refuse(!arguments.limit.empty(), "--limit", as.empty(), "it is for rate files");
  if (arguments.life_courses && arguments.labels)
    diagnostics.add({Severity::error, Fault::usage, Place{}, "--life-courses has no use for --labels",
                     "events are written with the names of the model", "leave --labels out"});
  throw_if_errors(diagnostics);
}

int export_rates(ExportArguments const& arguments, Session& session) {
  bool const is_of_results = arguments.life_courses || !arguments.table.empty() || !arguments.as.empty() ||
                             !arguments.dialect.empty() || arguments.labels || !arguments.licence.empty();
  if (is_of_results) {
    throw InputError{Fault::usage, Place{}, fmt::format("`{}` is a rate file", arguments.file),
                     "it has one table, and no life courses",
                     "leave --table, --life-courses, --as, --dialect, --labels and --licence out"};
  }
  check_outputs({arguments.output}, {arguments.file});
  RateFileContent const content = rate_file_content(arguments.file);
  require_disclosure_cleared(content.data_class, audience_of(arguments.inside), name_of_output(arguments));
  std::ostringstream table;
  if (arguments.limit.empty()) {
    write_rates_csv(arguments.file, table);
  } else {
    write_limit_csv(arguments.file, arguments.limit, table);
  }
  write_text(arguments.output, table.str(), session, file_mode(content.data_class));
  if (content.has_models && arguments.limit.empty()) {
    Diagnostics diagnostics;
    diagnostics.warning(Place{std::make_shared<SourceText const>(SourceText{arguments.file, ""})},
                        "a table of rates does not hold what the errors of cells have in common",
                        "parameter draws from it take each cell by itself, so sums over cells vary too little",
                        "name the rate file in the model where a scenario has `draws`");
    session.console.show(diagnostics);
  }
  return exit_ok;
}

}  // namespace

int export_command(ExportArguments const& arguments, Session& session) {
  if (is_rate_file(arguments.file)) return export_rates(arguments, session);
  check_options(arguments);
  if (arguments.as == "ro-crate") return export_crate(arguments, session);
  if (!arguments.limit.empty())
    throw InputError{Fault::usage, Place{}, "--limit is for rate files", {}, "leave it out"};
  RunResult const result = load_result(arguments.file);
  if (arguments.as == "register") return export_register(arguments, result, session);
  return export_tables(arguments, result, session);
}

}  // namespace utvei
