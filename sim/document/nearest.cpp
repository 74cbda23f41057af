// SPDX-License-Identifier: Apache-2.0
#include <utvei/document/reader.hpp>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <numeric>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t most_names_shown = 20;
/// Longer words are not typed by hand, and the distance takes the product of the lengths.
constexpr std::size_t longest_word = 200;

std::string lower(std::string_view text) {
  std::string lowered{text};
  std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lowered;
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn one into the other (optimal string
/// alignment; Damerau 1964).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_up(b.size() + 1);
  std::vector<std::size_t> up(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(up.begin(), up.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto const differs = a[i - 1] == b[j - 1] ? std::size_t{0} : std::size_t{1};
      row[j] = std::min({up[j] + 1, row[j - 1] + 1, up[j - 1] + differs});
      auto const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], two_up[j - 2] + 1);
    }
    std::swap(two_up, up);
    std::swap(up, row);
  }
  return up[b.size()];
}

}  // namespace

std::string nearest(std::string_view text, std::vector<std::string> const& known) {
  if (text.size() > longest_word) return {};
  auto const written = lower(text);
  std::string const* best = nullptr;
  std::size_t least = 0;
  for (auto const& candidate : known) {
    if (candidate.size() > longest_word) continue;
    auto const distance = edit_distance(written, lower(candidate));
    if (distance > std::max(text.size(), candidate.size()) / 3 || (best != nullptr && distance >= least)) continue;
    best = &candidate;
    least = distance;
  }
  return best == nullptr ? std::string{} : *best;
}

std::string did_you_mean(std::string_view text, std::vector<std::string> const& known) {
  if (auto const near = nearest(text, known); !near.empty()) return fmt::format("did you mean `{}`?", near);
  if (known.empty()) return "none is known";
  std::string list;
  for (std::size_t i = 0; i < std::min(known.size(), most_names_shown); ++i) list += (i == 0 ? "" : ", ") + known[i];
  if (known.size() > most_names_shown) list += fmt::format(", … ({} in all)", known.size());
  return "known: " + list;
}

}  // namespace utvei
