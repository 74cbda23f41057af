// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "batch.hpp"
#include "progress.hpp"

#include <utvei/batch/run_units.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace utvei {

/// Who watches a batch: a bar on a terminal, a line now and then in a log, or a line of JSON for a program.
class BatchWatch {
 public:
  BatchWatch(BatchArguments const& arguments, BatchPlan const& plan, Session& session);

  void tell(BatchProgress const& progress);
  void tell_failure(UnitFailure const& failure);
  void tell_merged(std::size_t done, std::size_t total, std::string const& scenario, std::string const& file);
  /// The last line of JSON of a batch that a signal has stopped: how far it is.
  void tell_stopped();
  /// The bar is taken away before anything else is written.
  void clear();
  [[nodiscard]] bool writes_json_lines() const { return kind_ == Kind::ndjson; }

 private:
  enum class Kind { none, bar, lines, ndjson };
  using Clock = std::chrono::steady_clock;
  bool is_time(std::chrono::milliseconds pause);

  BatchPlan const& plan_;
  Session& session_;
  Kind kind_;
  std::optional<ProgressBar> bar_;
  Clock::time_point told_at_{Clock::now()};
  std::string last_why_{};  ///< of a failure
  BatchProgress last_{};
};

}  // namespace utvei
