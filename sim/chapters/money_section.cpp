// SPDX-License-Identifier: Apache-2.0
#include "areas.hpp"
#include "measure_costs.hpp"
#include "parts.hpp"
#include "payers.hpp"
#include "when_changed.hpp"

#include <utvei/results/net_benefit.hpp>
#include <utvei/results/outcome_draws.hpp>
#include <utvei/results/render_comparison.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

/// With fewer a share of the draws says little.
constexpr std::size_t fewest_for_shares = 50;
/// Of more places their payers would be a good part of the page.
constexpr std::size_t most_places_of_money = 60;

ReportText money_label(std::string_view name) {
  if (name == "tax_cost") return said({"skattekostnad", "skattekostnad", "cost of taxes"});
  if (name == "sum") return said({"samfunnet", "samfunnet", "society"});
  return in_three([&](std::string_view language) { return money_word(name, language); });
}

ReportText label_in_list(std::string_view name) {
  return money_label(name);
}

std::vector<ReportColumn> money_limits(std::vector<ReportColumn> columns) {
  add_limit_columns(columns, ReportUnit::kroner, 0, false);
  return columns;
}

ReportText unverified_in_words(LedgerRules const& rules) {
  if (rules.unverified.empty()) return {};
  ReportText const names = in_three([&](std::string_view language) {
    std::vector<std::string> words;
    for (std::string const& key : rules.unverified) words.push_back(money_word(key, language));
    return fmt::format("{}", fmt::join(words, ", "));
  });
  return said(
      {"Ikke kontrollert mot kilden: {}.", "Ikkje kontrollert mot kjelda: {}.", "Not verified against the source: {}."},
      names);
}

ReportText conventions(MoneySummary const& money) {
  LedgerRules const& rules = money.rules;
  ReportText const text = said(
      {"Nåverdi i {0}, i {1}-kroner; pluss er at noen får mer eller betaler mindre. Kalkulasjonsrente {2} %, "
       "skattekostnad {3} %.",
       "Noverdi i {0}, i {1}-kroner; pluss er at nokon får meir eller betaler mindre. Kalkulasjonsrente {2} %, "
       "skattekostnad {3} %.",
       "Present value in {0}, in kroner of {1}; plus is that somebody receives more or pays less. Discounted by {2} "
       "%, cost of taxes {3} %."},
      money.present_year, rules.kroner_of,
      number_words(rules.discount.empty() ? 0 : 100 * rules.discount.front().rate, 1),
      number_words(100 * rules.tax_cost, 0));
  return followed_by(text, unverified_in_words(rules));
}

/// Six payers, what taxes cost, and society, which they sum to.
void add_payers(Contents const& contents, std::size_t scenario, std::string const& region, ReportFigure& figure) {
  auto const rows = value_rows(contents, scenario, region);
  double payers = 0;
  auto const add = [&](std::string const& name, ComparisonRow const& row) {
    std::vector<ReportCell> cells{contents.name(scenario), region, name, row.difference};
    add_limits(cells, row, false);
    figure.rows.push_back(std::move(cells));
  };
  for (std::string_view const payer : payer_names) {
    ComparisonRow const* const row = ledger_row(rows, payer);
    if (row == nullptr) continue;
    payers += row->difference;
    add(std::string{payer}, *row);
  }
  ComparisonRow const* const society = ledger_row(rows, "society");
  if (society == nullptr) return;
  ReportCell const unknown;
  figure.rows.push_back({contents.name(scenario), region, std::string{"tax_cost"}, society->difference - payers,
                         unknown, unknown, unknown, unknown});
  add("sum", *society);
}

/// Of the places in which the scenario's people can be told.
void add_payers_of_places(Contents const& contents, std::size_t scenario, ReportFigure& figure) {
  if (contents.areas().size() > most_places_of_money) return;
  for (GroupRow const& told : told_places(contents, scenario, contents.main_group())) {
    std::string const& region = told.row.region;
    ReportText const text = payers_sentence(contents, scenario, region);
    if (text.empty()) continue;
    add_payers(contents, scenario, region, figure);
    ReportText& sentence = figure.sentences[region];
    if (sentence.empty()) sentence = of_place(contents, region);
    sentence = followed_by(sentence, text);
  }
}

