// SPDX-License-Identifier: Apache-2.0
#include "wording.hpp"

#include <utvei/results/input_words.hpp>

#include <algorithm>
#include <array>
#include <cctype>

namespace utvei {
namespace {

/// How the program names what is uncertain of a measure, and in nb and nn. Longer ones go before what they begin with.
constexpr std::array<std::array<std::string_view, 3>, 16> parts_in_words{{
    {"found after", "blir funnet etter", "blir funne etter"},
    {"gives up after", "gir opp etter", "gir opp etter"},
    {"lasts", "varer", "varer"},
    {"wait", "venter", "ventar"},
    {"uptake", "takker ja", "takkar ja"},
    {"lock-in", "innlåsing", "innlåsing"},
    {"per participant and month", "per deltaker og måned", "per deltakar og månad"},
    {"per participant", "per deltaker", "per deltakar"},
    {"per place and month", "per plass og måned", "per plass og månad"},
    {"per month", "per måned", "per månad"},
    {"start", "oppstart", "oppstart"},
    {"unmet", "udekket", "udekt"},
    {"need", "har behovet", "har behovet"},
    {"level", "nivå", "nivå"},
    {"assessment", "kartlegging", "kartlegging"},
    {"hand over", "overlevering", "overlevering"},
}};

bool is_of_a_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) > 127;
}

/// Labels in place of both states of every `a -> b`.
std::string with_transitions(std::string const& text, InputLabels const& labels, std::string_view language) {
  RunResult states;
  states.states = labels.states;
  std::string done;
  std::size_t from = 0;
  constexpr std::string_view arrow = " -> ";
  for (std::size_t at = text.find(arrow); at != std::string::npos; at = text.find(arrow, from)) {
    std::size_t begin = at;
    while (begin > from && is_of_a_name(text[begin - 1])) --begin;
    std::size_t end = at + arrow.size();
    while (end < text.size() && is_of_a_name(text[end])) ++end;
    auto const label = [&](std::size_t first, std::size_t last) {
      return inside_sentence(state_label(states, text.substr(first, last - first), language));
    };
    done += text.substr(from, begin - from) + label(begin, at) + " → " + label(at + arrow.size(), end);
    from = end;
  }
  return done + text.substr(from);
}

std::string part_in_words(std::string const& part, std::string_view language) {
  if (language == "en") return part;
  for (auto const& words : parts_in_words) {
    bool const is_it = part == words[0] || part.starts_with(std::string{words[0]} + ", ");
    if (is_it) return std::string{words[language == "nn" ? 2 : 1]} + part.substr(words[0].size());
  }
  return part;
}

}  // namespace

std::string input_words(std::string const& name, InputLabels const& labels, std::string_view language) {
  std::size_t const colon = name.find(": ");
  std::string const owner = name.substr(0, colon);
  auto const measure = std::ranges::find(labels.measures, owner, &StateInfo::name);
  std::string const label = measure == labels.measures.end() ? owner : label_of(*measure, language);
  if (colon == std::string::npos) return with_transitions(label, labels, language);
  return label + ": " + with_transitions(part_in_words(name.substr(colon + 2), language), labels, language);
}

}  // namespace utvei
