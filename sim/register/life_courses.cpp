// SPDX-License-Identifier: Apache-2.0
#include "dated_rows.hpp"
#include "person_history.hpp"
#include "person_table.hpp"
#include "spell_rows.hpp"

#include <utvei/register/life_courses.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

void append(PersonHistory const& history, PersonRow person, Study const& study, LifeCourses& lives) {
  for (std::size_t i = 0; i < history.size(); ++i) {
    HistorySpell const& spell = history[i];
    if (spell.stop <= study.from || spell.start >= study.to) {
      continue;
    }
    bool const followed = i + 1 < history.size() && history[i + 1].start == spell.stop && spell.stop <= study.to;
    lives.person.push_back(person);
    lives.state.push_back(spell.state);
    lives.entered.push_back(spell.start);
    lives.enter.push_back(std::max(spell.start, study.from));
    lives.leave.push_back(std::min(spell.stop, study.to));
    lives.entry_known.push_back(spell.entry_known);
    lives.next.push_back(followed ? std::optional{history[i + 1].state} : std::nullopt);
  }
}

void sort_by_person(std::vector<SpellRow>& rows) {
  // Stable: of spells that start together, the one that stands first in the file comes first.
  std::stable_sort(rows.begin(), rows.end(), [](SpellRow const& a, SpellRow const& b) {
    return std::tie(a.person, a.rank, a.start) < std::tie(b.person, b.rank, b.start);
  });
}

void warn_of_other_intervals(IntervalSigns const& signs, Study const& study, Diagnostics& diagnostics) {
  Place const place = study.sources.front().place;
  if (study.intervals == Intervals::half_open && signs.one_unit_apart > signs.touching) {
    diagnostics.warning(place,
                        fmt::format("{} spells begin a day after the one before has stopped, {} when it stops",
                                    signs.one_unit_apart, signs.touching),
                        "the last day seems to belong to the spell", "write `intervals: closed`");
  }
  if (study.intervals == Intervals::closed && signs.one_unit_overlap > signs.touching) {
    diagnostics.warning(place,
                        fmt::format("{} spells begin on the last day of the one before, {} on the day after",
                                    signs.one_unit_overlap, signs.touching),
                        "the last day seems not to belong to the spell", "write `intervals: half_open`");
  }
}

/// The stretch of one person's rows that begins at `first`.
std::span<SpellRow const> rows_of(PersonRow person, std::span<SpellRow const> rows, std::size_t first) {
  std::size_t last = first;
  while (last < rows.size() && rows[last].person == person) {
    ++last;
  }
  return rows.subspan(first, last - first);
}

void build(Study const& study, std::vector<SpellRow> const& rows, LifeCourses& lives, Diagnostics& diagnostics) {
  IntervalSigns signs;
  std::size_t first = 0;
  lives.first_spell.push_back(0);
  for (std::size_t p = 0; p < lives.persons.size(); ++p) {
    PersonRow const person{p};
    auto const own = rows_of(person, rows, first);
    first += own.size();
    auto const birth = lives.persons.birth.empty() ? distant_past : lives.persons.birth[person];
    look_for_signs(own, study, signs);
    append(make_history(own, birth, study, lives.counts), person, study, lives);
    lives.counts.persons_without_spells += own.empty() ? 1 : 0;
    lives.first_spell.push_back(lives.size());
  }
  warn_of_other_intervals(signs, study, diagnostics);
}

struct ChangesInTime {
  Timeline<RegionId> residence;
  std::vector<Timeline<std::uint16_t>> traits;
};

ChangesInTime read_changes_in_time(Study const& study, DatedReader reader) {
  ChangesInTime changes;
  if (study.residence) {
    changes.residence = reader.residence(*study.residence);
  }
  for (DatedTrait const& dated : study.traits_over_time) {
    changes.traits.resize(std::max<std::size_t>(changes.traits.size(), dated.trait.value() + 1));
    changes.traits[dated.trait.value()] = reader.trait(dated);
  }
  return changes;
}

}  // namespace

