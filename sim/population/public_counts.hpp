// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/population/count_table.hpp>
#include <utvei/tables/public_table.hpp>

#include <optional>

namespace utvei {

/// The counts of a public table. A number that was hidden within bounds counts as its estimate, what has a sign in its
/// place is not known. Diagnoses periods that `where` does not choose among, columns that it names and the table lacks,
/// and conditions that no row meets.
std::optional<CountTable> counts_of(PublicTable const& table, CountRequest const& request, Place const& place,
                                    Diagnostics& diagnostics);

}  // namespace utvei
