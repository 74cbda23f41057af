// SPDX-License-Identifier: Apache-2.0
#include "power_wording.hpp"

namespace utvei {
namespace {

constexpr PowerWording power_nb{
    "{}: hva en studie av tiltaket {} ville finne",
    {"i arbeid etter {}", "i arbeid minst én gang innen {}", "i arbeid, i periodene med tiltaket"},
    {"{} etter {}", "{}, i periodene med tiltaket"},
    "{} personer i scenariet fyller vilkårene ved start; studiens folk trekkes blant dem.",
    "Studien tar inn de {} av dem som måler {} {} ved start.",
    {"under", "over"},
    "Utfallet ({}): {} uten tiltaket, {} med; forskjell {}.",
    "Hasardraten for første arbeid er {} ganger så høy med tiltaket.",
    "De på venteliste får tiltaket etter {}; utfallet deres er {}. Studien sammenligner med dem, og ser {} av "
    "virkningen på {}.",
    "{} regioner begynner i {} trinn, i tilfeldig rekkefølge, med {} mellom trinnene.",
    {"personer", "med tiltak", "til sammenligning", "styrke", "minste virkning", "feil fortegn", "overdrivelse",
     "falske funn"},
    {"Forskjell i andeler (Fishers eksakte test)", "Hasardrate (log-rank-test, Cox)",
     "Forskjell i gjennomsnitt (blandet modell med tilfeldig konstantledd for hver person, REML)",
     "Forskjell mellom perioder med og uten tiltaket (blandet modell av gjennomsnitt i regioner og perioder, med "
     "tilfeldig konstantledd for hver region, REML)"},
    "{}, signifikansnivå {} %, {} simulerte studier av hver størrelse. Minste virkning: den minste som blir funnet med "
    "{} % styrke.\n"
    "Feil fortegn og overdrivelse: av studier som finner noe, andelen med feil retning, og hvor mange ganger for stor "
    "virkningen blir.",
    "Falske funn: så ofte finner testen noe når tiltaket ikke virker. Det skal være {} %.",
    "Standardfeilene er robuste (Mancl & DeRouen).",
    "Testen finner for ofte noe der det ikke er noe: folk varierer ikke slik modellen sier, og styrken er mindre "
    "verdt. "
    "Prøv errors: robust.",
    "Så mange trengs for {} % styrke: {} personer.",
    "Selv {} personer gir ikke {} % styrke.",
    "Tallet er funnet ved å simulere studier av stadig nærmere størrelse; noen formel er det ikke.",
    "En studie av {} personer finner virkningen i {} % av tilfellene. Den trenger en virkning på minst {}.",
    "En studie av {} personer finner virkningen i {} % av tilfellene. Den kan bare vise svært store virkninger: minst "
    "{}.",
    "En studie av {} personer finner virkningen i {} % av tilfellene. Den kan bare vise svært store virkninger.",
    "{} prosentpoeng",
    "{} poeng",
    "Før og etter uten sammenligning: {} er i arbeid etterpå. Men {} ville vært det også uten tiltaket. En slik studie "
    "kan\n"
    "ikke skille virkning fra utvikling. Den har ingen styrke som kan regnes ut.",
    "Før og etter uten sammenligning: gjennomsnittet er {} etterpå. Men det ville vært {} også uten tiltaket. En slik "
    "studie kan\nikke skille virkning fra utvikling. Den har ingen styrke som kan regnes ut.",
    "Fra {} ved start ser studien en endring på {}. I scenariet er {} av det utvikling som ville kommet uten tiltaket, "
    "og {} virkning.",
    "Fra {} ved start ser studien en endring på {}. I scenariet er {} av det utvikling som alle som fyller vilkårene "
    "får,\n"
    "{} regresjon mot gjennomsnittet blant dem som er tatt inn, og {} virkning.",
    "Modellen tar virkningen for å være den samme i alle perioder. Der den vokser med tiden i tiltaket, treffer "
    "anslaget "
    "ikke\ngjennomsnittet av periodene, og overdrivelsen viser det.",
    "Virkningen er den som scenariet sier. Studien er tenkt gjennomført etter planen; hvem som sier ja, og hva ansatte "
    "rekker, er ikke med."};
constexpr PowerWording power_nn{
    "{}: kva ein studie av tiltaket {} ville finne",
    {"i arbeid etter {}", "i arbeid minst éin gong innan {}", "i arbeid, i periodane med tiltaket"},
    {"{} etter {}", "{}, i periodane med tiltaket"},
    "{} personar i scenariet fyller vilkåra ved start; folka i studien er trekte blant dei.",
    "Studien tek inn dei {} av dei som måler {} {} ved start.",
    {"under", "over"},
    "Utfallet ({}): {} utan tiltaket, {} med; skilnad {}.",
    "Hasardraten for første arbeid er {} gonger så høg med tiltaket.",
    "Dei på venteliste får tiltaket etter {}; utfallet deira er {}. Studien samanliknar med dei, og ser {} av "
    "verknaden på {}.",
    "{} regionar begynner i {} steg, i tilfeldig rekkjefølgje, med {} mellom stega.",
    {"personar", "med tiltak", "til samanlikning", "styrke", "minste verknad", "feil forteikn", "overdriving",
     "falske funn"},
    {"Skilnad i delar (Fishers eksakte test)", "Hasardrate (log-rank-test, Cox)",
     "Skilnad i gjennomsnitt (blanda modell med tilfeldig konstantledd for kvar person, REML)",
     "Skilnad mellom periodar med og utan tiltaket (blanda modell av gjennomsnitt i regionar og periodar, med "
     "tilfeldig konstantledd for kvar region, REML)"},
    "{}, signifikansnivå {} %, {} simulerte studiar av kvar storleik. Minste verknad: den minste som blir funnen med "
    "{} % styrke.\n"
    "Feil forteikn og overdriving: av studiar som finn noko, delen med feil retning, og kor mange gonger for stor "
    "verknaden blir.",
    "Falske funn: så ofte finn testen noko når tiltaket ikkje verkar. Det skal vere {} %.",
    "Standardfeila er robuste (Mancl & DeRouen).",
    "Testen finn for ofte noko der det ikkje er noko: folk varierer ikkje slik modellen seier, og styrken er mindre "
    "verd. Prøv errors: robust.",
    "Så mange trengst for {} % styrke: {} personar.",
    "Sjølv {} personar gir ikkje {} % styrke.",
    "Talet er funne ved å simulere studiar av stadig nærare storleik; nokon formel er det ikkje.",
    "Ein studie av {} personar finn verknaden i {} % av tilfella. Han treng ein verknad på minst {}.",
    "Ein studie av {} personar finn verknaden i {} % av tilfella. Han kan berre vise svært store verknader: minst {}.",
    "Ein studie av {} personar finn verknaden i {} % av tilfella. Han kan berre vise svært store verknader.",
    "{} prosentpoeng",
    "{} poeng",
    "Før og etter utan samanlikning: {} er i arbeid etterpå. Men {} ville vore det òg utan tiltaket. Ein slik studie "
    "kan\n"
    "ikkje skilje verknad frå utvikling. Han har ingen styrke som kan reknast ut.",
    "Før og etter utan samanlikning: gjennomsnittet er {} etterpå. Men det ville vore {} òg utan tiltaket. Ein slik "
    "studie kan\nikkje skilje verknad frå utvikling. Han har ingen styrke som kan reknast ut.",
    "Frå {} ved start ser studien ei endring på {}. I scenariet er {} av det utvikling som ville kome utan tiltaket, "
    "og {} verknad.",
    "Frå {} ved start ser studien ei endring på {}. I scenariet er {} av det utvikling som alle som fyller vilkåra "
    "får,\n"
    "{} regresjon mot gjennomsnittet blant dei som er tekne inn, og {} verknad.",
    "Modellen tek verknaden for å vere den same i alle periodar. Der han veks med tida i tiltaket, treffer anslaget "
    "ikkje\ngjennomsnittet av periodane, og overdrivinga viser det.",
    "Verknaden er den som scenariet seier. Studien er tenkt gjennomført etter planen; kven som seier ja, og kva "
    "tilsette rekk, er ikkje med."};
constexpr PowerWording power_en{
    "{}: what a study of the measure {} would find",
    {"in work after {}", "in work at some time within {}", "in work, in periods with the measure"},
    {"{} after {}", "{}, in periods with the measure"},
    "{} people of the scenario qualify when it starts; the people of the study are drawn from them.",
    "The study enrols the {} of them whose {} measures {} at the start.",
    {"below", "above"},
    "The outcome ({}): {} without the measure, {} with it; difference {}.",
    "The hazard of the first work is {} times as high with the measure.",
    "Those who wait get the measure after {}; their outcome is {}. The study compares with them, and sees {} "
    "of "
    "the effect of {}.",
    "{} regions begin in {} steps, in random order, with {} between steps.",
    {"persons", "treated", "compared with", "power", "least effect", "wrong sign", "exaggeration", "false alarms"},
    {"Difference in proportions (Fisher's exact test)", "Hazard ratio (log-rank test, Cox)",
     "Difference of means (mixed model with a random intercept for each person, REML)",
     "Difference between periods with and without the measure (mixed model of means of regions and periods, with a "
     "random intercept for each region, REML)"},
    "{}, significance {} %, {} simulated studies of each size. Least effect: the least that is found with {} % power.\n"
    "Wrong sign and exaggeration: of studies that find something, the share in the wrong direction, and how many times "
    "too large the effect is.",
    "False alarms: how often the test finds something where the measure does nothing. It should be {} %.",
    "Standard errors are robust (Mancl & DeRouen).",
    "The test too often finds something where there is nothing: people do not vary as the model says, and the power is "
    "worth less. Try errors: robust.",
    "So many are needed for {} % power: {} persons.",
    "Even {} persons do not give {} % power.",
    "The number was found by simulating studies of ever closer sizes; there is no formula.",
    "A study of {} persons finds the effect in {} % of cases. It takes an effect of at least {}.",
    "A study of {} persons finds the effect in {} % of cases. It can only show very large effects: at least {}.",
    "A study of {} persons finds the effect in {} % of cases. It can only show very large effects.",
    "{} points",
    "{}",
    "Before and after without comparison: {} are in work afterwards. But {} would be without the measure, too. Such a "
    "study\n"
    "cannot tell effect from development. It has no power that could be computed.",
    "Before and after without comparison: the mean is {} afterwards. But it would be {} without the measure, too. Such "
    "a "
    "study\ncannot tell effect from development. It has no power that could be computed.",
    "From {} at the start the study sees a change of {}. In the scenario {} of it are development that would have come "
    "without the measure,\nand {} are effect.",
    "From {} at the start the study sees a change of {}. In the scenario {} of it are development that all who qualify "
    "have,\n{} are regression to the mean among those who are enrolled, and {} are effect.",
    "The model takes the effect to be the same in all periods. Where it grows with the time in the measure, the "
    "estimate "
    "misses the\nmean over periods, and the exaggeration shows it.",
    "The effect is what the scenario says. The study is taken to go as planned; who consents, and what staff can do, "
    "is not in it."};

}  // namespace

PowerWording const& power_wording(std::string_view language) {
  if (language == "en") return power_en;
  return language == "nn" ? power_nn : power_nb;
}

}  // namespace utvei
