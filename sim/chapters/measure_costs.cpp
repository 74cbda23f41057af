// SPDX-License-Identifier: Apache-2.0
#include "measure_costs.hpp"

#include "areas.hpp"
#include "file_words.hpp"
#include "region_kinds.hpp"

#include <utvei/core/time.hpp>
#include <utvei/results/render_comparison.hpp>

#include <algorithm>
#include <map>

namespace utvei {
namespace {

PaymentInfo const* payment_named(RunResult const& result, std::string const& name) {
  auto const found = std::ranges::find(result.payments, name, &PaymentInfo::name);
  return found == result.payments.end() ? nullptr : &*found;
}

int kroner_of(Contents const& contents, std::size_t scenario) {
  return contents.comparison().money[scenario]->rules.kroner_of;
}

/// How long the run is in these years: it may have a part of one of them alone.
double years_run(Contents const& contents, int first, int last) {
  Provenance const& provenance = contents.baseline().provenance;
  auto const start = parse_date(provenance.start);
  auto const end = parse_date(provenance.end);
  if (!start || !end) return last - first + 1;
  double run = 0;
  for (int year = first; year <= last; ++year) {
    Instant const begins = start_of_year(year);
    Instant const ends = start_of_year(year + 1);
    auto const covered = std::min(*end, ends) - std::max(*start, begins);
    run += static_cast<double>(covered.minutes) / static_cast<double>((ends - begins).minutes);
  }
  return run > 0 ? run : last - first + 1;
}

/// Whether several municipalities lie in a region; empty: in all of them.
bool has_many_municipalities(Contents const& contents, std::string const& region) {
  ReportArea const* const area = contents.area(region);
  if (area != nullptr) return area->level == "county" || area->regions.size() > 1;
  return std::ranges::count_if(contents.areas(), is_place) > 1 || kind_of_regions(contents) == "county";
}

}  // namespace

std::vector<GrossCost> measure_costs(Contents const& contents, std::size_t scenario, std::string const& region) {
  std::vector<GrossCost> costs;
  if (!contents.shows_all() || !contents.comparison().money[scenario]) return costs;
  for (ComparisonRow const* const row : contents.rows(scenario, "payments", true, !region.empty())) {
    if (row->region != region) continue;
    PaymentInfo const* const payment = payment_named(contents.scenario(scenario), row->state);
    if (payment == nullptr || payment->kind != "measure" || row->difference == 0) continue;
    auto found = std::ranges::find_if(
        costs, [&](GrossCost const& one) { return one.measure == payment->of_measure && one.payer == payment->from; });
    int const year = static_cast<int>(year_of(row->year));
    if (found == costs.end()) found = costs.insert(found, {payment->of_measure, payment->from, 0, year, year});
    found->kroner += row->difference;
    found->first_year = std::min(found->first_year, year);
    found->last_year = std::max(found->last_year, year);
  }
  return costs;
}

double cost_of_measure(Contents const& contents, std::size_t scenario, std::string const& measure) {
  double sum = 0;
  for (GrossCost const& cost : measure_costs(contents, scenario)) sum += cost.measure == measure ? cost.kroner : 0;
  return sum;
}

ReportText payer_in_words(Contents const& contents, std::string const& payer, std::string const& region) {
  if (payer == "municipality" && has_many_municipalities(contents, region))
    return said({"kommunene", "kommunane", "the municipalities"});
  return in_three([&](std::string_view language) { return money_word(payer, language); });
}

ReportText costs_sentence(Contents const& contents, std::size_t scenario, std::string const& region) {
  auto const costs = measure_costs(contents, scenario, region);
  if (costs.empty()) return {};
  double sum = 0;
  int first = costs.front().first_year;
  int last = costs.front().last_year;
  std::map<std::string, double> by_payer;
  for (GrossCost const& cost : costs) {
    sum += cost.kroner;
    first = std::min(first, cost.first_year);
    last = std::max(last, cost.last_year);
    by_payer[cost.payer] += cost.kroner;
  }
  std::vector<std::pair<std::string, double>> payers{by_payer.begin(), by_payer.end()};
  std::ranges::stable_sort(payers, std::greater{}, [](auto const& one) { return one.second; });
  std::vector<ReportText> paid;
  for (auto const& [payer, amount] : payers)
    paid.push_back(followed_by(payer_in_words(contents, payer, region), kroner(amount)));
  ReportText const time = first == last
                              ? said({"i {}", "i {}", "in {}"}, first)
                              : said({"fra {0} til {1}, i snitt {2} i året", "frå {0} til {1}, i snitt {2} i året",
                                      "from {0} to {1}, on average {2} a year"},
                                     first, last, kroner(sum / years_run(contents, first, last)));
  bool const is_one = std::ranges::all_of(costs, [&](GrossCost const& one) { return one.measure == costs[0].measure; });
  if (is_one)
    return said({"Tiltaket selv koster {0} {1} ({2}-kroner, ikke diskontert). Det betaler {3}.",
                 "Tiltaket sjølv kostar {0} {1} ({2}-kroner, ikkje diskontert). Det betaler {3}.",
                 "The measure itself costs {0} {1} (kroner of {2}, not discounted). Who pays that: {3}."},
                kroner(sum), time, kroner_of(contents, scenario), listed(paid));
  return said({"Tiltakene selv koster {0} {1} ({2}-kroner, ikke diskontert). Det betaler {3}.",
               "Tiltaka sjølve kostar {0} {1} ({2}-kroner, ikkje diskontert). Det betaler {3}.",
               "The measures themselves cost {0} {1} (kroner of {2}, not discounted). Who pays that: {3}."},
              kroner(sum), time, kroner_of(contents, scenario), listed(paid));
}

ReportFigure costs_figure(Contents const& contents) {
  ReportFigure figure;
  figure.id = "measure-costs";
  figure.kind = "table";
  figure.title = said({"Hva tiltakene selv koster", "Kva tiltaka sjølve kostar", "What the measures themselves cost"});
  figure.columns = {scenario_column(),
                    {"measure", said({"Tiltak", "Tiltak", "Measure"}), ReportUnit::text},
                    {"payer", said({"Hvem som betaler", "Kven som betaler", "Who pays"}), ReportUnit::text},
                    {"amount", said({"Kroner i alt", "Kroner i alt", "Kroner in all"}), ReportUnit::kroner, 0},
                    {"a_year", said({"I året", "I året", "A year"}), ReportUnit::kroner, 0},
                    {"first_year", said({"Fra", "Frå", "From"}), ReportUnit::integer},
                    {"last_year", said({"Til", "Til", "To"}), ReportUnit::integer}};
  for (std::size_t i = 0; i < contents.scenarios(); ++i) {
    for (GrossCost const& cost : measure_costs(contents, i)) {
      figure.rows.push_back({contents.name(i), cost.measure, cost.payer, cost.kroner,
                             cost.kroner / years_run(contents, cost.first_year, cost.last_year),
                             static_cast<double>(cost.first_year), static_cast<double>(cost.last_year)});
      figure.labels["measure"][cost.measure] = contents.measure(cost.measure);
      figure.labels["payer"][cost.payer] = payer_in_words(contents, cost.payer);
    }
    ReportText const sentence = costs_sentence(contents, i);
    if (sentence.empty()) continue;
    figure.sentence = followed_by(
        figure.sentence,
        contents.scenarios() == 1 ? sentence : followed_by(said({"{}:", "{}:", "{}:"}, contents.title(i)), sentence));
    figure.definition = said(
        {"Det som betales for plasser, deltakere og oppstart ut over nullalternativet, før det tiltakene fører til "
         "av skatt, ytelser og lønn. I {}-kroner, uten kalkulasjonsrente og skattekostnad.",
         "Det som blir betalt for plassar, deltakarar og oppstart ut over nullalternativet, før det tiltaka fører "
         "til av skatt, ytingar og lønn. I {}-kroner, utan kalkulasjonsrente og skattekostnad.",
         "What is paid for places, participants and starting beyond the zero alternative, before what the measures "
         "lead to in taxes, benefits and wages. In kroner of {}, without discounting and the cost of taxes."},
        kroner_of(contents, i));
  }
  figure.source = contents.source();
  figure.labels["scenario"] = contents.scenario_labels();
  return figure;
}

}  // namespace utvei
