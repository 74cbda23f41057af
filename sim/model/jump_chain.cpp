// SPDX-License-Identifier: Apache-2.0
// The embedded chain of competing constant intensities and limits. Between limits the time in the state is exponential
// with rate q; at each limit a share leaves. Whoever leaves by a transition takes transition j with q_j / q, whenever
// that happens, so the mean time before a transition is the same for all of them.
#include <utvei/model/graph.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

/// Probability, and the integral of time over it, of leaving for one state.
struct Leaving {
  double probability{0};
  double by_transition{0};
  double time{0};
  bool known_time{true};
};

class StateJumps {
 public:
  StateJumps(StateId id, Model const& model, RateLookup const& rate, Cell const& cell, JumpChain& chain)
      : id_{id}, state_{model.states[id]}, model_{model}, cell_{cell}, chain_{chain} {
    for (TransitionId const transition : ids_of(model.transitions)) {
      if (model.transitions[transition].from == id) look_up(transition, rate);
    }
  }

  void add() {
    pass_limits();
    // Other clocks hang on the life before the state was entered, and dates on the year.
    chain_.exact = chain_.exact && state_.entitlements.empty();
    if (state_.ends_at_age) add_age_end(*state_.ends_at_age);
    double time = 0;
    bool known = !leaving_.empty();
    for (auto const& [to, leaving] : leaving_) {
      auto const years = leaving.known_time ? std::optional{leaving.time / leaving.probability} : std::nullopt;
      chain_.jumps[id_].push_back({to, leaving.probability, leaving.by_transition, years});
      time += leaving.time;
      known = known && leaving.known_time;
    }
    if (known) chain_.mean_stay[id_] = time;
  }

 private:
  void look_up(TransitionId transition, RateLookup const& rate) {
    auto const found = rate(transition);
    if (!found) {
      chain_.missing.push_back(fmt::format("no rate of `{}`", model_.transitions[transition].name));
    } else if (*found > 0) {
      rates_.emplace_back(model_.transitions[transition].to, *found);
      total_ += *found;
    }
  }

  /// From one limit to the next: `still_there` have come so far.
  void pass_limits() {
    double still_there = 1;
    double start = 0;
    for (Limit const& limit : state_.limits) {
      double const end = in_years(limit.after);
      leave_by_transitions(still_there, start, end);
      still_there *= std::exp(-total_ * (end - start));
      still_there = leave_by(limit.to, "limit", still_there, end);
      start = end;
    }
    leave_by_transitions(still_there, start, std::nullopt);
    if (total_ > 0) still_there = 0;
    rest_ = still_there;
  }

  void leave_by_transitions(double there, double start, std::optional<double> end) {
    if (total_ <= 0 || there <= 0) return;
    double const length = end ? *end - start : 0;
    double const gone = end ? -std::expm1(-total_ * length) : 1;
    double const time_since_start = gone / total_ - (end ? length * std::exp(-total_ * length) : 0);
    for (auto const& [to, rate] : rates_) {
      Leaving& leaving = leaving_[to];
      leaving.probability += there * gone * rate / total_;
      leaving.by_transition += there * gone * rate / total_;
      leaving.time += there * (start * gone + time_since_start) * rate / total_;
    }
  }

  /// Who come to the rule: the probability of those who stay.
  double leave_by(Destinations const& destinations, std::string_view rule, double there, std::optional<double> after) {
    if (there <= 0) return 0;
    auto const* row = destinations_at(destinations, cell_.region, cell_.traits, model_.regions);
    if (row == nullptr) {
      chain_.missing.push_back(fmt::format("no destination of the {} of `{}`", rule, state_.name));
      return 0;
    }
    double const probability = there * (1 - row->stay);
    for (DestinationShare const& share : row->shares) {
      if (share.share <= 0 || probability <= 0) continue;
      Leaving& leaving = leaving_[share.to];
      leaving.probability += probability * share.share;
      leaving.time += probability * share.share * after.value_or(0);
      leaving.known_time = leaving.known_time && after.has_value();
    }
    return there * row->stay;
  }

  /// Of people of the cell, if it says when they were born.
  [[nodiscard]] Duration age_of(AgeEnd const& end) const {
    return cell_.age && cell_.calendar ? end.age_of(Instant{*cell_.calendar - *cell_.age}) : end.age;
  }

  void add_age_end(AgeEnd const& end) {
    bool const competes = total_ > 0 || !state_.limits.empty();
    chain_.exact = chain_.exact && !competes;
    std::optional<double> after;
    if (cell_.age) after = std::max(0.0, in_years(Duration{age_of(end).minutes - *cell_.age}));
    leave_by(end.to, "age end", rest_, after);
  }

  StateId id_;
  State const& state_;
  Model const& model_;
  Cell const& cell_;
  JumpChain& chain_;
  std::vector<std::pair<StateId, double>> rates_;
  double total_{0};
  double rest_{1};  ///< who leave neither by a transition nor by a limit
  std::map<StateId, Leaving> leaving_;
};

bool is_constant(Box const& box) {
  return box.age == everything && box.time_in_state == everything && box.calendar == everything;
}

}  // namespace

JumpChain jump_chain(Model const& model, RateLookup const& rate, Cell const& cell) {
  JumpChain chain;
  chain.jumps = Column<StateId, std::vector<Jump>>(model.states.size());
  chain.mean_stay = Column<StateId, std::optional<double>>(model.states.size());
  for (StateId const id : ids_of(model.states)) StateJumps{id, model, rate, cell, chain}.add();
  return chain;
}

JumpChain jump_chain(Model const& model, Rates const& rates, Cell const& cell) {
  bool constant = true;
  auto const rate = [&](TransitionId transition) -> std::optional<double> {
    auto const found = most_special_rates(model, rates, transition, cell);
    if (found.size() != 1) return std::nullopt;
    constant = constant && is_constant(found.front()->box);
    return found.front()->rate_per_year;
  };
  JumpChain chain = jump_chain(model, rate, cell);
  chain.exact = chain.exact && constant;
  return chain;
}

}  // namespace utvei
