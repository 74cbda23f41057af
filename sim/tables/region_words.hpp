// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crosswalk.hpp"
#include "cube.hpp"

#include <utvei/model/regions.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What a table's word for a region stands for: a code, or why there is none.
struct RegionFound {
  std::string code;
  bool is_recoded{false};       ///< a crosswalk changed it
  std::string problem, advice;  ///< both empty if all is well
};

/// Codes and names of regions, as tables have them.
class RegionWords {
 public:
  /// `regions` may be nullptr: then codes are taken as they are, and names cannot be known. `level`: "" for all.
  RegionWords(Regions const* regions, Crosswalk const& crosswalk, std::string_view level);
  [[nodiscard]] RegionFound find(Category const& category) const;

 private:
  [[nodiscard]] RegionFound by_name(std::string_view name) const;
  [[nodiscard]] RegionFound by_code(std::string_view code) const;

  Regions const* regions_;
  Crosswalk const& crosswalk_;
  std::map<std::string, std::vector<std::string>, std::less<>> codes_by_name_;  ///< of the level
  std::map<std::string, std::string, std::less<>> other_levels_;                ///< a code by name
};

}  // namespace utvei
