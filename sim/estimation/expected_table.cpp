// SPDX-License-Identifier: Apache-2.0
#include <utvei/estimation/expected.hpp>

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

/// Chance gives so small a p-value of a right model once in a thousand terms.
constexpr double small_p = 0.001;

std::string describe_level(ExpectedTerm const& term, ExpectedEvents const& level, Model const& model) {
  return fmt::format("  {}, {}={}: {} events, {:.1f} expected, ratio {:.2f}, z {:+.1f}\n",
                     model.transitions[term.transition].name, term.term, level.level, level.events, level.expected,
                     static_cast<double>(level.events) / level.expected, level.z.value_or(0));
}

}  // namespace

TextTable expected_table(std::vector<ExpectedTerm> const& terms, Model const& model) {
  TextTable table{{"from", "to", "term", "level", "in_model", "events", "expected", "ratio", "z", "flag"}, {}};
  for (ExpectedTerm const& term : terms) {
    Transition const& transition = model.transitions[term.transition];
    for (ExpectedEvents const& level : term.levels) {
      bool const has_ratio = level.expected > 0;
      table.rows.push_back({model.states[transition.from].name, model.states[transition.to].name, term.term,
                            level.level, term.in_model ? "yes" : "no", fmt::format("{}", level.events),
                            fmt::format("{}", level.expected),
                            has_ratio ? fmt::format("{}", static_cast<double>(level.events) / level.expected) : "",
                            level.z ? fmt::format("{}", *level.z) : "", std::string{flag_of(level)}});
    }
  }
  return table;
}

std::string expected_json(std::vector<ExpectedTerm> const& terms, Model const& model, std::int64_t least_events) {
  auto rows = Json::array();
  for (ExpectedTerm const& term : terms) {
    auto levels = Json::array();
    for (ExpectedEvents const& level : term.levels) {
      if (level.events > 0 && level.events < least_events) continue;
      Json row{{"level", level.level}, {"events", level.events}, {"expected", level.expected}, {"z", nullptr}};
      if (level.z) row["z"] = *level.z;
      row["flag"] = flag_of(level);
      levels.push_back(std::move(row));
    }
    Json row{{"transition", model.transitions[term.transition].name},
             {"term", term.term},
             {"in_model", term.in_model},
             {"chi_square", term.chi_square},
             {"degrees_of_freedom", term.degrees_of_freedom},
             {"p_value", nullptr},
             {"levels", std::move(levels)}};
    if (term.p_value) row["p_value"] = *term.p_value;
    rows.push_back(std::move(row));
  }
  return rows.dump();
}

std::string describe_expected(std::vector<ExpectedTerm> const& terms, Model const& model, std::int64_t least_events) {
  std::string tests;
  std::string levels;
  std::size_t tested = 0;
  std::size_t untold = 0;
  for (ExpectedTerm const& term : terms) {
    if (term.degrees_of_freedom > 0) ++tested;
    if (term.p_value && *term.p_value < small_p) {
      tests += fmt::format("  {}, {}{}: chi-square {:.1f} on {}, p {:.1g}\n", model.transitions[term.transition].name,
                           term.term, term.in_model ? "" : " (not in the model)", term.chi_square,
                           term.degrees_of_freedom, *term.p_value);
    }
    for (ExpectedEvents const& level : term.levels) {
      if (flag_of(level).empty()) continue;
      if (level.events > 0 && level.events < least_events) {
        ++untold;
      } else {
        levels += describe_level(term, level, model);
      }
    }
  }
  std::string text = fmt::format(
      "\nobserved against expected events: {} terms of transitions, {} of which the events can contradict (the others "
      "are met by the way they are fitted)\n",
      terms.size(), tested);
  text += tests.empty() ? "  no term has a p-value below 0.001\n" : tests;
  if (!levels.empty()) {
    text += fmt::format("levels that stand out, |z| of {} or more (z counts that the parameters were estimated):\n{}",
                        large_z, levels);
  }
  if (untold > 0) {
    text += fmt::format("  {} more with fewer than {} events, which are told with --inside\n", untold, least_events);
  }
  return text;
}

}  // namespace utvei
