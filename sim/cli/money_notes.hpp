// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/money/rules.hpp>

#include <string>
#include <vector>

namespace utvei {

/// What `check` says of a money file: the conventions, and what nobody has verified.
std::vector<std::string> notes_of_money(MoneyRules const& rules);

}  // namespace utvei
