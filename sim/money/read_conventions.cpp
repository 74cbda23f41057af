// SPDX-License-Identifier: Apache-2.0
#include "read_conventions.hpp"

#include <utvei/document/delimited.hpp>

#include <cmath>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr int earliest_year = 1900;
constexpr int latest_year = 2300;
constexpr double most_growth = 1;

class ConventionsReader {
 public:
  ConventionsReader(MapReader& reader, Model const& model, MoneyRules& rules, Diagnostics& diagnostics)
      : reader_{reader}, model_{model}, rules_{rules}, ledgers_{rules.ledgers}, diagnostics_{diagnostics} {}

  void read() {
    if (Value const* value = reader_.required("kroner_of")) ledgers_.kroner_of = year_of_value(*value, "kroner_of");
    if (Value const* value = reader_.optional("present_year"))
      ledgers_.present_year = year_of_value(*value, "present_year");
    if (Value const* value = reader_.required("prices")) read_prices(*value);
    if (Value const* value = reader_.required("discount")) read_discount(*value);
    if (Value const* value = reader_.required("tax_cost"))
      ledgers_.tax_cost = as_share(*value, "tax_cost", diagnostics_).value_or(0);
    if (Value const* value = reader_.optional("counted"))
      ledgers_.counted =
          static_cast<Counted>(as_choice(*value, {"start", "middle", "end"}, "counted", diagnostics_).value_or(1));
    if (Value const* value = reader_.optional("residual")) read_residual(*value);
    if (Value const* value = reader_.required("displacement")) read_displacement(*value);
  }

 private:
  int year_of_value(Value const& value, std::string_view what) {
    return static_cast<int>(as_integer(value, earliest_year, latest_year, what, diagnostics_).value_or(earliest_year));
  }

  void read_prices(Value const& value) {
    MapReader reader{value, "`prices`", diagnostics_};
    if (!value.is_map()) return;
    if (Value const* growth = reader.required("growth")) ledgers_.price_growth = as_rate(*growth, "growth").value_or(0);
    if (Value const* index = reader.optional("index")) read_index(*index);
    reader.finish();
  }

  std::optional<double> as_rate(Value const& value, std::string_view what) {
    auto const rate = as_number(value, what, diagnostics_);
    if (!rate || (*rate > -most_growth && *rate <= most_growth)) return rate;
    diagnostics_.error(value.place, fmt::format("`{}` of {} a year", what, *rate), {}, "write 0.02 for 2 per cent");
    return std::nullopt;
  }

  void read_index(Value const& value) {
    if (!value.is_map() || value.members.empty()) {
      diagnostics_.error(value.place, "`index` must be a map of years", {}, "write {2024: 133.6, 2025: 137.0}");
      return;
    }
    for (Member const& member : value.members) {
      auto const year = parse_integer(member.key);
      auto const level = as_number(member.value, "index", diagnostics_);
      if (!year || *year < earliest_year || *year > latest_year)
        diagnostics_.error(member.key_place, fmt::format("`{}` is not a year", member.key), {}, "write 2025");
      else if (level && !(*level > 0))
        diagnostics_.error(member.value.place, "an index of prices is above 0", {},
                           "write it as Statistics Norway does");
      else
        rules_.price_index.emplace(static_cast<int>(*year), level.value_or(1));
    }
    for (auto const& [year, level] : rules_.price_index) {
      if (year == rules_.price_index.rbegin()->first || rules_.price_index.contains(year + 1)) continue;
      diagnostics_.error(value.place, fmt::format("no index for {}", year + 1), "there are years before and after it",
                         "add it");
    }
  }

  void add_period(double from, double rate, Place const& place) {
    auto& periods = ledgers_.discount;
    if (periods.empty() && from != 0)
      diagnostics_.error(place, "the first rate is not from year 0", {}, "write {from: 0, rate: 0.04} first");
    if (!periods.empty() && from <= periods.back().from)
      diagnostics_.error(place, "the period does not begin after the one before it", {},
                         "write the periods in rising order");
    periods.push_back({from, rate});
  }

  /// A rate, or `[{from: 0, rate: 0.04}, {from: 40, rate: 0.03}]`
  void read_discount(Value const& value) {
    if (value.is_scalar()) {
      add_period(0, as_rate(value, "discount").value_or(0), value.place);
      return;
    }
    if (!value.is_list() || value.items.empty()) {
      diagnostics_.error(value.place, "`discount` is a rate, or a list of periods", {},
                         "write 0.04, or [{from: 0, rate: 0.04}, {from: 40, rate: 0.03}]");
      return;
    }
    for (Value const& item : value.items) {
      MapReader reader{item, "the period", diagnostics_};
      if (!item.is_map()) continue;
      Value const* const from = reader.required("from");
      Value const* const rate = reader.required("rate");
      reader.finish();
      if (!from || !rate) continue;
      auto const year = as_number_at_least(*from, 0, "from", diagnostics_);
      auto const number = as_rate(*rate, "rate");
      if (year && number) add_period(*year, *number, item.place);
    }
  }

  /// `none`, `forever`, or a duration
  void read_residual(Value const& value) {
    if (value.is_scalar() && value.scalar == "none") return;
    if (value.is_scalar() && value.scalar == "forever") {
      ledgers_.residual_years.reset();
      if (!ledgers_.discount.empty() && ledgers_.discount.back().rate <= 0)
        diagnostics_.error(value.place, "what goes on for ever has no end without discounting", {},
                           "write residual: 20 years");
      return;
    }
    if (auto const time = as_duration(value, "residual", diagnostics_)) ledgers_.residual_years = in_years(*time);
  }

  /// `none`, or `{share: 0.25, to: unemployed}`
  void read_displacement(Value const& value) {
    if (value.is_scalar() && value.scalar == "none") return;
    MapReader reader{value, "`displacement`", diagnostics_};
    if (!value.is_map()) return;
    if (Value const* share = reader.optional("share"))
      ledgers_.displacement = as_share(*share, "share", diagnostics_).value_or(0);
    if (Value const* to = reader.required("to")) {
      auto const name = as_code(*to, "to", diagnostics_);
      if (name && !model_.state(*name))
        diagnostics_.error(to->place, fmt::format("unknown state `{}`", *name), {},
                           did_you_mean(*name, model_.state_names()));
      ledgers_.displaced_to = name.value_or("");
    }
    reader.finish();
  }

  MapReader& reader_;
  Model const& model_;
  MoneyRules& rules_;
  LedgerRules& ledgers_;
  Diagnostics& diagnostics_;
};

}  // namespace

void read_conventions(MapReader& reader, Model const& model, MoneyRules& rules, Diagnostics& diagnostics) {
  ConventionsReader{reader, model, rules, diagnostics}.read();
}

std::optional<double> as_share(Value const& value, std::string_view what, Diagnostics& diagnostics) {
  auto const number = as_number_at_least(value, 0, what, diagnostics);
  if (!number || *number <= 1) return number;
  diagnostics.error(value.place, fmt::format("`{}` is {}, and a share is at most 1", what, *number), {},
                    "write 0.4 for 40 per cent");
  return std::nullopt;
}

}  // namespace utvei
