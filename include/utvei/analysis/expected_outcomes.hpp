// SPDX-License-Identifier: Apache-2.0
// Better or worse than expected: what was observed in regions against what composition and the labour market predict.
#pragma once

#include <utvei/analysis/posterior_ranks.hpp>
#include <utvei/disclosure/rules.hpp>
#include <utvei/estimation/funnel.hpp>
#include <utvei/estimation/ratio_model.hpp>
#include <utvei/model/model.hpp>
#include <utvei/model/regions.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What is counted: transitions, or people who are in some states at a date.
struct OutcomeAsked {
  std::string name;  ///< `aap -> work`, `outside -> work + education`, `outside`
  enum class Kind { events, stock } kind{Kind::events};
  std::vector<TransitionId> transitions;  ///< of events
  std::vector<StateId> states;            ///< of a stock
  Better better{Better::more};
};
/// Reads outcomes: names of states and groups, `+` between several, `*` for all; with `->` transitions. Which way is
/// better follows from groups (outside less; work and education more) unless `better` says it. Diagnoses names that are
/// unknown, transitions that the model lacks, and outcomes that have no better way.
std::vector<OutcomeAsked> read_outcomes(std::vector<std::string> const& words, std::optional<Better> better,
                                        Model const& model, Diagnostics& diagnostics);
/// Those that are asked for if nobody asks: ways out of `outside` into work and education, and, with dates to count
/// heads at, who is outside.
std::vector<std::string> default_outcomes(Model const& model, bool counts_stock);

/// Counts of an outcome by region, in one stretch of time or at one date.
struct OutcomeCounts {
  std::string label;
  std::vector<double> size;      ///< person-years at risk, or heads
  std::vector<double> observed;  ///< events, or heads in the states
  std::vector<double> expected;  ///< of the people there are, at national rates or shares
  std::vector<double> crude;     ///< of as many people as there are
  /// Variance over mean by chance alone: 1 of events; 1 − share of heads, of whom each is counted once at most.
  std::vector<double> chance;
};
struct OutcomeData {
  std::vector<RegionId> regions;
  OutcomeCounts all;                   ///< of a stock: at the last date
  std::vector<OutcomeCounts> periods;  ///< in their order; none: no trend
};
/// Sums regions to those of a level that they lie in; who lies in none is left out.
OutcomeData summed_to_level(OutcomeData const& data, Regions const& regions, std::string_view level);

struct ExpectedOptions {
  /// None: additive, and with too few regions to tell what is ordinary (least_for_overdispersion) chance alone.
  std::optional<Overdispersion> overdispersion;
  Correction correction{Correction::benjamini_hochberg};
  double significance{0.05};
  std::vector<std::size_t> covariates;  ///< columns of the regions' covariates
  SdPrior sd_prior{SdPrior::Kind::half_normal, 1, 0};
  std::size_t cases{3};  ///< at each end
  std::uint32_t draws{4000};
  std::uint32_t seed{1};
};

enum class Flag { as_expected, better, worse };
std::string_view name_of(Flag flag);

/// One region against what was expected of it.
struct RegionAgainstExpected {
  RegionId region;
  double size{0}, observed{0};
  double composition{0};                   ///< expected of the people there are
  double expected{0};                      ///< the same with what covariates of the region predict
  double ratio{1}, low_95{1}, high_95{1};  ///< after shrinkage
  RatioLimits funnel_95, funnel_998;       ///< of observed over expected
  double p{1}, p_corrected{1};             ///< of the funnel
  Flag flag{Flag::as_expected};            ///< by the funnel, corrected for the number of regions
  Flag beyond_chance{Flag::as_expected};   ///< the same, if regions differed by chance alone
  double reliability{0};
  PosteriorRank rank;
  bool hidden{false};  ///< too few people: only its name may leave a register
};

/// How the variance of log ratios is made up.
struct VariancePartition {
  enum class Basis { crude, composition, covariates } basis{Basis::crude};
  double within{0};               ///< between regions, of one county where there are two levels
  std::optional<double> between;  ///< between counties
  [[nodiscard]] double all() const { return within + between.value_or(0); }
};

/// A region in the periods of a trend.
struct RegionTrend {
  RegionId region;
  struct InPeriod {
    double observed{0}, expected{0}, ratio{1}, low_95{1}, high_95{1};
  };
  std::vector<InPeriod> periods;
  double change{1}, low_95{0}, high_95{0};  ///< ratio of the last period to that of the first, unshrunk
  double p{1}, p_corrected{1};
  Flag flag{Flag::as_expected};  ///< better: it has moved to the better side
  bool has_change{false};        ///< events in both
  bool hidden{false};
};

struct OutcomeReport {
  OutcomeAsked outcome;
  std::string label;  ///< of the period or date
  std::vector<RegionAgainstExpected> regions;
  std::vector<RegionId> without_people;
  Funnel funnel;
  RatioModel model;
  std::vector<VariancePartition> partition;
  std::vector<std::size_t> best, worst;  ///< case regions, places in `regions`
  std::vector<std::string> periods;
  std::vector<RegionTrend> trend;
  bool has_events{false};
};
inline constexpr std::size_t least_for_overdispersion = 10;

/// A region is a case at an end if it is more likely than not among that tenth.
inline constexpr double case_probability = 0.5;

OutcomeReport against_expected(OutcomeAsked const& outcome, OutcomeData const& data, Regions const& regions,
                               ExpectedOptions const& options);

/// What may be told of counts of a register: rounded as its rules ask, and what is expected of rounded numbers of
/// people. What is computed of them tells no more than they do.
OutcomeData rounded_counts(OutcomeData data, DisclosureRules const& rules);
/// For a report that may leave the place of a register: hides regions with fewer people or person-years than the
/// denominator of the rules, or with counts that must not be told or would tell them, and takes them from the cases.
/// `counts`: as they are, not rounded.
void hide_small_regions(OutcomeReport& report, OutcomeData const& counts, DisclosureRules const& rules);

}  // namespace utvei
