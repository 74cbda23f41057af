// SPDX-License-Identifier: Apache-2.0
#include "wording.hpp"

#include <utvei/results/compare.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::string_view narrow_space = "\u202f";

constexpr Wording bokmaal{
    .person_years = "Personår i hver tilstand, {}",
    .stock = "Personer i hver tilstand ved tellingen i {}",
    .transitions = "Overganger, {}",
    .defined = "Personer etter definisjon ved tellingen i {}",
    .where_definitions_stand = "Hvem hver definisjon teller, står under `definitions` i {}.",
    .income = "Personer etter husholdningens inntekt i {}",
    .not_low = "Ikke lav inntekt",
    .low = "Lav inntekt bare i året",
    .persistently_low = "Vedvarende lav inntekt",
    .what_low_is =
        "Lav inntekt: husholdningens inntekt per forbruksenhet under 60 % av medianen, hvis ikke inntektsfilen sier "
        "noe "
        "annet; vedvarende: snittet av tre år under 60 % av snittet av de tre medianene.",
    .by_region = "Forskjell etter region: {}",
    .by_year = "Forskjell etter år: {}",
    .all_regions = "alle regioner",
    .state = "tilstand",
    .transition = "overgang",
    .region = "region",
    .year = "år",
    .definition = "definisjon",
    .baseline = "grunnlag",
    .difference = "forskjell",
    .measures = "Tiltak, {}",
    .measure = "tiltak",
    .offered = "tilbudt",
    .refused = "takket nei",
    .began = "begynte",
    .mean_wait = "ventet i snitt",
    .gave_up = "ga opp",
    .stopped_qualifying = "falt ut",
    .waiting = "venter",
    .taking_part = "deltar",
    .years_in_measure = "personår",
    .of_mean_wait = "Ventet i snitt: dager, for dem som begynte.",
    .of_stopped_qualifying = "Falt ut: oppfylte ikke lenger vilkårene mens de ventet.",
    .of_heads = "Venter og deltar: ved tellingen i {}.",
    .more_person_years = "{} gir {} flere personår {}",
    .fewer_person_years = "{} gir {} færre personår {}",
    .not_told_apart = "; kan ikke skilles fra null",
    .in_short = "Kort: {} Hva svaret hviler på, og hvor sikkert det er, står lenger ned.",
    .the_state = "i tilstanden «{}»",
    .in_work_is =
        "Hver linje er én tilstand. Det rapporten kaller «i arbeid», er flere av dem sammen ({}): forskjell {}.",
    .no_difference = "{} gir ingen forskjell i {}.",
    .half_width_luck =
        "± er 95 % usikkerhet fra tilfeldighetene i simuleringen; usikkerhet i rater og antakelser kommer i tillegg.",
    .half_width_parameters = "± er 95 % usikkerhet fra ratene og tilfeldighetene sammen.",
    .no_half_width = "Usikkerheten er ikke kjent.",
    .stands_for = "Tallene er personer: hver simulert person står for {}.",
    .others_left_out = "({} til er ikke vist; bruk --format csv for alle.)",
    .decimal_point = ',',
    .thousands = narrow_space};