bool RegisterPersons::knows_trait(TraitId trait) const {
  return !traits[trait.value()].empty() ||
         (trait.value() < traits_over_time.size() && !traits_over_time[trait.value()].empty());
}

std::vector<RegionId> const& regions_of(RegisterPersons const& persons) {
  return persons.residence.empty() ? persons.region.values() : persons.residence.value;
}

std::span<NamedCount const> named_counts() {
  using Counts = RegisterCounts;
  static constexpr std::array all{NamedCount{"rows", &Counts::rows},
                                  NamedCount{"duplicates", &Counts::duplicates},
                                  NamedCount{"outside_window", &Counts::outside_window},
                                  NamedCount{"zero_length", &Counts::zero_length},
                                  NamedCount{"before_birth", &Counts::before_birth},
                                  NamedCount{"covered", &Counts::covered},
                                  NamedCount{"cut", &Counts::cut},
                                  NamedCount{"joined", &Counts::joined},
                                  NamedCount{"bridged", &Counts::bridged},
                                  NamedCount{"filled", &Counts::filled},
                                  NamedCount{"still_open", &Counts::still_open},
                                  NamedCount{"persons_without_spells", &Counts::persons_without_spells},
                                  NamedCount{"replaced", &Counts::replaced},
                                  NamedCount{"past_limit", &Counts::past_limit}};
  return all;
}

LifeCourses read_register(Study const& study, Diagnostics& diagnostics, std::vector<RejectedRow>* rejects) {
  LifeCourses lives;
  lives.data_class = study.data_class;
  lives.has_calendar = study.time.has_calendar();
  lives.inputs = files_of(study);
  auto const errors_before = diagnostics.error_count();
  RegionCodes const codes{study, diagnostics};
  PersonTable table{study, codes};
  if (study.persons.file && diagnostics.error_count() == errors_before) {
    read_persons_file(study, table, {lives.counts.rejected, rejects}, diagnostics);
  }
  std::vector<SpellRow> rows;
  ChangesInTime changes;
  // A persons file that cannot be read would make an error of every spell.
  if (diagnostics.error_count() == errors_before) {
    for (std::size_t source = 0; source < study.sources.size(); ++source) {
      read_spell_rows(study, source, table, rows, lives.counts, rejects, diagnostics);
    }
    changes =
        read_changes_in_time(study, {study, table, codes, {lives.counts.rejected, rejects}, lives.counts, diagnostics});
  }
  lives.persons = table.take();
  lives.persons.residence = std::move(changes.residence);
  lives.persons.traits_over_time = std::move(changes.traits);
  if (diagnostics.error_count() == errors_before) {
    sort_by_person(rows);
    build(study, rows, lives, diagnostics);
    if (lives.size() == 0) {
      diagnostics.error(
          study.sources.front().file_place, "no spell lies in the window of the study",
          fmt::format("{}; the window is {} to {}", describe(lives.counts), format(study.from), format(study.to)),
          "look at the window, and at the dates of the file");
    }
  }
  return lives;
}

std::string describe(RegisterCounts const& counts) {
  auto text = fmt::format("{} rows read", counts.rows);
  auto const add = [&](std::int64_t count, std::string_view what) {
    if (count > 0) {
      text += fmt::format("; {} {}", count, what);
    }
  };
  for (RejectCount const& rejected : counts.rejected) {
    add(rejected.rows, fmt::format("not used: {}", rejected.reason));
  }
  add(counts.still_open, "still going on");
  add(counts.duplicates, "duplicates dropped");
  add(counts.zero_length, "without duration dropped");
  add(counts.before_birth, "before birth dropped");
  add(counts.covered, "dropped because earlier spells or sources cover them");
  add(counts.cut, "cut where earlier spells or sources hold");
  add(counts.joined, "joined to a spell of the same state");
  add(counts.bridged, "gaps bridged");
  add(counts.filled, "gaps filled");
  add(counts.outside_window, "outside the window");
  add(counts.past_limit, "spells past a limit of the model kept");
  add(counts.replaced, "of residence or traits that a later row replaces");
  add(counts.persons_without_spells, "persons without spells");
  return text;
}

}  // namespace utvei
