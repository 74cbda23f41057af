// SPDX-License-Identifier: Apache-2.0
#include "pathway_wording.hpp"

namespace utvei {
namespace {

constexpr PathwayWording pathway_nb{
    "Veier gjennom tilstandene",
    {"steg", "", "", "forskjell", "", "av forrige steg", "halvparten etter"},
    "Stoppet etter {}: ",
    "{} {} / {}",
    "Hvor mange som kommer til hvert steg innen fristen, og hvor stor andel det er av dem som kom til steget før. Bare "
    "de "
    "som følges så lenge er med. Den som har stoppet, står med hvor de er når fristen er ute.\n",
    "Vanlige forløp: hvilke tilstander folk er i, etter hverandre",
    "andre forløp",
    "Prosent av alle forløp; forskjellen er i mennesker. Forløp som ikke er blant de vanligste begge steder, står "
    "under "
    "andre.\n",
    {"", "", "", "forskjell", ""},
    "Hvem går ut, og hvorfor: {}",
    "ikke plassert",
    "Hvor går de først, prosent: {}",
    {"", "har begynt", "", "", "forskjell", ""},
    "innen {} måneder",
    "før fylte {} år",
    "annet",
    "Andelen som har kommet dit først, når alle målene konkurrerer: den som går ett sted, kan ikke gå et annet først. "
    "Den "
    "som ikke følges lenger, teller med så lenge som de ble fulgt.\n"};
constexpr PathwayWording pathway_nn{
    "Vegar gjennom tilstandane",
    {"steg", "", "", "skilnad", "", "av førre steg", "halvparten etter"},
    "Stansa etter {}: ",
    "{} {} / {}",
    "Kor mange som kjem til kvart steg innan fristen, og kor stor del det er av dei som kom til steget før. Berre dei "
    "som "
    "blir følgde så lenge, er med. Den som har stansa, står med kvar dei er når fristen er ute.\n",
    "Vanlege forløp: kva tilstandar folk er i, etter kvarandre",
    "andre forløp",
    "Prosent av alle forløp; skilnaden er i menneske. Forløp som ikkje er mellom dei vanlegaste begge stader, står "
    "under "
    "andre.\n",
    {"", "", "", "skilnad", ""},
    "Kven går ut, og kvifor: {}",
    "ikkje plassert",
    "Kvar går dei først, prosent: {}",
    {"", "har byrja", "", "", "skilnad", ""},
    "innan {} månader",
    "før fylte {} år",
    "anna",
    "Delen som har kome dit først, når alle måla konkurrerer: den som går ein stad, kan ikkje gå ein annan først. Den "
    "som "
    "ikkje blir følgd lenger, tel med så lenge dei blei følgde.\n"};
constexpr PathwayWording pathway_en{
    "Ways through the states",
    {"step", "", "", "difference", "", "of the step before", "half of them after"},
    "Stopped after {}: ",
    "{} {} / {}",
    "How many come to each step in time, and which share that is of those who came to the step before. Only who is "
    "followed so long is counted. Who stopped stands with where they are when the time is over.\n",
    "Frequent sequences: the states that people are in, one after another",
    "other sequences",
    "Per cent of all sequences; the difference is in people. Sequences that are not among the most frequent ones in "
    "both "
    "stand among the others.\n",
    {"", "", "", "difference", ""},
    "Who leaves, and why: {}",
    "not classified",
    "Where they go first, per cent: {}",
    {"", "have begun", "", "", "difference", ""},
    "within {} months",
    "before the age of {}",
    "elsewhere",
    "The share that has come there first, where all destinations compete: who goes to one cannot go to another first. "
    "Who "
    "is followed no longer counts for as long as they were.\n"};

}  // namespace

std::string_view group_in_words(std::string_view group, std::string_view language) {
  struct Words {
    std::string_view group, nb, nn, en;
  };
  static constexpr std::array<Words, 3> known{{{"outside", "utenforskap", "utanforskap", "exclusion"},
                                               {"work", "arbeid", "arbeid", "work"},
                                               {"education", "utdanning", "utdanning", "education"}}};
  for (Words const& words : known)
    if (words.group == group) return language == "en" ? words.en : language == "nn" ? words.nn : words.nb;
  return {};
}

PathwayWording const& pathway_wording(std::string_view language) {
  return language == "en" ? pathway_en : language == "nn" ? pathway_nn : pathway_nb;
}

}  // namespace utvei
