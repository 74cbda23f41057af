// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <utvei/document/files.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

// Age from which the EU scale counts somebody as an adult: Statistics Norway counts children under 17, to be verified.
constexpr double usual_children_below = 17;
constexpr std::int64_t most_bins = 100'000;
constexpr int earliest_kroner = 1900;
constexpr int latest_kroner = 2300;

class IncomeReader {
 public:
  IncomeReader(MapReader& reader, IncomeReading const& reading) : reader_{reader}, reading_{reading} {}

  void read() {
    if (Value const* value = reader_.required("name")) rules_.name = as_code(*value, "name", diagnostics_).value_or("");
    if (Value const* value = reader_.required("base_amounts")) read_base_amounts(*value, reading_);
    if (Value const* value = reader_.optional("growth"))
      rules_.growth = as_number_at_least(*value, -0.5, "growth", diagnostics_);
    if (Value const* value = reader_.required("kroner_of")) read_kroner_of(*value);
    if (Value const* value = reader_.required("earnings")) read_earnings(*value);
    if (Value const* value = reader_.required("states")) read_state_incomes(*value, reading_);
    if (Value const* value = reader_.required("taxes")) read_taxes(*value);
    rules_.children_below = duration_of_years(usual_children_below);
    if (Value const* value = reader_.optional("household")) read_household(*value);
    if (Value const* value = reader_.optional("low_income")) read_low_income(*value);
    if (Value const* value = reader_.optional("histogram")) read_histogram(*value);
    if (Value const* value = reader_.optional("pathways")) read_income_pathways(*value, reading_);
    reader_.finish();
  }

 private:
  void read_kroner_of(Value const& value) {
    auto const year = as_integer(value, earliest_kroner, latest_kroner, "kroner_of", diagnostics_);
    rules_.kroner_of = static_cast<int>(year.value_or(earliest_kroner));
    if (!year || rules_.base_amounts.empty() || rules_.base_amounts.contains(rules_.kroner_of)) return;
    diagnostics_.error(value.place, fmt::format("no base amount for {}", rules_.kroner_of),
                       "amounts of that year follow G to the others",
                       fmt::format("add {} to the table of base amounts, or name another year", rules_.kroner_of));
  }

  void read_earnings(Value const& value) {
    MapReader reader{value, "`earnings`", diagnostics_};
    if (Value const* amount = reader.required("amount"))
      if (auto rule = read_amount(*amount, "amount", reading_)) rules_.full_earnings = std::move(*rule);
    if (Value const* factors = reader.optional("factors")) {
      if (factors->is_list()) {
        for (Value const& item : factors->items) add_factor(item);
      } else {
        add_factor(*factors);
      }
    }
    if (Value const* spread = reader.required("spread")) {
      rules_.spread = as_number_at_least(*spread, 0, "spread", diagnostics_).value_or(0);
      if (rules_.spread > 2)
        diagnostics_.error(spread->place, fmt::format("a spread of {} is out of the way", rules_.spread),
                           "it is the standard deviation of the log of what people earn",
                           "0.4 is common; write 2 or less");
    }
    reader.finish();
  }

  void add_factor(Value const& value) {
    if (auto rule = read_factor(value, reading_)) rules_.earnings_factors.push_back(std::move(*rule));
  }

  void read_taxes(Value const& value) {
    if (value.is_scalar() && value.scalar == "none") return;
    if (!value.is_list() || value.items.empty()) {
      diagnostics_.error(value.place, "`taxes` is a list of brackets, or `none`", "",
                         "write [{above: 0.9 G, rate: 0.22}], or none where amounts are after tax");
      return;
    }
    for (Value const& item : value.items) read_bracket(item);
  }

  void read_bracket(Value const& value) {
    MapReader reader{value, "the bracket", diagnostics_};
    Value const* const above = reader.required("above");
    Value const* const rate = reader.required("rate");
    reader.finish();
    if (!above || !rate) return;
    auto const money = as_money(*above, "above", diagnostics_);
    auto const number = as_number_at_least(*rate, 0, "rate", diagnostics_);
    if (!money || !number) return;
    if (*number > 1) {
      diagnostics_.error(rate->place, fmt::format("a rate of {} takes more than there is", *number), "",
                         "write 0.22 for 22 per cent");
    }
    if (!rules_.taxes.empty() && kroner(rules_.taxes.back()) >= kroner({money->number, money->unit, 0})) {
      diagnostics_.error(above->place, "the bracket does not begin above the one before it", "",
                         "write the brackets in rising order");
    }
    rules_.taxes.push_back({money->number, money->unit, *number});
  }

