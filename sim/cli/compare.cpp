// SPDX-License-Identifier: Apache-2.0
#include "compare.hpp"

#include "exit_code.hpp"
#include "prepare.hpp"

#include <utvei/output/result_file.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/results/compare.hpp>
#include <utvei/results/render_comparison.hpp>

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

std::vector<RunResult> load_all(CompareArguments const& arguments) {
  std::vector<RunResult> results;
  Diagnostics diagnostics;
  collecting(diagnostics, [&] { results.push_back(load_result(arguments.baseline)); });
  for (std::string const& path : arguments.others)
    collecting(diagnostics, [&] { results.push_back(load_result(path)); });
  throw_if_errors(diagnostics);
  return results;
}

/// Means of fewer than five people, and events of fewer, or of all but a few, tell of single people.
void leave_few_followed_out(Comparison& comparison) {
  auto const is_of_few = [&comparison](double persons) { return !may_be_shown(persons / comparison.weight); };
  for (FollowUpSummary& summary : comparison.follow_ups) {
    std::erase_if(summary.scores, [&](FollowedMean const& mean) {
      return is_of_few(mean.persons) || is_of_few(mean.baseline_persons);
    });
    std::erase_if(summary.events, [&](FollowedMean const& mean) {
      auto const is_hidden = [&](double persons, std::optional<double> const& share) {
        double const with = persons * share.value_or(0);
        return is_of_few(persons) || is_of_few(std::round(with)) || is_of_few(std::round(persons - with));
      };
      return is_hidden(mean.persons, mean.value) || is_hidden(mean.baseline_persons, mean.baseline);
    });
  }
}

/// Of people who are told apart: what is small, and where that is one number the smallest of the others, since the sum
/// gives it away.
void hide_small(std::optional<double>& all, std::vector<ParticipantSummary::People>& people, double weight) {
  auto const is_hidden = [&](std::optional<double> const& number) {
    return number && !may_be_shown(disclosed_number(*number / weight, "1"));
  };
  if (is_hidden(all)) {
    all.reset();
    for (auto& some : people) some.people.reset();
    return;
  }
  std::size_t hidden = 0;
  ParticipantSummary::People* least = nullptr;
  for (auto& some : people) {
    if (is_hidden(some.people)) {
      some.people.reset();
      ++hidden;
    } else if (*some.people > 0 && (least == nullptr || *some.people < *least->people)) {
      least = &some;
    }
  }
  if (hidden == 1 && least != nullptr) least->people.reset();
}

/// Runs on rates of a register are as confidential as its tables, which `export` writes alike.
std::size_t leave_small_numbers_out(Comparison& comparison) {
  for (auto& money : comparison.money) money.reset();
  leave_few_followed_out(comparison);
  for (ParticipantSummary& summary : comparison.participants) {
    for (auto& began : summary.began) hide_small(began.all, began.people, comparison.weight);
    for (auto& later : summary.later) hide_small(later.followed, later.people, comparison.weight);
  }
  return std::erase_if(comparison.rows, [&comparison](ComparisonRow const& row) {
    std::string const& units = comparison.units.at(row.measure_of);
    auto const is_hidden = [&](double number) {
      return !may_be_shown(disclosed_number(number / comparison.weight, units));
    };
    return sums_what_people_have(row.measure_of, units) || is_hidden(row.baseline) || is_hidden(row.value);
  });
}

}  // namespace

int compare_command(CompareArguments const& arguments, Session& session) {
  CompareOptions options{arguments.quantities, arguments.by, directions_of(arguments.better)};
  std::vector<RunResult> const results = load_all(arguments);
  std::vector<RunResult const*> scenarios;
  for (std::size_t i = 1; i < results.size(); ++i) scenarios.push_back(&results[i]);
  for (RunResult const& result : results) session.tell(note_of_evidence(result.provenance));
  Comparison comparison = compare(results.front(), scenarios, options);
  if (comparison.data_class == "register" && !arguments.inside) {
    std::size_t const rows = comparison.rows.size();
    if (std::size_t const left_out = leave_small_numbers_out(comparison); left_out > 0)
      session.tell(
          fmt::format("note: {} of {} rows hold a number below five, or kroner, of class register, and are left out; "
                      "--inside shows them\n",
                      left_out, rows));
  }
  if (arguments.format == "csv") {
    for (ComparisonNote const& note : joined(comparison.notes))
      session.tell(fmt::format("note: {}\n", text_of(note, session.language)));
    session.console.data(render_csv(comparison));
  } else {
    session.console.data(arguments.format == "json" ? render_json(comparison, session.language)
                                                    : render_text(comparison, session.language));
  }
  return exit_ok;
}

}  // namespace utvei
