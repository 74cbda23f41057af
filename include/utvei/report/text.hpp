// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace utvei {

/// What a planner reads, in bokmål, nynorsk and English.
struct ReportText {
  std::string nb, nn, en;

  /// In `language`: nb, nn or en.
  [[nodiscard]] std::string const& in(std::string_view language) const {
    return language == "en" ? en : language == "nn" ? nn : nb;
  }
  [[nodiscard]] bool empty() const { return nb.empty() && nn.empty() && en.empty(); }
  /// Whether one of the languages has nothing to say while another has.
  [[nodiscard]] bool is_partial() const { return !empty() && (nb.empty() || nn.empty() || en.empty()); }
  friend bool operator==(ReportText const&, ReportText const&) = default;
};

/// A name that is the same in all languages.
inline ReportText same_in_all(std::string const& name) {
  return {name, name, name};
}

/// Numbers for readers: thousands apart, a real minus, a decimal comma but in English.
ReportText number_words(double number, int decimals);

}  // namespace utvei
