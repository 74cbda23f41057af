// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/compare.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Tables and sentences for planners, in nb, nn or en.
std::string render_text(Comparison const& comparison, std::string_view language);
/// The columns of docs/formats/comparison.md; an empty cell means all, or unknown.
/// `intervals`: of 50 and 80 % too, and the parts of what is not known, in columns at the end.
std::string render_csv(Comparison const& comparison, bool intervals = false);
/// {baseline, scenarios, draws, replicates, persons, data_class, notes, rows}; null means all, or unknown.
std::string render_json(Comparison const& comparison, std::string_view language);

/// What an answer takes for granted, a line each; an effect begins with `- `. Empty: nothing.
std::vector<std::string> what_must_be_true(Comparison const& comparison, std::size_t scenario,
                                           std::string_view language);
/// A payer or ledger, a kind of payment, or a key of a money file, as readers call it.
std::string money_word(std::string_view name, std::string_view language);

}  // namespace utvei
