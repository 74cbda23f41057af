// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace utvei {

/// What readers call a quantity of tables, in nb, nn or en: as the title of its table (`stock_by_…` as `stock`), and
/// inside a sentence. Empty: nobody has a word for it.
std::string_view title_of_quantity(std::string_view quantity, std::string_view language);
std::string_view quantity_inside_sentence(std::string_view quantity, std::string_view language);

}  // namespace utvei
