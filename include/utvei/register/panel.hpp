// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/register/life_courses.hpp>

#include <vector>

namespace utvei {

/// What is known of the end of an interval between two observations of a person.
enum class PanelEnd {
  snapshot,     ///< the state at `stop`; what happened since `start` was not seen
  exact,        ///< `from` was held until `stop`, when it changed to `to` (or was still held)
  exact_entry,  ///< `to` was entered at `stop`; from which state was not seen: a death, say
};

/// Two observations of one person that follow each other.
struct PanelInterval {
  PersonRow person;
  double start{0};  ///< years, as written
  double stop{0};   ///< after `start`
  StateId from;
  StateId to;
  PanelEnd end{PanelEnd::snapshot};
};

/// People who are looked at now and then.
struct Panel {
  RegisterPersons persons;  ///< birth and region are not used
  std::vector<PanelInterval> intervals;
};

}  // namespace utvei
