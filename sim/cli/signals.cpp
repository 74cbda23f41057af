// SPDX-License-Identifier: Apache-2.0
#include "signals.hpp"

#include "exit_code.hpp"

#include <utvei/core/diagnostics.hpp>

#include <string_view>

#include <pthread.h>
#include <unistd.h>

namespace utvei {
namespace {

int exit_code_of_signal(int signal) {
  return signal == SIGINT ? exit_interrupted : exit_stopped;
}

[[noreturn]] void end_at_once(int signal) {
  std::string_view const text = signal == SIGINT ? "utvei: interrupted\n" : "utvei: stopped\n";
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) ::_exit(exit_code_of_signal(signal));
  ::_exit(exit_code_of_signal(signal));
}

}  // namespace

SignalWatch::SignalWatch() {
  sigemptyset(&set_);
  for (int const signal : {SIGINT, SIGTERM, SIGUSR1}) sigaddset(&set_, signal);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  thread_ = std::thread{[this] { watch(); }};
}

SignalWatch::~SignalWatch() {
  closing_ = true;
  pthread_kill(thread_.native_handle(), SIGUSR1);
  thread_.join();
}

void SignalWatch::watch() {
  while (true) {
    int signal = 0;
    if (sigwait(&set_, &signal) != 0) continue;
    if (closing_) return;
    if (steps_ == 0 || received_ != 0) end_at_once(signal);
    received_ = signal;
    stop_ = true;
  }
}

int SignalWatch::exit_code() const {
  return exit_code_of_signal(received_ == 0 ? SIGINT : received_.load());
}

void throw_if_stopped(SignalWatch const& signals) {
  if (signals.stop()) throw Interrupted{};
}

}  // namespace utvei
