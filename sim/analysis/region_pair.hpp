// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "region_outcomes.hpp"
#include "region_people.hpp"
#include "region_rates.hpp"
#include "region_services.hpp"

#include <utvei/analysis/regions.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// The plan of a side in a parameter draw, or at the point estimates: with profiles of all people of both sides in all
/// regions of both.
RunPlan plan_of_sides(RegionSide const& side, RegionPair const& pair, std::vector<RegionOutcome> const& outcomes,
                      std::optional<std::uint32_t> draw);

/// The components of a question, in the order of results, for a report that knows the services.
std::vector<std::string> components_of(RegionFactors const& factors, std::vector<RegionPair> const& pairs,
                                       RegionsReport const& report);

/// By outcome, with one set of rates and one luck.
struct PairValues {
  std::vector<double> region, reference, with_reference_rates;
  std::vector<std::vector<double>> contributions;  ///< [outcome][component]
};

/// Which luck, and which rates: the point estimates, or a parameter draw of them.
struct PairLuck {
  std::optional<std::uint32_t> draw;
  std::uint32_t replicate{0};
};

/// A region and its reference: their people, and what of each may be exchanged.
class PairOfRegions {
 public:
  PairOfRegions(RegionPair const& pair, std::vector<RegionOutcome> const& outcomes, RegionFactors const& factors,
                std::vector<std::string> const& components, RegionOptions const& options);
  /// Why the equations do not hold; empty if they do.
  [[nodiscard]] std::string const& why_not_equations() const { return why_not_; }
  [[nodiscard]] double without_counterpart() const { return without_counterpart_; }
  [[nodiscard]] PairValues at(PairLuck luck, RegionMethod method) const;

 private:
  struct SidePeople {
    RegionSide side;
    Duration later;
    std::vector<PersonRow> rows{};
    RegionWeights weights{};
    std::vector<Population> of_cell{};           ///< put into the region of the template
    Population of_cells{};                       ///< the same, cell by cell
    Column<PersonRow, std::uint32_t> cell_of{};  ///< of those
    std::vector<std::vector<Cohort>> cohorts{};  ///< likewise, by cell
    std::vector<Cohort> where_they_live{};       ///< on the calendar of the side
    std::vector<std::vector<double>> offered{};  ///< by cell: shares of the people who live under each offer
  };
  struct Plans {
    RunPlan region;
    std::optional<RunPlan> reference;  ///< none: the same
    [[nodiscard]] RunPlan const& of_reference() const { return reference ? *reference : region; }
  };
  /// What may be exchanged beside people: a factor of the worlds to be valued.
  struct RateFactor {
    std::size_t component{0};
    enum class Kind : std::uint8_t { group, limits, trait_changes, labour_market, services } kind{Kind::group};
    std::size_t group{0};
  };
  /// Sums for one person, by cell.
  using CellSums = std::vector<std::vector<double>>;

  void find_people();
  void find_cells(RegionId slot);
  void find_cohorts(Plans const& plans);
  [[nodiscard]] Plans plans_at(std::optional<std::uint32_t> draw) const;
  [[nodiscard]] SidePlan side_plan(SidePeople const& side, Plans const& plans) const;
  [[nodiscard]] std::vector<double> labour_market_of(SidePeople const& side, std::optional<std::uint32_t> draw) const;
  [[nodiscard]] std::vector<RateFactor> active_factors(RegionTemplate const& shape, std::vector<TableRates> const& a,
                                                       std::vector<TableRates> const& b,
                                                       std::vector<double> const& log_factors) const;
  [[nodiscard]] CellSums sums_of(SidePeople const& side, RunPlan const& plan, RandomKey const& key,
                                 RegionMethod method) const;
  /// The sums of a side under each offer.
  [[nodiscard]] std::vector<CellSums> sums_by_offer(SidePeople const& side, RunPlan& plan, RandomKey const& key,
                                                    RegionMethod method) const;
  /// Under the offers that people of `whose` cells live under.
  [[nodiscard]] static CellSums mean_over_offers(std::vector<CellSums> const& by_offer, SidePeople const& whose);
  [[nodiscard]] std::vector<double> value_of(std::vector<double> const& composition, CellSums const& starts,
                                             CellSums const& others) const;
  [[nodiscard]] std::vector<double> true_values(SidePeople const& side, RunPlan const& plan, RandomKey const& key,
                                                RegionMethod method) const;
  /// Rates of a world: those of the factors in `set` are the region's. `market`: what its labour market does beyond
  /// that of the reference.
  [[nodiscard]] RateChoice choice_of(std::size_t set, std::vector<RateFactor> const& active,
                                     std::vector<double> const& market) const;
  [[nodiscard]] std::size_t component(std::string_view name) const;

  RegionPair const& pair_;
  std::vector<RegionOutcome> const& outcomes_;
  RegionFactors const& factors_;
  std::vector<std::string> const& components_;
  RegionOptions const& options_;
  OutcomeSums sums_;
  SidePeople region_, reference_;
  std::vector<MeasureOffer> offers_;                                ///< under which people of either side live
  std::vector<double> composition_region_, composition_reference_;  ///< shares by cell
  std::string why_not_;
  double without_counterpart_{0};
};

}  // namespace utvei
