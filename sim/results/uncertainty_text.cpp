// SPDX-License-Identifier: Apache-2.0
#include "uncertainty_text.hpp"

#include "assumptions.hpp"
#include "half_width.hpp"
#include "intervals.hpp"
#include "wording.hpp"

#include <utvei/results/input_words.hpp>
#include <utvei/results/render_comparison.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_main_outcomes = 4;

/// nb, nn and en.
using InThree = std::array<std::string_view, 3>;

std::size_t column_of(std::string_view language) {
  return language == "en" ? 2 : language == "nn" ? 1 : 0;
}

struct UncertaintyWords {
  InThree how_sure{"Hvor sikre forskjellene er: personår, alle år og regioner",
                   "Kor sikre skilnadene er: personår, alle år og regionar",
                   "How sure the differences are: person-years, all years and regions"};
  InThree outcome{"tilstand", "tilstand", "state"};
  InThree difference{"forskjell", "skilnad", "difference"};
  InThree to{"til", "til", "to"};
  InThree parameters{"parametere ±", "parametrar ±", "parameters ±"};
  InThree chance{"tilfeldighet ±", "slump ±", "chance ±"};
  InThree monte_carlo{"simulering ±", "simulering ±", "simulation ±"};
  InThree told{"skilt fra null", "skild frå null", "told from zero"};
  InThree yes{"ja", "ja", "yes"};
  InThree no{"nei", "nei", "no"};
  InThree hidden{"skjult", "skjult", "hidden"};
  InThree of_one_course{"Intervallene gjelder ett virkelig forløp: parametere og tilfeldighet.",
                        "Intervalla gjeld eitt verkeleg forløp: parametrar og slump.",
                        "The intervals are of one real course: parameters and chance."};
  InThree of_simulation{"Intervallene gjelder simuleringen alene.", "Intervalla gjeld simuleringa aleine.",
                        "The intervals are of the simulation alone."};
  InThree legend{
      "De tre delene (95 %): parametere er det vi ikke vet om rater, tiltak og kostnader; tilfeldighet er hva som kan "
      "skje med en befolkning av denne størrelsen; simulering er det som gjenstår fordi vi har regnet et endelig "
      "antall "
      "ganger, og minker med flere trekk eller gjentakelser.",
      "Dei tre delane (95 %): parametrar er det vi ikkje veit om ratar, tiltak og kostnader; slump er kva som kan "
      "hende "
      "med ei befolkning av denne storleiken; simulering er det som står att fordi vi har rekna eit endeleg tal "
      "gonger, "
      "og minkar med fleire trekk eller gjentakingar.",
      "The three parts (95 %): parameters are what is not known of rates, measures and costs; chance is what may "
      "happen "
      "in a population of this size; simulation is what is left because it was run a limited number of times, and "
      "falls "
      "with more draws or replicates."};
  InThree no_parameters{"Parameterdelen er ikke med: kjørt uten parametertrekk.",
                        "Parameterdelen er ikkje med: køyrt utan parametertrekk.",
                        "The part of the parameters is not there: run without parameter draws."};
};
constexpr UncertaintyWords uncertainty_words{};

