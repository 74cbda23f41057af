// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace utvei {

/// Reports the first few rows of each kind of mistake and counts the rest: a register can have a million of one kind.
class RowErrors {
 public:
  explicit RowErrors(Diagnostics& diagnostics) : diagnostics_{diagnostics} {}
  void add(std::string_view kind, Place place, std::string problem, std::string why, std::string suggestion);
  /// Says how many were not shown.
  void report_rest(Place const& file);

 private:
  Diagnostics& diagnostics_;
  std::map<std::string, std::int64_t, std::less<>> counts_;
};

}  // namespace utvei
