// SPDX-License-Identifier: Apache-2.0
#include "region_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace utvei {
namespace {

struct GroupWords {
  std::string_view name, nb, nn, en;
};
constexpr std::array group_words{
    GroupWords{"outside", "utenfor", "utanfor", "outside"}, GroupWords{"work", "arbeid", "arbeid", "work"},
    GroupWords{"education", "utdanning", "utdanning", "education"}, GroupWords{"*", "alle", "alle", "all"}};

bool joins_words(char letter) {
  return std::isspace(static_cast<unsigned char>(letter)) != 0 || letter == '+' || letter == '>';
}

}  // namespace

std::string words_of_states(Model const& model, std::string_view name, std::string_view language) {
  if (auto const state = model.state(name)) return label_in(model.states[*state].label, language, name);
  auto const known = std::ranges::find(group_words, name, &GroupWords::name);
  if (known != group_words.end())
    return std::string{language == "en" ? known->en : language == "nn" ? known->nn : known->nb};
  // A group of one state is that state.
  State const* only = nullptr;
  std::size_t states = 0;
  for (State const& state : model.states) {
    if (state.group != name) continue;
    only = &state;
    ++states;
  }
  return states == 1 ? label_in(only->label, language, name) : std::string{name};
}

std::string words_of_outcome(Model const& model, std::string_view name, std::string_view language) {
  std::string words;
  for (std::size_t at = 0; at < name.size();) {
    bool const is_arrow = name.substr(at).starts_with("->");
    if (is_arrow || joins_words(name[at])) {
      words += is_arrow ? "→" : std::string(1, name[at]);
      at += is_arrow ? 2 : 1;
      continue;
    }
    std::size_t end = at;
    while (end < name.size() && !joins_words(name[end]) && !name.substr(end).starts_with("->")) ++end;
    words += words_of_states(model, name.substr(at, end - at), language);
    at = end;
  }
  return words;
}

}  // namespace utvei