constexpr Wording nynorsk{
    .person_years = "Personår i kvar tilstand, {}",
    .stock = "Personar i kvar tilstand ved teljinga i {}",
    .transitions = "Overgangar, {}",
    .defined = "Personar etter definisjon ved teljinga i {}",
    .where_definitions_stand = "Kven kvar definisjon tel, står under `definitions` i {}.",
    .income = "Personar etter inntekta i hushaldet i {}",
    .not_low = "Ikkje låg inntekt",
    .low = "Låg inntekt berre i året",
    .persistently_low = "Vedvarande låg inntekt",
    .what_low_is =
        "Låg inntekt: inntekta til hushaldet per forbrukseining under 60 % av medianen, om ikkje inntektsfila seier "
        "noko "
        "anna; vedvarande: snittet av tre år under 60 % av snittet av dei tre medianane.",
    .by_region = "Skilnad etter region: {}",
    .by_year = "Skilnad etter år: {}",
    .all_regions = "alle regionar",
    .state = "tilstand",
    .transition = "overgang",
    .region = "region",
    .year = "år",
    .definition = "definisjon",
    .baseline = "grunnlag",
    .difference = "skilnad",
    .measures = "Tiltak, {}",
    .measure = "tiltak",
    .offered = "tilbode",
    .refused = "takka nei",
    .began = "byrja",
    .mean_wait = "venta i snitt",
    .gave_up = "gav opp",
    .stopped_qualifying = "fall ut",
    .waiting = "ventar",
    .taking_part = "deltek",
    .years_in_measure = "personår",
    .of_mean_wait = "Venta i snitt: dagar, for dei som byrja.",
    .of_stopped_qualifying = "Fall ut: oppfylte ikkje lenger vilkåra medan dei venta.",
    .of_heads = "Ventar og deltek: ved teljinga i {}.",
    .more_person_years = "{} gir {} fleire personår {}",
    .fewer_person_years = "{} gir {} færre personår {}",
    .not_told_apart = "; kan ikkje skiljast frå null",
    .in_short = "Kort: {} Kva svaret kviler på, og kor sikkert det er, står lenger nede.",
    .the_state = "i tilstanden «{}»",
    .in_work_is =
        "Kvar linje er éin tilstand. Det rapporten kallar «i arbeid», er fleire av dei saman ({}): skilnad {}.",
    .no_difference = "{} gir ingen skilnad i {}.",
    .half_width_luck = "± er 95 % uvisse frå slumpen i simuleringa; uvisse i ratar og føresetnader kjem i tillegg.",
    .half_width_parameters = "± er 95 % uvisse frå ratane og slumpen saman.",
    .no_half_width = "Uvissa er ikkje kjend.",
    .stands_for = "Tala er personar: kvar simulert person står for {}.",
    .others_left_out = "({} til er ikkje viste; bruk --format csv for alle.)",
    .decimal_point = ',',
    .thousands = narrow_space};

constexpr Wording english{
    .person_years = "Person-years in each state, {}",
    .stock = "People in each state at the count of {}",
    .transitions = "Transitions, {}",
    .defined = "People by definition at the count of {}",
    .where_definitions_stand = "Whom each definition counts stands under `definitions` in {}.",
    .income = "People by the income of their household in {}",
    .not_low = "Not low",
    .low = "Low in the year only",
    .persistently_low = "Persistently low",
    .what_low_is =
        "Low income: the household's income per consumption unit under 60 % of the median, unless the income file says "
        "otherwise; persistent: the mean of three years under 60 % of the mean of the three medians.",
    .by_region = "Difference by region: {}",
    .by_year = "Difference by year: {}",
    .all_regions = "all regions",
    .state = "state",
    .transition = "transition",
    .region = "region",
    .year = "year",
    .definition = "definition",
    .baseline = "baseline",
    .difference = "difference",
    .measures = "Measures, {}",
    .measure = "measure",
    .offered = "offered",
    .refused = "refused",
    .began = "began",
    .mean_wait = "mean wait",
    .gave_up = "gave up",
    .stopped_qualifying = "dropped",
    .waiting = "waiting",
    .taking_part = "taking part",
    .years_in_measure = "person-years",
    .of_mean_wait = "Mean wait: days, of those who began.",
    .of_stopped_qualifying = "Dropped: ceased to qualify while they waited.",
    .of_heads = "Waiting and taking part: at the count of {}.",
    .more_person_years = "{} gives {} more person-years {}",
    .fewer_person_years = "{} gives {} fewer person-years {}",
    .not_told_apart = "; cannot be told from zero",
    .in_short = "In short: {} What the answer rests on, and how sure it is, stands further down.",
    .the_state = "in the state “{}”",
    .in_work_is =
        "Each line is one state. What the report calls “in work” is several of them together ({}): difference {}.",
    .no_difference = "{} makes no difference in {}.",
    .half_width_luck =
        "± is 95 % uncertainty from luck in the simulation; uncertainty in rates and assumptions comes on top.",
    .half_width_parameters = "± is 95 % uncertainty from the rates and from chance together.",
    .no_half_width = "The uncertainty is not known.",
    .stands_for = "Numbers are of people: each person who was simulated stands for {}.",
    .others_left_out = "({} more are not shown; use --format csv for all.)",
    .decimal_point = '.',
    .thousands = ","};

