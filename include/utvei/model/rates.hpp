// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/model/model.hpp>

#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// A half-open interval of a clock, in minutes of the clock (age, time in state) or minutes since 1970 (calendar).
struct Span {
  std::int64_t from;
  std::int64_t to;
  friend bool operator==(Span const&, Span const&) = default;
};
inline constexpr Span everything{distant_past.minutes, distant_future.minutes};
inline bool lies_inside(Span inner, Span outer) {
  return inner.from >= outer.from && inner.to <= outer.to;
}
inline bool overlap(Span a, Span b) {
  return a.from < b.to && b.from < a.to;
}

/// Whom and when a rate or a change is for.
struct Box {
  std::optional<RegionId> region;                    ///< none: everywhere; a code stands for all below it
  std::vector<std::optional<std::uint32_t>> traits;  ///< level by TraitId; none: any; may be shorter than the traits
  Span age{everything};
  Span time_in_state{everything};
  Span calendar{everything};
};
/// Whether `inner` lies inside `outer` on every axis: then a rate for `inner` is the more special.
bool lies_inside(Box const& inner, Box const& outer, Regions const& regions);

struct Rate {
  TransitionId transition;
  Box box;
  double rate_per_year{0};
  std::optional<double> log_se;  ///< standard error of the log rate, where the rate was estimated
  Place place;
};

/// All rates of a model, from constants, tables and its rate file; not yet resolved.
struct Rates {
  std::vector<Rate> rates;
  std::string data_class{"synthetic"};  ///< register | open | synthetic
  std::vector<std::string> inputs;      ///< files that were read, for provenance
  /// Cells of one model, whose errors belong together: draws of each cell on its own say too little or too much.
  bool errors_belong_together{false};
};

/// Constants and tables that the model names. Columns: from;to;rate_per_year and any of region, a trait's name,
/// age_from;age_to, days_from;days_to, year_from;year_to.
Rates read_rates(Model const& model, Diagnostics& diagnostics);

/// Two rows of one transition that overlap where no third row is inside both, neither inside the other: a tie; and
/// holes between bands. What `check MODEL` alone can find.
void check_rates(Model const& model, Rates const& rates, Diagnostics& diagnostics);

/// One point of all axes. What is not said is not known: a row that asks for it does not hold.
struct Cell {
  std::optional<RegionId> region;
  std::vector<std::optional<std::uint32_t>> traits;  ///< level by TraitId; may be shorter than the traits
  std::optional<std::int64_t> age;                   ///< minutes
  std::optional<std::int64_t> time_in_state;         ///< minutes
  std::optional<std::int64_t> calendar;              ///< minutes since 1970
};
/// The rows of a transition that hold in the cell and than which no other row there is more special: one, or none in a
/// gap, or several at a tie.
std::vector<Rate const*> most_special_rates(Model const& model, Rates const& rates, TransitionId transition,
                                            Cell const& cell);
/// Rate per year in the cell; nullopt in a gap and at a tie.
std::optional<double> rate_at(Model const& model, Rates const& rates, TransitionId transition, Cell const& cell);

}  // namespace utvei
