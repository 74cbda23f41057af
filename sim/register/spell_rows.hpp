// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "person_table.hpp"

#include <utvei/register/life_courses.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace utvei {

/// One row of a source: the state or, where sources name activities, the activity holds on [start, stop).
struct SpellRow {
  PersonRow person;
  /// Of the source, and of what nobody leaves before all sources: where rows of two ranks overlap, the lower one wins.
  std::uint32_t rank{};
  StateId state;
  ActivityId activity;
  Instant start;
  Instant stop;  ///< distant_future: still going on
};

/// Reads the rows of sources; adds people where the study has no persons file.
class SpellReader {
 public:
  SpellReader(Study const& study, PersonTable& table, RejectAccount account, RegisterCounts& counts,
              std::size_t threads, Diagnostics& diagnostics)
      : study_{study},
        table_{table},
        account_{account},
        counts_{counts},
        threads_{threads},
        diagnostics_{diagnostics} {}

  /// `number`: of the source in the study.
  void read(std::size_t number);
  /// In parts; the rows of a source follow those of the sources before it, in the order of the file.
  [[nodiscard]] std::vector<std::vector<SpellRow>> take() { return std::move(rows_); }

 private:
  Study const& study_;
  PersonTable& table_;
  RejectAccount account_;
  RegisterCounts& counts_;
  std::size_t threads_;
  Diagnostics& diagnostics_;
  std::vector<std::vector<SpellRow>> rows_;
};

}  // namespace utvei
