// SPDX-License-Identifier: Apache-2.0
#include "fisher.hpp"
#include "study_people.hpp"
#include "two_sample_survival.hpp"

#include <utvei/core/random.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numbers>
#include <optional>

#include <boost/math/distributions/normal.hpp>

namespace utvei {
namespace {

double normal_quantile(double p) {
  return boost::math::quantile(boost::math::normal{}, p);
}

/// What one study finds.
struct Finding {
  double p_value{1};
  double estimate{0};  ///< a difference, or a log hazard ratio
};

struct ArmSizes {
  std::uint32_t treated{0}, controls{0};
};

/// Tables of larger studies take too long, and the normal distribution is close.
bool is_exact(std::uint32_t treated, std::uint32_t controls) {
  constexpr double most_tables = 1e6;
  return static_cast<double>(treated) * controls <= most_tables;
}

/// Of Fisher's test: exact, or with the continuity correction that comes close to it (Fleiss, Levin & Paik 2003, 4.2).
double planned_power(std::uint32_t treated, std::uint32_t controls, double p_treated, double p_control, double alpha) {
  if (is_exact(treated, controls)) return power_of_fisher(treated, controls, p_treated, p_control, alpha);
  double const n = treated;
  double const m = controls;
  double const pooled = (n * p_treated + m * p_control) / (n + m);
  double const under_null = std::sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  double const under_truth = std::sqrt(p_treated * (1 - p_treated) / n + p_control * (1 - p_control) / m);
  double const difference = std::abs(p_treated - p_control) - (1 / n + 1 / m) / 2;
  if (under_truth <= 0) return difference > 0 ? 1 : 0;
  double const z = (difference - normal_quantile(1 - alpha / 2) * under_null) / under_truth;
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

ArmSizes arms_of(StudyDesign const& design, std::uint32_t persons) {
  if (design.assignment == Assignment::register_controls) return {persons, persons * design.controls_each};
  auto const treated = static_cast<std::uint32_t>(std::llround(persons * design.share_treated));
  std::uint32_t const least = 1;
  ArmSizes const arms{std::clamp(treated, least, persons - least), 0};
  return {arms.treated, persons - arms.treated};
}

double share_of(std::vector<ArmOutcome> const& people) {
  auto const count = std::ranges::count_if(people, &ArmOutcome::has_outcome);
  return static_cast<double>(count) / static_cast<double>(people.size());
}

/// All who were followed, as one large study.
double true_log_hazard_ratio(StudyPeople const& people) {
  std::vector<FollowedUp> all;
  for (auto const& arm : {&people.control, &people.treated})
    for (ArmOutcome const& one : *arm) all.push_back({one.first_work, one.has_worked, arm == &people.treated});
  return compare_survival(std::move(all)).log_hazard_ratio;
}

/// Each is followed in both arms with the same luck.
double se_of_difference(StudyPeople const& people) {
  double sum = 0;
  double squares = 0;
  auto const n = static_cast<double>(people.treated.size());
  for (std::size_t i = 0; i < people.treated.size(); ++i) {
    double const gain =
        static_cast<double>(people.treated[i].has_outcome) - static_cast<double>(people.control[i].has_outcome);
    sum += gain;
    squares += gain * gain;
  }
  double const mean = sum / n;
  return std::sqrt((squares / n - mean * mean) / n);
}

/// As if the arms had luck of their own: too large, if anything.
double se_of_log_ratio(StudyPeople const& people) {
  auto const worked = [](std::vector<ArmOutcome> const& arm) {
    return std::max(1.0, static_cast<double>(std::ranges::count_if(arm, &ArmOutcome::has_worked)));
  };
  return std::sqrt(1 / worked(people.treated) + 1 / worked(people.control));
}

/// Draws the people of one study after another and analyses them.
class SimulatedStudy {
 public:
  SimulatedStudy(StudyDesign const& design, StudyPeople const& people, std::uint32_t seed, std::size_t size,
                 ArmSizes arms)
      : design_{design}, people_{people}, seed_{seed}, size_{static_cast<std::uint32_t>(size)}, arms_{arms} {
    // Who is lost leaves smaller arms: tests of those are made as they come.
    bool const loses = design.lost_treated > 0 || design.lost_control > 0;
    if (design.estimator == Estimator::difference && !loses && is_exact(arms.treated, arms.controls))
      fisher_.emplace(arms.treated, arms.controls);
  }

  [[nodiscard]] Finding run(std::uint32_t number) const {
    RandomKey const key{seed_, size_, 0};
    PersonKey const study{number};
    std::vector<FollowedUp> followed;
    std::uint32_t count = 0;
    std::uint32_t kept[2]{0, 0};
    std::uint32_t events[2]{0, 0};
    for (std::size_t arm = 0; arm < 2; ++arm) {
      bool const is_treated = arm == 1;
      auto const& pool = is_treated ? people_.treated : people_.control;
      double const lost = is_treated ? design_.lost_treated : design_.lost_control;
      std::uint32_t const size = is_treated ? arms_.treated : arms_.controls;
      for (std::uint32_t i = 0; i < size; ++i) {
        double const who = uniform(key, study, stream_, count++);
        ArmOutcome const& one =
            pool[std::min(pool.size() - 1, static_cast<std::size_t>(who * static_cast<double>(pool.size())))];
        bool const is_lost = lost > 0 && uniform(key, study, lost_stream_, count) < lost;
        if (design_.estimator == Estimator::difference) {
          if (is_lost) continue;
          ++kept[arm];
          events[arm] += one.has_outcome ? 1 : 0;
          continue;
        }
        std::int64_t const last = is_lost ? static_cast<std::int64_t>(uniform(key, study, when_stream_, count) *
                                                                      static_cast<double>(design_.follow.minutes))
                                          : design_.follow.minutes;
        bool const has_event = one.has_worked && one.first_work <= last;
        followed.push_back({has_event ? one.first_work : last, has_event, is_treated});
      }
    }
    if (design_.estimator == Estimator::hazard_ratio) {
      TwoSampleResult const result = compare_survival(std::move(followed));
      return {result.p_value, result.log_hazard_ratio};
    }
    if (kept[0] == 0 || kept[1] == 0) return {};
    double const p = fisher_ ? fisher_->p_value(events[1], events[0])
                             : FisherTest::p_value_of(kept[1], kept[0], events[1], events[0]);
    return {p, static_cast<double>(events[1]) / kept[1] - static_cast<double>(events[0]) / kept[0]};
  }

 private:
  StudyDesign const& design_;
  StudyPeople const& people_;
  std::uint32_t seed_, size_;
  ArmSizes arms_;
  std::optional<FisherTest> fisher_;
  StreamId stream_{stream_of("power: people")};
  StreamId lost_stream_{stream_of("power: lost")};
  StreamId when_stream_{stream_of("power: lost when")};
};

std::vector<Finding> run_studies(StudyDesign const& design, SimulatedStudy const& study, PowerOptions const& options,
                                 std::uint64_t before, std::uint64_t total) {
  std::vector<Finding> findings(design.studies);
  std::atomic<std::uint64_t> done{before};
  constexpr std::size_t studies_per_block = 16;
  parallel_for_blocks(findings.size(), studies_per_block, options.threads, options.stop, [&](Block const& block) {
    for (std::size_t i = block.first; i < block.last; ++i) findings[i] = study.run(static_cast<std::uint32_t>(i));
    done += block.last - block.first;
    if (options.progress) options.progress(done.load(), total);
  });
  return findings;
}

/// Power, and what significant findings look like: their sign and size against the truth (Gelman & Carlin 2014).
void summarise(StudyDesign const& design, std::vector<Finding> const& findings, double truth, double truth_se,
               StudySize& size) {
  double significant = 0;
  double wrong = 0;
  double sizes = 0;
  double finite = 0;
  for (Finding const& finding : findings) {
    if (finding.p_value > design.significance) continue;
    significant += 1;
    if (finding.estimate * truth < 0) wrong += 1;
    if (!std::isfinite(finding.estimate)) continue;
    finite += 1;
    sizes += std::abs(finding.estimate);
  }
  auto const n = static_cast<double>(findings.size());
  size.power = significant / n;
  size.power_se = std::sqrt(size.power * (1 - size.power) / n);
  // Of an effect that may be none there is no sign to be wrong about.
  if (significant == 0 || std::abs(truth) <= 2 * truth_se) return;
  size.wrong_sign = wrong / significant;
  if (finite > 0) size.exaggeration = sizes / finite / std::abs(truth);
}

std::uint32_t left_of(std::uint32_t people, double lost) {
  return static_cast<std::uint32_t>(std::llround(people * (1 - lost)));
}

/// Without simulation: exactly for proportions, by Schoenfeld's number of events for hazard ratios.
class PlannedPower {
 public:
  PlannedPower(StudyDesign const& design, StudyPeople const& people, double control, double treated, double log_ratio)
      : design_{design}, control_{control}, treated_{treated}, log_ratio_{log_ratio} {
    auto const worked = [](std::vector<ArmOutcome> const& arm) {
      return static_cast<double>(std::ranges::count_if(arm, &ArmOutcome::has_worked)) / static_cast<double>(arm.size());
    };
    worked_control_ = worked(people.control);
    worked_treated_ = worked(people.treated);
  }

  [[nodiscard]] bool reaches(std::uint32_t persons) const {
    ArmSizes const arms = arms_of(design_, persons);
    if (design_.estimator == Estimator::difference)
      return planned_power(left_of(arms.treated, design_.lost_treated), left_of(arms.controls, design_.lost_control),
                           treated_, control_, design_.significance) >= design_.wanted_power;
    double const share = static_cast<double>(arms.treated) / (arms.treated + arms.controls);
    return events(arms) >= events_needed(std::exp(log_ratio_), share, design_.significance, design_.wanted_power);
  }

  /// The least difference, or hazard ratio, that is found in the direction of the effect; nothing where none is.
  [[nodiscard]] std::optional<double> least_effect(ArmSizes const& arms) const {
    if (design_.estimator == Estimator::hazard_ratio) {
      double const share = static_cast<double>(arms.treated) / (arms.treated + arms.controls);
      double const of_e = events_needed(std::exp(1), share, design_.significance, design_.wanted_power);
      double const there = events(arms);
      if (there <= 0) return std::nullopt;
      return std::exp((log_ratio_ < 0 ? -1 : 1) * std::sqrt(of_e / there));
    }
    std::uint32_t const treated = left_of(arms.treated, design_.lost_treated);
    std::uint32_t const controls = left_of(arms.controls, design_.lost_control);
    auto const is_found = [&](double p) {
      return planned_power(treated, controls, p, control_, design_.significance) >= design_.wanted_power;
    };
    // In the direction of the effect.
    double const end = treated_ < control_ ? 0 : 1;
    if (!is_found(end)) return std::nullopt;
    double missed = control_;
    double found = end;
    constexpr double close = 0.002;
    while (std::abs(found - missed) > close) {
      double const middle = (missed + found) / 2;
      (is_found(middle) ? found : missed) = middle;
    }
    return found - control_;
  }

 private:
  [[nodiscard]] double events(ArmSizes const& arms) const {
    // Who is lost is lost halfway through, in the mean.
    return arms.treated * worked_treated_ * (1 - design_.lost_treated / 2) +
           arms.controls * worked_control_ * (1 - design_.lost_control / 2);
  }
  StudyDesign const& design_;
  double control_, treated_, log_ratio_;
  double worked_control_{0}, worked_treated_{0};
};

/// By doubling, then halving the interval.
std::optional<std::uint32_t> enough_people(PlannedPower const& planned, std::uint32_t most) {
  std::uint32_t high = 8;
  while (high < most && !planned.reaches(high)) high *= 2;
  high = std::min(high, most);
  if (!planned.reaches(high)) return std::nullopt;
  std::uint32_t low = high / 2;
  while (high - low > std::max(1U, high / 100)) {
    std::uint32_t const middle = low + (high - low) / 2;
    (planned.reaches(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace

PowerReport simulate_studies(StudyDesign const& design, Scenario const& scenario, Rates const& rates,
                             Population const& people, PowerOptions const& options, Diagnostics& diagnostics) {
  PowerReport report;
  StudyPeople const followed = follow_study_people(design, scenario, rates, people, options, diagnostics);
  report.eligible = followed.eligible;
  if (followed.treated.empty()) return report;
  report.control = share_of(followed.control);
  report.treated = share_of(followed.treated);
  double const log_ratio = true_log_hazard_ratio(followed);
  report.hazard_ratio = std::exp(log_ratio);
  bool const is_difference = design.estimator == Estimator::difference;
  double const truth = is_difference ? report.treated - report.control : log_ratio;
  double const truth_se = is_difference ? se_of_difference(followed) : se_of_log_ratio(followed);
  report.effect = is_difference ? truth : report.hazard_ratio;
  if (design.assignment == Assignment::before_after) return report;
  PlannedPower const planned{design, followed, report.control, report.treated, log_ratio};
  std::uint64_t const total = std::uint64_t{design.studies} * design.persons.size();
  for (std::size_t s = 0; s < design.persons.size(); ++s) {
    StudySize& size = report.sizes.emplace_back();
    ArmSizes const arms = arms_of(design, design.persons[s]);
    size.persons = design.persons[s];
    size.treated = arms.treated;
    size.controls = arms.controls;
    SimulatedStudy const study{design, followed, scenario.seed, s, arms};
    summarise(design, run_studies(design, study, options, s * design.studies, total), truth, truth_se, size);
    size.least_effect = planned.least_effect(arms);
  }
  report.looked_up_to = 1'000'000;
  report.enough = enough_people(planned, report.looked_up_to);
  return report;
}

}  // namespace utvei
