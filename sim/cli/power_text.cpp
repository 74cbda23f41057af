// SPDX-License-Identifier: Apache-2.0
#include "power_text.hpp"

#include "power_wording.hpp"

#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

std::string comma(std::string text, std::string_view language) {
  auto const point = text.find('.');
  if (language != "en" && point != std::string::npos) text[point] = ',';
  return text;
}

std::string per_cent(double share, std::string_view language) {
  return comma(fmt::format("{:.1f} %", 100 * share), language);
}

std::string in_points(double difference, std::string_view language) {
  return fmt::format(fmt::runtime(power_wording(language).points),
                     comma(fmt::format("{:.1f}", 100 * difference), language));
}

/// A share, or the mean of a score.
std::string mean_text(double mean, StudyDesign const& design, std::string_view language) {
  return design.outcome == StudyOutcome::score ? comma(fmt::format("{:.1f}", mean), language)
                                               : per_cent(mean, language);
}

std::string difference_text(double difference, StudyDesign const& design, std::string_view language) {
  if (design.outcome != StudyOutcome::score) return in_points(difference, language);
  return fmt::format(fmt::runtime(power_wording(language).score_points),
                     comma(fmt::format("{:.1f}", difference), language));
}

std::string effect_text(double effect, StudyDesign const& design, std::string_view language) {
  if (design.estimator != Estimator::hazard_ratio) return difference_text(effect, design, language);
  return comma(fmt::format("{:.2f}", effect), language);
}

/// A quarter of all more, or twice the hazard, or 0.8 standard deviations of a score (Cohen 1988).
bool is_very_large(double effect, StudyDesign const& design, PowerReport const& report) {
  if (design.estimator == Estimator::hazard_ratio) return effect > 2 || effect < 0.5;
  return std::abs(effect) > (design.outcome == StudyOutcome::score ? 0.8 * report.spread : 0.25);
}

/// Beyond luck, and by so much that it matters.
bool is_loose(StudySize const& size, StudyDesign const& design) {
  double const alpha = design.significance;
  double const error = std::sqrt(alpha * (1 - alpha) / design.studies);
  return size.false_alarms && *size.false_alarms > std::max(1.25 * alpha, alpha + 3 * error);
}

std::string in_months(Duration time, std::string_view language) {
  double const months = static_cast<double>(time.minutes) / static_cast<double>(minutes_per_month);
  bool const is_whole = std::abs(months - std::round(months)) < 0.05;
  return comma(fmt::format("{:.{}f}", months, is_whole ? 0 : 1), language) + (language == "en"   ? " months"
                                                                              : language == "nn" ? " månader"
                                                                                                 : " måneder");
}

