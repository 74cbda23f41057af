// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

std::optional<double> share(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  auto const number = as_number_at_least(value, 0, what, diagnostics);
  if (!number || *number <= 1) return number;
  diagnostics.error(value.place, fmt::format("`{}` is {}, and a share is at most 1", what, *number), "",
                    "write 0.66 for 66 per cent");
  return std::nullopt;
}

/// `{years: 5, best: 3}`
std::optional<EarlierEarnings> read_earlier(Value const& value, Diagnostics& diagnostics) {
  if (!value.is_map()) {
    diagnostics.error(value.place, "`of` says which earnings count", "",
                      "write full_earnings, {years: 1}, {years: 5, best: 3}, or a list of which the highest counts");
    return std::nullopt;
  }
  MapReader reader{value, "`of`", diagnostics};
  EarlierEarnings earlier;
  if (Value const* years = reader.required("years"))
    earlier.years = static_cast<int>(as_integer(*years, 1, most_earlier_years, "years", diagnostics).value_or(1));
  earlier.best = earlier.years;
  if (Value const* best = reader.optional("best"))
    earlier.best = static_cast<int>(as_integer(*best, 1, earlier.years, "best", diagnostics).value_or(1));
  reader.finish();
  return earlier;
}

void read_of(Value const& value, Benefit& benefit, Diagnostics& diagnostics) {
  if (value.is_scalar() && value.scalar == "full_earnings") {
    benefit.of_full_earnings = true;
    return;
  }
  if (!value.is_list()) {
    if (auto const earlier = read_earlier(value, diagnostics)) benefit.earlier.push_back(*earlier);
    return;
  }
  if (value.items.empty())
    diagnostics.error(value.place, "`of` is an empty list", "it says which earnings count", "write {years: 1}");
  for (Value const& item : value.items)
    if (auto const earlier = read_earlier(item, diagnostics)) benefit.earlier.push_back(*earlier);
}

Benefit read_benefit(Value const& value, IncomeReading const& reading) {
  Diagnostics& diagnostics = reading.diagnostics;
  Benefit benefit;
  benefit.place = value.place;
  MapReader reader{value, "the benefit", diagnostics};
  if (Value const* key = reader.required("share")) benefit.share = share(*key, "share", diagnostics).value_or(1);
  if (Value const* key = reader.required("of")) read_of(*key, benefit, diagnostics);
  if (Value const* key = reader.optional("ceiling")) benefit.ceiling = read_amount(*key, "ceiling", reading);
  if (Value const* key = reader.optional("floor")) benefit.floor = read_amount(*key, "floor", reading);
  if (Value const* key = reader.optional("grade")) benefit.grade = share(*key, "grade", diagnostics).value_or(1);
  reader.finish();
  return benefit;
}

/// The two words that stand for a whole line.
std::optional<StateIncome> read_word(Value const& value, std::string const& name, Diagnostics& diagnostics) {
  StateIncome income;
  if (value.scalar == "outside") {
    income.outside = true;
    return income;
  }
  if (value.scalar == "nothing") return income;
  diagnostics.error(value.place, fmt::format("`{}` is not what people in `{}` live on", value.scalar, name), "",
                    "write outside (who is there counts in no household), nothing, or a map with `earnings`, `benefit` "
                    "or `amount`");
  return std::nullopt;
}

std::optional<StateIncome> read_state(Value const& value, std::string const& name, IncomeReading const& reading) {
  Diagnostics& diagnostics = reading.diagnostics;
  if (value.is_scalar()) return read_word(value, name, diagnostics);
  MapReader reader{value, fmt::format("the income of `{}`", name), diagnostics};
  StateIncome income;
  Value const* const earnings = reader.optional("earnings");
  if (earnings) income.earnings = share(*earnings, "earnings", diagnostics).value_or(0);
  if (Value const* key = reader.optional("benefit")) income.benefit = read_benefit(*key, reading);
  Value const* const amount = reader.optional("amount");
  if (amount) income.amount = read_amount(*amount, "amount", reading);
  if (Value const* key = reader.optional("taxed")) {
    income.taxed = as_bool(*key, "taxed", diagnostics).value_or(true);
    if (!amount)
      diagnostics.error(key->place, "`taxed` without `amount`", "earnings and benefits that follow them are taxed",
                        "remove `taxed`");
  }
  income.earned_before = income.earnings;
  if (Value const* key = reader.optional("earned_before")) {
    income.earned_before = share(*key, "earned_before", diagnostics).value_or(0);
  } else if (income.benefit && !income.benefit->earlier.empty()) {
    diagnostics.error(income.benefit->place, fmt::format("`{}` has no `earned_before`", name),
                      "who begins the run here has earlier earnings that nobody has seen",
                      "write the share of a year's full earnings that they had, as earned_before: 0.6");
  }
  reader.finish();
  if (value.is_map() && !earnings && !income.benefit && !amount)
    diagnostics.error(value.place, fmt::format("`{}` has neither `earnings`, `benefit` nor `amount`", name), "",
                      fmt::format("write {}: nothing, or {}: outside", name, name));
  return income;
}

}  // namespace

void read_state_incomes(Value const& value, IncomeReading const& reading) {
  Model const& model = reading.model;
  reading.rules.states = Column<StateId, StateIncome>{model.states.size()};
  if (!value.is_map()) {
    reading.diagnostics.error(value.place, "`states` must be a map", "", "write a line for each state of the model");
    return;
  }
  for (Member const& member : value.members) {
    auto const state = model.state(member.key);
    if (!state) {
      reading.diagnostics.error(member.key_place, fmt::format("unknown state `{}`", member.key), "",
                                did_you_mean(member.key, model.state_names()));
      continue;
    }
    if (auto const income = read_state(member.value, member.key, reading)) reading.rules.states[*state] = *income;
  }
  for (State const& state : model.states) {
    if (value.find(state.name) != nullptr) continue;
    reading.diagnostics.error(value.place, fmt::format("`states` has no line for `{}`", state.name),
                              "what people live on there is not known",
                              fmt::format("write {}: nothing, {}: outside, or what they have", state.name, state.name));
  }
}

}  // namespace utvei
