// SPDX-License-Identifier: Apache-2.0
#include "money_attributes.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using Json = nlohmann::ordered_json;

struct PaymentColumn {
  char const* dataset;
  char const* long_name;
  std::string PaymentInfo::*field;
};
constexpr std::array<PaymentColumn, 5> payment_columns{{
    {"payment_kind", "kind of the payment", &PaymentInfo::kind},
    {"payment_from", "account that pays", &PaymentInfo::from},
    {"payment_to", "account that receives", &PaymentInfo::to},
    {"payment_of_state", "state of who is paid for", &PaymentInfo::of_state},
    {"payment_of_measure", "measure that is paid for", &PaymentInfo::of_measure},
}};

template <class T>
Json or_null(std::optional<T> const& value) {
  return value ? Json(*value) : Json(nullptr);
}

template <class T>
std::optional<T> if_there(Json const& value) {
  return value.is_null() ? std::nullopt : std::optional{value.get<T>()};
}

Json json_of(LedgerRules const& rules) {
  Json discount = Json::array();
  for (DiscountPeriod const& period : rules.discount)
    discount.push_back({{"from", period.from}, {"rate", period.rate}});
  return {{"kroner_of", rules.kroner_of},
          {"present_year", or_null(rules.present_year)},
          {"discount", std::move(discount)},
          {"tax_cost", rules.tax_cost},
          {"counted", static_cast<int>(rules.counted)},
          {"residual_years", or_null(rules.residual_years)},
          {"displacement", rules.displacement},
          {"displaced_to", rules.displaced_to},
          {"price_growth", rules.price_growth},
          {"value_of_time", rules.value_of_time},
          {"conventions", rules.conventions},
          {"policy", rules.policy},
          {"unverified", rules.unverified},
          {"first_years", rules.first_years}};
}

LedgerRules rules_of(Json const& json) {
  LedgerRules rules;
  rules.kroner_of = json.at("kroner_of").get<int>();
  rules.present_year = if_there<int>(json.at("present_year"));
  for (Json const& period : json.at("discount"))
    rules.discount.push_back({period.at("from").get<double>(), period.at("rate").get<double>()});
  rules.tax_cost = json.at("tax_cost").get<double>();
  rules.counted = static_cast<Counted>(json.at("counted").get<int>());
  rules.residual_years = if_there<double>(json.at("residual_years"));
  rules.displacement = json.at("displacement").get<double>();
  rules.displaced_to = json.at("displaced_to").get<std::string>();
  rules.price_growth = json.at("price_growth").get<double>();
  rules.value_of_time = json.at("value_of_time").get<double>();
  rules.conventions = json.at("conventions").get<std::string>();
  rules.policy = json.at("policy").get<std::string>();
  rules.unverified = json.at("unverified").get<std::vector<std::string>>();
  rules.first_years = json.at("first_years").get<std::map<std::string, int>>();
  return rules;
}

Json json_of(UnpricedInfo const& effect) {
  return {{"measure", effect.measure}, {"nb", effect.label_nb}, {"nn", effect.label_nn},        {"en", effect.label_en},
          {"who", effect.who},         {"size", effect.size},   {"is_better", effect.is_better}};
}

UnpricedInfo effect_of(Json const& json) {
  auto const text = [&](char const* key) { return json.at(key).get<std::string>(); };
  return {
      text("measure"), text("nb"), text("nn"), text("en"), text("who"), text("size"), json.at("is_better").get<bool>()};
}

}  // namespace

void write_money(hid_t root, RunResult const& result, Scales& scales) {
  if (!result.ledgers) return;
  Json unpriced = Json::array();
  for (UnpricedInfo const& effect : result.unpriced) unpriced.push_back(json_of(effect));
  write_attribute(root, "money",
                  Json{{"ledgers", json_of(*result.ledgers)}, {"without_price", std::move(unpriced)}}.dump());
  if (result.payments.empty()) return;
  Dimension dimension{"payment", {}};
  for (PaymentInfo const& payment : result.payments) dimension.labels.push_back(payment.name);
  scales.find_or_make(dimension);
  for (auto const& [name, long_name, field] : payment_columns) {
    std::vector<std::string> texts;
    std::ranges::transform(result.payments, std::back_inserter(texts), field);
    Handle const dataset = write_texts(root, name, texts);
    write_attribute(dataset.get(), "long_name", std::string{long_name});
    scales.attach(dataset.get(), {dimension});
  }
}

void read_money_of(hid_t root, RunResult& result, ScaleReader& scales) {
  if (!has_attribute(root, "money")) return;
  try {
    Json const money = Json::parse(text_attribute(root, "money"));
    result.ledgers = rules_of(money.at("ledgers"));
    for (Json const& effect : money.at("without_price")) result.unpriced.push_back(effect_of(effect));
  } catch (Json::exception const& error) {
    throw Hdf5Failure{std::string{"the attribute `money` cannot be read: "} + error.what()};
  }
  if (!has_link(root, payment_columns.front().dataset)) return;
  auto const labels = scales.dimensions_of(open_dataset(root, payment_columns.front().dataset).get()).at(0).labels;
  result.payments.resize(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) result.payments[i].name = labels[i];
  for (auto const& [name, long_name, field] : payment_columns) {
    auto const texts = read_texts(open_dataset(root, name).get());
    if (texts.size() != labels.size()) throw Hdf5Failure{std::string{name} + " has another length than its names"};
    for (std::size_t i = 0; i < texts.size(); ++i) result.payments[i].*field = texts[i];
  }
}

}  // namespace utvei
