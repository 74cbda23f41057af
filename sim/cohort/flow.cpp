// SPDX-License-Identifier: Apache-2.0
// Within a step intensities out of each compartment are constant, and who comes to the end of a band is known from the
// past, so the people of all compartments obey a linear system, dn/dt = A n + f(t), with a polynomial f. Its solution
// is the Taylor series whose terms are n_(m+1) = (h A n_m + f_m) / (m + 1), exact to rounding.
#include "flow.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

/// Atoms of this share of a cohort end a step; others come to the end of a band within one.
constexpr double heavy = 0.05;
/// Lighter ones, whom a limit leads into a state, are spread over their step: their number stays small where limits
/// lead into each other.
constexpr double light = 1e-3;
/// Changes of state of somebody that a step holds at most, in expectation: keeps the series short and its terms small.
constexpr double most_in_step = 1;
/// What is left out of a series, as a share of a cohort.
constexpr double rounding = 1e-12;

}  // namespace

template <class Number>
CohortFlow<Number>::CohortFlow(FlowSetting const& setting)
    : setting_{setting},
      rates_{setting.plan, setting.ladder},
      past_{setting.ladder.size()},
      ends_(setting.ladder.size()),
      people_(setting.ladder.size()),
      per_minute_(setting.ladder.size()),
      entered_(setting.ladder.size()),
      net_(setting.ladder.size()),
      term_(setting.ladder.size()),
      area_(setting.ladder.size()),
      flux_(setting.plan.states.size()),
      arrived_(setting.plan.states.size()) {}

template <class Number>
void CohortFlow<Number>::run(Cohort const& cohort, FlowSums<Number>& sums) {
  auto const& times = setting_.query.times;
  begin(cohort);
  std::int64_t now = cohort.start.minutes;
  std::size_t next = 0;
  while (next < times.size() && times[next].minutes < now) ++next;
  for (; next < times.size() && times[next].minutes == now; ++next) observe(next, sums);
  turn_to(now);
  pass_first_minute(cohort, sums);
  for (std::int64_t const end : breaks_of(setting_, cohort)) {
    while (now < end) {
      std::int64_t const until = atoms_.next(end, heavy * all_people_);
      turn_to(now);
      through_piece(now, until, sums);
      now = until;
      change_rules(now, sums);
      end_atoms(now, sums);
      end_ages(now, sums);
    }
    for (; next < times.size() && times[next].minutes == now; ++next) observe(next, sums);
  }
}

template <class Number>
void CohortFlow<Number>::begin(Cohort const& cohort) {
  birth_ = cohort.birth;
  atoms_.clear();
  std::ranges::fill(people_, Number{});
  rule_times_ = rule_times(setting_.ladder, birth_);
  set_rules(cohort.start);
  all_people_ = 0;
  for (Cohort::Start const& start : cohort.starts) all_people_ += start.people;
  std::vector<bool> has_end;
  for (Compartment const& compartment : setting_.ladder.compartments) has_end.push_back(!compartment.is_open());
  past_.begin(cohort.start.minutes, has_end);
  for (Cohort::Start const& start : cohort.starts)
    people_[setting_.ladder.compartment_at(start.state, start.time_in_state)] += Number{start.people};
}

/// Who starts over a limit or an age leaves at once; the others have been where they are for a while.
template <class Number>
void CohortFlow<Number>::pass_first_minute(Cohort const& cohort, FlowSums<Number>& sums) {
  for (Cohort::Start const& start : cohort.starts) {
    std::uint32_t const at = setting_.ladder.compartment_at(start.state, start.time_in_state);
    Arrival const first = arrival_of_start(setting_.ladder, cohort, start, setting_.plan.spared_until);
    for (auto const& [passage, share] : first.passages) count(passage, Number{start.people * share}, sums);
    for (auto const& [compartment, share] : first.into) {
      people_[compartment] += Number{start.people * share};
      add_atom(compartment, Number{start.people * share}, cohort.start.minutes);
    }
    people_[at] -= Number{start.people * (1 - first.staying)};
    Compartment const& compartment = setting_.ladder.compartments[at];
    std::int64_t const entry = (cohort.start - start.time_in_state).minutes + compartment.from;
    add_atom(at, Number{start.people * first.staying}, entry);
  }
}

