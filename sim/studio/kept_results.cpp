// SPDX-License-Identifier: Apache-2.0
#include "kept_results.hpp"

#include <utvei/chapters/report_of.hpp>
#include <utvei/results/result_gate.hpp>
#include <utvei/run/run_scenario.hpp>

#include <algorithm>
#include <mutex>
#include <utility>

namespace utvei {

bool KeptResults::add(RunResult result) {
  bool const is_register = result.provenance.data_class == "register";
  if (is_register) {
    hide_in_result(result);
    result.life_courses.reset();  // of single people
  }
  std::scoped_lock const lock{mutex_};
  if (results_.size() >= most) return false;
  results_.push_back(std::move(result));
  if (!is_register) return true;
  std::vector<RunResult*> all;
  for (auto* const list : {&results_, &shown_before_})
    for (RunResult& one : *list) all.push_back(&one);
  hide_cells(all);
  return true;
}

bool KeptResults::remove(std::string const& name) {
  std::scoped_lock const lock{mutex_};
  if (results_.size() < 3) return false;
  auto const found = std::find_if(results_.begin() + 1, results_.end(),
                                  [&](RunResult const& one) { return one.provenance.scenario_name == name; });
  if (found == results_.end()) return false;
  if (found->provenance.data_class == "register") {
    shown_before_.push_back(std::move(*found));
    shown_before_.back().group_tables.clear();
  }
  results_.erase(found);
  return true;
}

std::vector<std::string> KeptResults::names_under_lock() const {
  std::vector<std::string> names;
  for (RunResult const& result : results_) names.push_back(result.provenance.scenario_name);
  return names;
}

std::vector<std::string> KeptResults::names() const {
  std::shared_lock const lock{mutex_};
  return names_under_lock();
}

bool KeptResults::is_full() const {
  std::shared_lock const lock{mutex_};
  return results_.size() + shown_before_.size() >= most;
}

ReportDocument KeptResults::document() const {
  std::shared_lock const lock{mutex_};
  ReportRequest request;
  request.command = command_of_(names_under_lock());
  request.language = language_;
  return report_of(results_, request);
}

}  // namespace utvei