ReportFigure payers_figure(Contents const& contents) {
  ReportFigure figure;
  figure.id = "payers";
  figure.kind = "waterfall";
  figure.title =
      said({"Hvem som får og hvem som betaler", "Kven som får og kven som betaler", "Who gains and who pays"});
  figure.columns = money_limits({scenario_column(),
                                 region_column(),
                                 {"payer", said({"Hvem", "Kven", "Who"}), ReportUnit::text},
                                 {"amount", said({"Kroner", "Kroner", "Kroner"}), ReportUnit::kroner, 0}});
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    if (!counts_money(contents, i)) continue;
    add_payers(contents, i, {}, figure);
    add_payers_of_places(contents, i, figure);
    figure.sentence = followed_by(figure.sentence, payers_sentence(contents, i));
    figure.definition = conventions(*contents.comparison().money[i]);
    if (contents.is_assumed(i)) figure.evidence = "assumed";
  }
  figure.definition = followed_by(
      followed_by(
          figure.definition,
          said({"Summen er samfunnet: alle seks sammen, og skattekostnaden av det offentliges sum. Overføringer "
                "går opp i opp.",
                "Summen er samfunnet: alle seks saman, og skattekostnaden av summen til det offentlege. "
                "Overføringar går opp i opp.",
                "The sum is society: all six together, and the cost of taxes of the public purse. Transfers "
                "cancel."})),
      rounding_note());
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
  figure.labels["region"] = contents.region_labels();
  for (std::string_view const payer : payer_names) figure.labels["payer"][std::string{payer}] = label_in_list(payer);
  for (char const* const more : {"tax_cost", "sum"}) figure.labels["payer"][more] = label_in_list(more);
  return figure;
}

/// When a ledger has earned back what a scenario costs.
ReportText even_sentence(Contents const& contents, std::size_t scenario, std::string const& ledger) {
  auto const& evens = contents.comparison().money[scenario]->break_even;
  auto const even = std::ranges::find(evens, ledger, &BreakEven::ledger);
  if (even == evens.end()) return {};
  if (even->answers == 0)
    return said({"{0}: det er ingenting å tjene inn for {1}.", "{0}: det er ingenting å tene inn for {1}.",
                 "{0}: there is nothing to earn back for {1}."},
                contents.title(scenario), money_label(ledger));
  int const first = contents.comparison().money[scenario]->present_year;
  ReportText text =
      even->median
          ? said({"{0}: tjent inn igjen for {1} {2} år etter begynnelsen av {3}, ved utgangen av {4}{5}.",
                  "{0}: tent inn att for {1} {2} år etter starten av {3}, ved utgangen av {4}{5}.",
                  "{0}: earned back for {1} {2} years after the beginning of {3}, at the end of {4}{5}."},
                 contents.title(scenario), money_label(ledger), *even->median, first, first + *even->median - 1,
                 // The figure marks when the mean does.
                 even->answers > 1 && contents.has_draws()
                     ? said({", i det midterste av trekkene", ", i det midtarste av trekka", ", in the middle draw"})
                     : ReportText{})
          : said({"{0}: ikke tjent inn igjen for {1} innen {2} år fra begynnelsen av {3}, som er så langt kjøringen "
                  "har hele år.",
                  "{0}: ikkje tent inn att for {1} innan {2} år frå starten av {3}, som er så langt køyringa har heile "
                  "år.",
                  "{0}: not earned back for {1} within {2} years from the beginning of {3}, which is as far as the run "
                  "has whole years."},
                 contents.title(scenario), money_label(ledger), even->horizon, first);
  return text;
}

ReportFigure even_figure(Contents const& contents, std::string const& ledger) {
  ReportFigure figure;
  figure.id = "break-even-" + ledger;
  figure.kind = "break_even";
  figure.title = said({"Når det er tjent inn igjen: {}", "Når det er tent inn att: {}", "When it is earned back: {}"},
                      money_label(ledger));
  figure.columns = money_limits({scenario_column(),
                                 year_column(),
                                 {"net", said({"Sum så langt", "Sum så langt", "Sum so far"}), ReportUnit::kroner, 0}});
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    if (!counts_money(contents, i)) continue;
    int const present_year = contents.comparison().money[i]->present_year;
    for (ComparisonRow const& row : rows_of_gain(contents.baseline(), contents.scenario(i), ledger, present_year)) {
      std::vector<ReportCell> cells{row.scenario, year_of(row.year), row.difference};
      add_limits(cells, row, false);
      figure.rows.push_back(std::move(cells));
    }
    figure.sentence = followed_by(figure.sentence, even_sentence(contents, i, ledger));
    if (contents.is_assumed(i)) figure.evidence = "assumed";
  }
  figure.definition =
      said({"Nåverdien av forskjellen, lagt sammen til og med hvert år. Ingenting etter kjøringens slutt.",
            "Noverdien av skilnaden, lagd saman til og med kvart år. Ingenting etter slutten av køyringa.",
            "The present value of the difference, summed up to the end of each year. Nothing after the end "
            "of the run."});
  mark_partial_years(contents, figure);
  figure.from_year = first_changed_year(contents);
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
  return figure;
}

