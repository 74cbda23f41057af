// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/column.hpp>
#include <utvei/core/id.hpp>
#include <utvei/core/time.hpp>
#include <utvei/register/rejects.hpp>
#include <utvei/register/study.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

using SpellId = Id<struct SpellTag>;

/// A trait that a register does not know of a person.
inline constexpr std::uint16_t unknown_level = 0xffff;

/// A region that a register does not know at a time.
inline constexpr RegionId unknown_region{0xffffffff};

/// Values of people that change in time. Those of person p are at [first[p], first[p + 1]): `value` holds from `from`
/// until the next one; before the first the value is unknown.
template <class T>
struct Timeline {
  std::vector<std::size_t> first;  ///< empty: nothing of the kind changes in time
  std::vector<Instant> from;
  std::vector<T> value;
  [[nodiscard]] bool empty() const { return first.empty(); }
};

/// The people of a register, in the order in which the data first name them.
struct RegisterPersons {
  Column<PersonRow, std::string> id;
  Column<PersonRow, Instant> birth;                       ///< empty: there is no age clock
  Column<PersonRow, RegionId> region;                     ///< empty: there are no regions
  std::vector<Column<PersonRow, std::uint16_t>> traits;   ///< by TraitId: level or unknown_level; empty if not given
  Timeline<RegionId> residence;                           ///< in place of `region`; unknown_region where there is none
  std::vector<Timeline<std::uint16_t>> traits_over_time;  ///< by TraitId, in place of `traits`; may be shorter
  [[nodiscard]] std::size_t size() const { return id.size(); }
  [[nodiscard]] bool knows_region() const { return !region.empty() || !residence.empty(); }
  [[nodiscard]] bool knows_trait(TraitId trait) const;
};

/// Where people live at some time, with repeats; unknown_region where that is not known.
std::vector<RegionId> const& regions_of(RegisterPersons const& persons);

/// What became of the rows of the source, in the order in which it was decided.
struct RegisterCounts {
  std::int64_t rows{0};               ///< read from the sources
  std::vector<RejectCount> rejected;  ///< rows of all files that cannot be used, by file and reason
  std::int64_t outside_window{0};     ///< rows that end before the window or start after it
  std::int64_t duplicates{0};         ///< rows that say what an earlier row of their source says, dropped
  std::int64_t zero_length{0};        ///< rows without duration, dropped
  std::int64_t before_birth{0};       ///< rows that end before birth, dropped; others are cut at birth and not counted
  std::int64_t covered{0};            ///< rows dropped because earlier spells, or sources, cover them
  std::int64_t cut{0};                ///< rows of which earlier spells, or sources, took a part
  std::int64_t joined{0};             ///< rows that continue a spell of the same state
  std::int64_t bridged{0};            ///< gaps in a state that are short enough to be passed over
  std::int64_t filled{0};             ///< gaps that became `otherwise`
  std::int64_t still_open{0};         ///< rows without a stop
  std::int64_t persons_without_spells{0};
  std::int64_t replaced{0};    ///< rows of residence and of traits over time that a later row of the person ends early
  std::int64_t past_limit{0};  ///< spells that are longer than a limit of the model, kept
};

/// The counts by name, apart from the rows that are rejected.
struct NamedCount {
  std::string_view name;
  std::int64_t RegisterCounts::*count;
};
std::span<NamedCount const> named_counts();

/// Checked life courses: one row a spell, sorted by person, then time; spells of a person do not overlap and touching
/// ones differ in state. All times are cut to the window.
struct LifeCourses {
  RegisterPersons persons;
  Column<SpellId, PersonRow> person;
  Column<SpellId, StateId> state;
  Column<SpellId, Instant> entered;  ///< when the state was entered; may lie before the window (delayed entry)
  Column<SpellId, Instant> enter;    ///< first observed moment
  Column<SpellId, Instant> leave;    ///< end of observation of the spell
  Column<SpellId, bool>
      entry_known;  ///< no: `entered` is only when observation began, the time already spent is unknown
  /// The state entered at `leave`; none: censored. A change at the very end of the window counts if a spell that begins
  /// there says so: events belong to (from, to].
  Column<SpellId, std::optional<StateId>> next;
  std::vector<std::size_t>
      first_spell;  ///< by person, and one more: rows of person p are [first_spell[p], first_spell[p + 1])
  /// What people do, of which their states follow; before the first change nothing. Empty: the sources name states.
  Timeline<ActivitySet> activities;
  std::vector<std::string> activity_names;  ///< by ActivityId
  bool has_calendar{true};
  std::string data_class{"register"};
  RegisterCounts counts;
  std::vector<std::string> inputs;  ///< every file that was read

  [[nodiscard]] std::size_t size() const { return state.size(); }
};

/// Reads the study's data files. Rows that cannot be used (no such state, stop before start, a person who is not in the
/// persons file, …) are counted by reason; too large a share of a file is an error that shows the first of each at
/// their file:line:column, a smaller one a warning. `rejects`: where all of them are noted, also if there is an error.
LifeCourses read_register(Study const& study, std::size_t threads, Diagnostics& diagnostics,
                          std::vector<RejectedRow>* rejects = nullptr);

/// One paragraph for people: rows read, dropped and cut, with reasons.
std::string describe(RegisterCounts const& counts);

}  // namespace utvei
