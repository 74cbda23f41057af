// SPDX-License-Identifier: Apache-2.0
// What is known of coefficients and region effects when the sds are known loosely: with few regions the likelihood of
// an sd is wide and skew, and an sd estimated as 0 has no curvature, so neither is told by a normal approximation at
// the estimate. Given the sds, coefficients and effects are taken as normal around their modes; the moments are
// integrated over the sds, by Gauss-Legendre quadrature under Laplace's marginal likelihood times the prior (Rue,
// Martino & Chopin 2009, J. R. Stat. Soc. B 71: 319-392, section 3), and put together by the law of total variance.
#include "unknown_sd.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <Eigen/Cholesky>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Nodes and weights on (−1, 1).
struct Node {
  double place;
  double weight;
};
constexpr std::array nine_nodes{Node{-0.9681602395076261, 0.0812743883615744},
                                Node{-0.8360311073266358, 0.1806481606948574},
                                Node{-0.6133714327005904, 0.2606106964029354},
                                Node{-0.3242534234038089, 0.3123470770400029},
                                Node{0, 0.3302393550012598},
                                Node{0.3242534234038089, 0.3123470770400029},
                                Node{0.6133714327005904, 0.2606106964029354},
                                Node{0.8360311073266358, 0.1806481606948574},
                                Node{0.9681602395076261, 0.0812743883615744}};
constexpr std::array five_nodes{Node{-0.9061798459386640, 0.2369268850561891},
                                Node{-0.5384693101056831, 0.4786286704993665}, Node{0, 0.5688888888888889},
                                Node{0.5384693101056831, 0.4786286704993665},
                                Node{0.9061798459386640, 0.2369268850561891}};

/// At given sds: where coefficients and effects are, and how well the sds fit.
struct Given {
  VectorXd at;
  Laplace laplace;
  double log_density{0};  ///< of the sds, the coefficients integrated out; without its constant
};

double log_determinant(MatrixXd const& information) {
  return 2 * information.llt().matrixLLT().diagonal().array().log().sum();
}

/// The best coefficients for the sds of `at`, from those in it.
Given given_sds(MixedProblem const& problem, VectorXd at) {
  constexpr int most_iterations = 20;
  constexpr double small_gain = 1e-7;
  Index const terms = problem.terms();
  Laplace laplace = laplace_at(problem, at);
  for (int i = 0; i < most_iterations; ++i) {
    VectorXd const slope = laplace.gradient.head(terms);
    VectorXd step = laplace.information.llt().solve(slope);
    if (!(slope.dot(step) > small_gain)) break;
    VectorXd next = at;
    next.head(terms) += step;
    Laplace moved = laplace_at(problem, next);
    for (int halving = 0; halving < 8 && !(moved.value >= laplace.value); ++halving) {
      step /= 4;
      next.head(terms) = at.head(terms) + step;
      moved = laplace_at(problem, next);
    }
    if (!(moved.value >= laplace.value)) break;
    at = next;
    laplace = std::move(moved);
  }
  double const density = laplace.value - 0.5 * log_determinant(laplace.information);
  return {std::move(at), std::move(laplace), density};
}

struct Range {
  double low;
  double high;
};

/// Looks along one sd, the others where they are, for where its density has all but vanished.
class Axis {
 public:
  Axis(MixedProblem const& problem, VectorXd const& at, Index parameter)
      : problem_{problem}, at_{at}, parameter_{parameter}, top_{density(std::exp(at[parameter]))} {}

  [[nodiscard]] Range range() {
    constexpr double highest = 20;
    double const sd = std::exp(at_[parameter_]);
    double high = std::max(1.5 * sd, 0.05);
    while (high < highest && density(high) > top_ - vanishing_) high *= 1.4;
    double low = 0;
    double inside = sd;
    // Where an sd of 0 cannot be, halving finds a place between it and the estimate.
    if (sd > 0 && density(0) < top_ - vanishing_) {
      for (int i = 0; i < 4; ++i) {
        double const middle = (low + inside) / 2;
        (density(middle) < top_ - vanishing_ ? low : inside) = middle;
      }
    }
    return {low, high};
  }

 private:
  double density(double sd) {
    VectorXd at = at_;
    at[parameter_] = std::log(sd);
    double const found = given_sds(problem_, at).log_density;
    top_ = std::max(top_, found);
    return found;
  }

  static constexpr double vanishing_ = 8;  ///< a factor of 3,000
  MixedProblem const& problem_;
  VectorXd const& at_;
  Index parameter_;
  double top_{-1e300};
};

/// A choice of all sds, with its weight in the quadrature.
struct Choice {
  VectorXd at;
  double weight{1};
};

template <std::size_t n>
std::vector<Choice> along(std::vector<Choice> const& choices, Index parameter, Range range,
                          std::array<Node, n> const& nodes) {
  std::vector<Choice> result;
  for (Choice const& choice : choices) {
    for (Node const& node : nodes) {
      result.push_back(choice);
      result.back().at[parameter] = std::log(range.low + (range.high - range.low) * (1 + node.place) / 2);
      result.back().weight *= node.weight;
    }
  }
  return result;
}

std::vector<Choice> choices_of_sds(MixedProblem const& problem, VectorXd const& at) {
  std::vector<Choice> choices{{at}};
  for (Index k = problem.terms(); k < problem.terms() + problem.sds(); ++k) {
    Range const range = Axis{problem, at, k}.range();
    choices = problem.sds() == 1 ? along(choices, k, range, nine_nodes) : along(choices, k, range, five_nodes);
  }
  return choices;
}

}  // namespace

MatrixXd covariance_given_sds(MixedProblem const& problem, Laplace const& laplace) {
  Index const terms = problem.terms();
  auto const regions = static_cast<Index>(problem.cells.regions);
  MatrixXd const of_terms = laplace.information.llt().solve(MatrixXd::Identity(terms, terms));
  MatrixXd const by = laplace.mode_by.leftCols(terms);
  MatrixXd const moved = by * of_terms;
  MatrixXd joint(terms + regions, terms + regions);
  joint.topLeftCorner(terms, terms) = of_terms;
  joint.bottomLeftCorner(regions, terms) = moved;
  joint.topRightCorner(terms, regions) = moved.transpose();
  joint.bottomRightCorner(regions, regions) = moved * by.transpose();
  laplace.posterior.add_to(joint.bottomRightCorner(regions, regions));
  return joint;
}

MatrixXd covariance_over_sds(MixedProblem const& problem, VectorXd const& at, Laplace const& best) {
  Index const terms = problem.terms();
  auto const regions = static_cast<Index>(problem.cells.regions);
  std::vector<Given> given;
  std::vector<double> weights;
  double top = -1e300;
  for (Choice const& choice : choices_of_sds(problem, at)) {
    given.push_back(given_sds(problem, choice.at));
    weights.push_back(choice.weight);
    top = std::max(top, given.back().log_density);
  }
  MatrixXd sum = MatrixXd::Zero(terms + regions, terms + regions);
  double all = 0;
  for (std::size_t i = 0; i < given.size(); ++i) {
    double const weight = weights[i] * std::exp(given[i].log_density - top);
    VectorXd apart(terms + regions);
    apart << given[i].at.head(terms) - at.head(terms), given[i].laplace.mode - best.mode;
    sum += weight * (covariance_given_sds(problem, given[i].laplace) + apart * apart.transpose());
    all += weight;
  }
  return sum / all;
}

}  // namespace utvei
