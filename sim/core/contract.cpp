// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>

#include <string_view>

#include <fmt/format.h>

namespace utvei {

void contract_violated(char const* kind, char const* condition, char const* file, int line) {
  // The folder depends on where the program was built; the name of the file says enough.
  std::string_view const path{file};
  auto const slash = path.rfind('/');
  auto const name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  throw ContractViolation(fmt::format("{}:{}: {}: {}", name, line, kind, condition));
}

}  // namespace utvei
