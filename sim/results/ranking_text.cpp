// SPDX-License-Identifier: Apache-2.0
#include "ranking_text.hpp"

#include "half_width.hpp"
#include "intervals.hpp"
#include "wording.hpp"

#include <utvei/results/outcome_words.hpp>
#include <utvei/results/text_columns.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

/// nb, nn and en.
using RankingWord = std::array<std::string_view, 3>;

struct RankingWords {
  RankingWord heading{"Rangering etter {}: {} er bedre", "Rangering etter {}: {} er betre",
                      "Ranking by {}: {} is better"};
  RankingWord more{"mer", "meir", "more"};
  RankingWord less{"mindre", "mindre", "less"};
  RankingWord scenario{"scenario", "scenario", "scenario"};
  RankingWord value{"verdi", "verdi", "value"};
  RankingWord difference{"forskjell", "skilnad", "difference"};
  RankingWord first{"sjanse for best", "sjanse for best", "chance of best"};
  RankingWord last{"sjanse for dårligst", "sjanse for dårlegast", "chance of worst"};
  RankingWord expected{"forventet plass", "venta plass", "expected rank"};
  RankingWord better_than{"Sannsynlighet for at den til venstre er bedre enn den over",
                          "Sannsyn for at den til venstre er betre enn den over",
                          "Probability that the one to the left is better than the one above"};
  RankingWord luck{"Sannsynlighetene gjelder bare tilfeldighetene i simuleringen: ingen parametertrekk (draws: 0).",
                   "Sannsyna gjeld berre slumpen i simuleringa: ingen parametertrekk (draws: 0).",
                   "The probabilities cover luck in the simulation only: no parameter draws (draws: 0)."};
  RankingWord unknown{"Usikkerheten er ikke kjent, så ingen sannsynligheter oppgis (kjør med replicates: 20).",
                      "Uvissa er ikkje kjend, så ingen sannsyn er oppgitte (køyr med replicates: 20).",
                      "The uncertainty is not known, so no probabilities are given (run with replicates: 20)."};
  RankingWord assumed{
      "Ingen sannsynligheter der hovedvirkningen er en forutsetning: {}. Rekkefølgen holder bare hvis den er sann.",
      "Ingen sannsyn der hovudverknaden er ein føresetnad: {}. Rekkjefølgja held berre om han er sann.",
      "No probabilities where the main effect is an assumption: {}. The order holds only if it is true."};
  RankingWord no_winner{"Ingen er klart best: {} har størst sjanse, {} %.",
                        "Ingen er klart best: {} har størst sjanse, {} %.",
                        "None is clearly best: {} has the best chance, {} %."};
};
constexpr RankingWords ranking_words{};

struct ContrastWords {
  RankingWord heading{"Forskjell på forskjeller: {} {} mot {}, {}", "Skilnad på skilnader: {} {} mot {}, {}",
                      "Difference of differences: {} {} against {}, {}"};
  RankingWord person_years{"personår", "personår", "person-years"};
  RankingWord defined{"personer etter definisjon", "personar etter definisjon", "people by definition"};
  RankingWord all_years{"alle år", "alle år", "all years"};
  RankingWord state{"tilstand", "tilstand", "state"};
  RankingWord effect{"virkning i {}", "verknad i {}", "effect in {}"};
  RankingWord difference{"forskjell", "skilnad", "difference"};
  RankingWord counted{"i alt", "i alt", "in all"};
  RankingWord per_1000{"per 1000 der", "per 1000 der", "per 1,000 there"};
  RankingWord not_told{"kan ikke skilles fra null", "kan ikkje skiljast frå null", "cannot be told from zero"};
  RankingWord told{"skilt fra null", "skild frå null", "told from zero"};
};
constexpr ContrastWords contrast_words{};

std::size_t ranking_column(std::string_view language) {
  return language == "en" ? 2 : language == "nn" ? 1 : 0;
}

constexpr double clearly_best = 0.95;

std::string chance_text(double chance, Wording const& words) {
  constexpr double nearly = 0.995;
  if (std::isnan(chance)) return "–";
  if (chance > nearly) return "> " + readable(0.99, 2, words);
  if (chance < 1 - nearly) return "< " + readable(0.01, 2, words);
  return readable(chance, 2, words);
}

