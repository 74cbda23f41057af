// SPDX-License-Identifier: Apache-2.0
// The k likeliest loop-free pathways (Yen 1971, Management Science 17): the likeliest by Dijkstra over -log p, and
// then, again and again, the likeliest that leaves a pathway found before at some state of it.
#include <utvei/core/contract.hpp>
#include <utvei/model/graph.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

namespace utvei {
namespace {

using States = std::vector<StateId>;
/// Length and states: in order of length, then of states.
using Candidate = std::pair<double, States>;

Jump const* find_jump(JumpChain const& chain, StateId from, StateId to) {
  auto const found = std::ranges::find(chain.jumps[from], to, &Jump::to);
  return found == chain.jumps[from].end() ? nullptr : &*found;
}

double length_of(JumpChain const& chain, States const& states) {
  double length = 0;
  for (std::size_t i = 0; i + 1 < states.size(); ++i) {
    length -= std::log(find_jump(chain, states[i], states[i + 1])->probability);
  }
  return length;
}

/// Dijkstra from `from`, through no state of `closed` and by none of the first steps of `refused`.
std::optional<States> likeliest(JumpChain const& chain, StateId from, StateId to, std::set<StateId> const& closed,
                                std::set<StateId> const& refused) {
  std::size_t const count = chain.jumps.size();
  Column<StateId, double> distance(count, std::numeric_limits<double>::infinity());
  Column<StateId, StateId> before(count);
  std::set<std::pair<double, StateId>> front{{0.0, from}};
  distance[from] = 0;
  while (!front.empty()) {
    auto const [length, at] = *front.begin();
    front.erase(front.begin());
    if (at == to) break;
    for (Jump const& jump : chain.jumps[at]) {
      if (closed.contains(jump.to) || (at == from && refused.contains(jump.to))) continue;
      double const longer = length - std::log(jump.probability);
      if (longer >= distance[jump.to]) continue;
      front.erase({distance[jump.to], jump.to});
      distance[jump.to] = longer;
      before[jump.to] = at;
      front.emplace(longer, jump.to);
    }
  }
  if (std::isinf(distance[to])) return std::nullopt;
  States states{to};
  while (states.back() != from) states.push_back(before[states.back()]);
  std::ranges::reverse(states);
  return states;
}

Pathway pathway_of(JumpChain const& chain, States states) {
  Pathway pathway;
  pathway.probability = 1;
  pathway.years = 0;
  for (std::size_t i = 0; i + 1 < states.size(); ++i) {
    Jump const& jump = *find_jump(chain, states[i], states[i + 1]);
    pathway.probability *= jump.probability;
    pathway.years = pathway.years && jump.years ? std::optional{*pathway.years + *jump.years} : std::nullopt;
  }
  pathway.states = std::move(states);
  return pathway;
}

/// The pathways that leave the last of `found` at each of its states.
void add_deviations(JumpChain const& chain, StateId to, std::vector<States> const& found,
                    std::set<Candidate>& candidates) {
  States const& last = found.back();
  for (std::size_t i = 0; i + 1 < last.size(); ++i) {
    auto const root_end = last.begin() + static_cast<std::ptrdiff_t>(i) + 1;
    States const root{last.begin(), root_end};
    std::set<StateId> refused;
    for (States const& other : found) {
      if (other.size() > i + 1 && std::equal(last.begin(), root_end, other.begin())) refused.insert(other[i + 1]);
    }
    auto const rest = likeliest(chain, root.back(), to, {root.begin(), root.end()}, refused);
    if (!rest) continue;
    States states = root;
    states.insert(states.end(), rest->begin() + 1, rest->end());
    double const length = length_of(chain, states);
    candidates.emplace(length, std::move(states));
  }
}

}  // namespace

std::vector<Pathway> likely_pathways(JumpChain const& chain, StateId from, StateId to, std::size_t most) {
  UTVEI_EXPECT(chain.missing.empty());
  std::set<Candidate> candidates;
  std::vector<States> found;
  if (from == to) return {};
  if (auto first = likeliest(chain, from, to, {from}, {})) candidates.emplace(length_of(chain, *first), *first);
  while (found.size() < most && !candidates.empty()) {
    found.push_back(candidates.begin()->second);
    candidates.erase(candidates.begin());
    add_deviations(chain, to, found, candidates);
  }
  std::vector<Pathway> pathways;
  for (States& states : found) pathways.push_back(pathway_of(chain, std::move(states)));
  return pathways;
}

double probability_of_reaching(JumpChain const& chain, StateId from, StateId to) {
  UTVEI_EXPECT(chain.missing.empty());
  if (from == to) return 1;
  // States are passed over one by one, as Grassmann, Taksar & Heyman 1985 do, without a subtraction. The last column
  // holds those who are caught where no way leads on.
  std::size_t const count = chain.jumps.size();
  std::vector<std::vector<double>> step(count, std::vector<double>(count + 1, 0.0));
  for (StateId const id : ids_of(chain.jumps)) {
    for (Jump const& jump : chain.jumps[id]) step[id.value()][jump.to.value()] = jump.probability;
  }
  auto const leaving = [&](std::size_t state) {
    return std::accumulate(step[state].begin(), step[state].end(), 0.0) - step[state][state];
  };
  for (std::size_t passed = 0; passed < count; ++passed) {
    if (passed == from.value() || passed == to.value()) continue;
    step[passed][passed] = 0;
    double const out = leaving(passed);
    if (out <= 0) step[passed][count] = 1;
    for (std::size_t i = 0; i < count; ++i) {
      double const into = std::exchange(step[i][passed], 0.0);
      if (into <= 0) continue;
      for (std::size_t j = 0; j <= count; ++j) step[i][j] += into * step[passed][j] / (out > 0 ? out : 1);
    }
  }
  auto& last = step[from.value()];
  last[from.value()] = 0;
  double const out = leaving(from.value());
  return out > 0 ? last[to.value()] / out : 0;
}

}  // namespace utvei
