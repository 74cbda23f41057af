// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "jet.hpp"

#include <cstdint>
#include <map>
#include <utility>

namespace utvei {

/// People who entered a compartment in the same minute.
template <class Number>
struct Atom {
  std::uint32_t compartment;
  std::int64_t due;  ///< when they come to its end
  Number people;     ///< who entered
  Number spent;      ///< integrated intensity at entry
};

/// Those of a cohort, in the order in which they are due. Who enters at a rate is not among them.
template <class Number>
class Atoms {
 public:
  void clear() { atoms_.clear(); }
  void add(Atom<Number> const& atom) {
    auto const [place, is_new] = atoms_.try_emplace({atom.due, atom.compartment}, atom);
    if (!is_new) place->second.people += atom.people;
  }
  [[nodiscard]] bool is_due_before(std::int64_t time) const {
    return !atoms_.empty() && atoms_.begin()->first.first < time;
  }
  /// The next one that is due.
  Atom<Number> take() {
    Atom<Number> const atom = atoms_.begin()->second;
    atoms_.erase(atoms_.begin());
    return atom;
  }
  /// The first moment, not after `end`, when one of so many people or more is due.
  [[nodiscard]] std::int64_t next(std::int64_t end, double people) const {
    for (auto const& [key, atom] : atoms_) {
      if (key.first >= end) break;
      if (value_of(atom.people) >= people) return key.first;
    }
    return end;
  }
  /// This share of those in a compartment stays.
  void thin(std::uint32_t compartment, double share) {
    for (auto& [key, atom] : atoms_)
      if (atom.compartment == compartment) atom.people *= share;
  }

 private:
  std::map<std::pair<std::int64_t, std::uint32_t>, Atom<Number>> atoms_;
};

}  // namespace utvei
