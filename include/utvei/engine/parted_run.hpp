// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/engine/exchange.hpp>
#include <utvei/engine/simulate.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

struct PartNumbers;
class PartedRunInside;

/// A part of a run: one draw and replicate, and the people from `first` up to `last` in the order in which people are
/// followed, where those of one region stand together.
struct RunPart {
  std::uint32_t draw{0};
  std::uint32_t replicate{0};
  std::size_t first{0};
  std::size_t last{0};
};

/// What was counted in a part. Whole numbers: parts of one draw and replicate add up to the same in any order, however
/// the people were divided; life courses stand in the order in which parts were added.
class PartTallies {
 public:
  explicit PartTallies(std::unique_ptr<PartNumbers> numbers);
  PartTallies(PartTallies&&) noexcept;
  PartTallies& operator=(PartTallies&&) noexcept;
  ~PartTallies();
  void add(PartTallies other);

 private:
  friend class PartedRun;
  std::unique_ptr<PartNumbers> numbers_;
};

/// A run that is simulated part by part, here or elsewhere, and put together: simulate() is this with one part for each
/// draw and replicate. Refers to the arguments of its constructor.
class PartedRun {
 public:
  /// `plan`: of draw 0, as compile() has made it of these.
  PartedRun(Scenario const& scenario, Rates const& rates, Population const& people, RunPlan plan, std::size_t threads,
            std::size_t block_size = SimulateOptions{}.block_size);
  ~PartedRun();
  PartedRun(PartedRun const&) = delete;
  PartedRun& operator=(PartedRun const&) = delete;

  /// Whether people may be divided anywhere: not where a queue makes them wait for each other.
  [[nodiscard]] bool is_divisible() const;
  /// Whether those who wait for each other get their places at given dates alone: then several processes may follow
  /// them with little to say to each other.
  [[nodiscard]] bool serves_at_dates() const;
  /// Where to divide people into parts of about so many: 0, …, all people. Those of one region stay together unless
  /// they are more; those who may wait for each other always.
  [[nodiscard]] std::vector<std::size_t> cuts(std::size_t people_per_part) const;
  /// Whether nobody before the place waits for somebody after it.
  [[nodiscard]] bool may_cut_at(std::size_t place) const;

  /// Follows the people of a part. May be called from several threads at a time. Compiles a plan where the draw is
  /// another than that of the call before. Throws InputError where rates have gaps or ties, Interrupted when the stop
  /// flag of the options is raised.
  [[nodiscard]] PartTallies follow(RunPart const& part, SimulateOptions const& options);
  /// The same of a share of the part's people, while the others follow the rest: all shares add up to the part.
  [[nodiscard]] PartTallies follow_with(Exchange& others, RunPart const& part, SimulateOptions const& options);
  /// Whether follow_together() takes it beside that baseline: the same people and luck, no life courses, and what is
  /// counted of people whom no service knows lies alike.
  [[nodiscard]] bool can_join(PartedRun const& baseline) const;
  /// Whether parts of both hold the same people.
  [[nodiscard]] bool divides_like(PartedRun const& other) const;
  struct Followed {
    PartTallies tallies;
    std::uint64_t lives{0};  ///< that were followed in it; those of the others are the baseline's
  };
  /// Follows the people of a part in several runs, the first of which is the baseline: the tallies that follow() gives
  /// in each, but a life is followed in another run only if it may part from the baseline's there. The part is one of
  /// the baseline, and may be cut out of the others.
  static std::vector<Followed> follow_together(std::span<PartedRun* const> runs, RunPart const& part,
                                               SimulateOptions const& options);
  [[nodiscard]] std::string pack(PartTallies& tallies) const;
  /// Throws DamagedNumbers for what pack() did not write of the same run.
  [[nodiscard]] PartTallies unpack(std::string_view bytes) const;

  /// Adds all people of the next draw and replicate, in their order.
  void append(PartTallies tallies);
  /// When all are there: the result, as simulate() describes it.
  RunResult finish(std::function<void(std::string const&)> const& warn = {});

 private:
  std::unique_ptr<PartedRunInside> inside_;
};

}  // namespace utvei
