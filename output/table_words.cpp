// SPDX-License-Identifier: Apache-2.0
#include "table_words.hpp"

#include "three_languages.hpp"

#include <array>

namespace utvei {
namespace {

constexpr auto dimension_words = std::to_array<WordInThree>({
    {"draw", "trekning", "trekning", "draw"},
    {"replicate", "gjentakelse", "gjentaking", "replicate"},
    {"group", "gruppe", "gruppe", "group"},
    {"region", "region", "region", "region"},
    {"year", "år", "år", "year"},
    {"stock_date", "telledato", "teljedato", "date of the count"},
    {"age_group", "aldersgruppe", "aldersgruppe", "age group"},
    {"sex", "kjønn", "kjønn", "sex"},
    {"state", "tilstand", "tilstand", "state"},
    {"transition", "overgang", "overgang", "transition"},
    {"measure", "tiltak", "tiltak", "measure"},
    {"waiting_time", "ventetid", "ventetid", "waiting time"},
    {"definition", "definisjon", "definisjon", "definition"},
    {"household_type", "husholdningstype", "hushaldstype", "type of household"},
    {"income_state", "inntektstilstand", "inntektstilstand", "income state"},
    {"income_transition", "overgang i inntekt", "overgang i inntekt", "transition of income"},
    {"income", "inntekt, kroner", "inntekt, kroner", "income, kroner"},
    {"pathway_step", "steg", "steg", "step"},
    {"payment", "betaling", "betaling", "payment"},
    {"account", "konto", "konto", "account"},
    {"phase", "fase", "fase", "phase"},
    {"score", "skår", "skår", "score"},
    {"wave", "målerunde", "målerunde", "wave"},
    {"event", "hendelse", "hending", "event"},
    {"months", "måneder", "månader", "months"},
    {"event_outcome", "utfall", "utfall", "outcome"},
    {"months_after_start", "måneder etter start", "månader etter start", "months after the start"},
    {"ending", "hvordan det tok slutt", "korleis det tok slutt", "how it ended"},
    {"months_after_end", "måneder etter slutt", "månader etter slutt", "months after the end"},
    {"step", "ledd", "ledd", "step"},
    {"year_before", "året for leddet før", "året for leddet før", "year of the step before"},
    {"way_step", "steg", "steg", "step"},
    {"sequence", "rekkefølge av tilstander", "rekkjefølgje av tilstandar", "sequence of states"},
    {"incidence", "risiko for", "risiko for", "risk of"},
    {"incidence_time", "tid", "tid", "time"},
    {"incidence_outcome", "utfall", "utfall", "outcome"},
    {"leaving", "slutter", "sluttar", "leaving"},
    {"next_state", "tilstand året etter", "tilstand året etter", "state in the next year"},
});

constexpr auto household_words = std::to_array<WordInThree>({
    {"one_adult", "én voksen", "éin vaksen", "one adult"},
    {"two_adults", "to voksne", "to vaksne", "two adults"},
    {"one_adult_with_children", "én voksen med barn", "éin vaksen med barn", "one adult with children"},
    {"two_adults_with_children", "to voksne med barn", "to vaksne med barn", "two adults with children"},
    {"other", "annen", "anna", "other"},
});

constexpr auto income_words = std::to_array<WordInThree>({
    {"not_low", "ikke lav inntekt", "ikkje låg inntekt", "not low"},
    {"low", "lav inntekt bare i året", "låg inntekt berre i året", "low in the year only"},
    {"persistently_low", "vedvarende lav inntekt", "vedvarande låg inntekt", "persistently low"},
    {"not_counted", "ikke regnet med", "ikkje rekna med", "not counted"},
});

constexpr auto account_words = std::to_array<WordInThree>({
    {"person", "personene", "personane", "people"},
    {"employer", "arbeidsgivere", "arbeidsgivarar", "employers"},
    {"municipality", "kommunen", "kommunen", "municipality"},
    {"county", "fylkeskommunen", "fylkeskommunen", "county"},
    {"health_authority", "helseforetaket", "helseføretaket", "health authority"},
    {"state", "staten", "staten", "state"},
    {"production", "produksjon", "produksjon", "production"},
    {"services", "tjenester", "tenester", "services"},
    {"measures", "tiltak", "tiltak", "measures"},
    {"time", "tid", "tid", "time"},
});

constexpr auto payment_words = std::to_array<WordInThree>({
    {"benefit", "ytelser", "ytingar", "benefits"},
    {"earnings", "lønn", "løn", "pay"},
    {"tax", "skatt og avgift", "skatt og avgift", "taxes"},
    {"production", "produksjon", "produksjon", "production"},
    {"services", "tjenester", "tenester", "services"},
    {"time", "tid", "tid", "time"},
    {"measure", "tiltak", "tiltak", "measure"},
});

constexpr auto phase_words = std::to_array<WordInThree>({
    {"to_be_found", "ikke oppdaget", "ikkje oppdaga", "to be found"},
    {"handed_over", "sendt videre", "send vidare", "handed over"},
    {"waiting", "venter", "ventar", "waiting"},
    {"being_helped", "får hjelp", "får hjelp", "being helped"},
});

constexpr auto event_outcome_words = std::to_array<WordInThree>({
    {"happened", "skjedde", "skjedde", "happened"},
    {"ended_otherwise", "endte på annen måte", "enda på annan måte", "ended otherwise"},
    {"not_followed", "ikke fulgt lenger", "ikkje følgd lenger", "not followed any more"},
    {"not_yet", "ikke ennå", "ikkje enno", "not yet"},
});

constexpr auto other_outcome_words = std::to_array<WordInThree>({
    {"other", "annet", "anna", "other"},
    {"not_followed", "ikke fulgt lenger", "ikkje følgd lenger", "not followed any more"},
    {"came_at_risk", "kom under risiko", "kom under risiko", "came at risk"},
    {"came_at_risk_within", "kom under risiko underveis", "kom under risiko undervegs", "came at risk within"},
    {"not_in_run", "ikke med ennå", "ikkje med enno", "not in the run yet"},
});

constexpr auto unit_words = std::to_array<WordInThree>({
    {"1", "antall", "tal", "number"},
    {"years", "år", "år", "years"},
    {"days", "dager", "dagar", "days"},
    {"kroner", "kroner", "kroner", "kroner"},
    {"points", "poeng", "poeng", "points"},
    {"points2", "poeng i andre", "poeng i andre", "points squared"},
});

constexpr auto class_words = std::to_array<WordInThree>({
    {"register", "laget av et register", "laga av eit register", "made from a register"},
    {"open", "laget av åpne data", "laga av opne data", "made from open data"},
    {"synthetic", "syntetiske data: ingen virkelige personer", "syntetiske data: ingen verkelege personar",
     "synthetic data: no real people"},
});

}  // namespace

std::string heading_of_dimension(std::string_view dimension, std::string_view language) {
  auto const word = word_in(dimension_words, dimension, language);
  return std::string{word.empty() ? dimension : word};
}

std::string_view word_of_label(std::string_view dimension, std::string_view label, std::string_view language) {
  if (dimension == "household_type") return word_in(household_words, label, language);
  if (dimension == "income_state") return word_in(income_words, label, language);
  if (dimension == "account") return word_in(account_words, label, language);
  if (dimension == "payment_kind") return word_in(payment_words, label, language);
  if (dimension == "phase") return word_in(phase_words, label, language);
  if (dimension == "event_outcome") return word_in(event_outcome_words, label, language);
  if (dimension == "incidence_outcome" || dimension == "next_state" || dimension == "sequence")
    return word_in(other_outcome_words, label, language);
  return {};
}

std::string unit_in_words(std::string_view units, std::string_view language) {
  auto const word = word_in(unit_words, units, language);
  return std::string{word.empty() ? units : word};
}

std::string_view class_in_words(std::string_view data_class, std::string_view language) {
  return word_in(class_words, data_class, language);
}

}  // namespace utvei
