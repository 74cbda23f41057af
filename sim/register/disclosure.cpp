// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/diagnostics.hpp>
#include <utvei/register/disclosure.hpp>

#include <fmt/format.h>

namespace utvei {

void require_disclosure_cleared(std::string_view data_class, Audience audience, std::string_view path) {
  if (data_class != "register" || audience == Audience::inside) {
    return;
  }
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` is made from a register and was not written", path),
                   "its cells may hold few people, and numbers below five must not leave the place of the register",
                   "add --inside to keep it there (only you can read it); or say `data_class: open` in the study if "
                   "the data are open"};
}

std::int64_t least_told(std::string_view data_class, Audience audience) {
  return data_class == "register" && audience == Audience::outside ? 5 : 0;
}

unsigned file_mode(std::string_view data_class) {
  return data_class == "register" ? 0600U : 0644U;
}

}  // namespace utvei