/// In nb, nn, en.
struct NoteWording {
  ComparisonNote::Kind kind{};
  std::array<std::string_view, 3> text;
};

constexpr std::array<NoteWording, 16> note_wordings{{
    {ComparisonNote::Kind::probability_is_monte_carlo,
     {"sannsynligheten for bedre gjelder bare tilfeldighetene i simuleringen: kjøringene har ingen parametertrekk "
      "(draws: 0)",
      "sannsynet for betre gjeld berre slumpen i simuleringa: køyringane har ingen parametertrekk (draws: 0)",
      "the probability of better covers luck in the simulation only: the runs have no parameter draws (draws: 0)"}},
    {ComparisonNote::Kind::no_monte_carlo_error,
     {"`{}`: usikkerheten fra simuleringen er ikke kjent, for resultatene har verken grupper eller mer enn én "
      "gjentakelse",
      "`{}`: uvissa frå simuleringa er ikkje kjend, for resultata har korkje grupper eller meir enn éi gjentaking",
      "`{}`: the Monte Carlo error is not known, as the results have neither groups nor more than one replicate"}},
    {ComparisonNote::Kind::error_from_replicates,
     {"`{}`: usikkerheten fra simuleringen er regnet fra gjentakelsene, for resultatene har ingen grupper",
      "`{}`: uvissa frå simuleringa er rekna frå gjentakingane, for resultata har ingen grupper",
      "`{}`: the Monte Carlo error comes from the replicates, as the results have no groups"}},
    {ComparisonNote::Kind::places_couple_people,
     {"`{}`: usikkerheten fra simuleringen er regnet fra gjentakelsene: hvem som får de siste plassene, henger sammen",
      "`{}`: uvissa frå simuleringa er rekna frå gjentakingane: kven som får dei siste plassane, heng saman",
      "`{}`: the Monte Carlo error comes from the replicates: limited places make people depend on each other"}},
    {ComparisonNote::Kind::places_couple_people_of_one_run,
     {"`{}`: usikkerheten fra simuleringen er ikke kjent: begrensede plasser gjør folk avhengige av hverandre, og det "
      "er bare én gjentakelse (kjør begge med for eksempel replicates: 20)",
      "`{}`: uvissa frå simuleringa er ikkje kjend: avgrensa plassar gjer folk avhengige av kvarandre, og det er berre "
      "éi gjentaking (køyr begge med til dømes replicates: 20)",
      "`{}`: the Monte Carlo error is not known: limited places make people depend on each other, and there is one "
      "replicate only (run both with, say, replicates: 20)"}},
    {ComparisonNote::Kind::group_sizes_unknown,
     {"`{}`: gruppenes størrelse er ikke kjent; usikkerheten fra simuleringen er litt for stor",
      "`{}`: storleiken på gruppene er ikkje kjend; uvissa frå simuleringa er litt for stor",
      "`{}`: the sizes of the groups are not known; the Monte Carlo error is a little too large"}},
    {ComparisonNote::Kind::no_parameter_interval,
     {"intervallene mangler: uten usikkerheten fra simuleringen kan den ikke trekkes fra",
      "intervalla manglar: utan uvissa frå simuleringa kan ho ikkje trekkjast frå",
      "there are no intervals: the Monte Carlo variance is not known and cannot be taken out"}},
    {ComparisonNote::Kind::parameters_hidden,
     {"`{}`: noen steder skiller trekningene seg ikke mer enn tilfeldighetene gjør, så usikkerheten fra ratene vises "
      "ikke "
      "for seg; flere personer eller trekninger kan skille dem",
      "`{}`: nokre stader skil trekningane seg ikkje meir enn tilfella gjer, så uvissa frå ratene er ikkje vist for "
      "seg; "
      "fleire personar eller trekningar kan skilje dei",
      "`{}`: in places draws differ by no more than luck does, so the uncertainty of the rates is not shown by itself; "
      "more persons or draws can tell them apart"}},
    {ComparisonNote::Kind::only_in_one_result,
     {"tabellen `{}` finnes bare i grunnlaget", "tabellen `{}` finst berre i grunnlaget",
      "table `{}` is in the baseline only"}},
    {ComparisonNote::Kind::money_in_one_result,
     {"`{}`: penger vises ikke, for bare den ene av kjøringene har `money`",
      "`{}`: pengar er ikkje viste, for berre den eine av køyringane har `money`",
      "`{}`: no money is shown, as only one of the runs has `money`"}},
    {ComparisonNote::Kind::money_by_other_rules,
     {"`{}`: penger vises ikke, for de to kjøringene er regnet med ulike kroner, priser, renter eller skattekostnad",
      "`{}`: pengar er ikkje viste, for dei to køyringane er rekna med ulike kroner, prisar, renter eller "
      "skattekostnad",
      "`{}`: no money is shown, as the two runs are counted in other kroner or prices, or with other rates or tax "
      "costs"}},
    {ComparisonNote::Kind::money_of_other_payers,
     {"`{}`: hvem som betaler, hvor skatten går eller hva tjenester koster, er et annet enn i grunnlaget",
      "`{}`: kven som betaler, kvar skatten går eller kva tenester kostar, er eit anna enn i grunnlaget",
      "`{}`: who pays, where taxes go or what services cost is not what it is in the baseline"}},
    {ComparisonNote::Kind::needs_slow_by_assumption,
     {"`{}`: at udekkede behov bremser veien ut, er en forutsetning, ikke evidens: forsøk med samordning fant ingen "
      "virkning på arbeid",
      "`{}`: at udekte behov bremsar vegen ut, er ein føresetnad, ikkje evidens: forsøk med samordning fann ingen "
      "verknad på arbeid",
      "`{}`: that unmet needs slow the way out is an assumption, not evidence: trials of coordination found no effect "
      "on work"}},
    {ComparisonNote::Kind::other_follow_up,
     {"`{}` er ikke det samme i de to kjøringene, og sammenlignes ikke",
      "`{}` er ikkje det same i dei to køyringane, og blir ikkje samanlikna",
      "`{}` is not the same in the two runs, and is not compared"}},
    {ComparisonNote::Kind::main_effect_is_assumed,
     {"`{}`: hovedvirkningen er en forutsetning, så ingen sannsynlighet for bedre oppgis; svaret holder hvis "
      "forutsetningen er sann",
      "`{}`: hovudverknaden er ein føresetnad, så ikkje noko sannsyn for betre er oppgitt; svaret held om føresetnaden "
      "er sann",
      "`{}`: the main effect is an assumption, so no probability of better is given; the answer holds if the "
      "assumption "
      "is true"}},
    {ComparisonNote::Kind::displacement_unknown,
     {"`{}`: hva det koster at jobber tas fra andre, er ikke kjent uten en tabell etter år og tilstand, eller fra et "
      "register",
      "`{}`: kva det kostar at jobbar blir tekne frå andre, er ikkje kjent utan ein tabell etter år og tilstand, eller "
      "frå eit register",
      "`{}`: what it costs that jobs are taken from others is not known without a table by year and state, or of a "
      "register"}},
}};

}  // namespace

