// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/diagnostics.hpp>
#include <utvei/core/time.hpp>
#include <utvei/register/disclosure.hpp>

#include <cstddef>

#include <fmt/format.h>

namespace utvei {

void require_disclosure_cleared(std::string_view data_class, Audience audience, std::string_view path,
                                std::string_view done) {
  if (data_class != "register" || audience == Audience::inside) {
    return;
  }
  throw InputError{Fault::usage, Place{}, fmt::format("`{}` is made from a register and was not {}", path, done),
                   "it may tell of single people, and numbers below five must not leave the place of the register",
                   "add --inside to keep it there (only you can read it); or say `data_class: open` in the study if "
                   "the data are open"};
}

std::vector<bool> counts_to_hide(std::vector<double> const& counts, double least) {
  std::vector<bool> hidden(counts.size());
  std::size_t number = 0;
  double sum = 0;
  auto const hide = [&](std::size_t i) {
    hidden[i] = true;
    ++number;
    sum += counts[i];
  };
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (!may_be_shown(counts[i], least)) hide(i);
  // Each of the hidden is at least 1: one of them may be as large as the sum less those.
  while (number == 1 || (number > 1 && sum - static_cast<double>(number - 1) < least)) {
    std::optional<std::size_t> smallest;
    for (std::size_t i = 0; i < counts.size(); ++i)
      if (!hidden[i] && counts[i] > 0 && (!smallest || counts[i] < counts[*smallest])) smallest = i;
    if (!smallest) break;
    hide(*smallest);
  }
  return hidden;
}

void hide_small_counts(std::vector<std::optional<std::int64_t>*> const& counts, DisclosureRules const& rules) {
  std::vector<double> numbers;
  for (auto const* const count : counts) numbers.push_back(static_cast<double>(count->value_or(0)));
  std::vector<bool> const hidden = counts_to_hide(numbers, rules.least);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (hidden[i])
      counts[i]->reset();
    else if (*counts[i])
      *counts[i] = static_cast<std::int64_t>(rounded(numbers[i], rules));
  }
}

std::string shown(std::optional<std::int64_t> const& count) {
  return count ? fmt::format("{}", *count) : ":";
}

std::int64_t least_told(std::string_view data_class, Audience audience, double least) {
  return data_class == "register" && audience == Audience::outside ? static_cast<std::int64_t>(least) : 0;
}

unsigned file_mode(std::string_view data_class) {
  return data_class == "register" ? 0600U : 0644U;
}

}  // namespace utvei
