// SPDX-License-Identifier: Apache-2.0
#include "compare.hpp"

#include "compare_uncertainty.hpp"
#include "compared_results.hpp"
#include "exit_code.hpp"

#include <utvei/chapters/shown_comparison.hpp>
#include <utvei/register/disclosure.hpp>
#include <utvei/results/compare.hpp>
#include <utvei/results/explain.hpp>
#include <utvei/results/render_comparison.hpp>
#include <utvei/run/prepare.hpp>

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

/// What the effect of each scenario on time in some states is made of, in place of what differs.
int explain_effects(CompareArguments const& arguments, std::vector<RunResult> const& results,
                    Comparison const& comparison, Session& session) {
  if (arguments.format == "csv")
    throw InputError{Fault::usage, Place{}, "--explain has no csv", "it is several tables", "use --format json"};
  // Single flows and people who part are few before their effect is.
  require_disclosure_cleared(comparison.data_class, audience_of(arguments.inside), arguments.others.front(), "shown");
  std::vector<Explanation> explanations;
  for (std::size_t i = 1; i < results.size(); ++i)
    explanations.push_back(explain(results.front(), results[i], *arguments.explain));
  if (arguments.format == "json") {
    session.console.data(explanation_json(explanations));
    return exit_ok;
  }
  std::string text;
  for (Explanation const& each : explanations) text += explanation_text(each, comparison, session.language);
  session.console.data(text);
  return exit_ok;
}

}  // namespace

int compare_command(CompareArguments const& arguments, Session& session) {
  CompareOptions const options = options_of(arguments);
  ComparedResults const compared = load_compared(arguments, options);
  std::vector<RunResult> const& results = compared.results;
  std::vector<RunResult const*> scenarios;
  for (std::size_t i = 1; i < results.size(); ++i) scenarios.push_back(&results[i]);
  for (RunResult const& result : results) session.tell(note_of_evidence(result.provenance));
  if (asks_for_uncertainty(arguments)) return tell_uncertainty(results, arguments, options, session);
  Comparison comparison = compare(results.front(), scenarios, options, compared.parts);
  if (arguments.explain) return explain_effects(arguments, results, comparison, session);
  if (comparison.data_class == "register" && !arguments.inside) {
    std::size_t const rows = comparison.rows.size() + comparison.contrasts.size() + comparison.rankings.size();
    std::vector<RunResult const*> all{&results.front()};
    all.insert(all.end(), scenarios.begin(), scenarios.end());
    if (std::size_t const left_out = leave_inside(comparison, results, ResultGate{all}); left_out > 0)
      session.tell(
          fmt::format("note: {} of {} rows of class register stay inside: few people, what would give them away, and "
                      "kroner; --inside shows them\n",
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
