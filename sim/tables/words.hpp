// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/tables/public_table.hpp>

#include <optional>
#include <string_view>

namespace utvei {

// What public tables call ages, periods and regions.

/// `000`, `16-19 år`, `105 år eller eldre`, `under 18 år`, `067+`, `F16-19`; nullopt for what is no age, such as 999.
std::optional<AgeSpan> parse_age(std::string_view text);
/// `2024`, `2024K1`, `2024M11`, `2020-2022`.
std::optional<Period> parse_period(std::string_view text);
/// The code in `3901`, `K-3901`, `F-39`, `3901 Horten`, `0301 - Oslo - Oslove`, `030101a`; "" if there is none.
std::string_view region_code_in(std::string_view text);
/// Whether a code or its name look like the total of the others: `0`, `999`, `TOT`, `I alt`, `Hele landet`, …
bool looks_like_a_total(std::string_view code, std::string_view label);

}  // namespace utvei
