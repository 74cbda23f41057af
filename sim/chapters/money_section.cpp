// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include <utvei/results/net_benefit.hpp>
#include <utvei/results/outcome_draws.hpp>
#include <utvei/results/render_comparison.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace utvei {
namespace {

constexpr std::array<std::string_view, 6> payer_names{"person", "employer",         "municipality",
                                                      "county", "health_authority", "state"};
/// With fewer a share of the draws says little.
constexpr std::size_t fewest_for_shares = 50;

ReportText money_label(std::string_view name) {
  if (name == "tax_cost") return said({"skattekostnad", "skattekostnad", "cost of taxes"});
  if (name == "sum") return said({"samfunnet", "samfunnet", "society"});
  return in_three([&](std::string_view language) { return money_word(name, language); });
}

ReportText label_in_list(std::string_view name) {
  return money_label(name);
}

bool counts_money(Contents const& contents, std::size_t scenario) {
  return contents.shows_all() && contents.comparison().money[scenario].has_value();
}

ComparisonRow const* ledger_row(std::vector<ComparisonRow const*> const& rows, std::string_view ledger) {
  auto const found = std::ranges::find_if(
      rows, [&](ComparisonRow const* row) { return row->measure_of == "present_value" && row->state == ledger; });
  return found == rows.end() ? nullptr : *found;
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
void add_payers(Contents const& contents, std::size_t scenario, ReportFigure& figure) {
  auto const rows = contents.rows(scenario, "present_value", false);
  double payers = 0;
  auto const add = [&](std::string const& name, ComparisonRow const& row) {
    std::vector<ReportCell> cells{contents.name(scenario), name, row.difference};
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
  figure.rows.push_back({contents.name(scenario), std::string{"tax_cost"}, society->difference - payers, unknown,
                         unknown, unknown, unknown});
  add("sum", *society);
}

ReportFigure payers_figure(Contents const& contents) {
  ReportFigure figure;
  figure.id = "payers";
  figure.kind = "waterfall";
  figure.title =
      said({"Hvem som får og hvem som betaler", "Kven som får og kven som betaler", "Who gains and who pays"});
  figure.columns = money_limits({scenario_column(),
                                 {"payer", said({"Hvem", "Kven", "Who"}), ReportUnit::text},
                                 {"amount", said({"Kroner", "Kroner", "Kroner"}), ReportUnit::kroner, 0}});
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    if (!counts_money(contents, i)) continue;
    add_payers(contents, i, figure);
    figure.sentence = followed_by(figure.sentence, payers_sentence(contents, i));
    figure.definition = conventions(*contents.comparison().money[i]);
    if (contents.is_assumed(i)) figure.evidence = "assumed";
  }
  figure.definition = followed_by(
      figure.definition,
      said({"Summen er samfunnet: alle seks sammen, og skattekostnaden av det offentliges sum. Overføringer går opp i "
            "opp.",
            "Summen er samfunnet: alle seks saman, og skattekostnaden av summen til det offentlege. Overføringar går "
            "opp i "
            "opp.",
            "The sum is society: all six together, and the cost of taxes of the public purse. Transfers cancel."}));
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
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
  ReportText text = even->median
                        ? said({"{0}: tjent inn igjen for {1} etter {2} år.", "{0}: tent inn att for {1} etter {2} år.",
                                "{0}: earned back for {1} after {2} years."},
                               contents.title(scenario), money_label(ledger), *even->median)
                        : said({"{0}: ikke tjent inn igjen for {1} innen {2} år, som er så langt kjøringen går.",
                                "{0}: ikkje tent inn att for {1} innan {2} år, som er så langt køyringa går.",
                                "{0}: not earned back for {1} within {2} years, which is as far as the run goes."},
                               contents.title(scenario), money_label(ledger), even->horizon);
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

ReportText payers_sentence(Contents const& contents, std::size_t scenario) {
  if (!counts_money(contents, scenario)) return {};
  auto const rows = contents.rows(scenario, "present_value", false);
  std::vector<ComparisonRow const*> payers;
  for (std::string_view const name : payer_names)
    if (auto const* const row = ledger_row(rows, name); row != nullptr && std::abs(row->difference) >= 1000)
      payers.push_back(row);
  std::ranges::stable_sort(payers, std::greater{}, [](auto const* row) { return std::abs(row->difference); });
  auto const list = [&](bool gains) {
    return in_three([&](std::string_view language) {
      std::vector<std::string> parts;
      for (ComparisonRow const* const row : payers)
        if ((row->difference > 0) == gains)
          parts.push_back(money_word(row->state, language) + " " + kroner(row->difference).in(language));
      return fmt::format("{}", fmt::join(parts, ", "));
    });
  };
  ReportText const paying = list(false);
  ReportText const gaining = list(true);
  ReportText text;
  if (!paying.empty())
    text =
        said({"{0}: det koster {1}.", "{0}: det kostar {1}.", "{0}: who pays: {1}."}, contents.title(scenario), paying);
  if (!gaining.empty()) text = followed_by(text, said({"Det gir {}.", "Det gir {}.", "Who gains: {}."}, gaining));
  if (ComparisonRow const* const society = ledger_row(rows, "society"); society != nullptr) {
    auto const limits = shown_interval(*society, 95);
    double others = 0;
    for (std::string_view const name : payer_names)
      if (auto const* const row = ledger_row(rows, name); row != nullptr) others += row->difference;
    constexpr double least_told = 1000;
    if (double const taxes = society->difference - others; std::abs(taxes) >= least_told)
      text = followed_by(text, said(taxes < 0 ? Saying{"Å hente inn skatten til det koster {} i tillegg.",
                                                       "Å hente inn skatten til det kostar {} i tillegg.",
                                                       "Raising the taxes for it costs {} on top."}
                                              : Saying{"Mindre skatt å hente inn sparer {} i tillegg.",
                                                       "Mindre skatt å hente inn sparer {} i tillegg.",
                                                       "Less tax to raise saves {} on top."},
                                    kroner(taxes)));
    ReportText const sum =
        said(society->difference >= 0
                 ? Saying{"Samfunnet i alt: {} i pluss", "Samfunnet i alt: {} i pluss", "Society in all: a gain of {}"}
                 : Saying{"Samfunnet i alt: {} i minus", "Samfunnet i alt: {} i minus", "Society in all: a loss of {}"},
             kroner(society->difference));
    text = followed_by(text, sum);
    if (limits)
      text = followed_by(text, said({" (95 %: {})", " (95 %: {})", " (95 %: {})"}, kroner_interval(*limits)), "");
    text = followed_by(text,
                       limits && limits->first < 0 && limits->second > 0
                           ? said({", som ikke kan skilles fra null.", ", som ikkje kan skiljast frå null.",
                                   ", which cannot be told from zero."})
                           : same_in_all("."),
                       "");
  }
  return text;
}

ReportText money_caveats(Contents const& contents, std::size_t scenario) {
  if (!counts_money(contents, scenario)) return {};
  LedgerRules const& rules = contents.comparison().money[scenario]->rules;
  ReportText text = rules.displacement > 0 ? said({"Det er regnet med at {} av 100 jobber tas fra andre.",
                                                   "Det er rekna med at {} av 100 jobbar blir tekne frå andre.",
                                                   "{} of 100 jobs are taken to be won from others."},
                                                  number_words(100 * rules.displacement, 0))
                                           : said({"Det er regnet med at ingen av jobbene tas fra andre.",
                                                   "Det er rekna med at ingen av jobbane blir tekne frå andre.",
                                                   "None of the jobs is taken to be won from others."});
  if (rules.value_of_time == 0)
    text = followed_by(text, said({"Tiden folk gir opp for å arbeide, har ingen pris.",
                                   "Tida folk gir opp for å arbeide, har ingen pris.",
                                   "The time that people give up for work has no price."}));
  // Which ones stands with the figure of the payers.
  if (rules.unverified.empty()) return text;
  return followed_by(text, counted(rules.unverified.size(),
                                   {"Én av satsene og reglene er ikke kontrollert mot kilden.",
                                    "Éin av satsane og reglane er ikkje kontrollert mot kjelda.",
                                    "One of the rates and rules is not verified against its source."},
                                   {"{} av satsene og reglene er ikke kontrollert mot kilden.",
                                    "{} av satsane og reglane er ikkje kontrollerte mot kjelda.",
                                    "{} of the rates and rules are not verified against their sources."}));
}

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
