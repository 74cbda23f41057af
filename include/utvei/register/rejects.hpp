// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

/// How many rows of a data file are not used for one reason.
struct RejectCount {
  std::string file;
  std::string reason;
  std::int64_t rows{0};
  friend bool operator==(RejectCount const&, RejectCount const&) = default;
};

/// A row of a data file that is not used.
struct RejectedRow {
  std::string file;
  int line{0};
  std::string column;  ///< empty: the row as a whole
  std::string reason;
  std::string value;  ///< what stands in the column
  std::string row;    ///< as it stands in the file
};

/// `--rejects`: file,line,column,reason,value,row; fields quoted where they need it.
std::string to_csv(std::vector<RejectedRow> const& rows);

}  // namespace utvei
