// SPDX-License-Identifier: Apache-2.0
#include "power_text.hpp"

#include "power_wording.hpp"

#include <utvei/results/text_columns.hpp>

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

std::string effect_text(double effect, StudyDesign const& design, std::string_view language) {
  if (design.estimator != Estimator::hazard_ratio) return in_points(effect, language);
  return comma(fmt::format("{:.2f}", effect), language);
}

/// A quarter of all more, or twice the hazard.
bool is_very_large(double effect, StudyDesign const& design) {
  return design.estimator != Estimator::hazard_ratio ? std::abs(effect) > 0.25 : effect > 2 || effect < 0.5;
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

/// Whom, what, and what the study can see of it.
std::string what_is_compared(StudyDesign const& design, PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  bool const is_stepped = design.assignment == Assignment::stepped;
  Duration const seen = design.outcome == StudyOutcome::ever_employed ? design.follow : design.at;
  std::size_t const outcome_number = is_stepped ? 2 : static_cast<std::size_t>(design.outcome);
  std::string const outcome = fmt::format(fmt::runtime(words.outcomes[outcome_number]), in_months(seen, language));
  std::string const effect = in_points(report.treated - report.control, language);
  std::string text = say(words.people, report.eligible) + say(words.shares, outcome, per_cent(report.control, language),
                                                              per_cent(report.treated, language), effect);
  if (is_stepped) text += say(words.regions, report.regions, design.steps, in_months(design.waves.front(), language));
  if (report.waiting)
    text += say(words.waiting, in_months(design.wait, language), per_cent(*report.waiting, language),
                in_points(report.treated - *report.waiting, language), effect);
  if (design.estimator == Estimator::hazard_ratio)
    text += say(words.ratio, comma(fmt::format("{:.2f}", report.hazard_ratio), language));
  return text + '\n';
}

std::string before_and_after(PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  ChangeSeen const& change = *report.change;
  return say(words.before_after, per_cent(report.treated, language), per_cent(report.control, language)) +
         say(words.change, per_cent(change.at_start, language), in_points(change.development + change.effect, language),
             in_points(change.development, language), in_points(change.effect, language));
}

}  // namespace

std::string power_text(StudyDesign const& design, PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  std::string text =
      say(words.heading, design.name, design.measure) + '\n' + what_is_compared(design, report, language);
  if (report.change) return text + before_and_after(report, language) + std::string{words.assumption} + '\n';
  text += table_of(design, report, language) + '\n';
  bool const is_modelled = design.estimator == Estimator::mixed_model;
  bool const is_stepped = design.assignment == Assignment::stepped;
  std::string const wanted = fmt::format("{:.0f}", 100 * design.wanted_power);
  std::string const significance = comma(fmt::format("{:g}", 100 * design.significance), language);
  std::size_t const estimator = static_cast<std::size_t>(design.estimator) + (is_stepped ? 1 : 0);
  text += say(words.test, words.estimators[estimator], significance, design.studies, wanted);
  if (is_modelled) text += say(words.false_alarms, significance);
  if (is_stepped) text += std::string{words.of_steps} + '\n';
  text += '\n';
  text +=
      report.enough ? say(words.enough, wanted, *report.enough) : say(words.not_enough, report.looked_up_to, wanted);
  if (is_modelled && report.enough) text += std::string{words.by_simulation} + '\n';
  for (StudySize const& size : report.sizes) {
    constexpr double weak = 0.5;
    if (size.power >= weak) continue;
    std::string const power = fmt::format("{:.0f}", 100 * size.power);
    text += size.least_effect ? say(is_very_large(*size.least_effect, design) ? words.small : words.weak, size.persons,
                                    power, effect_text(*size.least_effect, design, language))
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
              {"effect", report.change->effect}};
  return Json{{"name", design.name},
              {"measure", design.measure},
              {"eligible", report.eligible},
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
