// SPDX-License-Identifier: Apache-2.0
#include "measure_sections.hpp"
#include "uncertain_amount.hpp"

#include <utvei/document/delimited.hpp>
#include <utvei/model/names.hpp>

#include <array>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr double most_kroner_of_cost = 1e12;

struct CostKey {
  std::string_view name;
  double MeasureCost::*amount;
};
constexpr std::array<CostKey, 5> cost_keys{{
    {"per_participant_month", &MeasureCost::per_participant_month},
    {"per_participant", &MeasureCost::per_participant},
    {"per_place_month", &MeasureCost::per_place_month},
    {"per_month", &MeasureCost::per_month},
    {"start_cost", &MeasureCost::start_cost},
}};

/// Who is given the money; real resources of the measure where nobody is.
void read_receiver(Value const& value, MeasureCost& cost, Diagnostics& diagnostics) {
  auto const receiver = as_choice(value, {"person", "employer"}, "to", diagnostics);
  if (!receiver) return;
  cost.to = *receiver == 0 ? Account::person : Account::employer;
  if (cost.to == cost.payer)
    diagnostics.error(value.place, fmt::format("`{}` pays itself", account_names[static_cast<std::size_t>(cost.to)]),
                      {}, "name another payer, or leave `to` out where the money buys what the measure needs");
}

/// `3200 NOK`, or `{mean: 3200, interval_95: [2500, 4100]}`, which is drawn: costs of one name take the same luck in
/// each scenario.
double read_kroner(Value const& value, CostKey const& key, Measure const& measure, MeasureCost& cost,
                   MeasureReading const& with) {
  if (!value.is_map()) return as_kroner(value, key.name, with.diagnostics).value_or(0);
  std::size_t const errors = with.diagnostics.error_count();
  UncertainRatio const kroner = read_uncertain_amount(value, key.name, with.diagnostics);
  if (with.diagnostics.error_count() > errors || measure.name.empty()) return kroner.mean;
  auto const name = [](Account account) { return account_names[static_cast<std::size_t>(account)]; };
  auto const stream = with.streams.give(
      fmt::format("measure:{}:cost:{}:{}:{}", measure.name, name(cost.payer), name(cost.to), key.name), "cost",
      value.place);
  cost.drawn.push_back({key.amount, kroner, stream});
  return kroner.mean;
}

std::optional<MeasureCost> read_measure_cost(Value const& value, Measure const& measure, MeasureReading const& with) {
  MapReader reader{value, "the cost", with.diagnostics};
  if (!value.is_map()) return std::nullopt;
  MeasureCost cost;
  cost.place = value.place;
  Value const* const payer = reader.required("payer");
  if (payer) cost.payer = as_payer(*payer, "payer", with.diagnostics).value_or(Account::state);
  if (Value const* to = reader.optional("to")) read_receiver(*to, cost, with.diagnostics);
  bool has_amount = false;
  for (auto const& [name, amount] : cost_keys) {
    Value const* const said = reader.optional(name);
    if (!said) continue;
    has_amount = true;
    cost.*amount = read_kroner(*said, {name, amount}, measure, cost, with);
    if (name == "per_place_month" && !measure.places)
      with.diagnostics.error(said->place, fmt::format("measure `{}` has no places of its own to pay for", measure.name),
                             "`per_place_month` is paid for each of them, used or not",
                             "add `places`, or write per_participant_month or per_month");
  }
  std::size_t const errors = with.diagnostics.error_count();
  reader.finish();
  if (payer && !has_amount && with.diagnostics.error_count() == errors)
    with.diagnostics.error(value.place, "the cost has no amount", {},
                           "add per_participant_month, per_participant, per_place_month, per_month or start_cost");
  return cost;
}

UnpricedEffect read_unpriced_effect(Value const& value, MeasureReading const& with) {
  UnpricedEffect effect;
  MapReader reader{value, "the effect without a price", with.diagnostics};
  if (!value.is_map()) return effect;
  if (Value const* label = reader.required("label"))
    effect.label = read_labels(*label, "the label of the effect", with.diagnostics);
  if (Value const* who = reader.required("who")) effect.who = as_text(*who, "who", with.diagnostics).value_or("");
  if (Value const* direction = reader.required("direction"))
    effect.is_better = as_choice(*direction, {"better", "worse"}, "direction", with.diagnostics).value_or(0) == 0;
  if (Value const* size = reader.required("size")) effect.size = as_text(*size, "size", with.diagnostics).value_or("");
  reader.finish();
  return effect;
}

}  // namespace

std::optional<double> as_kroner(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  auto const text = as_text(value, what, diagnostics);
  if (!text) return std::nullopt;
  std::string_view number = *text;
  for (std::string_view const unit : {" NOK", " kr"})
    if (number.ends_with(unit)) number.remove_suffix(unit.size());
  auto const parsed = parse_number(number);
  if (parsed && *parsed >= 0 && *parsed <= most_kroner_of_cost) return parsed;
  diagnostics.error(value.place, fmt::format("`{}` is not an amount for `{}`", *text, what), "it is a number of kroner",
                    "write 3200, or 3200 NOK");
  return std::nullopt;
}

std::optional<Account> as_payer(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  std::vector<std::string> const names{account_names.begin(), account_names.begin() + payers};
  auto const choice = as_choice(value, names, what, diagnostics);
  if (!choice) return std::nullopt;
  return static_cast<Account>(*choice);
}

MeasureCost draw_cost(MeasureCost const& cost, std::uint32_t seed, std::uint32_t draw) {
  MeasureCost drawn = cost;
  for (MeasureCost::Drawn const& one : cost.drawn) drawn.*one.amount = draw_ratio(one.kroner, seed, draw, one.stream);
  return drawn;
}

std::vector<MeasureCost> read_measure_costs(Value const& value, Measure const& measure, MeasureReading const& with) {
  std::vector<MeasureCost> costs;
  if (!value.is_list()) {
    with.diagnostics.error(value.place, "`cost` must be a list", {},
                           "write - {payer: municipality, per_participant_month: 3200} for each payer");
    return costs;
  }
  for (Value const& item : value.items)
    if (auto const cost = read_measure_cost(item, measure, with)) costs.push_back(*cost);
  return costs;
}

std::vector<UnpricedEffect> read_unpriced_effects(Value const& value, MeasureReading const& with) {
  std::vector<UnpricedEffect> effects;
  if (!value.is_list()) {
    with.diagnostics.error(value.place, "`without_price` must be a list", {},
                           "write - {label: {nb: Helse}, who: deltakere, direction: better, size: ukjent}");
    return effects;
  }
  for (Value const& item : value.items) effects.push_back(read_unpriced_effect(item, with));
  return effects;
}

}  // namespace utvei
