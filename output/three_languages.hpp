// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <ranges>
#include <string_view>

namespace utvei {

/// A name of the files, and what readers call it.
struct WordInThree {
  std::string_view name, nb, nn, en;

  [[nodiscard]] std::string_view in(std::string_view language) const {
    return language == "en" ? en : language == "nn" ? nn : nb;
  }
};

/// Empty: nobody has a word for it.
template <std::ranges::range Words>
std::string_view word_in(Words const& words, std::string_view name, std::string_view language) {
  auto const found = std::ranges::find(words, name, &WordInThree::name);
  return found == std::ranges::end(words) ? std::string_view{} : found->in(language);
}

}  // namespace utvei