/// The intensities, the period and the age group right after `now`.
template <class Number>
void CohortFlow<Number>::turn_to(std::int64_t now) {
  rates_.set(setting_.plan, setting_.ladder, setting_.offsets, birth_, Instant{now});
  for (std::size_t c = 0; c < people_.size(); ++c)
    per_minute_[c] = rates_.out[c] * (1.0 / static_cast<double>(minutes_per_year));
  auto const& periods = setting_.query.periods;
  auto const after = std::ranges::upper_bound(periods, Instant{now});
  in_period_ = after != periods.begin() && after != periods.end();
  if (in_period_) {
    auto const period = static_cast<std::size_t>(after - periods.begin()) - 1;
    slice_ = period * (setting_.query.age_groups.size() + 1) + age_group(now);
  }
}

template <class Number>
std::size_t CohortFlow<Number>::age_group(std::int64_t now) const {
  auto const& groups = setting_.query.age_groups;
  return static_cast<std::size_t>(std::ranges::upper_bound(groups, Instant{now} - birth_) - groups.begin());
}

template <class Number>
void CohortFlow<Number>::through_piece(std::int64_t from, std::int64_t until, FlowSums<Number>& sums) {
  auto const longest = static_cast<double>(std::min(setting_.step, setting_.ladder.least_first));
  double const by_intensity = rates_.most * in_years(Duration{until - from}) / most_in_step;
  double const wanted = std::ceil(std::max(static_cast<double>(until - from) / longest, by_intensity));
  std::int64_t const steps =
      std::clamp<std::int64_t>(static_cast<std::int64_t>(wanted) * setting_.parts, 1, until - from);
  for (std::int64_t i = 0; i < steps; ++i)
    step(from + (until - from) * i / steps, from + (until - from) * (i + 1) / steps, sums);
}

template <class Number>
void CohortFlow<Number>::step(std::int64_t from, std::int64_t until, FlowSums<Number>& sums) {
  std::ranges::fill(entered_, Spread<Number>{});
  std::ranges::fill(net_, Spread<Number>{});
  leave_bands(until, sums);
  while (atoms_.is_due_before(until)) leave_band(atoms_.take(), from, until, sums);
  flow(in_years(Duration{until - from}), sums);
  past_.append(until, entered_, per_minute_);
}

/// What comes to the ends of bands during the step: on to the next band, or where a limit leads. Only who enters a
/// state is not known yet, and the step is no longer than the first band of any: so each band is known when its turn
/// comes.
template <class Number>
void CohortFlow<Number>::leave_bands(std::int64_t until, FlowSums<Number>& sums) {
  auto const add = [](Spread<Number>& to, Spread<Number> const& what, double share) {
    for (std::size_t i = 0; i < moments; ++i) to[i] += what[i] * share;
  };
  for (std::uint32_t c = 0; c < people_.size(); ++c) {
    Compartment const& compartment = setting_.ladder.compartments[c];
    if (compartment.is_open()) continue;
    Spread<Number> const leaving = past_.leaving(c, compartment.width, until, entered_[c], per_minute_[c]);
    if (!holds_anybody(leaving)) continue;
    add(net_[c], leaving, -1);
    add(net_[c + 1], leaving, ends_[c].stay);
    add(entered_[c + 1], leaving, ends_[c].stay);
    for (Gate::Way const& way : ends_[c].ways) {
      Arrival const& arrival = arrivals_[way.to.value()];
      count(way.passage, leaving[0] * way.share, sums);
      for (auto const& [passage, share] : arrival.passages) count(passage, leaving[0] * (way.share * share), sums);
      for (auto const& [into, share] : arrival.into) {
        add(net_[into], leaving, way.share * share);
        add(entered_[into], leaving, way.share * share);
      }
    }
  }
}

/// The same of people who entered together, and come to the end at one moment of the step.
template <class Number>
void CohortFlow<Number>::leave_band(Atom<Number> const& atom, std::int64_t from, std::int64_t until,
                                    FlowSums<Number>& sums) {
  auto const unit = unit_at(static_cast<double>(atom.due - from) / static_cast<double>(until - from));
  auto const add = [&unit](Spread<Number>& to, Number const& people) {
    for (std::size_t i = 0; i < moments; ++i) to[i] += people * unit[i];
  };
  auto const passed = static_cast<double>(atom.due - from);
  auto const spent = [&](std::uint32_t c) { return past_.integrated(c) + per_minute_[c] * passed; };
  auto const go_on = [&](std::uint32_t c, Number const& people, double least) {
    add(net_[c], people);
    Compartment const& where = setting_.ladder.compartments[c];
    if (where.is_open() || value_of(people) <= 0) return;
    if (value_of(people) < least) return add(entered_[c], people);
    atoms_.add({c, atom.due + where.width, people, spent(c)});
  };
  Gate const& gate = ends_[atom.compartment];
  Number const there = atom.people * exponential(atom.spent - spent(atom.compartment));
  add(net_[atom.compartment], there * -1.0);
  go_on(atom.compartment + 1, there * gate.stay, 0);
  for (Gate::Way const& way : gate.ways) {
    Arrival const& arrival = arrivals_[way.to.value()];
    count(way.passage, there * way.share, sums);
    for (auto const& [passage, share] : arrival.passages) count(passage, there * (way.share * share), sums);
    for (auto const& [into, share] : arrival.into) go_on(into, there * (way.share * share), light * all_people_);
  }
}

