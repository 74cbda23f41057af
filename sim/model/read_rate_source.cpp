// SPDX-License-Identifier: Apache-2.0
#include "reading.hpp"

#include <fmt/format.h>

namespace utvei {

WayRate read_rate_source(MapReader& reader, std::string_view what, Diagnostics& diagnostics) {
  WayRate source;
  auto const* rate = reader.optional("rate_per_year");
  auto const* table = reader.optional("rates");
  if (rate != nullptr && table != nullptr) {
    diagnostics.error(table->place, "both `rate_per_year` and `rates`",
                      fmt::format("{} has one source of its rate", what), "remove one of them");
  }
  if (rate != nullptr) source.rate_per_year = as_number_at_least(*rate, 0, "rate_per_year", diagnostics);
  if (source.rate_per_year > static_cast<double>(minutes_per_year)) {
    diagnostics.error(rate->place, fmt::format("`{}` is not a rate per year", *source.rate_per_year),
                      "time is whole minutes, so nothing can happen more than once a minute",
                      "check the unit: rates are per year");
  }
  if (table != nullptr && as_text(*table, "rates", diagnostics)) {
    source.table = path_beside(*table);
    source.table_place = table->place;
  }
  return source;
}

}  // namespace utvei
