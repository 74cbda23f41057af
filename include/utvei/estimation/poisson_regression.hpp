// SPDX-License-Identifier: Apache-2.0
// Poisson log-linear models of occurrence and exposure, without and with random effects of regions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// Cells of one transition: events ~ Poisson(exposure × exp(x'b + v_region)). The design is sparse by rows.
struct PoissonCells {
  std::size_t terms{0};               ///< columns of the design; the first is the intercept
  std::size_t regions{0};             ///< 0: no region effects
  std::vector<double> events;         ///< by row
  std::vector<double> exposure;       ///< by row; above 0
  std::vector<std::uint32_t> region;  ///< by row, below `regions`; empty without region effects
  std::vector<std::size_t> first{0};  ///< by row: where its entries begin in `term` and `value`; one more at the end
  std::vector<std::uint32_t> term;    ///< column of an entry
  std::vector<double> value;          ///< value of an entry
  [[nodiscard]] std::size_t rows() const { return events.size(); }
  /// Adds a row. `entries` has each column once at most.
  void add_row(double events_seen, double time_at_risk, std::vector<std::pair<std::uint32_t, double>> const& entries,
               std::uint32_t of_region = 0);
};

/// A symmetric matrix, row by row.
struct SquareMatrix {
  std::size_t size{0};
  std::vector<double> values;
  [[nodiscard]] double operator()(std::size_t row, std::size_t column) const { return values[row * size + column]; }
};

/// L, lower triangular, with L L' = covariance. Where nothing varies beyond what comes before, the column of L is 0, so
/// a covariance may be singular: aliased coefficients, an sd of 0.
SquareMatrix factor_of(SquareMatrix const& covariance);

/// Coefficients without a finite maximum-likelihood estimate.
struct Irregularities {
  std::vector<std::size_t> aliased;    ///< collinear with columns before them: fixed at 0
  std::vector<std::size_t> separated;  ///< ran off to infinity: kept by a normal prior of sd `separation_sd`
};
inline constexpr double separation_sd = 5;

/// Log-likelihoods are those of the life courses, sum of events × log intensity − intensity × exposure: without the
/// factorials and the powers of exposure that make counts of them (Holford 1980).
struct PoissonFit {
  std::vector<double> coefficients;  ///< log scale, by column
  SquareMatrix covariance;           ///< of the coefficients; 0 for the aliased
  double log_likelihood{0};
  double deviance{0};  ///< against one intensity a row
  int iterations{0};
  bool converged{false};
  Irregularities irregular;
};
/// Maximum likelihood by Newton's method. Needs events in all and at least one row.
PoissonFit fit_poisson(PoissonCells const& cells);

/// The covariance of region effects, as variances times matrices of fixed shape.
struct RegionEffects {
  enum class Kind {
    pooled,  ///< sd² I
    nested,  ///< sd_region² I + sd_county² (same county)
    icar,    ///< sd² K
    bym2,    ///< sd² ((1 − mixing) I + mixing K), Riebler et al. 2016
  };
  Kind kind{Kind::pooled};
  std::vector<std::uint32_t> county;  ///< of nested: by region
  SquareMatrix neighbours;            ///< K of icar and bym2
};

/// K of icar and bym2 (Freni-Sterrantino, Ventrucci & Rue 2018): in each component of the graph the generalised inverse
/// of its Laplacian, divided by the geometric mean of its diagonal so that an sd means the same everywhere; a region
/// without neighbours has variance 1.
struct ScaledGraph {
  SquareMatrix covariance;
  std::vector<double> scaling;  ///< geometric mean variance of each component of two regions or more
  std::size_t singletons{0};
};
ScaledGraph scaled_graph(std::size_t regions, std::vector<std::pair<std::uint32_t, std::uint32_t>> const& edges);

/// Prior of a standard deviation; its density is on the scale of the sd.
struct SdPrior {
  enum class Kind { none, half_normal, pc };
  Kind kind{Kind::none};
  double scale{1};        ///< of half_normal: its s; of pc: the u of P(sd > u) = a (Simpson et al. 2017)
  double probability{0};  ///< of pc: a
};

struct MixedFit {
  PoissonFit fixed;               ///< covariance includes what is not known of the sds; log-likelihood is Laplace's
  std::vector<double> sd;         ///< of regions; of nested: of regions, of counties
  std::vector<double> sd_se;      ///< NaN for an sd at 0
  double mixing{0};               ///< of bym2
  std::vector<double> effect;     ///< by region: mode of its log relative intensity
  std::vector<double> effect_se;  ///< by region, given coefficients and sds
  std::vector<double> borrowed;   ///< by region: 1 − weight of the own data
  SquareMatrix covariance;        ///< joint: coefficients, then region effects
  bool at_zero{false};            ///< the estimate of every sd is 0: effects vanish
  std::string stopped_because;
};
/// Laplace-approximated marginal likelihood (Breslow & Clayton 1993; Skaug & Fournier 2006), maximal in coefficients
/// and sds together.
MixedFit fit_mixed_poisson(PoissonCells const& cells, RegionEffects const& effects, SdPrior const& prior);

/// The approximate marginal log-likelihood (plus log prior) and its gradient at coefficients followed by log sds and,
/// of bym2, the logit of the mixing: what fit_mixed_poisson maximises.
struct LaplaceValue {
  double value{0};
  std::vector<double> gradient;
};
LaplaceValue laplace_log_likelihood(PoissonCells const& cells, RegionEffects const& effects, SdPrior const& prior,
                                    std::vector<double> const& at);

}  // namespace utvei
