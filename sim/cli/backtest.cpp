// SPDX-License-Identifier: Apache-2.0
#include "backtest.hpp"

#include "exit_code.hpp"
#include "progress.hpp"
#include "study_data.hpp"
#include "text_output.hpp"

#include <utvei/analysis/backtest.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/run/prepare.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

struct AskedBacktest {
  Study study;
  EstimateOptions estimate;
  BacktestOptions options;
};

AskedBacktest read_asked(BacktestArguments const& arguments, Session& session) {
  Diagnostics diagnostics;
  AskedBacktest asked;
  asked.study = read_study(arguments.study, overrides_of(arguments.overrides), Request{}, diagnostics);
  add_faults_of_estimate(asked.study, diagnostics);
  throw_if_errors(diagnostics);
  asked.options = read_backtest_options(asked.study, arguments.splits, diagnostics);
  if (!diagnostics.has_errors() && asked.options.splits.empty()) {
    diagnostics.add({Severity::error, Fault::usage, asked.options.place, "nobody says where to split the window",
                     "a back-test fits the years before a moment and predicts those after it",
                     "write `backtest: {split: 2021-01-01}` in the study, or give --split 2021-01-01"});
  }
  if (!asked.study.sources.empty()) asked.estimate = read_estimate_options(asked.study, diagnostics);
  throw_if_errors(diagnostics);
  session.console.show(diagnostics);
  return asked;
}

void check_files(BacktestArguments const& arguments, AskedBacktest const& asked) {
  check_cleared({arguments.output, arguments.scores}, asked.study.data_class, arguments.inside);
  auto read = files_of(asked.study);
  read.insert(read.end(), asked.estimate.inputs.begin(), asked.estimate.inputs.end());
  check_outputs({arguments.output, arguments.scores}, read);
}

using Json = nlohmann::ordered_json;

Json json_of(BacktestScore const& score, Json split) {
  Json json{{"split", std::move(split)},
            {"years", score.years == 0 ? Json(nullptr) : Json(score.years)},
            {"method", name_of(score.forecast)}};
  if (!score.failed.empty()) {
    json["failed"] = score.failed;
    return json;
  }
  json.update(Json{{"predictions", score.predictions},
                   {"log_score", score.log_score},
                   {"crps", score.crps},
                   {"coverage_50", score.coverage_50},
                   {"coverage_90", score.coverage_90},
                   {"total_variation", score.total_variation},
                   {"total_variation_all", score.total_variation_all}});
  return json;
}

/// Null for a number of few people.
Json told(std::size_t people, std::int64_t least) {
  return people == 0 || static_cast<std::int64_t>(people) >= least ? Json(people) : Json(nullptr);
}

std::string to_json(Backtest const& result, AskedBacktest const& asked, std::int64_t least) {
  TimeScale const& scale = asked.study.time;
  Json json{{"study", asked.study.name},    {"data_class", asked.study.data_class},
            {"draws", asked.options.draws}, {"seed", asked.options.seed},
            {"splits", Json::array()},      {"scores", Json::array()},
            {"total", Json::array()},       {"warnings", result.warnings}};
  for (BacktestPeople const& people : result.people) {
    json["splits"].push_back({{"split", written_moment(people.split, scale)},
                              {"persons", told(people.persons, least)},
                              {"left_out", told(people.unknown, least)},
                              {"seen_later", Json::array()}});
    for (std::size_t const seen : people.seen_later) json["splits"].back()["seen_later"].push_back(told(seen, least));
  }
  for (BacktestScore const& score : result.scores)
    json["scores"].push_back(json_of(score, written_moment(score.split, scale)));
  for (BacktestScore const& score : result.total) json["total"].push_back(json_of(score, nullptr));
  return json.dump(2) + "\n";
}

}  // namespace

int backtest_command(BacktestArguments const& arguments, Session& session) {
  AskedBacktest const asked = read_asked(arguments, session);
  check_files(arguments, asked);
  LifeCourses const lives = read_lives(asked.study, "", session);
  Backtest result;
  {
    ProgressBar bar{session.console, asked.study.name, !session.quiet};
    result = backtest(asked.study, lives, asked.estimate, asked.options,
                      {session.threads, &session.signals.stop(),
                       [&bar](std::uint64_t done, std::uint64_t total) { bar.tell(done, total); }});
    throw_if_stopped(session.signals);
  }
  unsigned const mode = file_mode(asked.study.data_class);
  if (!arguments.scores.empty())
    write_text(arguments.scores, to_csv(backtest_lines_table(result, asked.study)), session, mode);
  auto const least = least_told(asked.study.data_class, audience_of(arguments.inside), asked.study.disclosure.least);
  auto const text = arguments.format == "json"  ? to_json(result, asked, least)
                    : arguments.format == "csv" ? to_csv(backtest_scores_table(result, asked.study))
                                                : describe(result, asked.study, least);
  write_text(arguments.output, text, session, mode);
  throw_if_stopped(session.signals);
  return exit_ok;
}

}  // namespace utvei
