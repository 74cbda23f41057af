// SPDX-License-Identifier: Apache-2.0
// The data: Kaplan & Meier (1958). The model: the mean over the same spells of exp(−∫λ), each along its person's own
// path of age, region, traits and calendar. Spells are not all seen from their start, nor to their end, so the mean is
// taken over those who could be seen at each time if they were still there, weighted by the model's own probability
// that they are (Hakulinen 1982, Biometrics 38: 933-942): what Kaplan and Meier's estimate tends to if the model is
// right,
//     S(t) = exp(−∫ Σ_i Y_i S_i λ_i / Σ_i Y_i S_i).
#include "cells.hpp"
#include "kaplan_meier.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/estimation/expected.hpp>
#include <utvei/estimation/persistence.hpp>
#include <utvei/register/cell_finder.hpp>
#include <utvei/register/rule_changes.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace utvei {
namespace {

constexpr std::size_t persons_per_block = 1024;
constexpr std::int64_t horizon = persistence_years.back() * minutes_per_year;

/// Sums of threads must not depend on their order: shares are counted in units of 2^-36, room for 10^8 spells.
constexpr double units = 0x1p36;
std::int64_t in_units(double share) {
  return std::llround(share * units);
}

/// The times since entry between which the model's shares are summed: weeks, the years to report, and limits.
std::vector<std::int64_t> grid_of(State const& state) {
  std::vector<std::int64_t> cuts;
  for (std::int64_t week = 0; week < horizon; week += minutes_per_week) cuts.push_back(week);
  for (int const years : persistence_years) cuts.push_back(years * minutes_per_year);
  for (Limit const& limit : state.limits) {
    if (limit.clock == time_in_state_clock && limit.after.minutes > 0 && limit.after.minutes < horizon)
      cuts.push_back(limit.after.minutes);
  }
  std::ranges::sort(cuts);
  auto const repeated = std::ranges::unique(cuts);
  cuts.erase(repeated.begin(), repeated.end());
  return cuts;
}

/// The share that stays at a limit. Where it is estimated: that of all regions together; where a table of the model has
/// several: the mean of its rows.
double mean_stay(StateId state, Limit const& limit, Fit const& fit) {
  if (auto const stay = stay_of(limit)) return *stay;
  for (LimitFit const& found : fit.limits) {
    auto const reached = static_cast<double>(found.counts.reached());
    if (found.counts.window.state != state || found.counts.window.after != limit.after || reached == 0) continue;
    double stayed = 0;
    for (auto const& went : found.counts.went) stayed += static_cast<double>(went[state.value()]);
    return stayed / reached;
  }
  double sum = 0;
  for (Destinations::Row const& row : limit.to.rows) sum += row.stay;
  return limit.to.rows.empty() ? 0 : sum / static_cast<double>(limit.to.rows.size());
}

/// A limit on the time in the state, as the model's share passes it.
struct PassedLimit {
  std::int64_t after{0};
  double stay{0};
};
std::vector<PassedLimit> limits_of(StateId state, Model const& model, Fit const& fit) {
  std::vector<PassedLimit> limits;
  for (Limit const& limit : model.states[state].limits) {
    if (limit.clock == time_in_state_clock) limits.push_back({limit.after.minutes, mean_stay(state, limit, fit)});
  }
  return limits;
}

/// What the model expects of the spells of one state between two cuts.
struct Expected {
  std::int64_t stay{0};    ///< Σ of the mean share of the stretch that is spent in the state
  std::int64_t leave{0};   ///< Σ of the probability to leave in it by an intensity
  std::int64_t by_age{0};  ///< Σ of the probability to reach an age end in it, and of `stay` of those who do
  std::int64_t before_age{0};
};

struct OfState {
  std::vector<SeenSpell> seen;
  std::vector<Expected> expected;  ///< by stretch of the grid
};

class Follower {
 public:
  Follower(LifeCourses const& lives, Model const& model, std::vector<CellAxis> const& axes, Fit const& fit,
           EstimateOptions const& options)
      : lives_{lives}, model_{model}, windows_{windows_of(options)}, finder_{lives, axes} {
    Exposure cells;  // the axes alone
    cells.axes = axes;
    for (CellAxis const& axis : axes) cells.cells *= axis.size();
    auto const rates = rates_by_cell(fit, cells, model, options);
    for (StateId const state : ids_of(model.states)) {
      grids_.push_back(grid_of(model.states[state]));
      limits_.push_back(limits_of(state, model, fit));
      hazard_.push_back({});
    }
    for (TransitionId const transition : ids_of(model.transitions)) {
      if (rates[transition].empty()) continue;
      auto& hazard = hazard_[model.transitions[transition].from];
      hazard.resize(cells.cells);
      for (std::size_t cell = 0; cell < cells.cells; ++cell)
        hazard[cell] += rates[transition][cell] / static_cast<double>(minutes_per_year);
    }
  }

