// SPDX-License-Identifier: Apache-2.0
#include "worker_pool.hpp"

#include <utility>

namespace utvei {

WorkerPool::WorkerPool(std::size_t threads, std::size_t longest_queue) : longest_queue_{longest_queue} {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  shutdown();
}

void WorkerPool::enqueue(std::function<void()> task) {
  {
    std::scoped_lock const lock{mutex_};
    if (waiting_.size() < longest_queue_) {
      waiting_.push_back(std::move(task));
      changed_.notify_one();
      return;
    }
  }
  task();
}

void WorkerPool::shutdown() {
  {
    std::scoped_lock const lock{mutex_};
    is_over_ = true;
    changed_.notify_all();
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void WorkerPool::work() {
  while (true) {
    std::function<void()> task;
    {
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [this] { return is_over_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    task();
  }
}

}  // namespace utvei
