// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "estimate.hpp"

#include <utvei/register/study.hpp>

namespace utvei {

/// Fits the intensities of a study that has a panel.
int estimate_panel(EstimateArguments const& arguments, Study const& study, Session& session);

}  // namespace utvei
