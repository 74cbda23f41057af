// SPDX-License-Identifier: Apache-2.0
#include "simulated_power.hpp"

#include "stepped_study.hpp"

#include <utvei/core/normal.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace utvei {
namespace {

constexpr std::uint32_t batch_of_search = (1U << 20U) - 1;
constexpr std::uint32_t batch_without_effect = 1U << 19U;
constexpr std::uint64_t likely_tries = 10;  ///< of the search, for the progress bar alone

double share_found(StudyDesign const& design, std::vector<StudyFinding> const& findings) {
  auto const found =
      std::ranges::count_if(findings, [&](StudyFinding const& f) { return f.p_value <= design.significance; });
  return static_cast<double>(found) / static_cast<double>(findings.size());
}

/// Of a share (Wilson 1927): it is not empty where nothing, or all, is found.
std::pair<double, double> wilson_interval(double share, double n) {
  constexpr double z = normal_975;
  double const middle = (share + z * z / (2 * n)) / (1 + z * z / n);
  double const half = z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  return {share == 0 ? 0 : middle - half, share == 1 ? 1 : middle + half};
}

}  // namespace

SimulatedPower::SimulatedPower(StudyDesign const& design, StudyPeople const& people, std::uint32_t seed,
                               TrueContrast const& truth, PowerOptions const& options)
    : design_{design}, people_{people}, seed_{seed}, truth_{truth}, options_{options} {
  bool const is_modelled = design.estimator == Estimator::mixed_model;
  total_ = design.studies * (design.persons.size() * (is_modelled ? 2 : 1) + (is_modelled ? likely_tries : 0));
}

std::vector<StudyFinding> SimulatedPower::findings(SimulatedStudy const& study) {
  std::vector<StudyFinding> findings(design_.studies);
  constexpr std::size_t studies_per_block = 16;
  parallel_for_blocks(findings.size(), studies_per_block, options_.threads, options_.stop, [&](Block const& block) {
    for (std::size_t i = block.first; i < block.last; ++i) findings[i] = study.run(static_cast<std::uint32_t>(i));
    done_ += block.last - block.first;
    if (options_.progress) options_.progress(std::min(done_.load(), total_), total_);
  });
  return findings;
}

StudySize SimulatedPower::of_size(std::size_t place) {
  StudySize size;
  size.persons = design_.persons[place];
  ArmSizes const arms = arms_of(design_, size.persons);
  size.treated = arms.treated;
  size.controls = arms.controls;
  auto const batch = static_cast<std::uint32_t>(place);
  auto const study = make_study(design_, people_, {seed_, batch}, size.persons, TrueEffect::of_the_measure);
  auto const found = findings(*study);
  summarise(found, size);
  if (design_.estimator != Estimator::mixed_model) return size;
  size.least_effect = least_effect(found, study->degrees());
  auto const idle = make_study(design_, people_, {seed_, batch_without_effect + batch}, size.persons, TrueEffect::none);
  size.false_alarms = share_found(design_, findings(*idle));
  return size;
}

/// Power, and what significant findings look like: their sign and size against the truth (Gelman & Carlin 2014).
void SimulatedPower::summarise(std::vector<StudyFinding> const& findings, StudySize& size) const {
  double significant = 0;
  double wrong = 0;
  double sizes = 0;
  double finite = 0;
  for (StudyFinding const& finding : findings) {
    size.not_fitted += finding.is_fitted ? 0 : 1;
    if (finding.p_value > design_.significance) continue;
    significant += 1;
    if (finding.estimate * truth_.size < 0) wrong += 1;
    if (!std::isfinite(finding.estimate)) continue;
    finite += 1;
    sizes += std::abs(finding.estimate);
  }
  auto const n = static_cast<double>(findings.size());
  size.power = significant / n;
  size.power_se = std::sqrt(size.power * (1 - size.power) / n);
  std::tie(size.power_low, size.power_high) = wilson_interval(size.power, n);
  size.significant = static_cast<std::uint32_t>(significant);
  // Of an effect that may be none there is no sign to be wrong about, and a handful of studies tell little of signs.
  constexpr double few = 30;
  if (significant < few || std::abs(truth_.size) <= 2 * truth_.se) return;
  size.wrong_sign = wrong / significant;
  if (finite > 0) size.exaggeration = sizes / finite / std::abs(truth_.size);
}

/// The estimates' own spread, times what the test and the wanted power ask for (Bloom 1995).
std::optional<double> SimulatedPower::least_effect(std::vector<StudyFinding> const& findings, double degrees) const {
  double sum = 0;
  double squares = 0;
  double n = 0;
  for (StudyFinding const& finding : findings) {
    if (!std::isfinite(finding.estimate)) continue;
    n += 1;
    sum += finding.estimate;
    squares += finding.estimate * finding.estimate;
  }
  if (n < 2) return std::nullopt;
  double const spread = std::sqrt(std::max(0.0, (squares - sum * sum / n) / (n - 1)));
  if (degrees < 1 || spread <= 0) return std::nullopt;
  double const critical = boost::math::quantile(boost::math::students_t{degrees}, 1 - design_.significance / 2);
  double const size = (critical + boost::math::quantile(boost::math::normal{}, design_.wanted_power)) * spread;
  return truth_.size < 0 ? -size : size;
}

double SimulatedPower::power_of(std::uint32_t persons) {
  // All numbers share luck, so that more people have more power.
  auto const study = make_study(design_, people_, {seed_, batch_of_search}, persons, TrueEffect::of_the_measure);
  return share_found(design_, findings(*study));
}

std::uint32_t SimulatedPower::least_persons() const {
  std::uint32_t least = 4;
  if (design_.assignment != Assignment::stepped) return least;
  while (!fills_steps(least, people_.eligible_of_region, design_.steps)) ++least;
  return least;
}

std::optional<std::uint32_t> SimulatedPower::enough(double guess, std::uint32_t most) {
  double const least = least_persons();
  double step = 1.3;
  constexpr double close = 1.02;
  auto const reaches = [&](double persons) {
    return power_of(static_cast<std::uint32_t>(std::llround(persons))) >= design_.wanted_power;
  };
  double high = std::clamp(guess, least, static_cast<double>(most));
  double low = high;
  if (reaches(high)) {
    while (low > least) {
      low = std::max(least, high / step);
      if (!reaches(low)) break;
      high = low;
    }
  } else {
    do {
      if (high >= most) return std::nullopt;
      low = high;
      high = std::min(high * step, static_cast<double>(most));
      step *= step;
    } while (!reaches(high));
  }
  while (high / low > close && high - low > 1) {
    double const middle = std::sqrt(low * high);
    (reaches(middle) ? high : low) = middle;
  }
  return static_cast<std::uint32_t>(std::ceil(high));
}

}  // namespace utvei
