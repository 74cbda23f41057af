// SPDX-License-Identifier: Apache-2.0
#include "begun_at_once.hpp"

#include <utility>

namespace utvei {

Measure begun_at_once(Measure const& measure, std::vector<bool> const& starts) {
  Measure treated = measure;
  treated.runs = everything;
  treated.takes_in = everything;
  std::vector<bool> states = measure.who.people.states;
  for (std::size_t s = 0; s < states.size(); ++s) states[s] = states[s] || starts[s] || !measure.ends_on_leaving;
  treated.who = {};
  treated.who.people.states = std::move(states);
  treated.found_after.reset();
  treated.uptake = 1;
  treated.uptake_by.reset();
  treated.again_after.reset();
  treated.places.reset();
  treated.uses.clear();
  treated.queue = {};
  treated.not_with.clear();
  treated.replaces.clear();
  return treated;
}

}  // namespace utvei
