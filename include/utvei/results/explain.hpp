// SPDX-License-Identifier: Apache-2.0
// What the effect of a scenario on time in some states is made of. docs/methods/explain.md.
#pragma once

#include <utvei/results/compare.hpp>
#include <utvei/results/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// A part of an effect, in person-years. Parts of one list sum to the whole.
struct EffectPart {
  std::string what;  ///< a transition, a region, a level
  double effect{0};
  std::optional<double> mc_se;      ///< Monte Carlo standard error
  double baseline{0}, value{0};     ///< of flows: events; of people: person-years; of lives: people who part by it
  std::optional<double> half_95{};  ///< of people: as of the whole
};

/// What sets the two lives of each person apart first, and how much time in the states they have more after that.
struct Partings {
  std::size_t people{0}, parted{0};     ///< whose lives are kept in both results
  double total{0};                      ///< of their effect
  std::vector<EffectPart> happens;      ///< by transition that comes in the scenario, earlier or instead
  std::vector<EffectPart> fails;        ///< that came in the baseline, earlier or instead
  std::vector<EffectPart> start_state;  ///< the same effect, by state at the start
};

struct Explanation {
  std::string scenario;
  std::string outcome;              ///< a state or a group of states
  std::vector<std::string> states;  ///< that it consists of
  double total{0};                  ///< person-years, mean over draws and replicates
  std::optional<double> mc_se;
  std::optional<double> half_95;  ///< of the interval that compare() shows: parameters and chance, or luck alone
  std::vector<EffectPart> flows;  ///< by transition into the states, or out of them
  double within_years{0};         ///< what of the whole is when in the year they happen; with the flows the whole
  struct People {
    std::string dimension;
    std::vector<EffectPart> parts;
  };
  std::vector<People> people;        ///< by region, age group and traits, as far as the results tell them apart
  std::optional<Partings> partings;  ///< where both results keep life courses
};

/// `outcome`: a state, or a group of states. InputError (usage) where the results do not know it; both must be runs
/// that can be compared.
Explanation explain(RunResult const& baseline, RunResult const& scenario, std::string const& outcome);

/// A text for planners, in nb, nn or en.
std::string explanation_text(Explanation const& explanation, Comparison const& comparison, std::string_view language);
/// The same as JSON.
std::string explanation_json(std::vector<Explanation> const& explanations);

}  // namespace utvei
