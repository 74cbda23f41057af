// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace utvei {

/// Part of a spell that was seen, in minutes since the state was entered: at risk in (from, to].
struct SeenSpell {
  std::int64_t from{0};
  std::int64_t to{0};
  bool ended{false};  ///< at `to`; else it is not known what came after
};

/// The share of spells that go on for longer than some time.
struct SurvivalPoint {
  std::int64_t at_risk{0};  ///< entered before that time, seen until then or longer
  std::optional<double> survival, se;
};

/// The estimator of Kaplan & Meier (1958) for spells that are seen late and censored, with Greenwood's (1926) standard
/// error, at each of `times`, which rise. Spells that begin to be seen at t are at risk after t, those last seen at t
/// are at risk at t. None where the last spell at risk before that time was censored.
std::vector<SurvivalPoint> kaplan_meier(std::vector<SeenSpell> const& spells, std::vector<std::int64_t> const& times);

}  // namespace utvei
