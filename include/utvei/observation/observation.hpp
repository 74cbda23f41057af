// SPDX-License-Identifier: Apache-2.0
// Observation operators: what an agency would have counted of these lives. docs/methods/calibration.md.
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/model/definitions.hpp>
#include <utvei/model/model.hpp>
#include <utvei/observation/life_path.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// How a number comes about. People are in a definition by state and flags; whether they are of its ages, traits and
/// regions is asked at the moment that is counted, so that nobody leaves it by a birthday or a move.
enum class Operator : std::uint8_t {
  stock,     ///< people in it at a date, out of those of `of`
  inflow,    ///< entries in a period, over the person-time at risk: of those of `of` who are not in it
  exits,     ///< who leaves it in a period and stays away: those with a status some time after, out of all
  followed,  ///< of those in it at a date, who has a status some time after
  spells,    ///< of its spells that begin in a period, those longer than a duration, out of those longer than another
};

/// In what the number is published.
enum class Unit : std::uint8_t { people, share, per_1000 };

struct Observation {
  Operator how{Operator::stock};
  Unit unit{Unit::share};
  Definition whom;           ///< ages and regions of `who` hold for `of` as well
  Instant at;                ///< stock, followed
  Instant from, to;          ///< of the period: events in (from, to]
  Duration absent{0};        ///< exits: away so long after; inflow: so long before
  Duration after{0};         ///< exits, followed: when the status is looked at
  std::vector<bool> status;  ///< exits, followed: states, by StateId; empty: all
  std::optional<Cause> by;   ///< exits: only those that a transition, a limit or an age made
  Duration longer_than{0};   ///< spells, stock: of the spell so far
  Duration given{0};         ///< spells: of those longer than this

  /// The number of bins: age groups of a standardised share.
  [[nodiscard]] std::size_t bins() const { return whom.standard.empty() ? 1 : whom.standard.size(); }
  /// The last moment that it looks at.
  [[nodiscard]] Instant last() const;
};

/// Adds what one life counts for: a part, and the whole that it is a part of. Events are whole numbers, person-time is
/// minutes.
void observe(Observation const& observation, LifePath const& life, Regions const& regions,
             std::vector<std::int64_t>& part, std::vector<std::int64_t>& whole);

/// The number that is published, of the sums over all lives, each of which stands for `weight` people.
double published(Observation const& observation, std::vector<double> const& part, std::vector<double> const& whole,
                 double weight);

/// The derivatives of that number in the sums it is made of: by bin.
struct Gradient {
  std::vector<double> part, whole;
};
Gradient gradient_of(Observation const& observation, std::vector<double> const& part, std::vector<double> const& whole,
                     double weight);

}  // namespace utvei