class RankingText {
 public:
  RankingText(Comparison const& comparison, Ranking const& ranking, std::string_view language)
      : ranking_{ranking},
        outcome_{outcome_words(read_outcome(ranking.outcome, "--rank"), labels_of_outcomes(comparison), language)},
        words_{wording(language)},
        column_{ranking_column(language)} {}

  std::string write() {
    auto const& own = ranking_words;
    std::string text = fmt::format(fmt::runtime(own.heading[column_]), outcome_,
                                   (ranking_.more_is_better ? own.more : own.less)[column_]);
    text += "\n\n" + scenarios() + '\n';
    if (ranking_.scenarios.size() > 2 && !ranking_.better_than.empty())
      text += std::string{own.better_than[column_]} + "\n\n" + pairs() + '\n';
    return text + remarks();
  }

 private:
  [[nodiscard]] std::string in(RankingWord const& word) const { return std::string{word[column_]}; }

  std::string scenarios() const {
    auto const& own = ranking_words;
    TextColumns table{
        {in(own.scenario), in(own.value), in(own.difference), in(own.first), in(own.last), in(own.expected)}};
    for (RankedScenario const& one : ranking_.scenarios) {
      bool const is_told = !one.rank_chances.empty();
      table.add({one.name, rounded(one.value, false, words_), rounded(one.difference, false, words_),
                 is_told ? chance_text(one.rank_chances.front(), words_) : "–",
                 is_told ? chance_text(one.rank_chances.back(), words_) : "–",
                 one.expected_rank ? readable(*one.expected_rank, 1, words_) : "–"});
    }
    return table.text();
  }

  std::string pairs() const {
    std::vector<std::string> header{""};
    for (RankedScenario const& one : ranking_.scenarios) header.push_back(one.name);
    TextColumns table{header};
    for (std::size_t i = 0; i < ranking_.scenarios.size(); ++i) {
      std::vector<std::string> line{ranking_.scenarios[i].name};
      for (double const chance : ranking_.better_than[i]) line.push_back(chance_text(chance, words_));
      table.add(std::move(line));
    }
    return table.text();
  }

  std::string remarks() const {
    auto const& own = ranking_words;
    std::string text;
    if (!ranking_.is_error_known) text += in(own.unknown) + '\n';
    if (!ranking_.assumed.empty())
      text += fmt::format(fmt::runtime(own.assumed[column_]), fmt::join(ranking_.assumed, ", ")) + '\n';
    bool const is_told =
        std::ranges::any_of(ranking_.scenarios, [](auto const& one) { return !one.rank_chances.empty(); });
    if (is_told && ranking_.is_error_known && !ranking_.has_draws) text += in(own.luck) + '\n';
    auto const chance = [](RankedScenario const& one) {
      return one.rank_chances.empty() ? 0 : one.rank_chances.front();
    };
    auto const best = std::ranges::max_element(ranking_.scenarios, {}, chance);
    if (!best->rank_chances.empty() && chance(*best) < clearly_best)
      text += fmt::format(fmt::runtime(own.no_winner[column_]), best->name, readable(100 * chance(*best), 0, words_)) +
              '\n';
    return text + '\n';
  }

  static OutcomeLabels labels_of_outcomes(Comparison const& comparison) {
    OutcomeLabels labels{{comparison.states, comparison.baseline_measures}, comparison.region_names};
    for (auto const& measures : comparison.measures)
      labels.of.measures.insert(labels.of.measures.end(), measures.begin(), measures.end());
    return labels;
  }

  Ranking const& ranking_;
  std::string outcome_;
  Wording const& words_;
  std::size_t column_;
};

/// Lines of one contrast, one scenario, in all or per 1,000.
class ContrastText {
 public:
  ContrastText(Comparison const& comparison, std::string_view language)
      : comparison_{comparison}, language_{language}, words_{wording(language)}, column_{ranking_column(language)} {}

