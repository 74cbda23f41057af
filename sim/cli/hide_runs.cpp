// SPDX-License-Identifier: Apache-2.0
#include "hide_runs.hpp"

#include <utvei/output/result_file.hpp>
#include <utvei/results/result_gate.hpp>

#include <cstddef>
#include <utility>

namespace utvei {

void hide_alike(std::vector<std::string> const& paths, Session& session) {
  if (paths.size() < 2) return;
  std::vector<RunResult> tables;
  for (std::string const& path : paths) {
    tables.push_back(load_result(path));
    // These take most room.
    tables.back().life_courses.reset();
    tables.back().group_tables.clear();
  }
  std::vector<RunResult*> all;
  for (RunResult& result : tables) all.push_back(&result);
  hide_cells(all);
  FinishStep const writing{session.signals};
  for (std::size_t i = 0; i < paths.size(); ++i) {
    RunResult whole = load_result(paths[i]);
    whole.hidden = std::move(tables[i].hidden);
    save_result(whole, paths[i]);
  }
}

}  // namespace utvei
