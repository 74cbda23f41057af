// SPDX-License-Identifier: Apache-2.0
// Why regions differ: docs/methods/regions.md. A description of where a difference lies, not of what causes it.
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/document/value.hpp>
#include <utvei/model/definitions.hpp>
#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/scenario.hpp>
#include <utvei/scenario/uncertain_ratio.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What regions differ in. Of a state, a group of states or a definition.
struct RegionOutcome {
  std::string name;
  Labels label;
  std::vector<bool> states;              ///< by StateId; of a state or a group
  std::optional<Definition> definition;  ///< its share, as it defines whom it is a share of
  std::optional<Instant> at;             ///< share of heads then; none: person-years in the run, for each person
};

/// Exits whose rates are one factor.
struct RateGroup {
  std::string name;
  std::vector<TransitionId> transitions;
};

/// What a covariate of regions does to intensities: a hazard ratio for each unit of it.
struct LabourMarketEffect {
  std::vector<TransitionId> transitions;
  std::size_t covariate{0};  ///< place among Regions::covariates
  UncertainRatio ratio;
  StreamId stream;
  Place place;
};

/// Years on both sides of it are not compared.
struct SeriesBreak {
  Instant at;
  std::string why;
  Place place;
};

/// `utvei: regions/1`, or what holds without a file.
struct RegionFactors {
  std::string name;
  std::vector<RateGroup> groups;  ///< each transition is in one of them
  std::vector<LabourMarketEffect> labour_market;
  std::vector<SeriesBreak> breaks;
  std::vector<std::string> inputs;
};
/// Exits by the group of the state that is left.
RegionFactors plain_factors(Model const& model);
RegionFactors read_region_factors(std::string const& path, std::vector<Override> const& overrides, Model const& model,
                                  Diagnostics& diagnostics);

/// People with the rates that hold for them. It must outlive what is asked of it.
struct RegionWorld {
  Scenario const& scenario;
  Rates const& rates;
  Population const& people;
};

/// A region (none: everybody) of a world.
struct RegionSide {
  RegionWorld world;
  std::optional<RegionId> region;
  std::string name;  ///< in results: the code of the region, and the year where two years are compared
};

/// One side is set against another. The sides have one model, and runs of the same length.
struct RegionPair {
  RegionSide region, reference;
};

enum class RegionMethod : std::uint8_t { equations, simulation };
std::string_view name_of(RegionMethod method);

struct RegionOptions {
  std::uint32_t draws{0};  ///< parameter draws that intervals come from
  std::optional<RegionMethod> method{};
  std::uint32_t replicates{10};  ///< of a simulation, at the point estimates
  std::size_t threads{0};
  StopFlag const* stop{nullptr};
  std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
};

/// A number, and how well the rates are known that it rests on.
struct RegionNumber {
  double value{0};
  std::optional<double> low_95, high_95;  ///< from parameter draws, without the luck of a simulation
  double mc_se{0};                        ///< of a simulation
};

struct RegionDifference {
  std::size_t pair{0};
  std::size_t outcome{0};
  RegionNumber region, reference, total;
  /// The people of the region, who start where they start, under all rates and measures of the reference.
  RegionNumber with_reference_rates;
  std::vector<RegionNumber> contributions;  ///< by component; their values sum to that of the total
};

/// A measure that people of a side are offered.
struct RegionService {
  std::string measure;
  Labels label;
  /// Why what it does is no services part: no study is behind it, or none says how well it is known.
  enum class Doubt : std::uint8_t { none, no_evidence, assumed_effect, no_interval } doubt{Doubt::none};
};
std::string_view name_of(RegionService::Doubt doubt);

struct RegionsReport {
  RegionMethod method{RegionMethod::equations};
  std::string why_not_equations;
  std::uint32_t draws{0};
  std::vector<RegionService> services;  ///< in the order of the scenario
  /// Whether there are any, and no doubt about one.
  [[nodiscard]] bool identifies_services() const;
  std::vector<std::string> components;
  std::vector<RegionDifference> differences;  ///< by pair, then outcome
  /// The largest share of the people of a side of whose traits and ages the other side has nobody: where these start
  /// is part of the composition.
  double without_counterpart{0};
};

// Components that are not groups of rates.
inline constexpr std::string_view composition_component = "composition";
inline constexpr std::string_view start_component = "starting_stock";
inline constexpr std::string_view labour_market_component = "labour_market";
inline constexpr std::string_view services_component = "services";                  ///< every measure has evidence
inline constexpr std::string_view assumed_services_component = "assumed_services";  ///< not every
inline constexpr std::string_view limits_component = "limits";
inline constexpr std::string_view trait_changes_component = "trait_changes";
inline constexpr std::string_view within_component = "within_regions";

/// What the outcomes of the region are beyond those of the reference, split into what may be exchanged between them:
/// who lives there, where they start, the labour market, measures, groups of rates, shares at limits. Shapley values:
/// the mean, over all orders in which the factors may be exchanged, of what each changes. Throws InputError where the
/// worlds cannot be compared.
RegionsReport decompose_regions(std::vector<RegionPair> const& pairs, std::vector<RegionOutcome> const& outcomes,
                                RegionFactors const& factors, RegionOptions const& options);

/// A scenario that extends the one of the region, in which the region has the rates of the reference: changes by hazard
/// ratios, at the point estimates; limits and measures stay. `path`: where it will be. Throws InputError where no ratio
/// makes one rate of another: it differs by the time in a state, or the region has no such transition.
std::string scenario_with_rates_of(RegionPair const& pair, std::string const& path);

}  // namespace utvei
