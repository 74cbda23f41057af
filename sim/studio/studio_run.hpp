// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>

namespace utvei {

/// What listeners are told of a run that is in progress or has just ended.
class StudioRun {
 public:
  using Clock = std::chrono::steady_clock;
  struct News {
    std::uint64_t version{0};
    std::string stage{"people"};
    std::uint64_t done{0}, total{0};
    std::string end;   ///< done, failed or stopped; empty: it goes on
    std::string data;  ///< of the end: JSON
  };

  StudioRun(std::string the_id, std::string the_name) : id{std::move(the_id)}, name{std::move(the_name)} {}

  void tell(std::string const& stage, std::uint64_t done, std::uint64_t total);
  void finish(std::string const& end, std::string data);
  /// What is new since `seen`, or as it stands when the time is over.
  [[nodiscard]] News wait_for_news(std::uint64_t seen, std::chrono::milliseconds at_most) const;
  [[nodiscard]] bool has_ended() const;

  void join_listener();
  /// Whose stream has ended. The run stops with its last listener, unless it has come to its end.
  void leave_listener();
  /// How long nobody has listened.
  [[nodiscard]] Clock::duration unheard() const;

  std::string const id;
  std::string const name;
  StopFlag stop{false};

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  News news_;
  int listeners_{0};
  Clock::time_point heard_{Clock::now()};
};

}  // namespace utvei
