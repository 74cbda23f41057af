// SPDX-License-Identifier: Apache-2.0
#include <utvei/analysis/expected_outcomes.hpp>
#include <utvei/core/text.hpp>
#include <utvei/document/reader.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Which way is better, by groups.
std::optional<int> rank_of_group(std::string_view group) {
  if (group == "outside") return 0;
  if (group == "work" || group == "education") return 1;
  return std::nullopt;
}

class OutcomeReader {
 public:
  OutcomeReader(Model const& model, std::optional<Better> better, Diagnostics& diagnostics)
      : model_{model}, better_{better}, diagnostics_{diagnostics} {
    known_ = model.state_names();
    for (State const& state : model.states)
      if (!state.group.empty() && std::ranges::find(known_, state.group) == known_.end()) known_.push_back(state.group);
  }

  void read(std::string const& word, std::vector<OutcomeAsked>& outcomes) {
    std::size_t const errors = diagnostics_.error_count();
    OutcomeAsked outcome;
    outcome.name = trimmed(word);
    auto const arrow = word.find("->");
    if (arrow == std::string::npos) {
      outcome.kind = OutcomeAsked::Kind::stock;
      outcome.states = states_of(word);
    } else {
      add_transitions(states_of(word.substr(0, arrow)), states_of(word.substr(arrow + 2)), outcome);
      if (diagnostics_.error_count() == errors && outcome.transitions.empty()) {
        error(fmt::format("no transition of the model is `{}`", outcome.name),
              "limits and ages are rules, whose shares have no intensities",
              did_you_mean(outcome.name, model_.transition_names()));
      }
    }
    if (diagnostics_.error_count() > errors) return;
    auto const better = better_ ? better_ : better_by_groups(outcome);
    if (!better) {
      error(fmt::format("nobody says whether more or less of `{}` is better", outcome.name),
            "the groups of its states do not tell: outside is worse than work and education",
            "add --better more or --better less");
      return;
    }
    outcome.better = *better;
    outcomes.push_back(std::move(outcome));
  }

 private:
  void error(std::string problem, std::string why, std::string suggestion) {
    diagnostics_.add(
        {Severity::error, Fault::usage, Place{}, std::move(problem), std::move(why), std::move(suggestion)});
  }

  /// `a + b`, names of states or groups; `*` is all.
  std::vector<StateId> states_of(std::string_view text) {
    std::vector<StateId> states;
    for (std::string const& part : split(text)) {
      bool is_known = false;
      for (StateId const state : ids_of(model_.states)) {
        if (part != "*" && model_.states[state].name != part && model_.states[state].group != part) continue;
        is_known = true;
        if (std::ranges::find(states, state) == states.end()) states.push_back(state);
      }
      if (!is_known)
        error(fmt::format("--outcome: no state or group `{}` in the model", part), {}, did_you_mean(part, known_));
    }
    return states;
  }

  static std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    for (std::size_t first = 0; first <= text.size();) {
      auto const plus = std::min(text.find('+', first), text.size());
      parts.emplace_back(trimmed(text.substr(first, plus - first)));
      first = plus + 1;
    }
    return parts;
  }

  void add_transitions(std::vector<StateId> const& from, std::vector<StateId> const& to, OutcomeAsked& outcome) const {
    auto const has = [](std::vector<StateId> const& states, StateId state) {
      return std::ranges::find(states, state) != states.end();
    };
    for (TransitionId const id : ids_of(model_.transitions)) {
      Transition const& transition = model_.transitions[id];
      if (has(from, transition.from) && has(to, transition.to)) outcome.transitions.push_back(id);
    }
  }

  [[nodiscard]] std::optional<Better> better_by_groups(OutcomeAsked const& outcome) const {
    std::optional<Better> better;
    auto const agree = [&](std::optional<int> worse, std::optional<int> best) {
      if (!worse || !best || *worse == *best) return false;
      Better const of_one = *best > *worse ? Better::more : Better::less;
      bool const agrees = !better || *better == of_one;
      better = of_one;
      return agrees;
    };
    for (TransitionId const id : outcome.transitions) {
      Transition const& transition = model_.transitions[id];
      if (!agree(rank_of_group(model_.states[transition.from].group),
                 rank_of_group(model_.states[transition.to].group)))
        return std::nullopt;
    }
    for (StateId const state : outcome.states) {
      auto const rank = rank_of_group(model_.states[state].group);
      if (!agree(rank ? std::optional{1 - *rank} : std::nullopt, rank)) return std::nullopt;
    }
    return better;
  }

  Model const& model_;
  std::optional<Better> better_;
  Diagnostics& diagnostics_;
  std::vector<std::string> known_;
};

}  // namespace

std::vector<OutcomeAsked> read_outcomes(std::vector<std::string> const& words, std::optional<Better> better,
                                        Model const& model, Diagnostics& diagnostics) {
  OutcomeReader reader{model, better, diagnostics};
  std::vector<OutcomeAsked> outcomes;
  for (std::string const& word : words) reader.read(word, outcomes);
  return outcomes;
}

std::vector<std::string> default_outcomes(Model const& model, bool counts_stock) {
  auto const has_group = [&](std::string_view group) {
    return std::ranges::any_of(model.states, [&](State const& state) { return state.group == group; });
  };
  if (!has_group("outside")) return {};
  std::string inside;
  for (std::string_view const group : {"work", "education"})
    if (has_group(group)) inside += fmt::format("{}{}", inside.empty() ? "" : " + ", group);
  std::vector<std::string> words;
  if (!inside.empty()) words.push_back("outside -> " + inside);
  if (counts_stock) words.emplace_back("outside");
  return words;
}

}  // namespace utvei
