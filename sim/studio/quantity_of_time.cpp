// SPDX-License-Identifier: Apache-2.0
#include "quantity_of_time.hpp"

#include <utvei/core/time.hpp>

#include <charconv>
#include <map>

#include <fmt/format.h>

namespace utvei {
namespace {

struct TimeUnit {
  ReportText one, many;
  double most;
};

std::map<std::string, TimeUnit, std::less<>> const& time_units() {
  static std::map<std::string, TimeUnit, std::less<>> const units{
      {"minute", {{"minutt", "minutt", "minute"}, {"minutter", "minutt", "minutes"}, 1'440}},
      {"day", {{"dag", "dag", "day"}, {"dager", "dagar", "days"}, 365}},
      {"paid day", {{"trygdedag", "trygdedag", "paid day"}, {"trygdedager", "trygdedagar", "paid days"}, 260}},
      {"week", {{"uke", "veke", "week"}, {"uker", "veker", "weeks"}, 52}},
      {"month", {{"måned", "månad", "month"}, {"måneder", "månader", "months"}, 24}},
      {"year", {{"år", "år", "year"}, {"år", "år", "years"}, 5}},
  };
  return units;
}

}  // namespace

std::optional<QuantityOfTime> read_quantity_of_time(std::string_view text) {
  QuantityOfTime time;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), time.number);
  if (error != std::errc{} || !parse_duration(text)) return std::nullopt;
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  while (unit.ends_with(' ')) unit.remove_suffix(1);
  if (unit.ends_with('s')) unit.remove_suffix(1);
  if (!time_units().contains(unit)) return std::nullopt;
  time.unit = unit;
  return time;
}

std::string written(double number) {
  return fmt::format("{:.10g}", number);
}

std::string written(QuantityOfTime const& time) {
  std::string const number = written(time.number);
  return fmt::format("{} {}{}", number, time.unit, number == "1" ? "" : "s");
}

ReportText words_of_unit(std::string_view unit, UnitNumber number) {
  auto const found = time_units().find(unit);
  if (found == time_units().end()) return {};
  return number == UnitNumber::one ? found->second.one : found->second.many;
}

double usual_most(std::string_view unit) {
  auto const found = time_units().find(unit);
  return found == time_units().end() ? 1 : found->second.most;
}

}  // namespace utvei
