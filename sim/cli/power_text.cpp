// SPDX-License-Identifier: Apache-2.0
#include "power_text.hpp"

#include "power_reading.hpp"
#include "power_wording.hpp"

#include <utvei/results/readable.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace utvei {
namespace {

std::string per_cent(double share, std::string_view language) {
  return readable(100 * share, 1, language) + " %";
}

std::string in_points(double difference, std::string_view language) {
  return fmt::format(fmt::runtime(power_wording(language).points), readable(100 * difference, 1, language));
}

/// A share, or the mean of a score.
std::string mean_text(double mean, StudyDesign const& design, std::string_view language) {
  return design.outcome == StudyOutcome::score ? readable(mean, 1, language) : per_cent(mean, language);
}

std::string difference_text(double difference, StudyDesign const& design, std::string_view language) {
  if (design.outcome != StudyOutcome::score) return in_points(difference, language);
  return fmt::format(fmt::runtime(power_wording(language).score_points), readable(difference, 1, language));
}

std::string effect_text(double effect, StudyDesign const& design, std::string_view language) {
  if (design.estimator != Estimator::hazard_ratio) return difference_text(effect, design, language);
  return readable(effect, 2, language);
}

/// A quarter of all more, or twice the hazard, or 0.8 standard deviations of a score (Cohen 1988).
bool is_very_large(double effect, StudyDesign const& design, PowerReport const& report) {
  if (design.estimator == Estimator::hazard_ratio) return effect > 2 || effect < 0.5;
  return std::abs(effect) > (design.outcome == StudyOutcome::score ? 0.8 * report.spread : 0.25);
}

std::string in_months(Duration time, std::string_view language) {
  double const months = static_cast<double>(time.minutes) / static_cast<double>(minutes_per_month);
  bool const is_whole = std::abs(months - std::round(months)) < 0.05;
  return readable(months, is_whole ? 0 : 1, language) + (language == "en"   ? " months"
                                                         : language == "nn" ? " månader"
                                                                            : " måneder");
}

/// With 95 % of its Monte Carlo error; * where the test does not hold.
std::string power_cell(StudySize const& size, StudyDesign const& design, std::string_view language) {
  return fmt::format("{} ({}–{}){}", per_cent(size.power, language), readable(100 * size.power_low, 1, language),
                     readable(100 * size.power_high, 1, language), is_loose(size, design) ? "*" : "");
}

std::string table_of(StudyDesign const& design, PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  bool const is_modelled = design.estimator == Estimator::mixed_model;
  TextColumns table{{words.columns.begin(), words.columns.end() - (is_modelled ? 0 : 1)}};
  for (StudySize const& size : report.sizes) {
    std::vector<std::string> row{readable(size.persons, 0, language),
                                 readable(size.treated, 0, language),
                                 readable(size.controls, 0, language),
                                 power_cell(size, design, language),
                                 size.least_effect ? effect_text(*size.least_effect, design, language) : "–",
                                 size.wrong_sign ? per_cent(*size.wrong_sign, language) : "–",
                                 size.exaggeration ? readable(*size.exaggeration, 1, language) : "–"};
    if (is_modelled) row.push_back(size.false_alarms ? per_cent(*size.false_alarms, language) : "–");
    table.add(row);
  }
  return table.text();
}

template <class... Arguments>
std::string say(std::string_view pattern, Arguments const&... arguments) {
  return fmt::format(fmt::runtime(pattern), arguments...) + '\n';
}

std::string outcome_text(StudyDesign const& design, std::string_view language) {
  PowerWording const& words = power_wording(language);
  bool const is_stepped = design.assignment == Assignment::stepped;
  bool const is_ever = design.outcome == StudyOutcome::ever_employed;
  std::string const time = in_months(is_ever ? design.follow : design.at, language);
  if (design.outcome == StudyOutcome::score)
    return fmt::format(fmt::runtime(words.scores[is_stepped ? 1 : 0]), design.score, time);
  return fmt::format(fmt::runtime(words.outcomes[is_stepped ? 2 : is_ever ? 1 : 0]), time);
}

std::string count_text(double count, std::string_view data_class, std::string_view language) {
  auto const told = told_count(count, data_class);
  return told ? readable(*told, 0, language) : std::string{power_wording(language).fewer_than_five};
}

/// Whom, what, and what the study can see of it.
std::string what_is_compared(StudyDesign const& design, PowerReport const& report, std::string_view data_class,
                             std::string_view language) {
  PowerWording const& words = power_wording(language);
  bool const is_stepped = design.assignment == Assignment::stepped;
  std::string const control = mean_text(report.control, design, language);
  std::string const treated = mean_text(report.treated, design, language);
  std::string const effect = difference_text(report.treated - report.control, design, language);
  std::string text = say(words.people, count_text(report.qualify, data_class, language));
  if (report.enrolled && told_count(report.available, data_class)) {
    Enrolment const& rule = *design.enrolment;
    std::string const end = fmt::format("{} {}", words.ends[rule.below ? 0 : 1],
                                        readable_digits(rule.below ? *rule.below : *rule.above, language));
    text += say(words.enrolled, per_cent(*report.enrolled, language), rule.score, end);
  }
  text += say(words.shares, outcome_text(design, language), control, treated, effect);
  if (is_stepped) text += say(words.regions, report.regions, design.steps, in_months(design.waves.front(), language));
  if (report.waiting)
    text += say(words.waiting, in_months(design.wait, language), mean_text(*report.waiting, design, language),
                difference_text(report.treated - *report.waiting, design, language), effect);
  if (design.estimator == Estimator::hazard_ratio) text += say(words.ratio, readable(report.hazard_ratio, 2, language));
  return text + '\n';
}

std::string before_and_after(StudyDesign const& design, PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  ChangeSeen const& change = *report.change;
  auto const points = [&](double difference) { return difference_text(difference, design, language); };
  bool const is_score = design.outcome == StudyOutcome::score;
  std::string const text =
      say(is_score ? words.before_after_score : words.before_after, mean_text(report.treated, design, language),
          mean_text(report.control, design, language));
  std::string const start = mean_text(change.at_start, design, language);
  std::string const all = points(change.development + change.regression + change.effect);
  if (!report.enrolled) return text + say(words.change, start, all, points(change.development), points(change.effect));
  return text + say(words.change_of_enrolled, start, all, points(change.development), points(change.regression),
                    points(change.effect));
}

/// What it takes: in the direction of the effect.
std::string least_effect_text(double effect, StudyDesign const& design, std::string_view language) {
  PowerWording const& words = power_wording(language);
  bool const is_ratio = design.estimator == Estimator::hazard_ratio;
  if (is_ratio) return fmt::format(fmt::runtime(words.least_ratios[effect < 1 ? 1 : 0]), readable(effect, 2, language));
  return fmt::format(fmt::runtime(words.least_effects[effect < 0 ? 1 : 0]),
                     difference_text(std::abs(effect), design, language));
}

std::string how_it_is_tested(StudyDesign const& design, PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  bool const is_modelled = design.estimator == Estimator::mixed_model;
  bool const is_stepped = design.assignment == Assignment::stepped;
  std::string const significance = readable_digits(100 * design.significance, language);
  std::size_t const estimator = static_cast<std::size_t>(design.estimator) + (is_stepped ? 1 : 0);
  std::string text = say(words.test, words.estimators[estimator], significance, design.studies,
                         fmt::format("{:.0f}", 100 * design.wanted_power),
                         design.estimator == Estimator::hazard_ratio ? words.of_logs : std::string_view{});
  if (design.errors == StandardErrors::robust) text += std::string{words.robust} + '\n';
  if (is_modelled) text += say(words.false_alarms, significance);
  if (std::ranges::any_of(report.sizes, [&](StudySize const& size) { return is_loose(size, design); })) {
    bool const can_be_robust = !is_stepped && design.errors == StandardErrors::model;
    text += std::string{words.too_many_alarms} + std::string{can_be_robust ? words.try_robust : ""} + '\n';
  }
  for (StudySize const& size : report.sizes)
    if (size.not_fitted > 0) text += say(words.not_fitted, size.not_fitted, design.studies, size.persons);
  if (is_stepped) text += std::string{words.of_steps} + '\n';
  return text;
}

std::string persons_text(std::uint32_t persons, std::uint32_t controls, std::string_view language) {
  PowerWording const& words = power_wording(language);
  return controls > 0 ? fmt::format(fmt::runtime(words.with_controls), persons, controls)
                      : fmt::format(fmt::runtime(words.persons), persons);
}

std::string how_many_are_needed(StudyDesign const& design, PowerReport const& report, std::string_view data_class,
                                std::string_view language) {
  PowerWording const& words = power_wording(language);
  std::string const wanted = fmt::format("{:.0f}", 100 * design.wanted_power);
  std::string text;
  if (!report.enough)
    text = say(words.not_enough, report.looked_up_to, wanted);
  else if (!does_enough_hold(design, report))
    text = say(words.enough, wanted, words.withheld);
  else {
    text = say(words.enough, wanted, persons_text(*report.enough, report.enough_controls, language));
    bool const is_ratio = design.estimator == Estimator::hazard_ratio;
    if (report.is_enough_simulated) text += std::string{is_ratio ? words.not_by_formula : words.by_simulation} + '\n';
  }
  auto const beyond = totals_beyond(design, report);
  if (!beyond.empty())
    text += say(words.too_few, count_text(report.available, data_class, language), fmt::join(beyond, ", "));
  return text;
}

/// Of sizes that find the effect less than every other time.
std::string what_is_weak(StudyDesign const& design, PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  std::string text;
  for (StudySize const& size : report.sizes) {
    constexpr double weak = 0.5;
    if (size.power >= weak) continue;
    bool const is_luck = size.power <= 2 * design.significance;
    std::string const luck =
        is_luck ? fmt::format(fmt::runtime(words.hardly_more), readable_digits(100 * design.significance, language))
                : std::string{};
    std::string const power = fmt::format("{:.0f}", 100 * size.power);
    text += size.least_effect ? say(is_very_large(*size.least_effect, design, report) ? words.small : words.weak,
                                    size.persons, power, luck, least_effect_text(*size.least_effect, design, language))
                              : say(words.small_without, size.persons, power, luck);
  }
  return text;
}

/// Power and numbers if the effects of the measure are at the ends of their intervals.
std::string at_the_ends(StudyDesign const& design, PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  std::string text;
  for (std::size_t e = 0; e < report.at_ends.size(); ++e) {
    PowerAtEnd const& end = report.at_ends[e];
    std::vector<std::string> powers;
    for (double const power : end.power) powers.push_back(readable(100 * power, 0, language));
    std::string const needed =
        end.enough && does_enough_hold(design, report)
            ? persons_text(*end.enough, report.enough_controls > 0 ? *end.enough * design.controls_each : 0, language)
            : std::string{words.not_told};
    text += say(words.ends_of_effect[e], effect_text(end.effect, design, language), fmt::join(powers, " / "), needed);
  }
  if (!report.at_ends.empty() && report.is_shift_known) text += std::string{words.shift_known} + '\n';
  return text;
}

}  // namespace

