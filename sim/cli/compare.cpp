// SPDX-License-Identifier: Apache-2.0
#include "compare.hpp"

#include "compare_uncertainty.hpp"
#include "exit_code.hpp"
#include "prepare.hpp"

#include <utvei/output/result_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/results/compare.hpp>
#include <utvei/results/render_comparison.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace utvei {
namespace {

/// NAME=more or NAME=less.
std::map<std::string, Better> directions_of(std::vector<std::string> const& words) {
  std::map<std::string, Better> directions;
  for (std::string const& word : words) {
    std::size_t const equals = word.rfind('=');
    std::string const direction = equals == std::string::npos ? "" : word.substr(equals + 1);
    if (direction != "more" && direction != "less") {
      throw InputError{Fault::usage, Place{}, fmt::format("--better: cannot read `{}`", word),
                       "it says of a state, a group or a transition whether more or less of it is better",
                       "write --better NAME=more or --better NAME=less"};
    }
    directions[word.substr(0, equals)] = direction == "more" ? Better::more : Better::less;
  }
  return directions;
}

/// DIMENSION=A,B, with a plus between labels that are added up.
ContrastRequest contrast_of(std::string const& word) {
  auto const split = [](std::string const& text, char mark) {
    std::vector<std::string> parts{""};
    for (char const c : text) {
      if (c == mark) {
        parts.emplace_back();
      } else {
        parts.back() += c;
      }
    }
    return parts;
  };
  std::size_t const equals = word.find('=');
  auto const sides = split(equals == std::string::npos ? "" : word.substr(equals + 1), ',');
  ContrastRequest request{word.substr(0, equals), {}, {}};
  if (sides.size() == 2) {
    request.a = split(sides[0], '+');
    request.b = split(sides[1], '+');
  }
  bool const lacks = sides.size() != 2 || equals == 0 || std::ranges::find(request.a, "") != request.a.end() ||
                     std::ranges::find(request.b, "") != request.b.end();
  if (lacks)
    throw InputError{Fault::usage, Place{}, fmt::format("--difference-of: cannot read `{}`", word),
                     "it names a dimension and the two parts whose effects are set against each other",
                     "write --difference-of region=42,03, or region=4203+4204,03* for sums"};
  return request;
}

CompareOptions options_of(CompareArguments const& arguments) {
  CompareOptions options{arguments.quantities, arguments.by, directions_of(arguments.better), {}, {}};
  Diagnostics diagnostics;
  for (std::string const& word : arguments.rank)
    collecting(diagnostics, [&] { options.rank.push_back(read_outcome(word, "--rank")); });
  for (std::string const& word : arguments.contrasts)
    collecting(diagnostics, [&] { options.contrasts.push_back(contrast_of(word)); });
  if (!arguments.rank.empty() && arguments.format == "csv")
    collecting(diagnostics, [] {
      throw InputError{Fault::usage, Place{}, "--rank has no place in csv", "a rank is of all scenarios together",
                       "use --format text or json"};
    });
  throw_if_errors(diagnostics);
  return options;
}

std::vector<RunResult> load_all(CompareArguments const& arguments) {
  std::vector<RunResult> results;
  Diagnostics diagnostics;
  collecting(diagnostics, [&] { results.push_back(load_result(arguments.baseline)); });
  for (std::string const& path : arguments.others)
    collecting(diagnostics, [&] { results.push_back(load_result(path)); });
  throw_if_errors(diagnostics);
  return results;
}

/// Scores stay inside: from means of nearly the same people one can count back to what one of them has. Of events, what
/// would tell of fewer than five people, those between a time that is shown and the next too.
void leave_few_followed_out(Comparison& comparison) {
  auto const is_few = [&comparison](double persons) { return !may_be_shown(std::round(persons) / comparison.weight); };
  for (FollowUpSummary& summary : comparison.follow_ups) {
    summary.scores.clear();
    std::string event;
    double with_before[2]{0, 0};
    std::erase_if(summary.events, [&](FollowedMean const& mean) {
      if (mean.what != event) with_before[0] = with_before[1] = 0;
      event = mean.what;
      bool is_hidden = is_few(mean.at_risk);
      double with[2]{0, 0};
      for (std::size_t side = 0; side < 2; ++side) {
        double const persons = side == 0 ? mean.baseline_persons : mean.persons;
        with[side] = persons * (side == 0 ? mean.baseline : mean.value).value_or(0);
        is_hidden = is_hidden || is_few(persons) || is_few(with[side]) || is_few(persons - with[side]) ||
                    is_few(with[side] - with_before[side]);
      }
      if (!is_hidden) std::copy_n(with, 2, with_before);
      return is_hidden;
    });
  }
}

/// People who are told apart, and all of them.
void hide_small(std::optional<double>& all, std::vector<ParticipantSummary::People>& people, double weight) {
  if (!may_be_shown(all.value_or(0) / weight)) {
    all.reset();
    for (auto& some : people) some.people.reset();
    return;
  }
  std::vector<double> counts;
  for (auto const& some : people) counts.push_back(some.people.value_or(0) / weight);
  std::vector<bool> const hidden = counts_to_hide(counts);
  for (std::size_t i = 0; i < people.size(); ++i)
    if (hidden[i]) people[i].people.reset();
}

/// What is added up of cells one of which is small would tell it beside the others.
std::size_t leave_small_sums_out(Comparison& comparison) {
  auto const is_small = [&comparison](std::vector<double> const& cells) {
    return std::ranges::any_of(cells, [&](double cell) { return !may_be_shown(cell / comparison.weight); });
  };
  std::erase_if(comparison.rankings, [](Ranking const& ranking) { return ranking.outcome.starts_with("present_"); });
  return std::erase_if(comparison.contrasts, [&](ContrastRow const& row) { return is_small(row.cells); }) +
         std::erase_if(comparison.rankings, [&](Ranking const& ranking) { return is_small(ranking.cells); });
}

/// Runs on rates of a register are as confidential as its tables, which `export` writes alike.
std::size_t leave_small_numbers_out(Comparison& comparison) {
  for (auto& money : comparison.money) money.reset();
  leave_few_followed_out(comparison);
  for (ParticipantSummary& summary : comparison.participants) {
    for (auto& began : summary.began) hide_small(began.all, began.people, comparison.weight);
    for (auto& later : summary.later) hide_small(later.followed, later.people, comparison.weight);
  }
  std::size_t const untold = leave_small_sums_out(comparison);
  return untold + std::erase_if(comparison.rows, [&comparison](ComparisonRow const& row) {
           std::string const& units = comparison.units.at(row.measure_of);
           auto const is_hidden = [&](double number) {
             return !may_be_shown(disclosed_number(number / comparison.weight, units));
           };
           return sums_what_people_have(row.measure_of, units) || is_hidden(row.baseline) || is_hidden(row.value);
         });
}

}  // namespace

