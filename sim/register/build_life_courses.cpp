// SPDX-License-Identifier: Apache-2.0
#include "build_life_courses.hpp"

#include "person_activities.hpp"
#include "person_history.hpp"

#include <utvei/core/parallel.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace utvei {
namespace {

constexpr std::size_t people_a_block = 1U << 14U;

/// Rows of all sources by person. Parts whose rows go by person already, as in most registers, are left as they are.
class RowsByPerson {
 public:
  RowsByPerson(std::vector<std::vector<SpellRow>> parts, std::size_t persons) : parts_{std::move(parts)} {
    first_.resize(persons + 1);
    bool is_sorted = true;
    PersonRow last{0};
    for (auto const& part : parts_) {
      for (SpellRow const& row : part) {
        ++first_[row.person.value() + 1];
        is_sorted = is_sorted && last <= row.person;
        last = row.person;
      }
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    if (!is_sorted) sort();
    ends_.resize(parts_.size());
    std::transform_inclusive_scan(parts_.begin(), parts_.end(), ends_.begin(), std::plus{},
                                  [](auto const& part) { return part.size(); });
  }

  [[nodiscard]] std::size_t count(Block const& people) const { return first_[people.last] - first_[people.first]; }

  /// Those of a person, in the order of sources and files. `scratch` holds those of a person who is in two parts.
  [[nodiscard]] std::span<SpellRow> of(std::size_t person, std::vector<SpellRow>& scratch) {
    std::size_t const first = first_[person];
    std::size_t const count = first_[person + 1] - first;
    if (count == 0) return {};
    auto part = static_cast<std::size_t>(std::ranges::upper_bound(ends_, first) - ends_.begin());
    std::size_t at = first - (ends_[part] - parts_[part].size());
    if (at + count <= parts_[part].size()) return std::span{parts_[part]}.subspan(at, count);
    scratch.clear();
    for (; scratch.size() < count; at = 0, ++part) {
      auto const here = std::span{parts_[part]}.subspan(at);
      scratch.insert(scratch.end(), here.begin(),
                     here.begin() + static_cast<std::ptrdiff_t>(std::min(here.size(), count - scratch.size())));
    }
    return scratch;
  }

 private:
  void sort() {
    std::vector<SpellRow> rows(first_.back());
    auto next = first_;
    for (auto& part : parts_) {
      for (SpellRow const& row : part) rows[next[row.person.value()]++] = row;
      part = {};
    }
    parts_ = {};
    parts_.push_back(std::move(rows));
  }

  std::vector<std::vector<SpellRow>> parts_;
  std::vector<std::size_t> first_;  ///< row of each person's first, counted over the parts
  std::vector<std::size_t> ends_;   ///< of each part: rows up to its end
};

void sort_by_start(std::span<SpellRow> rows) {
  auto const earlier = [](SpellRow const& a, SpellRow const& b) {
    return std::tie(a.rank, a.start) < std::tie(b.rank, b.start);
  };
  // Stable: of spells that start together, the one that stands first in the file comes first.
  if (!std::ranges::is_sorted(rows, earlier)) std::ranges::stable_sort(rows, earlier);
}

/// Spells of some people who follow each other.
struct Spells {
  std::vector<std::size_t> last_spell;   ///< of each person, among these: the one after it
  std::vector<std::size_t> last_change;  ///< the same of changes of activities
  LifeCourses lives;                     ///< without persons
  IntervalSigns signs;
};

/// Room for as many spells as there are rows: seldom more are made of them.
void reserve(LifeCourses& lives, std::size_t rows) {
  lives.person.reserve(rows);
  lives.state.reserve(rows);
  lives.entered.reserve(rows);
  lives.enter.reserve(rows);
  lives.leave.reserve(rows);
  lives.entry_known.reserve(rows);
  lives.next.reserve(rows);
}

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

/// Of a person whose rows name activities; these are kept.
PersonHistory history_with_activities(std::span<SpellRow const> rows, Instant birth, Study const& study,
                                      Spells& spells) {
  auto const changes = make_activities(rows, birth, study, spells.lives.counts);
  for (ActivityChange const& change : changes) {
    spells.lives.activities.from.push_back(change.from);
    spells.lives.activities.value.push_back(change.active);
  }
  spells.last_change.push_back(spells.lives.activities.from.size());
  return make_history(changes, birth, study, spells.lives.counts);
}

Spells spells_of(Block const& people, RowsByPerson& rows, RegisterPersons const& persons, Study const& study) {
  Spells spells;
  spells.last_spell.reserve(people.last - people.first);
  reserve(spells.lives, rows.count(people));
  std::vector<SpellRow> scratch;
  for (std::size_t p = people.first; p < people.last; ++p) {
    PersonRow const person{p};
    auto const own = rows.of(p, scratch);
    sort_by_start(own);
    auto const birth = persons.birth.empty() ? distant_past : persons.birth[person];
    look_for_signs(own, study, spells.signs);
    append(study.activities.empty() ? make_history(own, birth, study, spells.lives.counts)
                                    : history_with_activities(own, birth, study, spells),
           person, study, spells.lives);
    spells.last_spell.push_back(spells.lives.size());
    spells.lives.counts.persons_without_spells += own.empty() ? 1 : 0;
  }
  return spells;
}

void add(RegisterCounts const& part, RegisterCounts& all) {
  for (NamedCount const& count : named_counts()) {
    all.*count.count += part.*count.count;
  }
}

/// Puts the spells of all blocks on end, a column at a time.
void join(std::vector<Spells>& blocks, LifeCourses& lives, std::size_t threads) {
  lives.first_spell.push_back(0);
  for (Spells const& block : blocks) {
    std::size_t const before = lives.first_spell.back();
    for (std::size_t const last : block.last_spell) lives.first_spell.push_back(before + last);
    add(block.lives.counts, lives.counts);
  }
  auto const column = [&](auto LifeCourses::*member) {
    return std::function<void()>{[&blocks, &lives, member] {
      (lives.*member).reserve(lives.first_spell.back());
      for (Spells& block : blocks) {
        for (auto const& value : block.lives.*member) (lives.*member).push_back(value);
        block.lives.*member = {};
      }
    }};
  };
  std::array const columns{column(&LifeCourses::person), column(&LifeCourses::state), column(&LifeCourses::entered),
                           column(&LifeCourses::enter),  column(&LifeCourses::leave), column(&LifeCourses::entry_known),
                           column(&LifeCourses::next)};
  parallel_for_blocks(columns.size(), 1, threads, nullptr, [&](Block const& block) { columns.at(block.first)(); });
}

/// Puts the activities of all blocks on end, and makes the traits of the study's flags of them.
void join_activities(std::vector<Spells>& blocks, Study const& study, LifeCourses& lives, std::size_t threads) {
  Timeline<ActivitySet>& all = lives.activities;
  all.first.push_back(0);
  for (Spells& block : blocks) {
    std::size_t const before = all.from.size();
    for (std::size_t const last : block.last_change) all.first.push_back(before + last);
    Timeline<ActivitySet> const part = std::exchange(block.lives.activities, {});
    all.from.insert(all.from.end(), part.from.begin(), part.from.end());
    all.value.insert(all.value.end(), part.value.begin(), part.value.end());
  }
  lives.activity_names = study.activities.names();
  auto& traits = lives.persons.traits_over_time;
  traits.resize(study.model.traits.size());
  auto const& flags = study.activities.flags;
  parallel_for_blocks(flags.size(), 1, threads, nullptr, [&](Block const& block) {
    traits[flags[block.first].trait.value()] = flag_in_time(all, flags[block.first]);
  });
}

void warn_of_other_intervals(IntervalSigns const& signs, Study const& study, Diagnostics& diagnostics) {
  Place const place = study.sources.front().place;
  // What the files of the microdata platform are is known.
  if (std::ranges::find(study.sources, DataForm::microdata, &SpellSource::form) != study.sources.end()) return;
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

}  // namespace

void build_life_courses(Study const& study, std::vector<std::vector<SpellRow>> parts, LifeCourses& lives,
                        std::size_t threads, Diagnostics& diagnostics) {
  std::size_t const persons = lives.persons.size();
  RowsByPerson rows{std::move(parts), persons};
  std::vector<Spells> blocks((persons + people_a_block - 1) / people_a_block);
  parallel_for_blocks(persons, people_a_block, threads, nullptr,
                      [&](Block const& block) { blocks[block.index] = spells_of(block, rows, lives.persons, study); });
  join(blocks, lives, threads);
  if (!study.activities.empty()) join_activities(blocks, study, lives, threads);
  IntervalSigns signs;
  for (Spells const& block : blocks) {
    signs.touching += block.signs.touching;
    signs.one_unit_apart += block.signs.one_unit_apart;
    signs.one_unit_overlap += block.signs.one_unit_overlap;
  }
  warn_of_other_intervals(signs, study, diagnostics);
}

}  // namespace utvei
