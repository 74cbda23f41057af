// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/quantity_words.hpp>

#include <algorithm>
#include <array>

namespace utvei {
namespace {

struct WordsOfLanguages {
  std::string_view nb, nn, en;

  [[nodiscard]] std::string_view in(std::string_view language) const {
    return language == "en" ? en : language == "nn" ? nn : nb;
  }
};

/// What a quantity is called: as the title of its table, and inside a sentence where it is asked for there.
struct QuantityNames {
  std::string_view name;
  WordsOfLanguages title, inside;
};

/// In the order of docs/formats/result.md.
constexpr auto names_of_quantities = std::to_array<QuantityNames>({
    {"persons", {"Simulerte personer", "Simulerte personar", "People who were simulated"}, {}},
    {"person_years",
     {"Personår i hver tilstand", "Personår i kvar tilstand", "Person-years in each state"},
     {"personår", "personår", "person-years"}},
    {"stock",
     {"Personer i hver tilstand ved tellingen", "Personar i kvar tilstand ved teljinga",
      "People in each state at the count"},
     {"personer", "personar", "people"}},
    {"transitions", {"Overganger", "Overgangar", "Transitions"}, {"overganger", "overgangar", "transitions"}},
    {"defined",
     {"Personer etter definisjon ved tellingen", "Personar etter definisjon ved teljinga",
      "People by definition at the count"},
     {"personer etter definisjon", "personar etter definisjon", "people by definition"}},
    {"defined_of",
     {"Personer som definisjonen er en andel av", "Personar som definisjonen er ein del av",
      "People of whom the definition is a share"},
     {"personer som definisjonen er en andel av", "personar som definisjonen er ein del av",
      "people of whom the definition is a share"}},
    {"offers",
     {"Fikk tilbud om tiltaket", "Fekk tilbod om tiltaket", "Were offered the measure"},
     {"fikk tilbud", "fekk tilbod", "were offered"}},
    {"refusals",
     {"Takket nei til tiltaket", "Takka nei til tiltaket", "Refused the measure"},
     {"takket nei", "takka nei", "refused"}},
    {"requests",
     {"Ba om plass", "Bad om plass", "Asked for a place"},
     {"ba om plass", "bad om plass", "asked for a place"}},
    {"turned_away",
     {"Ble avvist fordi køen var full", "Vart avviste fordi køen var full", "Were turned away as the queue was full"},
     {"ble avvist", "vart avviste", "were turned away"}},
    {"gave_up",
     {"Ga opp å vente", "Gav opp å vente", "Gave up waiting"},
     {"ga opp å vente", "gav opp å vente", "gave up waiting"}},
    {"stopped_qualifying",
     {"Falt ut av køen", "Fall ut av køen", "Dropped out of the queue"},
     {"falt ut av køen", "fall ut av køen", "dropped out of the queue"}},
    {"participants", {"Begynte på tiltaket", "Byrja på tiltaket", "Began the measure"}, {"begynte", "byrja", "began"}},
    {"served_at_once",
     {"Begynte uten å vente", "Byrja utan å vente", "Began without waiting"},
     {"begynte uten å vente", "byrja utan å vente", "began without waiting"}},
    {"completions",
     {"Fullførte tiltaket", "Fullførte tiltaket", "Completed the measure"},
     {"fullførte", "fullførte", "completed"}},
    {"early_exits",
     {"Sluttet før tiden", "Slutta før tida", "Left early"},
     {"sluttet før tiden", "slutta før tida", "left early"}},
    {"in_when_closed",
     {"Var på tiltaket da det ble lagt ned", "Var på tiltaket då det vart lagt ned",
      "Were in the measure when it was closed"},
     {}},
    {"waiting_days",
     {"Dager i kø", "Dagar i kø", "Days in the queue"},
     {"dager i kø", "dagar i kø", "days in the queue"}},
    {"waited_days",
     {"Dager som de som begynte, hadde ventet", "Dagar som dei som byrja, hadde venta",
      "Days that those who began had waited"},
     {"dager de som begynte, hadde ventet", "dagar dei som byrja, hadde venta",
      "days that those who began had waited"}},
    {"participant_years",
     {"Personår på tiltaket", "Personår på tiltaket", "Person-years in the measure"},
     {"personår på tiltaket", "personår på tiltaket", "person-years in the measure"}},
    {"place_years", {"Plassår", "Plassår", "Years of places"}, {"plassår", "plassår", "years of places"}},
    {"begun_within", {"Begynte innen så lang tid", "Byrja innan så lang tid", "Began within that time"}, {}},
    {"begun_within_of",
     {"Ba om plass og kan følges så lenge", "Bad om plass og kan følgjast så lenge",
      "Asked for a place and can be followed so long"},
     {}},
    {"queue_length",
     {"Venter i kø ved tellingen", "Ventar i kø ved teljinga", "Wait in the queue at the count"},
     {"venter", "ventar", "waiting"}},
    {"in_measure",
     {"Deltar ved tellingen", "Deltek ved teljinga", "Take part at the count"},
     {"deltar", "deltek", "taking part"}},
    {"participants_by_state",
     {"Begynte på tiltaket, etter tilstand da", "Byrja på tiltaket, etter tilstand då",
      "Began the measure, by state then"},
     {}},
    {"after_start",
     {"Deltakere, etter tilstand så lenge etter start", "Deltakarar, etter tilstand så lenge etter start",
      "Participants, by state so long after the start"},
     {}},
    {"after_end",
     {"Deltakere som har sluttet, etter tilstand så lenge etter",
      "Deltakarar som har slutta, etter tilstand så lenge etter",
      "Participants who have ended, by state so long after"},
     {}},
    {"step_years",
     {"Kom til leddet, etter året for leddet før", "Kom til leddet, etter året for leddet før",
      "Came to the step, by the year of the step before"},
     {}},
    {"contacts",
     {"Kontakter med personer som har behov", "Kontaktar med personar som har behov", "Contacts of people with a need"},
     {}},
    {"contacts_all_met",
     {"Kontakter der alle behov ble dekket", "Kontaktar der alle behov vart dekte",
      "Contacts in which all needs were met"},
     {}},
    {"time_to_all_met",
     {"År til alle behov var dekket", "År til alle behov var dekte", "Years until all needs were met"},
     {}},
    {"contact_years", {"År med udekket behov", "År med udekt behov", "Years with an unmet need"}, {}},
    {"score_persons", {"Personer som ble målt", "Personar som vart målte", "People who were measured"}, {}},
    {"score_sum", {"Sum av målte skårer", "Sum av målte skårar", "Sum of measured scores"}, {}},
    {"score_squares", {"Sum av kvadrerte skårer", "Sum av kvadrerte skårar", "Sum of squared scores"}, {}},
    {"score_truth",
     {"Sum av skårer uten målefeil", "Sum av skårar utan målefeil", "Sum of scores without error of measurement"},
     {}},
    {"score_change_persons",
     {"Personer som også ble målt først", "Personar som òg vart målte først",
      "People who were measured at first as well"},
     {}},
    {"score_change_sum", {"Sum av endringer i skår", "Sum av endringar i skår", "Sum of changes of the score"}, {}},
    {"score_change_squares",
     {"Sum av kvadrerte endringer i skår", "Sum av kvadrerte endringar i skår", "Sum of squared changes of the score"},
     {}},
    {"event_persons",
     {"Personer som følges til hendelsen", "Personar som blir følgde til hendinga",
      "People who are followed to the event"},
     {}},
    {"event_times",
     {"Hvordan og når oppfølgingen endte", "Korleis og når oppfølginga enda", "How and when following them ended"},
     {}},
    {"way_people",
     {"Personer som kommer til hvert steg", "Personar som kjem til kvart steg", "People who come to each step"},
     {"personer på veien", "personar på vegen", "people on the way"}},
    {"way_lost",
     {"Personer som stanser ved steget", "Personar som stansar ved steget", "People who stop at the step"},
     {}},
    {"way_months",
     {"Personer etter måneder fra forrige steg", "Personar etter månader frå førre steg",
      "People by months from the step before"},
     {}},
    {"way_time",
     {"År fra forrige steg, i alt", "År frå førre steg, i alt", "Years from the step before, in all"},
     {"tid på veien", "tid på vegen", "time on the way"}},
    {"sequences",
     {"Personer etter rekkefølge av tilstander", "Personar etter rekkjefølgje av tilstandar",
      "People by sequence of states"},
     {"rekkefølger", "rekkjefølgjer", "sequences"}},
    {"incidence_persons",
     {"Ganger noen kommer under risiko", "Gonger nokon kjem under risiko", "Times that people come to be at risk"},
     {}},
    {"incidence_years", {"År under risiko", "År under risiko", "Years at risk"}, {}},
    {"incidence_events",
     {"Utfall for dem under risiko", "Utfall for dei under risiko", "Outcomes of those at risk"},
     {}},
    {"leavings",
     {"Personer som slutter", "Personar som sluttar", "People who leave"},
     {"de som går ut", "dei som går ut", "those who leave"}},
    {"flows",
     {"Personer etter tilstand ett år og det neste", "Personar etter tilstand eitt år og det neste",
      "People by state in one year and the next"},
     {}},
    {"income_state",
     {"Personer etter husholdningens inntekt", "Personar etter inntekta i hushaldet",
      "People by the income of their household"},
     {"personer etter husholdningens inntekt", "personar etter inntekta i hushaldet",
      "people by the income of their household"}},
    {"three_years_known",
     {"Personer med kjent inntekt i tre år", "Personar med kjend inntekt i tre år",
      "People whose income of three years is known"},
     {}},
    {"income_transitions",
     {"Overganger mellom lav og ikke lav inntekt", "Overgangar mellom låg og ikkje låg inntekt",
      "Transitions between low income and not"},
     {}},
    {"income_sum",
     {"Inntekt per forbruksenhet etter skatt, summert", "Inntekt per forbrukseining etter skatt, summert",
      "Income per consumption unit after tax, summed"},
     {}},
    {"median_income",
     {"Medianinntekt per forbruksenhet etter skatt", "Medianinntekt per forbrukseining etter skatt",
      "Median income per consumption unit after tax"},
     {}},
    {"income_histogram", {"Personer etter inntekt", "Personar etter inntekt", "People by income"}, {}},
    {"pathway_people",
     {"Personer som kommer til hvert steg", "Personar som kjem til kvart steg", "People who come to each step"},
     {}},
    {"pathway_lost",
     {"Personer som stanser ved steget", "Personar som stansar ved steget", "People who stop at the step"},
     {}},
    {"pathway_time",
     {"År fra forrige steg, i alt", "År frå førre steg, i alt", "Years from the step before, in all"},
     {}},
    {"payments", {"Betalinger", "Betalingar", "Payments"}, {"betalinger", "betalingar", "payments"}},
    {"balance",
     {"Mottatt minus betalt, etter konto", "Motteke minus betalt, etter konto", "Received less paid, by account"},
     {"får mindre betaler", "får mindre betaler", "receives less pays"}},
    {"passing_balance",
     {"Av dette: det som ikke kommer igjen", "Av dette: det som ikkje kjem att", "Of this: what does not come again"},
     {}},
    {"present_value", {}, {"nåverdi", "noverdi", "present value"}},
    {"present_years_in_work",
     {},
     {"personår i arbeid, nåverdi", "personår i arbeid, noverdi", "person-years in work, present value"}},
});

QuantityNames const* names_of(std::string_view quantity) {
  auto const* const found = std::ranges::find(names_of_quantities, quantity, &QuantityNames::name);
  return found == names_of_quantities.end() ? nullptr : found;
}

}  // namespace

std::string_view title_of_quantity(std::string_view quantity, std::string_view language) {
  if (auto const* const names = names_of(quantity)) return names->title.in(language);
  auto const split = quantity.find("_by_");
  if (split == std::string_view::npos) return {};
  auto const* const names = names_of(quantity.substr(0, split));  // the dimensions say by what
  return names == nullptr ? std::string_view{} : names->title.in(language);
}

std::string_view quantity_inside_sentence(std::string_view quantity, std::string_view language) {
  auto const* const names = names_of(quantity);
  return names == nullptr ? std::string_view{} : names->inside.in(language);
}

}  // namespace utvei