Wording const& wording(std::string_view language) {
  if (language == "en") return english;
  if (language == "nn") return nynorsk;
  return bokmaal;
}

namespace {

/// Whether its detail is the name of a table, which English readers can take for a word.
bool is_of_tables(ComparisonNote::Kind kind) {
  using Kind = ComparisonNote::Kind;
  return kind == Kind::no_monte_carlo_error || kind == Kind::error_from_replicates ||
         kind == Kind::group_sizes_unknown || kind == Kind::parameters_hidden || kind == Kind::only_in_one_result;
}

}  // namespace

std::string text_of(ComparisonNote const& note, std::string_view language) {
  auto const found = std::ranges::find(note_wordings, note.kind, &NoteWording::kind);
  std::size_t const column = language == "en" ? 2 : language == "nn" ? 1 : 0;
  bool const is_in_words = column != 2 && is_of_tables(note.kind);
  return fmt::format(fmt::runtime(found->text[column]),
                     is_in_words ? tables_in_words(note.detail, language) : note.detail);
}

namespace {

bool is_shared(ComparisonNote::Kind kind) {
  return kind == ComparisonNote::Kind::no_monte_carlo_error || kind == ComparisonNote::Kind::places_couple_people ||
         kind == ComparisonNote::Kind::places_couple_people_of_one_run ||
         kind == ComparisonNote::Kind::parameters_hidden;
}

}  // namespace