struct AssumptionWords {
  InThree heading{"Hva som må være sant", "Kva som må vere sant", "What must be true"};
  InThree no_probability{
      "Hovedvirkningen er en forutsetning: ingen god evidens sier hvor stor den er, og hvor sikkert det er. Derfor "
      "oppgis ingen sannsynlighet for at {} er bedre. Svaret holder bare hvis:",
      "Hovudverknaden er ein føresetnad: ingen god evidens seier kor stor han er, og kor sikkert det er. Difor er det "
      "ikkje oppgitt noko sannsyn for at {} er betre. Svaret held berre om:",
      "The main effect is an assumption: no good evidence says how large it is, and how surely. So no probability is "
      "given that {} is better. The answer holds only if:"};
  /// Where other effects are better known: of which it holds.
  InThree no_probability_of_some{
      "Virkningen av {1} er en forutsetning: ingen god evidens sier hvor stor den er, og hvor sikkert det er. Derfor "
      "oppgis ingen sannsynlighet for at {0} er bedre. Svaret holder bare hvis:",
      "Verknaden av {1} er ein føresetnad: ingen god evidens seier kor stor han er, og kor sikkert det er. Difor er "
      "det "
      "ikkje oppgitt noko sannsyn for at {0} er betre. Svaret held berre om:",
      "The effect of {1} is an assumption: no good evidence says how large it is, and how surely. So no probability is "
      "given that {0} is better. The answer holds only if:"};
  /// In the order of AssumedEffect::Why.
  std::array<InThree, 4> why{
      {{" (antatt)", " (teke for gitt)", " (assumed)"},
       {" (svak evidens)", " (svak evidens)", " (weak evidence)"},
       {" (ett tall, uten intervall)", " (eitt tal, utan intervall)", " (one number, without an interval)"},
       {"", "", ""}}};
  InThree effect{"{}: {} skjer {} ganger så ofte", "{}: {} skjer {} gonger så ofte",
                 "{}: {} happens {} times as often"};
  InThree slowing{"{}: udekket behov gjør at {} skjer {} ganger så ofte",
                  "{}: udekt behov gjer at {} skjer {} gonger så ofte",
                  "{}: an unmet need makes {} happen {} times as often"};
  InThree least{
      "For at forskjellen i {} skal kunne skilles fra null, må virkningen være minst {} % av den forutsatte: {}. "
      "(Regnet rettlinjet i logaritmen fra ingen virkning til den forutsatte, alt annet likt.)",
      "For at skilnaden i {} skal kunne skiljast frå null, må verknaden vere minst {} % av den føresette: {}. "
      "(Rekna rettlinja i logaritmen frå ingen verknad til den føresette, alt anna likt.)",
      "For the difference in {} to be told from zero, the effect must be at least {} % of what is assumed: {}. "
      "(In a straight line in the logarithm from no effect to the assumed one, all else alike.)"};
  InThree not_enough{"Selv om forutsetningen er sann, kan forskjellen i {} ikke skilles fra null.",
                     "Sjølv om føresetnaden er sann, kan skilnaden i {} ikkje skiljast frå null.",
                     "Even if the assumption is true, the difference in {} cannot be told from zero."};
  InThree what_if{"en hva-hvis: {1} skjer {2} ganger så ofte", "ein kva-om: {1} skjer {2} gonger så ofte",
                  "a what-if: {1} happens {2} times as often"};
  InThree of_what_ifs{"En hva-hvis sier hva som følger, ikke om det vil skje.",
                      "Ein kva-om seier kva som følgjer, ikkje om det vil skje.",
                      "A what-if says what would follow, not whether it will be so."};
};
constexpr AssumptionWords assumption_words{};

std::string main_label(Comparison const& comparison, std::string const& state, std::string_view language) {
  RunResult labels;
  labels.states = comparison.states;
  return state_label(labels, state, language);
}

/// What a scenario is for comes first, however surely it is known: people in work, then those outside.
int order_of_group(Comparison const& comparison, std::string const& state) {
  auto const found = std::ranges::find(comparison.states, state, &StateInfo::name);
  if (found == comparison.states.end()) return 2;
  return found->group == "work" ? 0 : found->group == "outside" ? 1 : 2;
}

/// The largest of work, of outside, and of all else, as far as there is room.
std::vector<ComparisonRow const*> first_of_each(Comparison const& comparison,
                                                std::vector<ComparisonRow const*> const& largest_first) {
  std::vector<ComparisonRow const*> chosen, rest;
  std::array<std::size_t, 3> taken{};
  for (ComparisonRow const* const row : largest_first) {
    auto const group = static_cast<std::size_t>(order_of_group(comparison, row->state));
    bool const is_chosen = group < 2 && taken.at(group)++ < most_main_outcomes / 2;
    (is_chosen ? chosen : rest).push_back(row);
  }
  for (ComparisonRow const* const row : rest)
    if (chosen.size() < most_main_outcomes) chosen.push_back(row);
  std::ranges::stable_sort(chosen, {}, [&](auto const* row) { return order_of_group(comparison, row->state); });
  return chosen;
}

