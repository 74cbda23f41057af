// SPDX-License-Identifier: Apache-2.0
#include "plan_words.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {

ReportText amount_words(double number) {
  return number_words(number, number == std::round(number) ? 0 : 1);
}

ComparedWords compared_words(double figure, std::pair<double, double> const& ends) {
  double const first = std::ceil(ends.first);
  double const last = std::floor(ends.second);
  if (figure == std::round(figure) && first <= last)
    return {number_words(figure, 0), number_words(first, 0), number_words(last, 0)};
  return {number_words(figure, 1), number_words(ends.first, 1), number_words(ends.second, 1)};
}

bool is_of_actor(FollowPlan const& plan, std::size_t indicator, std::string const& actor) {
  return actor.empty() || plan.indicators[indicator].actor == actor;
}

bool is_step_of_actor(FollowPlan const& plan, FollowedStep const& step, std::string const& actor) {
  return actor.empty() || std::ranges::any_of(plan.indicators, [&](PlanIndicator const& each) {
           return each.measure == step.measure && each.step == step.step && each.actor == actor;
         });
}

bool is_found_and_offered(FollowedStep const& step) {
  return step.before == PlanStep::found && step.step == PlanStep::offered;
}

ReportText label_of(PlanStep step) {
  switch (step) {
    case PlanStep::found:
      return {"ble funnet", "vart funne", "were found"};
    case PlanStep::offered:
      return {"fikk tilbud", "fekk tilbod", "were offered it"};
    case PlanStep::started:
      return {"begynte", "byrja", "started"};
    case PlanStep::completed:
      return {"fullførte", "fullførte", "completed"};
    case PlanStep::in_work:
      return {"var i arbeid", "var i arbeid", "were in work"};
    case PlanStep::none:
      break;
  }
  return {};
}

ReportText label_of_measure(FollowedPlan const& followed, std::string const& measure) {
  auto const label = followed.labels.find(measure);
  return label == followed.labels.end() ? same_in_all(measure) : label->second;
}

ReportText definition_of(FollowedPlan const& followed, PlanIndicator const& indicator) {
  if (!indicator.definition.empty()) return indicator.definition;
  if (!indicator.outcome.empty())
    return plan_said("Regnet i modellen som «{}».", "Rekna i modellen som «{}».", "Counted in the model as “{}”.",
                     same_in_all(indicator.outcome));
  ReportText const measure = plan_said("«{}»", "«{}»", "“{}”", label_of_measure(followed, indicator.measure));
  switch (indicator.step) {
    case PlanStep::found:
    case PlanStep::offered:
      return plan_said(
          "Personer som tjenesten fant og tilbød {} i året. Modellen gir alle som blir funnet, et tilbud, og skiller "
          "ikke de to.",
          "Personar som tenesta fann og baud {} i året. Modellen gir alle som blir funne, eit tilbod, og skil ikkje "
          "dei to.",
          "People whom the service found and offered {} in the year. The model makes an offer to all who are found, "
          "and does not tell the two apart.",
          measure);
    case PlanStep::started:
      return plan_said("Personer som begynte i {} i året.", "Personar som byrja i {} i året.",
                       "People who began {} in the year.", measure);
    case PlanStep::in_work:
      return plan_said("Personer som fullførte {} i året, og var i arbeid da tiden i tiltaket var over.",
                       "Personar som fullførte {} i året, og var i arbeid då tida i tiltaket var over.",
                       "People who completed {} in the year, and were in work when their time in it was over.",
                       measure);
    default:
      return plan_said("Personer som var ferdige med tiden sin i {} i året; ikke de som sluttet før.",
                       "Personar som var ferdige med tida si i {} i året; ikkje dei som slutta før.",
                       "People whose time in {} was over in the year; not those who left before.", measure);
  }
}

std::vector<int> years_in_part(FollowedPlan const& followed) {
  std::vector<int> years;
  for (FollowedFigure const& figure : followed.figures)
    if (figure.is_part_of_run && std::ranges::find(years, figure.year) == years.end()) years.push_back(figure.year);
  std::ranges::sort(years);
  return years;
}

