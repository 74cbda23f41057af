// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "held_messages.hpp"

#include <utvei/batch/crew.hpp>

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace utvei {

/// The ranks of MPI_COMM_WORLD. The first one gives out the numbers, in a thread of its own; the others ask it. Only
/// one thread of a process is in MPI at a time (MPI_THREAD_SERIALIZED). MPI must be initialised.
class MpiCrew final : public Crew {
 public:
  MpiCrew();
  ~MpiCrew() override;
  MpiCrew(MpiCrew const&) = delete;
  MpiCrew& operator=(MpiCrew const&) = delete;

  [[nodiscard]] std::size_t rank() const override { return rank_; }
  [[nodiscard]] std::size_t size() const override { return size_; }
  int agree(int code, std::string_view fingerprint) override;
  void begin(std::size_t count) override;
  std::optional<std::size_t> next() override;
  void tell(CrewCounts const& own) override;
  [[nodiscard]] CrewCounts others() const override;
  [[nodiscard]] bool is_stopped() const override { return is_stopped_; }
  int end(int stopped) override;
  std::vector<std::string> all_say(std::string own) override;
  void collect(std::string own, std::function<void(std::string const&)> const& take) override;
  void finish() override { is_at_work_ = false; }
  std::vector<std::uint64_t> sum(std::vector<std::uint64_t> own) override;
  std::vector<std::uint64_t> gather(std::vector<std::uint64_t> const& own) override;

  [[nodiscard]] bool has_agreed() const { return has_agreed_; }
  /// The others wait for this one.
  [[nodiscard]] bool is_at_work() const { return is_at_work_; }

 private:
  std::optional<std::size_t> give();
  void serve();
  void answer();

  std::size_t rank_{0}, size_{1};
  std::optional<HeldMessages> held_;
  bool has_agreed_{false}, is_at_work_{false};
  std::atomic<bool> is_stopped_{false};

  mutable std::mutex mutex_;  ///< of what follows
  std::size_t count_{0}, given_{0};
  CrewCounts own_;
  std::vector<CrewCounts> told_;  ///< by rank
  int stopped_code_{0};
  std::size_t at_work_{0};  ///< other ranks, for the first
  std::thread server_;
};

}  // namespace utvei
