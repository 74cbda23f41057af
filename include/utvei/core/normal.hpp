// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace utvei {

/// The 0.975 quantile of the standard normal: 95 % lie within it on both sides of the mean.
inline constexpr double normal_975 = 1.959963984540054;
/// The 0.95 quantile: 90 % lie within it.
inline constexpr double normal_950 = 1.6448536269514722;

}  // namespace utvei