std::string table_of(StudyDesign const& design, PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  bool const is_modelled = design.estimator == Estimator::mixed_model;
  TextColumns table{{words.columns.begin(), words.columns.end() - (is_modelled ? 0 : 1)}};
  for (StudySize const& size : report.sizes) {
    std::vector<std::string> row{
        std::to_string(size.persons),
        std::to_string(size.treated),
        std::to_string(size.controls),
        per_cent(size.power, language) + " ± " + comma(fmt::format("{:.1f}", 196 * size.power_se), language),
        size.least_effect ? effect_text(*size.least_effect, design, language) : "–",
        size.wrong_sign ? per_cent(*size.wrong_sign, language) : "–",
        size.exaggeration ? comma(fmt::format("{:.1f}", *size.exaggeration), language) : "–"};
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

/// Whom, what, and what the study can see of it.
std::string what_is_compared(StudyDesign const& design, PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  bool const is_stepped = design.assignment == Assignment::stepped;
  std::string const control = mean_text(report.control, design, language);
  std::string const treated = mean_text(report.treated, design, language);
  std::string const effect = difference_text(report.treated - report.control, design, language);
  std::string text = say(words.people, report.eligible);
  if (report.enrolled) {
    Enrolment const& rule = *design.enrolment;
    std::string const end =
        fmt::format("{} {:g}", words.ends[rule.below ? 0 : 1], rule.below ? *rule.below : *rule.above);
    text += say(words.enrolled, per_cent(*report.enrolled, language), rule.score, comma(end, language));
  }
  text += say(words.shares, outcome_text(design, language), control, treated, effect);
  if (is_stepped) text += say(words.regions, report.regions, design.steps, in_months(design.waves.front(), language));
  if (report.waiting)
    text += say(words.waiting, in_months(design.wait, language), mean_text(*report.waiting, design, language),
                difference_text(report.treated - *report.waiting, design, language), effect);
  if (design.estimator == Estimator::hazard_ratio)
    text += say(words.ratio, comma(fmt::format("{:.2f}", report.hazard_ratio), language));
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

}  // namespace

std::string power_text(StudyDesign const& design, PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  std::string text =
      say(words.heading, design.name, design.measure) + '\n' + what_is_compared(design, report, language);
  if (report.change) return text + before_and_after(design, report, language) + std::string{words.assumption} + '\n';
  text += table_of(design, report, language) + '\n';
  bool const is_modelled = design.estimator == Estimator::mixed_model;
  bool const is_stepped = design.assignment == Assignment::stepped;
  std::string const wanted = fmt::format("{:.0f}", 100 * design.wanted_power);
  std::string const significance = comma(fmt::format("{:g}", 100 * design.significance), language);
  std::size_t const estimator = static_cast<std::size_t>(design.estimator) + (is_stepped ? 1 : 0);
  text += say(words.test, words.estimators[estimator], significance, design.studies, wanted);
  if (design.errors == StandardErrors::robust) text += std::string{words.robust} + '\n';
  if (is_modelled) text += say(words.false_alarms, significance);
  bool const can_be_robust = is_modelled && !is_stepped && design.errors == StandardErrors::model;
  if (can_be_robust && std::ranges::any_of(report.sizes, [&](StudySize const& size) { return is_loose(size, design); }))
    text += std::string{words.too_many_alarms} + '\n';
  if (is_stepped) text += std::string{words.of_steps} + '\n';
  text += '\n';
  text +=
      report.enough ? say(words.enough, wanted, *report.enough) : say(words.not_enough, report.looked_up_to, wanted);
  if (is_modelled && report.enough) text += std::string{words.by_simulation} + '\n';
  for (StudySize const& size : report.sizes) {
    constexpr double weak = 0.5;
    if (size.power >= weak) continue;
    std::string const power = fmt::format("{:.0f}", 100 * size.power);
    text += size.least_effect ? say(is_very_large(*size.least_effect, design, report) ? words.small : words.weak,
                                    size.persons, power, effect_text(*size.least_effect, design, language))
                              : say(words.small_without, size.persons, power);
  }
  return text + std::string{words.assumption} + '\n';
}

std::string power_json(StudyDesign const& design, PowerReport const& report) {
  auto const or_null = [](auto const& value) { return value ? Json(*value) : Json(nullptr); };
  Json sizes = Json::array();
  for (StudySize const& size : report.sizes)
    sizes.push_back({{"persons", size.persons},
                     {"treated", size.treated},
                     {"controls", size.controls},
                     {"power", size.power},
                     {"power_se", size.power_se},
                     {"least_effect", or_null(size.least_effect)},
                     {"wrong_sign", or_null(size.wrong_sign)},
                     {"exaggeration", or_null(size.exaggeration)},
                     {"false_alarms", or_null(size.false_alarms)}});
  Json change = nullptr;
  if (report.change)
    change = {{"at_start", report.change->at_start},
              {"development", report.change->development},
              {"regression", report.change->regression},
              {"effect", report.change->effect}};
  return Json{{"name", design.name},
              {"measure", design.measure},
              {"eligible", report.eligible},
              {"enrolled", or_null(report.enrolled)},
              {"control", report.control},
              {"treated", report.treated},
              {"waiting", or_null(report.waiting)},
              {"regions", report.regions},
              {"hazard_ratio", report.hazard_ratio},
              {"can_tell_effect", design.assignment != Assignment::before_after},
              {"change", std::move(change)},
              {"sizes", std::move(sizes)},
              {"enough", or_null(report.enough)},
              {"looked_up_to", report.looked_up_to}}
             .dump(2) +
         '\n';
}

}  // namespace utvei
