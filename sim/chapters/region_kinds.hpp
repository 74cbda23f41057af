// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/chapters/contents.hpp>

#include <string>
#include <vector>

namespace utvei {

/// `municipality`, `county`, `mixed` (some of each) or `other`: what people are counted in. Empty: in no places.
std::string kind_of_regions(Contents const& contents);

/// Municipalities of the model inside a county that people are counted in as a whole, by name.
std::vector<ReportMunicipality> municipalities_within(Contents const& contents);

}  // namespace utvei
