// SPDX-License-Identifier: Apache-2.0
#include "payers.hpp"

#include "measure_costs.hpp"
#include "parts.hpp"

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

/// What taxes cost on top, and what all come to together.
ReportText society_sentence(std::vector<ComparisonRow const*> const& rows) {
  ComparisonRow const* const society = ledger_row(rows, "society");
  if (society == nullptr) return {};
  auto const limits = shown_interval(*society, 95);
  double others = 0;
  for (std::string_view const name : payer_names)
    if (auto const* const row = ledger_row(rows, name); row != nullptr) others += row->difference;
  constexpr double least_told = 1000;
  ReportText text;
  if (double const taxes = society->difference - others; std::abs(taxes) >= least_told)
    text =
        said(taxes < 0 ? Saying{"Å hente inn skatten til det koster {} i tillegg.",
                                "Å hente inn skatten til det kostar {} i tillegg.",
                                "Raising the taxes for it costs {} on top."}
                       : Saying{"Mindre skatt å hente inn sparer {} i tillegg.",
                                "Mindre skatt å hente inn sparer {} i tillegg.", "Less tax to raise saves {} on top."},
             kroner(taxes));
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
  return text;
}

}  // namespace

bool counts_money(Contents const& contents, std::size_t scenario) {
  return contents.shows_all() && contents.comparison().money[scenario].has_value();
}

ComparisonRow const* ledger_row(std::vector<ComparisonRow const*> const& rows, std::string_view ledger) {
  auto const found = std::ranges::find_if(
      rows, [&](ComparisonRow const* row) { return row->measure_of == "present_value" && row->state == ledger; });
  return found == rows.end() ? nullptr : *found;
}

std::vector<ComparisonRow const*> value_rows(Contents const& contents, std::size_t scenario,
                                             std::string const& region) {
  auto rows = contents.rows(scenario, "present_value", false, !region.empty());
  std::erase_if(rows, [&](ComparisonRow const* row) { return row->region != region; });
  return rows;
}

ReportText payers_sentence(Contents const& contents, std::size_t scenario, std::string const& region) {
  if (!counts_money(contents, scenario)) return {};
  auto const rows = value_rows(contents, scenario, region);
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
          parts.push_back(payer_in_words(contents, row->state, region).in(language) + " " +
                          kroner(row->difference).in(language));
      return fmt::format("{}", fmt::join(parts, ", "));
    });
  };
  ReportText const paying = list(false);
  ReportText const gaining = list(true);
  ReportText text;
  if (!paying.empty())
    text = said(
        {"{0}, alt medregnet (nåverdi i {2}): det koster {1}.", "{0}, alt medrekna (noverdi i {2}): det kostar {1}.",
         "{0}, all counted (present value in {2}): who pays: {1}."},
        contents.title(scenario), paying, contents.comparison().money[scenario]->present_year);
  if (!gaining.empty()) text = followed_by(text, said({"Det gir {}.", "Det gir {}.", "Who gains: {}."}, gaining));
  if (ComparisonRow const* const all = ledger_row(rows, "society");
      text.empty() && all != nullptr && all->difference == 0)
    return said({"{} endrer ikke hva noen betaler eller får.", "{} endrar ikkje kva nokon betaler eller får.",
                 "{}: nobody pays or receives anything else."},
                contents.title(scenario));
  return followed_by(text, society_sentence(rows));
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

}  // namespace utvei
