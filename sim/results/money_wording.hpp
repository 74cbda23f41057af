// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace utvei {

/// A name of the files, and what readers call it.
struct Named {
  std::string_view name, text;
};

/// What the text of a comparison says of money, in one language.
struct MoneyWording {
  std::string_view heading;  ///< year of present values, unit, year of the kroner
  std::string_view whose, sum;
  std::array<Named, 8> ledgers;
  std::array<Named, 7> kinds;
  std::array<std::string_view, 3> units;         ///< kroner, thousands, millions
  std::string_view residual, residual_for_ever;  ///< years
  std::string_view is_taxes_cost;                ///< tax cost in per cent
  std::string_view even_after, even_never;       ///< whose, years; whose, horizon
  std::string_view even_nothing;                 ///< whose
  std::string_view even_chance;                  ///< within years, in how many
  std::string_view even_never_chance;            ///< in how many
  std::string_view even_unsure;                  ///< number of answers, what they are, chances
  std::string_view draws, repetitions;           ///< what answers are
  std::string_view cost_per_year;                ///< kroner, low, high
  std::string_view saved_per_year;               ///< likewise
  std::string_view cost_not_known, cost_error_not_known;
  std::string_view conventions;  ///< rates, growth of prices
  std::string_view rate_after;   ///< rate, years
  std::string_view no_residual, free_time;
  std::string_view sensitivity;  ///< heading
  std::array<Named, 8> variants;
  std::string_view without_price, better, worse;
  std::string_view unverified;  ///< list
  std::array<Named, 11> inputs;
};

/// nb, nn or en; another language reads as nb.
MoneyWording const& money_wording(std::string_view language);

/// The text of a name; the name itself where there is none.
template <std::size_t Size>
std::string_view text_of(std::array<Named, Size> const& names, std::string_view name) {
  for (Named const& named : names)
    if (named.name == name) return named.text;
  return name;
}

}  // namespace utvei
