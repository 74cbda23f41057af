// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/subpopulation.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// A named pathway: steps that people take one after another, other states between them or not.
struct NamedPathway {
  struct Step {
    std::string name;  ///< `2 work`: its number, and what it is
    Subpopulation who;
  };
  std::string name;
  std::vector<Step> steps;
  Duration within;  ///< so long people are followed, from the first step on
  Place place{};
};

/// Which states follow each other, and how often.
struct SequenceRequest {
  std::size_t length{0};
  std::optional<Duration> every;  ///< states at so many marks; else so many spells in states, one after another
  bool by_group{false};           ///< groups of states are told apart, not states
  std::vector<bool> from;  ///< by StateId: from the first time in one of them on; empty: from when they are there
  std::size_t most{20};    ///< sequences that are told apart, the most frequent ones
};

/// A cumulative incidence with competing risks: where people who are in some states go first, by age or by the time
/// since they came there.
struct Incidence {
  struct Destination {
    std::string name;
    std::vector<bool> states;
  };
  std::string name;
  std::vector<bool> in;     ///< by StateId: who is at risk
  std::vector<bool> after;  ///< by StateId: who comes from one of them; empty: from anywhere
  std::vector<Destination> to;
  bool by_age{false};
  bool first_only{false};  ///< of each person only the first time in the run
  Span ages{everything};   ///< minutes; whole years
  Duration within;         ///< by time: so long people are followed
  Place place{};
  /// Months, or years of age.
  [[nodiscard]] Duration bin() const;
  [[nodiscard]] std::size_t bins() const;
};

/// Ways out of some states, by kind: the first kind that fits.
struct Leaving {
  struct Kind {
    std::string name;
    Subpopulation who;  ///< where they come to, and who they are then
  };
  std::string name;
  std::vector<bool> states;   ///< by StateId: that are left
  std::vector<bool> through;  ///< by StateId: who goes there has not left yet, and has not left if they come back
  std::vector<Kind> kinds;
  Place place{};
};

/// What a scenario asks of the ways that people take through the states: `pathways:`.
struct Pathways {
  std::vector<NamedPathway> ways;
  std::optional<SequenceRequest> sequences;
  std::vector<Incidence> incidence;
  std::vector<Leaving> leaving;
  bool flows{false};  ///< where people of one stock date are at the next year's
};

/// What does not fit one of the kinds of a leaving.
inline constexpr char unclassified[] = "unclassified";
/// Where people go who leave the states at risk for none of the destinations that are named.
inline constexpr char other_destination[] = "other";

}  // namespace utvei