int compare_command(CompareArguments const& arguments, Session& session) {
  CompareOptions const options = options_of(arguments);
  std::vector<RunResult> const results = load_all(arguments);
  std::vector<RunResult const*> scenarios;
  for (std::size_t i = 1; i < results.size(); ++i) scenarios.push_back(&results[i]);
  for (RunResult const& result : results) session.tell(note_of_evidence(result.provenance));
  if (asks_for_uncertainty(arguments)) return tell_uncertainty(results, arguments, options, session);
  Comparison comparison = compare(results.front(), scenarios, options);
  if (comparison.data_class == "register" && !arguments.inside) {
    std::size_t const rows = comparison.rows.size() + comparison.contrasts.size() + comparison.rankings.size();
    if (std::size_t const left_out = leave_small_numbers_out(comparison); left_out > 0)
      session.tell(
          fmt::format("note: {} of {} rows hold a number below five, or kroner, of class register, and are left out; "
                      "--inside shows them\n",
                      left_out, rows));
  }
  if (arguments.format == "csv") {
    for (ComparisonNote const& note : joined(comparison.notes))
      session.tell(fmt::format("note: {}\n", text_of(note, session.language)));
    session.console.data(render_csv(comparison, arguments.intervals));
  } else {
    session.console.data(arguments.format == "json" ? render_json(comparison, session.language)
                                                    : render_text(comparison, session.language));
  }
  return exit_ok;
}

}  // namespace utvei
