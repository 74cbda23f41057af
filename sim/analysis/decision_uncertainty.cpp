// SPDX-License-Identifier: Apache-2.0
// Values of information from the draws of one analysis: Strong, Oakley & Brennan 2014, Med. Decis. Making 34: 311-326.
// Luck of the simulation is taken out of the draws first: it would be taken for something that could be known.
#include "conditional_mean.hpp"
#include "input_numbers.hpp"

#include <utvei/analysis/decision_uncertainty.hpp>
#include <utvei/core/contract.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <Eigen/Dense>

namespace utvei {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd matrix_of(std::vector<std::vector<double>> const& rows) {
  MatrixXd matrix(static_cast<Index>(rows.size()), rows.empty() ? 0 : static_cast<Index>(rows.front().size()));
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < rows[i].size(); ++j) matrix(static_cast<Index>(i), static_cast<Index>(j)) = rows[i][j];
  return matrix;
}

MatrixXd covariance_of(MatrixXd const& draws) {
  MatrixXd const centred = draws.rowwise() - draws.colwise().mean();
  return centred.transpose() * centred / static_cast<double>(draws.rows() - 1);
}

/// A power of a symmetric matrix; directions with next to nothing in them are left out.
MatrixXd power_of(MatrixXd const& matrix, double exponent) {
  Eigen::SelfAdjointEigenSolver<MatrixXd> const solver(matrix);
  VectorXd values = solver.eigenvalues();
  double const least = std::max(0.0, values.maxCoeff()) * 1e-12;
  for (double& value : values) value = value > least ? std::pow(value, exponent) : 0;
  return solver.eigenvectors() * values.asDiagonal() * solver.eigenvectors().transpose();
}

/// Draws moved towards their mean so that their covariance is what parameters give: the linear map that moves normal
/// draws least (Dowson & Landau 1982, J. Multivar. Anal. 12: 450-455).
MatrixXd without_luck(MatrixXd const& draws, MatrixXd const& luck) {
  MatrixXd const all = covariance_of(draws);
  MatrixXd const parameters = power_of(all - luck, 1);
  MatrixXd const root = power_of(all, 0.5);
  MatrixXd const inverse = power_of(all, -0.5);
  MatrixXd const map = inverse * power_of(root * parameters * root, 0.5) * inverse;
  Eigen::RowVectorXd const mean = draws.colwise().mean();
  return ((draws.rowwise() - mean) * map).rowwise() + mean;
}

/// What choosing the best in each row gives beyond the best on average. The baseline gains nothing.
double value_of_choosing(MatrixXd const& gains) {
  if (gains.rows() == 0) return 0;
  double const best_of_each = gains.rowwise().maxCoeff().cwiseMax(0).mean();
  return std::max(0.0, best_of_each - std::max(0.0, gains.colwise().mean().maxCoeff()));
}

std::vector<Index> rows_without(Index rows, std::size_t part) {
  std::vector<Index> kept;
  for (Index k = 0; k < rows; ++k)
    if (static_cast<std::size_t>(k) % jackknife_parts != part) kept.push_back(k);
  return kept;
}

/// Standard error of a number, of which `without` are those with one part of the draws left out.
double jackknife_error(std::vector<double> const& without) {
  auto const parts = static_cast<double>(without.size());
  double const mean = std::accumulate(without.begin(), without.end(), 0.0) / parts;
  double sum = 0;
  for (double const value : without) sum += (value - mean) * (value - mean);
  return std::sqrt((parts - 1) / parts * sum);
}

