// SPDX-License-Identifier: Apache-2.0
#include "measure_costs.hpp"
#include "own_measures.hpp"
#include "parts.hpp"
#include "payers.hpp"
#include "when_changed.hpp"

#include <utvei/results/assumed.hpp>
#include <utvei/results/evidence.hpp>
#include <utvei/results/render_comparison.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace utvei {
namespace {

/// What is said to be best must be best with this chance.
constexpr double chance_of_best = 0.8;

std::optional<ComparisonRow> whole_row(Contents const& contents, std::size_t scenario, std::string const& group) {
  auto const found =
      rows_of_group(contents.baseline(), contents.scenario(scenario), {group, false, {}}, contents.material().gate);
  if (found.rows.empty()) return std::nullopt;
  return found.rows.front().row;
}

/// Never all, and never none, of a hundred.
int of_a_hundred(double chance) {
  return std::clamp(static_cast<int>(std::round(100 * chance)), 1, 99);
}

/// Of several scenarios: which is best, if that can be told.
ReportText ranking_sentence(Contents const& contents) {
  if (contents.comparison().rankings.empty() || contents.scenarios() < 2) return {};
  Ranking const& ranking = contents.comparison().rankings.front();
  if (!ranking.assumed.empty())
    return said(
        {"Hvilket scenario som er best, er ikke rangert med sannsynligheter, for minst én hovedvirkning er en "
         "forutsetning.",
         "Kva scenario som er best, er ikkje rangert med sannsyn, for minst éin hovudverknad er ein føresetnad.",
         "Which scenario is best has no probabilities, as at least one main effect is an assumption."});
  // Without draws the chances would be of luck alone.
  if (!ranking.has_draws || ranking.scenarios.empty() || ranking.scenarios.front().rank_chances.empty()) return {};
  RankedScenario const& first = ranking.scenarios.front();
  double const chance = first.rank_chances.front();
  if (chance < chance_of_best)
    return said({"Hvilket av de {} alternativene som er best, kan ikke sies.",
                 "Kva for eit av dei {} alternativa som er best, kan ikkje seiast.",
                 "Which of the {} alternatives is best cannot be told."},
                ranking.scenarios.size());
  return said({"{0} er best av {1} alternativer med sannsynlighet {2} av 100.",
               "{0} er best av {1} alternativ med sannsyn {2} av 100.",
               "{0} is the best of {1} alternatives with probability {2} in 100."},
              contents.labelled(first.name), ranking.scenarios.size(), of_a_hundred(chance));
}

/// Of one replicate in which people share places.
ReportText luck_is_not_known() {
  return said(
      {"Hvor sikkert det er, er ikke kjent: forskjellen kan være tilfeldig, for resultatene viser ikke hva "
       "tilfeldigheter gjør.",
       "Kor sikkert det er, er ikkje kjent: skilnaden kan vere tilfeldig, for resultata viser ikkje kva slumpen gjer.",
       "It is not known how sure that is: the difference may be luck, as the results do not show what luck does."});
}

/// Lines of which those that begin with `- ` are parts of a list.
std::string as_sentences(std::vector<std::string> const& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    // How it was reckoned stands with the assumptions, not on the first screen.
    bool const is_part = lines[i].starts_with("- ");
    bool const goes_on = is_part && i + 1 < lines.size() && lines[i + 1].starts_with("- ");
    bool const tells_how = !is_part && lines[i].ends_with(".)");
    std::string const line = is_part     ? lines[i].substr(2)
                             : tells_how ? lines[i].substr(0, lines[i].rfind(" ("))
                                         : lines[i];
    text += (i > 0 ? " " : "") + line;
    if (goes_on)
      text += ';';
    else if (!line.ends_with('.') && !line.ends_with(':'))
      text += '.';
  }
  return text;
}

/// Of a scenario some of whose effects are assumed: what is known of the others.
ReportText better_known(Contents const& contents, std::size_t scenario) {
  if (!contents.is_assumed(scenario)) return {};
  ReportText text;
  for (MeasureEvidence const& one : contents.comparison().evidence[scenario]) {
    bool const is_main = std::ranges::any_of(contents.comparison().assumed[scenario], [&](AssumedEffect const& effect) {
      return effect.is_main && effect.measure == one.measure;
    });
    if (is_main || !is_known(one)) continue;
    text = followed_by(text,
                       said({"Virkningen av {0} er bedre kjent, med {1}.", "Verknaden av {0} er betre kjend, med {1}.",
                             "The effect of {0} is better known, from {1}."},
                            inside(contents.measure(one.measure)),
                            in_three([&](std::string_view language) { return grade_and_source(one, language); })));
  }
  return text;
}

}  // namespace

