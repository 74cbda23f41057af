// SPDX-License-Identifier: Apache-2.0
#include "money_wording.hpp"

#include <utvei/results/render_comparison.hpp>

#include <algorithm>

namespace utvei {
namespace {

constexpr MoneyWording money_bokmaal{
    .heading = "Penger: forskjellens nåverdi i {}, i {} {}-kroner (pluss: får mer eller betaler mindre)",
    .whose = "hvem",
    .sum = "sum",
    .ledgers = {{{"person", "personene"},
                 {"employer", "arbeidsgivere"},
                 {"municipality", "kommunen"},
                 {"county", "fylkeskommunen"},
                 {"health_authority", "helseforetaket"},
                 {"state", "staten"},
                 {"public_purse", "det offentlige i alt"},
                 {"society", "samfunnet"}}},
    .kinds = {{{"benefit", "ytelser"},
               {"earnings", "lønn"},
               {"tax", "skatt og avgift"},
               {"production", "produksjon"},
               {"services", "tjenester"},
               {"time", "tid"},
               {"measure", "tiltak"}}},
    .units = {"hele", "tusen", "millioner"},
    .residual = "Forskjellen i det siste hele året er regnet videre i {} år.",
    .residual_for_ever = "Forskjellen i det siste hele året er regnet videre for alltid.",
    .is_taxes_cost =
        "Samfunnet: alle seks sammen, og {} % av det offentliges sum i skattekostnad. Overføringer går opp i opp.",
    .even_after = "Tjent inn igjen, {}: etter {} år, ved utgangen av {} (regnet fra begynnelsen av {})",
    .even_never = "Tjent inn igjen, {}: ikke innen {} år, som er så langt kjøringen går",
    .even_nothing = "Tjent inn igjen, {}: det er ingen forskjell å tjene inn",
    .even_chance = "innen {} år i {} av dem",
    .even_never_chance = "aldri i kjøringen i {}",
    .even_unsure = " (midterste av {} {}: {})",
    .draws = "parametertrekk",
    .repetitions = "gjentakelser, bare tilfeldigheter",
    .cost_per_year =
        "Kostnad for det offentlige per ekstra år i arbeid, år diskontert som penger: {} kroner ({} til {}).",
    .saved_per_year = "Det offentlige sparer per ekstra år i arbeid, år diskontert som penger: {} kroner ({} til {}).",
    .cost_not_known =
        "Kostnad per ekstra år i arbeid kan ikke sies: det er ikke sikkert at det blir flere år i arbeid.",
    .cost_error_not_known = "Kostnad per ekstra år i arbeid kan ikke sies: usikkerheten er ikke kjent.",
    .conventions =
        "Kalkulasjonsrente {}; beløpene i et år regnes midt i året hvis ikke annet er sagt; prisvekst {} % i året, og "
        "beløp følger lønnsveksten.",
    .rate_after = "{} % etter {} år",
    .no_residual = "Ingenting er regnet etter kjøringens slutt.",
    .free_time = "Tiden til dem som kommer i arbeid, er regnet som gratis; det er til fordel for tiltak.",
    .sensitivity = "Om én forutsetning var en annen",
    .variants = {{{"present_value", "som over"},
                  {"present_value_rate_lower", "kalkulasjonsrenten 1 prosentpoeng lavere"},
                  {"present_value_rate_higher", "kalkulasjonsrenten 1 prosentpoeng høyere"},
                  {"present_value_no_tax_cost", "ingen skattekostnad"},
                  {"present_value_no_residual", "ingenting etter kjøringens slutt"},
                  {"present_value_displacement_0", "ingen jobber tas fra andre"},
                  {"present_value_displacement_25", "25 % av jobbene tas fra andre"},
                  {"present_value_displacement_50", "50 % av jobbene tas fra andre"}}},
    .without_price = "Uten pris, og ikke med i summene:",
    .better = "bedre",
    .worse = "dårligere",
    .unverified = "Ikke kontrollert mot kilden: {}.",
    .inputs = {{{"prices", "prisveksten"},
                {"payers", "hvem som betaler ytelsene"},
                {"taxes", "fordelingen av skatten"},
                {"municipal_tax_kept", "hvor mye av skatten kommunen beholder"},
                {"contributions", "arbeidsgiveravgiften"},
                {"production", "verdien av arbeidet"},
                {"value_of_time", "verdien av tid"},
                {"services", "prisen på tjenester"},
                {"discount", "kalkulasjonsrenten"},
                {"tax_cost", "skattekostnaden"},
                {"displacement", "hvor mange jobber som tas fra andre"}}}};

constexpr MoneyWording money_nynorsk{
    .heading = "Pengar: noverdien av skilnaden i {}, i {} {}-kroner (pluss: får meir eller betaler mindre)",
    .whose = "kven",
    .sum = "sum",
    .ledgers = {{{"person", "personane"},
                 {"employer", "arbeidsgivarar"},
                 {"municipality", "kommunen"},
                 {"county", "fylkeskommunen"},
                 {"health_authority", "helseføretaket"},
                 {"state", "staten"},
                 {"public_purse", "det offentlege i alt"},
                 {"society", "samfunnet"}}},
    .kinds = {{{"benefit", "ytingar"},
               {"earnings", "løn"},
               {"tax", "skatt og avgift"},
               {"production", "produksjon"},
               {"services", "tenester"},
               {"time", "tid"},
               {"measure", "tiltak"}}},
    .units = {"heile", "tusen", "millionar"},
    .residual = "Skilnaden i det siste heile året er rekna vidare i {} år.",
    .residual_for_ever = "Skilnaden i det siste heile året er rekna vidare for alltid.",
    .is_taxes_cost =
        "Samfunnet: alle seks saman, og {} % av summen til det offentlege i skattekostnad. Overføringar går opp i opp.",
    .even_after = "Tent inn att, {}: etter {} år, ved utgangen av {} (rekna frå starten av {})",
    .even_never = "Tent inn att, {}: ikkje innan {} år, som er så langt køyringa går",
    .even_nothing = "Tent inn att, {}: det er ingen skilnad å tene inn",
    .even_chance = "innan {} år i {} av dei",
    .even_never_chance = "aldri i køyringa i {}",
    .even_unsure = " (midtarste av {} {}: {})",
    .draws = "parametertrekk",
    .repetitions = "gjentakingar, berre slump",
    .cost_per_year =
        "Kostnad for det offentlege per ekstra år i arbeid, år diskonterte som pengar: {} kroner ({} til {}).",
    .saved_per_year = "Det offentlege sparer per ekstra år i arbeid, år diskonterte som pengar: {} kroner ({} til {}).",
    .cost_not_known =
        "Kostnad per ekstra år i arbeid kan ikkje seiast: det er ikkje sikkert at det blir fleire år i arbeid.",
    .cost_error_not_known = "Kostnad per ekstra år i arbeid kan ikkje seiast: uvissa er ikkje kjend.",
    .conventions =
        "Kalkulasjonsrente {}; beløpa i eit år er rekna midt i året om ikkje anna er sagt; prisvekst {} % i året, og "
        "beløp følgjer lønsveksten.",
    .rate_after = "{} % etter {} år",
    .no_residual = "Ingenting er rekna etter slutten av køyringa.",
    .free_time = "Tida til dei som kjem i arbeid, er rekna som gratis; det er til fordel for tiltak.",
    .sensitivity = "Om éin føresetnad var ein annan",
    .variants = {{{"present_value", "som over"},
                  {"present_value_rate_lower", "kalkulasjonsrenta 1 prosentpoeng lågare"},
                  {"present_value_rate_higher", "kalkulasjonsrenta 1 prosentpoeng høgare"},
                  {"present_value_no_tax_cost", "ingen skattekostnad"},
                  {"present_value_no_residual", "ingenting etter slutten av køyringa"},
                  {"present_value_displacement_0", "ingen jobbar er tekne frå andre"},
                  {"present_value_displacement_25", "25 % av jobbane er tekne frå andre"},
                  {"present_value_displacement_50", "50 % av jobbane er tekne frå andre"}}},
    .without_price = "Utan pris, og ikkje med i summane:",
    .better = "betre",
    .worse = "dårlegare",
    .unverified = "Ikkje kontrollert mot kjelda: {}.",
    .inputs = {{{"prices", "prisveksten"},
                {"payers", "kven som betaler ytingane"},
                {"taxes", "fordelinga av skatten"},
                {"municipal_tax_kept", "kor mykje av skatten kommunen får ha"},
                {"contributions", "arbeidsgivaravgifta"},
                {"production", "verdien av arbeidet"},
                {"value_of_time", "verdien av tid"},
                {"services", "prisen på tenester"},
                {"discount", "kalkulasjonsrenta"},
                {"tax_cost", "skattekostnaden"},
                {"displacement", "kor mange jobbar som er tekne frå andre"}}}};

constexpr MoneyWording money_english{
    .heading = "Money: present value of the difference in {}, in {} kroner of {} (plus: receives more or pays less)",
    .whose = "who",
    .sum = "sum",
    .ledgers = {{{"person", "people"},
                 {"employer", "employers"},
                 {"municipality", "municipality"},
                 {"county", "county"},
                 {"health_authority", "health authority"},
                 {"state", "state"},
                 {"public_purse", "public purse in all"},
                 {"society", "society"}}},
    .kinds = {{{"benefit", "benefits"},
               {"earnings", "pay"},
               {"tax", "taxes"},
               {"production", "production"},
               {"services", "services"},
               {"time", "time"},
               {"measure", "measures"}}},
    .units = {"single", "thousand", "million"},
    .residual = "The difference of the last whole year goes on for {} years.",
    .residual_for_ever = "The difference of the last whole year goes on for ever.",
    .is_taxes_cost =
        "Society: all six together, and {} % of the sum of the public purse as the cost of taxes. Transfers cancel.",
    .even_after = "Earned back, {}: after {} years, at the end of {} (counted from the beginning of {})",
    .even_never = "Earned back, {}: not within {} years, which is as far as the run goes",
    .even_nothing = "Earned back, {}: there is no difference to earn back",
    .even_chance = "within {} years in {} of them",
    .even_never_chance = "never in the run in {}",
    .even_unsure = " (the middle one of {} {}: {})",
    .draws = "parameter draws",
    .repetitions = "repetitions, luck alone",
    .cost_per_year =
        "Cost to the public purse per further year in work, years discounted as money: {} kroner ({} to {}).",
    .saved_per_year =
        "The public purse saves per further year in work, years discounted as money: {} kroner ({} to {}).",
    .cost_not_known = "The cost per further year in work cannot be told: there may be no further years in work.",
    .cost_error_not_known = "The cost per further year in work cannot be told: its uncertainty is not known.",
    .conventions =
        "Discounted by {}; amounts of a year fall in the middle of it unless the file says otherwise; prices grow by "
        "{} % a year, and amounts follow wages.",
    .rate_after = "{} % after {} years",
    .no_residual = "Nothing is counted after the end of the run.",
    .free_time = "The time of those who come to work counts nothing, which favours measures.",
    .sensitivity = "If one assumption were another",
    .variants = {{{"present_value", "as above"},
                  {"present_value_rate_lower", "discount rate 1 point lower"},
                  {"present_value_rate_higher", "discount rate 1 point higher"},
                  {"present_value_no_tax_cost", "no cost of taxes"},
                  {"present_value_no_residual", "nothing after the end of the run"},
                  {"present_value_displacement_0", "no jobs are taken from others"},
                  {"present_value_displacement_25", "25 % of the jobs are taken from others"},
                  {"present_value_displacement_50", "50 % of the jobs are taken from others"}}},
    .without_price = "Without a price, and not in the sums:",
    .better = "better",
    .worse = "worse",
    .unverified = "Not verified against the source: {}.",
    .inputs = {{{"prices", "growth of prices"},
                {"payers", "who pays benefits"},
                {"taxes", "how taxes are shared"},
                {"municipal_tax_kept", "what a municipality keeps of its taxes"},
                {"contributions", "employers' contributions"},
                {"production", "value of work"},
                {"value_of_time", "value of time"},
                {"services", "price of services"},
                {"discount", "discount rate"},
                {"tax_cost", "cost of taxes"},
                {"displacement", "how many jobs are taken from others"}}}};

}  // namespace

MoneyWording const& money_wording(std::string_view language) {
  if (language == "en") return money_english;
  if (language == "nn") return money_nynorsk;
  return money_bokmaal;
}

std::string money_word(std::string_view name, std::string_view language) {
  MoneyWording const& words = money_wording(language);
  auto const among = [name](auto const& all) {
    auto const found = std::ranges::find(all, name, &Named::name);
    return found == all.end() ? std::string_view{} : found->text;
  };
  for (std::string_view const found : {among(words.ledgers), among(words.kinds), among(words.inputs)})
    if (!found.empty()) return std::string{found};
  return std::string{name};
}

}  // namespace utvei