/// Kroner that the public would pay for a further year in work, up to a round number beyond what it costs.
std::vector<double> thresholds() {
  std::vector<double> all;
  constexpr double step = 100'000;
  constexpr int steps = 20;
  for (int i = 0; i <= steps; ++i) all.push_back(i * step);
  return all;
}

void add_acceptability(Contents const& contents, std::size_t scenario, ReportFigure& figure) {
  std::vector<RunResult const*> const one{&contents.scenario(scenario)};
  auto const gain = outcome_draws(contents.baseline(), one, "present_value,state=public_purse", {});
  auto const years = outcome_draws(contents.baseline(), one, "person_years,state=work", {});
  auto const& kroner_by_draw = gain.differences.front();
  auto const& years_by_draw = years.differences.front();
  for (double const threshold : thresholds()) {
    std::size_t accepted = 0;
    for (std::size_t d = 0; d < kroner_by_draw.size(); ++d)
      accepted += kroner_by_draw[d] + threshold * years_by_draw[d] > 0 ? 1U : 0U;
    figure.rows.push_back({contents.name(scenario), threshold,
                           static_cast<double>(accepted) / static_cast<double>(kroner_by_draw.size())});
  }
}

/// Chances only where a study is behind the effect, and enough draws are behind the chance.
ReportFigure acceptability_figure(Contents const& contents) {
  ReportFigure figure;
  figure.id = "acceptability";
  figure.kind = "acceptability";
  figure.title =
      said({"Hvor ofte det er verdt prisen", "Kor ofte det er verdt prisen", "How often it is worth the price"});
  figure.columns = {
      scenario_column(),
      {"threshold",
       said({"Kroner for et år mer i arbeid", "Kroner for eit år meir i arbeid", "Kroner for a further year in work"}),
       ReportUnit::kroner, 0},
      {"probability", said({"Andel av trekkene", "Del av trekka", "Share of the draws"}), ReportUnit::percent, 0}};
  bool const has_work = contents.has_group("work");
  for (std::size_t i = 0; i < contents.scenarios(); ++i)
    if (has_work && counts_money(contents, i) && !contents.is_assumed(i) &&
        contents.comparison().draws >= fewest_for_shares)
      add_acceptability(contents, i, figure);
  figure.sentence = said({"Jo mer et år i arbeid er verdt for det offentlige, jo oftere lønner det seg.",
                          "Jo meir eit år i arbeid er verdt for det offentlege, jo oftare løner det seg.",
                          "The more a year in work is worth to the public, the more often it pays."});
  figure.definition = said(
      {"Andelen av parametertrekkene der det offentliges nåverdi pluss prisen ganger personårene i arbeid er over "
       "null. "
       "Tilfeldighetene i simuleringen er med i trekkene.",
       "Delen av parametertrekka der noverdien for det offentlege pluss prisen gonger personåra i arbeid er over null. "
       "Slumpen i simuleringa er med i trekka.",
       "The share of the parameter draws in which the present value of the public purse plus the price times the "
       "person-years in work is above zero. Luck of the simulation is part of the draws."});
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
  return figure;
}

}  // namespace

ReportSection money_section(Contents const& contents, LeftOutParts& left_out) {
  ReportSection section{"money", said({"Penger", "Pengar", "Money"}), {}, {}};
  ReportFigure payers = payers_figure(contents);
  if (payers.rows.empty()) {
    left_out.push_back({section.heading,
                        contents.shows_all() ? said({"Kjøringene har ikke kroner, eller er regnet på ulike måter.",
                                                     "Køyringane har ikkje kroner, eller er rekna på ulike måtar.",
                                                     "The runs have no money, or are counted in different ways."})
                                             : said({"Kroner fra et register holdes tilbake.",
                                                     "Kroner frå eit register blir haldne tilbake.",
                                                     "Kroner of a register are held back."}),
                        "utvei run … --set money=money.yaml"});
    return section;
  }
  if (ReportFigure costs = costs_figure(contents); !costs.rows.empty()) section.figures.push_back(std::move(costs));
  section.figures.push_back(std::move(payers));
  for (char const* const ledger : {"public_purse", "society"}) {
    ReportFigure figure = even_figure(contents, ledger);
    if (!figure.rows.empty() && !figure.sentence.empty()) section.figures.push_back(std::move(figure));
  }
  ReportFigure acceptability = acceptability_figure(contents);
  if (!acceptability.rows.empty()) section.figures.push_back(std::move(acceptability));
  return section;
}

}  // namespace utvei
