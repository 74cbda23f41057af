// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/data_class.hpp>

#include <algorithm>

namespace utvei {

std::vector<std::string> const& data_classes() {
  static std::vector<std::string> const classes{"register", "open", "synthetic"};
  return classes;
}

std::string strictest(std::vector<std::string> const& of) {
  for (std::string const& data_class : data_classes())
    if (std::ranges::find(of, data_class) != of.end()) return data_class;
  return data_classes().back();
}

}  // namespace utvei
