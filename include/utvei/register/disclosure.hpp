// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/disclosure/rules.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

enum class Audience {
  inside,  ///< `--inside`: the file stays where the register is
  outside,
};

inline Audience audience_of(bool inside) {
  return inside ? Audience::inside : Audience::outside;
}

/// Throws InputError (wrong usage) if a file made from a register would be written without `--inside`: cells may hold
/// few people. `path`: the file to be written; or what is printed comes from it, and it was not `shown`.
void require_disclosure_cleared(std::string_view data_class, Audience audience, std::string_view path,
                                std::string_view done = "written");

/// Numbers from here on, and 0, may leave the place of the register; those between stay inside.
inline constexpr double least_shown = DisclosureRules{}.least;  ///< unless the study of the register says another
inline bool may_be_shown(double number, double least = least_shown) {
  return number == 0 || number >= least;
}

/// Which of counts of one list stay inside: those below `least`, and of the others the smallest as long as the sum of
/// what is hidden, which may be known, tells that one of them is that small.
std::vector<bool> counts_to_hide(std::vector<double> const& counts, double least = least_shown);
/// Hides those of counts of people, and rounds the others.
void hide_small_counts(std::vector<std::optional<std::int64_t>*> const& counts, DisclosureRules const& rules = {});
/// A count as tables show it; `:` if it is hidden, as in tables of Statistics Norway.
std::string shown(std::optional<std::int64_t> const& count);
/// What is printed has no count of people or events below this one, but none.
std::int64_t least_told(std::string_view data_class, Audience audience, double least = least_shown);

/// Permissions of a new file: 0600 for what was made from a register, else 0644.
unsigned file_mode(std::string_view data_class);

}  // namespace utvei
