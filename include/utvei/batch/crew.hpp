// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// What a member of a crew has done so far.
struct CrewCounts {
  std::uint64_t found{0}, done{0}, failed{0}, elsewhere{0}, lives_found{0}, lives_done{0};
  CrewCounts& operator+=(CrewCounts const& other);
};

/// Processes that work on one batch together. Each has read the same plan; what one of them works on is given out by
/// number. All but next() and those that only look are called by every member, in the same order, from its main thread.
class Crew {
 public:
  virtual ~Crew() = default;
  [[nodiscard]] virtual std::size_t rank() const = 0;
  [[nodiscard]] virtual std::size_t size() const = 0;

  /// After each has read the batch: `code` is the exit code that a member would end with, 0 where all is well, and
  /// `fingerprint` what must be the same for all. Gives back 0, or the code that all end with; what is wrong is told by
  /// one of them.
  virtual int agree(int code, std::string_view fingerprint) = 0;

  /// From now on next() gives out 0 … count-1, each once.
  virtual void begin(std::size_t count) = 0;
  /// Called from any thread, one at a time. None: there are no more, or somebody wants to stop.
  virtual std::optional<std::size_t> next() = 0;
  /// What this one has done; with a call of next() the first member hears of it.
  virtual void tell(CrewCounts const& own) = 0;
  /// What the others have told the first member.
  [[nodiscard]] virtual CrewCounts others() const = 0;
  /// Somebody wants to stop: nothing more is given out.
  [[nodiscard]] virtual bool is_stopped() const = 0;
  /// Waits until all have come here. `stopped` is the exit code of a member that wants to stop, else 0; gives back the
  /// largest. Then others() is complete for every member.
  virtual int end(int stopped) = 0;

  /// What each has to say, by member; not between begin() and end().
  virtual std::vector<std::string> all_say(std::string own) = 0;
  /// `take` gets what each of the others has, in the order of members, at the first one; elsewhere it is not called.
  virtual void collect(std::string own, std::function<void(std::string const&)> const& take) = 0;

  /// Nobody waits for this one any more; until then, from agree() on, all end when one does.
  virtual void finish() = 0;

  /// Sums of the members' numbers, as many with each.
  virtual std::vector<std::uint64_t> sum(std::vector<std::uint64_t> own) = 0;
  /// All members' numbers one after the other, for the first member.
  virtual std::vector<std::uint64_t> gather(std::vector<std::uint64_t> const& own) = 0;
};

}  // namespace utvei
