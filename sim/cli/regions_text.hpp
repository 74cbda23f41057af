// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/regions.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What is said of a question about regions, and its answer.
struct RegionsPage {
  std::vector<RegionPair> pairs;
  std::vector<RegionOutcome> const& outcomes;
  RegionFactors const& factors;
  RegionsReport const& report;
  std::string data_class;
};

/// In nb, nn or en.
std::string regions_text(RegionsPage const& page, std::string_view language);
/// region,reference,outcome,total,component,contribution,low_95,high_95
std::string regions_csv(RegionsPage const& page);
std::string regions_json(RegionsPage const& page);

}  // namespace utvei
