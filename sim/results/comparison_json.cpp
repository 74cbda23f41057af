// SPDX-License-Identifier: Apache-2.0
#include "intervals.hpp"

#include <utvei/results/assumed.hpp>
#include <utvei/results/render_comparison.hpp>

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(std::string const& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json number_or_null(std::optional<double> const& number) {
  return number ? Json(*number) : Json(nullptr);
}

/// Of the other levels, and the three parts of what is not known.
void add_intervals(ComparisonRow const& row, Json& json) {
  for (Level const& level : further_levels) {
    auto const add = [&](char const* what, DifferenceInterval const& interval) {
      json[fmt::format("{}low_{}", what, level.per_cent)] = interval ? Json(interval->first) : Json(nullptr);
      json[fmt::format("{}high_{}", what, level.per_cent)] = interval ? Json(interval->second) : Json(nullptr);
    };
    add("", at_level(row.low_95, row.high_95, level.quantile));
    add("count_", at_level(row.count_low_95, row.count_high_95, level.quantile));
  }
  UncertaintyParts const parts = parts_of(row);
  json["parameter_sd"] = number_or_null(parts.parameters);
  json["chance_sd"] = number_or_null(parts.chance);
  auto const is_told = can_be_told_from_zero(row);
  json["told_from_zero"] = is_told ? Json(*is_told) : Json(nullptr);
}

Json json_of(ComparisonRow const& row, std::vector<std::string> const& by) {
  Json json{{"scenario", row.scenario},
            {"measure_of", row.measure_of},
            {"region", text_or_null(row.region)},
            {"year", text_or_null(row.year)},
            {"state", text_or_null(row.state)},
            {"baseline", row.baseline},
            {"value", row.value},
            {"difference", row.difference},
            {"mc_se", number_or_null(row.mc_se)},
            {"low_95", number_or_null(row.low_95)},
            {"high_95", number_or_null(row.high_95)},
            {"count_low_95", number_or_null(row.count_low_95)},
            {"count_high_95", number_or_null(row.count_high_95)},
            {"probability_better", number_or_null(row.probability_better)}};
  add_intervals(row, json);
  for (std::size_t i = 0; i < by.size(); ++i) json[by[i]] = text_or_null(row.by[i]);
  return json;
}

Json json_of(ContrastRow const& contrast) {
  Json json = json_of(contrast.row, {});
  for (char const* const key : {"region", "probability_better"}) json.erase(key);
  json["dimension"] = contrast.dimension;
  json["a"] = contrast.a;
  json["b"] = contrast.b;
  json["per_1000"] = contrast.per_1000;
  json["effect_a"] = contrast.effect_a;
  json["effect_b"] = contrast.effect_b;
  return json;
}

Json json_of(Ranking const& ranking) {
  Json scenarios = Json::array();
  for (RankedScenario const& one : ranking.scenarios)
    scenarios.push_back({{"scenario", one.name},
                         {"value", one.value},
                         {"difference", one.difference},
                         {"expected_rank", number_or_null(one.expected_rank)},
                         {"rank_chances", one.rank_chances}});
  Json better = Json::object();
  for (std::size_t i = 0; i < ranking.better_than.size(); ++i) {
    Json of = Json::object();
    for (std::size_t j = 0; j < ranking.better_than.size(); ++j)
      if (i != j) {
        double const chance = ranking.better_than[i][j];
        of[ranking.scenarios[j].name] = std::isnan(chance) ? Json(nullptr) : Json(chance);
      }
    better[ranking.scenarios[i].name] = std::move(of);
  }
  return {{"outcome", ranking.outcome},        {"better", ranking.more_is_better ? "more" : "less"},
          {"has_draws", ranking.has_draws},    {"assumed", ranking.assumed},
          {"scenarios", std::move(scenarios)}, {"better_than", std::move(better)}};
}

Json json_of(AssumedEffect const& effect) {
  return {{"of", effect.measure},
          {"transitions", effect.transitions},
          {"hazard_ratio", effect.ratio},
          {"kind", effect.is_what_if ? "what_if" : effect.is_slowing ? "slowing" : "effect"},
          {"is_main", effect.is_main},
          {"why", name_of(effect.why)}};
}

/// Null: nothing names it, and the effect is assumed.
Json json_of(MeasureEvidence const& evidence) {
  auto const text_or_null = [](std::string const& text) { return text.empty() ? Json(nullptr) : Json(text); };
  return {{"measure", evidence.measure},
          {"source", text_or_null(evidence.source)},
          {"confidence", text_or_null(evidence.confidence)}};
}

/// What was asked for, and what a reader must know of the scenarios, where there is something.
void add_rankings_and_assumptions(Comparison const& comparison, Json& json) {
  for (ContrastRow const& contrast : comparison.contrasts)
    json["differences_of_differences"].push_back(json_of(contrast));
  for (Ranking const& ranking : comparison.rankings) json["rankings"].push_back(json_of(ranking));
  for (std::size_t i = 0; i < comparison.assumed.size(); ++i)
    for (AssumedEffect const& effect : comparison.assumed[i])
      json["assumed"][comparison.scenarios[i]].push_back(json_of(effect));
  for (std::size_t i = 0; i < comparison.evidence.size(); ++i)
    for (MeasureEvidence const& evidence : comparison.evidence[i])
      json["evidence"][comparison.scenarios[i]].push_back(json_of(evidence));
  for (std::size_t i = 0; i < comparison.precisions.size(); ++i) {
    std::string const& name = i == 0 ? comparison.baseline : comparison.scenarios[i - 1];
    if (!comparison.precisions[i].empty()) json["precision"][name] = Json::parse(comparison.precisions[i]);
  }
}

Json json_of(BreakEven const& even) {
  Json chances = Json::array();
  for (auto const& [years, chance] : even.chances) chances.push_back({{"within_years", years}, {"chance", chance}});
  return {{"ledger", even.ledger},         {"horizon_years", even.horizon},
          {"answers", even.answers},       {"median_years", even.median ? Json(*even.median) : Json(nullptr)},
          {"chances", std::move(chances)}, {"never", number_or_null(even.never)}};
}

Json json_of(UnpricedInfo const& effect) {
  return {{"measure", effect.measure},
          {"label", {{"nb", effect.label_nb}, {"nn", effect.label_nn}, {"en", effect.label_en}}},
          {"who", effect.who},
          {"size", effect.size},
          {"direction", effect.is_better ? "better" : "worse"}};
}

Json json_of(MoneySummary const& money) {
  LedgerRules const& rules = money.rules;
  Json discount = Json::array();
  for (DiscountPeriod const& period : rules.discount)
    discount.push_back({{"from", period.from}, {"rate", period.rate}});
  Json even = Json::array();
  for (BreakEven const& one : money.break_even) even.push_back(json_of(one));
  Json unpriced = Json::array();
  for (UnpricedInfo const& effect : money.unpriced) unpriced.push_back(json_of(effect));
  Json cost = nullptr;
  if (money.cost_per_year)
    cost = {{"cost", money.cost_per_year->cost},
            {"years_in_work", money.cost_per_year->years},
            {"kroner", number_or_null(money.cost_per_year->kroner)},
            {"low_95", number_or_null(money.cost_per_year->low_95)},
            {"high_95", number_or_null(money.cost_per_year->high_95)}};
  return {{"present_year", money.present_year}, {"kroner_of", rules.kroner_of},
          {"discount", std::move(discount)},    {"tax_cost", rules.tax_cost},
          {"price_growth", rules.price_growth}, {"residual_years", number_or_null(rules.residual_years)},
          {"displacement", rules.displacement}, {"value_of_time", rules.value_of_time},
          {"break_even", std::move(even)},      {"cost_per_year_in_work", std::move(cost)},
          {"by_kind", money.by_kind},           {"without_price", std::move(unpriced)},
          {"unverified", rules.unverified}};
}

Json json_of(FollowedMean const& mean, char const* what, char const* at) {
  return {{what, mean.what},
          {at, mean.at},
          {"baseline_persons", mean.baseline_persons},
          {"persons", mean.persons},
          {"baseline", number_or_null(mean.baseline)},
          {"value", number_or_null(mean.value)},
          {"difference", number_or_null(mean.difference)},
          {"mc_se", number_or_null(mean.mc_se)},
          {"parameter_sd", number_or_null(mean.parameter_sd)}};
}

Json json_of(FollowUpSummary const& summary) {
  Json scores = Json::array();
  for (FollowedMean const& mean : summary.scores) {
    scores.push_back(json_of(mean, "score", "wave"));
    scores.back()["baseline_change"] = number_or_null(mean.baseline_change);
    scores.back()["change"] = number_or_null(mean.change);
  }
  Json events = Json::array();
  for (FollowedMean const& mean : summary.events) {
    events.push_back(json_of(mean, "event", "months"));
    events.back()["at_risk"] = mean.at_risk;
  }
  return {{"scores", std::move(scores)}, {"events", std::move(events)}};
}

Json json_of(std::vector<ParticipantSummary::People> const& people) {
  Json json = Json::object();
  for (auto const& some : people) json[some.label] = number_or_null(some.people);
  return json;
}

Json json_of(ParticipantSummary const& summary) {
  Json began = Json::array();
  for (auto const& one : summary.began)
    began.push_back(
        {{"measure", one.measure}, {"by", one.by}, {"all", number_or_null(one.all)}, {"people", json_of(one.people)}});
  Json later = Json::array();
  for (auto const& one : summary.later)
    later.push_back({{"measure", one.measure},
                     {"months_after_start", one.months},
                     {"followed", number_or_null(one.followed)},
                     {"people", json_of(one.people)}});
  return {{"began", std::move(began)}, {"after_start", std::move(later)}};
}

Json json_of(PathwaySummary::Number const& number) {
  return {{"baseline", number_or_null(number.baseline)}, {"value", number_or_null(number.value)}};
}

Json json_of(PathwaySummary const& summary) {
  Json medians = Json::array();
  for (auto const& one : summary.medians) medians.push_back({{"way_step", one.step}, {"months", json_of(one.months)}});
  Json losses = Json::array();
  for (auto const& one : summary.losses)
    losses.push_back({{"way_step", one.step}, {"state", one.state}, {"people", json_of(one.people)}});
  Json incidence = Json::array();
  for (auto const& one : summary.incidence)
    incidence.push_back({{"incidence", one.name},
                         {"at", one.at},
                         {"destination", one.destination},
                         {"people", json_of(one.people)},
                         {"share", json_of(one.share)},
                         {"difference", number_or_null(one.difference)},
                         {"mc_se", number_or_null(one.mc_se)},
                         {"parameter_sd", number_or_null(one.parameter_sd)}});
  return {{"medians", std::move(medians)}, {"lost", std::move(losses)}, {"incidence", std::move(incidence)}};
}

}  // namespace

