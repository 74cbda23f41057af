// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <httplib.h>

namespace utvei {

/// As many threads as it has been given, and a queue of connections that does not grow without end: what does not fit
/// is done at once by who brings it, which the server takes as the sign to refuse it.
class WorkerPool : public httplib::TaskQueue {
 public:
  WorkerPool(std::size_t threads, std::size_t longest_queue);
  ~WorkerPool() override;
  WorkerPool(WorkerPool const&) = delete;
  WorkerPool& operator=(WorkerPool const&) = delete;

  void enqueue(std::function<void()> task) override;
  void shutdown() override;

 private:
  void work();

  std::size_t longest_queue_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool is_over_{false};
  std::vector<std::thread> threads_;
};

}  // namespace utvei