  [[nodiscard]] std::vector<std::int64_t> const& grid(StateId state) const { return grids_[state]; }
  [[nodiscard]] std::vector<PassedLimit> const& limits(StateId state) const { return limits_[state]; }
  [[nodiscard]] std::vector<OfState> empty() const {
    std::vector<OfState> all(model_.states.size());
    for (StateId const state : ids_of(model_.states)) all[state.value()].expected.resize(grids_[state].size() - 1);
    return all;
  }

  void follow_person(PersonRow person, std::vector<OfState>& all) const {
    Instant until = distant_past;  // how long the person could have been seen: to the first break after the spell
    Instant next_enter = distant_future;
    for (std::size_t s = lives_.first_spell[person.value() + 1]; s-- > lives_.first_spell[person.value()];) {
      SpellId const spell{s};
      if (lives_.leave[spell] != next_enter) until = lives_.leave[spell];
      next_enter = lives_.enter[spell];
      StateId const state = lives_.state[spell];
      if (hazard_[state].empty() || !lives_.entry_known[spell]) continue;
      follow_spell(spell, is_unmodelled(spell) ? lives_.leave[spell] : until, all[state.value()]);
    }
  }

 private:
  /// To the estimation a change that the model does not have ends what is seen of the spell.
  [[nodiscard]] bool is_unmodelled(SpellId spell) const {
    auto const next = lives_.next[spell];
    return next && !model_.transition(lives_.state[spell], *next) && !rule_moment(lives_, model_, spell, windows_);
  }

  /// None: the intensity is not known until then.
  [[nodiscard]] std::pair<std::optional<double>, Instant> hazard_at(SpellId spell, Instant moment,
                                                                    CellFinder::Attributes& attributes) const {
    if (attributes.until <= moment) attributes = finder_.attributes(lives_.person[spell], moment);
    if (attributes.known != CellFinder::Known::all) return {std::nullopt, attributes.until};
    auto const stretch = finder_.at(spell, moment, attributes.part);
    Instant const until = std::min(stretch.until, attributes.until);
    if (!stretch.cell) return {std::nullopt, until};
    return {hazard_[lives_.state[spell]][*stretch.cell], until};
  }

  void follow_spell(SpellId spell, Instant could_be_seen, OfState& sums) const {
    Instant const entered = lives_.entered[spell];
    Instant const end = std::min(could_be_seen, entered + Duration{horizon});
    CellFinder::Attributes attributes;
    attributes.until = distant_past;
    Instant moment = lives_.enter[spell];
    auto hazard = hazard_at(spell, moment, attributes);
    while (!hazard.first && hazard.second < end) {
      moment = hazard.second;
      hazard = hazard_at(spell, moment, attributes);
    }
    if (!hazard.first || moment >= std::min(end, lives_.leave[spell])) return;
    Instant const first = moment;
    StateId const state = lives_.state[spell];
    Walk walk{sums.expected, grids_[state], limits_[state], (first - entered).minutes};
    Instant const age_end = age_end_of(spell);
    while (moment < end && hazard.first) {
      Instant const until = std::min({hazard.second, end, std::max(age_end, moment)});
      walk.go((until - entered).minutes, *hazard.first);
      moment = until;
      if (moment >= age_end) {
        walk.reach_age();
        break;
      }
      if (moment < end) hazard = hazard_at(spell, moment, attributes);
    }
    bool const known_to_end = hazard.first.has_value();
    add_seen(spell, first, known_to_end ? distant_future : moment, sums.seen);
  }

  [[nodiscard]] Instant age_end_of(SpellId spell) const {
    auto const& end = model_.states[lives_.state[spell]].ends_at_age;
    if (!end || lives_.persons.birth.empty()) return distant_future;
    return lives_.persons.birth[lives_.person[spell]] + end->age_of(lives_.persons.birth[lives_.person[spell]]);
  }

  /// What was seen of the spell, as far as the intensity is known. A change by a rule is put at the rule's own moment.
  void add_seen(SpellId spell, Instant first, Instant known_until, std::vector<SeenSpell>& seen) const {
    Instant leave = lives_.leave[spell];
    auto const rule = rule_moment(lives_, model_, spell, windows_);
    if (rule && *rule > first) leave = *rule;
    Instant const entered = lives_.entered[spell];
    bool const ended = lives_.next[spell].has_value() && !is_unmodelled(spell) && leave <= known_until;
    seen.push_back({(first - entered).minutes, (std::min(leave, known_until) - entered).minutes, ended});
  }

  /// Adds one spell to the sums of a state, from some time after its entry.
  class Walk {
   public:
    Walk(std::vector<Expected>& sums, std::vector<std::int64_t> const& grid, std::vector<PassedLimit> const& limits,
         std::int64_t from)
        : sums_{sums}, grid_{grid}, limits_{limits}, at_{from} {
      auto const next = std::ranges::upper_bound(grid, from);
      stretch_ = static_cast<std::size_t>(next - grid.begin()) - 1;
    }
    void go(std::int64_t until, double hazard) {
      while (at_ < until && stretch_ < sums_.size()) {
        std::int64_t const to = std::min(until, grid_[stretch_ + 1]);
        auto const minutes = static_cast<double>(to - at_);
        double const left = -share_ * std::expm1(-hazard * minutes);
        double const stayed = hazard > 0 ? left / hazard : share_ * minutes;
        sums_[stretch_].leave += in_units(left);
        std::int64_t const part = in_units(stayed / static_cast<double>(grid_[stretch_ + 1] - grid_[stretch_]));
        sums_[stretch_].stay += part;
        stayed_here_ += part;
        share_ -= left;
        at_ = to;
        if (at_ == grid_[stretch_ + 1]) {
          ++stretch_;
          stayed_here_ = 0;
          pass_limits();
        }
      }
    }
    void reach_age() {
      if (stretch_ >= sums_.size()) return;
      sums_[stretch_].by_age += in_units(share_);
      sums_[stretch_].before_age += stayed_here_;
    }

