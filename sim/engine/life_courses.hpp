// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "life.hpp"

#include <utvei/population/population.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace utvei {

/// Events that were asked for, in any order.
struct LifeCourseRecords {
  struct Record {
    std::uint64_t person;
    std::uint16_t from, to;
    std::int64_t time;
    Cause cause;
  };
  /// Somebody's region, or a trait, is another from then on.
  struct Change {
    std::uint64_t person{0};
    std::int64_t time{0};
    std::optional<TraitId> trait{};  ///< none: the region
    std::uint32_t value{0};          ///< RegionId or level
  };
  std::vector<Record> records;
  std::vector<Change> changes;
  void append(LifeCourseRecords&& other);
};

/// Whose life courses are kept: nobody's, everybody's, or a sample of the smallest hashes of the person's key, which
/// are the same people in all scenarios.
struct LifeCourseSelection {
  std::uint64_t below{0};
  bool all{false};
  [[nodiscard]] bool holds(PersonKey person) const { return all || hash_of(person) < below; }
  static std::uint64_t hash_of(PersonKey person) { return mix64(person.value ^ 0x6c696665ULL); }
};
LifeCourseSelection select_life_courses(LifeCourseRequest const& request, Population const& people);

/// Records one life if it is selected: its start, each event, and its end.
class RecordedLife {
 public:
  RecordedLife(LifeCourseRecords& records, LifeCourseSelection const& selection, Life const& life)
      : records_{selection.holds(life.person) ? &records : nullptr}, person_{life.person.value} {
    if (records_ != nullptr) {
      region_ = life.region;
      traits_ = life.traits;
      record({life.now, life.state, life.state, Cause::start, 0});
    }
  }
  /// The event has happened, and the life is what it made of it.
  void add(Event const& event, Life const& life) {
    if (records_ != nullptr) {
      if (is_of_states(event.cause)) record(event);
      note_changes(life);
    }
  }

 private:
  void record(Event const& event) {
    records_->records.push_back({person_, static_cast<std::uint16_t>(event.from.value()),
                                 static_cast<std::uint16_t>(event.to.value()), event.time.minutes, event.cause});
  }
  void note_changes(Life const& life);

  RegionId region_;
  std::vector<std::uint16_t> traits_;
  LifeCourseRecords* records_;
  std::uint64_t person_;
};

/// Sorted by person, then time; with those of `people` who were selected. `measures_move`: whether some measure of the
/// scenario is a state.
LifeCourseTable to_table(LifeCourseRecords&& courses, LifeCourseSelection const& selection, Population const& people,
                         Model const& model, Instant start, bool measures_move);

}  // namespace utvei
