// SPDX-License-Identifier: Apache-2.0
#include "studio_run.hpp"

#include <utility>

namespace utvei {

void StudioRun::tell(std::string const& stage, std::uint64_t done, std::uint64_t total) {
  std::scoped_lock const lock{mutex_};
  // Threads tell of their work in any order.
  if (news_.stage == stage && done < news_.done) return;
  news_.stage = stage;
  news_.done = done;
  news_.total = total;
  ++news_.version;
  changed_.notify_all();
}

void StudioRun::finish(std::string const& end, std::string data) {
  std::scoped_lock const lock{mutex_};
  news_.end = end;
  news_.data = std::move(data);
  ++news_.version;
  heard_ = Clock::now();
  changed_.notify_all();
}

StudioRun::News StudioRun::wait_for_news(std::uint64_t seen, std::chrono::milliseconds at_most) const {
  std::unique_lock lock{mutex_};
  changed_.wait_for(lock, at_most, [&] { return news_.version != seen; });
  return news_;
}

bool StudioRun::has_ended() const {
  std::scoped_lock const lock{mutex_};
  return !news_.end.empty();
}

void StudioRun::join_listener() {
  std::scoped_lock const lock{mutex_};
  ++listeners_;
}

void StudioRun::leave_listener() {
  std::scoped_lock const lock{mutex_};
  heard_ = Clock::now();
  if (--listeners_ == 0 && news_.end.empty()) stop = true;
}

StudioRun::Clock::duration StudioRun::unheard() const {
  std::scoped_lock const lock{mutex_};
  return listeners_ > 0 ? Clock::duration::zero() : Clock::now() - heard_;
}

}  // namespace utvei
