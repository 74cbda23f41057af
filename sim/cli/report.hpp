// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct ReportArguments {
  std::vector<std::string> results;   ///< or one batch file
  std::string output;                 ///< empty: standard output
  std::string baseline;               ///< name of a scenario; empty: the first result
  std::vector<std::string> with;      ///< what other commands wrote with --format json
  std::string map, map_key;           ///< GeoJSON, and the property that holds the code of a region
  std::string out;                    ///< of a batch: folder of its results; empty: what the file says, or runs
  std::vector<std::string> outcomes;  ///< of a batch: what its scenarios are compared by; empty: the usual ones
  bool inside{false};
  std::string format{"html"};  ///< html | json; of a batch also csv
};

/// `utvei report`: one page that says what results say.
int report_command(ReportArguments const& arguments, Session& session);

}  // namespace utvei