/// Fitted means of all scenarios, each with the variance that its fit explains without noise.
MatrixXd fitted_gains(std::vector<ConditionalMean> const& means, MatrixXd const& gains, std::size_t part) {
  bool const all = part == jackknife_parts;
  std::vector<Index> const kept = rows_without(gains.rows(), part);
  MatrixXd fitted(static_cast<Index>(kept.size()), gains.cols());
  for (Index s = 0; s < gains.cols(); ++s) {
    ConditionalMean const& mean = means[static_cast<std::size_t>(s)];
    VectorXd const values = (all ? mean.fitted : mean.fitted_without[part])(kept);
    VectorXd const outcome = gains.col(s)(kept);
    double const explained = all ? mean.explained : mean.explained_without[part];
    double const of_all = covariance_of(outcome)(0, 0);
    double const of_fit = covariance_of(values)(0, 0);
    double const scale = of_fit > 0 ? std::sqrt(explained * of_all / of_fit) : 0;
    fitted.col(s) = (values.array() - values.mean()) * scale + outcome.mean();
  }
  return fitted;
}

/// Work on one outcome.
class UncertaintyAnalysis {
 public:
  UncertaintyAnalysis(OutcomeDraws const& outcome, std::vector<UncertainInput> const& inputs)
      : outcome_{outcome},
        inputs_{inputs},
        differences_{matrix_of(outcome.differences).transpose()},
        gains_{outcome.less_is_better ? MatrixXd{-differences_} : differences_} {
    result_.draws = static_cast<std::size_t>(gains_.rows());
  }

  DecisionUncertainty analyse() {
    describe_scenarios();
    if (result_.draws < least_draws) return unknown(DecisionUncertainty::Unknown::too_few_draws);
    if (inputs_.empty()) return unknown(DecisionUncertainty::Unknown::no_inputs);
    if (std::ranges::none_of(result_.scenarios, [](auto const& one) { return one.parameter_variance.value_or(0) > 0; }))
      return unknown(DecisionUncertainty::Unknown::luck_hides_parameters);
    value_perfect_information();
    for (auto const& group : groups_of(inputs_)) add_group(group);
    for (UncertainInput const& input : inputs_) add_input(input);
    keep_shares_within_one();
    put_in_order();
    return std::move(result_);
  }

 private:
  DecisionUncertainty unknown(DecisionUncertainty::Unknown why) {
    result_.unknown = why;
    return std::move(result_);
  }

  void describe_scenarios() {
    result_.luck_is_known = outcome_.luck.has_value();
    MatrixXd const all = gains_.rows() > 1 ? covariance_of(gains_) : MatrixXd::Zero(gains_.cols(), gains_.cols());
    double best = 0;
    for (Index s = 0; s < gains_.cols(); ++s) {
      auto& scenario = result_.scenarios.emplace_back();
      scenario.difference = differences_.col(s).mean();
      double const luck = outcome_.luck ? matrix_of(*outcome_.luck)(s, s) : 0;
      scenario.parameter_variance = std::max(0.0, all(s, s) - luck);
      scenario.luck_share = all(s, s) > 0 ? std::min(1.0, luck / all(s, s)) : 0;
      if (double const gain = gains_.col(s).mean(); gain > best) {
        best = gain;
        result_.best = static_cast<std::size_t>(s);
      }
    }
  }

  void value_perfect_information() {
    auto const cleared = [&](MatrixXd const& gains) {
      return outcome_.luck ? without_luck(gains, matrix_of(*outcome_.luck)) : gains;
    };
    result_.perfect_with_luck = value_of_choosing(gains_);
    result_.perfect.value = value_of_choosing(cleared(gains_));
    std::vector<double> without;
    for (std::size_t part = 0; part < jackknife_parts; ++part)
      without.push_back(value_of_choosing(cleared(gains_(rows_without(gains_.rows(), part), Eigen::all))));
    result_.perfect.se = jackknife_error(without);
  }

  /// The share of the variance between draws that a fit explains, as a share of what parameters give.
  [[nodiscard]] WithError share_of(ConditionalMean const& mean, std::size_t scenario) const {
    auto const& of = result_.scenarios[scenario];
    if (!(of.parameter_variance.value_or(0) > 0) || mean.terms == 0) return {};
    double const scale = 1 / (1 - of.luck_share);
    return {mean.explained * scale, jackknife_error(mean.explained_without) * scale};
  }

