// SPDX-License-Identifier: Apache-2.0
#include "session_files.hpp"

#include <utvei/document/digest.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace utvei {

void SessionFiles::remember(std::vector<std::string> const& paths) {
  std::scoped_lock const lock{mutex_};
  for (std::string const& path : paths)
    if (auto const [known, is_new] = hashes_.try_emplace(path); is_new) known->second = sha256_of_file(path);
}

std::vector<ChangedFile> SessionFiles::changed_among(std::vector<std::string> const& paths) const {
  std::scoped_lock const lock{mutex_};
  std::vector<ChangedFile> changed;
  for (std::string const& path : paths) {
    auto const known = hashes_.find(path);
    bool const is_told = std::ranges::find(changed, path, &ChangedFile::path) != changed.end();
    if (known == hashes_.end() || is_told || sha256_of_file(path) == known->second) continue;
    std::error_code error;
    changed.push_back({path, !std::filesystem::exists(path, error)});
  }
  return changed;
}

ReportText words_of_changes(std::vector<ChangedFile> const& changed, std::string const& folder) {
  ReportText files;
  for (auto const& [path, is_gone] : changed) {
    std::string const name = std::filesystem::path{path}.lexically_proximate(folder).string();
    char const* const between = files.empty() ? "" : ", ";
    files.nb += fmt::format("{}{}{}", between, name, is_gone ? " (borte)" : "");
    files.nn += fmt::format("{}{}{}", between, name, is_gone ? " (borte)" : "");
    files.en += fmt::format("{}{}{}", between, name, is_gone ? " (gone)" : "");
  }
  return {
      fmt::format("Endret siden studio startet: {}. Tallene på siden er regnet med filene slik de var da; nå ville "
                  "`utvei run` gi andre tall. Legg filene tilbake slik de var, eller start studio på nytt og kjør "
                  "forsøket igjen.",
                  files.nb),
      fmt::format("Endra sidan studio starta: {}. Tala på sida er rekna med filene slik dei var då; no ville `utvei "
                  "run` gi andre tal. Legg filene tilbake slik dei var, eller start studio på nytt og køyr forsøket "
                  "igjen.",
                  files.nn),
      fmt::format("Changed since the studio began: {}. The numbers on the page are of the files as they were then; "
                  "`utvei run` would now give others. Put the files back as they were, or start the studio anew and "
                  "run the try again.",
                  files.en)};
}

}  // namespace utvei
