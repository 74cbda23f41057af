// SPDX-License-Identifier: Apache-2.0
#include "power_text.hpp"

#include <utvei/results/text_columns.hpp>

#include <array>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

struct PowerWording {
  std::string_view heading;                  ///< name, measure
  std::array<std::string_view, 2> outcomes;  ///< {} is the time
  std::string_view people;                   ///< eligible
  std::string_view shares;                   ///< control, treated, difference
  std::string_view ratio;                    ///< hazard ratio
  std::array<std::string_view, 7> columns;
  std::array<std::string_view, 2> estimators;
  std::string_view test;                ///< estimator, significance, studies
  std::string_view enough, not_enough;  ///< persons, power; looked up to, power
  std::string_view weak;                ///< persons, power, least effect
  std::string_view small;               ///< persons, power, least effect
  std::string_view small_without;       ///< persons, power
  std::string_view points;              ///< of a hundred
  std::string_view before_after;        ///< treated, control
  std::string_view assumption;
};

constexpr PowerWording power_nb{
    "{}: hva en studie av tiltaket {} ville finne",
    {"i arbeid etter {}", "i arbeid minst én gang innen {}"},
    "{} personer i scenariet fyller vilkårene ved start; studiens folk trekkes blant dem.",
    "Utfallet ({}): {} uten tiltaket, {} med; forskjell {}.",
    "Hasardraten for første arbeid er {} ganger så høy med tiltaket.",
    {"personer", "med tiltak", "til sammenligning", "styrke", "minste virkning", "feil fortegn", "overdrivelse"},
    {"Forskjell i andeler (Fishers eksakte test)", "Hasardrate (log-rank-test, Cox)"},
    "{}, signifikansnivå {} %, {} simulerte studier av hver størrelse. Minste virkning: den minste som blir funnet med "
    "{} % styrke.\n"
    "Feil fortegn og overdrivelse: av studier som finner noe, andelen med feil retning, og hvor mange ganger for stor "
    "virkningen blir.",
    "Så mange trengs for {} % styrke: {} personer.",
    "Selv {} personer gir ikke {} % styrke.",
    "En studie av {} personer finner virkningen i {} % av tilfellene. Den trenger en virkning på minst {}.",
    "En studie av {} personer finner virkningen i {} % av tilfellene. Den kan bare vise svært store virkninger: minst "
    "{}.",
    "En studie av {} personer finner virkningen i {} % av tilfellene. Den kan bare vise svært store virkninger.",
    "{} prosentpoeng",
    "Før og etter uten sammenligning: {} er i arbeid etterpå. Men {} ville vært det også uten tiltaket. En slik studie "
    "kan\n"
    "ikke skille virkning fra utvikling. Den har ingen styrke som kan regnes ut.",
    "Virkningen er den som scenariet sier. Studien er tenkt gjennomført etter planen; hvem som sier ja, og hva ansatte "
    "rekker, er ikke med."};
constexpr PowerWording power_nn{
    "{}: kva ein studie av tiltaket {} ville finne",
    {"i arbeid etter {}", "i arbeid minst éin gong innan {}"},
    "{} personar i scenariet fyller vilkåra ved start; folka i studien er trekte blant dei.",
    "Utfallet ({}): {} utan tiltaket, {} med; skilnad {}.",
    "Hasardraten for første arbeid er {} gonger så høg med tiltaket.",
    {"personar", "med tiltak", "til samanlikning", "styrke", "minste verknad", "feil forteikn", "overdriving"},
    {"Skilnad i delar (Fishers eksakte test)", "Hasardrate (log-rank-test, Cox)"},
    "{}, signifikansnivå {} %, {} simulerte studiar av kvar storleik. Minste verknad: den minste som blir funnen med "
    "{} % styrke.\n"
    "Feil forteikn og overdriving: av studiar som finn noko, delen med feil retning, og kor mange gonger for stor "
    "verknaden blir.",
    "Så mange trengst for {} % styrke: {} personar.",
    "Sjølv {} personar gir ikkje {} % styrke.",
    "Ein studie av {} personar finn verknaden i {} % av tilfella. Han treng ein verknad på minst {}.",
    "Ein studie av {} personar finn verknaden i {} % av tilfella. Han kan berre vise svært store verknader: minst {}.",
    "Ein studie av {} personar finn verknaden i {} % av tilfella. Han kan berre vise svært store verknader.",
    "{} prosentpoeng",
    "Før og etter utan samanlikning: {} er i arbeid etterpå. Men {} ville vore det òg utan tiltaket. Ein slik studie "
    "kan\n"
    "ikkje skilje verknad frå utvikling. Han har ingen styrke som kan reknast ut.",
    "Verknaden er den som scenariet seier. Studien er tenkt gjennomført etter planen; kven som seier ja, og kva "
    "tilsette rekk, er ikkje med."};
