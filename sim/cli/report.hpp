// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.hpp"

#include <string>
#include <vector>

namespace utvei {

struct ReportArguments {
  std::vector<std::string> results;
  std::string output;             ///< empty: standard output
  std::string baseline;           ///< name of a scenario; empty: the first result
  std::vector<std::string> with;  ///< what other commands wrote with --format json
  std::string map, map_key;       ///< GeoJSON, and the property that holds the code of a region
  bool inside{false};
  std::string format{"html"};  ///< html | json
};

/// `utvei report`: one page that says what results say.
int report_command(ReportArguments const& arguments, Session& session);

}  // namespace utvei