/// Person-years over all years and regions that differ: work and outside first, the largest of each.
std::vector<ComparisonRow const*> main_rows(Comparison const& comparison, std::string const& scenario) {
  std::vector<ComparisonRow const*> rows;
  for (ComparisonRow const& row : comparison.rows) {
    bool const is_main = row.measure_of == "person_years" || row.measure_of.starts_with("person_years_by_");
    bool const is_all = row.region.empty() && row.year.empty() && std::ranges::all_of(row.by, &std::string::empty);
    if (is_main && is_all && row.scenario == scenario && row.difference != 0 && row.mc_se) rows.push_back(&row);
  }
  std::ranges::stable_sort(rows, std::greater{}, [](auto const* row) { return std::abs(row->difference); });
  return first_of_each(comparison, rows);
}

/// The interval that ± stands for in the text, of any level.
DifferenceInterval shown_interval(ComparisonRow const& row, double quantile) {
  auto const half = half_width(row);
  if (!half) return std::nullopt;
  double const part = *half * quantile / normal_975;
  return std::pair{row.difference - part, row.difference + part};
}

InputLabels labels_of(Comparison const& comparison, std::size_t scenario) {
  InputLabels labels{comparison.states, comparison.baseline_measures};
  if (scenario < comparison.measures.size())
    labels.measures.insert(labels.measures.end(), comparison.measures[scenario].begin(),
                           comparison.measures[scenario].end());
  return labels;
}

std::string ratios_of(std::vector<AssumedEffect> const& assumed, double share, InputLabels const& labels,
                      std::string_view language) {
  Wording const& words = wording(language);
  std::string text;
  for (AssumedEffect const& effect : assumed) {
    if (!effect.is_main) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {} {}", input_words(effect.transitions, labels, language), effect.ratio >= 1 ? "≥" : "≤",
                        readable(ratio_at_share(effect, share), 2, words));
  }
  return text;
}

/// Main effects that are taken for granted beside others of which a study tells; empty: there are none of these.
std::string assumed_beside_known(Comparison const& comparison, std::size_t scenario, InputLabels const& labels,
                                 std::string_view language) {
  std::vector<std::string> measures, words;
  for (AssumedEffect const& effect : comparison.assumed[scenario])
    if (effect.is_main && std::ranges::find(measures, effect.measure) == measures.end()) {
      measures.push_back(effect.measure);
      words.push_back(inside_sentence(input_words(effect.measure, labels, language)));
    }
  bool const has_known = scenario < comparison.evidence.size() &&
                         std::ranges::any_of(comparison.evidence[scenario], [&](MeasureEvidence const& one) {
                           return is_known(one) && std::ranges::find(measures, one.measure) == measures.end();
                         });
  return has_known ? fmt::format("{}", fmt::join(words, ", ")) : std::string{};
}

}  // namespace

