// SPDX-License-Identifier: Apache-2.0
// Non-parametric state occupation: Aalen & Johansen (1978), as in Andersen, Borgan, Gill & Keiding (1993), IV.4. The
// matrix of transition probabilities is the product integral of the Nelson-Aalen increments dA over the jumps,
//     P(s, t) = prod_{s < u <= t} (I + dA(u)),    dA_jk(u) = dN_jk(u) / Y_j(u),
// with Y_j(u) those in j just before u: entered before u, not left before u. Who enters at u is at risk after u, who is
// censored at u is at risk at u, and all changes at one time are one factor: the treatment of ties of survfit, mstate
// and etm. The covariance of a row of P follows the recursion (4.4.20) there with Greenwood's increments (4.4.19).
#include <utvei/estimation/occupation.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include <Eigen/Core>

namespace utvei {
namespace {

using Index = Eigen::Index;

struct Entry {
  Instant time;
  StateId state;
};
struct Exit {
  Instant time;
  StateId state;
  std::optional<StateId> next;  ///< none: censored
};

/// All changes of state at one time.
struct Jump {
  Instant time;
  Eigen::VectorXd at_risk;  ///< by state, just before
  Eigen::MatrixXd changes;  ///< from × to
};

using Members = std::function<bool(PersonRow)>;

struct Movements {
  std::vector<Entry> entries;  ///< in order of time
  std::vector<Exit> exits;     ///< in order of time
};

Movements movements_of(LifeCourses const& lives, Members const& members) {
  Movements moves;
  for (SpellId const spell : ids_of(lives.state)) {
    if (!members(lives.person[spell])) continue;
    moves.entries.push_back({lives.enter[spell], lives.state[spell]});
    moves.exits.push_back({lives.leave[spell], lives.state[spell], lives.next[spell]});
  }
  std::ranges::sort(moves.entries, {}, &Entry::time);
  std::ranges::sort(moves.exits, {}, &Exit::time);
  return moves;
}

std::vector<Jump> jumps_of(Movements const& moves, Index states) {
  std::vector<Jump> jumps;
  Eigen::VectorXd at_risk = Eigen::VectorXd::Zero(states);
  auto entry = moves.entries.begin();
  for (auto exit = moves.exits.begin(); exit != moves.exits.end();) {
    Instant const time = exit->time;
    for (; entry != moves.entries.end() && entry->time < time; ++entry) {
      at_risk[static_cast<Index>(entry->state.value())] += 1;
    }
    Jump jump{time, at_risk, Eigen::MatrixXd::Zero(states, states)};
    for (; exit != moves.exits.end() && exit->time == time; ++exit) {
      auto const from = static_cast<Index>(exit->state.value());
      at_risk[from] -= 1;
      if (exit->next) jump.changes(from, static_cast<Index>(exit->next->value())) += 1;
    }
    if (jump.changes.any()) jumps.push_back(std::move(jump));
  }
  return jumps;
}

/// One row of P(s, t), and its covariance matrix.
struct Row {
  Eigen::RowVectorXd probability;
  Eigen::MatrixXd covariance;
};

void step(Row& row, Jump const& jump) {
  Index const states = row.probability.size();
  Eigen::MatrixXd factor = Eigen::MatrixXd::Identity(states, states);
  Eigen::MatrixXd added = Eigen::MatrixXd::Zero(states, states);
  for (Index from = 0; from < states; ++from) {
    double const changes = jump.changes.row(from).sum();
    if (changes == 0) continue;
    double const at_risk = jump.at_risk[from];
    Eigen::RowVectorXd shares = jump.changes.row(from) / at_risk;
    shares[from] = (at_risk - changes) / at_risk;
    factor.row(from) = shares;
    // Greenwood: given who is at risk, the row of counts is multinomial.
    double const p = row.probability[from];
    added.diagonal() += p * p / at_risk * shares.transpose();
    added -= p * p / at_risk * shares.transpose() * shares;
  }
  row.covariance = factor.transpose() * row.covariance * factor + added;
  row.probability = row.probability * factor;
}

OccupationPoint point_of(Row const& row, Instant time) {
  OccupationPoint point{time, {}, {}};
  for (Index state = 0; state < row.probability.size(); ++state) {
    point.probability.push_back(row.probability[state]);
    point.se.push_back(std::sqrt(std::max(0.0, row.covariance(state, state))));
  }
  return point;
}

std::vector<OccupationPoint> points_from(Instant start_time, StateId start, std::vector<Jump> const& jumps,
                                         Index states, std::vector<Instant> const& times) {
  Row row{Eigen::RowVectorXd::Unit(states, static_cast<Index>(start.value())), Eigen::MatrixXd::Zero(states, states)};
  auto jump = std::ranges::upper_bound(jumps, start_time, {}, &Jump::time);
  std::vector<OccupationPoint> points;
  if (times.empty()) {
    points.push_back(point_of(row, start_time));
    for (; jump != jumps.end(); ++jump) {
      step(row, *jump);
      points.push_back(point_of(row, jump->time));
    }
    return points;
  }
  for (Instant const time : times) {
    if (time < start_time) continue;
    for (; jump != jumps.end() && jump->time <= time; ++jump) step(row, *jump);
    points.push_back(point_of(row, time));
  }
  return points;
}

struct Group {
  std::string name;
  Members members;
};

std::vector<Group> groups_of(LifeCourses const& lives, Model const& model, OccupationOptions const& options) {
  std::vector<Group> groups;
  if (options.by) {
    auto const& levels = lives.persons.traits[options.by->value()];
    for (std::size_t level = 0; level < model.traits[*options.by].levels.size(); ++level) {
      groups.push_back(
          {model.traits[*options.by].levels[level], [&levels, level](PersonRow p) { return levels[p] == level; }});
    }
  } else if (options.by_region) {
    auto regions = lives.persons.region.values();
    std::ranges::sort(regions, {}, [](RegionId region) { return region.value(); });
    auto const rest = std::ranges::unique(regions);
    regions.erase(rest.begin(), rest.end());
    for (RegionId const region : regions) {
      groups.push_back(
          {model.regions[region].code, [&lives, region](PersonRow p) { return lives.persons.region[p] == region; }});
    }
  } else {
    groups.push_back({"", [](PersonRow) { return true; }});
  }
  return groups;
}

std::vector<StateId> start_states(Model const& model, OccupationOptions const& options) {
  if (!options.start.empty()) return options.start;
  std::vector<StateId> states;
  for (StateId const state : ids_of(model.states)) {
    if (!model.states[state].absorbing) states.push_back(state);
  }
  return states;
}

}  // namespace

std::vector<OccupationCurve> state_occupation(LifeCourses const& lives, Model const& model, Instant window_start,
                                              OccupationOptions const& options) {
  auto const states = static_cast<Index>(model.states.size());
  auto const start_times = options.start_times.empty() ? std::vector{window_start} : options.start_times;
  std::vector<OccupationCurve> curves;
  for (Group const& group : groups_of(lives, model, options)) {
    auto const jumps = jumps_of(movements_of(lives, group.members), states);
    for (Instant const start_time : start_times) {
      for (StateId const start : start_states(model, options)) {
        curves.push_back({group.name, start_time, start, points_from(start_time, start, jumps, states, options.times)});
      }
    }
  }
  return curves;
}

}  // namespace utvei
