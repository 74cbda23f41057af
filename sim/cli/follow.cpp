// SPDX-License-Identifier: Apache-2.0
#include "follow.hpp"

#include "exit_code.hpp"
#include "progress.hpp"
#include "provenance.hpp"
#include "text_output.hpp"

#include <utvei/core/data_class.hpp>
#include <utvei/document/digest.hpp>
#include <utvei/follow/follow.hpp>
#include <utvei/output/result_file.hpp>
#include <utvei/page/html_report.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/run_scenario.hpp>

#include <filesystem>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

bool is_result(PlanSource const& source) {
  return source.path.ends_with(".h5");
}

/// The plan's runs before they are made: everything that is wrong is said before the work.
class PlanRunner {
 public:
  PlanRunner(FollowPlan const& plan, FollowArguments const& arguments, Session& session)
      : plan_{plan}, arguments_{arguments}, session_{session}, preparation_{{}, session.threads, diagnostics_} {
    scenario_ = prepare(plan.scenario);
    if (plan.baseline) baseline_ = prepare(*plan.baseline);
    throw_if_errors(diagnostics_);
    session.console.show(diagnostics_);
  }

  [[nodiscard]] std::vector<std::string> const& inputs() const { return inputs_; }
  RunResult scenario() { return result_of(plan_.scenario, scenario_); }
  std::optional<RunResult> baseline() {
    return plan_.baseline ? std::optional{result_of(*plan_.baseline, baseline_)} : std::nullopt;
  }

 private:
  Prepared* prepare(PlanSource const& source) {
    inputs_.push_back(source.path);
    if (is_result(source)) return nullptr;
    if (preparation_.add(source.path, Request{source.place}) == nullptr) return nullptr;
    Prepared& prepared = *preparation_.all().back();
    auto const files = files_of(prepared);
    inputs_.insert(inputs_.end(), files.begin(), files.end());
    if (prepared.scenario.precision)
      diagnostics_.error(source.place, fmt::format("`{}` asks for a `precision`", prepared.scenario.name),
                         "follow runs the draws and replicates that a scenario names",
                         "run it with `utvei run` and name its result, as runs/NAME.h5");
    collecting(diagnostics_, [&] {
      require_disclosure_cleared(class_of(prepared), audience_of(arguments_.inside), arguments_.file);
    });
    return &prepared;
  }

  RunResult result_of(PlanSource const& source, Prepared* prepared) {
    if (prepared == nullptr) {
      RunResult result = load_result(source.path);
      require_disclosure_cleared(result.provenance.data_class, audience_of(arguments_.inside), source.path);
      return result;
    }
    ProgressBar bar{session_.console, prepared->scenario.name, !session_.quiet};
    RunOptions options;
    options.threads = session_.threads;
    options.stop = &session_.signals.stop();
    options.progress = [&bar](std::uint64_t done, std::uint64_t total) { bar.tell(done, total); };
    RunResult result = run_scenario(*prepared, options).result;
    add_program(result.provenance, session_);
    return result;
  }

  FollowPlan const& plan_;
  FollowArguments const& arguments_;
  Session& session_;
  Diagnostics diagnostics_;
  Preparation preparation_;
  std::vector<std::string> inputs_;
  Prepared* scenario_{nullptr};
  Prepared* baseline_{nullptr};
};

/// What was written, and what to do with it.
std::string pages_words(std::string const& index, std::size_t actors, std::string_view language) {
  std::string_view const pattern = language == "en" ? "{}: the plan, and {} of actors; open it by a double click\n"
                                   : language == "nn"
                                       ? "{}: planen, og {} til ansvarlege; opne han med eit dobbeltklikk\n"
                                       : "{}: planen, og {} til ansvarlige; åpne den med et dobbeltklikk\n";
  std::string const pages = language == "en" ? fmt::format("{} {}", actors, actors == 1 ? "page" : "pages")
                                             : fmt::format("{} {}", actors, actors == 1 ? "side" : "sider");
  return fmt::format(fmt::runtime(pattern), index, pages);
}

std::string no_pages_words(std::string_view language) {
  if (language == "en") return "no pages are written: name a folder for them with -o\n";
  return language == "nn" ? "ingen sider er skrivne: nemn ei mappe til dei med -o\n"
                          : "ingen sider er skrevet: nevn en mappe til dem med -o\n";
}

bool writes_pages(FollowArguments const& arguments) {
  return arguments.format == "html" && !arguments.output.empty();
}

/// `index.html` last: who sees it has all that it leads to.
std::vector<std::string> files_of_pages(FollowArguments const& arguments, FollowPlan const& plan) {
  std::filesystem::path const folder{arguments.output};
  std::vector<std::string> paths;
  for (char const* const name : {"plan.csv", "steps.csv"}) paths.push_back((folder / name).string());
  for (PlanActor const& actor : plan.actors) paths.push_back((folder / (actor.name + ".html")).string());
  paths.push_back((folder / "index.html").string());
  return paths;
}

/// Pages may be written anew; a `plan.csv` in a folder without them is somebody else's.
void refuse_files_of_others(FollowArguments const& arguments, FollowPlan const& plan) {
  auto const paths = files_of_pages(arguments, plan);
  if (std::filesystem::exists(paths.back())) return;
  Diagnostics diagnostics;
  for (std::string const& path : paths)
    if (std::filesystem::exists(path))
      diagnostics.add({Severity::error, Fault::usage, Place{}, fmt::format("`{}` is there already", path),
                       "the folder has no `index.html` of a plan, so it is not of one", "name another folder with -o"});
  throw_if_errors(diagnostics);
}