std::string power_text(StudyDesign const& design, PowerReport const& report, MeasureEvidence const& evidence,
                       std::string_view data_class, std::string_view language) {
  PowerWording const& words = power_wording(language);
  std::string text = say(words.heading, design.name, design.measure);
  if (std::string const notice = made_up_notice(data_class, language); !notice.empty()) text += notice + '\n';
  if (data_class == "register") text += std::string{words.of_register} + '\n';
  text += '\n' + what_is_compared(design, report, data_class, language);
  text.pop_back();
  text += fmt::format("{}: {}.\n\n", evidence_heading(language), evidence_words(evidence, language));
  if (report.change) return text + before_and_after(design, report, language) + std::string{words.assumption} + '\n';
  if (!report.is_effect_clear) text += std::string{words.no_effect} + "\n\n";
  text += table_of(design, report, language) + '\n' + how_it_is_tested(design, report, language) + '\n';
  if (report.is_effect_clear) {
    text += how_many_are_needed(design, report, data_class, language);
    text += what_is_weak(design, report, language);
  }
  text += at_the_ends(design, report, language);
  if (design.assignment == Assignment::register_controls) text += std::string{words.of_controls} + '\n';
  return text + std::string{report.at_ends.empty() ? words.assumption : words.assumption_with_ends} + '\n';
}

}  // namespace utvei
