// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/register/exposure.hpp>
#include <utvei/register/study.hpp>

#include <functional>
#include <optional>
#include <vector>

namespace utvei {

/// What the files of `exposure:` hold, on the same axes.
struct GivenExposure {
  Exposure exposure;
  std::optional<Exposure> holdout;
};

/// Reads events and person-time that were counted elsewhere, with the columns that `estimate --exposure` writes:
/// from,to,<cell columns>,events,person_years (docs/formats/exposure.md). `axes_of` makes the axes from the regions
/// that have lines in either file. Columns that are no axis are added up. Diagnoses columns that are missing, labels
/// that are none of an axis, and lines that cannot be read or contradict each other: of each kind the first few, and
/// how many more. Use the result only without errors.
GivenExposure read_exposure(Study const& study,
                            std::function<std::vector<CellAxis>(std::vector<RegionId> const&)> const& axes_of,
                            Diagnostics& diagnostics);

}  // namespace utvei