std::string uncertainty_text(Comparison const& comparison, std::size_t scenario, std::string_view language) {
  auto const rows = main_rows(comparison, comparison.scenarios[scenario]);
  if (rows.empty()) return {};
  auto const& own = uncertainty_words;
  Wording const& words = wording(language);
  auto const in = [column = column_of(language)](InThree const& text) { return std::string{text[column]}; };
  bool const has_draws = comparison.draws > 1;
  auto const number = [&words](double value) { return rounded(value, false, words); };
  TextColumns intervals{{in(own.outcome), in(own.difference), "50 %", "80 %", "95 %", in(own.told)}};
  TextColumns parts{{in(own.outcome), in(own.parameters), in(own.chance), in(own.monte_carlo)}};
  for (ComparisonRow const* row : rows) {
    std::string const label = main_label(comparison, row->state, language);
    std::vector<std::string> line{label, number(row->difference)};
    for (double const quantile : {further_levels[0].quantile, further_levels[1].quantile, normal_975}) {
      auto const interval = shown_interval(*row, quantile);
      line.push_back(interval ? fmt::format("{} {} {}", number(interval->first), in(own.to), number(interval->second))
                              : "");
    }
    double const half = half_width(*row).value_or(0);
    line.push_back(std::abs(row->difference) > half ? in(own.yes) : in(own.no));
    intervals.add(std::move(line));
    UncertaintyParts const part = parts_of(*row);
    auto const width = [&](std::optional<double> const& sd) {
      return sd ? number(normal_975 * *sd) : std::string{"–"};
    };
    parts.add({label, row->parameters_hidden ? in(own.hidden) : width(part.parameters), width(part.chance),
               width(part.monte_carlo)});
  }
  std::string text = in(own.how_sure) + "\n\n" + intervals.text() + '\n' + parts.text() + '\n' +
                     in(has_draws ? own.of_one_course : own.of_simulation) + ' ' + in(own.legend) + '\n';
  if (!has_draws) text += in(own.no_parameters) + '\n';
  return text + '\n';
}

std::vector<std::string> what_must_be_true(Comparison const& comparison, std::size_t scenario,
                                           std::string_view language) {
  if (scenario >= comparison.assumed.size() || comparison.assumed[scenario].empty()) return {};
  auto const& assumed = comparison.assumed[scenario];
  auto const& own = assumption_words;
  Wording const& words = wording(language);
  std::size_t const column = column_of(language);
  auto const say = [column](InThree const& text, auto const&... with) {
    return fmt::format(fmt::runtime(text[column]), with...);
  };
  std::vector<std::string> lines;
  bool const is_main = is_main_effect_assumed(assumed);
  InputLabels const labels = labels_of(comparison, scenario);
  std::string const some = is_main ? assumed_beside_known(comparison, scenario, labels, language) : std::string{};
  if (is_main)
    lines.push_back(say(some.empty() ? own.no_probability : own.no_probability_of_some,
                        inside_sentence(scenario_title(comparison, scenario, language)), some));
  for (AssumedEffect const& effect : assumed) {
    InThree const& pattern = effect.is_what_if ? own.what_if : effect.is_slowing ? own.slowing : own.effect;
    lines.push_back("- " +
                    say(pattern, input_words(effect.measure, labels, language),
                        input_words(effect.transitions, labels, language), readable(effect.ratio, 2, words)) +
                    std::string{own.why[static_cast<std::size_t>(effect.why)][column]});
  }
  if (std::ranges::any_of(assumed, &AssumedEffect::is_what_if)) lines.emplace_back(own.of_what_ifs[column]);
  auto const rows = main_rows(comparison, comparison.scenarios[scenario]);
  if (!is_main || rows.empty()) return lines;
  auto const share = share_to_be_told(*rows.front());
  std::string const label = inside_sentence(main_label(comparison, rows.front()->state, language));
  if (share && *share < 1)
    lines.push_back(
        say(own.least, label, readable(100 * *share, 0, words), ratios_of(assumed, *share, labels, language)));
  else if (share)
    lines.push_back(say(own.not_enough, label));
  return lines;
}

std::string assumptions_text(Comparison const& comparison, std::size_t scenario, std::string_view language) {
  auto const section = [](std::string_view heading, std::vector<std::string> const& lines) {
    return lines.empty() ? std::string{} : fmt::format("{}\n\n{}\n\n", heading, fmt::join(lines, "\n"));
  };
  std::vector<std::string> rests_on;
  if (scenario < comparison.evidence.size())
    for (MeasureEvidence const& one : comparison.evidence[scenario])
      rests_on.push_back(fmt::format("- {}: {}", input_words(one.measure, labels_of(comparison, scenario), language),
                                     evidence_words(one, language)));
  return section(evidence_heading(language), rests_on) +
         section(assumption_words.heading[column_of(language)], what_must_be_true(comparison, scenario, language));
}

}  // namespace utvei
