// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/report/document.hpp>
#include <utvei/results/result.hpp>

#include <functional>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

namespace utvei {

/// The results in the comparison of a studio, the baseline first. May be used from several threads.
class KeptResults {
 public:
  using CommandOf = std::function<std::string(std::vector<std::string> const& names)>;
  /// `command_of`: the command that makes a report of results of these names.
  KeptResults(CommandOf command_of, std::string language)
      : command_of_{std::move(command_of)}, language_{std::move(language)} {}

  /// Of a register: decides what stays inside of all results that were ever shown here, for people and luck are the
  /// same in all of them. False where there are `most` already, or it has been left out meanwhile.
  bool add(RunResult result);
  /// False where there is none of that name, or it is the last beside the baseline.
  bool remove(std::string const& name);
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] bool is_full() const;
  [[nodiscard]] ReportDocument document() const;

  static constexpr std::size_t most = 21;  ///< with the baseline

 private:
  [[nodiscard]] std::vector<std::string> names_under_lock() const;

  CommandOf command_of_;
  std::string language_;
  mutable std::shared_mutex mutex_;  ///< a report takes a while, and others ask for names meanwhile
  std::vector<RunResult> results_;
  std::vector<RunResult> shown_before_;  ///< of a register: tables alone
};

}  // namespace utvei
