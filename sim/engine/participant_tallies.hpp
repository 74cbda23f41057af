// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service_tallies.hpp"

#include <utvei/core/zero_memory.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace utvei {

/// How long after they began people are looked at.
inline constexpr std::array<int, 3> months_after_start{6, 12, 24};

/// How long after they ended.
inline constexpr std::array<int, 3> months_after_end{0, 6, 12};
/// In the order of ServiceRecord::Kind: completed, left, closed.
inline constexpr std::array<char const*, 3> ways_to_end{"completed", "left", "closed"};

/// Steps that people come to some time after the one before: offered, then started; started, then completed.
inline constexpr std::array<char const*, 2> steps_after_others{"started", "completed"};

/// Who begins measures, and where they are later.
struct ParticipantDesign {
  ParticipantDesign(Scenario const& scenario, ServiceDesign const& of, std::vector<std::int64_t> ages);
  /// What those who begin are told apart by: the state, and the age group and traits of breakdowns.
  struct Split {
    TallyDimension what;
    std::string name;
    std::vector<std::string> labels;
  };
  ServiceDesign const& services;
  std::vector<std::int64_t> age_cuts;  ///< lower bounds of age groups after the first, in minutes
  std::vector<Split> splits;           ///< empty without measures
  std::vector<std::string> states;
  Instant end;  ///< of the run: what lies beyond it is not known
  /// Numbers of one region: [measure][year][label].
  [[nodiscard]] std::size_t line(std::size_t split) const {
    return services.measures.size() * services.years.size() * splits[split].labels.size();
  }
  /// Of [measure][months][state].
  [[nodiscard]] std::size_t later() const {
    return services.measures.size() * months_after_start.size() * states.size();
  }
  /// Of [measure][way to end][months][year][state].
  [[nodiscard]] std::size_t ended() const {
    return services.measures.size() * ways_to_end.size() * months_after_end.size() * services.years.size() *
           states.size();
  }
  /// Of [measure][step][year of the step before][year].
  [[nodiscard]] std::size_t stepped() const {
    return services.measures.size() * steps_after_others.size() * services.years.size() * services.years.size();
  }
};

/// The numbers of one worker. All are integers.
class ParticipantTallies {
 public:
  explicit ParticipantTallies(ParticipantDesign const& design);
  /// A life that is over.
  void see(Life const& life);
  void add(ParticipantTallies const& other);
  /// Calls `use` with each array of numbers, always in the same order: for who keeps them.
  template <class Use>
  void for_each_array(Use const& use) {
    for (auto& numbers : began_) use(numbers.part(0, numbers.size()));
    use(std::span{after_start_});
    use(std::span{after_end_});
    use(std::span{stepped_});
  }
  /// By region, then a line of it.
  [[nodiscard]] std::int64_t const* began(std::size_t split) const { return began_[split].data(); }
  [[nodiscard]] std::vector<std::int64_t> const& after_start() const { return after_start_; }
  [[nodiscard]] std::vector<std::int64_t> const& after_end() const { return after_end_; }
  [[nodiscard]] std::vector<std::int64_t> const& stepped() const { return stepped_; }

 private:
  void see_later(Life const& life, ServiceRecord const& start);
  void see_end(Life const& life, ServiceRecord const& end);
  /// `place`: of a start or a completion among the records.
  void see_step(std::vector<ServiceRecord> const& records, std::size_t place);
  [[nodiscard]] std::size_t label_of(ParticipantDesign::Split const& split, Life const& life,
                                     ServiceRecord const& start, std::size_t number) const;
  ParticipantDesign const* design_;
  std::vector<ZeroArray<std::int64_t>> began_;  ///< by split
  std::vector<std::int64_t> after_start_;
  std::vector<std::int64_t> after_end_;
  std::vector<std::int64_t> stepped_;
};

/// The numbers of draws and replicates as tables of a result, without groups.
class ParticipantTables {
 public:
  /// `shown`: by RegionId, whether tables by region have a line for it.
  ParticipantTables(ParticipantDesign const& design, std::vector<bool> shown)
      : design_{design}, shown_{std::move(shown)}, began_(design.splits.size()) {}
  void append(ParticipantTallies const& tallies);
  void move_into(RunResult& result, std::uint32_t draws, std::uint32_t replicates);

 private:
  ParticipantDesign const& design_;
  std::vector<bool> shown_;
  std::vector<std::vector<std::int64_t>> began_;  ///< by split
  std::vector<std::int64_t> after_start_;
  std::vector<std::int64_t> after_end_;
  std::vector<std::int64_t> stepped_;
};

}  // namespace utvei
