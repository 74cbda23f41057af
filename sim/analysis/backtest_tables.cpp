// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/backtest.hpp>

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

std::string number(double value) {
  return fmt::format("{}", value);
}

std::vector<std::string> score_row(BacktestScore const& score, std::string split) {
  std::vector<std::string> row{std::move(split), score.years == 0 ? "" : fmt::format("{}", score.years),
                               std::string{name_of(score.forecast)}};
  if (score.failed.empty()) {
    row.push_back(fmt::format("{}", score.predictions));
    for (double const value : {score.log_score, score.crps, score.coverage_50, score.coverage_90, score.total_variation,
                               score.total_variation_all})
      row.push_back(number(value));
  } else {
    row.resize(row.size() + 7);
  }
  row.push_back(score.failed);
  return row;
}

std::string describe(BacktestPeople const& people, Study const& study, std::int64_t least) {
  std::string text = fmt::format("split {}: {} people", written_moment(people.split, study.time), people.persons);
  if (people.unknown > 0 && static_cast<std::int64_t>(people.unknown) >= least)
    text += fmt::format(" ({} more, of whom region, a trait or the time in the state is not known, are left out)",
                        people.unknown);
  for (std::size_t year = 0; year < people.seen_later.size(); ++year) {
    text += fmt::format("{}{} after {} {}", year == 0 ? "; seen later: " : ", ", people.seen_later[year], year + 1,
                        year == 0 ? "year" : "years");
  }
  return text + "\n";
}

constexpr auto score_header = "{:<10} {:>10} {:>10} {:>9} {:>9} {:>11} {:>9}\n";

std::string describe(BacktestScore const& score) {
  if (!score.failed.empty()) return fmt::format("{:<10} no prediction: {}\n", name_of(score.forecast), score.failed);
  return fmt::format("{:<10} {:>10.3f} {:>10.3f} {:>8.1f}% {:>8.1f}% {:>11.4f} {:>9.4f}\n", name_of(score.forecast),
                     score.log_score, score.crps, 100 * score.coverage_50, 100 * score.coverage_90,
                     score.total_variation, score.total_variation_all);
}

/// People of all regions by state at the last year of the last split.
std::string describe_states(Backtest const& backtest, Study const& study, std::int64_t least) {
  if (backtest.lines.empty()) return {};
  Instant const split = backtest.people.back().split;
  auto const years = static_cast<int>(backtest.people.back().seen_later.size());
  Column<StateId, std::int64_t> observed(study.model.states.size());
  std::map<Forecast, Column<StateId, double>> predicted;
  for (BacktestLine const& line : backtest.lines) {
    if (line.split != split || line.years != years) continue;
    auto const [found, is_new] =
        predicted.try_emplace(line.forecast, Column<StateId, double>(study.model.states.size()));
    found->second[line.state] += line.mean;
    if (line.forecast == predicted.begin()->first && predicted.size() == 1) observed[line.state] += line.observed;
  }
  std::string text = fmt::format("\npeople after {} {} from {}:\n{:<20} {:>9}", years, years == 1 ? "year" : "years",
                                 written_moment(split, study.time), "state", "observed");
  for (auto const& [forecast, means] : predicted) text += fmt::format(" {:>10}", name_of(forecast));
  text += "\n";
  for (StateId const state : ids_of(study.model.states)) {
    if (observed[state] > 0 && observed[state] < least) {
      text += fmt::format("{:<20} {:>9}\n", study.model.states[state].name, fmt::format("<{}", least));
      continue;
    }
    text += fmt::format("{:<20} {:>9}", study.model.states[state].name, observed[state]);
    for (auto const& [forecast, means] : predicted) text += fmt::format(" {:>10.1f}", means[state]);
    text += "\n";
  }
  return text;
}

}  // namespace

TextTable backtest_lines_table(Backtest const& backtest, Study const& study) {
  TextTable table{{"split", "years", "region", "state", "method", "observed", "mean", "low_50", "high_50", "low_90",
                   "high_90", "log_score", "crps"},
                  {}};
  for (BacktestLine const& line : backtest.lines) {
    table.rows.push_back({written_moment(line.split, study.time), fmt::format("{}", line.years), line.region,
                          study.model.states[line.state].name, std::string{name_of(line.forecast)},
                          fmt::format("{}", line.observed), number(line.mean), fmt::format("{}", line.low_50),
                          fmt::format("{}", line.high_50), fmt::format("{}", line.low_90),
                          fmt::format("{}", line.high_90), number(line.log_score), number(line.crps)});
  }
  return table;
}

TextTable backtest_scores_table(Backtest const& backtest, Study const& study) {
  TextTable table{{"split", "years", "method", "predictions", "log_score", "crps", "coverage_50", "coverage_90",
                   "total_variation", "total_variation_all", "failed"},
                  {}};
  for (BacktestScore const& score : backtest.scores)
    table.rows.push_back(score_row(score, written_moment(score.split, study.time)));
  for (BacktestScore const& score : backtest.total) table.rows.push_back(score_row(score, ""));
  return table;
}

std::string describe(Backtest const& backtest, Study const& study, std::int64_t least) {
  std::string text;
  for (BacktestPeople const& people : backtest.people) text += describe(people, study, least);
  text +=
      "\nmeans over regions, states and years (log score: the higher the better; CRPS, in people, and the distance\n"
      "between shares of states: the lower the better)\n";
  text += fmt::format(score_header, "method", "log score", "CRPS", "in 50 %", "in 90 %", "by region", "all");
  for (BacktestScore const& score : backtest.total) text += describe(score);
  text += describe_states(backtest, study, least);
  for (std::string const& warning : backtest.warnings) text += fmt::format("\nwarning: {}\n", warning);
  return text;
}

}  // namespace utvei
