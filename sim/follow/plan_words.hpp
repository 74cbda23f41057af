// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/follow/follow.hpp>

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace utvei {

/// A sentence with gaps, filled with what each language says.
template <class... Parts>
ReportText plan_said(std::string_view nb, std::string_view nn, std::string_view en, Parts const&... parts) {
  auto const in = [&](std::string_view pattern, std::string_view language) {
    return [&pattern](auto const&... words) {
      return fmt::vformat(pattern, fmt::make_format_args(words...));
    }(std::string{parts.in(language)}...);
  };
  return {in(nb, "nb"), in(nn, "nn"), in(en, "en")};
}

}  // namespace utvei
