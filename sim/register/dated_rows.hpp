// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "person_table.hpp"
#include "region_codes.hpp"
#include "reject_log.hpp"

#include <utvei/register/life_courses.hpp>

#include <cstddef>
#include <cstdint>

namespace utvei {

/// Reads values that change in time, of people who are known. A value holds from its start until its stop or the
/// person's next start, whichever comes first; of two that start together the row that stands first in the file counts.
class DatedReader {
 public:
  DatedReader(Study const& study, PersonTable const& table, RegionCodes const& codes, RejectAccount account,
              RegisterCounts& counts, std::size_t threads, Diagnostics& diagnostics)
      : study_{study},
        table_{table},
        codes_{codes},
        account_{account},
        counts_{counts},
        threads_{threads},
        diagnostics_{diagnostics} {}

  Timeline<RegionId> residence(DatedSource const& source);
  Timeline<std::uint16_t> trait(DatedTrait const& trait);

 private:
  template <class T, class ReadInterval, class ReadValue>
  Timeline<T> read(DatedSource const& source, T unknown, ReadInterval const& interval_of, ReadValue const& read_value);

  Study const& study_;
  PersonTable const& table_;
  RegionCodes const& codes_;
  RejectAccount account_;
  RegisterCounts& counts_;
  std::size_t threads_;
  Diagnostics& diagnostics_;
};

}  // namespace utvei
