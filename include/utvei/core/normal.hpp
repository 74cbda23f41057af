// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace utvei {

/// The 0.975 quantile of the standard normal: 95 % lie within it on both sides of the mean.
inline constexpr double normal_975 = 1.959963984540054;

}  // namespace utvei
