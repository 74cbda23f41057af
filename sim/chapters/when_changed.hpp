// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/chapters/contents.hpp>
#include <utvei/core/time.hpp>

#include <optional>

namespace utvei {

/// From when a scenario may differ from the zero alternative, up to the end of the run.
struct ChangedTime {
  Instant from, to;

  [[nodiscard]] double years() const { return in_years(to - from); }
  [[nodiscard]] int first_year() const { return year_of(from); }
  /// `fra 2026 til 2036`
  [[nodiscard]] ReportText in_words() const;
};

/// When the first of its own measures and changes is in force; the start of the run where it differs by anything else.
/// None: the result does not say when it was run, or nothing is left of the run.
std::optional<ChangedTime> changed_time(Contents const& contents, std::size_t scenario);

/// The first year of all scenarios. None: it is not known of one.
std::optional<int> first_changed_year(Contents const& contents);

}  // namespace utvei
