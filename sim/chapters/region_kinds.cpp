// SPDX-License-Identifier: Apache-2.0
#include "region_kinds.hpp"

#include "areas.hpp"

#include <algorithm>

namespace utvei {

std::string kind_of_regions(Contents const& contents) {
  std::size_t places = 0;
  std::size_t municipalities = 0;
  std::size_t counties = 0;
  for (ReportArea const& area : contents.areas()) {
    if (!is_place(area)) continue;
    ++places;
    municipalities += area.level == "municipality" ? 1U : 0U;
    counties += area.level == "county" ? 1U : 0U;
  }
  if (places == 0) return {};
  if (municipalities == places) return "municipality";
  if (counties == places) return "county";
  return municipalities + counties == places ? "mixed" : "other";
}

std::vector<ReportMunicipality> municipalities_within(Contents const& contents) {
  std::vector<ReportMunicipality> found;
  Regions const* const regions = contents.material().regions;
  if (regions == nullptr) return found;
  for (ReportArea const& area : contents.areas()) {
    auto const county = regions->find(area.code);
    if (!county || area.level != "county" || !is_place(area)) continue;
    for (RegionId const id : regions->children(*county)) {
      Region const& below = (*regions)[id];
      // Those of earlier years have other neighbours than a reader knows.
      bool const is_there = below.level == "municipality" && !below.valid_to;
      if (is_there && contents.area(below.code) == nullptr)
        found.push_back({below.code, regions->name(id, "nb"), area.code});
    }
  }
  std::ranges::sort(found, {}, [](ReportMunicipality const& one) { return std::pair{one.name, one.region}; });
  return found;
}

}  // namespace utvei