ReportText people_sentence(Contents const& contents, std::size_t scenario, std::string const& group,
                           ComparisonRow const& row) {
  constexpr double least_told = 0.05;
  auto const time = changed_time(contents, scenario);
  if (!time) return {};
  double const people = std::abs(row.difference) / time->years();
  if (people < least_told) return {};
  return said(row.difference > 0 ? Saying{"Det svarer til {0} flere mennesker {1}, i snitt {2}.",
                                          "Det svarer til {0} fleire menneske {1}, i snitt {2}.",
                                          "That is {0} more people {1}, on average {2}."}
                                 : Saying{"Det svarer til {0} færre mennesker {1}, i snitt {2}.",
                                          "Det svarer til {0} færre menneske {1}, i snitt {2}.",
                                          "That is {0} fewer people {1}, on average {2}."},
              amount(people), people_in(group), time->in_words());
}

std::size_t scenario_in_front(Contents const& contents, std::string const& group) {
  bool const is_less_better = group == "outside";
  std::size_t best = 0;
  double most = 0;
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    auto const row = whole_row(contents, i, group);
    double const gain = row ? (is_less_better ? -row->difference : row->difference) : 0;
    if (i > 0 && gain <= most) continue;
    most = gain;
    best = i;
  }
  return best;
}

ReportText chance_sentence(Contents const& contents, ComparisonRow const& row) {
  if (contents.has_draws() && row.probability_better) {
    bool const is_good = *row.probability_better >= 0.5;
    double const chance = is_good ? *row.probability_better : 1 - *row.probability_better;
    return said(
        is_good
            ? Saying{"Sannsynligheten for at det går riktig vei, er {} av 100, med det vi ikke vet om rater og tiltak.",
                     "Sannsynet for at det går rett veg, er {} av 100, med det vi ikkje veit om ratar og tiltak.",
                     "The probability that it goes the right way is {} in 100, with what is not known of rates and "
                     "measures."}
            : Saying{"Sannsynligheten for at det går feil vei, er {} av 100, med det vi ikke vet om rater og tiltak.",
                     "Sannsynet for at det går feil veg, er {} av 100, med det vi ikkje veit om ratar og tiltak.",
                     "The probability that it goes the wrong way is {} in 100, with what is not known of rates and "
                     "measures."},
        of_a_hundred(chance));
  }
  if (!row.mc_se) return luck_is_not_known();
  return said(
      {"Hvor sikkert det er, er bare delvis kjent: intervallet rommer tilfeldighetene i simuleringen, men ikke det vi "
       "ikke vet om rater og tiltak. Det virkelige intervallet er bredere.",
       "Kor sikkert det er, er berre delvis kjent: intervallet rommar slumpen i simuleringa, men ikkje det vi ikkje "
       "veit om ratar og tiltak. Det verkelege intervallet er breiare.",
       "It is known in part only how sure that is: the interval holds luck in the simulation, but not what is not "
       "known "
       "of rates and measures. The real interval is wider."});
}

ReportText certainty_sentence(Contents const& contents, std::size_t scenario, std::string const& group) {
  auto const row = whole_row(contents, scenario, group);
  if (!row || row->difference == 0) return {};
  ReportText assumed = in_three([&](std::string_view language) {
    return as_sentences(what_must_be_true(contents.comparison(), scenario, language));
  });
  assumed = followed_by(assumed, better_known(contents, scenario));
  // What must be true stands in place of a chance; a what-if stands beside it.
  ReportText const luck = row->mc_se ? contents.few_replicates() : ReportText{};
  if (contents.is_assumed(scenario)) return followed_by(row->mc_se ? luck : luck_is_not_known(), assumed);
  return followed_by(followed_by(chance_sentence(contents, *row), luck), assumed);
}

ReportText who_pays_sentence(Contents const& contents, std::size_t scenario, std::string const& region) {
  ReportText const text =
      followed_by(costs_sentence(contents, scenario, region), payers_sentence(contents, scenario, region));
  auto const rows = value_rows(contents, scenario, region);
  bool const has_money = std::ranges::any_of(rows, [](auto const* row) { return row->difference != 0; });
  return has_money ? followed_by(text, money_caveats(contents, scenario)) : text;
}

std::vector<ReportText> lead_sentences(Contents const& contents) {
  std::string const group = contents.main_group();
  std::size_t const front = scenario_in_front(contents, group);
  auto const row = whole_row(contents, front, group);
  ReportText const people = row ? people_sentence(contents, front, group, *row) : ReportText{};
  ReportText const who_pays = who_pays_sentence(contents, front);
  return {followed_by(followed_by(difference_sentence(contents, front, group), people), ranking_sentence(contents)),
          followed_by(certainty_sentence(contents, front, group), about_each_measure(contents, front, group)),
          !who_pays.empty() ? who_pays
                            : said({"Hva det koster, og hvem som betaler, er ikke regnet.",
                                    "Kva det kostar, og kven som betaler, er ikkje rekna.",
                                    "What it costs, and who pays, is not counted."})};
}

}  // namespace utvei
