// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/parallel.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/register/life_courses.hpp>
#include <utvei/register/limits.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace utvei {

/// Bands of one clock. Each start opens a band, the last is open; `written` is what labels show.
struct Bands {
  std::vector<std::int64_t> starts;  ///< minutes of the clock, or since 1970 for the calendar; rising
  std::vector<std::string> written;
  [[nodiscard]] bool empty() const { return starts.empty(); }
  [[nodiscard]] std::size_t size() const { return starts.size(); }
  [[nodiscard]] Span span(std::size_t band) const;
  [[nodiscard]] std::string label(std::size_t band) const;  ///< `[20,25)`, `[67,)`
};

/// One axis of the cells.
struct CellAxis {
  enum class Kind { region, trait, age, time_in_state, period };
  Kind kind;
  std::string name;  ///< region, the trait's name, age, time_in_state, period: also the column of a table
  TraitId trait{};
  Bands bands;                    ///< of a clock
  std::vector<RegionId> regions;  ///< of region
  std::vector<std::string> labels;
  [[nodiscard]] std::size_t size() const { return labels.size(); }
};
/// The regions that people have, and those of the model that lie outside all of these and have no regions below them.
CellAxis region_axis(std::vector<RegionId> const& of_people, Model const& model);
CellAxis region_axis(LifeCourses const& lives, Model const& model);
CellAxis trait_axis(TraitId trait, Model const& model);
CellAxis clock_axis(CellAxis::Kind kind, Bands bands);

/// Why time or events stand in no cell.
struct Uncounted {
  std::int64_t minutes_before_first_band{0};
  std::int64_t events_before_first_band{0};
  std::int64_t minutes_unknown_time_in_state{0};  ///< the spell began before it was observed
  std::int64_t events_unknown_time_in_state{0};
  std::int64_t minutes_unknown_trait{0};
  std::int64_t events_unknown_trait{0};
  std::int64_t minutes_unknown_region{0};  ///< nobody says where the person lived
  std::int64_t events_unknown_region{0};
  std::int64_t minutes_at_limit{0};  ///< within the window of a limit whose destinations are estimated
  friend bool operator==(Uncounted const&, Uncounted const&) = default;
};

/// Occurrence and exposure: events by transition and cell, person-time by state and cell, exact in whole minutes. Cells
/// are numbered in row-major order over the axes (the last runs fastest). A cell is (a, b]: an event at t belongs to
/// the cell that holds the moment before t.
struct Exposure {
  std::vector<CellAxis> axes;
  std::size_t cells{1};
  Column<StateId, std::vector<std::int64_t>> minutes;
  Column<TransitionId, std::vector<std::int64_t>> events;
  std::vector<std::int64_t> rule_changes;  ///< from × to: changes at a limit or age end of the model, left to the rule
  std::vector<std::int64_t> unmodelled;    ///< from × to: changes between states without a transition
  Uncounted uncounted;
  std::int64_t persons{0};
  std::int64_t spells{0};
  std::string data_class{"register"};
  RegisterCounts counts;
  std::vector<std::string> inputs;

  /// Place of a cell on each axis.
  [[nodiscard]] std::vector<std::size_t> places(std::size_t cell) const;
  [[nodiscard]] Box box(std::size_t cell) const;
};

/// Counts events and person-time, cut exactly at each boundary. The same integers for any number of threads (0: all).
/// `windows`: of limits whose destinations are estimated, by state and rising `after`; what lies within them is left
/// out.
Exposure tabulate(LifeCourses const& lives, Model const& model, std::vector<CellAxis> axes, std::size_t threads = 0,
                  StopFlag const* stop = nullptr, std::span<LimitWindow const> windows = {});

}  // namespace utvei
