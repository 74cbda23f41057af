// SPDX-License-Identifier: Apache-2.0
#include <utvei/observation/observation.hpp>

#include <algorithm>

namespace utvei {
namespace {

bool has_levels(std::span<std::uint16_t const> levels, std::vector<std::vector<std::uint32_t>> const& wanted) {
  for (std::size_t t = 0; t < wanted.size(); ++t) {
    if (!wanted[t].empty() && std::ranges::find(wanted[t], std::uint32_t{levels[t]}) == wanted[t].end()) return false;
  }
  return true;
}

bool holds(std::vector<bool> const& states, StateId state) {
  return states.empty() || states[state.value()];
}

/// One life, as an operator looks at it.
class Observer {
 public:
  Observer(Observation const& observation, LifePath const& life, Regions const& regions,
           std::vector<std::int64_t>& part, std::vector<std::int64_t>& whole)
      : what_{observation}, life_{life}, regions_{regions}, part_{part}, whole_{whole} {}

  void stock() {
    std::size_t const piece = life_.piece_at(what_.at);
    if (piece == life_.pieces.size() || !holds(what_.whom.of, life_.pieces[piece].state)) return;
    bool const counts = is_in(piece) && has_stayed(piece) &&
                        (what_.longer_than.minutes == 0 || what_.at - entered_definition(piece) > what_.longer_than);
    add(piece, what_.at, counts ? 1 : 0, 1);
  }

  void inflow() {
    for (std::size_t i = 0; i < life_.pieces.size(); ++i) {
      PathPiece const& piece = life_.pieces[i];
      if (piece.from > what_.to) break;
      if (!is_in(i)) {
        if (holds(what_.whom.of, piece.state)) add_time_at_risk(i);
      } else if (i > 0 && !is_in(i - 1) && happens(piece.from) && was_away(i)) {
        add(i, piece.from, 1, 0);
      }
    }
  }

  void exits() {
    for (std::size_t i = 0; i + 1 < life_.pieces.size(); ++i) {
      PathPiece const& piece = life_.pieces[i];
      if (piece.to > what_.to) break;
      if (!is_in(i) || is_in(i + 1) || !happens(piece.to) || (what_.by && piece.ended_by != *what_.by)) continue;
      if (stays_away(i + 1)) add(i, piece.to, has_status(piece.to + what_.after) ? 1 : 0, 1);
    }
  }

  void followed() {
    std::size_t const piece = life_.piece_at(what_.at);
    if (piece == life_.pieces.size() || !is_in(piece)) return;
    if (what_.longer_than.minutes > 0 && what_.at - entered_definition(piece) <= what_.longer_than) return;
    add(piece, what_.at, has_status(what_.at + what_.after) ? 1 : 0, 1);
  }

  void spells() {
    for (std::size_t i = 1; i < life_.pieces.size(); ++i) {
      PathPiece const& piece = life_.pieces[i];
      if (piece.from > what_.to) break;
      if (!is_in(i) || is_in(i - 1) || !happens(piece.from)) continue;
      std::size_t last = i;
      while (last + 1 < life_.pieces.size() && is_in(last + 1)) ++last;
      Duration const length = life_.pieces[last].to - piece.from;
      if (length > what_.given) add(i, piece.from, length > what_.longer_than ? 1 : 0, 1);
    }
  }

 private:
  /// By state, traits and flags: what a spell is made of.
  [[nodiscard]] bool is_in(std::size_t piece) const {
    return holds(what_.whom.who.states, life_.pieces[piece].state) &&
           has_levels(life_.levels_of(life_.pieces[piece]), what_.whom.who.traits) &&
           has_levels(life_.levels_of(life_.pieces[piece]), what_.whom.flags);
  }
  [[nodiscard]] bool is_of_region(std::size_t piece) const {
    auto const& wanted = what_.whom.who.regions;
    return wanted.empty() || std::ranges::any_of(wanted, [&](RegionId outer) {
             return regions_.is_within(life_.pieces[piece].region, outer);
           });
  }
  [[nodiscard]] bool happens(Instant time) const { return time > what_.from && time <= what_.to; }

  /// When the stretch in the definition that holds the piece began.
  [[nodiscard]] Instant entered_definition(std::size_t piece) const {
    while (piece > 0 && is_in(piece - 1)) --piece;
    return piece > 0 ? life_.pieces[piece].from : life_.pieces[piece].entered;
  }
  /// Whether somebody has been in the states of the definition for as long as it asks: its flags may have changed.
  [[nodiscard]] bool has_stayed(std::size_t piece) const {
    if (what_.whom.longer_than.minutes == 0) return true;
    while (piece > 0 && holds(what_.whom.who.states, life_.pieces[piece - 1].state)) --piece;
    return what_.at - life_.pieces[piece].entered > what_.whom.longer_than;
  }
  /// Whether nobody saw them in it for so long before they entered.
  [[nodiscard]] bool was_away(std::size_t piece) const {
    Instant const since = life_.pieces[piece].from - what_.absent;
    for (std::size_t i = piece; i-- > 0 && life_.pieces[i].to > since;) {
      if (is_in(i)) return false;
    }
    return true;
  }
  [[nodiscard]] bool stays_away(std::size_t piece) const {
    Instant const until = life_.pieces[piece].from + what_.absent;
    for (std::size_t i = piece; i < life_.pieces.size() && life_.pieces[i].from < until; ++i) {
      if (is_in(i)) return false;
    }
    return true;
  }
  [[nodiscard]] bool has_status(Instant time) const {
    std::size_t const piece = life_.piece_at(time);
    return piece < life_.pieces.size() && holds(what_.status, life_.pieces[piece].state);
  }

