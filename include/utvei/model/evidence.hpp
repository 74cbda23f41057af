// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/diagnostics.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace utvei {

/// How well numbers are known, as the column `status` of tables of rates, shares and ages says: verified (read at its
/// source), derived (worked out from such numbers) or unverified.
struct Evidence {
  std::size_t rows{0};  ///< that have a status
  std::size_t unverified{0};
  friend bool operator==(Evidence const&, Evidence const&) = default;
};

/// Counts over those of the files that are tables of rates, shares or ages; each file once. Words that are no status or
/// no confidence are diagnosed.
Evidence evidence_of(std::vector<std::string> const& files, Diagnostics& diagnostics);

/// `141 rows: 88 unverified`
std::string describe(Evidence const& evidence);

}  // namespace utvei
