// SPDX-License-Identifier: Apache-2.0
#include "table_words.hpp"
#include "three_languages.hpp"

#include <array>

namespace utvei {
namespace {

/// In the order of docs/formats/result.md.
constexpr auto quantity_words = std::to_array<WordInThree>({
    {"persons", "Simulerte personer", "Simulerte personar", "People who were simulated"},
    {"person_years", "Personår i hver tilstand", "Personår i kvar tilstand", "Person-years in each state"},
    {"stock", "Personer i hver tilstand ved tellingen", "Personar i kvar tilstand ved teljinga",
     "People in each state at the count"},
    {"transitions", "Overganger", "Overgangar", "Transitions"},
    {"defined", "Personer etter definisjon ved tellingen", "Personar etter definisjon ved teljinga",
     "People by definition at the count"},
    {"defined_of", "Personer som definisjonen er en andel av", "Personar som definisjonen er ein del av",
     "People of whom the definition is a share"},
    {"offers", "Fikk tilbud om tiltaket", "Fekk tilbod om tiltaket", "Were offered the measure"},
    {"refusals", "Takket nei til tiltaket", "Takka nei til tiltaket", "Refused the measure"},
    {"requests", "Ba om plass", "Bad om plass", "Asked for a place"},
    {"turned_away", "Ble avvist fordi køen var full", "Vart avviste fordi køen var full",
     "Were turned away as the queue was full"},
    {"gave_up", "Ga opp å vente", "Gav opp å vente", "Gave up waiting"},
    {"stopped_qualifying", "Falt ut av køen", "Fall ut av køen", "Dropped out of the queue"},
    {"participants", "Begynte på tiltaket", "Begynte på tiltaket", "Began the measure"},
    {"served_at_once", "Begynte uten å vente", "Begynte utan å vente", "Began without waiting"},
    {"completions", "Fullførte tiltaket", "Fullførte tiltaket", "Completed the measure"},
    {"early_exits", "Sluttet før tiden", "Slutta før tida", "Left early"},
    {"in_when_closed", "Var på tiltaket da det ble lagt ned", "Var på tiltaket då det vart lagt ned",
     "Were in the measure when it was closed"},
    {"waiting_days", "Dager i kø", "Dagar i kø", "Days in the queue"},
    {"waited_days", "Dager som de som begynte, hadde ventet", "Dagar som dei som begynte, hadde venta",
     "Days that those who began had waited"},
    {"participant_years", "Personår på tiltaket", "Personår på tiltaket", "Person-years in the measure"},
    {"place_years", "Plassår", "Plassår", "Years of places"},
    {"begun_within", "Begynte innen så lang tid", "Begynte innan så lang tid", "Began within that time"},
    {"begun_within_of", "Ba om plass og kan følges så lenge", "Bad om plass og kan følgjast så lenge",
     "Asked for a place and can be followed so long"},
    {"queue_length", "Venter i kø ved tellingen", "Ventar i kø ved teljinga", "Wait in the queue at the count"},
    {"in_measure", "Deltar ved tellingen", "Deltek ved teljinga", "Take part at the count"},
    {"participants_by_state", "Begynte på tiltaket, etter tilstand da", "Begynte på tiltaket, etter tilstand då",
     "Began the measure, by state then"},
    {"after_start", "Deltakere, etter tilstand så lenge etter start", "Deltakarar, etter tilstand så lenge etter start",
     "Participants, by state so long after the start"},
    {"after_end", "Deltakere som har sluttet, etter tilstand så lenge etter",
     "Deltakarar som har slutta, etter tilstand så lenge etter", "Participants who have ended, by state so long after"},
    {"contacts", "Kontakter med personer som har behov", "Kontaktar med personar som har behov",
     "Contacts of people with a need"},
    {"contacts_all_met", "Kontakter der alle behov ble dekket", "Kontaktar der alle behov vart dekte",
     "Contacts in which all needs were met"},
    {"time_to_all_met", "År til alle behov var dekket", "År til alle behov var dekte",
     "Years until all needs were met"},
    {"contact_years", "År med udekket behov", "År med udekt behov", "Years with an unmet need"},
    {"score_persons", "Personer som ble målt", "Personar som vart målte", "People who were measured"},
    {"score_sum", "Sum av målte skårer", "Sum av målte skårar", "Sum of measured scores"},
    {"score_squares", "Sum av kvadrerte skårer", "Sum av kvadrerte skårar", "Sum of squared scores"},
    {"score_truth", "Sum av skårer uten målefeil", "Sum av skårar utan målefeil",
     "Sum of scores without error of measurement"},
    {"score_change_persons", "Personer som også ble målt først", "Personar som òg vart målte først",
     "People who were measured at first as well"},
    {"score_change_sum", "Sum av endringer i skår", "Sum av endringar i skår", "Sum of changes of the score"},
    {"score_change_squares", "Sum av kvadrerte endringer i skår", "Sum av kvadrerte endringar i skår",
     "Sum of squared changes of the score"},
    {"event_persons", "Personer som følges til hendelsen", "Personar som blir følgde til hendinga",
     "People who are followed to the event"},
    {"event_times", "Hvordan og når oppfølgingen endte", "Korleis og når oppfølginga enda",
     "How and when following them ended"},
    {"way_people", "Personer som kommer til hvert steg", "Personar som kjem til kvart steg",
     "People who come to each step"},
    {"way_lost", "Personer som stanser ved steget", "Personar som stansar ved steget", "People who stop at the step"},
    {"way_months", "Personer etter måneder fra forrige steg", "Personar etter månader frå førre steg",
     "People by months from the step before"},
    {"way_time", "År fra forrige steg, i alt", "År frå førre steg, i alt", "Years from the step before, in all"},
    {"sequences", "Personer etter rekkefølge av tilstander", "Personar etter rekkjefølgje av tilstandar",
     "People by sequence of states"},
    {"incidence_persons", "Ganger noen kommer under risiko", "Gonger nokon kjem under risiko",
     "Times that people come to be at risk"},
    {"incidence_years", "År under risiko", "År under risiko", "Years at risk"},
    {"incidence_events", "Utfall for dem under risiko", "Utfall for dei under risiko", "Outcomes of those at risk"},
    {"leavings", "Personer som slutter", "Personar som sluttar", "People who leave"},
    {"flows", "Personer etter tilstand ett år og det neste", "Personar etter tilstand eitt år og det neste",
     "People by state in one year and the next"},
    {"income_state", "Personer etter husholdningens inntekt", "Personar etter inntekta i hushaldet",
     "People by the income of their household"},
    {"three_years_known", "Personer med kjent inntekt i tre år", "Personar med kjend inntekt i tre år",
     "People whose income of three years is known"},
    {"income_transitions", "Overganger mellom lav og ikke lav inntekt", "Overgangar mellom låg og ikkje låg inntekt",
     "Transitions between low income and not"},
    {"income_sum", "Inntekt per forbruksenhet etter skatt, summert", "Inntekt per forbrukseining etter skatt, summert",
     "Income per consumption unit after tax, summed"},
    {"median_income", "Medianinntekt per forbruksenhet etter skatt", "Medianinntekt per forbrukseining etter skatt",
     "Median income per consumption unit after tax"},
    {"income_histogram", "Personer etter inntekt", "Personar etter inntekt", "People by income"},
    {"pathway_people", "Personer som kommer til hvert steg", "Personar som kjem til kvart steg",
     "People who come to each step"},
    {"pathway_lost", "Personer som stanser ved steget", "Personar som stansar ved steget",
     "People who stop at the step"},
    {"pathway_time", "År fra forrige steg, i alt", "År frå førre steg, i alt", "Years from the step before, in all"},
    {"payments", "Betalinger", "Betalingar", "Payments"},
    {"balance", "Mottatt minus betalt, etter konto", "Motteke minus betalt, etter konto",
     "Received less paid, by account"},
    {"passing_balance", "Av dette: det som ikke kommer igjen", "Av dette: det som ikkje kjem att",
     "Of this: what does not come again"},
});

}  // namespace

std::string_view title_of_quantity(std::string_view quantity, std::string_view language) {
  auto const title = word_in(quantity_words, quantity, language);
  auto const split = quantity.find("_by_");
  if (!title.empty() || split == std::string_view::npos) return title;
  return word_in(quantity_words, quantity.substr(0, split), language);  // the dimensions say by what
}

}  // namespace utvei
