// SPDX-License-Identifier: Apache-2.0
#include <utvei/report/document.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::string_view narrow_gap = "\u202f";
constexpr std::string_view real_minus = "\u2212";

/// Halves go away from zero, as people round and as browsers do: 150.5 is 151, and 1.15, which no binary number
/// is, 1.2.
double rounded_for_readers(double size, int decimals) {
  constexpr double ten = 10;
  constexpr double largest_with_halves = 1e15;
  double const scale = std::pow(ten, decimals);
  double const scaled = size * scale;
  if (!(scaled < largest_with_halves)) return size;
  double const slack = 4 * std::numeric_limits<double>::epsilon() * std::max(1.0, scaled);
  double const below = std::floor(scaled);
  return (scaled - below >= 0.5 - slack ? below + 1 : below) / scale;
}

/// `apart`: what stands between thousands.
std::string grouped(double number, int decimals, std::string_view apart, char point) {
  std::string const digits = fmt::format("{:.{}f}", rounded_for_readers(std::abs(number), decimals), decimals);
  std::size_t const whole = std::min(digits.find('.'), digits.size());
  bool const is_zero = digits.find_first_not_of("0.") == std::string::npos;
  std::string text{number < 0 && !is_zero ? real_minus : ""};
  for (std::size_t i = 0; i < whole; ++i) {
    if (i > 0 && (whole - i) % 3 == 0) text += apart;
    text += digits[i];
  }
  if (whole < digits.size()) text += point + digits.substr(whole + 1);
  return text;
}

std::string number_in(double number, int decimals, std::string_view language) {
  return language == "en" ? grouped(number, decimals, ",", '.') : grouped(number, decimals, narrow_gap, ',');
}

constexpr std::array<std::string_view, 7> unit_names{"integer", "number", "text", "percent", "kroner", "years", "days"};

}  // namespace

std::string_view name_of(ReportUnit unit) {
  return unit_names[static_cast<std::size_t>(unit)];
}

ReportText number_words(double number, int decimals) {
  return {number_in(number, decimals, "nb"), number_in(number, decimals, "nn"), number_in(number, decimals, "en")};
}

std::string cell_words(ReportCell const& cell, ReportColumn const& column,
                       std::map<std::string, ReportText> const* labels, std::string_view language) {
  if (std::holds_alternative<std::monostate>(cell)) return "–";
  if (auto const* const text = std::get_if<std::string>(&cell)) {
    if (labels != nullptr)
      if (auto const found = labels->find(*text); found != labels->end()) return found->second.in(language);
    return *text;
  }
  double const number = std::get<double>(cell);
  bool const is_year = column.name == "year" || column.name == "from_year" || column.name == "to_year";
  if (is_year) return fmt::format("{:.0f}", number);
  if (column.unit == ReportUnit::percent) return number_in(100 * number, column.decimals, language) + "\u202f%";
  return number_in(number, column.decimals, language);
}

}  // namespace utvei
