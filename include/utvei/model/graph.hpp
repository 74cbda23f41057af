// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// How one state leads to another.
struct Way {
  enum class Kind { transition, limit, age };
  StateId from;
  StateId to;
  Kind kind{Kind::transition};
  std::optional<TransitionId> transition;  ///< of a transition
  std::size_t limit{0};                    ///< which limit of the state, of a limit; entitlements come after the limits
};
/// The limit of a way of that kind.
Limit const& limit_of(Way const& way, State const& from);
/// Transitions, then limits, then age ends. Destinations with no share, limits that everybody stays over, and limits
/// whose shares are not known yet, are no way.
std::vector<Way> ways_of(Model const& model);

/// Whether some limit of the state leads where only a rate file knows.
bool has_unknown_way_out(State const& state);

/// By state: whether some way leads there from one of `starts`; the starts themselves are reached. A limit whose shares
/// are not known yet may lead anywhere.
std::vector<bool> reachable(Model const& model, std::vector<StateId> const& starts);

/// States that no way leads out of.
std::vector<StateId> absorbing_states(Model const& model);

/// By state: the states that every way from `starts` into it passes, in the order in which they are met, the state
/// itself left out; nullopt where no way leads. Several starts are joined by a root above them, so that a start is on
/// every way only if there is no way round it. Lengauer & Tarjan 1979.
using Dominators = Column<StateId, std::optional<std::vector<StateId>>>;
Dominators dominators(Model const& model, std::vector<StateId> const& starts);

/// A step of the embedded jump chain.
struct Jump {
  StateId to;
  double probability{0};
  double by_transition{0};      ///< the part of it that is by a transition, not by a limit or an age
  std::optional<double> years;  ///< mean time in the state of those who take this step; none: it hangs on their age
};
/// What happens next, state by state, at intensities that do not change while people are there.
struct JumpChain {
  Column<StateId, std::vector<Jump>> jumps;          ///< probabilities sum to 1, or none if nobody leaves
  Column<StateId, std::optional<double>> mean_stay;  ///< years; none: for ever, or it hangs on people's age
  std::vector<std::string> missing;                  ///< what has no rate or no destination: then do not use it
  bool exact{true};                                  ///< whether all rates are constant and no age ends compete
};
/// Intensity per year of a transition; nullopt if there is none (a gap).
using RateLookup = std::function<std::optional<double>(TransitionId)>;
/// In a state with intensities that sum to q and limits L_1 < L_2 < … with shares s_k that stay, those who leave at L_k
/// are exp(-q L_k) (1 - s_k) s_1 … s_(k-1); the rest leave by transitions in proportion to their intensities, and all
/// mean times follow in closed form. Ages: where an age end is the only way out, all leave by it, after the years from
/// the cell's age (if it says) to that age; elsewhere age ends are left out, and the chain is not exact.
JumpChain jump_chain(Model const& model, RateLookup const& rate, Cell const& cell);
/// The chain of these rates in a cell; exact if no row that holds there is bounded in age, time in state or calendar.
JumpChain jump_chain(Model const& model, Rates const& rates, Cell const& cell);

/// A way through states without coming back to any of them.
struct Pathway {
  std::vector<StateId> states;  ///< from the first to the last
  double probability{0};        ///< that somebody who enters the first takes these steps next
  std::optional<double> years;  ///< mean time from entering the first to entering the last, of those who do
};
/// The `most` likeliest pathways, likeliest first (ties by the order of states): Yen 1971 over -log p.
std::vector<Pathway> likely_pathways(JumpChain const& chain, StateId from, StateId to, std::size_t most);
/// The probability that somebody who enters `from` ever comes to `to`, by whatever way.
double probability_of_reaching(JumpChain const& chain, StateId from, StateId to);

/// What a picture shows of one way.
struct WayMark {
  std::string label;
  double width{1};     ///< of the line
  std::string colour;  ///< empty: black
};

/// What a picture or a description of the graph may show besides the model.
struct GraphView {
  std::vector<StateId> starts;                         ///< for dominators
  std::optional<std::pair<StateId, StateId>> between;  ///< for pathways
  std::size_t most{5};                                 ///< pathways
  JumpChain const* chain{nullptr};                     ///< rates known; probabilities and pathways need it
  std::string at;                                      ///< what the chain holds for, as the user said it
  std::string language{"nb"};                          ///< of labels
  std::vector<WayMark> marks{};                        ///< by place among ways_of, in place of rates; empty: none
  std::vector<std::string> notes{};                    ///< by StateId: a second line; empty: none
};
/// Graphviz: transitions drawn through, limits dashed, ages dotted; colours by group.
std::string to_dot(Model const& model, GraphView const& view);
/// JSON (docs/formats/graph.md): states, ways, absorbing, dominators, pathways.
std::string to_json(Model const& model, GraphView const& view);

}  // namespace utvei