ReportText band_sentence(FollowedPlan const& followed) {
  auto const whole = [](std::size_t number) { return number_words(static_cast<double>(number), 0); };
  PlanRuns const shape{{}, followed.draws, followed.replicates};
  std::size_t const independent = independent_runs(shape, static_cast<double>(followed.weight));
  if (independent == 0)
    return plan_said(
        "Det er ingen bånd: én simulert person står for {}, og én kjøring per trekning sier ikke hvor mye som er "
        "tilfeldig. Sett replicates til 2 eller mer.",
        "Det er ingen band: éin simulert person står for {}, og éi køyring per trekking seier ikkje kor mykje som er "
        "tilfeldig. Set replicates til 2 eller meir.",
        "There are no bands: one person simulated stands for {}, and one run a draw does not tell how much is chance. "
        "Set replicates to 2 or more.",
        whole(static_cast<std::size_t>(followed.weight)));
  ReportText holds =
      followed.draws > 1
          ? plan_said("Båndene holder både usikre tall i modellen og tilfeldigheter, fra {} uavhengige trekninger.",
                      "Banda held både usikre tal i modellen og tilfeldigheiter, frå {} uavhengige trekkingar.",
                      "The bands hold both uncertain numbers of the model and chance, from {} independent draws.",
                      whole(independent))
          : plan_said(
                "Båndene holder bare tilfeldigheter, fra {} uavhengige kjøringer; hvor usikre modellens tall er, "
                "er ikke med (draws: 0).",
                "Banda held berre tilfeldigheiter, frå {} uavhengige køyringar; kor usikre tala i modellen er, "
                "er ikkje med (draws: 0).",
                "The bands hold chance alone, from {} independent runs; how uncertain the model's numbers are is "
                "not in them (draws: 0).",
                whole(independent));
  if (independent < runs_for(band_shares[band_of_50]))
    return plan_said(
        "Det er ingen bånd og ingen vurdering: {} uavhengige kjøringer er for få. 80 % krever {}, 95 % {}.",
        "Det er ingen band og inga vurdering: {} uavhengige køyringar er for få. 80 % krev {}, 95 % {}.",
        "There are no bands and no verdicts: {} independent runs are too few. 80 % takes {}, 95 % {}.",
        whole(independent), whole(runs_for(band_shares[band_of_80])), whole(runs_for(band_shares[band_of_95])));
  if (independent >= runs_for(band_shares[band_of_95])) return holds;
  return plan_said("{} Et bånd på 80 % krever {}, et på 95 % krever {}: det som mangler, er ikke vist.",
                   "{} Eit band på 80 % krev {}, eit på 95 % krev {}: det som manglar, er ikkje vist.",
                   "{} A band of 80 % takes {}, one of 95 % takes {}: what is missing is not shown.", holds,
                   whole(runs_for(band_shares[band_of_80])), whole(runs_for(band_shares[band_of_95])));
}

ReportText assumed_sentence(FollowedPlan const& followed) {
  if (followed.assumed.empty()) return {};
  ReportText names;
  for (std::string const& name : followed.assumed) {
    ReportText const label = label_of_measure(followed, name);
    names = names.empty() ? label : plan_said("{}, {}", "{}, {}", "{}, {}", names, label);
  }
  return plan_said(
      "Virkningen er antatt, ikke målt, for {}: ventet antall i arbeid og ventede utfall holder bare hvis den stemmer. "
      "Et utfall utenfor båndet kan bety at antakelsen er feil, ikke at noen har sviktet.",
      "Verknaden er rekna med utan evidens for {}: venta tal i arbeid og venta utfall held berre om den stemmer. Eit "
      "utfall utanfor bandet kan bety at føresetnaden er feil, ikkje at nokon har svikta.",
      "The effect of {} is assumed, not measured: expected numbers in work and expected outcomes hold only if it is "
      "right. An outcome outside the band may mean that the assumption is wrong, not that somebody has failed.",
      names);
}

}  // namespace utvei
