// SPDX-License-Identifier: Apache-2.0
#include "row_errors.hpp"

#include <utility>

#include <fmt/format.h>

namespace utvei {

namespace {
constexpr std::int64_t shown_of_each_kind = 5;
}

void RowErrors::add(std::string_view kind, Place place, std::string problem, std::string why, std::string suggestion) {
  auto found = counts_.find(kind);
  if (found == counts_.end()) {
    found = counts_.emplace(kind, 0).first;
  }
  if (++found->second <= shown_of_each_kind) {
    diagnostics_.error(std::move(place), std::move(problem), std::move(why), std::move(suggestion));
  }
}

void RowErrors::report_rest(Place const& file) {
  for (auto const& [kind, count] : counts_) {
    if (count > shown_of_each_kind) {
      diagnostics_.error(file, fmt::format("{} more rows: {}", count - shown_of_each_kind, kind),
                         fmt::format("the first {} are shown", shown_of_each_kind), {});
    }
  }
}

}  // namespace utvei
