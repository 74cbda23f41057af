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
    "{}, signifikansnivå {} %, {} simulerte studier av hver størrelse; i parentes 95 % av simuleringens egen "
    "usikkerhet. Minste virkning: den minste som blir funnet med "
    "{} % styrke.\n"
    "Feil fortegn og overdrivelse: av studier som finner noe, andelen med feil retning, og hvor mange ganger for stor "
    "virkningen blir{}. –: færre enn 30 fant noe, eller ingen virkning er stor nok.",
    "Falske funn: så ofte finner testen noe når tiltaket ikke virker. Det skal være {} %.",
    "Standardfeilene er robuste (Mancl & DeRouen).",
    "* Testen finner for ofte noe der det ikke er noe: folk varierer ikke slik modellen sier, og styrken er mindre "
    "verdt.",
    "Så mange trengs for {} % styrke: {}.",
    "Selv {} personer gir ikke {} % styrke.",
    "Tallet er funnet ved å simulere studier av stadig nærmere størrelse; noen formel er det ikke.",
    "En studie av {} personer gir et signifikant funn i {} % av tilfellene{}. Den trenger {}.",
    "En studie av {} personer gir et signifikant funn i {} % av tilfellene{}. Den kan bare vise svært store "
    "virkninger: "
    "{}.",
    "En studie av {} personer gir et signifikant funn i {} % av tilfellene{}. Den kan bare vise svært store "
    "virkninger.",
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
    "Virkningen er den som scenariet sier, og tatt for kjent. Studien er tenkt gjennomført etter planen; hvem som "
    "sier ja, og hva ansatte rekker, er ikke med.",
    "Tabellen er for virkningens punktanslag. Studien er tenkt gjennomført etter planen; hvem som sier ja, og hva "
    "ansatte rekker, er ikke med.",
    "Laget av et register: blir her.",
    "færre enn fem",
    "Scenariets virkning lar seg ikke skille fra ingen; styrken under er bare falske funn.",
    " (regnet av logaritmen)",
    " Prøv errors: robust.",
    "{} av {} studier av {} personer lot seg ikke analysere, for få var igjen; de teller som uten funn.",
    "{} personer",
    "{} personer med tiltak og {} til sammenligning",
    "ikke oppgitt: testen holder ikke",
    "ikke oppgitt",
    "Tallet er funnet ved å simulere studier av stadig nærmere størrelse; formelen (Schoenfeld) treffer ikke her.",
    "Det er bare {} som fyller vilkårene: studier av {} personer i alt kan ikke gjøres her uten flere steder eller "
    "lengre inntak.",
    "; tilfeldigheter alene kan gi opptil {} %",
    {"en virkning på minst {}", "en nedgang på minst {}"},
    {"en hasardrate minst {} ganger så høy", "en hasardrate høyst {} ganger så høy"},
    {"Virkningen er usikker. I nedre ende av intervallet ({}) er styrken {} %; det trengs: {}.",
     "I øvre ende ({}) er styrken {} %; det trengs: {}."},
    "Sammenligningen er tenkt lik de med tiltak i alt annet enn tiltaket. Er de ulike i noe registeret ikke viser, kan "
    "studien ta feil\nuansett størrelse; styrken er den høyeste den kan ha.",
    "Hvor mange poeng tiltaket flytter skåren, har ikke noe intervall i scenariet og er tatt for kjent: endene over "
    "kommer "
    "bare av det\nandre tiltaket gjør. Virkningen er mer usikker enn de viser."};
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
    "{}, signifikansnivå {} %, {} simulerte studiar av kvar storleik; i parentes 95 % av uvissa i simuleringa sjølv. "
    "Minste verknad: den minste som blir funnen med "
    "{} % styrke.\n"
    "Feil forteikn og overdriving: av studiar som finn noko, delen med feil retning, og kor mange gonger for stor "
    "verknaden blir{}. –: færre enn 30 fann noko, eller ingen verknad er stor nok.",
    "Falske funn: så ofte finn testen noko når tiltaket ikkje verkar. Det skal vere {} %.",
    "Standardfeila er robuste (Mancl & DeRouen).",
    "* Testen finn for ofte noko der det ikkje er noko: folk varierer ikkje slik modellen seier, og styrken er mindre "
    "verd.",
    "Så mange trengst for {} % styrke: {}.",
    "Sjølv {} personar gir ikkje {} % styrke.",
    "Talet er funne ved å simulere studiar av stadig nærare storleik; nokon formel er det ikkje.",
    "Ein studie av {} personar gir eit signifikant funn i {} % av tilfella{}. Han treng {}.",
    "Ein studie av {} personar gir eit signifikant funn i {} % av tilfella{}. Han kan berre vise svært store "
    "verknader: {}.",
    "Ein studie av {} personar gir eit signifikant funn i {} % av tilfella{}. Han kan berre vise svært store "
    "verknader.",
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
    "Verknaden er den som scenariet seier, og teken for kjend. Studien er tenkt gjennomført etter planen; kven som "
    "seier ja, og kva tilsette rekk, er ikkje med.",
    "Tabellen er for punktanslaget av verknaden. Studien er tenkt gjennomført etter planen; kven som seier ja, og kva "
    "tilsette rekk, er ikkje med.",
    "Laga av eit register: blir her.",
    "færre enn fem",
    "Verknaden i scenariet lèt seg ikkje skilje frå ingen; styrken under er berre falske funn.",
    " (rekna av logaritmen)",
    " Prøv errors: robust.",
    "{} av {} studiar av {} personar lét seg ikkje analysere, for få var att; dei tel som utan funn.",
    "{} personar",
    "{} personar med tiltak og {} til samanlikning",
    "ikkje oppgitt: testen held ikkje",
    "ikkje oppgitt",
    "Talet er funne ved å simulere studiar av stadig nærare storleik; formelen (Schoenfeld) treffer ikkje her.",
    "Det er berre {} som fyller vilkåra: studiar av {} personar i alt kan ikkje gjerast her utan fleire stader eller "
    "lengre inntak.",
    "; tilfelle åleine kan gi opptil {} %",
    {"ein verknad på minst {}", "ein nedgang på minst {}"},
    {"ein hasardrate minst {} gonger så høg", "ein hasardrate høgst {} gonger så høg"},
    {"Verknaden er uviss. I nedre ende av intervallet ({}) er styrken {} %; det trengst: {}.",
     "I øvre ende ({}) er styrken {} %; det trengst: {}."},
    "Samanlikninga er tenkt lik dei med tiltak i alt anna enn tiltaket. Er dei ulike i noko registeret ikkje viser, "
    "kan "
    "studien ta feil\nuansett storleik; styrken er den høgaste han kan ha.",
    "Kor mange poeng tiltaket flytter skåren, har ikkje noko intervall i scenariet og er teke for kjent: endane over "
    "kjem "
    "berre av det\nandre tiltaket gjer. Verknaden er meir uviss enn dei viser."};
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
    "{}, significance {} %, {} simulated studies of each size; in brackets 95 % of the simulation's own error. Least "
    "effect: the least that is found with {} % power.\n"
    "Wrong sign and exaggeration: of studies that find something, the share in the wrong direction, and how many times "
    "too large the effect is{}. –: fewer than 30 found something, or no effect is large enough.",
    "False alarms: how often the test finds something where the measure does nothing. It should be {} %.",
    "Standard errors are robust (Mancl & DeRouen).",
    "* The test too often finds something where there is nothing: people do not vary as the model says, and the power "
    "is "
    "worth less.",
    "So many are needed for {} % power: {}.",
    "Even {} persons do not give {} % power.",
    "The number was found by simulating studies of ever closer sizes; there is no formula.",
    "A study of {} persons has a significant finding in {} % of cases{}. It takes {}.",
    "A study of {} persons has a significant finding in {} % of cases{}. It can only show very large effects: {}.",
    "A study of {} persons has a significant finding in {} % of cases{}. It can only show very large effects.",
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
    "The effect is what the scenario says, and taken as known. The study is taken to go as planned; who consents, and "
    "what staff can do, is not in it.",
    "The table is of the point estimate of the effect. The study is taken to go as planned; who consents, and what "
    "staff can do, is not in it.",
    "Made from a register: stays here.",
    "fewer than five",
    "The effect of the scenario cannot be told from none; the power below is false alarms alone.",
    " (computed of the logarithm)",
    " Try errors: robust.",
    "{} of {} studies of {} persons could not be analysed, too few were left; they count as without a finding.",
    "{} persons",
    "{} persons treated and {} compared with",
    "not told: the test does not hold",
    "not told",
    "The number was found by simulating studies of ever closer sizes; the formula (Schoenfeld) is off here.",
    "Only {} qualify: studies of {} people in all cannot be done here without more places or a longer intake.",
    "; chance alone may give up to {} %",
    {"an effect of at least {}", "a fall of at least {}"},
    {"a hazard at least {} times as high", "a hazard at most {} times as high"},
    {"The effect is uncertain. At the lower end of the interval ({}) the power is {} %; needed: {}.",
     "At the upper end ({}) the power is {} %; needed: {}."},
    "Those compared with are taken to be like the treated in all but the measure. If they differ in what the register "
    "does not show,\nthe study may be wrong whatever its size; the power is the highest that it can have.",
    "By how many points the measure moves the score has no interval in the scenario and is taken as known: the ends "
    "above "
    "come only of what else\nthe measure does. The effect is less certain than they show."};

}  // namespace

PowerWording const& power_wording(std::string_view language) {
  if (language == "en") return power_en;
  return language == "nn" ? power_nn : power_nb;
}

}  // namespace utvei
