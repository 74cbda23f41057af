// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace utvei {

/// Where data come from, the strictest class first: register, open, synthetic. What is made of data inherits it.
std::vector<std::string> const& data_classes();

/// The strictest of some classes; synthetic if there are none.
std::string strictest(std::vector<std::string> const& of);

}  // namespace utvei
