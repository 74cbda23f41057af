// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atoms.hpp"
#include "past.hpp"
#include "piece_rates.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace utvei {

/// The numbers of one profile.
template <class Number>
struct FlowSums {
  std::vector<Number> people;        ///< [time][age group][state]
  std::vector<Number> person_years;  ///< [period][age group][state]
  std::vector<Number> passages;      ///< [period][age group][passage]
};

/// One cohort after another through the equations of docs/methods/cohort.md.
template <class Number>
class CohortFlow {
 public:
  explicit CohortFlow(FlowSetting const& setting);
  /// Adds what is expected of the cohort.
  void run(Cohort const& cohort, FlowSums<Number>& sums);

 private:
  void begin(Cohort const& cohort);
  void pass_first_minute(Cohort const& cohort, FlowSums<Number>& sums);
  void turn_to(std::int64_t now);
  void through_piece(std::int64_t from, std::int64_t until, FlowSums<Number>& sums);
  void step(std::int64_t from, std::int64_t until, FlowSums<Number>& sums);
  void leave_bands(std::int64_t until, FlowSums<Number>& sums);
  void leave_band(Atom<Number> const& atom, std::int64_t from, std::int64_t until, FlowSums<Number>& sums);
  void flow(double years, FlowSums<Number>& sums);
  void find_flux(double years);
  void take_next_term(std::size_t power, double years);
  void tally(double years, FlowSums<Number>& sums);
  void end_atoms(std::int64_t now, FlowSums<Number>& sums);
  void set_rules(Instant now);
  void change_rules(std::int64_t now, FlowSums<Number>& sums);
  void end_ages(std::int64_t now, FlowSums<Number>& sums);
  void pass(StateId state, Duration at_least, Gate const& gate, std::int64_t now, FlowSums<Number>& sums);
  void enter(StateId state, Number const& people, std::int64_t now, FlowSums<Number>& sums);
  void add_atom(std::uint32_t compartment, Number const& people, std::int64_t entry);
  void count(std::uint32_t passage, Number const& people, FlowSums<Number>& sums);
  void observe(std::size_t time, FlowSums<Number>& sums) const;
  [[nodiscard]] std::size_t age_group(std::int64_t now) const;

  FlowSetting setting_;
  PieceRates<Number> rates_;
  Past<Number> past_;
  std::vector<Instant> rule_times_;
  std::vector<Arrival> arrivals_;  ///< by state
  Instant birth_;
  double all_people_{0};  ///< of the cohort
  std::size_t slice_{0};  ///< period and age group of the piece
  bool in_period_{false};
  Atoms<Number> atoms_;
  // By compartment:
  std::vector<Gate> ends_;
  std::vector<Number> people_;
  std::vector<Number> per_minute_;       ///< intensity out of it
  std::vector<Spread<Number>> entered_;  ///< during the step
  std::vector<Spread<Number>> net_;      ///< that comes and goes at the ends of bands, during the step
  std::vector<Number> term_, area_;      ///< of the Taylor series
  std::vector<Number> flux_;             ///< by state, of a term
  std::vector<Spread<Number>> arrived_;  ///< by state, during the step
};

}  // namespace utvei
