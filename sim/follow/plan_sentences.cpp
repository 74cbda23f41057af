// SPDX-License-Identifier: Apache-2.0
#include "plan_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace utvei {
namespace {

ReportText whole(double number) {
  return number_words(number, 0);
}

bool is_of(FollowPlan const& plan, std::size_t indicator, std::string const& actor) {
  return actor.empty() || plan.indicators[indicator].actor == actor;
}

/// Whoever is responsible for the step that people came to.
bool is_step_of(FollowPlan const& plan, FollowedStep const& step, std::string const& actor) {
  return actor.empty() || std::ranges::any_of(plan.indicators, [&](PlanIndicator const& each) {
           return each.measure == step.measure && each.step == step.step && each.actor == actor;
         });
}

ReportText verdict_sentence(FollowedPlan const& followed, FollowedFigure const& figure) {
  PlanIndicator const& indicator = followed.plan.indicators[figure.indicator];
  ReportText const year = same_in_all(std::to_string(figure.year));
  ReportText const actual = whole(*figure.actual);
  if (figure.is_partial)
    return plan_said("{}, {}: {} så langt. Året var ikke over, og tallet er ikke vurdert.",
                     "{}, {}: {} så langt. Året var ikkje over, og talet er ikkje vurdert.",
                     "{}, {}: {} so far. The year was not over, and the figure is not judged.", indicator.label, year,
                     actual);
  auto const& band = figure.expected.within[1];
  if (!band)
    return plan_said("{}, {}: {}; ventet {}. For få kjøringer til et bånd.",
                     "{}, {}: {}; venta {}. For få køyringar til eit band.",
                     "{}, {}: {}; expected {}. Too few runs for a band.", indicator.label, year, actual,
                     whole(figure.expected.mean));
  ReportText const low = whole(std::floor(band->first));
  ReportText const high = whole(std::ceil(band->second));
  ReportText text;
  if (figure.verdict == PlanVerdict::inside)
    text = plan_said("{}, {}: {}, som ventet ({} til {}).", "{}, {}: {}, som venta ({} til {}).",
                     "{}, {}: {}, as expected ({} to {}).", indicator.label, year, actual, low, high);
  else if (figure.verdict == PlanVerdict::below)
    text = plan_said("{}, {}: {}, færre enn ventet ({} til {}).", "{}, {}: {}, færre enn venta ({} til {}).",
                     "{}, {}: {}, fewer than expected ({} to {}).", indicator.label, year, actual, low, high);
  else
    text = plan_said("{}, {}: {}, flere enn ventet ({} til {}).", "{}, {}: {}, fleire enn venta ({} til {}).",
                     "{}, {}: {}, more than expected ({} to {}).", indicator.label, year, actual, low, high);
  if (!figure.is_outside_95) return text;
  return plan_said("{} Også utenfor 95 %.", "{} Også utanfor 95 %.", "{} Outside 95 % as well.", text);
}

ReportText percent(double share) {
  return number_words(100 * share, 0);
}

ReportText slip_sentence(FollowedStep const& step) {
  return plan_said("Leddet som sviktet i {}, {}: fra «{}» til «{}». {} % gikk videre; ventet {} til {} %.",
                   "Leddet som svikta i {}, {}: frå «{}» til «{}». {} % gjekk vidare; venta {} til {} %.",
                   "The step that slipped in {}, {}: from “{}” to “{}”. {} % went on; expected {} to {} %.",
                   same_in_all(std::to_string(step.year)), same_in_all(step.measure), label_of(step.before),
                   label_of(step.step), percent(*step.actual), percent(step.expected.within[2]->first),
                   percent(step.expected.within[2]->second));
}

ReportText band_sentence(FollowedPlan const& followed) {
  ReportText const runs = whole(static_cast<double>(followed.draws * followed.replicates));
  if (followed.draws > 1)
    return plan_said("Båndene holder både usikre forutsetninger og tilfeldigheter, fra {} kjøringer.",
                     "Banda held både usikre føresetnader og tilfeldigheiter, frå {} køyringar.",
                     "The bands hold uncertain assumptions and chance, from {} runs.", runs);
  return plan_said(
      "Båndene holder bare tilfeldigheter, fra {} kjøringer; hvor usikre forutsetningene er, er ikke med (draws: 0). "
      "80 % "
      "krever 9 kjøringer, 95 % krever 39.",
      "Banda held berre tilfeldigheiter, frå {} køyringar; kor usikre føresetnadene er, er ikkje med (draws: 0). 80 % "
      "krev 9 køyringar, 95 % krev 39.",
      "The bands hold chance alone, from {} runs; how uncertain the assumptions are is not in them (draws: 0). 80 % "
      "takes "
      "9 runs, 95 % takes 39.",
      runs);
}

}  // namespace

ReportText label_of(PlanStep step) {
  switch (step) {
    case PlanStep::found:
      return {"funnet", "funne", "found"};
    case PlanStep::offered:
      return {"fikk tilbud", "fekk tilbod", "offered"};
    case PlanStep::started:
      return {"begynte", "byrja", "started"};
    case PlanStep::completed:
      return {"fullførte", "fullførte", "completed"};
    case PlanStep::in_work:
      return {"i arbeid", "i arbeid", "in work"};
    case PlanStep::none:
      break;
  }
  return {};
}

std::vector<ReportText> plan_sentences(FollowedPlan const& followed, std::string const& actor) {
  std::vector<ReportText> sentences;
  for (FollowedStep const& step : followed.steps)
    if (step.has_slipped && is_step_of(followed.plan, step, actor)) sentences.push_back(slip_sentence(step));
  bool const tells_steps = std::ranges::any_of(followed.steps, [](auto const& s) { return s.actual.has_value(); });
  bool const has_slipped = std::ranges::any_of(followed.steps, &FollowedStep::has_slipped);
  if (!has_slipped && tells_steps)
    sentences.push_back({"Ingen ledd sviktet: av hvert ledd gikk så mange videre som ventet, eller flere.",
                         "Ingen ledd svikta: av kvart ledd gjekk så mange vidare som venta, eller fleire.",
                         "No step slipped: of each as many went on as expected, or more."});
  for (FollowedFigure const& figure : followed.figures)
    if (figure.actual && is_of(followed.plan, figure.indicator, actor))
      sentences.push_back(verdict_sentence(followed, figure));
  if (followed.judged() > 0)
    sentences.push_back(plan_said(
        "{} av {} vurderte tall ligger utenfor 80 %; av så mange ventes {} utenfor også når alt går etter planen.",
        "{} av {} vurderte tal ligg utanfor 80 %; av så mange er {} venta utanfor også når alt går etter planen.",
        "{} of {} figures judged lie outside 80 %; of so many, {} are expected to even when all goes to plan.",
        whole(static_cast<double>(followed.outside())), whole(static_cast<double>(followed.judged())),
        number_words(0.2 * static_cast<double>(followed.judged()), 1)));
  sentences.push_back(band_sentence(followed));
  if (followed.plan.has_default_indicators)
    sentences.push_back({"Indikatorer og ansvarlige er forvalgte: planen nevner ingen.",
                         "Indikatorar og ansvarlege er førehandsvalde: planen nemner ingen.",
                         "Indicators and actors are defaults: the plan names none."});
  return sentences;
}

}  // namespace utvei