/// The series, and with it who enters which state when within the step, and the person-time.
template <class Number>
void CohortFlow<Number>::flow(double years, FlowSums<Number>& sums) {
  term_ = people_;
  std::ranges::fill(area_, Number{});
  std::ranges::fill(arrived_, Spread<Number>{});
  double size = all_people_;
  for (std::size_t m = 0; m <= moments || size > rounding * all_people_; ++m) {
    for (std::size_t c = 0; c < term_.size(); ++c) area_[c] += term_[c] * (1 / static_cast<double>(m + 1));
    find_flux(years);
    take_next_term(m, years);
    auto const spread = spread_of_power(m);
    for (std::size_t s = 0; s < flux_.size(); ++s) {
      for (std::size_t i = 0; i < moments; ++i) arrived_[s][i] += flux_[s] * spread[i];
      for (auto const& [into, share] : arrivals_[s].into)
        term_[into] += flux_[s] * (share / static_cast<double>(m + 1));
    }
    size = 0;
    for (std::size_t c = 0; c < term_.size(); ++c) {
      people_[c] += term_[c];
      size += magnitude(term_[c]);
    }
  }
  tally(years, sums);
}

/// Who goes where by intensities, of the people of a term.
template <class Number>
void CohortFlow<Number>::find_flux(double years) {
  std::ranges::fill(flux_, Number{});
  for (StateId const state : ids_of(setting_.plan.states)) {
    StatePlan const& plan = setting_.plan.states[state];
    std::uint32_t const begin = setting_.ladder.first[state.value()];
    std::uint32_t const end = setting_.ladder.first[state.value() + 1];
    Number const* rate = rates_.of_exit.data() + rates_.first[begin];
    for (std::uint32_t k = 0; k < plan.exit_count; ++k, ++rate) {
      Number by_exit{};
      for (std::uint32_t c = begin; c < end; ++c) by_exit += rate[(c - begin) * plan.exit_count] * term_[c];
      flux_[plan.exits[k].to.value()] += by_exit * years;
    }
  }
}

/// What the next term is without those who enter: who leaves, and who comes and goes at the ends of bands.
template <class Number>
void CohortFlow<Number>::take_next_term(std::size_t power, double years) {
  static constexpr auto powers = powers_of_legendre();
  double const divisor = 1 / static_cast<double>(power + 1);
  for (std::size_t c = 0; c < term_.size(); ++c) {
    term_[c] = rates_.out[c] * term_[c] * (-years * divisor);
    for (std::size_t i = power; i < moments; ++i) term_[c] += net_[c][i] * (powers[i][power] * divisor);
  }
}

template <class Number>
void CohortFlow<Number>::tally(double years, FlowSums<Number>& sums) {
  std::size_t const states = flux_.size();
  for (std::size_t s = 0; s < states; ++s) {
    for (auto const& [into, share] : arrivals_[s].into)
      for (std::size_t i = 0; i < moments; ++i) entered_[into][i] += arrived_[s][i] * share;
    for (auto const& [passage, share] : arrivals_[s].passages) count(passage, arrived_[s][0] * share, sums);
  }
  if (!in_period_) return;
  for (std::size_t c = 0; c < area_.size(); ++c) {
    Number const time = area_[c] * years;
    sums.person_years[slice_ * states + setting_.ladder.compartments[c].state.value()] += time;
    auto const& exits = setting_.plan.states[setting_.ladder.compartments[c].state].exits;
    for (std::size_t k = 0; k < exits.size(); ++k)
      count(exits[k].transition.value(), rates_.of_exit[rates_.first[c] + k] * time, sums);
  }
}

