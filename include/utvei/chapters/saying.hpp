// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/report/text.hpp>

#include <string>
#include <string_view>
#include <type_traits>

#include <fmt/format.h>

namespace utvei {

/// A sentence with gaps (`{}`, or `{0}` where languages differ in their order), in nb, nn and en.
struct Saying {
  std::string_view nb, nn, en;
};

template <class Part>
auto part_in(Part const& part, std::string_view language) {
  if constexpr (std::is_same_v<Part, ReportText>)
    return part.in(language);
  else if constexpr (std::is_convertible_v<Part const&, std::string_view>)
    return std::string{part};
  else
    return part;
}

/// The sentence with its gaps filled: texts in the language, all else as it is.
template <class... Parts>
ReportText said(Saying const& saying, Parts const&... parts) {
  auto const in = [&](std::string_view pattern, [[maybe_unused]] std::string_view language) {
    // Arguments of fmt::vformat must outlive the call: they are values of this one.
    return [&pattern](auto const&... values) {
      return fmt::vformat(pattern, fmt::make_format_args(values...));
    }(part_in(parts, language)...);
  };
  return {in(saying.nb, "nb"), in(saying.nn, "nn"), in(saying.en, "en")};
}

/// One text after another.
inline ReportText followed_by(ReportText const& a, ReportText const& b, std::string_view between = " ") {
  if (a.empty()) return b;
  if (b.empty()) return a;
  std::string const gap{between};
  return {a.nb + gap + b.nb, a.nn + gap + b.nn, a.en + gap + b.en};
}

/// What `tell(language)` says in each.
template <class Tell>
ReportText in_three(Tell const& tell) {
  return {tell("nb"), tell("nn"), tell("en")};
}

}  // namespace utvei