/// A folder that is not there yet holds nothing that is read.
void check_files(FollowArguments const& arguments, FollowPlan const& plan, std::vector<std::string> inputs) {
  inputs.push_back(arguments.file);
  inputs.insert(inputs.end(), arguments.actual.begin(), arguments.actual.end());
  if (!writes_pages(arguments)) {
    check_outputs({arguments.output}, inputs);
    return;
  }
  if (!std::filesystem::exists(arguments.output)) return;
  if (!std::filesystem::is_directory(arguments.output))
    throw InputError{Fault::usage, Place{}, fmt::format("`{}` is no folder", arguments.output),
                     "a plan has several pages", "name a folder with -o, or take --format json or csv"};
  check_outputs(files_of_pages(arguments, plan), inputs);
  refuse_files_of_others(arguments, plan);
}

std::vector<ActualFigure> figures_of_plan(FollowArguments const& arguments, FollowPlan const& plan) {
  Diagnostics diagnostics;
  std::vector<ActualFigure> figures;
  for (std::string const& path : arguments.actual) {
    Diagnostics own;
    read_actual(path, plan, figures, own);
    diagnostics.merge(own);
  }
  throw_if_errors(diagnostics);
  return figures;
}

/// Where the plan names what it follows, and when, figures can be read before the work.
std::optional<std::vector<ActualFigure>> figures_before_work(FollowArguments const& arguments, FollowPlan const& plan) {
  if (plan.indicators.empty() || plan.from == 0) return std::nullopt;
  return figures_of_plan(arguments, plan);
}

FollowedPlan followed_by_figures(FollowPlan const& plan, std::vector<ActualFigure> const& figures,
                                 RunResult const& result, RunResult const* baseline) {
  Diagnostics diagnostics;
  FollowedPlan followed = follow_plan(plan, result, baseline, figures, diagnostics);
  throw_if_errors(diagnostics);
  if (baseline != nullptr) followed.data_class = strictest({followed.data_class, baseline->provenance.data_class});
  return followed;
}

ReportDocument document_of(FollowedPlan const& followed, RunResult const& result, std::string const& actor,
                           FollowArguments const& arguments, Session const& session) {
  ReportDocument document = plan_document(followed, result, actor);
  document.language = session.language;
  document.reproduction.commands.push_back(command_line_of(session.words));
  std::vector<std::string> own{arguments.file};
  own.insert(own.end(), arguments.actual.begin(), arguments.actual.end());
  for (std::string const& path : own) document.reproduction.inputs.push_back({path, sha256_of_file(path)});
  return document;
}

void write_pages(FollowArguments const& arguments, FollowedPlan const& followed, RunResult const& result,
                 Session& session) {
  std::vector<std::string> texts{plan_csv(followed), steps_csv(followed)};
  for (PlanActor const& actor : followed.plan.actors)
    texts.push_back(report_html(document_of(followed, result, actor.name, arguments, session)));
  texts.push_back(report_html(document_of(followed, result, {}, arguments, session)));
  std::error_code failed;
  std::filesystem::create_directories(arguments.output, failed);
  if (failed)
    throw InputError{Fault::data, Place{}, fmt::format("cannot make the folder `{}`", arguments.output),
                     failed.message(), "name another one with -o"};
  std::vector<std::string> const paths = files_of_pages(arguments, followed.plan);
  std::vector<TextFile> files;
  for (std::size_t i = 0; i < paths.size(); ++i) files.push_back({paths[i], texts[i]});
  write_texts(files, session, file_mode(followed.data_class));
  session.tell(pages_words(paths.back(), followed.plan.actors.size(), session.language));
}

}  // namespace

int follow_command(FollowArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  FollowPlan plan = read_plan(arguments.file, overrides_of(arguments.overrides), diagnostics);
  throw_if_errors(diagnostics);
  auto figures = figures_before_work(arguments, plan);
  PlanRunner runner{plan, arguments, session};
  check_files(arguments, plan, runner.inputs());
  RunResult const result = runner.scenario();
  std::optional<RunResult> const baseline = runner.baseline();
  complete_plan(plan, result, diagnostics);
  throw_if_errors(diagnostics);
  if (!figures) figures = figures_of_plan(arguments, plan);
  FollowedPlan const followed = followed_by_figures(plan, *figures, result, baseline ? &*baseline : nullptr);
  if (!writes_pages(arguments) && arguments.format != "html") {
    std::string const text = arguments.format == "csv"
                                 ? plan_csv(followed)
                                 : report_json(document_of(followed, result, {}, arguments, session));
    write_text(arguments.output, text, session, file_mode(followed.data_class));
    return exit_ok;
  }
  if (writes_pages(arguments)) {
    check_files(arguments, plan, runner.inputs());
    write_pages(arguments, followed, result, session);
  }
  std::string text = plan.label.in(session.language) + "\n\n";
  for (ReportText const& sentence : plan_sentences(followed, {})) text += sentence.in(session.language) + "\n";
  session.console.data(text);
  if (!writes_pages(arguments)) session.tell(no_pages_words(session.language));
  return exit_ok;
}

}  // namespace utvei