/// Whoever entered together and comes to the end of a band now.
template <class Number>
void CohortFlow<Number>::end_atoms(std::int64_t now, FlowSums<Number>& sums) {
  while (atoms_.is_due_before(now + 1)) {
    Atom<Number> const atom = atoms_.take();
    Gate const& gate = ends_[atom.compartment];
    Number const there = atom.people * exponential(atom.spent - past_.integrated(atom.compartment));
    people_[atom.compartment] -= there;
    people_[atom.compartment + 1] += there * gate.stay;
    add_atom(atom.compartment + 1, there * gate.stay, now);
    for (Gate::Way const& way : gate.ways) {
      count(way.passage, there * way.share, sums);
      enter(way.to, there * way.share, now, sums);
    }
  }
}

/// What rules do from now on to those who come to them.
template <class Number>
void CohortFlow<Number>::set_rules(Instant now) {
  arrivals_ = arrivals_of(setting_.ladder, birth_, now);
  for (std::uint32_t c = 0; c < ends_.size(); ++c)
    if (!setting_.ladder.compartments[c].is_open()) ends_[c] = end_at(setting_.ladder, c, now);
}

/// A limit that comes into force now finds those who are over it already.
template <class Number>
void CohortFlow<Number>::change_rules(std::int64_t now, FlowSums<Number>& sums) {
  if (std::ranges::find(rule_times_, Instant{now}) == rule_times_.end()) return;
  set_rules(Instant{now});
  auto const& limits = setting_.ladder.limits;
  for (std::size_t s = 0; s < limits.size(); ++s)
    for (LimitGate const& limit : limits[s])
      if (limit.begins(Instant{now})) pass(StateId{s}, limit.after, limit.gate, now, sums);
}

/// Whoever is in a state that ends at their age now.
template <class Number>
void CohortFlow<Number>::end_ages(std::int64_t now, FlowSums<Number>& sums) {
  auto const& ages = setting_.ladder.ages;
  for (std::size_t s = 0; s < ages.size(); ++s)
    for (AgeGate const& end : ages[s])
      if (end.moment(birth_).minutes == now) pass(StateId{s}, Duration{0}, end.gate, now, sums);
}

/// All who have been in a state for so long, or longer, come to a gate.
template <class Number>
void CohortFlow<Number>::pass(StateId state, Duration at_least, Gate const& gate, std::int64_t now,
                              FlowSums<Number>& sums) {
  Number there{};
  for (std::uint32_t c = setting_.ladder.first[state.value()]; c < setting_.ladder.first[state.value() + 1]; ++c) {
    if (setting_.ladder.compartments[c].from < at_least.minutes) continue;
    there += people_[c];
    people_[c] *= gate.stay;
    past_.thin(c, gate.stay);
    atoms_.thin(c, gate.stay);
  }
  for (Gate::Way const& way : gate.ways) {
    count(way.passage, there * way.share, sums);
    enter(way.to, there * way.share, now, sums);
  }
}

template <class Number>
void CohortFlow<Number>::enter(StateId state, Number const& people, std::int64_t now, FlowSums<Number>& sums) {
  for (auto const& [passage, share] : arrivals_[state.value()].passages) count(passage, people * share, sums);
  for (auto const& [into, share] : arrivals_[state.value()].into) {
    people_[into] += people * share;
    add_atom(into, people * share, now);
  }
}

template <class Number>
void CohortFlow<Number>::add_atom(std::uint32_t compartment, Number const& people, std::int64_t entry) {
  Compartment const& where = setting_.ladder.compartments[compartment];
  if (where.is_open() || value_of(people) <= 0) return;
  atoms_.add({compartment, entry + where.width, people, past_.integrated(compartment)});
}

template <class Number>
void CohortFlow<Number>::count(std::uint32_t passage, Number const& people, FlowSums<Number>& sums) {
  if (in_period_) sums.passages[slice_ * setting_.passages + passage] += people;
}

template <class Number>
void CohortFlow<Number>::observe(std::size_t time, FlowSums<Number>& sums) const {
  std::size_t const states = flux_.size();
  std::size_t const group = age_group(setting_.query.times[time].minutes);
  std::size_t const slice = time * (setting_.query.age_groups.size() + 1) + group;
  for (std::size_t c = 0; c < people_.size(); ++c)
    sums.people[slice * states + setting_.ladder.compartments[c].state.value()] += people_[c];
}

template class CohortFlow<double>;
template class CohortFlow<Jet<jet_lanes>>;

}  // namespace utvei