   private:
    void pass_limits() {
      for (PassedLimit const& limit : limits_) {
        if (limit.after == at_) share_ *= limit.stay;
      }
    }
    std::vector<Expected>& sums_;
    std::vector<std::int64_t> const& grid_;
    std::vector<PassedLimit> const& limits_;
    std::int64_t at_;
    std::size_t stretch_{0};
    double share_{1};
    std::int64_t stayed_here_{0};  ///< what this spell has added to `stay` of the stretch
  };

  LifeCourses const& lives_;
  Model const& model_;
  std::vector<LimitWindow> windows_;
  CellFinder finder_;
  Column<StateId, std::vector<std::int64_t>> grids_;
  Column<StateId, std::vector<PassedLimit>> limits_;
  Column<StateId, std::vector<double>> hazard_;  ///< out of the state, per minute, by cell; none: nobody leaves
};

/// The model's share at each of the years; none where nobody could have been seen so long.
std::vector<std::optional<double>> modelled(std::vector<Expected> const& sums, std::vector<std::int64_t> const& grid,
                                            std::vector<PassedLimit> const& limits) {
  std::vector<std::optional<double>> shares;
  double share = 1;
  std::size_t stretch = 0;
  for (int const years : persistence_years) {
    for (; grid[stretch] < years * minutes_per_year; ++stretch) {
      Expected const& sum = sums[stretch];
      if (sum.stay > 0) share *= std::exp(-static_cast<double>(sum.leave) / static_cast<double>(sum.stay));
      if (sum.by_age > 0) {
        auto const others = static_cast<double>(sum.stay - sum.before_age);
        share *= others / (others + static_cast<double>(sum.by_age));
      }
      for (PassedLimit const& limit : limits) {
        if (limit.after == grid[stretch + 1] && sum.stay > 0) share *= limit.stay;
      }
    }
    bool const is_known = sums[stretch - 1].stay > 0 || share == 0;
    shares.push_back(is_known ? std::optional{share} : std::nullopt);
  }
  return shares;
}

void add(OfState& sum, OfState&& part) {
  for (std::size_t i = 0; i < sum.expected.size(); ++i) {
    sum.expected[i].stay += part.expected[i].stay;
    sum.expected[i].leave += part.expected[i].leave;
    sum.expected[i].by_age += part.expected[i].by_age;
    sum.expected[i].before_age += part.expected[i].before_age;
  }
  sum.seen.insert(sum.seen.end(), part.seen.begin(), part.seen.end());
  part.seen = {};
}

}  // namespace

std::vector<Persistence> persistence(LifeCourses const& lives, Model const& model, std::vector<CellAxis> const& axes,
                                     Fit const& fit, EstimateOptions const& options, std::size_t threads,
                                     StopFlag const* stop) {
  Follower const follower{lives, model, axes, fit, options};
  // Order of spells is nothing to the estimator, so threads may keep theirs apart.
  std::vector<std::vector<OfState>> parts(thread_count(threads), follower.empty());
  parallel_for_blocks(lives.persons.size(), persons_per_block, threads, stop, [&](Block const& block) {
    for (std::size_t person = block.first; person < block.last; ++person)
      follower.follow_person(PersonRow{person}, parts[block.thread]);
  });
  std::vector<std::int64_t> times;
  for (int const years : persistence_years) times.push_back(years * minutes_per_year);
  std::vector<Persistence> lines;
  for (StateId const state : ids_of(model.states)) {
    OfState all = std::move(parts.front()[state.value()]);
    for (std::size_t part = 1; part < parts.size(); ++part) add(all, std::move(parts[part][state.value()]));
    if (all.seen.empty()) continue;
    auto const data = kaplan_meier(all.seen, times);
    auto const shares = modelled(all.expected, follower.grid(state), follower.limits(state));
    for (std::size_t i = 0; i < times.size(); ++i) {
      Persistence line{state,
                       persistence_years.at(i),
                       std::ssize(all.seen),
                       data[i].at_risk,
                       data[i].survival,
                       data[i].se,
                       shares[i],
                       {}};
      if (line.data && line.model && line.se && *line.se > 0) line.z = (*line.data - *line.model) / *line.se;
      lines.push_back(line);
    }
  }
  return lines;
}

std::string_view flag_of(Persistence const& line) {
  double const z = line.z.value_or(0);
  return std::abs(z) < large_z ? "" : z > 0 ? "longer" : "shorter";
}

}  // namespace utvei
