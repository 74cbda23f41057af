// SPDX-License-Identifier: Apache-2.0
#include "follow.hpp"

#include "exit_code.hpp"
#include "progress.hpp"
#include "text_output.hpp"

#include <utvei/follow/follow.hpp>
#include <utvei/output/result_file.hpp>
#include <utvei/page/html_report.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/run_scenario.hpp>

#include <filesystem>

#include <fmt/format.h>

namespace utvei {
namespace {

/// A result is read; a scenario is run.
RunResult result_of_plan(FollowPlan const& plan, FollowArguments const& arguments, Session& session) {
  if (plan.scenario.ends_with(".h5")) return load_result(plan.scenario);
  Diagnostics diagnostics;
  Preparation preparation{{}, session.threads, diagnostics};
  Prepared const* const added = preparation.add(plan.scenario, Request{plan.scenario_place});
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  require_disclosure_cleared(class_of(*added), audience_of(arguments.inside), arguments.file);
  ProgressBar bar{session.console, plan.name, !session.quiet};
  RunOptions options;
  options.threads = session.threads;
  options.stop = &session.signals.stop();
  options.progress = [&bar](std::uint64_t done, std::uint64_t total) { bar.tell(done, total); };
  return run_scenario(*preparation.all().front(), options).result;
}

FollowedPlan followed_by_figures(FollowArguments const& arguments, FollowPlan& plan, RunResult const& result) {
  Diagnostics diagnostics;
  complete_plan(plan, result, diagnostics);
  throw_if_errors(diagnostics);
  std::vector<ActualFigure> figures;
  for (std::string const& path : arguments.actual) {
    Diagnostics own;
    read_actual(path, plan, figures, own);
    diagnostics.merge(own);
  }
  FollowedPlan followed = follow_plan(plan, result, figures, diagnostics);
  throw_if_errors(diagnostics);
  return followed;
}

std::string page_of_plan(FollowedPlan const& followed, RunResult const& result, std::string const& actor,
                         Session const& session) {
  ReportDocument document = plan_document(followed, result, actor);
  document.language = session.language;
  document.reproduction.commands.push_back(command_line_of(session.words));
  return report_html(document);
}

void write_pages(FollowArguments const& arguments, FollowedPlan const& followed, RunResult const& result,
                 Session& session) {
  std::filesystem::path const folder{arguments.output};
  std::vector<std::string> paths{(folder / "plan.csv").string()};
  std::vector<std::string> texts{plan_csv(followed)};
  for (PlanActor const& actor : followed.plan.actors) {
    paths.push_back((folder / (actor.name + ".html")).string());
    texts.push_back(page_of_plan(followed, result, actor.name, session));
  }
  paths.push_back((folder / "index.html").string());
  texts.push_back(page_of_plan(followed, result, {}, session));
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    throw InputError{Fault::data, Place{}, fmt::format("cannot make the folder `{}`", arguments.output),
                     failed.message(), "name another one with -o"};
  std::vector<TextFile> files;
  for (std::size_t i = 0; i < paths.size(); ++i) files.push_back({paths[i], texts[i]});
  write_texts(files, session, file_mode(followed.data_class));
}

}  // namespace

int follow_command(FollowArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  FollowPlan plan = read_plan(arguments.file, overrides_of(arguments.overrides), diagnostics);
  throw_if_errors(diagnostics);
  RunResult const result = result_of_plan(plan, arguments, session);
  require_disclosure_cleared(result.provenance.data_class, audience_of(arguments.inside), arguments.file);
  FollowedPlan const followed = followed_by_figures(arguments, plan, result);
  if (arguments.format == "csv" || arguments.format == "json") {
    ReportDocument document = plan_document(followed, result, {});
    document.language = session.language;
    write_text(arguments.output, arguments.format == "csv" ? plan_csv(followed) : report_json(document), session,
               file_mode(followed.data_class));
    return exit_ok;
  }
  if (!arguments.output.empty()) write_pages(arguments, followed, result, session);
  std::string text = plan.label.in(session.language) + "\n\n";
  for (ReportText const& sentence : plan_sentences(followed, {})) text += sentence.in(session.language) + "\n";
  session.console.data(text);
  return exit_ok;
}

}  // namespace utvei
