// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "console.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace utvei {

/// `1,234,567` with thin separators that no locale decides.
std::string grouped(std::uint64_t number);
/// `0:08`, `12:30`, `1:05:00`.
std::string clock_text(double seconds);

/// A line on the terminal that is drawn over again: how much is done, persons per second and the time that remains.
/// Draws nothing where stderr is not a terminal or when `shown` is false. May be told from several threads.
class ProgressBar {
 public:
  ProgressBar(Console& console, std::string label, bool shown);
  ~ProgressBar();
  ProgressBar(ProgressBar const&) = delete;
  ProgressBar& operator=(ProgressBar const&) = delete;

  /// `note`: what else is to be said, at the end of the line.
  void tell(std::uint64_t done, std::uint64_t total, std::string const& note = {});
  /// Takes the line away.
  void clear();
  [[nodiscard]] double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;
  Console& console_;
  std::string label_;
  bool shown_;
  bool drawn_{false};
  Clock::time_point begun_{Clock::now()};
  Clock::time_point drawn_at_{};
  std::mutex mutex_;
};

}  // namespace utvei
