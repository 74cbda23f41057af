// SPDX-License-Identifier: Apache-2.0
#include <utvei/model/libraries.hpp>

#include <boost/version.hpp>
#include <fmt/format.h>

namespace utvei {

std::vector<LibraryVersion> model_libraries() {
  return {{"Boost", fmt::format("{}.{}.{}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)}};
}

}  // namespace utvei
