// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/report/text.hpp>

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace utvei {

/// A file that is no longer what the studio read.
struct ChangedFile {
  std::string path;
  bool is_gone{false};
};

/// What the files were when a studio began, by their hashes: a run of other files would give other numbers than the
/// page shows. May be used from several threads.
class SessionFiles {
 public:
  /// As they are now, unless they are known.
  void remember(std::vector<std::string> const& paths);
  /// Those of these that are known, and have changed since.
  [[nodiscard]] std::vector<ChangedFile> changed_among(std::vector<std::string> const& paths) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> hashes_;  ///< by path
};

/// What has changed, seen from `folder`, and what to do about it.
ReportText words_of_changes(std::vector<ChangedFile> const& changed, std::string const& folder);

}  // namespace utvei
