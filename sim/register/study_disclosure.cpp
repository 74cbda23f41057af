// SPDX-License-Identifier: Apache-2.0
#include "study_parts.hpp"

#include <utvei/document/reader.hpp>

namespace utvei {

void read_disclosure_rules(Value const& value, Study& study, Diagnostics& diagnostics) {
  constexpr std::int64_t fewest = 3;
  constexpr std::int64_t most = 1000;
  MapReader reader{value, "`disclosure`", diagnostics};
  if (Value const* least = reader.optional("least"))
    if (auto const number = as_integer(*least, fewest, most, "least", diagnostics))
      study.disclosure.least = static_cast<double>(*number);
  if (Value const* denominator = reader.optional("denominator"))
    if (auto const number = as_integer(*denominator, fewest, most, "denominator", diagnostics))
      study.disclosure.denominator = static_cast<double>(*number);
  if (Value const* round_to = reader.optional("round_to"))
    if (auto const number = as_integer(*round_to, 1, most, "round_to", diagnostics))
      study.disclosure.round_to = *number;
  reader.finish();
}

}  // namespace utvei
