// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace utvei {

/// What a part of a difference between regions is called, in nb, nn or en; its name where the user gave it.
std::string component_words(std::string_view component, std::string_view language);

}  // namespace utvei
