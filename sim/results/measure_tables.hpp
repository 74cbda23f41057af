// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// The tables by measure or payment of two results, for all of either, which a result that lacks one has zeros of. All
/// else of a result but life courses is as it was; other tables are left out, but for `persons` and `stock`.
struct MeasureTables {
  RunResult baseline, scenario;
};
MeasureTables measure_tables(RunResult const& baseline, RunResult const& scenario);

/// The tables of transitions of both, for all transitions of either, where they are not the same: a measure that is a
/// state takes people where nothing else does. Else as above.
std::optional<MeasureTables> transition_tables(RunResult const& baseline, RunResult const& scenario);

/// The table with these labels along one dimension; those that it lacks are zeros.
Table with_labels(Table const& table, std::string_view dimension, std::vector<std::string> const& labels);

/// Whether a table tells of measures, or of payments, of which another result may have others.
bool tells_of_measures(Table const& table);

}  // namespace utvei
