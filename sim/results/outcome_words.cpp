// SPDX-License-Identifier: Apache-2.0
#include "money_wording.hpp"
#include "pathway_wording.hpp"
#include "wording.hpp"

#include <utvei/results/outcome_words.hpp>
#include <utvei/results/quantity_words.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

std::string quantity_in_words(std::string_view name, std::string_view language) {
  auto const words = quantity_inside_sentence(name, language);
  return std::string{words.empty() ? name : words};
}

/// Of what stands in the column `state`: a state, a group of states, a transition, a definition, a measure or a ledger.
std::string state_in_words(std::string const& name, std::string_view of, OutcomeLabels const& labels,
                           std::string_view language) {
  if (of.starts_with("present_value") || of == "balance") {
    auto const ledger = text_of(money_wording(language).ledgers, name);
    if (!ledger.empty()) return std::string{ledger};
  }
  RunResult known;
  known.states = labels.of.states;
  bool const is_state = std::ranges::find(known.states, name, &StateInfo::name) != known.states.end();
  if (is_state) return inside_sentence(state_label(known, name, language));
  if (auto const group = group_in_words(name, language); !group.empty()) return std::string{group};
  return inside_sentence(input_words(name, labels.of, language));
}

std::string label_in_words(std::string const& key, std::string const& label, std::string_view of,
                           OutcomeLabels const& labels, std::string_view language) {
  if (key == "region") {
    auto const name = labels.regions.find(label);
    return name == labels.regions.end() || name->second.empty() ? label : name->second;
  }
  if (key == "year") return label;
  return state_in_words(label, of, labels, language);
}

}  // namespace

std::string tables_in_words(std::string const& names, std::string_view language) {
  constexpr std::string_view between = "`, `";
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin <= names.size();) {
    std::size_t const end = std::min(names.find(between, begin), names.size());
    std::string const name = names.substr(begin, end - begin);
    // `person_years_by_year_state` is of `person_years`.
    std::string text = quantity_in_words(name.substr(0, name.find("_by_")), language);
    if (quantity_in_words(name, language) != name) text = quantity_in_words(name, language);
    if (std::ranges::find(words, text) == words.end()) words.push_back(std::move(text));
    begin = end + between.size();
  }
  return fmt::format("{}", fmt::join(words, between));
}

std::string outcome_words(AskedOutcome const& outcome, OutcomeLabels const& labels, std::string_view language) {
  std::vector<std::string> parts;
  // The state first: it is what the outcome is of.
  std::vector<std::string> keys;
  if (outcome.where.contains("state")) keys.emplace_back("state");
  for (auto const& [key, asked] : outcome.where)
    if (key != "state") keys.push_back(key);
  for (std::string const& key : keys) {
    std::vector<std::string> names;
    for (std::string const& label : outcome.where.at(key))
      names.push_back(label_in_words(key, label, outcome.of, labels, language));
    parts.push_back(fmt::format("{}", fmt::join(names, " + ")));
  }
  std::string const quantity = quantity_in_words(outcome.of, language);
  return parts.empty() ? quantity : fmt::format("{}, {}", quantity, fmt::join(parts, ", "));
}

}  // namespace utvei
