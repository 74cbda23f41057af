// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/time.hpp>
#include <utvei/model/model.hpp>
#include <utvei/model/span.hpp>

#include <optional>
#include <string>
#include <vector>

namespace utvei {

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

/// A log-linear model that rates were made of: the log rate of a row is the sum of its effects, and the errors of the
/// effects are jointly normal. A draw of the effects is estimate + L z with independent standard normal z.
struct RateModel {
  std::string name;                  ///< of its transition, or of those that share effects: what its draws are keyed by
  std::vector<std::string> effects;  ///< (intercept), NAME=LEVEL, region=CODE
  std::vector<double> estimate;      ///< by effect, log scale
  std::vector<double> factor;        ///< effects × effects, row by row: lower triangular L, L L' is their covariance
};

/// The effects whose sum is the log rate of a row.
struct RateEffects {
  std::uint32_t model{0};               ///< place among the models
  std::vector<std::uint32_t> places{};  ///< among its effects; empty: the row is of no model, its error is its own
};

struct Rate {
  TransitionId transition;
  Box box;
  double rate_per_year{0};
  std::optional<double> log_se;  ///< standard error of the log rate, where the rate was estimated
  Place place;
  RateEffects effects{};
  std::optional<std::uint32_t> drawn_as{};  ///< the row whose random numbers are its own too
};

/// Where people go who come to a limit, as it was estimated: by region, shares with a Dirichlet distribution.
struct LimitShares {
  StateId state;
  Duration after;           ///< of the limit
  std::vector<StateId> to;  ///< the state itself: stays
  struct Row {
    std::optional<RegionId> region;  ///< none: everywhere
    std::vector<double> alpha;       ///< by place in `to`, 0 or more; their sum is above 0
  };
  std::vector<Row> rows;
};

/// Two classes of people who differ in some intensities: in the first, rates of the rate file times `level`; in the
/// second, times level × exp(log_ratio).
struct PeopleClasses {
  std::vector<TransitionId> transitions;
  double share{0};  ///< of the second class
  double log_ratio{0};
  double level{1};
};

/// A number that is added to the log intensity of transitions, for some people and some of the time.
struct LogRateOffset {
  std::string name;
  std::vector<TransitionId> transitions;
  std::vector<RegionId> regions;                   ///< each stands for all below it; empty: everywhere
  std::vector<std::vector<std::uint32_t>> traits;  ///< by TraitId: levels; empty: any; may be shorter than the traits
  Span age{everything};
  Span calendar{everything};
  double estimate{0};
};

/// Offsets with which the model met published totals. They are part of the rates of every scenario that takes these.
struct FrozenOffsets {
  std::string name;  ///< of the calibration: what its draws are keyed by
  std::vector<LogRateOffset> offsets;
  std::vector<double> factor;  ///< offsets × offsets, row by row: lower triangular L, L L' is their covariance
  std::string history;         ///< JSON: when, from which rates, to which targets, and how near it came
};

/// All rates of a model, from constants, tables and its rate file; not yet resolved.
struct Rates {
  std::vector<Rate> rates;
  std::vector<Rate> of_traits;           ///< of trait changes: `transition` is the place among Model::trait_changes
  std::string data_class{"synthetic"};   ///< register | open | synthetic
  std::vector<std::string> inputs;       ///< files that were read, for provenance
  std::vector<RateModel> models;         ///< of rows whose errors belong together
  std::vector<LimitShares> limits;       ///< of its rate file
  std::optional<PeopleClasses> classes;  ///< of its rate file
  std::vector<FrozenOffsets> frozen;     ///< of its rate file, in the order in which they were found
};

/// Constants and tables that the model names. Columns: from;to;rate_per_year and any of region, a trait's name,
/// age_from;age_to, days_from;days_to, year_from;year_to, and log_se, the standard error of the log rate; se, low_95
/// and high_95, which an export writes beside it, are for people. A line `from` `*` is for all transitions of the table
/// to that state which have no lines of their own. In tables of trait changes `from` and `to` are levels.
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
/// By row of `rates`: the factor by which parameter draw `draw` multiplies its rate. Rows of a model move together, as
/// the errors of its effects do; any other row with a `log_se` is log-normal around its estimate, on its own. A pure
/// function of seed, draw, name of the model (or transition) and place of the effect (or row).
std::vector<double> draw_rate_factors(Model const& model, Rates const& rates, std::uint32_t seed, std::uint32_t draw);

/// Rate per year in the cell; nullopt in a gap and at a tie.
std::optional<double> rate_at(Model const& model, Rates const& rates, TransitionId transition, Cell const& cell);

}  // namespace utvei
