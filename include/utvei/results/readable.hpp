// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace utvei {

/// A number for readers in nb, nn or en: thousands apart, the decimal mark of the language, a real minus (U+2212), and
/// no sign before what rounds to nothing.
std::string readable(double number, int decimals, std::string_view language);

/// The same of a difference: a plus before what is more than nothing.
std::string readable_signed(double number, int decimals, std::string_view language);

/// The same with three digits, or whole from a thousand on, without zeros at the end.
std::string readable_digits(double number, std::string_view language);

/// A label in the middle of a sentence: `Arbeid` becomes `arbeid`, `AAP` stays.
std::string inside_sentence(std::string label);

}  // namespace utvei
