// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/scenario/uncertain_ratio.hpp>

namespace utvei {

/// `{mean: 3200, interval_95: [2500, 4100]}` of an amount above 0, which is drawn log-normally like a ratio.
UncertainRatio read_uncertain_amount(Value const& value, std::string_view what, Diagnostics& diagnostics);

}  // namespace utvei
