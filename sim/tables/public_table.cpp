// SPDX-License-Identifier: Apache-2.0
#include <utvei/tables/public_table.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {

std::string_view text_of(Sign sign) {
  switch (sign) {
    case Sign::none:
      return "";
    case Sign::not_possible:
      return ".";
    case Sign::missing:
      return "..";
    case Sign::not_yet:
      return "...";
    case Sign::hidden:
      return ":";
  }
  return "";
}

Published sum_of(Published const& a, Published const& b) {
  if (a.sign == Sign::not_possible) return b;
  if (b.sign == Sign::not_possible) return a;
  if (a.is_missing()) return a;
  if (b.is_missing()) return b;
  return {a.low + b.low, a.high + b.high, Sign::none, a.estimate + b.estimate};
}

std::string text_of(AgeSpan const& span) {
  if (!span.to) return fmt::format("{}+", span.from);
  if (*span.to == span.from + 1) return fmt::format("{}", span.from);
  return fmt::format("{}-{}", span.from, *span.to - 1);
}

std::optional<std::size_t> PublicTable::column(std::string_view name) const {
  auto const found = std::ranges::find(columns, name, &TableColumn::name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

}  // namespace utvei
