// SPDX-License-Identifier: Apache-2.0
// What it takes each of several members to follow people who get places at dates: dates SCENARIO MEMBERS. Members are
// threads that take turns of a few cores, so that what counts is the CPU time of each. Prints the largest of them, and
// how many times and bytes each member says something.
#include "threads_together.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/engine/parted_run.hpp>
#include <utvei/run/prepare.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace {

using namespace utvei;

double cpu_seconds_of_thread() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  constexpr double nano = 1e-9;
  return static_cast<double>(spent.tv_sec) + nano * static_cast<double>(spent.tv_nsec);
}

/// Counts what goes to the others.
class Counted final : public Exchange {
 public:
  explicit Counted(Exchange& others) : others_{others} {}
  [[nodiscard]] std::size_t member() const override { return others_.member(); }
  [[nodiscard]] std::size_t members() const override { return others_.members(); }
  std::vector<std::string> all_say(std::string own) override {
    ++times_;
    bytes_ += own.size();
    return others_.all_say(std::move(own));
  }
  [[nodiscard]] std::size_t times() const { return times_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  Exchange& others_;
  std::size_t times_{0}, bytes_{0};
};

int measure(std::string const& path, std::size_t members) {
  Diagnostics diagnostics;
  Preparation preparation{{}, 1, diagnostics};
  auto const prepared = preparation.load(path, {}, {}, diagnostics);
  throw_if_errors(diagnostics);
  PartedRun run{prepared->scenario, prepared->rates, *prepared->population, std::move(prepared->plan), 1};
  if (!run.serves_at_dates()) return EXIT_FAILURE;
  std::vector<double> seconds(members);
  std::vector<std::size_t> times(members), bytes(members);
  support::ThreadsTogether{members}.run([&](Exchange& all) {
    Counted others{all};
    SimulateOptions options;
    options.threads = 1;
    double const begun = cpu_seconds_of_thread();
    static_cast<void>(run.follow_with(others, {0, 0, 0, prepared->population->size()}, options));
    seconds[all.member()] = cpu_seconds_of_thread() - begun;
    times[all.member()] = others.times();
    bytes[all.member()] = others.bytes();
  });
  std::printf("%.4f %zu %zu\n", *std::ranges::max_element(seconds), times.front(), *std::ranges::max_element(bytes));
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  try {
    return measure(argv[1], std::strtoull(argv[2], nullptr, 10));
  } catch (std::exception const& error) {
    static_cast<void>(std::fputs(error.what(), stderr));
    return EXIT_FAILURE;
  }
}