  /// Of the year that `kroner_of` names; 1 G to a krone where that is not known, which has been said.
  [[nodiscard]] double kroner(TaxBracket const& bracket) const {
    auto const base = rules_.base_amounts.find(rules_.kroner_of);
    bool const is_known = bracket.unit == MoneyUnit::base_amounts && base != rules_.base_amounts.end();
    return bracket.above * (is_known ? base->second : 1);
  }

  void read_household(Value const& value) {
    MapReader reader{value, "the household", diagnostics_};
    if (Value const* age = reader.optional("children_below"))
      rules_.children_below =
          duration_of_years(as_number_at_least(*age, 0, "children_below", diagnostics_).value_or(usual_children_below));
    if (Value const* amount = reader.optional("per_child"))
      rules_.per_child = read_amount(*amount, "per_child", reading_);
    reader.finish();
    if (!rules_.per_child) return;
    auto const is_by_trait = [](Rate const& row) { return !row.box.traits.empty() || row.box.age != everything; };
    if (std::ranges::any_of(rules_.per_child->rows, is_by_trait))
      diagnostics_.error(rules_.per_child->place, "`per_child` by age or a trait",
                         "it goes to the household, whose people differ in these", "give it by region and year alone");
  }

  void read_low_income(Value const& value) {
    MapReader reader{value, "`low_income`", diagnostics_};
    if (Value const* share = reader.required("share_of_median")) {
      auto const number = as_number(*share, "share_of_median", diagnostics_);
      if (number && (*number <= 0 || *number > 1))
        diagnostics_.error(share->place, fmt::format("a share of the median of {}", *number), "",
                           "write 0.6 for 60 per cent");
      rules_.share_of_median = number.value_or(rules_.share_of_median);
    }
    reader.finish();
  }

  void read_histogram(Value const& value) {
    MapReader reader{value, "the histogram", diagnostics_};
    Value const* const width = reader.required("width");
    Value const* const up_to = reader.required("up_to");
    reader.finish();
    if (!width || !up_to) return;
    rules_.histogram_width = as_integer(*width, 1, 100'000'000, "width", diagnostics_).value_or(1);
    std::int64_t const top = as_integer(*up_to, 1, 1'000'000'000, "up_to", diagnostics_).value_or(1);
    rules_.histogram_bins = top / rules_.histogram_width;
    if (rules_.histogram_bins < 1 || rules_.histogram_bins > most_bins || top % rules_.histogram_width != 0)
      diagnostics_.error(up_to->place,
                         fmt::format("{} kroner are no number of bins of {}", top, rules_.histogram_width),
                         fmt::format("there are 1 to {} bins of one width, and a last one for all above", most_bins),
                         "write {width: 10000, up_to: 1500000}");
  }

  MapReader& reader_;
  IncomeReading const& reading_;
  IncomeRules& rules_{reading_.rules};
  Diagnostics& diagnostics_{reading_.diagnostics};
};

/// The model that the file names, where no scenario has one.
Model own_model(Value const* named, Diagnostics& diagnostics) {
  if (!named || !as_text(*named, "model", diagnostics)) return {};
  return read_model(path_beside(*named), {}, Request{named->place}, diagnostics);
}

}  // namespace

IncomeRules read_income(std::string const& path, std::vector<Override> const& overrides, Request const& request,
                        Model const* model, Diagnostics& diagnostics) {
  IncomeRules rules;
  rules.path = path;
  Value const document = read_document(path, overrides, request, diagnostics);
  if (document.is_null()) return rules;
  MapReader reader{document, "the income file", diagnostics};
  if (!document.is_map() || !check_format(reader, "income", diagnostics)) return rules;
  Value const* const named = reader.required("model");
  Model const own = model ? Model{} : own_model(named, diagnostics);
  Model const& used = model ? *model : own;
  if (used.states.empty()) return rules;  // what is wrong with the model has been said
  IncomeReading const reading{used, rules, diagnostics};
  reading.note_input(path);
  collect_files(document, rules.inputs);
  IncomeReader{reader, reading}.read();
  return rules;
}

}  // namespace utvei
