// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/render_comparison.hpp>

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
  for (std::size_t i = 0; i < by.size(); ++i) json[by[i]] = text_or_null(row.by[i]);
  return json;
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
  Json pathways = Json::object();
  for (std::size_t i = 0; i < comparison.pathways.size(); ++i)
    if (!comparison.pathways[i].medians.empty() || !comparison.pathways[i].incidence.empty())
      pathways[comparison.scenarios[i]] = json_of(comparison.pathways[i]);
  if (!pathways.empty()) json["pathways"] = std::move(pathways);
  return json.dump(2) + '\n';
}

}  // namespace utvei
