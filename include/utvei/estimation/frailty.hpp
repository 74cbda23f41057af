// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/model/model.hpp>
#include <utvei/register/exposure.hpp>
#include <utvei/register/life_courses.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace utvei {

/// What is known of people who belong to one of two classes: by person, the events of the transitions that classes
/// differ in, and how many of them are expected at the rates of all together.
struct PersonRisks {
  std::vector<double> events;
  std::vector<double> expected;
};

/// Two classes of people (Heckman & Singer 1984): in the first, intensities are those of all together times `level`; in
/// the second, times level × exp(log_ratio). The second is the slower one.
struct FrailtyFit {
  enum class End {
    none,
    alike,         ///< no two classes have a higher likelihood than one
    mover_stayer,  ///< the second class does not move: log_ratio is the lowest that is looked at
  };
  double share{0};      ///< of people at risk who belong to the second class
  double log_ratio{0};  ///< 0 or less
  double level{1};
  std::optional<double> share_se, log_ratio_se, level_se;  ///< none for what is at an end
  double log_likelihood{0};                                ///< against one intensity for all, at rates as they are: 0
  double log_likelihood_of_one_class{0};                   ///< likewise
  std::size_t persons{0};                                  ///< at risk
  std::size_t iterations{0};
  bool converged{false};
  End end{End::alike};
};
inline constexpr double lowest_log_ratio = -10;

/// Maximum likelihood: by EM, then by BFGS; standard errors from the observed information. Needs somebody at risk.
FrailtyFit fit_frailty(PersonRisks const& risks);

/// The logarithm of the likelihood ratio of two classes to one with the rates as they are, and its derivatives by
/// logit(share), log_ratio and log(level).
struct FrailtyLikelihood {
  double value{0};
  double by_logit_share{0}, by_log_ratio{0}, by_log_level{0};
};
FrailtyLikelihood frailty_likelihood(PersonRisks const& risks, double logit_share, double log_ratio, double log_level);

/// The probability that somebody with these events belongs to the second class.
double second_class(FrailtyFit const& fit, double events, double expected);

}  // namespace utvei
