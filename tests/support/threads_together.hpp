// SPDX-License-Identifier: Apache-2.0
// Threads of one process in place of the processes of a cluster.
#pragma once

#include <utvei/engine/exchange.hpp>

#include <barrier>
#include <cstddef>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace utvei::support {

/// Runs `work` once for each of so many members, at the same time; what it throws ends the test.
class ThreadsTogether {
 public:
  explicit ThreadsTogether(std::size_t members)
      : said_(members), all_are_there_{static_cast<std::ptrdiff_t>(members)}, members_{members} {}

  void run(std::function<void(Exchange& others)> const& work) {
    std::vector<std::jthread> threads;
    for (std::size_t member = 0; member < members_; ++member)
      threads.emplace_back([this, member, &work] {
        Member self{*this, member};
        work(self);
      });
  }
  [[nodiscard]] std::size_t rounds() const { return rounds_; }

 private:
  class Member : public Exchange {
   public:
    Member(ThreadsTogether& all, std::size_t member) : all_{all}, member_{member} {}
    [[nodiscard]] std::size_t member() const override { return member_; }
    [[nodiscard]] std::size_t members() const override { return all_.members_; }
    std::vector<std::string> all_say(std::string own) override {
      all_.said_[member_] = std::move(own);
      all_.all_are_there_.arrive_and_wait();
      std::vector<std::string> said = all_.said_;
      if (member_ == 0) ++all_.rounds_;
      all_.all_are_there_.arrive_and_wait();
      return said;
    }

   private:
    ThreadsTogether& all_;
    std::size_t member_;
  };
  std::vector<std::string> said_;
  std::barrier<> all_are_there_;
  std::size_t members_, rounds_{0};
};

}  // namespace utvei::support