std::string render_json(Comparison const& comparison, std::string_view language) {
  Json notes = Json::array();
  for (ComparisonNote const& note : comparison.notes) notes.push_back(text_of(note, language));
  Json rows = Json::array();
  for (ComparisonRow const& row : comparison.rows) rows.push_back(json_of(row, comparison.by));
  Json money = Json::object();
  for (std::size_t i = 0; i < comparison.money.size(); ++i)
    if (comparison.money[i]) money[comparison.scenarios[i]] = json_of(*comparison.money[i]);
  Json json{{"baseline", comparison.baseline},     {"scenarios", comparison.scenarios}, {"draws", comparison.draws},
            {"replicates", comparison.replicates}, {"persons", comparison.persons},     {"weight", comparison.weight},
            {"data_class", comparison.data_class}, {"notes", std::move(notes)},         {"rows", std::move(rows)}};
  Json participants = Json::object();
  for (std::size_t i = 0; i < comparison.participants.size(); ++i)
    if (!comparison.participants[i].began.empty())
      participants[comparison.scenarios[i]] = json_of(comparison.participants[i]);
  if (!participants.empty()) json["participants"] = std::move(participants);
  if (!money.empty()) json["money"] = std::move(money);
  Json follow_ups = Json::object();
  for (std::size_t i = 0; i < comparison.follow_ups.size(); ++i)
    if (!comparison.follow_ups[i].scores.empty() || !comparison.follow_ups[i].events.empty())
      follow_ups[comparison.scenarios[i]] = json_of(comparison.follow_ups[i]);
  if (!follow_ups.empty()) json["follow_ups"] = std::move(follow_ups);
  add_rankings_and_assumptions(comparison, json);
  Json pathways = Json::object();
  for (std::size_t i = 0; i < comparison.pathways.size(); ++i)
    if (!comparison.pathways[i].medians.empty() || !comparison.pathways[i].incidence.empty())
      pathways[comparison.scenarios[i]] = json_of(comparison.pathways[i]);
  if (!pathways.empty()) json["pathways"] = std::move(pathways);
  return json.dump(2) + '\n';
}

}  // namespace utvei