  /// Counts at a moment, in the bins that are of this age then.
  void add(std::size_t piece, Instant time, std::int64_t part, std::int64_t whole) {
    if (!is_of_region(piece) || !has_levels(life_.levels_of(life_.pieces[piece]), what_.whom.who.traits)) return;
    std::int64_t const age = (time - life_.birth).minutes;
    if (!what_.whom.who.age.holds(age)) return;
    for (std::size_t bin = 0; bin < what_.bins(); ++bin) {
      if (!what_.whom.standard.empty() && !what_.whom.standard[bin].age.holds(age)) continue;
      part_[bin] += part;
      whole_[bin] += whole;
    }
  }
  void add_time_at_risk(std::size_t i) {
    PathPiece const& piece = life_.pieces[i];
    if (!is_of_region(i) || !has_levels(life_.levels_of(life_.pieces[i]), what_.whom.who.traits)) return;
    for (std::size_t bin = 0; bin < what_.bins(); ++bin) {
      std::int64_t from = std::max(piece.from, what_.from).minutes;
      std::int64_t to = std::min(piece.to, what_.to).minutes;
      auto const clip = [&](Span age) {
        from = std::max(from, life_.birth.minutes + std::max(age.from, -span_of_lives));
        to = std::min(to, life_.birth.minutes + std::min(age.to, span_of_lives));
      };
      if (what_.whom.who.age != everything) clip(what_.whom.who.age);
      if (!what_.whom.standard.empty()) clip(what_.whom.standard[bin].age);
      whole_[bin] += std::max<std::int64_t>(0, to - from);
    }
  }

  static constexpr std::int64_t span_of_lives = 1000 * minutes_per_year;

  Observation const& what_;
  LifePath const& life_;
  Regions const& regions_;
  std::vector<std::int64_t>& part_;
  std::vector<std::int64_t>& whole_;
};

}  // namespace

Instant Observation::last() const {
  switch (how) {
    case Operator::stock:
      return at;
    case Operator::inflow:
      return to;
    case Operator::exits:
      return to + std::max(absent, after);
    case Operator::followed:
      return at + after;
    case Operator::spells:
      return to + std::max(longer_than, given);
  }
  return to;
}

void observe(Observation const& observation, LifePath const& life, Regions const& regions,
             std::vector<std::int64_t>& part, std::vector<std::int64_t>& whole) {
  Observer observer{observation, life, regions, part, whole};
  switch (observation.how) {
    case Operator::stock:
      return observer.stock();
    case Operator::inflow:
      return observer.inflow();
    case Operator::exits:
      return observer.exits();
    case Operator::followed:
      return observer.followed();
    case Operator::spells:
      return observer.spells();
  }
}

double published(Observation const& observation, std::vector<double> const& part, std::vector<double> const& whole,
                 double weight) {
  if (observation.unit == Unit::people) return part.front() * weight;
  double const scale = observation.unit == Unit::per_1000 ? 1000 : 1;
  double const time = observation.how == Operator::inflow ? static_cast<double>(minutes_per_year) : 1;
  double sum = 0;
  for (std::size_t bin = 0; bin < part.size(); ++bin) {
    double const share = whole[bin] > 0 ? part[bin] / whole[bin] * time * scale : 0;
    sum += share * (observation.whom.standard.empty() ? 1 : observation.whom.standard[bin].weight);
  }
  return sum;
}

Gradient gradient_of(Observation const& observation, std::vector<double> const& part, std::vector<double> const& whole,
                     double weight) {
  std::size_t const bins = part.size();
  Gradient gradient{std::vector<double>(bins), std::vector<double>(bins)};
  if (observation.unit == Unit::people) {
    gradient.part.front() = weight;
    return gradient;
  }
  for (std::size_t b = 0; b < bins; ++b) {
    if (!(whole[b] > 0)) continue;
    std::vector<double> one(bins), unit(bins, 1);
    one[b] = 1;
    double const slope = published(observation, one, unit, weight) / whole[b];
    gradient.part[b] = slope;
    gradient.whole[b] = -slope * part[b] / whole[b];
  }
  return gradient;
}

}  // namespace utvei
