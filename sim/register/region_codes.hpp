// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reject_log.hpp"

#include <utvei/register/study.hpp>

#include <string>
#include <unordered_map>
#include <vector>

namespace utvei {

/// Codes of regions in data files, brought to the vintage of the model's regions file by the study's crosswalk.
class RegionCodes {
 public:
  /// Reads the crosswalk, if there is one.
  RegionCodes(Study const& study, Diagnostics& diagnostics);
  /// The region of a code that was written down at `moment`: what the crosswalk makes of it, else what the model calls
  /// so. Rejects the row where there is none.
  RegionId read(DelimitedFile::Row const& row, std::size_t column, Instant moment, RejectLog& log) const;

 private:
  struct Successor {
    Instant valid_from;
    std::string code;
    Place place;
  };
  void add(DelimitedFile::Row const& row, std::size_t from, std::size_t to, std::optional<std::size_t> valid_from,
           Diagnostics& diagnostics);
  [[nodiscard]] std::string_view successor(std::string_view code, Instant moment) const;

  Study const& study_;
  std::unordered_map<std::string, std::vector<Successor>> successors_;  ///< of each code, by valid_from
};

}  // namespace utvei