  void add_group(std::vector<UncertainInput const*> const& members) {
    auto const means = conditional_means(numbers_of(members), gains_, {});
    GroupInformation& group = result_.groups.emplace_back();
    group.kind = members.front()->kind;
    group.group = members.front()->group;
    group.inputs = members.size();
    group.value.value =
        std::min(result_.perfect.value, value_of_choosing(fitted_gains(means, gains_, jackknife_parts)));
    std::vector<double> without;
    for (std::size_t part = 0; part < jackknife_parts; ++part)
      without.push_back(value_of_choosing(fitted_gains(means, gains_, part)));
    group.value.se = jackknife_error(without);
    for (std::size_t s = 0; s < means.size(); ++s) group.shares.push_back(share_of(means[s], s));
  }

  void add_input(UncertainInput const& input) {
    InputRange const range = range_of(input);
    auto const means = conditional_means(numbers_of({&input}), differences_, range.points);
    InputInfluence& influence = result_.inputs.emplace_back();
    influence.kind = input.kind;
    influence.name = input.name;
    influence.group = input.group;
    influence.is_assumed = input.is_assumed;
    influence.at_10 = range.values[range.place_of_10];
    influence.at_90 = range.values[range.place_of_90];
    for (std::size_t s = 0; s < means.size(); ++s) {
      InputSwing swing = swing_of(means[s], range);
      swing.share = share_of(means[s], s);
      if (means[s].terms > 0) swing.break_even = zero_of(means[s].at, range, input.scale);
      influence.swings.push_back(swing);
    }
  }

  static InputSwing swing_of(ConditionalMean const& mean, InputRange const& range) {
    auto const with_error = [&](std::function<double(VectorXd const&)> const& number) {
      std::vector<double> without;
      for (VectorXd const& at : mean.at_without) without.push_back(number(at));
      return WithError{number(mean.at), jackknife_error(without)};
    };
    auto const low = static_cast<Index>(range.place_of_10);
    auto const high = static_cast<Index>(range.place_of_90);
    return {with_error([&](VectorXd const& at) { return at(low); }),
            with_error([&](VectorXd const& at) { return at(high); }),
            with_error([&](VectorXd const& at) { return at(high) - at(low); }),
            {},
            {}};
  }

  /// Groups are independent, so their shares sum to 1 at most; estimates of them may exceed it by chance.
  void keep_shares_within_one() {
    for (std::size_t s = 0; s < result_.scenarios.size(); ++s) {
      double sum = 0;
      for (auto const& group : result_.groups) sum += group.shares[s].value;
      for (auto& group : result_.groups)
        if (sum > 1) group.shares[s].value /= sum;
      for (auto& input : result_.inputs)
        if (sum > 1) input.swings[s].share.value /= sum;
      result_.scenarios[s].explained = std::min(1.0, sum);
    }
  }

  void put_in_order() {
    auto const largest_share = [](GroupInformation const& group) {
      double most = 0;
      for (WithError const& share : group.shares) most = std::max(most, share.value);
      return most;
    };
    std::ranges::stable_sort(result_.groups, [&](auto const& a, auto const& b) {
      return a.value.value != b.value.value ? a.value.value > b.value.value : largest_share(a) > largest_share(b);
    });
    auto const largest_swing = [](InputInfluence const& input) {
      double most = 0;
      for (InputSwing const& one : input.swings) most = std::max(most, std::abs(one.swing.value));
      return most;
    };
    std::ranges::stable_sort(result_.inputs,
                             [&](auto const& a, auto const& b) { return largest_swing(a) > largest_swing(b); });
  }

  OutcomeDraws const& outcome_;
  std::vector<UncertainInput> const& inputs_;
  MatrixXd differences_;  ///< draws × scenarios
  MatrixXd gains_;        ///< the same, more being better
  DecisionUncertainty result_;
};

}  // namespace

DecisionUncertainty decision_uncertainty(OutcomeDraws const& outcome, std::vector<UncertainInput> const& inputs) {
  UTVEI_EXPECT(!outcome.differences.empty());
  return UncertaintyAnalysis{outcome, inputs}.analyse();
}

}  // namespace utvei
