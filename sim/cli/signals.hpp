// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>

#include <atomic>
#include <csignal>
#include <thread>

namespace utvei {

/// Waits for SIGINT, SIGTERM and SIGUSR1 in a thread of its own, so that no handler needs a global. Make it before any
/// other thread: the signals are blocked for all threads started later. SIGPIPE is ignored: writing reports EPIPE.
///
/// A signal ends the program at once, except while a FinishStep lives: then it raises the flag that the work looks at.
/// A second signal always ends the program. Files are written under temporary names, so nothing is left half-written.
class SignalWatch {
 public:
  SignalWatch();
  ~SignalWatch();
  SignalWatch(SignalWatch const&) = delete;
  SignalWatch& operator=(SignalWatch const&) = delete;

  /// Raised by the first signal while a FinishStep lives.
  [[nodiscard]] StopFlag const& stop() const { return stop_; }
  /// 130 for SIGINT, 6 for SIGTERM and SIGUSR1.
  [[nodiscard]] int exit_code() const;

 private:
  friend class FinishStep;
  void watch();

  sigset_t set_{};
  StopFlag stop_{false};
  std::atomic<int> received_{0};
  std::atomic<int> steps_{0};
  std::atomic<bool> closing_{false};
  std::thread thread_;
};

/// While it lives, signals wait: the work looks at the stop flag, or is too short to be broken off.
class FinishStep {
 public:
  explicit FinishStep(SignalWatch& signals) : signals_{signals} { ++signals_.steps_; }
  /// Throws nothing; the command asks throw_if_stopped() afterwards.
  ~FinishStep() { --signals_.steps_; }
  FinishStep(FinishStep const&) = delete;
  FinishStep& operator=(FinishStep const&) = delete;

 private:
  SignalWatch& signals_;
};

/// Throws Interrupted if the flag is up.
void throw_if_stopped(SignalWatch const& signals);

}  // namespace utvei