  std::string write(std::vector<ContrastRow const*> const& rows) const {
    auto const& own = contrast_words;
    ContrastRow const& first = *rows.front();
    std::string text =
        fmt::format(fmt::runtime(own.heading[column_]), first.dimension, first.a, first.b,
                    fmt::format("{}, {}{}", quantity_of(first.row.measure_of),
                                first.row.year.empty() ? std::string{own.all_years[column_]} : first.row.year,
                                first.per_1000 ? ", " + std::string{own.per_1000[column_]} : std::string{}));
    auto const effect_in = [&](std::string const& part) {
      return fmt::format(fmt::runtime(own.effect[column_]), part);
    };
    TextColumns table{{std::string{own.state[column_]}, effect_in(first.a), effect_in(first.b),
                       std::string{own.difference[column_]}, "", ""}};
    for (ContrastRow const* row : rows) table.add(line_of(*row));
    return text + "\n\n" + table.text() + '\n';
  }

 private:
  [[nodiscard]] std::string quantity_of(std::string const& table) const {
    if (table.starts_with("person_years")) return std::string{contrast_words.person_years[column_]};
    return table.starts_with("defined") ? std::string{contrast_words.defined[column_]} : table;
  }

  [[nodiscard]] std::vector<std::string> line_of(ContrastRow const& contrast) const {
    auto const number = [&](double value) { return rounded(value, false, words_); };
    RunResult labels;
    labels.states = comparison_.states;
    auto const half = half_width(contrast.row);
    bool const is_told = half && std::abs(contrast.row.difference) > *half;
    auto const& own = contrast_words;
    std::string const verdict{!half || contrast.row.difference == 0 ? std::string_view{}
                              : is_told                             ? own.told[column_]
                                                                    : own.not_told[column_]};
    return {state_label(labels, contrast.row.state, language_),
            number(contrast.effect_a),
            number(contrast.effect_b),
            number(contrast.row.difference),
            half ? "± " + number(*half) : std::string{},
            verdict};
  }

  Comparison const& comparison_;
  std::string_view language_;
  Wording const& words_;
  std::size_t column_;
};

/// Whether two lines stand in one table.
bool are_of_one_table(ContrastRow const& a, ContrastRow const& b) {
  return a.dimension == b.dimension && a.a == b.a && a.b == b.b && a.per_1000 == b.per_1000 &&
         a.row.measure_of == b.row.measure_of && a.row.year == b.row.year;
}

/// Over all years; of what does not add up over them, the last.
std::vector<ContrastRow const*> shown_contrasts(Comparison const& comparison, std::string const& scenario) {
  std::map<std::string, std::string> year;  // by table
  auto const table = [](ContrastRow const& contrast) {
    return fmt::format("{}\n{}\n{}\n{}\n{}", contrast.dimension, contrast.a, contrast.b, contrast.per_1000,
                       contrast.row.measure_of);
  };
  for (ContrastRow const& contrast : comparison.contrasts) {
    auto const [at, is_new] = year.emplace(table(contrast), contrast.row.year);
    if (!is_new && !at->second.empty())
      at->second = contrast.row.year.empty() ? "" : std::max(at->second, contrast.row.year);
  }
  std::vector<ContrastRow const*> shown;
  for (ContrastRow const& contrast : comparison.contrasts)
    if (contrast.row.scenario == scenario && contrast.row.year == year.at(table(contrast))) shown.push_back(&contrast);
  return shown;
}

}  // namespace

std::string rankings_text(Comparison const& comparison, std::string_view language) {
  std::string text;
  for (Ranking const& ranking : comparison.rankings) text += RankingText{comparison, ranking, language}.write();
  return text;
}

std::string contrasts_text(Comparison const& comparison, std::size_t scenario, std::string_view language) {
  auto const shown = shown_contrasts(comparison, comparison.scenarios[scenario]);
  std::string text;
  for (std::size_t first = 0, last = 0; first < shown.size(); first = last) {
    std::vector<ContrastRow const*> rows;
    for (last = first; last < shown.size() && are_of_one_table(*shown[first], *shown[last]); ++last)
      rows.push_back(shown[last]);
    text += ContrastText{comparison, language}.write(rows);
  }
  return text;
}

}  // namespace utvei
