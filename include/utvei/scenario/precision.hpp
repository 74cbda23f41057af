// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/document/reader.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace utvei {

/// How well a run is to know an outcome, and how far it may go for that.
struct Precision {
  std::string of;                                         ///< quantity, or name of a table
  std::map<std::string, std::vector<std::string>> where;  ///< by dimension: labels
  double half_width{0};   ///< of the 95 % interval of the mean, or of the difference from the first scenario
  std::uint32_t most{0};  ///< draws; without draws replicates
  Place place;
  friend bool operator==(Precision const& a, Precision const& b) {
    return a.of == b.of && a.where == b.where && a.half_width == b.half_width && a.most == b.most;
  }
};

}  // namespace utvei