std::vector<ComparisonNote> joined(std::vector<ComparisonNote> const& notes) {
  std::vector<ComparisonNote> together;
  for (ComparisonNote const& note : notes) {
    auto const same = std::ranges::find(together, note.kind, &ComparisonNote::kind);
    if (is_shared(note.kind) && same != together.end()) {
      same->detail += "`, `" + note.detail;  // the wording has it in such quotes
    } else {
      together.push_back(note);
    }
  }
  return together;
}

std::string readable(double number, int decimals, Wording const& words) {
  std::string digits = fmt::format("{:.{}f}", std::abs(number), decimals);
  bool const is_zero = digits.find_first_not_of("0.") == std::string::npos;
  auto const point = digits.find('.');
  std::string const whole = digits.substr(0, point);
  std::string text = number < 0 && !is_zero ? "−" : "";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) text += words.thousands;
    text += whole[i];
  }
  if (point != std::string::npos) text += words.decimal_point + digits.substr(point + 1);
  return text;
}

std::string readable(double number, int decimals, std::string_view language) {
  return readable(number, decimals, wording(language));
}

std::string readable_signed(double number, int decimals, std::string_view language) {
  std::string const text = readable(number, decimals, language);
  bool const is_more = number > 0 && text.find_first_of("123456789") != std::string::npos;
  return is_more ? "+" + text : text;
}

std::string readable_digits(double number, std::string_view language) {
  constexpr double whole_from = 999.5;
  constexpr int most_decimals = 12;
  double const size = std::abs(number);
  if (size >= whole_from || size == 0) return readable(number, 0, language);
  int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(size))), 0, most_decimals);
  std::string const digits = fmt::format("{:.{}f}", size, decimals);
  std::size_t const last = digits.find_last_not_of('0');
  if (decimals > 0) decimals -= static_cast<int>(digits.size() - 1 - last);
  return readable(number, std::max(decimals, 0), language);
}

std::string rounded(double number, bool whole, Wording const& words) {
  constexpr double large = 100;
  return readable(number, whole || std::abs(number) >= large ? 0 : 1, words);
}

std::string inside_sentence(std::string label) {
  auto const goes_on_small = [&label](std::size_t at) {
    std::string_view const rest = std::string_view{label}.substr(std::min(at, label.size()));
    constexpr std::array<std::string_view, 5> small{"æ", "ø", "å", "ä", "ö"};
    return (!rest.empty() && rest[0] >= 'a' && rest[0] <= 'z') ||
           std::ranges::any_of(small, [&](auto letter) { return rest.starts_with(letter); });
  };
  if (label.empty()) return label;
  if (label[0] >= 'A' && label[0] <= 'Z' && goes_on_small(1)) label[0] = static_cast<char>(label[0] - 'A' + 'a');
  // In UTF-8 the small letter is 32 up in the second byte.
  constexpr std::array<std::string_view, 5> large{"Æ", "Ø", "Å", "Ä", "Ö"};
  bool const begins_large = std::ranges::any_of(large, [&](auto letter) { return label.starts_with(letter); });
  if (begins_large && goes_on_small(2)) label[1] = static_cast<char>(label[1] + 32);
  return label;
}

std::string in_state(std::string_view name, std::string const& label, std::string_view language) {
  // Nobody is inside of being dead.
  std::string_view const with = name == "dead" ? (language == "en" ? "as" : "som") : (language == "en" ? "in" : "i");
  return fmt::format("{} {}", with, inside_sentence(label));
}

std::size_t display_width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace utvei
