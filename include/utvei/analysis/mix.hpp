// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/core/time.hpp>
#include <utvei/document/value.hpp>
#include <utvei/income/rules.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/money/rules.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// A number for all areas, or for some of them by code.
struct NumberByArea {
  std::optional<std::uint32_t> everywhere;
  struct OfArea {
    std::string code;
    Place place;
    std::uint32_t number{0};
  };
  std::vector<OfArea> areas;
};

/// Places of a measure, or how many there are of a resource: what the mix decides.
struct MixChoice {
  std::string name;
  Place place;
  bool is_resource{false};
  bool by_region{false};
  std::uint32_t step{1};
  NumberByArea floor, ceiling;
  std::optional<double> price;  ///< kroner of one for a year
};

/// What is to be as much, or as little, as can be.
struct MixOutcome {
  enum class Kind { person_years, public_purse, society };
  Kind kind{Kind::person_years};
  bool is_minimised{false};
  std::vector<std::pair<std::string, Place>> of;  ///< states and groups of states
  std::optional<int> from, until;                 ///< calendar years, half-open
  Place place;
};

/// So many of those who ask are to begin within a time.
struct WaitingStandard {
  Duration within;
  double share{0.9};
  std::optional<int> from;  ///< asked in this calendar year or later
};

/// What somebody wants to know of the best mix, or of how many places it takes (docs/formats/mix.md).
struct MixDesign {
  std::string path;
  std::string name;
  std::string scenario;  ///< resolved path
  Place scenario_place;
  std::vector<MixChoice> choices;
  bool counts_kroner{false};  ///< the budget; else places
  std::optional<double> budget;
  Place budget_place;
  std::optional<MixOutcome> outcome;
  std::optional<double> largest_ratio;  ///< of places per resident, between regions
  Place fairness_place;
  double certain{0.95};
  std::optional<std::uint32_t> draws;  ///< none: as in the scenario
  std::uint32_t replicates{20};
  Place runs_place;                ///< of `replicates`, or of the file
  std::uint32_t simulations{400};  ///< at most
  std::optional<WaitingStandard> standard;
  Place standard_place;
  std::vector<double> certainty{0.8, 0.95};
  std::vector<std::string> inputs;
};
/// Whatever is wrong goes to the diagnostics.
MixDesign read_mix(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                   Diagnostics& diagnostics);

/// A scenario that is ready to be simulated, and its money where it has some.
struct MixWorld {
  Scenario const& scenario;
  Rates const& rates;
  Population const& people;
  IncomeRules const* income{nullptr};
  MoneyRules const* money{nullptr};
  bool of_register{false};
};

/// One number that the mix decides.
struct MixCell {
  std::size_t choice{0};
  std::optional<RegionId> region;  ///< none: everywhere
  std::string area;                ///< code; empty: everywhere
  std::uint32_t floor{0}, step{1};
  std::uint32_t most{0};  ///< steps above the floor
  double price{1};        ///< of one, in the units of the budget
  double residents{0};    ///< when the run starts
};
/// By cell.
using MixNumbers = std::vector<std::uint32_t>;

/// What the design says of the scenario's measures, regions and states; diagnoses what does not fit.
std::vector<MixCell> mix_cells(MixDesign const& design, MixWorld const& world, Diagnostics& diagnostics);

struct MixOptions {
  std::size_t threads{0};
  StopFlag const* stop{nullptr};
  std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
};

/// A mean over lives and parameters, and how well it is known.
struct MixGain {
  double mean{0};
  double mc_se{0};                        ///< of the luck of the simulation
  std::optional<double> low_95, high_95;  ///< over draws of the parameters, where there are some
};
/// One step between two cells that makes no difference that can be seen.
struct MixSwap {
  std::size_t from{0}, to{0};
  MixGain gain;
};
struct MixReport {
  std::vector<MixCell> cells;
  MixNumbers numbers, certain, low, high;  ///< high and low: 95 % of the resamples
  MixNumbers even;                         ///< the same budget, split evenly
  std::vector<std::optional<MixGain>> one_more;
  std::optional<std::size_t> next;  ///< cell that one more step would go to
  std::vector<MixSwap> swaps;
  double spent{0};
  MixGain over_none, even_over_none, over_even;  ///< with luck that the search has not seen
  std::size_t resamples{0}, cut_short{0};        ///< those that the limit of simulations left unfinished
  std::size_t simulations{0};
  std::size_t draws{1}, replicates{1};
  bool is_cut{false};                   ///< the search itself was
  bool breaks_fairness{false};          ///< no mix is as fair as it should be
  bool fairness_holds_back{false};      ///< one step more somewhere would give more, and not be fair
  bool fairness_keeps_money{false};     ///< and the budget would pay for it
  bool is_nothing_for_fairness{false};  ///< and nothing above the floors is bought for it
  bool even_is_fair{true};
  bool may_save{false};      ///< 2.5 % of the solutions spend less
  bool is_separable{false};  ///< regions do not touch each other
};
/// Ranking by marginal benefit with exact re-simulation on common luck (docs/methods/mix.md). The same for any number
/// of threads. The design has a budget and an outcome, and has passed mix_cells.
MixReport optimise_mix(MixDesign const& design, std::vector<MixCell> const& cells, MixWorld const& world,
                       MixOptions const& options);

/// How many it takes in one area, for one degree of certainty.
struct NeededNumber {
  std::uint32_t number{0};
  double share{0};                             ///< who begin in time, over all runs
  double runs_met{0};                          ///< share of the runs that meet the standard
  std::size_t runs_met_new{0};                 ///< of as many runs with luck that the search has not seen
  std::optional<double> low_95, high_95;       ///< of that share; none where runs share parameters
  double requests{0};                          ///< a run, that count
  bool is_met{true};                           ///< false: not by that number either
  bool is_found{true};                         ///< false: the search was stopped, and a smaller one may do
  std::map<std::string, std::uint32_t> staff;  ///< by resource that the measure uses
};
struct DimensionReport {
  std::vector<MixCell> cells;
  std::vector<double> certainty;
  std::vector<std::vector<NeededNumber>> needed;  ///< [certainty][cell]
  std::size_t simulations{0}, runs{0}, draws{1};
  bool is_cut{false};
};
/// The smallest numbers with which the standard holds in each area, with all of them at the same time. The design has a
/// standard, and has passed mix_cells.
DimensionReport dimension_places(MixDesign const& design, std::vector<MixCell> const& cells, MixWorld const& world,
                                 MixOptions const& options);

/// A scenario file that extends that of the design and has these numbers; `path`: where it will stand.
std::string scenario_yaml(MixDesign const& design, std::vector<MixCell> const& cells, MixNumbers const& numbers,
                          std::string const& path, Diagnostics& diagnostics);

}  // namespace utvei