constexpr PowerWording power_en{
    "{}: what a study of the measure {} would find",
    {"in work after {}", "in work at some time within {}"},
    "{} people of the scenario qualify when it starts; the people of the study are drawn from them.",
    "The outcome ({}): {} without the measure, {} with it; difference {}.",
    "The hazard of the first work is {} times as high with the measure.",
    {"persons", "treated", "compared with", "power", "least effect", "wrong sign", "exaggeration"},
    {"Difference in proportions (Fisher's exact test)", "Hazard ratio (log-rank test, Cox)"},
    "{}, significance {} %, {} simulated studies of each size. Least effect: the least that is found with {} % power.\n"
    "Wrong sign and exaggeration: of studies that find something, the share in the wrong direction, and how many times "
    "too large the effect is.",
    "So many are needed for {} % power: {} persons.",
    "Even {} persons do not give {} % power.",
    "A study of {} persons finds the effect in {} % of cases. It takes an effect of at least {}.",
    "A study of {} persons finds the effect in {} % of cases. It can only show very large effects: at least {}.",
    "A study of {} persons finds the effect in {} % of cases. It can only show very large effects.",
    "{} points",
    "Before and after without comparison: {} are in work afterwards. But {} would be without the measure, too. Such a "
    "study\n"
    "cannot tell effect from development. It has no power that could be computed.",
    "The effect is what the scenario says. The study is taken to go as planned; who consents, and what staff can do, "
    "is not in it."};

PowerWording const& power_wording(std::string_view language) {
  if (language == "en") return power_en;
  return language == "nn" ? power_nn : power_nb;
}

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
  if (design.estimator == Estimator::difference) return in_points(effect, language);
  return comma(fmt::format("{:.2f}", effect), language);
}

/// A quarter of all more, or twice the hazard.
bool is_very_large(double effect, StudyDesign const& design) {
  return design.estimator == Estimator::difference ? std::abs(effect) > 0.25 : effect > 2 || effect < 0.5;
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
  TextColumns table{{words.columns.begin(), words.columns.end()}};
  for (StudySize const& size : report.sizes)
    table.add({std::to_string(size.persons), std::to_string(size.treated), std::to_string(size.controls),
               per_cent(size.power, language) + " ± " + comma(fmt::format("{:.1f}", 196 * size.power_se), language),
               size.least_effect ? effect_text(*size.least_effect, design, language) : "–",
               size.wrong_sign ? per_cent(*size.wrong_sign, language) : "–",
               size.exaggeration ? comma(fmt::format("{:.1f}", *size.exaggeration), language) : "–"});
  return table.text();
}

}  // namespace

std::string power_text(StudyDesign const& design, PowerReport const& report, std::string_view language) {
  PowerWording const& words = power_wording(language);
  auto const say = [](std::string_view pattern, auto const&... arguments) {
    return fmt::format(fmt::runtime(pattern), arguments...) + '\n';
  };
  std::string const control = per_cent(report.control, language);
  std::string const treated = per_cent(report.treated, language);
  std::string const outcome = fmt::format(fmt::runtime(words.outcomes[static_cast<std::size_t>(design.outcome)]),
                                          in_months(design.follow, language));
  std::string text = say(words.heading, design.name, design.measure) + '\n' + say(words.people, report.eligible) +
                     say(words.shares, outcome, control, treated, in_points(report.treated - report.control, language));
  if (design.estimator == Estimator::hazard_ratio)
    text += say(words.ratio, comma(fmt::format("{:.2f}", report.hazard_ratio), language));
  text += '\n';
  if (design.assignment == Assignment::before_after)
    return text + say(words.before_after, treated, control) + std::string{words.assumption} + '\n';
  text += table_of(design, report, language) + '\n';
  std::string const wanted = fmt::format("{:.0f}", 100 * design.wanted_power);
  text += say(words.test, words.estimators[static_cast<std::size_t>(design.estimator)],
              comma(fmt::format("{:g}", 100 * design.significance), language), design.studies, wanted) +
          '\n';
  text +=
      report.enough ? say(words.enough, wanted, *report.enough) : say(words.not_enough, report.looked_up_to, wanted);
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
                     {"exaggeration", or_null(size.exaggeration)}});
  return Json{{"name", design.name},
              {"measure", design.measure},
              {"eligible", report.eligible},
              {"control", report.control},
              {"treated", report.treated},
              {"hazard_ratio", report.hazard_ratio},
              {"can_tell_effect", design.assignment != Assignment::before_after},
              {"sizes", std::move(sizes)},
              {"enough", or_null(report.enough)},
              {"looked_up_to", report.looked_up_to}}
             .dump(2) +
         '\n';
}

}  // namespace utvei
